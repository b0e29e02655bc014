/**
 * Links within a publication that lead nowhere: to an address at which nothing is, or to a place in an article that has no
 * such id. The publisher itself only knows of links that name files; for all others every document has to be there first.
 */

import { folderAddress } from '../../lambda/address/folder-address.ts';
import { decodePercent } from '../../lambda/address/percent-encoding.ts';
import { pagePath } from '../../lambda/model/addresses.ts';
import { createProblem, type Problem } from '../../lambda/model/problem.ts';
import type { Site } from '../../lambda/model/site.ts';
import { nameHeadings, PAGE_IDS } from '../../lambda/render/html/heading-ids.ts';
import { readJson } from '../../lambda/state/json-object.ts';
import { addressesIn, RECORDS_PREFIX } from '../../lambda/state/keys.ts';
import type { ArticleRecord } from '../../lambda/state/record.ts';
import { listAll, type Store } from '../../lambda/store/store.ts';
import { unescapeText } from '../../lambda/text/characters.ts';

/** A list that nobody would read to its end. */
const PROBLEMS_MAX = 1_000;
const NAMED_COUNT_MAX = 3;

export interface CheckedStores {
  readonly content: Store;
  readonly state: Store;
  readonly public: Store;
}

/** Warnings of all links that lead nowhere. Where another program makes the pages, only that one knows where they lead. */
export async function checkLinks(site: Site, stores: CheckedStores): Promise<readonly Problem[]> {
  if (!site.pages.articles) return [];
  const documents = new Set<string>();
  for await (const { key } of listAll(stores.public, '')) documents.add(key);
  const records = await readRecords(stores.state);
  const articles = new Map(
    records.flatMap(({ shown }) =>
      shown.flatMap(({ entry, claims }) =>
        addressesIn(claims).map((address) => [pagePath(address), entry.contentHtml] as const),
      ),
    ),
  );
  const known = new Map<string, ReadonlySet<string>>();
  const idsAt = (path: string): ReadonlySet<string> | null => {
    const content = articles.get(path);
    if (content === undefined) return null;
    const ids = known.get(path) ?? idsIn(nameHeadings(content, site));
    known.set(path, ids);
    return ids;
  };
  const problems: Problem[] = [];
  for (const { key, shown, missing } of records) {
    const dead: DeadAddress[] = [];
    const fragments: DeadAddress[] = [];
    for (const url of new Set(shown.flatMap(({ entry }) => linksIn(entry.contentHtml, site.url)))) {
      const [address = '', fragment = ''] = `/${url.slice(site.url.length)}`.replace(/\?[^#]*/, '').split('#', 2);
      const path = pathOf(address);
      if (path === null || missing.includes(path)) continue;
      const shownAddress = decodePercent(address) ?? address;
      if (!documents.has(path)) dead.push({ written: address, shown: shownAddress });
      else if (fragment !== '' && isDead(fragment, idsAt(path)))
        fragments.push({ written: `#${fragment}`, shown: `${shownAddress}#${decodePercent(fragment) ?? fragment}` });
    }
    if (dead.length > 0) problems.push(deadLinks(key, await placeOf(stores.content, key, dead), dead));
    if (fragments.length > 0)
      problems.push(deadFragments(key, await placeOf(stores.content, key, fragments), fragments));
    if (problems.length >= PROBLEMS_MAX) break;
  }
  return problems;
}

interface DeadAddress {
  /** A part of it that its author is likely to have written. */
  readonly written: string;
  readonly shown: string;
}

async function readRecords(state: Store): Promise<readonly ArticleRecord[]> {
  const records: ArticleRecord[] = [];
  for await (const { key } of listAll(state, RECORDS_PREFIX)) {
    const stored = await readJson<ArticleRecord>(state, key);
    if (stored !== null) records.push(stored.value);
  }
  return records;
}

function linksIn(contentHtml: string, siteUrl: string): readonly string[] {
  const links = [...contentHtml.matchAll(/<a\s(?:[^>"]|"[^"]*")*?href="([^"]*)"/g)].map(([, href]) =>
    unescapeText(href ?? ''),
  );
  return links.filter((href) => href.startsWith(siteUrl));
}

function idsIn(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => unescapeText(id ?? '')));
}

/** Where the document of an address lies; null where no document can have it. */
function pathOf(address: string): string | null {
  return decodePercent(address) === null ? null : pagePath(folderAddress(address));
}

/** A fragment that begins with a colon asks the browser to look for words. */
function isDead(fragment: string, ids: ReadonlySet<string> | null): boolean {
  if (ids === null || fragment.startsWith(':') || fragment === 'top') return false;
  const id = decodePercent(fragment) ?? fragment;
  return !ids.has(id) && !PAGE_IDS.has(id);
}

/** Shorter parts of an address stand anywhere in a text. */
const PART_CHARACTERS_MIN = 4;

/** How an address may be written: whole, or its last part alone. */
function formsOf(written: string): readonly string[] {
  const part = written.replace(/\/$/, '').split('/').at(-1) ?? '';
  const forms = part.length < PART_CHARACTERS_MIN ? [written] : [written, part];
  return forms.flatMap((form) => [form, decodePercent(form) ?? form]);
}

/** Line of the first of them; null where none is found. */
async function placeOf(content: Store, key: string, dead: readonly DeadAddress[]): Promise<number | null> {
  const text = new TextDecoder().decode((await content.read(key))?.body);
  const places = dead.flatMap(({ written }) => {
    const found = formsOf(written).map((form) => text.indexOf(form));
    return found.find((place) => place !== -1) ?? [];
  });
  const first = Math.min(...places);
  return Number.isFinite(first) ? text.slice(0, first).split('\n').length : null;
}

function deadLinks(path: string, line: number | null, dead: readonly DeadAddress[]): Problem {
  return createProblem('link-dead', {
    path,
    line,
    message: `${countLinks(dead)} to where nothing is: ${nameSome(dead)}.`,
    fix: 'Mend the link, or name the file of the article: then it follows the article wherever that is.',
  });
}

function deadFragments(path: string, line: number | null, dead: readonly DeadAddress[]): Problem {
  return createProblem('link-dead', {
    path,
    line,
    message: `${countLinks(dead)} to headings that have no such id: ${nameSome(dead)}.`,
    fix: 'Write the id behind the heading (“{#id}”), or set headingIds in site.yaml to the system that the link comes from.',
  });
}

function countLinks({ length }: readonly DeadAddress[]): string {
  return length === 1 ? 'A link leads' : `${length} links lead`;
}

function nameSome(dead: readonly DeadAddress[]): string {
  const names = dead.slice(0, NAMED_COUNT_MAX).map(({ shown }) => shown);
  const more = dead.length - names.length;
  return more === 0 ? names.join(', ') : `${names.join(', ')} and ${more} more`;
}
