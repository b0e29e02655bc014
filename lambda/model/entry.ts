/**
 * An entry: what an article becomes once its id, dates, address and media are settled. Entries are what feeds hold and
 * what renderers are given; they are stored as JSON in article records and pages.
 */

import type { Moment } from '../time/moment.ts';
import type { Person, Tag } from './article.ts';
import type { Episode } from './episode.ts';

/** A media file as feeds announce it. Absolute address, facts from the asset's own bytes where we have them. */
export interface Media {
  readonly url: string;
  readonly mimeType: string;
  /** Null when unknown. */
  readonly lengthBytes: number | null;
  readonly durationSeconds: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly title: string | null;
  readonly alt: string | null;
  readonly caption: string | null;
  readonly credit: string | null;
}

export interface Entry {
  /** An absolute IRI without white space; never changes. */
  readonly id: string;
  /** The id in RSS and JSON Feed, where it is a plain word; never changes, and is never added later. */
  readonly guid?: string;
  /** Absolute address of the article: where it is canonical, else on this site. */
  readonly url: string;
  readonly externalUrl: string | null;
  /** Plain text; may be empty. */
  readonly title: string;
  readonly published: Moment;
  /** Never before `published`. */
  readonly updated: Moment;
  /**
   * Whether Atom shows `updated` as older publishers wrote it, with six digits of a second. Yarr knows an entry whose id is
   * an address by its id and that very text, and would show another one as new. Left out elsewhere.
   */
  readonly keepsUpdatedText?: true;
  /** At least one, unless the site has none either. */
  readonly authors: readonly Person[];
  readonly contributors: readonly Person[];
  readonly tags: readonly Tag[];
  readonly section: Tag | null;
  /** BCP 47; null when it is the site's. */
  readonly language: string | null;
  /** Plain text; may be empty. */
  readonly summary: string;
  /** Safe HTML with absolute addresses; may be empty. Includes the hero image when the body does not show it. */
  readonly contentHtml: string;
  readonly image: Media | null;
  readonly attachments: readonly Media[];
  /** What it says as an episode of a podcast. Left out where it says nothing: pages hold very many entries. */
  readonly episode?: Episode<Media>;
  readonly rights: string | null;
  /** It is a page (About, Contact) and no post: it has an address, and is in no feed. */
  readonly page?: PageDating;
}

/** Whether people see the date of a page. One that its author has not dated has none to show. */
export type PageDating = 'dated' | 'undated';

/** Every form in which the id of an entry is public. */
export function idsOf({ id, guid }: { readonly id: string; readonly guid?: string | undefined }): readonly string[] {
  return guid === undefined ? [id] : [id, guid];
}

/** The sound or film that makes an entry an episode: the first among its attachments; null when it has none. */
export function playableOf({ attachments }: Pick<Entry, 'attachments'>): Media | null {
  return attachments.find(({ mimeType }) => /^(?:audio|video)\//.test(mimeType)) ?? null;
}

/** An entry as it stands in a feed, with the content key of the article that put it there. */
export interface PlacedEntry {
  readonly key: string;
  readonly entry: Entry;
}

/** What of it says where it stands. */
export interface PlacedPosition {
  readonly key: string;
  readonly entry: Pick<Entry, 'id' | 'published'>;
}

/** What is kept of an entry to know it by its words under another name (feed/entry/likeness.ts). */
export interface Likeness {
  /** Made from the title; null for an entry without one. */
  readonly title: string | null;
  /** The smallest of the numbers that its words make, in order: all of them for a short text. */
  readonly words: readonly number[];
}

/** Where an entry stands in every feed it is in: feeds are ordered by (published, id), the id in code-unit order. */
export interface Position {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly id: string;
}

export function positionOf(entry: Pick<Entry, 'id' | 'published'>): Position {
  return { at: entry.published.at, id: entry.id };
}

/** Negative when `a` is older than `b`, positive when newer, 0 when they are the same position. */
export function comparePositions(a: Position, b: Position): number {
  if (a.at !== b.at) return a.at - b.at;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
