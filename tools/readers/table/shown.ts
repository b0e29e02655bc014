/** A document as a reader shows it, in one shape for all readers. A fact that the reader doesn't tell is left out or null. */

import type { FeedFormat } from '../../../lambda/model/document.ts';

/** The documents that every reader is given. */
export type DocumentName = 'all' | 'short' | 'listen';

export interface Shown {
  /** The home page of the feed. */
  readonly home?: string | null;
  readonly entries: readonly ShownEntry[];
}

export interface ShownEntry {
  readonly id?: string | null;
  readonly title?: string | null;
  readonly link?: string | null;
  /** Seconds since 1970. */
  readonly published?: number | null;
  readonly updated?: number | null;
  /** A date of RSS or Atom that the reader hands on as text. */
  readonly date?: string | null;
  /** As a line: several names between commas. */
  readonly author?: string | null;
  readonly tags?: readonly (string | { readonly name: string } | null)[] | null;
  /** Addresses of sounds, films and pictures, in the reader's order; one twice where it is listed twice. */
  readonly files?: readonly (string | null)[] | null;
  readonly number?: number | string | null;
  /** In seconds, or as `hh:mm:ss`. */
  readonly duration?: number | string | null;
  /** What is read of the entry, as the reader hands it on: HTML, or plain text. */
  readonly text?: string | null;
}

/** A reader's result for one document, or the reason why there is none. */
export type Answer = { readonly shown: Shown } | { readonly error: string } | { readonly absent: string };

/** A document on this machine. */
export interface Job {
  readonly document: DocumentName;
  readonly format: FeedFormat;
  readonly file: string;
  readonly url: string;
}
