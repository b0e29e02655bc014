/**
 * `npm run screenshots`: the pictures of the README, made of the sample publication as `feedwright serve` shows it. Says so
 * and ends well where there is no Chromium (`CHROMIUM` names one elsewhere).
 */

import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, chromium } from 'playwright-core';
import { CHROMIUM_PATH } from '../tests/support/chromium.ts';

const ROOT = join(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'docs/pictures');
const BYTES_MAX = 150_000;
const LOAD_MS_MAX = 30_000;
const SIZE = { width: 1060, height: 680 };

/** Images below what is seen are loaded late. */
const SHOWS_ITS_IMAGES =
  '[...document.images].every((image) => image.getBoundingClientRect().top > innerHeight || image.naturalWidth > 0)';

const PICTURES = { 'magazine.png': '', 'desk.png': '_preview/' };

if (CHROMIUM_PATH === null) {
  console.log('There is no Chromium on this machine, so no picture was made. CHROMIUM names one elsewhere.');
} else {
  const browser = await chromium.launch({ executablePath: CHROMIUM_PATH, args: ['--no-sandbox'] });
  try {
    await servingSample((address) => takePictures(browser, address));
  } finally {
    await browser.close();
  }
}

async function takePictures(browser: Browser, address: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, path] of Object.entries(PICTURES)) {
    const page = await browser.newPage({ viewport: SIZE, colorScheme: 'light', bypassCSP: true });
    // The desk keeps a connection open for news, so the network is never idle.
    await page.goto(address + path, { waitUntil: 'load', timeout: LOAD_MS_MAX });
    await page.waitForFunction(SHOWS_ITS_IMAGES, undefined, { timeout: LOAD_MS_MAX });
    const picture = await page.screenshot();
    await page.close();
    if (picture.length > BYTES_MAX) throw new Error(`${name} has ${picture.length} bytes, and may have ${BYTES_MAX}.`);
    writeFileSync(join(FOLDER, name), picture);
    console.log(`${name}: ${picture.length} bytes`);
  }
}

/** Serves a copy of the sample, since the desk shows where its folder is, and gives the address. */
async function servingSample(use: (address: string) => Promise<void>): Promise<void> {
  const folder = join(tmpdir(), 'foreshore');
  cpSync(join(ROOT, 'content'), join(folder, 'content'), { recursive: true });
  const program = [join(ROOT, 'bin/feedwright.ts'), 'serve', 'content'];
  const child = spawn(process.execPath, program, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const address = /^ *Open +(http:\S+)/.exec(line)?.[1];
      if (address === undefined) continue;
      await use(address);
      break;
    }
  } finally {
    child.kill('SIGINT');
    rmSync(folder, { recursive: true, force: true });
  }
}
