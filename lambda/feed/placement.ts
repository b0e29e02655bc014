/**
 * Putting changed entries into a feed that is kept in pages, while looking at no more pages than the change can move.
 * Pure: `planRuns` says which pages are needed, `recutRun` takes their entries and says what the pages are then.
 *
 * A change in a page can move its own cuts and, as far as `halfPage` entries reach, those at the ends of the pages beside it,
 * never further (see pages.ts). So a run is every changed page with its neighbours, and a run that does not reach the
 * newest page ends at a cut that stays one. Where the same entries stand as before, and only what they say is new, no
 * cut moves, and the page is a run by itself.
 */

import { comparePositions, type PlacedEntry, type Position, positionOf } from '../model/entry.ts';
import { cutPages, namePage } from './pages.ts';

/** What the directory says of an archive page, so that pages need not be read to be found. */
export interface PageSummary {
  readonly name: string;
  readonly last: Position;
}

/** The changes to one feed: which entries leave the places they may stand at, and which come. */
export interface Changes {
  /** Where entries of these keys may stand now; whatever of theirs stands there leaves. */
  readonly leaving: readonly { readonly key: string; readonly position: Position }[];
  readonly coming: readonly PlacedEntry[];
}

/** A run of pages that has to be cut again: indexes into the directory, the end exclusive; `newest` takes part too. */
export interface PageRun {
  readonly from: number;
  readonly to: number;
  readonly withNewest: boolean;
}

/** The changes by the page that they fall into; those of the newest page under the index after the last. */
export function changesByPage(directory: readonly PageSummary[], changes: Changes): ReadonlyMap<number, Changes> {
  const byPage = new Map<number, { leaving: Changes['leaving'][number][]; coming: PlacedEntry[] }>();
  const at = (position: Position) => {
    const page = findPage(directory, position);
    const found = byPage.get(page) ?? { leaving: [], coming: [] };
    byPage.set(page, found);
    return found;
  };
  for (const leaving of changes.leaving) at(leaving.position).leaving.push(leaving);
  for (const coming of changes.coming) at(positionOf(coming.entry)).coming.push(coming);
  return byPage;
}

/**
 * The runs that the changes can move, oldest first, apart from one another.
 *
 * @param length how many archive pages there are
 * @param newest the entries newer than the last cut, oldest first
 * @param byPage the changes, by page
 * @param isStill whether the changes of an archive page leave the same entries standing in it
 */
export function planRuns(
  length: number,
  newest: readonly PlacedEntry[],
  byPage: ReadonlyMap<number, Changes>,
  halfPage: number,
  isStill: (page: number) => boolean,
): readonly PageRun[] {
  const touched = new Set<number>();
  for (const [page, changes] of byPage) {
    touched.add(page);
    if (page === length) {
      if (!leavesCutAlone(newest, changes, halfPage)) touched.add(page - 1);
    } else if (!isStill(page)) {
      touched.add(page - 1).add(page + 1);
    }
  }
  const indexes = [...touched].filter((index) => index >= 0 && index <= length).sort((a, b) => a - b);
  const runs: PageRun[] = [];
  for (const index of indexes) {
    const withNewest = index === length;
    const to = withNewest ? index : index + 1;
    const last = runs.at(-1);
    if (last !== undefined && last.to === index) runs[runs.length - 1] = { from: last.from, to, withNewest };
    else runs.push({ from: index, to, withNewest });
  }
  return runs;
}

/** Whether the changes are all in the newest page and move no cut before it: no archive page is needed then. */
export function touchesNewestOnly(
  lastCut: Position | null,
  newest: readonly PlacedEntry[],
  changes: Changes,
  halfPage: number,
): boolean {
  if (lastCut === null) return true;
  const isNewer = (position: Position): boolean => comparePositions(position, lastCut) > 0;
  return positionsOf(changes).every(isNewer) && leavesCutAlone(newest, changes, halfPage);
}

/** Whether the same entries stand after the changes as before, in the same places. */
export function keepsPositions(entries: readonly PlacedEntry[], changes: Changes): boolean {
  const after = applyChanges(entries, changes);
  return after.length === entries.length && after.every((placed, index) => samePosition(placed, entries[index]));
}

/**
 * Applies the changes to the entries of one run and cuts it again.
 *
 * @param entries all entries of the run's pages (and of the newest page, if it takes part), oldest first
 * @returns pages with their names, and what is newer than the last cut
 */
export function recutRun(
  entries: readonly PlacedEntry[],
  changes: Changes,
  halfPage: number,
  withNewest: boolean,
): {
  readonly pages: readonly { readonly name: string; readonly entries: readonly PlacedEntry[] }[];
  readonly newest: readonly PlacedEntry[];
} {
  const { pages, rest } = cutPages(applyChanges(entries, changes), halfPage, !withNewest);
  return { pages: pages.map((page) => ({ name: namePage(page), entries: page })), newest: rest };
}

/** The changes of all pages of a run. */
export function changesWithin(length: number, run: PageRun, byPage: ReadonlyMap<number, Changes>): Changes {
  const indexes = Array.from({ length: run.to - run.from }, (_, offset) => run.from + offset);
  const changes = [...indexes, ...(run.withNewest ? [length] : [])].flatMap((index) => byPage.get(index) ?? []);
  return {
    leaving: changes.flatMap(({ leaving }) => leaving),
    coming: changes.flatMap(({ coming }) => coming),
  };
}

/** Index of the page that a position falls into: the first that ends at it or after it; the newest if none does. */
export function findPage(directory: readonly PageSummary[], position: Position): number {
  let low = 0;
  let high = directory.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const page = directory[middle];
    if (page !== undefined && comparePositions(page.last, position) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The cut before the newest page depends on the `halfPage` entries after it, and on nothing that is newer. */
function leavesCutAlone(newest: readonly PlacedEntry[], changes: Changes, halfPage: number): boolean {
  return (
    positionsOf(changes).every((position) => rankOf(newest, position) >= halfPage) || keepsPositions(newest, changes)
  );
}

function applyChanges(entries: readonly PlacedEntry[], changes: Changes): readonly PlacedEntry[] {
  const leaving = new Set(changes.leaving.map(({ key, position }) => placeName(key, position)));
  const coming = new Map(changes.coming.map((placed) => [placeName('', positionOf(placed.entry)), placed]));
  const kept = entries.filter(({ key, entry }) => {
    const position = positionOf(entry);
    return !leaving.has(placeName(key, position)) && !coming.has(placeName('', position));
  });
  return [...kept, ...coming.values()].sort((a, b) => comparePositions(positionOf(a.entry), positionOf(b.entry)));
}

function placeName(key: string, position: Position): string {
  return JSON.stringify([key, position.at, position.id]);
}

function positionsOf(changes: Changes): readonly Position[] {
  return [...changes.leaving.map(({ position }) => position), ...changes.coming.map(({ entry }) => positionOf(entry))];
}

function samePosition(a: PlacedEntry, b: PlacedEntry | undefined): boolean {
  return b !== undefined && comparePositions(positionOf(a.entry), positionOf(b.entry)) === 0;
}

/** How many entries are older than the position. */
function rankOf(entries: readonly PlacedEntry[], position: Position): number {
  const index = entries.findIndex(({ entry }) => comparePositions(positionOf(entry), position) >= 0);
  return index === -1 ? entries.length : index;
}
