/** Compares what an old feed gives its subscribers with what they would be given. Pure. */

import { addressKeys } from '../adopt/addresses.ts';
import { matchEntries } from '../adopt/match-entries.ts';
import { oldEntryOf } from '../adopt/old-entries.ts';
import type { FeedEntry, FeedPage } from '../old-feed/feed-entry.ts';
import { type Difference, kindOfId } from './differences.ts';
import { readersThatShowAgain, type SubscribedEntry } from './reader-rules.ts';

export interface ComparedFeed {
  readonly format: FeedPage['format'];
  /** The address that is subscribed to; null where it is not known. */
  readonly address: string | null;
  /** Of all pages, the newest first. */
  readonly entries: readonly FeedEntry[];
  /** How many of them the page has that is subscribed to. */
  readonly shownCount: number;
}

export interface Surroundings {
  /** Where the path of an old link leads in the end; null where nothing is. */
  readonly leadTo: (link: string) => string | null;
  /** Below which links of the old feed and of the new one are compared (`basesOf`). */
  readonly bases: readonly string[];
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** Entries of both, whatever became of them. */
  readonly matchedCount: number;
}

export function compareFeeds(before: ComparedFeed, after: ComparedFeed, surroundings: Surroundings): Comparison {
  const { leadTo } = surroundings;
  const entries = distinct(before.entries);
  const found = findAll(entries, before, after.entries, surroundings);
  const pairs = entries.map((old) => ({ old, found: found.get(old) ?? null }));
  const matched = pairs.flatMap(({ old, found }) => (found === null ? [] : [{ old, found }]));
  const isShown = new Set(after.entries.slice(0, after.shownCount));
  const differences = [
    ...pairs.flatMap(({ old, found }) =>
      found === null
        ? [lost(old)]
        : differencesOf(subscribed(old, before), subscribed(found, after), isShown.has(found)),
    ),
    ...matched.flatMap(({ old }) => (old.link === null || leadTo(old.link) !== null ? [] : [deadLink(old)])),
    ...repeated(before.entries),
    ...shownFirst(before, after, matched),
    ...unknown(after, entries, new Set(matched.map(({ found }) => found))),
  ];
  return { differences, matchedCount: matched.length };
}

/** An entry that stands on two pages is one. */
function distinct(entries: readonly FeedEntry[]): readonly FeedEntry[] {
  const seen = new Set<string>();
  return entries.filter(({ id, link, title }) => {
    const name = JSON.stringify([id, link, title]);
    return !seen.has(name) && seen.add(name);
  });
}

/** By the rule of `feedwright adopt`, so that what the one finds the other does too; an old link may also lead somewhere. */
function findAll(
  entries: readonly FeedEntry[],
  { format, address }: ComparedFeed,
  after: readonly FeedEntry[],
  { leadTo, bases }: Surroundings,
): ReadonlyMap<FeedEntry, FeedEntry> {
  const keysOf = (link: string | null) => (link === null ? [] : addressKeys(link, bases));
  const candidates = after.map((entry, index) => ({
    entry,
    key: String(index),
    id: entry.id ?? entry.link,
    title: entry.title,
    published: oldEntryOf('', format, entry).date,
    places: new Set(keysOf(entry.link)),
  }));
  const byOld = new Map(entries.map((entry) => [oldEntryOf(address ?? '', format, entry), entry]));
  const { matches } = matchEntries([...byOld.keys()], candidates, (old) => {
    const { id = null } = byOld.get(old) ?? {};
    const leads = old.link === null ? null : leadTo(old.link);
    return [...keysOf(old.link), ...keysOf(leads), ...keysOf(id)];
  });
  return new Map(
    matches.flatMap(({ entry, article }) => {
      const old = byOld.get(entry);
      return old === undefined ? [] : [[old, article.entry] as const];
    }),
  );
}

function subscribed(entry: FeedEntry, { format, address }: ComparedFeed): SubscribedEntry {
  const { id, writtenId, link, title, writtenTitle = title, published, updated, content, summary } = entry;
  return {
    writtenTitle,
    ...(writtenId !== undefined && { writtenId }),
    ...{ format, feed: address, id: id === null ? null : id.trim(), link, title, published, updated },
    text: content ?? summary,
  };
}

/**
 * All that would be noticed of one entry: of what follows from a changed id no more is said.
 *
 * @param isShown whether the new document has it; what its archive has alone no reader notices
 */
function differencesOf(before: SubscribedEntry, after: SubscribedEntry, isShown: boolean): readonly Difference[] {
  const entry = before.id ?? before.link;
  const about = { entry, before: entry, after: after.id ?? after.link, title: after.title };
  if (before.id !== after.id) {
    const kind =
      before.id === null ? 'id-missing-before' : after.id === null ? 'id-changed' : kindOfId(before.id, after.id);
    return [{ kind, readers: isShown ? readersThatShowAgain(before, after) : [], ...about }];
  }
  if (!isShown) return [];
  if ((before.writtenId ?? before.id) !== (after.writtenId ?? after.id)) {
    const readers = readersThatShowAgain(before, { ...before, writtenId: after.writtenId });
    return [{ kind: 'id-space', readers, ...about }];
  }
  // One at a time, so that each reader is named with what it notices.
  const steps = [
    { kind: 'feed-address', next: { ...before, feed: after.feed } },
    { kind: 'format-changed', next: { ...before, format: after.format, updated: before.updated ?? after.updated } },
    { kind: 'date-of-change', next: { ...before, format: after.format, updated: after.updated } },
    {
      kind: 'link-or-title',
      next: { ...before, link: after.link, title: after.title, writtenTitle: after.writtenTitle ?? after.title },
    },
  ] as const;
  return steps.flatMap(({ kind, next }, index) => {
    const from = kind === 'date-of-change' ? (steps[index - 1]?.next ?? before) : before;
    const isCertain = kind !== 'date-of-change' || before.updated !== null;
    const readers = isCertain ? readersThatShowAgain(from, next) : [];
    return readers.length === 0 ? [] : [{ kind, entry, readers, ...changeOf(kind, before, after) }];
  });
}

function changeOf(
  kind: Difference['kind'],
  before: SubscribedEntry,
  after: SubscribedEntry,
): Pick<Difference, 'before' | 'after' | 'title'> {
  const { title } = after;
  if (kind === 'feed-address') return { before: before.feed, after: after.feed, title };
  if (kind === 'format-changed') return { before: before.format, after: after.format, title };
  if (kind === 'date-of-change') return { before: before.updated, after: after.updated, title };
  if (before.link !== after.link) return { before: before.link, after: after.link, title };
  return { before: before.writtenTitle ?? before.title, after: after.writtenTitle ?? title, title };
}

function lost({ id, link, title }: FeedEntry): Difference {
  return { kind: 'entry-lost', entry: id ?? link, readers: [], before: id ?? link, after: null, title };
}

function deadLink({ id, link, title }: FeedEntry): Difference {
  return { kind: 'old-link-lost', entry: id ?? link, readers: [], before: link, after: null, title };
}

/** Two entries of the old feed that share an id. */
function repeated(entries: readonly FeedEntry[]): readonly Difference[] {
  const first = new Map<string, FeedEntry>();
  return distinct(entries).flatMap((entry): readonly Difference[] => {
    if (entry.id === null) return [];
    const other = first.get(entry.id);
    if (other === undefined) {
      first.set(entry.id, entry);
      return [];
    }
    return [{ kind: 'id-twice', entry: entry.id, readers: [], before: entry.id, after: null, title: entry.title }];
  });
}

/** Entries that the new document has and the old one no longer had: recent subscribers were never given them. */
function shownFirst(
  before: ComparedFeed,
  after: ComparedFeed,
  matched: readonly { readonly old: FeedEntry; readonly found: FeedEntry }[],
): readonly Difference[] {
  const wasShown = new Set(before.entries.slice(0, before.shownCount));
  const isShown = new Set(after.entries.slice(0, after.shownCount));
  return matched.flatMap(({ old, found }): readonly Difference[] =>
    wasShown.has(old) || !isShown.has(found)
      ? []
      : [
          {
            kind: 'shown-first',
            entry: old.id ?? old.link,
            readers: [],
            before: null,
            after: found.id,
            title: found.title,
          },
        ],
  );
}

/** Entries of the new feed that are older than the oldest entry of the old one. */
function unknown(
  after: ComparedFeed,
  old: readonly FeedEntry[],
  matched: ReadonlySet<FeedEntry>,
): readonly Difference[] {
  const oldest = Math.min(...old.map(timeOf).filter((at) => !Number.isNaN(at)));
  return after.entries.slice(0, after.shownCount).flatMap((entry): readonly Difference[] => {
    if (matched.has(entry) || !(timeOf(entry) < oldest)) return [];
    return [{ kind: 'older-than-known', entry: null, readers: [], before: null, after: entry.id, title: entry.title }];
  });
}

function timeOf({ published }: FeedEntry): number {
  return published === null ? Number.NaN : Date.parse(published);
}
