/** Paths in site.yaml: where articles have their addresses, and where old addresses lead. */

import { folderAddress } from '../address/folder-address.ts';
import { QUERY_FIX, readQueryAddress, shownAddress, splitQuery } from '../address/former/written-query.ts';
import { isOwnDocument } from '../address/own-documents.ts';
import { decodePercent } from '../address/percent-encoding.ts';
import { fillPattern, isPattern } from '../address/permalink.ts';
import { PATH_CHARACTERS_MAX } from '../model/article-limits.ts';
import type { FeedDefinition } from '../model/site.ts';
import { ADDRESS_CHARACTERS_MAX, REDIRECTS_MAX } from '../model/site-limits.ts';
import { mapOf, type Reader, report, type SettingPlace, text } from './setting.ts';
import { webAddress } from './site-address.ts';

/** Any article that has a date: it shows which parts of a pattern are known, and whether articles get different addresses. */
const SAMPLE_FACTS = {
  fileSlug: 'sample',
  slug: null,
  titleSlug: 'sample',
  published: { at: 0, offsetMinutes: 0 },
  categories: ['category'],
  folders: ['folder'],
} as const;

/** A pattern such as `/:year/:month/:slug/`. */
export const permalinkPattern: Reader<string> = (node, place) => {
  const pattern = text(ADDRESS_CHARACTERS_MAX)(node, place);
  if (pattern === null) return null;
  const path = isPattern(pattern) ? fillPattern(pattern, SAMPLE_FACTS) : null;
  if (path === null || !path.startsWith('/') || /\/(?:\.|%2e)/i.test(path)) {
    const fix = 'Write a path of known parts, such as “/:year/:month/:slug/”: see the reference of site.yaml.';
    return report(place, `“${place.name}” is not a pattern of addresses: ${pattern}`, fix);
  }
  if (path.includes(SAMPLE_FACTS.fileSlug)) return pattern;
  return report(place, `“${place.name}” gives many articles one address: ${pattern}`, 'Add “:slug” to it.');
};

/** From a redirect to the next, until the address that is no more one. */
const STEPS_MAX = 20;

/** A redirect as it was read, and where. */
interface StatedRedirect {
  readonly from: string;
  readonly to: string;
  readonly place: SettingPlace;
}

/**
 * From old paths on this site to where they lead now. Paths and addresses are percent-encoded; a path without an ending
 * is its folder, and what leads to another redirect leads to its end at once.
 *
 * @param url the site's own address
 */
export function redirectMap(url: string): Reader<Readonly<Record<string, string>>> {
  return (node, place) => {
    const stated = mapOf((name, value, here): StatedRedirect | null => {
      const from = readOldPath(name, here);
      const to = readTarget(value, here);
      return from === null || to === null ? null : { from, to: withoutSite(to, url), place: here };
    }, REDIRECTS_MAX)(node, place);
    if (stated === null) return null;
    const redirects = new Map(stated.map(({ from, to }) => [from, to]));
    const twice = stated.find(({ from }, index) => stated.findIndex((other) => other.from === from) !== index);
    if (twice !== undefined) {
      const message = `The path ${shownAddress(twice.from)} is redirected twice, in two spellings.`;
      return report(twice.place, message, 'Keep one of the two.');
    }
    const ends = stated.flatMap(({ from, place: here }) => {
      const end = findEnd(from, redirects, here);
      return end === null ? [] : [[from, end] as const];
    });
    return ends.length === stated.length ? Object.fromEntries(ends) : null;
  };
}

/** Where a path leads in the end; reported when that is nowhere. */
function findEnd(from: string, redirects: ReadonlyMap<string, string>, place: SettingPlace): string | null {
  const passed = new Set([from]);
  let end = redirects.get(from) ?? from;
  for (;;) {
    const path = addressOf(end);
    const next = redirects.get(path);
    if (passed.size > STEPS_MAX) {
      return report(
        place,
        `“${shownAddress(from)}” passes over more than ${STEPS_MAX} redirects.`,
        'Name the last address at once.',
      );
    }
    if (passed.has(path)) {
      const way = [...passed].map(shownAddress).join(' → ');
      const message =
        passed.size === 1
          ? `“${shownAddress(from)}” is redirected to itself.`
          : `These redirects go round: ${way} → ${shownAddress(path)}.`;
      return report(place, message, 'Name an address that exists, or delete the line.');
    }
    if (next === undefined) return end;
    passed.add(path);
    end = next;
  }
}

/** Where a redirect from a target would lie. */
function addressOf(target: string): string {
  const { path, query } = splitQuery(target);
  return (query === null ? null : readQueryAddress(path, query)) ?? folderAddress(target);
}

/** Reports redirects that a document of a feed which the site defines would never let through. */
export function reportCovered(
  redirects: Readonly<Record<string, string>>,
  feeds: readonly FeedDefinition[],
  placeOf: (path: string) => SettingPlace,
): void {
  for (const path of Object.keys(redirects)) {
    if (isOwnDocument(path, { feeds })) reportOwn(path, placeOf(path));
  }
}

function reportOwn(path: string, place: SettingPlace): null {
  const fix = 'Delete the line: the publisher has, or may later have, a page or a feed there.';
  return report(place, `“${path}” is an address of the publisher's own.`, fix);
}

function readOldPath(written: string, place: SettingPlace): string | null {
  const { path: writtenPath, query } = splitQuery(written);
  const url = /^\/(?!\/)/.test(written) ? URL.parse(writtenPath, 'http://localhost/') : null;
  if (url === null || url.host !== 'localhost' || /[#\\\p{Cc}]/u.test(written) || !isDecodable(url.pathname)) {
    return report(
      place,
      `“${written}” is not a path on this site.`,
      'Write the old path as it was, beginning with one slash: “/feed.xml”.',
    );
  }
  // URL leaves the bar as it is, which RFC 3986 does not allow in a path.
  const plain = folderAddress(url.pathname.replaceAll('|', '%7C'));
  const path = query === null ? plain : readQueryAddress(plain, query);
  if (path === null) return report(place, `No redirect can tell “${written}” from other addresses.`, QUERY_FIX);
  if (path.length > PATH_CHARACTERS_MAX) {
    const message = `“${written}” has more than ${PATH_CHARACTERS_MAX} characters as an address.`;
    return report(place, message, 'Redirect it where the site is served.');
  }
  if (isOwnDocument(path, { feeds: [] })) return reportOwn(written, place);
  if (path.split('/').some((part) => decodeURIComponent(part).startsWith('.'))) {
    return report(
      place,
      `“${written}” has a part that begins with a dot, which web servers hide.`,
      'Redirect it where the site is served.',
    );
  }
  return path;
}

/** Whether every part is UTF-8, holds something, and hides no slash: only then can it be the path of an object. */
function isDecodable(path: string): boolean {
  const parts = path.slice(1).split('/');
  return parts.every((part, index) => {
    const text = decodePercent(part);
    return text !== null && (text !== '' || index === parts.length - 1) && !/[/\\\p{Cc}]/u.test(text);
  });
}

const readTarget: Reader<string> = (node, place) => {
  if (node.kind !== 'text' || !/^\/(?![/\\])/.test(node.text)) return webAddress(node, place);
  const written = text(ADDRESS_CHARACTERS_MAX)(node, place);
  const url = written === null ? null : URL.parse(written, 'http://localhost/');
  return url === null ? null : url.pathname + url.search + url.hash;
};

/** An address of the site itself as its path, so that a way that goes round is seen. */
function withoutSite(address: string, url: string): string {
  return address.startsWith(url) ? address.slice(url.length - 1) : address;
}
