import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePositions, positionOf } from '../../lambda/feed/entry.ts';
import { cutPages, namePage, type PlacedEntry } from '../../lambda/feed/pages.ts';
import {
  type Changes,
  changesByPage,
  changesWithin,
  keepsPositions,
  planRuns,
  type Run,
  recutRun,
  touchesNewestOnly,
} from '../../lambda/feed/placement.ts';
import { momentAt } from '../../lambda/moment.ts';
import { createTestEntry } from '../support/entries.ts';

const W = 3;

interface Pages {
  readonly archive: readonly { readonly name: string; readonly entries: readonly PlacedEntry[] }[];
  readonly newest: readonly PlacedEntry[];
}

describe('placement', () => {
  it('ends in the pages of a fresh cut, whatever came and went before', () => {
    const change = fc.record({
      key: fc.integer({ min: 0, max: 60 }),
      at: fc.integer({ min: 0, max: 40 }),
      gone: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(fc.array(change, { minLength: 1, maxLength: 5 }), { maxLength: 60 }), (batches) => {
        const present = new Map<string, PlacedEntry>();
        let pages: Pages = { archive: [], newest: [] };
        for (const batch of batches) pages = apply(pages, changesOf(batch, present));
        expect(pages).toEqual(freshPages([...present.values()]));
      }),
      { numRuns: 300 },
    );
  });

  it('needs no page for an entry that is newer than all others', () => {
    const entries = Array.from({ length: 400 }, (_, index) => place(`k${index}`, index));
    const { archive, newest } = freshPages(entries);
    const changes: Changes = { leaving: [], coming: [place('new', 1_000)] };
    const lastCut = archive.at(-1)?.entries.at(-1);
    expect(archive.length).toBeGreaterThan(20);
    expect(lastCut && touchesNewestOnly(positionOf(lastCut.entry), newest, changes, W)).toBe(true);
  });

  it('looks at three pages for a change in the middle of the archive', () => {
    const entries = Array.from({ length: 400 }, (_, index) => place(`k${index}`, index));
    const { archive, newest } = freshPages(entries);
    const runs = plan({ archive, newest }, { leaving: [], coming: [place('mid', 200.5)] });
    expect(runs.map(({ from, to }) => to - from)).toEqual([3]);
  });

  it('looks at one page for an entry that is changed where it stands', () => {
    const entries = Array.from({ length: 400 }, (_, index) => place(`k${index}`, index));
    const pages = freshPages(entries);
    const coming = [place('k200', 200)];
    const leaving = coming.map(({ key, entry }) => ({ key, position: positionOf(entry) }));
    expect(plan(pages, { leaving, coming }).map(({ from, to }) => to - from)).toEqual([1]);
  });

  it('needs no page for an entry that is changed where it stands in the newest page', () => {
    const entries = Array.from({ length: 400 }, (_, index) => place(`k${index}`, index));
    const { archive, newest } = freshPages(entries);
    const coming = newest.slice(0, 1);
    const leaving = coming.map(({ key, entry }) => ({ key, position: positionOf(entry) }));
    const lastCut = directoryOf(archive).at(-1)?.last ?? null;
    expect(touchesNewestOnly(lastCut, newest, { leaving, coming }, W)).toBe(true);
    expect(touchesNewestOnly(lastCut, newest, { leaving, coming: [] }, W)).toBe(false);
  });
});

describe('pages', () => {
  it('hold more than w entries each, and at least w in the newest', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { maxLength: 200 }), (ids) => {
        const { pages, rest } = cutPages(sortPlaced(ids.map((id) => place(`k${id}`, id))), W, false);
        for (const page of pages) expect(page.length).toBeGreaterThan(W);
        if (pages.length > 0) expect(rest.length).toBeGreaterThanOrEqual(W);
      }),
    );
  });
});

function changesOf(
  batch: readonly { readonly key: number; readonly at: number; readonly gone: boolean }[],
  present: Map<string, PlacedEntry>,
): Changes {
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

function apply({ archive, newest }: Pages, changes: Changes): Pages {
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

function plan({ archive, newest }: Pages, changes: Changes): readonly Run[] {
  const byPage = changesByPage(directoryOf(archive), changes);
  const isStill = (page: number): boolean =>
    keepsPositions(archive[page]?.entries ?? [], byPage.get(page) ?? { leaving: [], coming: [] });
  return planRuns(archive.length, newest, byPage, W, isStill);
}

function freshPages(entries: readonly PlacedEntry[]): Pages {
  const { pages, rest } = cutPages(sortPlaced(entries), W, false);
  return { archive: pages.map((page) => ({ name: namePage(page), entries: page })), newest: rest };
}

function directoryOf(archive: Pages['archive']) {
  return archive.map(({ name, entries }) => {
    const last = entries.at(-1);
    if (last === undefined) throw new Error('a page is never empty');
    return { name, last: positionOf(last.entry) };
  });
}

function place(key: string, at: number): PlacedEntry {
  return { key, entry: createTestEntry({ id: `urn:test:${key}`, published: momentAt(at) }) };
}

function sortPlaced(entries: readonly PlacedEntry[]): readonly PlacedEntry[] {
  return [...entries].sort((a, b) => comparePositions(positionOf(a.entry), positionOf(b.entry)));
}
