/**
 * The contents of entries in a real browser that is allowed everything, to see what would run, and before a second
 * sanitiser, to see what it would still take out. Documents in XML are read by the browser's own parser.
 */

import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { CHROMIUM_PATH } from '../../tests/support/chromium.ts';

/** Contents shown on one page: together they are faster, and what breaks out of one comes to the next. */
const CONTENTS_PER_PAGE = 200;

/**
 * What the second sanitiser takes out although it does nothing here: texts that quote the end of an element, which no
 * attribute of ours is written without quotation marks for; ids named like a property of documents, which they hide only
 * as names of frames, forms and objects.
 */
const HARMLESS_REMOVALS = /^attribute (?:alt|title|id)$/;

const PURIFIER = fileURLToPath(new URL('../../node_modules/dompurify/dist/purify.js', import.meta.url));
const IN_BROWSER = fileURLToPath(new URL('in-browser.js', import.meta.url));

export interface Shown {
  readonly name: string;
  readonly html: string;
}

/** Null where there is no Chromium. */
export async function tryInBrowser(
  contents: readonly Shown[],
  documents: ReadonlyMap<string, string>,
): Promise<readonly string[] | null> {
  if (CHROMIUM_PATH === null) return null;
  const browser = await chromium.launch({ executablePath: CHROMIUM_PATH, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const offences: string[] = [];
    await watch(page, (offence) => offences.push(offence));
    for (let start = 0; start < contents.length; start += CONTENTS_PER_PAGE) {
      offences.push(...(await show(page, contents.slice(start, start + CONTENTS_PER_PAGE))));
    }
    for (const [path, text] of documents) offences.push(...(await readXml(page, path, text)));
    return offences;
  } finally {
    await browser.close();
  }
}

/** Nothing is fetched; what would be is looked at, and a dialog is what the attacks ask for. */
async function watch(page: Page, report: (offence: string) => void): Promise<void> {
  page.on('dialog', (dialog) => {
    report(`a script ran: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.route('**/*', (route) => {
    const type = route.request().resourceType();
    const isHarmless = ['image', 'media', 'texttrack'].includes(type) || route.request().url() === BLANK;
    if (!isHarmless) report(`asks for ${type} ${route.request().url()}`);
    return route.request().url() === BLANK
      ? route.fulfill({ contentType: 'text/html', body: '<body>' })
      : route.abort();
  });
}

const BLANK = 'https://reader.example/';

async function show(page: Page, contents: readonly Shown[]): Promise<readonly string[]> {
  await page.goto(BLANK);
  await page.addScriptTag({ path: PURIFIER });
  await page.addScriptTag({ path: IN_BROWSER });
  const htmls = JSON.stringify(contents.map(({ html }) => html));
  const removals: readonly (readonly string[])[] = await page.evaluate(`lookAt(${htmls})`);
  return removals.flatMap((removed, index) =>
    removed
      .filter((each) => !HARMLESS_REMOVALS.test(each))
      .map((each) => `${contents[index]?.name}: takes out ${each}`),
  );
}

async function readXml(page: Page, path: string, text: string): Promise<readonly string[]> {
  if (!/\.(?:xml|opml)$/.test(path)) return [];
  const isWellFormed = await page.evaluate(`isWellFormed(${JSON.stringify(text)})`);
  return isWellFormed ? [] : [`${path}: is not well-formed`];
}
