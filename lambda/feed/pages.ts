/**
 * Where a feed is cut into pages: by content, not by history. Reading from the oldest entry, a page ends at an entry
 * whose hash is greater than that of the `halfPage` entries on each side of it (both sides must be there). So
 *
 * - the pages depend on nothing but the set of entries: any order of events ends in the same pages;
 * - two cuts are more than `halfPage` entries apart, so a page holds more than `halfPage` entries, and about twice as many;
 * - a cut depends on the `halfPage` entries on each side of it alone, so a change moves no cut that is further away;
 * - between two cuts, the cuts depend on nothing outside: a window that reached over a cut would hold an entry with a
 *   greater hash. This is why the entries that are newer than the last cut can be cut without looking further back.
 */

import { hash } from 'node:crypto';
import { type PlacedPosition, positionOf } from '../model/entry.ts';

/**
 * Cuts a run of entries, oldest first, that begins after a cut (or is the beginning of the feed).
 *
 * @param run the entries, oldest first
 * @param halfPage entries on each side that a cut outranks
 * @param endsAtCut whether the last entry is known to be a cut, so that the run is all pages and no rest
 * @returns the pages, each ending at a cut, and the rest that is newer than the last cut
 */
export function cutPages<Placed extends PlacedPosition>(
  run: readonly Placed[],
  halfPage: number,
  endsAtCut: boolean,
): { readonly pages: readonly (readonly Placed[])[]; readonly rest: readonly Placed[] } {
  const hashes = run.map(({ entry }) => hashId(entry.id));
  const pages: (readonly Placed[])[] = [];
  let start = 0;
  for (let index = halfPage; index < run.length - halfPage; index += 1) {
    if (!outranksNeighbours(hashes, index, halfPage)) continue;
    pages.push(run.slice(start, index + 1));
    start = index + 1;
    // No other cut lies within w entries of this one.
    index += halfPage;
  }
  const rest = run.slice(start);
  return endsAtCut && rest.length > 0 ? { pages: [...pages, rest], rest: [] } : { pages, rest };
}

/** The name of a page in its archive addresses: made from the entry at its end, so that it stays while its end does. */
export function namePage(page: readonly PlacedPosition[]): string {
  const last = page.at(-1);
  if (last === undefined) throw new Error('A page without entries has no name: pages end at an entry.');
  const { at, id } = positionOf(last.entry);
  return `${new Date(at).toISOString().slice(0, 10)}-${hashId(id).slice(0, 12)}`;
}

function outranksNeighbours(hashes: readonly string[], index: number, halfPage: number): boolean {
  const own = hashes[index] ?? '';
  for (let distance = 1; distance <= halfPage; distance += 1) {
    if ((hashes[index - distance] ?? '') >= own || (hashes[index + distance] ?? '') >= own) return false;
  }
  return true;
}

function hashId(id: string): string {
  return hash('sha256', id);
}
