/**
 * Looks at many keys, most of which are likely to be absent. Where a store tells with one call what lies in a folder, that one
 * is asked in place of a call for each name.
 */

import { mapBounded } from './bounded.ts';
import type { ObjectFacts, Store } from './store.ts';

/** What is known of an object; null if there is none. */
export type Look = (key: string) => Promise<ObjectFacts | null>;

/** With fewer, the names of a folder are looked at one by one: a listing costs as much as twelve of them, and takes longer. */
const NAMES_MIN = 5;
const LISTINGS_AT_ONCE_MAX = 16;

/**
 * What was listed was so when this was called; what was not is looked at when it is asked for.
 *
 * @param keys those that are going to be looked at; any other key may be, too
 */
export async function prepareLooks(store: Store, keys: readonly string[]): Promise<Look> {
  if (store.listFolder === undefined) return (key) => store.inspect(key);
  const folders = [...Map.groupBy(new Set(keys), folderOf)].flatMap(([folder, names]) =>
    names.length < NAMES_MIN ? [] : [folder],
  );
  const listed = await mapBounded(folders, LISTINGS_AT_ONCE_MAX, async (folder) => {
    const listing = (await store.listFolder?.(folder)) ?? null;
    return listing === null ? [] : [[folder, listing] as const];
  });
  const listings = new Map(listed.flat());
  return async (key) => {
    const folder = nearest(listings, key);
    const listing = listings.get(folder ?? '');
    if (folder === null || listing === undefined) return store.inspect(key);
    if (folder === folderOf(key)) {
      return listing.unseen?.has(key) ? store.inspect(key) : (listing.objects.get(key) ?? null);
    }
    const inside = key.slice(0, key.indexOf('/', folder.length) + 1);
    return listing.folders.has(inside) ? store.inspect(key) : null;
  };
}

/** The folder of a key, or the nearest above it, that was listed. */
function nearest(listings: ReadonlyMap<string, unknown>, key: string): string | null {
  for (let folder = folderOf(key); ; folder = folderOf(folder.slice(0, -1))) {
    if (listings.has(folder)) return folder;
    if (folder === '') return null;
  }
}

function folderOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/') + 1);
}
