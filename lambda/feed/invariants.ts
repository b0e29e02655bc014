/**
 * What the crash tables in docs/architecture/crashes.md promise of state objects, asserted before one is written. A
 * violation is a bug of the publisher: the object is not written, the work fails loudly, and the public documents stay
 * as they are. Pure.
 *
 * Each assertion takes one pass over what is written anyway, so all of them stay on everywhere.
 */

import { comparePositions, type PlacedEntry, type Position, positionOf } from '../model/entry.ts';
import { type ArticleRecord, presentPlaces, samePlace } from '../state/record.ts';
import type { FeedRoot } from '../state/root.ts';
import type { DirectoryItem } from './directory.ts';
import { namePage } from './pages.ts';

/** A rule of the protocol that a state object would break. */
class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** A root's newest entries stand in order, after the last cut, and its counts agree. */
export function assertRoot({ feed, newest, archive, directory, entryCount, removals }: FeedRoot): void {
  const what = `the root of the feed ${feed}`;
  assertOrdered(what, newest.map(positionIn));
  assert((archive === null) === (directory === null), what, 'has an archive exactly when it has a directory');
  const first = newest[0];
  const isAfterCut = archive === null || first === undefined || isBefore(archive.lastCut, positionIn(first));
  assert(isAfterCut, what, 'holds entries newer than the last cut only');
  const isCounted = archive === null ? entryCount === newest.length : entryCount > newest.length;
  assert(isCounted, what, `counts its entries (${entryCount}, of which ${newest.length} are the newest)`);
  assert(
    removals.every(({ at }, index) => index === 0 || at.at <= (removals[index - 1]?.at.at ?? 0)),
    what,
    'lists removals from the newest on',
  );
}

/** A page's entries stand in order, and its name is that of its last entry. */
export function assertPage(feed: string, name: string, entries: readonly PlacedEntry[]): void {
  const what = `the page ${name} of the feed ${feed}`;
  assertOrdered(what, entries.map(positionIn));
  assert(namePage(entries) === name, what, 'is named by the entry at its end');
}

/** The archive's pages, and the parts of its directory, stand in order. */
export function assertArchive(feed: string, items: readonly DirectoryItem[]): void {
  assertOrdered(
    `the directory of the feed ${feed}`,
    items.map(({ last }) => last),
  );
}

/** What a record shows stands in its places and on its claims, each id once. */
export function assertRecord({ key, shown, places, claims }: ArticleRecord): void {
  const what = `the record of ${key}`;
  const isPlaced = presentPlaces(shown).every((place) => places.some((each) => samePlace(each, place)));
  assert(isPlaced, what, 'lists every place where it shows an entry');
  const held = new Set(claims);
  assert(
    shown.every((each) => each.claims.every((claim) => held.has(claim))),
    what,
    'lists every claim that it shows an entry on',
  );
  assert(new Set(shown.map(({ entry }) => entry.id)).size === shown.length, what, 'shows each id once');
}

function assertOrdered(what: string, positions: readonly Position[]): void {
  const isOrdered = positions.every((each, index) => {
    const before = positions[index - 1];
    return before === undefined || isBefore(before, each);
  });
  assert(isOrdered, what, 'is in order, each position once');
}

function positionIn({ entry }: PlacedEntry): Position {
  return positionOf(entry);
}

function isBefore(a: Position, b: Position): boolean {
  return comparePositions(a, b) < 0;
}

function assert(holds: boolean, what: string, rule: string): void {
  if (!holds)
    throw new InvariantError(`Broken rule: ${what} ${rule}. Nothing was written; this is a bug of Feedwright.`);
}
