/** The desk in a real browser, as `feedwright serve` has it. Skipped without a Chromium. */

import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookAt } from '../../support/browser-checks.ts';
import { CHROMIUM_PATH } from '../../support/chromium.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const START_MS_MAX = 30_000;

const PAGES = { 'the entries': '' };
/** Also looked at with `PAGES=all`: axe takes its time. */
const MORE_PAGES = { 'all documents': 'documents/', 'one document': 'document/?path=tags/night/atom.xml' };
const chosen = process.env.PAGES === 'all' ? { ...PAGES, ...MORE_PAGES } : PAGES;

describe.skipIf(CHROMIUM_PATH === null)('the desk in a browser (skipped where there is no Chromium)', () => {
  let base: string;
  let child: ChildProcess;
  let desk: string;
  let browser: Browser;

  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'feedwright-desk-'));
    cpSync(join(ROOT, 'content'), join(base, 'content'), { recursive: true });
    writeFileSync(join(base, 'content/notes/broken.md'), '---\ntitle: Broken\ndate: 2026-02-31\n---\nText.\n');
    child = spawn(process.execPath, [join(ROOT, 'bin/feedwright.ts'), 'serve', 'content'], { cwd: base });
    desk = await readDeskAddress(child);
    browser = await chromium.launch({ executablePath: CHROMIUM_PATH ?? '', args: ['--no-sandbox'] });
  }, START_MS_MAX);

  afterAll(async () => {
    await browser?.close();
    child.kill('SIGKILL');
    rmSync(base, { recursive: true });
  });

  it.each(Object.entries(chosen))('%s can be read by everybody', async (_, path) => {
    const page = await browser.newPage();
    expect(await lookAt(page, desk + path)).toEqual([]);
    await page.close();
  });

  it('opens the problems when an error comes, and leaves closed what the reader has closed', async () => {
    const broken = join(base, 'content/notes/broken.md');
    const text = readFileSync(broken, 'utf8');
    const isOpen = (key: string) =>
      page.locator(`details[data-key="${key}"]`).evaluate((box) => 'open' in box && box.open);
    const page = await browser.newPage();
    await page.goto(desk);
    for (const key of ['problems', 'coming']) await page.locator(`details[data-key="${key}"] > summary`).click();
    writeFileSync(broken, `${text}One more [link](nowhere.png).\n`.replace('02-31', '02-30'));
    await page.getByText('2026-02-30').waitFor({ state: 'attached' });
    expect([await isOpen('problems'), await isOpen('coming')]).toEqual([false, false]);
    writeFileSync(join(base, 'content/notes/worse.md'), '---\ntitle: Worse\ndate: 2026-13-01\n---\nText.\n');
    await page.getByText('notes/worse.md').first().waitFor();
    expect([await isOpen('problems'), await isOpen('coming')]).toEqual([true, false]);
    rmSync(join(base, 'content/notes/worse.md'));
    writeFileSync(broken, text);
    await page.close();
  });

  it('says everything without a script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(desk);
    const text = await page.locator('body').innerText();
    for (const each of ['notes/broken.md:3', 'On the smell of rope', '138 documents, all valid', 'Latest entries']) {
      expect(text.toLowerCase()).toContain(each.toLowerCase());
    }
    await context.close();
  });
});

/** The server says it when everything is published. */
function readDeskAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk) => {
      said += chunk;
      const [address] = /http:\/\/localhost:\d+\/_preview\//.exec(said) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.on('close', () => reject(new Error(`The server ended: ${said}`)));
  });
}
