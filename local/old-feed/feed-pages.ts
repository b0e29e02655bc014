/**
 * Reads a feed and its archive, page by page, from files or from the web. It follows the links of RFC 5005 and JSON Feed. A feed
 * of WordPress has no such links: its pages are `?paged=2`, `?paged=3` and so on, until one answers 404.
 */

import { Readable } from 'node:stream';
import { decodePercent } from '../../lambda/address/percent-encoding.ts';
import { describeFile, type ExportFiles, readWhole } from '../import/files/export-files.ts';
import { readJson } from '../import/files/json-text.ts';
import { ImportFailure } from '../import/model/import-failure.ts';
import { readXmlTree } from '../import/xml/xml-tree.ts';
import type { FeedPage } from './feed-entry.ts';
import { readJsonFeed } from './json-feed.ts';
import { readXmlFeed } from './xml-feed.ts';

const PAGES_MAX = 10_000;
const PAGE_BYTES_MAX = 64 * 1024 * 1024;

/** Gives the bytes at an address, and where they came from at last; null where the answer is that there is nothing (404, 410). */
export type Fetch = (address: string) => Promise<{ readonly body: Buffer; readonly address: string } | null>;

/** The newest page first. Throws where the first one is no feed. */
export async function* fetchPages(
  address: string,
  fetch: Fetch,
  onMissing: (address: string) => void,
): AsyncGenerator<FeedPage> {
  const seen = new Set<string>();
  let numbered: number | null = null;
  let before = '';
  for (let next: string | null = address; next !== null && seen.size < PAGES_MAX; ) {
    seen.add(next);
    const answer = await fetch(next);
    const page: FeedPage | null =
      answer === null ? null : await readPage(answer.body, answer.address, next, numbered === null);
    if (answer === null || page === null) {
      if (seen.size === 1) throw new ImportFailure(next, 'is not there.', 'Check the address of the feed.');
      // Without a page WordPress answers 404: that is the end, and any other missing page is a gap.
      if (numbered === null) onMissing(next);
      return;
    }
    const shown = JSON.stringify(page.entries.map(({ id, link, title }) => [id, link, title]));
    // Some caches give the first page whatever number is asked for.
    if (numbered !== null && (page.entries.length === 0 || shown === before)) return;
    before = shown;
    yield page;
    if (page.older !== null) next = page.older;
    else if (isWordPress(page, address)) {
      numbered = (numbered ?? 1) + 1;
      next = withPage(address, numbered);
    } else next = null;
    if (next !== null && seen.has(next)) return;
  }
}

function isWordPress({ generator }: FeedPage, address: string): boolean {
  // Atom has the name alone, RSS an address.
  return /^wordpress\b|wordpress\.(?:org|com)/i.test(generator) || /[?&]feed=(?:rss2?|atom)\b/.test(address);
}

function withPage(address: string, number: number): string {
  const url = new URL(address);
  url.searchParams.set('paged', String(number));
  return url.href;
}

/**
 * Pages that lie in files. Those that another page names as older are found by their addresses: what the feed calls
 * itself leads to its file, so an archive page lies at the same place beside it.
 */
export async function* filePages(
  files: ExportFiles,
  names: readonly string[],
  onMissing: (address: string) => void,
): AsyncGenerator<FeedPage> {
  const [first, ...others] = await startPages(files, names);
  if (first === undefined)
    throw new ImportFailure(files.label, 'holds no feed.', 'Name a file in RSS, Atom or JSON Feed.');
  const seen = new Set<string>([first.name]);
  const root = rootOf(first);
  for (let page: FeedPage | null = withFacts(first.page, others); page !== null; ) {
    yield page;
    const older: string | null = page.older;
    if (older === null) return;
    const name = root === null ? null : nameAt(older, root, files);
    if (name === null) return onMissing(older);
    if (seen.has(name) || seen.size > PAGES_MAX) return;
    seen.add(name);
    page = await readFile(files, name);
  }
}

/** Facts that another format of the same feed states, and this format has no place for. */
function withFacts(page: FeedPage, others: readonly NamedPage[]): FeedPage {
  const same = others.map((other) => other.page).filter(({ home }) => home === page.home);
  const find = <Name extends 'copyright' | 'podcast' | 'siteId'>(name: Name): FeedPage[Name] | null =>
    page[name] ?? same.find((other) => other[name] !== null)?.[name] ?? null;
  return { ...page, copyright: find('copyright'), podcast: find('podcast'), siteId: find('siteId') };
}

interface NamedPage {
  readonly name: string;
  readonly page: FeedPage;
}

/** Of the feeds in a folder the one for everything: the largest at the top, in the format that says most. */
async function startPages(files: ExportFiles, names: readonly string[]): Promise<readonly NamedPage[]> {
  const depth = (name: string) => name.split('/').length;
  const top = Math.min(...names.map(depth));
  const pages: NamedPage[] = [];
  for (const name of names.filter((name) => depth(name) === top)) {
    const page = await readFile(files, name);
    if (page !== null) pages.push({ name, page });
  }
  const rank = ({ page }: NamedPage) => ['RSS', 'Atom', 'JSON Feed'].indexOf(page.format);
  return pages.toSorted((a, b) => b.page.entries.length - a.page.entries.length || rank(b) - rank(a));
}

async function readFile(files: ExportFiles, name: string): Promise<FeedPage | null> {
  return readPage(await readWhole(files, name, PAGE_BYTES_MAX), null, describeFile(files, name), true);
}

async function readPage(
  body: Buffer,
  address: string | null,
  where: string,
  isStrict: boolean,
): Promise<FeedPage | null> {
  const isJson = /^\s*\{/.test(
    body
      .subarray(0, 64)
      .toString('latin1')
      .replace(/^\u00EF\u00BB\u00BF/, ''),
  );
  const page = isJson
    ? readJsonFeed(readJson(body, where), address)
    : readXmlFeed(await readXmlTree(Readable.from([body]), where), address);
  if (page === null && isStrict)
    throw new ImportFailure(where, 'is no feed.', 'Name a document in RSS, Atom or JSON Feed.');
  return page;
}

interface Root {
  /** The prefix that the addresses of all files share. */
  readonly address: string;
  /** Where in the export these files lie: empty, or with a slash at its end. */
  readonly folder: string;
}

/** The feed's own address without the path that its file has: what was named may lie above the site's root or within it. */
function rootOf({ name, page }: NamedPage): Root | null {
  if (page.self === null || URL.parse(page.self) === null) return null;
  const { origin, pathname } = new URL(page.self);
  const parts = name.split('/');
  for (let count = parts.length; count > 0; count -= 1) {
    const tail = parts.slice(-count).join('/');
    if (!pathname.endsWith(`/${tail}`)) continue;
    return { address: `${origin}${pathname.slice(0, -tail.length)}`, folder: name.slice(0, -tail.length) };
  }
  return null;
}

/** Only a file of the export can be meant, or one that lies beside the only file that was named. */
function nameAt(address: string, root: Root, files: ExportFiles): string | null {
  if (!address.startsWith(root.address)) return null;
  const path = decodePercent(address.slice(root.address.length).replace(/[?#].*$/s, ''));
  if (path === null) return null;
  const name = root.folder + path;
  return files.names.includes(name) ? name : files.beside(name);
}
