/**
 * What a source file says, once it is parsed, sanitised and its addresses made absolute, but before anything outside
 * the file (the clock, frozen facts, assets, other articles) has been looked at.
 */

import type { Moment } from '../time/moment.ts';
import type { Episode } from './episode.ts';
import type { Problem } from './problem.ts';

export interface Person {
  readonly name: string | null;
  readonly email: string | null;
  readonly url: string | null;
  readonly avatar: string | null;
}

export interface Tag {
  /** What makes two spellings the same tag, and the last part of its feed's address. */
  readonly slug: string;
  /** As the author wrote it. */
  readonly label: string;
}

/** Media that an article names in its metadata: its hero image, or an attachment. */
export interface MediaReference {
  /** Absolute address under which it is, or will be, public. */
  readonly url: string;
  /** Its key in the content store, or null when it lies elsewhere. */
  readonly key: string | null;
  /** MIME type as the author states it; what the asset's own bytes say goes before it. */
  readonly mimeType: string | null;
  readonly lengthBytes: number | null;
  readonly durationSeconds: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly title: string | null;
  /** Text for those who can't see it. */
  readonly alt: string | null;
  /** Plain text. */
  readonly caption: string | null;
  /** Whose work it is: plain text, `Name / AGENCY`. */
  readonly credit: string | null;
}

export interface Article {
  /** Fingerprint of its fields, in whatever order, and its text: the same under all settings and however it is written. */
  readonly wording: string;
  /** What the author wrote, of one item of a JSON file; null where the whole file is the article. */
  readonly item: ItemSource | null;
  /** An id that the author wrote down (`id`, `guid`), as an IRI; null when it has to be made. */
  readonly id: string | null;
  /** That id to the byte, where it is a plain word and no IRI. */
  readonly word?: string;
  /** The absolute address of the original, when it lies elsewhere (`canonical_url`, `Original url:`). */
  readonly canonicalUrl: string | null;
  /** The article's own address on this site: begins with `/`, percent-encoded. */
  readonly path: string;
  /** Former addresses on this site: begin with `/`. */
  readonly aliases: readonly string[];
  /** Another page that the article is about (a link post): JSON Feed's `external_url`. Absolute. */
  readonly externalUrl: string | null;
  /** Plain text; may be empty. */
  readonly title: string;
  readonly published: Moment | null;
  readonly updated: Moment | null;
  readonly expires: Moment | null;
  /** A field that may hold its date; only where nothing says when it was published. */
  readonly dateHint?: DateHint;
  /** A draft is not published; a hidden article has an address but is in no feed. */
  readonly visibility: 'published' | 'draft' | 'hidden';
  /** What says that it is a page, or that it is none. Absent where nothing does. */
  readonly pageSign?: PageSign;
  /**
   * Words of `status` and its kin that say nothing known of publishing. With any of these, only what is public already
   * stays public.
   */
  readonly unknownStates: readonly UnknownState[];
  /** Why nobody knows whether it may be published. With any of these, only what is public already stays public. */
  readonly doubt?: Doubt;
  readonly authors: readonly Person[];
  readonly contributors: readonly Person[];
  readonly tags: readonly Tag[];
  /** Slug of the first folder of the key, or as the author says; null at the top. */
  readonly section: Tag | null;
  /** BCP 47 tag that the author states; null for the site's. */
  readonly language: string | null;
  /** By its name: it may share slug and canonical address with its original. */
  readonly isTranslation?: true;
  /** Plain text; may be empty. */
  readonly summary: string;
  /** Safe HTML with absolute addresses; may be empty. */
  readonly contentHtml: string;
  readonly image: MediaReference | null;
  readonly attachments: readonly MediaReference[];
  /** Only where it has a sound or a film, and says more of it than any article does. */
  readonly episode?: Episode<MediaReference>;
  /** Plain text; null for the site's. */
  readonly rights: string | null;
  /** Its file states neither a title nor a date: where another takes it in, it is a part of that. */
  readonly isFragment?: true;
  /** Content keys of the files that the body and the metadata refer to, each once, in order of appearance. */
  readonly assetKeys: readonly string[];
  /** What notes name alone, without saying where it lies, by the content key that it would have beside the note. */
  readonly vaultFiles?: Readonly<Record<string, string>>;
  /** Links of the text that may name files of other articles, as `contentHtml` numbers them; absent where there are none. */
  readonly links?: readonly ArticleLink[];
  /** The slug, as the author states it; absent where none is. */
  readonly slug?: string;
}

/** A field that holds a date, under a name that says nothing of publishing, or what was meant for one. */
export interface DateHint {
  /** As the author wrote it. */
  readonly name: string;
  readonly text: string;
  /** Line in the file, from 1; null where the format doesn't tell. */
  readonly line: number | null;
}

/**
 * `stated`: the article says itself that it is a page (`type: page`). `likely`: its name or its place says so. `post`: the
 * article says itself, or its folder does, that it is a post.
 */
export type PageSign = 'stated' | 'likely' | 'post';

/** The attribute in which HTML that is not yet sanitised says that a file is named as notes do. */
export const VAULT_FILE = 'data-vault-file';
/** Behind the address of such a file, in the HTML of an article, until it is known where the file lies. */
export const VAULT_MARK = '?vault-file';

export interface Doubt {
  /** Told of what is not published for it; null where it is as good as a draft, and nobody waits. */
  readonly held: Problem | null;
  /** Told of what goes on. */
  readonly shown: Problem;
}

export interface UnknownState {
  /** As `stateWord` has it. */
  readonly word: string;
  /** Line in the file, from 1; null where the format doesn't tell. */
  readonly line: number | null;
}

export interface ItemSource {
  /** Tells it apart from the other items of its file, whatever the settings are; empty for the only one without an id. */
  readonly name: string;
  /** The file is this item, and no list of items. */
  readonly isAlone: boolean;
  readonly text: string;
  /** What the file says for all of its items, as far as it is this one's too; empty where that is nothing. */
  readonly shared: string;
}

/** An article file holds one article, or several (a JSON array). With any error among the problems it holds none. */
export interface ParsedArticles {
  readonly articles: readonly Article[];
  readonly problems: readonly Problem[];
  /** The file can't be read, and yet says plainly that it is held back: what it showed before goes. */
  readonly isHeldBack?: true;
  /** Every article of the file says itself that it is no draft. @default not all do */
  readonly saysPublic?: boolean;
}

/** A link of a text that may name the file of another article. Where that is has to be looked up. */
export interface ArticleLink {
  /** As the author wrote it. */
  readonly written: string;
  /** The last part of what it names, as `normalName` has it. */
  readonly name: string;
  /** Content keys that it may mean, with or without an ending: the likeliest first, the one relative to the root last. */
  readonly paths: readonly string[];
  /** Whether a file is meant that lies elsewhere, if none lies there. */
  readonly isAnywhere: boolean;
  /** What comes behind the address: `?a#b`; may be empty. */
  readonly rest: string;
  /** Where it leads if it means no file: absolute, with its rest; null where it then leads nowhere. */
  readonly otherwise: string | null;
}

/** How the address of a link begins that leads nowhere by itself. Its number in the list of links comes after it. */
export const LINK_PLACE = 'article-link:';

/** More links of a text are not looked up: they lead where their words say. */
export const LINKS_MAX = 2_000;
