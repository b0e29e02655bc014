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
  /** While a long archive is cut with another page size, portion by portion: half of it, and up to where it is; null from the start. */
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
  /** What publishing at the front needs to know of the archive. */
  readonly archive: { readonly lastName: string; readonly lastCut: Position; readonly updated: Moment } | null;
  /** The name of the tag or person as first written, which is how the oldest entry writes it; null for other feeds. */
  readonly label: string | null;
  /** When an entry, or a newer version of one, last left the feed. */
  readonly removed: Moment | null;
  /** Entries that left lately, newest first. */
  readonly removals: readonly { readonly id: string; readonly at: Moment }[];
  readonly pending: PendingDocuments;
  /** Archive pages that are no more; their last documents stay for a while. None stands before one that links to it. */
  readonly superseded: readonly SupersededPage[];
  /** Older ones of them, where there were too many for the root: versions of the lists, the oldest first. */
  readonly supersededLists: readonly { readonly version: string; readonly at: number }[];
  /** State objects that no root refers to since the given instant. */
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
  /** Since when it is no more: milliseconds since the epoch. */
  readonly at: number;
}

/** Pages that are no more, moved out of the root. Never changed. */
export interface SupersededList extends StateObject {
  readonly pages: readonly SupersededPage[];
}

/** Where all archive pages of a feed are, oldest first: parts, and the pages that are newer than the last part. */
export interface PageDirectory extends StateObject {
  readonly parts: readonly PartReference[];
  readonly pages: readonly PageReference[];
}

/** A part of the directory. Never changed. */
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

/** A part as one would refer to a page that holds all its entries; `name` and `last` are its last page's. */
export interface PartReference extends PageReference {
  /** The name of its first page. */
  readonly firstName: string;
}

export interface PageObject extends StateObject {
  /** Oldest first. */
  readonly entries: readonly PlacedEntry[];
}

/** The root of a feed that nothing was ever in. */
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
export function isUnfinished({ pending, recutting }: FeedRoot): boolean {
  return pending.head || isWaiting(pending) || pending.restyled.length > 0 || recutting !== null;
}

/** Whether archive pages have to be written before the subscription documents may be. */
export function isWaiting({ added, changed }: PendingDocuments): boolean {
  return added.length > 0 || changed.length > 0;
}
