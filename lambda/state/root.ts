/**
 * A feed in the state store. The newest page sits inside the root, so publishing a new article touches one object per
 * feed; older pages are immutable objects, found through the directory, which is read only when an older article
 * changes or a page ends. Pages hold whole entries, so that rendering one needs no other read.
 */

import type { Position } from '../feed/entry.ts';
import type { PlacedEntry } from '../feed/pages.ts';
import type { Moment } from '../moment.ts';
import { STATE_SCHEMA, type StateObject } from './json-object.ts';

export interface FeedRoot extends StateObject {
  readonly feed: string;
  readonly revision: number;
  /** The `w` that the pages were cut with. */
  readonly w: number;
  /** Revision of the settings that the documents were, or are about to be, rendered with. */
  readonly siteRevision: number;
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
  /** Documents that may not be written yet: names of archive pages. */
  readonly pendingPages: readonly string[];
  /** Whether the subscription documents and the catalog may not be up to date yet. */
  readonly pendingHead: boolean;
  /** Archive pages that are no more; their last documents stay for a while. None stands before one that links to it. */
  readonly superseded: readonly { readonly name: string; readonly at: number }[];
  /** State objects that no root refers to since the given instant. */
  readonly garbage: readonly { readonly key: string; readonly at: number }[];
}

export interface PageDirectory extends StateObject {
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

export interface PageObject extends StateObject {
  /** Oldest first. */
  readonly entries: readonly PlacedEntry[];
}

/** The root of a feed that nothing was ever in. */
export function createRoot(feed: string, w: number): FeedRoot {
  return {
    schema: STATE_SCHEMA,
    nonce: '',
    feed,
    revision: 0,
    w,
    siteRevision: 0,
    entryCount: 0,
    newest: [],
    directory: null,
    archive: null,
    label: null,
    removed: null,
    removals: [],
    pendingPages: [],
    pendingHead: false,
    superseded: [],
    garbage: [],
  };
}
