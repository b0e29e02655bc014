import { describe, expect, it } from 'vitest';
import { assertArchive, assertPage, assertRecord, assertRoot } from '../../lambda/feed/invariants.ts';
import { namePage } from '../../lambda/feed/pages.ts';
import type { PlacedEntry } from '../../lambda/model/entry.ts';
import { createRecord, presentPlaces, type ShownEntry } from '../../lambda/state/record.ts';
import { createRoot, type PageReference } from '../../lambda/state/root.ts';
import { momentAt } from '../../lambda/time/moment.ts';
import { createTestEntry } from '../support/entries.ts';

const place = (id: string, at: number): PlacedEntry => ({
  key: `${id}.md`,
  entry: createTestEntry({ id, published: momentAt(at) }),
});
const [a, b, c] = [place('a', 1), place('b', 2), place('c', 3)];
const cut = { lastName: 'page', lastCut: { at: 1, id: 'a' }, updated: momentAt(1) };
const root = createRoot('all', 15);

describe('assertRoot', () => {
  it.each([
    ['nothing', root],
    ['the newest entries alone', { ...root, newest: [a, b], entryCount: 2 }],
    ['an archive', { ...root, newest: [b, c], entryCount: 40, archive: cut, directory: 'v1' }],
  ])('lets a root through that holds %s', (_, sound) => {
    expect(() => assertRoot(sound)).not.toThrow();
  });

  it.each([
    ['in another order', { ...root, newest: [b, a], entryCount: 2 }],
    ['twice at one position', { ...root, newest: [a, a], entryCount: 2 }],
    ['with another count', { ...root, newest: [a, b], entryCount: 3 }],
    ['that belong to the archive', { ...root, newest: [a, b], entryCount: 40, archive: cut, directory: 'v1' }],
    ['after an archive without a directory', { ...root, newest: [b], entryCount: 40, archive: cut }],
  ])('refuses entries %s', (_, broken) => {
    expect(() => assertRoot(broken)).toThrow('Broken rule: the root of the feed all');
  });

  it('refuses removals that are not listed from the newest on', () => {
    const removals = [1, 2].map((at) => ({ id: String(at), at: momentAt(at) }));
    expect(() => assertRoot({ ...root, removals })).toThrow('lists removals from the newest on');
  });
});

describe('assertPage', () => {
  it('wants the name that the entry at the end gives', () => {
    expect(() => assertPage('all', namePage([a, b]), [a, b])).not.toThrow();
    expect(() => assertPage('all', namePage([a, b]), [a, b, c])).toThrow('named by the entry at its end');
  });
});

describe('assertArchive', () => {
  it('wants pages in order', () => {
    const pages = [a, b].map(({ entry }) => ({ last: { at: entry.published.at, id: entry.id } }) as PageReference);
    expect(() => assertArchive('all', pages)).not.toThrow();
    expect(() => assertArchive('all', pages.toReversed())).toThrow('the directory of the feed all is in order');
  });
});

describe('assertRecord', () => {
  const shown: ShownEntry = {
    entry: a.entry,
    feeds: ['all'],
    claims: ['id a'],
    assets: [],
    aliases: [],
    expires: null,
  };
  const sound = { ...createRecord('a.md'), shown: [shown], places: presentPlaces([shown]), claims: ['id a'] };

  it('lets a record through that lists its places and claims', () => {
    expect(() => assertRecord(sound)).not.toThrow();
  });

  it.each([
    ['a place', { ...sound, places: [] }, 'lists every place'],
    ['a claim', { ...sound, claims: [] }, 'lists every claim'],
    ['no second entry of one id', { ...sound, shown: [shown, shown] }, 'shows each id once'],
  ])('wants %s', (_, broken, rule) => {
    expect(() => assertRecord(broken)).toThrow(rule);
  });
});
