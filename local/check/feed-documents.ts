/**
 * Whether the feed documents of a publication are right: each by the rules of its format, and all together. Pure; the
 * desk, `feedwright check --feeds` and the tests go by the same rules.
 */

import { decodePercent } from '../../lambda/address/percent-encoding.ts';
import { archiveFolder, publicAddress } from '../../lambda/model/addresses.ts';
import type { FeedFormat } from '../../lambda/model/document.ts';
import { atomIds, checkAtom } from './atom-rules.ts';
import { childrenOf } from './element-rules.ts';
import { checkHistory } from './history-rules.ts';
import { checkJsonFeed } from './json-feed-rules.ts';
import { checkRss, isPodcast, rssIds } from './rss-rules.ts';
import { parseXml, type XmlElement, XmlError } from './xml-tree.ts';

/** The facts that one document states of itself. */
export interface DocumentReport {
  /** Its mistakes, each with its place; none when it is valid. */
  readonly findings: readonly string[];
  /** Where it says that it is; null where it doesn't say. */
  readonly self: string | null;
  /** Absolute addresses of the feed documents that it links to. */
  readonly pages: readonly string[];
  /** Ids of its entries, in order; null where they can't be told. */
  readonly ids: readonly string[] | null;
  /** Whether its entries may have other ids than in the other formats: the guids that a podcast brings from its former host. */
  readonly hasFormerIds?: boolean;
}

const FEED_DOCUMENT = /(?:^|\/)(?:rss\.xml|atom\.xml|feed\.json)$/;
const ARCHIVE = new RegExp(`(?:^|/)${archiveFolder('all')}[^/]+/[^/]+$`);

export function isFeedDocument(path: string): boolean {
  return FEED_DOCUMENT.test(path);
}

/** Judges one document by the rules of its format. `isFeedDocument` holds for its path. */
export function inspectDocument(path: string, body: Uint8Array): DocumentReport {
  const format = path.endsWith('.json') ? 'json' : path.endsWith('atom.xml') ? 'atom' : 'rss';
  return inspectFeed(body, format, ARCHIVE.test(path));
}

/**
 * Any document by the rules of its format.
 *
 * @param isArchive whether it has to be an archive page, or must not be; null where only the document knows
 */
export function inspectFeed(body: Uint8Array, format: FeedFormat, isArchive: boolean | null): DocumentReport {
  return format === 'json' ? inspectJson(body) : inspectXml(body, format === 'atom', isArchive);
}

function inspectXml(body: Uint8Array, isAtom: boolean, isArchive: boolean | null): DocumentReport {
  let root: XmlElement;
  try {
    root = parseXml(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    if (!(error instanceof XmlError || error instanceof TypeError)) throw error;
    const finding = error instanceof XmlError ? error.message : 'it is not UTF-8';
    return { findings: [finding], self: null, pages: [], ids: null };
  }
  const findings = isAtom ? checkAtom(root) : checkRss(root);
  const head = isAtom ? root : childrenOf(root, '', 'channel')[0];
  if (head === undefined) return { findings, self: null, pages: [], ids: null };
  const history = checkHistory(head, isArchive);
  const ids = isAtom ? atomIds(root) : rssIds(root);
  const hasFormerIds = !isAtom && isPodcast(root);
  return { ...history, findings: [...findings, ...history.findings], ids, hasFormerIds };
}

function inspectJson(body: Uint8Array): DocumentReport {
  const findings = checkJsonFeed(body);
  if (findings.length > 0) return { findings, self: null, pages: [], ids: null };
  const feed = JSON.parse(new TextDecoder().decode(body)) as JsonFeed;
  const pages = [feed.next_url, feed.feed_url].flatMap((address) => address ?? []);
  return { findings, self: null, pages, ids: feed.items.map(({ id }) => id) };
}

interface JsonFeed {
  readonly next_url?: string;
  /** That of the feed, in archive pages too. */
  readonly feed_url?: string;
  readonly items: readonly { readonly id: string }[];
}

/**
 * Everything that is wrong with each document: what it has by itself, and what only shows between documents (links that
 * lead nowhere, formats that don't agree).
 *
 * @param reports by path
 * @param siteUrl at which the publication is public; ends with a slash
 * @param isThere whether there is a document at a path
 */
export function judgeDocuments(
  reports: ReadonlyMap<string, DocumentReport>,
  siteUrl: string,
  isThere: (path: string) => boolean,
): ReadonlyMap<string, readonly string[]> {
  const judge = (path: string, { findings, self, pages, ids, hasFormerIds }: DocumentReport): readonly string[] => {
    const paths = pages.flatMap((address) => pathOf(address, siteUrl) ?? []);
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const first = reports.get(`${folder}atom.xml`)?.ids ?? ids;
    return [
      ...findings,
      ...(self === null || self === publicAddress(siteUrl, path) ? [] : [`rel="self" is another address: ${self}`]),
      ...paths.filter((each) => !isThere(each)).map((each) => `it links to ${each}, which is not there`),
      ...(ids === null || first === null || haveSameIds(ids, first) || (hasFormerIds && ids.length === first.length)
        ? []
        : [`its entries are not those of ${folder}atom.xml`]),
    ];
  };
  return new Map([...reports].map(([path, report]) => [path, judge(path, report)]));
}

/**
 * An entry may have another id in Atom: the IRI of its word, or what the old system's Atom feed had. Then neither is the id of
 * another entry.
 */
function haveSameIds(ids: readonly string[], atomIds: readonly string[]): boolean {
  const isOwn = (id: string, atomId = ''): boolean => !atomIds.includes(id) && !ids.includes(atomId);
  return ids.length === atomIds.length && ids.every((id, index) => id === atomIds[index] || isOwn(id, atomIds[index]));
}

/** Null for an address that is not of this site; one that can't be decoded leads nowhere, as it is. */
export function pathOf(address: string, siteUrl: string): string | null {
  if (!address.startsWith(siteUrl)) return null;
  const path = address.slice(siteUrl.length);
  return decodePercent(path) ?? path;
}
