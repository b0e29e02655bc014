import { describe, expect, it } from 'vitest';
import type { FeedEntry } from '../../../local/old-feed/feed-entry.ts';
import { type ComparedFeed, compareFeeds } from '../../../local/rehearsal/compare.ts';
import { type Difference, isFailure } from '../../../local/rehearsal/differences.ts';
import { READER_RULES } from '../../../local/rehearsal/reader-rules.ts';

const HOME = 'https://tides.example';
const ALL = READER_RULES.map(({ reader }) => reader);

function entry(facts: Partial<FeedEntry>): FeedEntry {
  return {
    ...{ id: `${HOME}/?p=1`, title: 'One', link: `${HOME}/one/`, published: '2026-01-01T00:00:00Z', updated: null },
    ...{
      authors: [],
      tags: [],
      content: null,
      summary: null,
      base: null,
      image: null,
      attachments: [],
      language: null,
    },
    ...{ fields: {} },
    ...facts,
  };
}

function feed(entries: readonly FeedEntry[], facts: Partial<ComparedFeed> = {}): ComparedFeed {
  return { format: 'RSS', address: `${HOME}/feed/`, entries, shownCount: entries.length, ...facts };
}

function differences(
  before: ComparedFeed,
  after: ComparedFeed,
  leadTo = (link: string): string | null => link,
): readonly Difference[] {
  return compareFeeds(before, after, { leadTo, bases: [`${HOME}/`, 'http://old.example/'] }).differences;
}

/** Of one entry that is as `before` says, and then as `after` says. */
function kindsOf(
  before: Partial<FeedEntry>,
  after: Partial<FeedEntry>,
): readonly (readonly [string, readonly string[]])[] {
  return differences(feed([entry(before)]), feed([entry(after)])).map(({ kind, readers }) => [kind, readers]);
}

describe('an entry whose id is the same', () => {
  it('is known to everybody', () => {
    expect(kindsOf({}, {})).toEqual([]);
    expect(kindsOf({ id: ' x ' }, { id: 'x' })).toEqual([]);
    expect(kindsOf({}, { published: '2026-02-02T00:00:00Z', content: '<p>Other</p>' })).toEqual([]);
  });

  it.each([
    ['link', { link: `${HOME}/other/` }],
    ['title', { title: 'Other' }],
    ["title's own text", { writtenTitle: 'One &amp; all' }],
  ])('is shown again by sfeed alone when its %s is another', (_, after) => {
    expect(kindsOf({}, after)).toEqual([['link-or-title', ['sfeed']]]);
  });

  it('is shown again by yarr when its date of change differs in Atom, and the id is an address', () => {
    const atom = (id: string, updated: string) => feed([entry({ id, updated })], { format: 'Atom' });
    const change = (id: string) => differences(atom(id, '2026-01-01T00:00:00Z'), atom(id, '2026-01-01T00:00:00.123Z'));
    expect(change(`${HOME}/1`)).toMatchObject([{ kind: 'date-of-change', readers: ['yarr'] }]);
    expect(change('urn:uuid:1')).toEqual([]);
    expect(change('tag:tides.example,2026:1')).toEqual([]);
  });

  it('is shown again by yarr when RSS becomes Atom under the old address, and the id is an address', () => {
    const change = (id: string) =>
      differences(feed([entry({ id })]), feed([entry({ id, updated: '2026-01-01T00:00:00Z' })], { format: 'Atom' }));
    expect(change(`${HOME}/1`)).toMatchObject([
      { kind: 'format-changed', readers: ['yarr'], before: 'RSS', after: 'Atom' },
    ]);
    expect(change('1')).toEqual([]);
  });

  it('is another one to Feedbin where the feed has another address', () => {
    const after = feed([entry({})], { address: 'https://new.example/feed/' });
    expect(differences(feed([entry({})]), after)).toMatchObject([{ kind: 'feed-address', readers: ['Feedbin'] }]);
  });
});

describe('an entry whose id changes is shown again in all readers', () => {
  it.each([
    ['id-scheme', 'http://tides.example/?p=1', `${HOME}/?p=1`],
    ['id-domain', 'https://old.example/?p=1', `${HOME}/?p=1`],
    ['id-slash', `${HOME}/one`, `${HOME}/one/`],
    ['id-escapes', `${HOME}/%d0%bf`, `${HOME}/%D0%BF`],
    ['id-changed', `${HOME}/?p=1`, `${HOME}/one/`],
    ['id-changed', `${HOME}/?p=1`, 'urn:uuid:41773c20-d804-5631-aebb-466f1433d084'],
    ['id-changed', '6566a7b2c3d4e5f601234567', 'urn:feedwright:tides:6566a7b2c3d4e5f601234567'],
  ])('%s: %s', (kind, before, after) => {
    expect(kindsOf({ id: before }, { id: after })).toEqual([[kind, ALL]]);
  });

  it('by those that count white space around it, where only that goes', () => {
    expect(kindsOf({ id: 'x', writtenId: '\n x ' }, { id: 'x' })).toEqual([
      ['id-space', ['newsboat', 'Liferea', 'Miniflux']],
    ]);
  });

  it('but in none where only the archive has it, and that fails all the same', () => {
    const two = entry({ id: 'b', link: `${HOME}/two/`, title: 'Two' });
    const old = feed([entry({ id: 'a' }), two]);
    const after = feed([entry({ id: 'x' }), { ...two, id: 'y', title: 'Other' }], { shownCount: 1 });
    const found = differences(old, after);
    expect(found).toMatchObject([
      { kind: 'id-changed', before: 'a', readers: ALL },
      { kind: 'id-changed', before: 'b', readers: [] },
    ]);
    expect(found.every(isFailure)).toBe(true);
    expect(differences(old, feed([entry({ id: 'a' }), { ...two, title: 'Other' }], { shownCount: 1 }))).toEqual([]);
  });

  it('but for those that know it by its link, if it had none and the id is the link', () => {
    expect(kindsOf({ id: null }, { id: `${HOME}/one/` })).toEqual([
      ['id-missing-before', ['newsboat', 'Liferea', 'rss2email', 'sfeed', 'FreshRSS', 'selfoss']],
    ]);
    expect(kindsOf({ id: null }, { id: 'urn:uuid:1' })).toEqual([['id-missing-before', ALL]]);
  });
});

describe('an old entry', () => {
  it('is found by its id, by where its link leads, by its guid if that is its address, and by title and day', () => {
    const after = feed([
      entry({ id: 'new', link: `${HOME}/2026/one/`, title: 'One', published: '2026-01-01T09:00:00Z' }),
    ]);
    const leads = (old: Partial<FeedEntry>, leadTo?: (link: string) => string | null) =>
      differences(feed([entry({ id: 'old', title: 'Old', ...old })]), after, leadTo).map(({ kind }) => kind);
    expect(leads({ link: 'http://old.example/2026/one' })).toEqual(['id-changed']);
    expect(leads({ link: `${HOME}/old/` }, () => `${HOME}/2026/one/`)).toEqual(['id-changed']);
    expect(leads({ id: `${HOME}/2026/one/index.html`, link: null })).toEqual(['id-changed']);
    expect(leads({ link: `${HOME}/x/`, title: 'One' })).toEqual(['id-changed']);
    expect(leads({ link: `${HOME}/x/`, title: 'One', published: '2025-12-30T00:00:00Z' })).toEqual(['entry-lost']);
  });

  it('that is nowhere is lost, and that fails', () => {
    const [lost] = differences(feed([entry({})]), feed([]));
    expect(lost).toMatchObject({ kind: 'entry-lost', before: `${HOME}/?p=1`, after: null, readers: [] });
    expect(lost !== undefined && isFailure(lost)).toBe(true);
  });

  it('whose link would lead nowhere is told of, for readers that keep it', () => {
    expect(differences(feed([entry({})]), feed([entry({})]), () => null)).toMatchObject([
      { kind: 'old-link-lost', before: `${HOME}/one/` },
    ]);
  });

  it('that stands on two pages is one; two that share an id are told of', () => {
    expect(differences(feed([entry({}), entry({})]), feed([entry({})]))).toEqual([]);
    const twins = feed([entry({}), entry({ title: 'Twin', link: `${HOME}/twin/` })]);
    expect(differences(twins, feed([entry({})])).map(({ kind }) => kind)).toContain('id-twice');
  });
});

describe('an old entry', () => {
  const twin = (id: string, link: string) => entry({ id, link: `${HOME}/${link}/`, title: 'Low water' });

  it('is found by the rule of adopt: of two with one title and day neither can be told', () => {
    const after = feed([twin('new-1', 'a'), twin('new-2', 'b')]);
    expect(differences(feed([twin('old-1', 'x'), twin('old-2', 'y')]), after)).toMatchObject([
      { kind: 'entry-lost', before: 'old-1' },
      { kind: 'entry-lost', before: 'old-2' },
    ]);
    expect(differences(feed([twin('old-1', 'a'), twin('old-2', 'b')]), after)).toMatchObject([
      { kind: 'id-changed', after: 'new-1' },
      { kind: 'id-changed', after: 'new-2' },
    ]);
  });

  it('is found where capitals, marks and the zone differ in title and day', () => {
    const old = entry({ id: 'old', link: null, title: 'Low Water!', published: 'Thu, 01 Jan 2026 02:00:00 +0200' });
    const after = entry({ id: 'new', title: 'low water', published: '2025-12-31T20:00:00Z' });
    expect(differences(feed([old]), feed([after]))).toMatchObject([{ kind: 'id-changed', after: 'new' }]);
  });
});

describe('a new entry', () => {
  it('that the old document showed no more is unread to who subscribed lately, and fails nothing', () => {
    const one = entry({});
    const two = entry({ id: '2', title: 'Two', link: `${HOME}/two/`, published: '2025-06-01T00:00:00Z' });
    const found = differences(feed([one, two], { shownCount: 1 }), feed([one, two]));
    expect(found).toMatchObject([{ kind: 'shown-first', before: null, after: '2', readers: [] }]);
    expect(found.some(isFailure)).toBe(false);
    expect(differences(feed([one, two], { shownCount: 1 }), feed([one, two], { shownCount: 1 }))).toEqual([]);
  });

  it('that is older than all of the old feed can be compared with nothing; a newer one is new, and none of our business', () => {
    const older = entry({ id: 'older', title: 'Older', link: `${HOME}/older/`, published: '2025-01-01T00:00:00Z' });
    const newer = entry({ id: 'newer', title: 'Newer', link: `${HOME}/newer/`, published: '2026-05-01T00:00:00Z' });
    const found = differences(feed([entry({})]), feed([newer, entry({}), older]));
    expect(found).toMatchObject([{ kind: 'older-than-known', after: 'older' }]);
    expect(differences(feed([entry({})]), feed([entry({}), older], { shownCount: 1 }))).toEqual([]);
  });
});
