import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutPages } from '../../lambda/feed/pages.ts';
import { type Changes, touchesNewestOnly } from '../../lambda/feed/placement.ts';
import { type PlacedEntry, positionOf } from '../../lambda/model/entry.ts';
import {
  apply,
  changesOf,
  directoryOf,
  freshPages,
  type Pages,
  place,
  plan,
  sortPlaced,
  W,
} from '../support/placed-pages.ts';

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
