/** The contents of an export, in one shape for every program. */

import type { ExportReport } from './export-report.ts';

/** Somebody as the export names them in public: mail addresses are never taken over. */
export interface ExportedPerson {
  readonly name: string;
  /** Absolute, or null. */
  readonly url: string | null;
}

/** A picture, a sound or another file that a post names. */
export interface ExportedFile {
  /** Absolute. */
  readonly url: string;
  readonly type: string | null;
  readonly lengthBytes: number | null;
  readonly durationSeconds: number | null;
  /** Plain text. */
  readonly title: string | null;
}

export interface ExportedImage {
  /** Absolute. */
  readonly url: string;
  /** Plain text. */
  readonly alt: string | null;
  /** Plain text. */
  readonly caption: string | null;
}

export interface ExportedPost {
  /** Tells it apart from every other post of the export, and is the same in the next export. */
  readonly key: string;
  /** How the export itself calls it, as in `post 64`; without a word of its text. */
  readonly place: string;
  /** A page has an address and is in no feed. */
  readonly kind: 'post' | 'page';
  /** Why it was not public (`draft`, `private` …); null for what everybody could read. */
  readonly held: string | null;
  /** The guid that readers know it by, to the byte; null where it never had one. */
  readonly id: string | null;
  /** Plain text; may be empty. */
  readonly title: string;
  /** RFC 3339, or without an offset for a local time of the site's zone; null where nobody knows. */
  readonly published: string | null;
  readonly updated: string | null;
  /** Absolute address at which it was read; null where it had none of its own. */
  readonly address: string | null;
  /** Absolute addresses, or paths, at which it was before. */
  readonly formerAddresses: readonly string[];
  /** Names that its file may have. */
  readonly slug: string;
  readonly authors: readonly ExportedPerson[];
  readonly categories: readonly string[];
  readonly tags: readonly string[];
  readonly image: ExportedImage | null;
  /** Plain text that the author wrote; never one that a program cut out of the text. */
  readonly summary: string | null;
  /** A tag of BCP 47. */
  readonly language: string | null;
  /** Whether it is longer than any article can be, so that its end was not even read. @default false */
  readonly isCut?: boolean;
  /** Its text as HTML, with the program's own markup resolved. Called once, and only for what is written. */
  readonly html: () => string;
  readonly attachments: readonly ExportedFile[];
  /** Further fields of front matter: those of an episode, `canonical_url`, `external_url`. */
  readonly fields: Readonly<Record<string, FieldValue>>;
}

export type FieldValue = string | number | boolean | readonly FieldValue[] | { readonly [name: string]: FieldValue };

/** The publication as the export describes it; null for what it does not say. */
export interface ExportedSite {
  readonly title: string | null;
  readonly description: string | null;
  /** Its address, with a slash at the end. */
  readonly url: string | null;
  /** The base of its ids, where that is known. */
  readonly id: string | null;
  readonly language: string | null;
  readonly copyright: string | null;
  /** From a path of the old system to one of the new: where its feeds were. */
  readonly redirects: Readonly<Record<string, string>>;
  /** Feeds that hold more than one tag or author. @default none */
  readonly feeds?: readonly ExportedFeed[];
  /** How many entries a feed document of the old system had, so that recent subscribers are given few others. @default not known */
  readonly pageSize?: number;
  /** Settings of a podcast, as docs/podcasts.md names them; null where it is none. */
  readonly podcast: Readonly<Record<string, FieldValue>> | null;
}

/** A feed of entries that have any of some tags. */
export interface ExportedFeed {
  /** By which it has its address. */
  readonly name: string;
  readonly label: string;
  readonly tags: readonly string[];
}

export interface ExportSource {
  /** `WordPress`, `Ghost` … */
  readonly program: string;
  readonly site: ExportedSite;
  /** Addresses that the site has or had, as its posts name it. */
  readonly bases: readonly string[];
  /** How many posts there are, held ones included, as far as that is known. */
  readonly total: number;
  posts(): AsyncIterable<ExportedPost>;
  close(): Promise<void>;
}

/** The options of a reader of exports. */
export interface SourceOptions {
  /** The site's address as the person named it now, else as the folder's settings do; with a slash at the end. */
  readonly url: string | null;
  /** The first of these alone. Ids that are made of it must not change with the settings. */
  readonly namedUrl: string | null;
  /** The zone of local times, where the folder's settings name one. */
  readonly timeZone: string | null;
  /** Whether what was held back is wanted too. */
  readonly drafts: boolean;
  /** Kinds of entries beyond posts and pages that are wanted, by the export's own names. */
  readonly types: readonly string[];
  readonly report: ExportReport;
}

/** A text as Markdown. */
export interface Converted {
  readonly text: string;
  readonly blocks: number;
  /** How many stayed HTML. */
  readonly kept: number;
}
