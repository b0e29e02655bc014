/** What a feed's root remembers. */

import { describe, expect, it } from 'vitest';
import { type FeedUpdate, nextRoot } from '../../lambda/feed/update.ts';
import { createRoot, type FeedRoot, NOTHING_PENDING, type PageReference } from '../../lambda/state/root.ts';

const W = 5;

/** The page that ends on a day. */
function page(day: number, version = 'v1'): PageReference {
  const last = { at: day, id: `e${day}` };
  return { name: `p${day}`, version, entryCount: 2 * W, last, updated: { at: day, offsetMinutes: 0 } };
}

function updateOf(before: readonly PageReference[], after: readonly PageReference[]): FeedUpdate {
  const pages = after.map((reference) => ({ kind: 'kept', reference }) as const);
  const recut = { pages, newest: [], oldest: null, standing: [], gone: [] };
  return { recut, archive: { before, after }, coming: [] };
}

function follow(root: FeedRoot, update: FeedUpdate, at: number): FeedRoot {
  const next = nextRoot(root, update, {
    directory: `d${at}`,
    siteRevision: 0,
    formats: ['rss', 'atom', 'json'],
    halfPage: W,
    recutting: null,
    minimum: 1,
    wasPublic: false,
    replaced: [],
    now: { at, offsetMinutes: 0 },
    nonce: `n${at}`,
  });
  if (next === null) throw new Error('There was nothing to do.');
  return next;
}

describe('pages that are no more', () => {
  const [first, second, third, fourth] = [page(1), page(2), page(3), page(4)];
  const before = follow(createRoot('all', W), updateOf([], [first, second, third, fourth]), 100);
  const written = { ...before, pending: NOTHING_PENDING };

  it('are forgotten one after another, those that link to others first', () => {
    const once = follow(written, updateOf([first, second, third, fourth], [first, fourth]), 200);
    expect(once.superseded.map(({ name, at }) => [name, at])).toEqual([
      ['p3', 200],
      ['p2', 200],
    ]);
    const twice = follow({ ...once, pending: NOTHING_PENDING }, updateOf([first, fourth], [first]), 300);
    expect(twice.superseded.map(({ name, at }) => [name, at])).toEqual([
      ['p3', 200],
      ['p2', 200],
      ['p4', 300],
    ]);
  });

  it('stay as long as the documents of one that went before it could be written anew', () => {
    const once = follow(written, updateOf([first, second, third, fourth], [first, third, fourth]), 200);
    // The documents of the third page still link to the second.
    const twice = follow(once, updateOf([first, third, fourth], [fourth]), 300);
    expect(twice.superseded.map(({ name, at }) => [name, at])).toEqual([
      ['p3', 300],
      ['p2', 300],
      ['p1', 300],
    ]);
  });
});
