/** Paths in site.yaml: where articles have their addresses, and where old addresses lead. */

import { FEED_FORMATS, OPML_PATH, subscriptionPath } from '../addresses.ts';
import { fillPattern, isPattern } from '../article/fields/permalink.ts';
import { ADDRESS_CHARACTERS_MAX, REDIRECTS_MAX } from './limits.ts';
import { mapOf, type Place, type Reader, report, text } from './setting.ts';
import { webAddress } from './site-address.ts';

/** What stands at the top of every site, so that nothing can be led away from there. */
const OWN_PATHS: ReadonlySet<string> = new Set([
  '/',
  ...['/index.html', '/sitemap.xml', '/news-sitemap.xml', `/${OPML_PATH}`],
  ...FEED_FORMATS.map((format) => `/${subscriptionPath('all', format)}`),
]);

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
  if (path === null || !path.startsWith('/')) {
    const fix = 'Write a path of known parts, such as “/:year/:month/:slug/”: see the reference of site.yaml.';
    return report(place, `“${place.name}” is not a pattern of addresses: ${pattern}`, fix);
  }
  if (path.includes(SAMPLE_FACTS.fileSlug)) return pattern;
  return report(place, `“${place.name}” gives many articles one address: ${pattern}`, 'Add “:slug” to it.');
};

/** From old paths on this site to where they lead now. Paths and addresses are percent-encoded. */
export const redirectMap: Reader<Readonly<Record<string, string>>> = (node, place) => {
  const pairs = mapOf((name, value, here) => {
    const from = readOldPath(name, here);
    const to = readTarget(value, here);
    if (from === null || to === null) return null;
    if (from === to)
      return report(here, `“${name}” is redirected to itself.`, 'Name another address, or delete the line.');
    return [from, to] as const;
  }, REDIRECTS_MAX)(node, place);
  if (pairs === null) return null;
  const redirects = new Map(pairs);
  if (redirects.size === pairs.length) return Object.fromEntries(redirects);
  const twice = pairs.find(([from], index) => pairs.findIndex(([other]) => other === from) !== index);
  return report(place, `The path ${twice?.[0]} is redirected twice, in two spellings.`, 'Keep one of the two.');
};

function readOldPath(written: string, place: Place): string | null {
  const path = /^\/(?!\/)/.test(written) ? (URL.parse(written, 'http://localhost/')?.pathname ?? null) : null;
  if (path === null || /[?#\p{Cc}]/u.test(written)) {
    return report(
      place,
      `“${written}” is not a path on this site.`,
      'Write the old path as it was, beginning with one slash: “/feed.xml”.',
    );
  }
  if (OWN_PATHS.has(path)) {
    return report(
      place,
      `“${written}” is an address of the publisher's own.`,
      'Delete the line: there is a page or a feed there already.',
    );
  }
  if (path.split('/').some((part) => part.startsWith('.'))) {
    return report(
      place,
      `“${written}” has a part that begins with a dot, which web servers hide.`,
      'Redirect it where the site is served.',
    );
  }
  return path;
}

const readTarget: Reader<string> = (node, place) => {
  if (node.kind !== 'text' || !/^\/(?!\/)/.test(node.text)) return webAddress(node, place);
  const written = text(ADDRESS_CHARACTERS_MAX)(node, place);
  const url = written === null ? null : URL.parse(written, 'http://localhost/');
  return url === null ? null : url.pathname + url.search + url.hash;
};
