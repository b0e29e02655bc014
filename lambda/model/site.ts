/**
 * The settings of the whole publication, as `site.yaml` beside the articles states them and with every default filled
 * in. Renderers and parsers take a `Site` and need nothing else.
 */

import type { HeadingIds } from '../text/heading-id.ts';
import type { Article, Person } from './article.ts';
import type { Podcast } from './podcast.ts';

export interface Site {
  /** What ids are made from: `id`, else the stated `url`, else the title. Never the address served from by chance. */
  readonly id: string;
  readonly title: string;
  /** Plain text; may be empty. */
  readonly description: string;
  /** Base address: absolute, ends with a slash, http or https. */
  readonly url: string;
  /** Where the pages of articles stand when that is another host: absolute, ends with a slash. Absent: at `url`. */
  readonly articlesUrl?: string;
  /** BCP 47. */
  readonly language: string;
  /** The languages that get a feed of their own even when they are the site's; from `languages`. */
  readonly languages: readonly string[];
  /** IANA name, for dates written without a zone. */
  readonly timeZone: string;
  /** Whether site.yaml says so. @default it is the publisher's own choice */
  readonly isTimeZoneStated?: boolean;
  /** How dates without a zone are read where a system has rules of its own. Absent: all in `timeZone`. */
  readonly dates?: 'jekyll';
  /** The authors of what names none. */
  readonly authors: readonly Person[];
  /** People by the short name that articles may use for them. */
  readonly people: Readonly<Record<string, Person>>;
  /** Content keys of files of the folder that name people: a short name that nobody knows may be missing there. */
  readonly peopleFiles?: readonly string[];
  /** How tags are called by the names that articles have for them, as files of the folder say. */
  readonly tagLabels?: Readonly<Record<string, string>>;
  /** Absolute addresses; null when the site has none. */
  readonly icon: string | null;
  readonly favicon: string | null;
  /** The channel image of RSS and the logo of Atom. */
  readonly image: string | null;
  /** Plain text. */
  readonly copyright: string | null;
  /** Absolute addresses of WebSub hubs. */
  readonly hubs: readonly string[];
  /** About how many entries a feed document holds, save for podcasts; even, 10 to 200. Pages are cut with half of it. */
  readonly pageSize: number;
  /** Whether documents carry the whole content or the summary only; feeds of the site's own may differ. */
  readonly content: 'full' | 'summary';
  /** Which feeds are made by themselves. */
  readonly automatic: {
    readonly tags: boolean;
    readonly authors: boolean;
    readonly sections: boolean;
    readonly languages: boolean;
  };
  /**
   * From how many entries on the feed of a tag, an author or a section has documents. What was public stays. @default 1
   */
  readonly feedMinimum?: number;
  /** Feeds that the site defines, by name. */
  readonly feeds: readonly FeedDefinition[];
  /** Atom's own ids of feeds, by the names of these, where they are those of another system. @default made of the site's id */
  readonly feedIds?: Readonly<Record<string, string>>;
  /** Pattern of article addresses (`/:year/:month/:slug/`); null for the key without its extension. */
  readonly permalink: string | null;
  /** The system by whose rule articles have addresses where no pattern says one. @default the publisher's own rule */
  readonly addresses?: AddressSystem;
  /** The system by whose rule headings have ids. @default github */
  readonly headingIds?: HeadingIds;
  /** Whether straight quotation marks, two hyphens and three dots of Markdown are typographic ones. @default they stay */
  readonly typographer?: boolean;
  /** How ids of what is published for the first time are made. @default the publisher makes UUIDs of its own */
  readonly ids?: SiteIds;
  /**
   * From an old path on this site (begins with `/`) to a path on it or an absolute address; percent-encoded. One with a query
   * is the path that stands for it (address/former/query-address.ts).
   */
  readonly redirects: Readonly<Record<string, string>>;
  /**
   * What words of `status` and its kin mean here, before all that is known of them: by the word as `stateWord` has it, or
   * `*` for all that are unknown. Absent where the settings say nothing of them.
   */
  readonly statuses?: Readonly<Record<string, Article['visibility']>>;
  /** Whether there is a news sitemap: the articles of the last two days, for Google News. */
  readonly newsSitemap: boolean;
  /** The pages that people read instead of the feeds. */
  readonly pages: PageSettings;
  /** Whether removals are announced as RFC 6721 deleted entries in Atom. */
  readonly deletedEntries: boolean;
  /** Which warnings `check --feeds` gives of what readers are known to show wrongly; absent where the settings don't say: all. */
  readonly readerWarnings?: Readonly<Record<ReaderWarning, boolean>>;
}

/** A system whose rule for addresses is known. */
export type AddressSystem =
  | 'hugo'
  | 'jekyll'
  | 'eleventy'
  | 'pelican'
  | 'nikola'
  | 'hexo'
  | 'mkdocs'
  | 'astro'
  | 'vitepress'
  | 'docusaurus'
  | 'zola';

/**
 * Forms in which other systems write ids (feed/entry/id-forms.ts). Those that differ in nothing share a name: `permalink` is
 * Hugo's, Eleventy's, Hexo's, Nikola's, MkDocs' and Astro's.
 */
export const ID_FORMS = [
  'permalink',
  'permalink-without-slash',
  'jekyll',
  'pelican',
  'docusaurus',
  'vitepress',
] as const;

export interface SiteIds {
  readonly form: (typeof ID_FORMS)[number];
  /** The site's address as site.yaml states it, with a slash at its end; never another at which it happens to be served. */
  readonly url: string;
}

/** What is valid, and yet shown wrongly by some reader. */
export type ReaderWarning =
  | 'addressIds'
  | 'descriptionMarkup'
  | 'keptIds'
  | 'longPodcasts'
  | 'mailAddresses'
  | 'oldDates'
  | 'severalAuthors'
  | 'severalSounds'
  | 'tagAmpersands'
  | 'titleMarkup';

export interface PageSettings {
  /** Whether every article gets a page at its address; not where another program makes those. */
  readonly articles: boolean;
  /** The colour of links, `#rrggbb` in lower case; null for the publisher's own. */
  readonly accent: string | null;
  /** Absolute address of a stylesheet that comes after the publisher's own; null without one. */
  readonly stylesheet: string | null;
  /** Absolute address of the picture at the top of every page, in place of the site's title; null without one. */
  readonly logo: string | null;
  /** Patterns of content keys that are pages and no posts. Absent where the settings name none. */
  readonly files?: readonly string[];
  /** Patterns of content keys that are posts, although they look like pages. */
  readonly posts?: readonly string[];
  /** Links at the top of every page, in order. */
  readonly menu?: readonly MenuLink[];
}

export interface MenuLink {
  readonly title: string;
  /** Absolute. */
  readonly url: string;
}

/** A feed that the site defines: the entries that pass every filter that is given. */
export interface FeedDefinition {
  /** Lower case, `a-z0-9-`, several parts joined by `/`; not one of the publisher's own names. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly content: 'full' | 'summary';
  /** Slugs; an entry passes a filter when it has any of its values. Null: no such filter. */
  readonly tags: readonly string[] | null;
  readonly authors: readonly string[] | null;
  readonly sections: readonly string[] | null;
  readonly languages: readonly string[] | null;
  /** Slugs of tags that keep an entry out. */
  readonly withoutTags: readonly string[];
  /** What makes it a podcast: then it holds the entries with a sound or a film, and nothing else. */
  readonly podcast?: Podcast;
}
