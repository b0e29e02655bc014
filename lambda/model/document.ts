/**
 * What a renderer is given: one page of one feed, with everything that the document says. Renderers are pure: the same
 * `FeedDocument` gives the same bytes, whenever and wherever.
 */

import type { Moment } from '../time/moment.ts';
import type { Entry } from './entry.ts';
import type { Podcast } from './podcast.ts';
import type { Site } from './site.ts';

/** What people subscribe to. */
export type FeedFormat = 'rss' | 'atom' | 'json';
/** And the page beside it, for whoever opens the feed in a browser. */
export type DocumentFormat = FeedFormat | 'html';

export interface FeedDocument {
  readonly site: Site;
  readonly feed: FeedHead;
  readonly page: PageHead;
  /** Newest first. */
  readonly entries: readonly Entry[];
}

/** What all documents of one feed share. */
export interface FeedHead {
  /** `all`, `tags/<slug>`, `authors/<slug>`, `sections/<slug>`, `languages/<tag>`, or a name the site defines. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly language: string;
  /** The greatest of its entries' `updated` and of its last removal; null for a feed that never had an entry. */
  readonly updated: Moment | null;
  readonly content: 'full' | 'summary';
  /** Of a feed that is a podcast. */
  readonly podcast?: Podcast;
  /** Removals of the last 30 days, newest first; empty unless the site announces them. */
  readonly removals: readonly { readonly id: string; readonly at: Moment }[];
}

/** Which run of the feed's entries a document holds (RFC 5005). Page names are as in their archive addresses. */
export type PageHead =
  /** The one page of a feed that has no archive. */
  | { readonly kind: 'complete' }
  /** The newest page, to which people subscribe. */
  | { readonly kind: 'subscription'; readonly previous: string }
  | { readonly kind: 'archive'; readonly name: string; readonly previous: string | null; readonly next: string | null };
