/**
 * The pages of the sample publication in a real browser, under a policy that allows nothing but what they bring along:
 * nobody is shut out (axe), nothing is complained of, nothing moves, nothing is wider than a phone.
 *
 * Without a Chromium (`CHROMIUM` names one elsewhere) this is skipped; nothing else looks at how pages come out.
 */

import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookAt } from '../../support/browser-checks.ts';
import { CHROMIUM_PATH } from '../../support/chromium.ts';
import { createTestPublication, type TestPublication } from '../../support/publication.ts';
import { readSample, SAMPLE_NOW } from '../../support/sample-content.ts';

const SITE = 'https://example.org/';
const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; media-src 'self'; base-uri 'none'; form-action 'none'";

const PAGES = {
  'the home page': '',
  'an article with a table': 'field/reading-a-tide-table/',
};
/** Also looked at with `PAGES=all`: axe takes its time. */
const MORE_PAGES = {
  'the page of a tag': 'tags/night/',
  'the list of feeds': 'feeds/',
  'an essay': 'essays/the-strip-that-belongs-to-nobody/',
  'an article with code': 'tools/tide-clock/',
  'an article to listen to': 'listening/ten-seconds-of-fog/',
  'a letter from right to left': encodeURI('letters/الليل-في-ميناء-صور/'),
  'a feed from right to left': 'languages/ar/',
  'an address where there is nothing': 'nowhere/',
};
const chosen = process.env.PAGES === 'all' ? { ...PAGES, ...MORE_PAGES } : PAGES;

describe.skipIf(CHROMIUM_PATH === null)('in a browser (skipped where there is no Chromium)', () => {
  let publication: TestPublication;
  let browser: Browser;

  beforeAll(async () => {
    publication = await publish(readSample());
    browser = await chromium.launch({ executablePath: CHROMIUM_PATH ?? '', args: ['--no-sandbox'] });
  });

  afterAll(() => browser.close());

  it.each(Object.entries(chosen))('%s can be read by everybody', async (_, path) => {
    const page = await browser.newPage();
    await serve(page, publication);
    const said = await lookAt(page, SITE + path);
    expect(said.filter((text) => path !== 'nowhere/' || !text.includes('404'))).toEqual([]);
    await page.close();
  });

  it('a page of words that are longer than its lines is no wider than a phone', async () => {
    const word = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk';
    const site = `title: ${word}\nicon: icon.png\n`;
    const article = `---\ntitle: ${word}\ndate: 2026-01-01\ntags: [${word}]\n---\n${word}\n`;
    const words = await publish([
      ['site.yaml', site],
      ['words/long.md', article],
    ]);
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
    await serve(page, words);
    for (const path of ['', 'words/long/', 'feeds/', 'nowhere/']) {
      await page.goto(SITE + path);
      expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 360]);
    }
    await page.close();
  });

  it('is led by the keyboard: first past the top, then along the page', async () => {
    const page = await browser.newPage();
    await serve(page, publication);
    await page.goto(SITE);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.getBoundingClientRect().left')).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.closest("main") !== null')).toBe(true);
    await page.close();
  });
});

/** Answers from the published documents alone. */
async function serve(page: Page, { public: documents }: TestPublication): Promise<void> {
  await page.route('**/*', async (route) => {
    const { pathname, origin } = new URL(route.request().url());
    const path = decodeURIComponent(pathname.slice(1)).replace(/(^|\/)$/, '$1index.html');
    const found = origin === new URL(SITE).origin ? await documents.read(path) : null;
    const object = found ?? (await documents.read('404.html'));
    await route.fulfill({
      status: found === null ? 404 : 200,
      body: Buffer.from(object?.body ?? new Uint8Array()),
      contentType: TYPES[path.slice(path.lastIndexOf('.'))] ?? 'text/html; charset=utf-8',
      headers: { 'content-security-policy': POLICY },
    });
  });
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.mp3': 'audio/mpeg',
};

async function publish(files: Iterable<readonly [key: string, body: Uint8Array | string]>): Promise<TestPublication> {
  const publication = await createTestPublication({ now: SAMPLE_NOW, url: SITE });
  for (const [key, body] of files) await publication.put(key, body);
  await publication.settle();
  return publication;
}
