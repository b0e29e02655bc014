/** Entries of old feeds as they are compared with articles: what readers know each by, and where it was. Pure. */

import { readDate } from '../../lambda/time/dates.ts';
import type { Moment } from '../../lambda/time/moment.ts';
import type { FeedEntry, FeedPage } from '../old-feed/feed-entry.ts';
import type { OldFeed } from '../old-feed/read-old-feed.ts';
import { wordOf } from '../old-feed/word-id.ts';

export interface OldEntry {
  /** The feed, as it was named. */
  readonly feed: string;
  readonly format: FeedPage['format'];
  /** By which RSS or JSON Feed has it; null where none of the two is known to. */
  readonly id: string | null;
  /** By which Atom has it; null where that is not known. */
  readonly atomId: string | null;
  /** Plain text. */
  readonly title: string;
  /** Absolute, or null. */
  readonly link: string | null;
  /** By which an article may be told. */
  readonly date: Moment | null;
  /** Whether that is surely when it was published: many Atom feeds say only when it was changed. */
  readonly isPublished: boolean;
}

/** Each entry once, the newest first. Entries of which nothing is known are left out. */
export function oldEntriesOf({ place, pages }: OldFeed): readonly OldEntry[] {
  const seen = new Set<string>();
  return pages
    .flatMap(({ format, entries }) => entries.map((entry) => oldEntryOf(place, format, entry)))
    .filter((entry) => {
      const name = entry.id ?? entry.atomId;
      return name !== null && !seen.has(name) && seen.add(name);
    });
}

/** @param feed as it was named */
export function oldEntryOf(feed: string, format: FeedPage['format'], entry: FeedEntry): OldEntry {
  const read = entry.published === null ? null : readDate(entry.published, 'UTC');
  const link = entry.link !== null && URL.parse(entry.link) !== null ? entry.link : null;
  return {
    feed,
    format,
    ...(format === 'Atom' ? atomIds(entry.id) : { id: entry.id ?? entry.link, atomId: null }),
    title: entry.title,
    link,
    date: read?.kind === 'moment' ? read.moment : null,
    isPublished: entry.isChangeAlone !== true,
  };
}

/** Feedwright's own Atom has words as IRIs, and RSS and JSON Feed have the words. */
function atomIds(id: string | null): Pick<OldEntry, 'id' | 'atomId'> {
  return { id: id === null ? null : (wordOf(id)?.word ?? null), atomId: id };
}
