/**
 * Former addresses with a query, as WordPress and others have them: `/?p=64`, `/?feed=rss2`. No object can lie at one, so
 * the edge turns each into a path, `/_query/p/64/`, and the redirect lies there. Only names and values that a former system
 * is known to use count; all others (`utm_source` and the like) lead to the page itself, as they always did.
 *
 * Runs at the edge too: keep to what CloudFront Functions 2.0 have (lib/edge/viewer-request.ts).
 */

import { folderAddress, QUERY_FOLDER } from '../folder-address.ts';

const NUMBER = /^\d+$/;
const WORD = /^[\w-]+$/;

/** By name, in the order of the letters: what tells one address from another in WordPress, Blogger (`alt`) and Squarespace (`format`). */
const VALUES: Readonly<Record<string, RegExp>> = {
  alt: /^(?:rss|atom|json)$/,
  attachment_id: NUMBER,
  author: NUMBER,
  cat: NUMBER,
  feed: WORD,
  format: /^rss$/,
  p: NUMBER,
  page_id: NUMBER,
  post_type: WORD,
  tag: WORD,
};

/** The names in a query that count. */
export const QUERY_NAMES = Object.keys(VALUES);

/** As it stands in the address: the first value of a name, empty where there is none. */
export type QueryValueOf = (name: string) => string;

/**
 * The path at which the redirect from an address with a query lies; null where the query says nothing that counts, or the
 * path is no folder. WordPress' `index.php` is its folder.
 *
 * @param path begins with a slash, percent-encoded
 */
export function queryAddress(path: string, firstValueOf: QueryValueOf): string | null {
  const folder = folderAddress(path.replace(/\/index\.php$/, '/'));
  if (!/\/$/.test(folder)) return null;
  let parts = '';
  QUERY_NAMES.forEach((name) => {
    const value = firstValueOf(name);
    // The last two count behind another alone: people put such words into addresses for reasons of their own (`?tag=spring`).
    if (VALUES[name]?.test(value) && (parts || name < 'po')) parts += `${name}/${value}/`;
  });
  return parts ? `${folder + QUERY_FOLDER}/${parts}` : null;
}
