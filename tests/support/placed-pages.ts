/** Feeds cut into pages by small changes, as feed work does it, and cut afresh, as it should look. */

import { cutPages, namePage } from '../../lambda/feed/pages.ts';
import {
  type Changes,
  changesByPage,
  changesWithin,
  keepsPositions,
  type PageRun,
  planRuns,
  recutRun,
} from '../../lambda/feed/placement.ts';
import { comparePositions, type PlacedEntry, positionOf } from '../../lambda/model/entry.ts';
import { momentAt } from '../../lambda/time/moment.ts';
import { createTestEntry } from './entries.ts';

/** Entries on each side that a cut outranks. */
export const W = 3;

export interface Pages {
  readonly archive: readonly { readonly name: string; readonly entries: readonly PlacedEntry[] }[];
  readonly newest: readonly PlacedEntry[];
}

/** That an entry comes, moves, is changed where it stands, or goes. */
export interface Step {
  readonly key: number;
  readonly at: number;
  readonly gone: boolean;
}

export function changesOf(batch: readonly Step[], present: Map<string, PlacedEntry>): Changes {
  const before = new Map(present);
  const keys = new Set(batch.map(({ key }) => `k${key}`));
  for (const { key, at, gone } of batch) {
    if (gone) present.delete(`k${key}`);
    else present.set(`k${key}`, place(`k${key}`, at));
  }
  const placed = (map: Map<string, PlacedEntry>): PlacedEntry[] => [...keys].flatMap((key) => map.get(key) ?? []);
  return {
    leaving: placed(before).map(({ key, entry }) => ({ key, position: positionOf(entry) })),
    coming: placed(present),
  };
}

export function apply({ archive, newest }: Pages, changes: Changes): Pages {
  const runs = plan({ archive, newest }, changes);
  const byPage = changesByPage(directoryOf(archive), changes);
  const result: Pages['archive'][number][] = [];
  let rest = newest;
  let index = 0;
  for (const run of runs) {
    result.push(...archive.slice(index, run.from));
    const entries = archive.slice(run.from, run.to).flatMap((page) => page.entries);
    const recut = recutRun(
      run.withNewest ? [...entries, ...newest] : entries,
      changesWithin(archive.length, run, byPage),
      W,
      run.withNewest,
    );
    result.push(...recut.pages);
    if (run.withNewest) rest = recut.newest;
    index = run.to;
  }
  return { archive: [...result, ...archive.slice(index)], newest: rest };
}

export function plan({ archive, newest }: Pages, changes: Changes): readonly PageRun[] {
  const byPage = changesByPage(directoryOf(archive), changes);
  const isStill = (page: number): boolean =>
    keepsPositions(archive[page]?.entries ?? [], byPage.get(page) ?? { leaving: [], coming: [] });
  return planRuns(archive.length, newest, byPage, W, isStill);
}

export function freshPages(entries: readonly PlacedEntry[]): Pages {
  const { pages, rest } = cutPages(sortPlaced(entries), W, false);
  return { archive: pages.map((page) => ({ name: namePage(page), entries: page })), newest: rest };
}

export function directoryOf(archive: Pages['archive']) {
  return archive.map(({ name, entries }) => {
    const last = entries.at(-1);
    if (last === undefined) throw new Error('a page is never empty');
    return { name, last: positionOf(last.entry) };
  });
}

export function place(key: string, at: number): PlacedEntry {
  return { key, entry: createTestEntry({ id: `urn:test:${key}`, published: momentAt(at) }) };
}

export function sortPlaced(entries: readonly PlacedEntry[]): readonly PlacedEntry[] {
  return [...entries].sort((a, b) => comparePositions(positionOf(a.entry), positionOf(b.entry)));
}
