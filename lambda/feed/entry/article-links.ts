/**
 * Links between articles: which of the files that have a name a link means, and the text with the addresses at which their
 * articles are. Pure.
 */

import { articlePath, nameOfPath, normalName } from '../../address/article-name.ts';
import { type ArticleLink, LINK_PLACE } from '../../model/article.ts';
import type { NameHolder } from '../../state/name-state.ts';
import { escapeAttribute } from '../../text/characters.ts';

/** Where the links of a text lead. */
export interface LinkedText {
  readonly html: string;
  /** The links that lead nowhere, in order; their words have stayed. */
  readonly dead: readonly ArticleLink[];
}

/** @param holdersOf who has a name */
export function linkArticles(
  contentHtml: string,
  links: readonly ArticleLink[],
  key: string,
  holdersOf: (name: string) => readonly NameHolder[],
): LinkedText {
  if (links.length === 0) return { html: contentHtml, dead: [] };
  const dead: ArticleLink[] = [];
  const moved = new Map<string, string>();
  for (const link of links) {
    const url = link.otherwise === null ? null : addressOf(link, key, holdersOf(link.name));
    if (url !== null && url !== link.otherwise) moved.set(escapeAttribute(link.otherwise ?? ''), url);
  }
  // No link stands within another one, so the next end is its own.
  const html = contentHtml.replace(LINK, (whole, before: string, href: string, after: string, words: string) => {
    const to = (url: string): string => `<a${before} href="${escapeAttribute(url)}"${after}>${words}</a>`;
    const link = href.startsWith(LINK_PLACE) ? links[Number(href.slice(LINK_PLACE.length))] : undefined;
    const url = link === undefined ? moved.get(href) : addressOf(link, key, holdersOf(link.name));
    if (url) return to(url);
    if (link === undefined) return whole;
    dead.push(link);
    const id = /\sid="[^"]*"/.exec(before + after)?.[0];
    return id === undefined ? words : `<span${id}>${words}</span>`;
  });
  return { html, dead };
}

const LINK = /<a((?:\s[a-z]+="[^"]*")*?) href="([^"]*)"((?:\s[a-z]+="[^"]*")*)>(.*?)<\/a>/gs;

/** Where a link leads; null for one that leads nowhere. */
function addressOf(link: ArticleLink, key: string, holders: readonly NameHolder[]): string | null {
  const url = findHolder(link, key, holders)?.url;
  return url ? withRest(url, link.rest) : link.otherwise;
}

function withRest(url: string, rest: string): string {
  return rest === '' ? url : url.replace(/#.*$/s, '') + rest;
}

/** The file that a link means; null where it means none of them. */
function findHolder(link: ArticleLink, key: string, holders: readonly NameHolder[]): NameHolder | null {
  const present = holders.filter(({ url }) => url !== null);
  if (present.length === 0) return null;
  // What is an address of an article already is meant as such.
  const address = link.otherwise?.slice(0, link.otherwise.length - link.rest.length);
  const there = address === undefined ? undefined : present.find(({ url }) => url === address);
  if (there !== undefined) return there;
  for (const path of link.paths) {
    const found = atPath(path, present);
    if (found !== null) return found;
  }
  const inRoot = present.find((holder) => isInContentRoot(articlePath(holder.key), link));
  if (inRoot !== undefined) return inRoot;
  if (!link.isAnywhere) return null;
  const [path = ''] = link.paths;
  const written = link.paths.at(-1) ?? path;
  const below = present.filter((holder) => overlaps(articlePath(holder.key), articlePath(written)));
  if (below.length > 0) return nearest(key, below);
  if (written.includes('/')) return null;
  const called = present.filter((holder) => nameOfPath(articlePath(holder.key)) === link.name);
  return nearest(key, called.length > 0 ? called : present);
}

/** The file at a path, which may be written with another ending, or none, or in other letters. */
function atPath(path: string, holders: readonly NameHolder[]): NameHolder | null {
  const same = (normal: (key: string) => string): NameHolder | undefined =>
    holders.find(({ key }) => normal(key) === normal(path));
  return same((key) => key) ?? same(articlePath) ?? same((key) => normalName(articlePath(key))) ?? null;
}

/** Folders that hold all of a site's content, and don't show in its addresses: what is published may lie above them. */
const CONTENT_ROOT = /^(?:(?:content|contents|src|source|public|website|site|app|pages|data)\/)+$/;

/** Whether a file lies where an address from the root says, but for such folders. */
function isInContentRoot(path: string, { otherwise, paths: [written = '', second] }: ArticleLink): boolean {
  const end = articlePath(written);
  if (otherwise === null || second !== undefined || end === '' || !path.endsWith(`/${end}`)) return false;
  return CONTENT_ROOT.test(path.slice(0, path.length - end.length));
}

/** Whether one path is the end of the other: the folder that was published may be a part of the author's, or hold it. */
function overlaps(a: string, b: string): boolean {
  const [one, other] = [`/${normalName(a)}`, `/${normalName(b)}`];
  const isPath = b.includes('/');
  return isPath && (one.endsWith(other) || other.endsWith(one));
}

/** The one that lies nearest: in the same folder, else where most of the path is the same, else the least deep. */
function nearest(key: string, holders: readonly NameHolder[]): NameHolder | null {
  const folders = key.split('/').slice(0, -1);
  const distance = (other: string): readonly [number, number] => {
    const parts = other.split('/').slice(0, -1);
    const shared = parts.findIndex((part, index) => part !== folders[index]);
    const common = shared === -1 ? parts.length : shared;
    return [folders.length + parts.length - 2 * common, parts.length];
  };
  const [first] = holders
    .map((holder) => ({ holder, at: distance(holder.key) }))
    .sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1]);
  return first?.holder ?? null;
}
