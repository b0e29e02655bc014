/** The pages of the servers, as a person sees them in a browser: every article that is there. */

import type { Browser, Page } from 'playwright-core';
import { ACCOUNT } from './miniflux.ts';

export interface SeenArticle {
  readonly title: string;
  /** All words, also those beside a picture or a sound. */
  readonly words: string;
  readonly pictures: number;
  /** Players of sounds. */
  readonly sounds: number;
}

const WAITING_MS = 4_000;

/** By the name of the server. */
const LOOKS: Readonly<Record<string, (page: Page, origin: string) => Promise<readonly SeenArticle[]>>> = {
  Miniflux: lookAtMiniflux,
  FreshRSS: lookAtFreshRss,
  'Tiny Tiny RSS': lookAtTtRss,
  yarr: lookAtYarr,
};

export async function lookAt(browser: Browser, name: string, origin: string): Promise<readonly SeenArticle[]> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  try {
    return (await LOOKS[name]?.(page, origin)) ?? [];
  } finally {
    await page.close();
  }
}

async function lookAtMiniflux(page: Page, origin: string): Promise<readonly SeenArticle[]> {
  await page.goto(origin);
  await page.fill('input[name=username]', ACCOUNT.name);
  await page.fill('input[name=password]', ACCOUNT.password);
  await page.click('button[type=submit]');
  await page.waitForURL(/unread/);
  const links = await page.$$eval('.item-title a[href*="/entry/"]', (all) =>
    all.map((link) => link.getAttribute('href')),
  );
  const seen: SeenArticle[] = [];
  for (const link of links) {
    await page.goto(origin + link);
    seen.push(...(await readArticles(page, 'body', 'section.entry h1', 'article, .entry-enclosures')));
  }
  return seen;
}

async function lookAtFreshRss(page: Page, origin: string): Promise<readonly SeenArticle[]> {
  await page.goto(`${origin}/i/?a=normal&state=3`);
  await page.waitForSelector('.flux');
  return readArticles(page, '.flux', '.flux_header .title', '.flux_content .text');
}

/** It fetches the text of an article when that comes into view. */
async function lookAtTtRss(page: Page, origin: string): Promise<readonly SeenArticle[]> {
  // All articles of all feeds.
  await page.goto(`${origin}/#f=-4&c=0`);
  await page.waitForSelector('.cdm .content-inner');
  for (const article of await page.$$('.cdm[data-article-id]')) {
    await article.scrollIntoViewIfNeeded();
    await page.waitForTimeout(WAITING_MS / 10);
  }
  return readArticles(page, '.cdm[data-article-id]', 'a.title', '.content-inner');
}

/** Feeds are listed alike, but have no time. */
const YARR_ITEM = '.c-listitem:has(time)';

async function lookAtYarr(page: Page, origin: string): Promise<readonly SeenArticle[]> {
  await page.goto(origin);
  await page.waitForSelector(YARR_ITEM);
  const seen: SeenArticle[] = [];
  for (const item of await page.$$(YARR_ITEM)) {
    await item.click();
    await page.waitForTimeout(WAITING_MS / 10);
    seen.push(...(await readArticles(page, '.content-wrapper', 'h1', '')));
  }
  return seen;
}

/** @param text the parts of an article that are not the page's; empty for all of it */
function readArticles(page: Page, article: string, title: string, text: string): Promise<readonly SeenArticle[]> {
  return page.$$eval(
    article,
    (found, at) =>
      found.map((element) => {
        for (const raised of element.querySelectorAll('sup')) raised.prepend('^');
        const parts = at.text === '' ? [element] : [...element.querySelectorAll(at.text)];
        const count = (what: string) => parts.reduce((sum, part) => sum + part.querySelectorAll(what).length, 0);
        const wordsOf = (part: { readonly textContent: string | null } | null) =>
          (part?.textContent ?? '').replace(/\s+/g, ' ').trim();
        return {
          title: wordsOf(element.querySelector(at.title)),
          words: parts.map(wordsOf).join(' '),
          pictures: count('img:not(.icon)'),
          sounds: count('audio'),
        };
      }),
    { title, text },
  );
}
