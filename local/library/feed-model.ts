/** A feed as the npm package `feed` models it, so that a program that builds such a model needs to change nothing else. */

export interface FeedModel {
  readonly options: FeedOptions;
  readonly items: readonly FeedItem[];
  /** Topics of the feed as a whole. */
  readonly categories?: readonly string[];
  readonly contributors?: readonly FeedAuthor[];
  readonly extensions?: readonly FeedExtension[];
}

export interface FeedOptions {
  /** An IRI of the feed, which never changes. @default `link` */
  readonly id?: string;
  /** Plain text. */
  readonly title: string;
  /** Plain text. @default `title` */
  readonly description?: string;
  /** The page that people read instead of the feed: an absolute address of http or https. It has to be there. */
  readonly link?: string;
  /** The documents' own addresses, absolute. A document whose address is not known does not say where it is. */
  readonly feedLinks?: { readonly rss?: string; readonly atom?: string; readonly json?: string };
  /** The address in RSS and Atom, where `feedLinks` does not say it. */
  readonly feed?: string;
  /** BCP 47. @default nothing is said */
  readonly language?: string;
  /** @default the greatest of the items' */
  readonly updated?: Date;
  /** `false` leaves it out. @default Feedwright */
  readonly generator?: string | false;
  /** Minutes for which a reader may keep the document. */
  readonly ttl?: number;
  /** An absolute address of a WebSub hub. */
  readonly hub?: string;
  /** Absolute addresses of pictures. */
  readonly image?: string;
  readonly favicon?: string;
  /** Plain text. */
  readonly copyright?: string;
  /** Of what names no author. */
  readonly author?: FeedAuthor;
  /** Address of a stylesheet (XSLT) for browsers. */
  readonly stylesheet?: string;
  /** Whether it is a podcast: then it holds what directories ask for. Its address in RSS has to be there. */
  readonly podcast?: boolean;
  /** Of a podcast: one of Apple's categories. */
  readonly category?: string;
}

export interface FeedItem {
  /** Plain text. */
  readonly title: string;
  /** An absolute address. */
  readonly link: string;
  /** Never changes. @default `link` */
  readonly id?: string;
  /** The id in RSS. @default `id` */
  readonly guid?: string;
  /** When it was last changed. */
  readonly date: Date;
  /** @default `date` */
  readonly published?: Date;
  /** HTML or plain text: what it is about, in short. */
  readonly description?: string;
  /** HTML. @default `description`, where that has markup */
  readonly content?: string;
  readonly category?: readonly FeedCategory[];
  readonly author?: readonly FeedAuthor[];
  readonly contributor?: readonly FeedAuthor[];
  /** Plain text. */
  readonly copyright?: string;
  /** Absolute addresses, or what is known of the files. */
  readonly image?: string | FeedEnclosure;
  readonly audio?: string | FeedEnclosure;
  readonly video?: string | FeedEnclosure;
  readonly enclosure?: FeedEnclosure;
  readonly extensions?: readonly FeedExtension[];
}

/** Data of one's own. JSON Feed has a place for it where the name begins with an underscore; RSS and Atom have none. */
export interface FeedExtension {
  readonly name: string;
  readonly objects: Readonly<Record<string, unknown>>;
}

export interface FeedAuthor {
  readonly name?: string;
  readonly email?: string;
  /** Absolute addresses. */
  readonly link?: string;
  readonly avatar?: string;
}

export interface FeedCategory {
  readonly name?: string;
  readonly term?: string;
  /** An IRI that says whose category it is; `scheme` goes before `domain`. */
  readonly scheme?: string;
  readonly domain?: string;
}

export interface FeedEnclosure {
  readonly url: string;
  /** A media type. @default by the ending of the address */
  readonly type?: string;
  /** In bytes. */
  readonly length?: number;
  readonly title?: string;
  /** In seconds. */
  readonly duration?: number;
}
