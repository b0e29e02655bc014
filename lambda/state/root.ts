/**
 * A feed in the state store. The newest page sits inside the root, so publishing a new article touches one object per
 * feed; older pages are immutable objects, found through the directory, which is read only when an older article
 * changes or a page ends. Pages hold whole entries, so that rendering one needs no other read.
 *
 * Whatever happens to a feed, and however long it is, its root stays small: every list in it has a bound with a name.
 */

import type { DocumentFormat } from '../model/document.ts';
import type { PlacedEntry, Position } from '../model/entry.ts';
import type { PageSpan } from '../model/page-spans.ts';
import type { Moment } from '../time/moment.ts';
import { STATE_SCHEMA, type StateObject } from './json-object.ts';

export interface FeedRoot extends StateObject {
  readonly feed: string;
  readonly revision: number;
  /** Half the page size that the pages were cut with. */
  readonly w: number;
  /**
   * Set while a long archive is cut with another page size, portion by portion: half of the new size, and the position
   * up to which that is done (null: from the start).
   */
  readonly recutting: { readonly w: number; readonly after: Position | null } | null;
  /** Revision of the settings that the documents were, or are about to be, rendered with. */
  readonly siteRevision: number;
  /** The formats in which archive pages have documents, or are about to have them. */
  readonly formats: readonly DocumentFormat[];
  /** Entries in the whole feed. */
  readonly entryCount: number;
  /** Entries newer than the last cut, oldest first. */
  readonly newest: readonly PlacedEntry[];
  /** Version of the directory object; null while there is no archive. */
  readonly directory: string | null;
  /** What publishing the newest page needs to know of the archive. */
  readonly archive: { readonly lastName: string; readonly lastCut: Position; readonly updated: Moment } | null;
  /** The name of the tag or person as first written, which is how the oldest entry writes it; null for other feeds. */
  readonly label: string | null;
  /** When an entry, or a newer version of one, last left the feed. */
  readonly removed: Moment | null;
  /** Entries that left lately, newest first. */
  readonly removals: readonly { readonly id: string; readonly at: Moment }[];
  readonly pending: PendingDocuments;
  /**
   * Whether the feed's documents are public, where feeds need a number of entries for that (feed/opening.ts). Withheld: they
   * never were; the head stays pending. Under way: they are being written, and no page links to them yet. Absent: they are,
   * or are about to be, since the feed was made without such a number.
   */
  readonly opening?: 'withheld' | 'under way' | 'done';
  /**
   * What the store gave for the subscription documents, so that the next write needs no look (`store.ts`). Absent if it
   * gives none.
   */
  readonly seals?: Readonly<Partial<Record<DocumentFormat, string>>>;
  /** Former archive pages, whose last documents stay for a while. No page stands before one that links to it. */
  readonly superseded: readonly SupersededPage[];
  /** Versions of the lists of older former pages, oldest first, if there were too many for the root. */
  readonly supersededLists: readonly { readonly version: string; readonly at: number }[];
  /** State objects that no root has referred to since the given instant. */
  readonly garbage: readonly { readonly key: string; readonly at: number }[];
}

/** Documents that may not be written yet, in the order in which they have to be. */
export interface PendingDocuments {
  /** Archive pages that may have no documents yet: nothing links to them before they do. */
  readonly added: readonly PageSpan[];
  /** Archive pages whose entries or neighbours changed. */
  readonly changed: readonly PageSpan[];
  /** The subscription documents, and the catalog. */
  readonly head: boolean;
  /** Archive pages whose looks changed; they can wait until everything else is written. */
  readonly restyled: readonly PageSpan[];
}

export const NOTHING_PENDING: PendingDocuments = { added: [], changed: [], head: false, restyled: [] };

export interface SupersededPage {
  readonly name: string;
  readonly last: Position;
  /** When it was replaced, in milliseconds since the epoch. */
  readonly at: number;
}

/** Former pages, moved out of the root. Immutable. */
export interface SupersededList extends StateObject {
  readonly pages: readonly SupersededPage[];
}

/** Where all archive pages of a feed are, oldest first: parts, and the pages that are newer than the last part. */
export interface PageDirectory extends StateObject {
  readonly parts: readonly PartReference[];
  readonly pages: readonly PageReference[];
}

/** A part of the directory. Immutable. */
export interface DirectoryPart extends StateObject {
  /** Oldest first. */
  readonly pages: readonly PageReference[];
}

export interface PageReference {
  readonly name: string;
  readonly version: string;
  readonly entryCount: number;
  readonly last: Position;
  /** The greatest `updated` of its entries. */
  readonly updated: Moment;
}

/** A reference to a part, of the same form as a reference to a page. `name` and `last` are those of its last page. */
export interface PartReference extends PageReference {
  /** The name of its first page. */
  readonly firstName: string;
}

export interface PageObject extends StateObject {
  /** Oldest first. */
  readonly entries: readonly PlacedEntry[];
}

/** The root of a feed that never had an entry. */
export function createRoot(feed: string, halfPage: number): FeedRoot {
  return {
    schema: STATE_SCHEMA,
    nonce: '',
    feed,
    revision: 0,
    w: halfPage,
    recutting: null,
    siteRevision: 0,
    formats: [],
    entryCount: 0,
    newest: [],
    directory: null,
    archive: null,
    label: null,
    removed: null,
    removals: [],
    pending: NOTHING_PENDING,
    superseded: [],
    supersededLists: [],
    garbage: [],
  };
}

/** Whether a run has left something to be finished. */
export function isUnfinished(root: FeedRoot): boolean {
  return isHeadWaiting(root) || isWaiting(root.pending) || root.pending.restyled.length > 0 || root.recutting !== null;
}

/** Whether the subscription documents have to be written. */
export function isHeadWaiting({ pending, opening }: FeedRoot): boolean {
  return pending.head && opening !== 'withheld';
}

/** Whether archive pages have to be written before the subscription documents may be. */
export function isWaiting({ added, changed }: PendingDocuments): boolean {
  return added.length > 0 || changed.length > 0;
}
