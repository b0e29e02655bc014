/** Former addresses with a query as people write them, and as they are shown to people. */

import { QUERY_FOLDER } from '../folder-address.ts';
import { QUERY_NAMES, queryAddress } from './query-address.ts';

/** How to mend a former address whose query says nothing that counts. */
export const QUERY_FIX = `Of a query these names count, post_type and tag only beside another: ${QUERY_NAMES.join(', ')}, as in “/?p=64”.`;

/** An address from its first slash on, in its two parts; `query` is null where there is none. */
export function splitQuery(written: string): { readonly path: string; readonly query: string | null } {
  const [address = ''] = written.split('#', 1);
  const mark = address.indexOf('?');
  return mark === -1
    ? { path: address, query: null }
    : { path: address.slice(0, mark), query: address.slice(mark + 1) };
}

/** The names of a query with their first values, as they stand there. */
export function queryPairs(query: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const pair of query.split('&')) {
    const [name = '', ...value] = pair.split('=');
    if (name !== '' && !pairs.has(name)) pairs.set(name, value.join('='));
  }
  return pairs;
}

/**
 * The path at which the redirect from a written address lies; null where a part of the query does not count, so that the
 * redirect would answer other addresses too.
 *
 * @param path begins with a slash, percent-encoded
 */
export function readQueryAddress(path: string, query: string): string | null {
  const pairs = queryPairs(query);
  const address = queryAddress(path, (name) => pairs.get(name) ?? '');
  const counted = address === null ? [] : [...(parseQueryAddress(address)?.pairs ?? [])];
  return counted.length === pairs.size ? address : null;
}

/** An address as people know it: `/?p=64` for `/_query/p/64/`, any other as it is. */
export function shownAddress(address: string): string {
  const parsed = parseQueryAddress(address);
  if (parsed === null) return address;
  return `${parsed.folder}?${parsed.pairs.map(([name, value]) => `${name}=${value}`).join('&')}`;
}

/** The folder and the query that a path stands for; null for a path that stands for none. */
export function parseQueryAddress(
  address: string,
): { readonly folder: string; readonly pairs: readonly (readonly [name: string, value: string])[] } | null {
  const mark = `/${QUERY_FOLDER}/`;
  const start = address.indexOf(mark);
  if (start === -1) return null;
  const parts = address.slice(start + mark.length).split('/');
  const pairs = parts.flatMap((name, index) =>
    index % 2 === 0 && name !== '' ? [[name, parts[index + 1] ?? ''] as const] : [],
  );
  return { folder: address.slice(0, start + 1), pairs };
}
