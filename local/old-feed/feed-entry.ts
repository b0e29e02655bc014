/** A feed and its entries, in one shape for every format. */

import type { ExportedFile, ExportedImage, ExportedPerson, FieldValue } from '../import/model/exported.ts';

export interface FeedEntry {
  /** As the feed has it: RSS' guid, Atom's and JSON Feed's id; null where there is none. */
  readonly id: string | null;
  /** The id with the white space around it, which some readers count. @default there is none around it */
  readonly writtenId?: string;
  /** Plain text. */
  readonly title: string;
  /** The title's own text, where that is HTML: what a reader shows that reads no HTML in titles. @default the title */
  readonly writtenTitle?: string;
  readonly link: string | null;
  /** As written. */
  readonly published: string | null;
  /** Whether the feed says only when the entry was changed, and `published` is that. @default it says more */
  readonly isChangeAlone?: true;
  readonly updated: string | null;
  readonly authors: readonly ExportedPerson[];
  readonly tags: readonly string[];
  /** HTML; null where the feed has a summary alone. */
  readonly content: string | null;
  /** Plain text; null where the feed has none. */
  readonly summary: string | null;
  /** Addresses in the text are relative to this. */
  readonly base: string | null;
  readonly image: ExportedImage | null;
  readonly attachments: readonly ExportedFile[];
  readonly language: string | null;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

export interface FeedPage {
  readonly format: 'RSS' | 'Atom' | 'JSON Feed';
  /** The feed's own id, which only Atom has. */
  readonly id: string | null;
  readonly title: string | null;
  readonly description: string | null;
  /** The page for people. */
  readonly home: string | null;
  /** Its own address. */
  readonly self: string | null;
  readonly language: string | null;
  readonly copyright: string | null;
  readonly generator: string;
  /** The page with what is older: RFC 5005, or JSON Feed's `next_url`. */
  readonly older: string | null;
  readonly entries: readonly FeedEntry[];
  /** The site’s id, of which Feedwright has made ids for Atom. */
  readonly siteId: string | null;
  readonly podcast: Readonly<Record<string, FieldValue>> | null;
}
