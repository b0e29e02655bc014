/**
 * The directory of a feed's archive, which may list many thousand pages, in parts that are read and written only where
 * something changes. It is divided by content, as the feed is into pages: a part ends at a page whose name says so.
 * Hence the parts depend on nothing but the set of pages, and a change of one page changes the part that it is in, or,
 * where that page was the end of a part, joins two.
 */

import type { PageReference, PartReference } from '../state/root.ts';
import { laterOf } from '../time/moment.ts';

/**
 * Pages in a part on average. At a million entries (32,000 pages) there are 250 parts then, so that a part and the list
 * of parts are about equally long: what changing one page in the middle reads and writes is least.
 */
const PART_PAGES_MEAN = 128;

/** The archive as far as it was looked at, oldest first: single pages, and parts that nobody has opened. */
export type DirectoryItem = PageReference | PartReference;

export function isPart(item: DirectoryItem): item is PartReference {
  return 'firstName' in item;
}

/** The name of the first page of an item: what the page before it links to. */
export function firstNameOf(item: DirectoryItem): string {
  return isPart(item) ? item.firstName : item.name;
}

/** Parts stay what they are or are lists of their pages; the pages after the last part belong to none. */
export interface Division {
  readonly parts: readonly (PartReference | readonly PageReference[])[];
  readonly pages: readonly PageReference[];
}

/**
 * Divides the archive into parts.
 *
 * @param mean pages in a part on average; a test may want small ones
 */
export function divideDirectory(items: readonly DirectoryItem[], mean: number = PART_PAGES_MEAN): Division {
  const parts: (PartReference | readonly PageReference[])[] = [];
  let open: PageReference[] = [];
  for (const item of items) {
    if (isPart(item)) {
      if (open.length > 0) throw new Error(`The part that ends with page ${item.name} has lost its beginning.`);
      parts.push(item);
      continue;
    }
    open.push(item);
    if (!endsPart(item.name, mean)) continue;
    parts.push(open);
    open = [];
  }
  return { parts, pages: open };
}

/** What the directory says of a part. */
export function summarisePart(pages: readonly PageReference[], version: string): PartReference {
  const first = pages[0];
  const last = pages.at(-1);
  if (first === undefined || last === undefined) throw new Error('A part is never empty.');
  return {
    firstName: first.name,
    name: last.name,
    version,
    entryCount: countEntries(pages),
    last: last.last,
    updated: pages.map(({ updated }) => updated).reduce(laterOf),
  };
}

/** Entries in all of the items. */
export function countEntries(items: readonly DirectoryItem[]): number {
  return items.reduce((sum, { entryCount }) => sum + entryCount, 0);
}

/**
 * A page's name ends with digits of the hash of the entry at its end. That hash is the greatest of its neighbourhood,
 * so its first digits are biased. The last ones are as good as random.
 */
function endsPart(name: string, mean: number): boolean {
  return Number.parseInt(name.slice(-4), 16) % mean === 0;
}
