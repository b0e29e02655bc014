/**
 * The record of one source file: what it is now, what of it is frozen, and every place where it may stand. Records are
 * never deleted and revisions never restart: a removed article leaves a record that says so and keeps the frozen facts.
 */

import { type Entry, type Likeness, type Position, positionOf } from '../model/entry.ts';
import type { Problem } from '../model/problem.ts';
import type { Moment } from '../time/moment.ts';
import { STATE_SCHEMA, type StateObject } from './json-object.ts';
import type { NamedFile } from './name-state.ts';

export interface ArticleRecord extends StateObject {
  readonly key: string;
  /** Rises by one with every change of what the record says. */
  readonly revision: number;
  /** Version of the content object that this was made from; null if there is none (any more). */
  readonly sourceVersion: string | null;
  /** Revision of the settings that this was made with. */
  readonly siteRevision: number;
  /** What is published of the file now. An article that broke keeps what it published before. */
  readonly shown: readonly ShownEntry[];
  /** Every (feed, position) where an entry of this file may stand: the present places and those not yet cleared. */
  readonly places: readonly FeedPlace[];
  /** Every claim that this file may hold: those it wants, and those it has not released yet. */
  readonly claims: readonly string[];
  /** Content keys of former owners of this file's ids. Feeds may still show the ids under their keys. */
  readonly successorOf?: readonly string[];
  /** Frozen facts by part of the file: '' for its one article, else the article's id or path in it. */
  readonly facts: Readonly<Record<string, FrozenFacts>>;
  /** What the file showed until lately, in case another file is the same article under another name. */
  readonly gone?: readonly GoneArticle[];
  /** Content keys of assets that the file refers to, or once referred to and may still be known to by a marker. */
  readonly uses: readonly string[];
  /** Content keys of files whose text it takes in, and that would be articles otherwise; absent where there are none. */
  readonly includes?: readonly string[];
  /** Content keys of files that it takes in now or does no longer, and that may not have been told so yet. */
  readonly untold?: readonly string[];
  /** Content keys of assets that the file refers to now. */
  readonly refers: readonly string[];
  /** Content keys of assets that the file refers to and that were not there. */
  readonly missing: readonly string[];
  /** By what names links find the file, and where it is; absent before anything of it was shown. */
  readonly named?: NamedFile;
  /** Of each name that the file links to now, the change under it that was seen; absent where it links to none. */
  readonly links?: Readonly<Record<string, string>>;
  /** Names that the file links to, or linked to and may still be found by under a marker; absent where there are none. */
  readonly linked?: readonly string[];
  /** Links that lead nowhere: some of them, in order. Absent where there are none. */
  readonly deadLinks?: readonly DeadLink[];
  /** Content keys of the articles that a file with adopted ids names; absent of all other files. */
  readonly adopts?: readonly string[];
  /** Former addresses that the file states, or once stated. */
  readonly aliases: readonly string[];
  /** The folder file that holds the file, or some of its entries, back; absent where none does. */
  readonly heldBy?: string;
  /** The folder file that can't be read for good while the file is public; absent where there is none. */
  readonly doubtedBy?: string;
  /** Whether its translations have its fields, and have to be told of it; absent where none do. */
  readonly leads?: boolean;
  /** Content keys of its original and its translations, as far as it has seen them; absent where there are none. */
  readonly family?: readonly string[];
  /** When to look again although nothing changed, in milliseconds since the epoch: a publication or an expiry. */
  readonly dueAt: number | null;
  readonly counts: { readonly drafts: number; readonly scheduled: number };
  readonly problems: readonly Problem[];
}

export interface ShownEntry {
  readonly entry: Entry;
  /** Names of the feeds it is in. */
  readonly feeds: readonly string[];
  /** The claims it stands on. */
  readonly claims: readonly string[];
  /** Content keys of the assets it needs to be public. */
  readonly assets: readonly string[];
  /** Former addresses that lead to it, as `folderAddress` has them. */
  readonly aliases: readonly string[];
  /** Names by which links find it besides that of its file: the slug that its author states. Absent where there are none. */
  readonly names?: readonly string[];
  /** When it expires, whatever becomes of its file: milliseconds since the epoch, or null. */
  readonly expires: number | null;
}

export interface DeadLink {
  /** As the author wrote it. */
  readonly written: string;
  /** Line in the file, from 1; null if unknown. */
  readonly line: number | null;
}

export interface FeedPlace {
  readonly feed: string;
  readonly position: Position;
}

/** An article that went from its file: enough to know it again in another one. Kept for a day (feed/entry/renaming.ts). */
export interface GoneArticle {
  /** When it was found to be gone: milliseconds since the epoch. */
  readonly at: number;
  /** Its own address. */
  readonly address: string;
  /** With its id. */
  readonly facts: FrozenFacts;
  readonly likeness: Likeness;
}

/** Frozen facts: once known, they never change, whatever the file says later. */
export interface FrozenFacts {
  readonly firstSeen: Moment;
  /** The id at first publication; null before that. Readers know the entry by it for good. */
  readonly id: string | null;
  /** Its form in RSS and JSON Feed, where that is a plain word; not written by older publishers, which had none. */
  readonly guid?: string;
  /**
   * Content key of the file that had the id which the settings would have given to this one when it was first shown: so it
   * has another. Absent where there was none.
   */
  readonly sharedWith?: string;
  /**
   * When what its source says of its publication was last shown: milliseconds since the epoch, or null where it says nothing.
   * Older publishers did not write this.
   */
  readonly stated?: number | null;
  /** The date it is shown with as long as its source says just `stated`, where that is another: what was public keeps its date. */
  readonly keptDate?: Moment;
  /** Fingerprint of the source as it was last shown; null before its first publication. */
  readonly fingerprint: string | null;
  /** Of what that source says, however it is written. Older publishers wrote neither this nor the next. */
  readonly wording?: string;
  /** Of what the publisher made of that source. */
  readonly rendering?: string;
  /** When an edit of the source last changed the entry after its first publication. */
  readonly changed: Moment | null;
  /**
   * Set where the article was a post of an older publisher, which knew no pages, and looks like a page: it stays in its
   * feeds. It says by what it looks so, for an article that says so itself later is a page.
   */
  readonly stayedPost?: 'stated' | 'likely';
  /**
   * Addresses at which it was shown before the settings gave it one by another system's rule, the last one last: they lead to
   * it. Absent where there are none.
   */
  readonly formerAddresses?: readonly string[];
  /** How many ids went on from here to other files. What is made next is made with this number. @default 0 */
  readonly handedOn?: number;
  /** Until when it waits for an article that it may be, in milliseconds since the epoch; only before it is published. */
  readonly awaitedUntil?: number;
}

/** The record of a file that was never looked at. */
export function createRecord(key: string): ArticleRecord {
  return {
    schema: STATE_SCHEMA,
    nonce: '',
    key,
    revision: 0,
    sourceVersion: null,
    siteRevision: 0,
    shown: [],
    places: [],
    claims: [],
    successorOf: [],
    facts: {},
    gone: [],
    uses: [],
    refers: [],
    missing: [],
    aliases: [],
    dueAt: null,
    counts: { drafts: 0, scheduled: 0 },
    problems: [],
  };
}

/** The places that the shown entries are meant to be in. */
export function presentPlaces(shown: readonly ShownEntry[]): readonly FeedPlace[] {
  return shown.flatMap(({ entry, feeds }) => feeds.map((feed) => ({ feed, position: positionOf(entry) })));
}

export function samePlace(a: FeedPlace, b: FeedPlace): boolean {
  return a.feed === b.feed && a.position.at === b.position.at && a.position.id === b.position.id;
}

/** All places of both lists, each once. */
export function unitePlaces(a: readonly FeedPlace[], b: readonly FeedPlace[]): readonly FeedPlace[] {
  return [...a, ...b.filter((place) => !a.some((other) => samePlace(place, other)))];
}

/** What a marker under `uses/` says: the content key of an article that uses the asset, or once did. */
export interface UseMarker extends StateObject {
  readonly key: string;
}
