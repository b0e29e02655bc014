/** What a page in a browser must be for everybody: no obstacle by the rules of axe, nothing that moves, nothing too wide. */

import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** A phone by day, a desk by night, and the other way round. */
const ALL_VIEWS = [
  { width: 360, height: 740, colorScheme: 'light' },
  { width: 1280, height: 900, colorScheme: 'dark' },
  { width: 360, height: 740, colorScheme: 'dark' },
  { width: 1280, height: 900, colorScheme: 'light' },
] as const;
/** Each size and each scheme once, or each with each. */
const VIEWS = process.env.PAGES === 'all' ? ALL_VIEWS : ALL_VIEWS.slice(0, 2);

/** What keeps somebody out, by the rules of axe. */
const OBSTACLES = `axe
  .run(document, { resultTypes: ['violations'] })
  .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html).join(' ')))`;

/** Goes to the end of the page, so that all of it is loaded, and sums up what moved without being asked to. */
const SHIFT = `(async () => {
  scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
  for (const image of document.images) image.loading = 'eager';
  await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  return new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sum += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(sum), 50)));
  });
})()`;

/**
 * Opens an address and looks at it in every view, by day and by night.
 *
 * @returns what was said on the console, which is to be nothing
 */
export async function lookAt(page: Page, address: string): Promise<readonly string[]> {
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  await page.setViewportSize(VIEWS[0]);
  await page.goto(address);
  expect(await page.evaluate(SHIFT)).toBeLessThan(0.01);
  await page.evaluate(axe.source);
  for (const { colorScheme, ...size } of VIEWS) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    expect(await page.evaluate(OBSTACLES)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(size.width);
  }
  return said;
}
