/**
 * `npm run readers:programs [-- --write] [-- NAME…]`: subscribes programs (all, or those named) to a publication on this
 * machine, changes it step by step, and tells what a person sees of each step. `--write` writes the table into
 * docs/readers.md, where rows of programs that were not asked stay. A cell that is not as it stands there is a fault: the exit
 * code is 1 then. What is not installed is named.
 */

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createPublisher } from '../../../lambda/publish.ts';
import { createFolderStore } from '../../../local/store/folder-store.ts';
import { createMemoryStore } from '../../../local/store/memory-store.ts';
import { startLoopback } from '../../../tests/support/loopback.ts';
import { createTestPublication, createTestQueue, TEST_NOW } from '../../../tests/support/publication.ts';
import { joinSections, mergeProgramRows, splitSections } from '../table/sections.ts';
import { ARTICLES, CHANGES, describeSeen, type Moving, SITE, SOUND } from './changes.ts';
import type { Subscriber } from './subscriber.ts';
import { SUBSCRIBERS } from './subscribers.ts';

const PAGE = join(import.meta.dirname, '../../../docs/readers.md');
const FORMATS = { R: { first: 'rss.xml', other: 'atom.xml' }, A: { first: 'atom.xml', other: 'rss.xml' } } as const;
type Letter = keyof typeof FORMATS;

process.exitCode = await main();

async function main(): Promise<number> {
  const options = { write: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const rows: string[] = [];
  for (const subscriber of SUBSCRIBERS) {
    const { name, version } = subscriber;
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    for (const letter of Object.keys(FORMATS) as Letter[]) {
      const cells = await follow(letter, subscriber);
      if (cells === null) console.log(`SKIPPED ${name}: it is not installed, or failed`);
      else rows.push(`| ${name} ${version}, ${letter} | ${cells.join(' | ')} |`);
      if (cells !== null) console.log(rows.at(-1));
    }
  }
  const sections = splitSections(readFileSync(PAGE, 'utf8'));
  const [, ...known] = sections.programs.split('\n').filter((line) => line.startsWith('| '));
  if (values.write)
    writeFileSync(PAGE, joinSections({ ...sections, programs: renderSection(mergeProgramRows(known, rows)) }));
  const others = rows.filter((row) => !known.includes(row));
  for (const row of values.write ? [] : others) console.log(`NOT AS IN docs/readers.md: ${row}`);
  return values.write || others.length === 0 ? 0 : 1;
}

function renderSection(rows: readonly string[]): string {
  const head = `| program | ${CHANGES.map(({ name }) => name).join(' | ')} |\n|${'---|'.repeat(CHANGES.length + 1)}\n`;
  return `\`npm run readers:programs -- --write\` writes this part. Each program subscribed to a publication of five articles and took all
for read; then came one change after the other, and after each it was reloaded. **Right** is what shows the change, and **new** what
is shown as unread. A program that mails shows nothing but what it mails. The host moved by 301 from each old address, with all
ids as they were; then the address of the document led, by 301, to another format. At last there was a new article.

${head}${rows.join('\n')}\n`;
}

/** The changes as one program shows them; null where the program is not installed. */
async function follow(letter: Letter, { reload, end, isMail = false }: Subscriber): Promise<readonly string[] | null> {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-program-'));
  const site = join(folder, 'site');
  const state = { hasMoved: false, hasOtherFormat: false };
  const { first, other } = FORMATS[letter];
  const server = await startLoopback((request, response) => {
    const address = addressAfter(request, state, server.port, { first, other });
    if (address !== null) response.writeHead(301, { location: address }).end();
    else serve(site, request, response);
  });
  const publication = await openPublication(
    site,
    () => `http://${state.hasMoved ? 'localhost' : '127.0.0.1'}:${server.port}/`,
  );
  const moving: Moving = {
    put: publication.put,
    async moveHost() {
      state.hasMoved = true;
      await publication.reopen();
    },
    async changeFormat() {
      state.hasOtherFormat = true;
    },
  };
  try {
    mkdirSync(join(folder, 'home'));
    const address = `http://127.0.0.1:${server.port}/${first}`;
    // A program that shows nothing would show no change either.
    const shown = await reload(join(folder, 'home'), address);
    if (shown?.length !== Object.keys(ARTICLES).length) return null;
    const cells: string[] = [];
    for (const change of CHANGES) {
      await change.make(moving);
      const seen = await reload(join(folder, 'home'), address);
      cells.push(seen === null ? 'fails' : describeSeen(change, seen, isMail));
    }
    return cells;
  } finally {
    await end?.(join(folder, 'home'));
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The two hosts are two names of one machine. */
function addressAfter(
  { url = '/', headers: { host = '' } }: IncomingMessage,
  { hasMoved, hasOtherFormat }: { readonly hasMoved: boolean; readonly hasOtherFormat: boolean },
  port: number,
  { first, other }: { readonly first: string; readonly other: string },
): string | null {
  if (hasMoved && host.startsWith('127.')) return `http://localhost:${port}${url}`;
  return hasOtherFormat && url === `/${first}` ? `http://localhost:${port}/${other}` : null;
}

function serve(site: string, { url = '/' }: IncomingMessage, response: ServerResponse): void {
  const file = join(site, decodeURIComponent(URL.parse(url, 'http://127.0.0.1')?.pathname ?? '/'));
  const type = file.endsWith('atom.xml') ? 'application/atom+xml' : 'application/rss+xml';
  if (!file.startsWith(site) || !existsSync(file) || !file.endsWith('.xml')) response.writeHead(404).end();
  else response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(readFileSync(file));
}

async function openPublication(root: string, base: () => string) {
  const { ports } = await createTestPublication();
  const [content, state, queue] = [createMemoryStore(), createMemoryStore(), createTestQueue()];
  let nonceCount = 0;
  let now = TEST_NOW;
  const open = () =>
    createPublisher({
      ...ports,
      content,
      state,
      public: createFolderStore({ root }),
      queue,
      url: base(),
      now: () => now,
      nonce: () => `nonce-${++nonceCount}`,
    });
  let publisher = open();
  const put = async (key: string, body: string | Uint8Array | null) => {
    now += 3_600_000;
    if (body === null) await content.remove(key);
    else await content.write(key, typeof body === 'string' ? new TextEncoder().encode(body) : body);
    await queue.sendArticleWork([{ key, told: true }]);
    await queue.work(publisher, 10);
  };
  await put('site.yaml', SITE);
  await put(SOUND.key, SOUND.bytes);
  for (const [key, text] of Object.entries(ARTICLES)) await put(key, text);
  return {
    put,
    async reopen() {
      publisher = open();
      await publisher.tick();
      await publisher.reconcile();
      await queue.work(publisher, 10);
    },
  };
}
