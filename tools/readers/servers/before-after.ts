/**
 * Shows what servers that people read with make of our documents, beside what they made of those of an earlier version:
 *
 *     node tools/readers/servers/before-after.ts --before <clone of that version> [--write] [NAME…]
 *
 * Both versions build one publication. Each server subscribes to its documents; then a browser (Chromium) opens its pages, and it
 * is asked what it keeps. `--write` writes the table into docs/readers.md. What is not installed is named.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { startLoopback } from '../../../tests/support/loopback.ts';
import { joinSections, splitSections } from '../table/sections.ts';
import { MISSES, type Miss, missesFiles, type Subscription } from './misses.ts';
import { lookAt } from './pages.ts';
import type { ServerProgram } from './server.ts';
import { SERVERS } from './servers.ts';

const OWN = resolve(import.meta.dirname, '../../..');
const PAGE = join(OWN, 'docs/readers.md');
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FILES = { rss: 'rss.xml', atom: 'atom.xml', json: 'feed.json' } as const;
const TYPES: Readonly<Record<string, string>> = {
  '.xml': 'application/xml; charset=utf-8',
  '.json': 'application/feed+json; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.html': 'text/html; charset=utf-8',
};

process.exitCode = await main();

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { before: { type: 'string' }, write: { type: 'boolean', default: false } },
  });
  if (values.before === undefined) {
    console.error('Usage: node tools/readers/servers/before-after.ts --before <clone> [--write] [NAME…]');
    return 2;
  }
  const servers = SERVERS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  try {
    const columns: { readonly title: string; readonly cells: readonly string[] }[] = [];
    for (const server of servers) {
      const before = await showAll(browser, server, values.before);
      const now = before === null ? null : await showAll(browser, server, OWN);
      if (before === null || now === null) {
        console.log(`SKIPPED ${server.name}: it is not there`);
        continue;
      }
      const cells = MISSES.map((_, index) => cellOf(before[index] ?? null, now[index] ?? null));
      columns.push({ title: `${server.name} ${server.version}`, cells });
      for (const [index, { name }] of MISSES.entries()) console.log(`${server.name}: ${name}: ${cells[index]}`);
    }
    if (values.write)
      writeFileSync(PAGE, joinSections({ ...splitSections(readFileSync(PAGE, 'utf8')), servers: render(columns) }));
    return 0;
  } finally {
    await browser.close();
  }
}

/** What one server shows of each miss; null where it is not there. */
async function showAll(
  browser: Browser,
  server: ServerProgram,
  clone: string,
): Promise<readonly (string | null)[] | null> {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-misses-'));
  const asked: string[] = [];
  const web = await startLoopback(({ url = '/' }, response) => {
    const path = decodeURIComponent(url.replace(/\?.*/, ''));
    asked.push(path);
    const file = readFile(join(folder, 'public', path.endsWith('/') ? `${path}index.html` : path));
    if (file === null) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? TYPES['.html'] }).end(file);
  });
  const base = `${web.origin}/`;
  try {
    publish(folder, clone, base);
    const known = new Map<string, Subscription>();
    const told: (string | null)[] = [];
    for (const miss of MISSES) {
      if (!server.formats.some((format) => miss.document.endsWith(FILES[format]))) {
        told.push(null);
        continue;
      }
      const subscription = known.get(miss.document) ?? (await subscribe(browser, server, base, miss, asked));
      if (subscription === null) return null;
      known.set(miss.document, subscription);
      told.push(miss.tell(subscription, base));
    }
    return told;
  } finally {
    await web.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function readFile(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

/** By the command line of that version, as a person does. */
function publish(folder: string, clone: string, url: string): void {
  for (const [key, body] of missesFiles()) {
    mkdirSync(join(folder, 'content'), { recursive: true });
    writeFileSync(join(folder, 'content', key), body);
  }
  const command = [
    'bin/feedwright.ts',
    'build',
    join(folder, 'content'),
    '--out',
    join(folder, 'public'),
    '--url',
    url,
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: clone, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The build of ${clone} failed: ${stdout}${stderr}`);
}

async function subscribe(
  browser: Browser,
  { name, open }: ServerProgram,
  base: string,
  { document }: Miss,
  asked: string[],
): Promise<Subscription | null> {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-misses-server-'));
  const server = await open(folder);
  if (server === null) return null;
  try {
    asked.length = 0;
    if (!(await server.subscribe(base + document))) throw new Error(`${name} does not subscribe to ${document}.`);
    const seen = await lookAt(browser, name, server.origin);
    return { seen, entries: await server.entries(), home: await server.home(), asked: [...asked] };
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function cellOf(before: string | null, now: string | null): string {
  if (before === null && now === null) return '–';
  const [was, is] = [before, now].map((text) => (text ?? 'not told').replaceAll('|', '/').replaceAll('<', '&lt;'));
  return was === is ? `${is}` : `${was} → **${is}**`;
}

function render(columns: readonly { readonly title: string; readonly cells: readonly string[] }[]): string {
  const rows = MISSES.map(({ name }, index) => [name, ...columns.map(({ cells }) => cells[index] ?? '')]);
  const table = [['shown', ...columns.map(({ title }) => title)], Array(columns.length + 1).fill('---'), ...rows];
  return `\`node tools/readers/servers/before-after.ts --before <clone> --write\` writes this part: what the pages of four servers show, opened in
Chromium, with documents of 1c06b2b (before the first release) → **with those of today**. A cell without an arrow is the same for both;
\`^\` stands before raised text, and a dash where the server does not tell, or reads no JSON Feed by itself.

${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}
