/** Compares what an old feed gives its subscribers with what they would be given. Pure. */

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
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** Entries of both, whatever became of them. */
  readonly matchedCount: number;
}

export function compareFeeds(before: ComparedFeed, after: ComparedFeed, { leadTo }: Surroundings): Comparison {
  const entries = distinct(before.entries);
  const find = createFinder(after.entries, leadTo);
  const pairs = entries.map((old) => ({ old, found: find(old) }));
  const matched = pairs.flatMap(({ old, found }) => (found === null ? [] : [{ old, found }]));
  const differences = [
    ...pairs.flatMap(({ old, found }) =>
      found === null ? [lost(old)] : differencesOf(subscribed(old, before), subscribed(found, after)),
    ),
    ...matched.flatMap(({ old }) => (old.link === null || leadTo(old.link) !== null ? [] : [deadLink(old)])),
    ...repeated(before.entries),
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

/** By id, else by where its link leads, else by title and day. */
function createFinder(
  entries: readonly FeedEntry[],
  leadTo: Surroundings['leadTo'],
): (old: FeedEntry) => FeedEntry | null {
  const byId = new Map<string, FeedEntry>();
  const byLink = new Map<string, FeedEntry>();
  const byTitle = new Map<string, FeedEntry>();
  for (const entry of entries.toReversed()) {
    if (entry.id !== null) byId.set(entry.id, entry);
    if (entry.link !== null) byLink.set(plainLink(entry.link), entry);
    const name = titleAndDay(entry);
    if (name !== null) byTitle.set(name, entry);
  }
  const atLink = (link: string | null): FeedEntry | undefined =>
    link === null ? undefined : (byLink.get(plainLink(link)) ?? byLink.get(plainLink(leadTo(link) ?? '')));
  return (old) =>
    (old.id === null ? undefined : byId.get(old.id)) ??
    atLink(old.link) ??
    atLink(old.id !== null && /^https?:\/\//i.test(old.id) ? old.id : null) ??
    byTitle.get(titleAndDay(old) ?? '') ??
    null;
}

/** What is left of an address when it moves to another host: small differences don't make it another article. */
function plainLink(link: string): string {
  const path = link.replace(/^https?:\/\/[^/?#]*/i, '').replace(/#.*$/s, '');
  return path.replace(/(?:\/index\.html?|\/)$/i, '').replace(/%[0-9a-f]{2}/gi, (written) => written.toUpperCase());
}

function titleAndDay({ title, published }: FeedEntry): string | null {
  const at = published === null ? Number.NaN : Date.parse(published);
  return title === '' || Number.isNaN(at) ? null : `${title} ${new Date(at).toISOString().slice(0, 10)}`;
}

function subscribed({ id, link, title, updated }: FeedEntry, { format, address }: ComparedFeed): SubscribedEntry {
  return { format, feed: address, id: id === null ? null : id.trim(), link, title, updated };
}

/** All that would be noticed of one entry: of what follows from a changed id no more is said. */
function differencesOf(before: SubscribedEntry, after: SubscribedEntry): readonly Difference[] {
  const about = { before: before.id ?? before.link, after: after.id ?? after.link, title: after.title };
  if (before.id !== after.id) {
    const kind =
      before.id === null ? 'id-missing-before' : after.id === null ? 'id-changed' : kindOfId(before.id, after.id);
    return [{ kind, readers: readersThatShowAgain(before, after), ...about }];
  }
  // One at a time, so that each reader is named with what it notices.
  const steps = [
    { kind: 'feed-address', next: { ...before, feed: after.feed } },
    { kind: 'format-changed', next: { ...before, format: after.format, updated: before.updated ?? after.updated } },
    { kind: 'date-of-change', next: { ...before, format: after.format, updated: after.updated } },
    { kind: 'link-or-title', next: { ...before, link: after.link, title: after.title } },
  ] as const;
  return steps.flatMap(({ kind, next }, index) => {
    const from = kind === 'date-of-change' ? (steps[index - 1]?.next ?? before) : before;
    const isCertain = kind !== 'date-of-change' || before.updated !== null;
    const readers = isCertain ? readersThatShowAgain(from, next) : [];
    return readers.length === 0 ? [] : [{ kind, readers, ...changeOf(kind, before, after) }];
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
  return { before: before.title, after: after.title, title };
}

function lost({ id, link, title }: FeedEntry): Difference {
  return { kind: 'entry-lost', readers: [], before: id ?? link, after: null, title };
}

function deadLink({ link, title }: FeedEntry): Difference {
  return { kind: 'old-link-lost', readers: [], before: link, after: null, title };
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
    return [{ kind: 'id-twice', readers: [], before: entry.id, after: null, title: entry.title }];
  });
}

/** What the new feed shows of the time before the oldest entry of the old one. */
function unknown(
  after: ComparedFeed,
  old: readonly FeedEntry[],
  matched: ReadonlySet<FeedEntry>,
): readonly Difference[] {
  const oldest = Math.min(...old.map(timeOf).filter((at) => !Number.isNaN(at)));
  return after.entries.slice(0, after.shownCount).flatMap((entry): readonly Difference[] => {
    if (matched.has(entry) || !(timeOf(entry) < oldest)) return [];
    return [{ kind: 'older-than-known', readers: [], before: null, after: entry.id, title: entry.title }];
  });
}

function timeOf({ published }: FeedEntry): number {
  return published === null ? Number.NaN : Date.parse(published);
}
