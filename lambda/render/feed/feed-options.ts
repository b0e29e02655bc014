/** What the `feed` package's model says of a feed as a whole, and what a publication has to say beyond that. */

import type { FeedOptions } from 'feed';
import { toUri } from '../../address/outward-address.ts';
import { hasFeedPages } from '../../address/reserved-path.ts';
import { documentPath, pageAddress, publicAddress, subscriptionPath } from '../../model/addresses.ts';
import type { FeedDocument, FeedFormat, PageHead } from '../../model/document.ts';
import type { Podcast } from '../../model/podcast.ts';
import type { Site } from '../../model/site.ts';
import { nameUuid } from '../../text/uuid.ts';
import { laterOf, type Moment } from '../../time/moment.ts';
import { authorsOf, publicationAuthors, type SiteAuthor, type SiteItem } from './site-item.ts';

/** An address in each format. */
type FormatAddresses = Readonly<Record<FeedFormat, string>>;

/** The documents beside this one (RFC 5005). */
type History =
  | { readonly kind: 'complete' }
  /** Nothing is known of them: a model of somebody else's. */
  | { readonly kind: 'unstated' }
  | { readonly kind: 'subscription'; readonly previous: FormatAddresses }
  | {
      readonly kind: 'archive';
      readonly current: FormatAddresses;
      readonly previous: FormatAddresses | null;
      readonly next: FormatAddresses | null;
    };

/** The options of the package, with what it has no place for. */
export interface SiteFeedOptions extends FeedOptions {
  id: string;
  description: string;
  /** Empty where it is not known, as it may be of a model of somebody else's; so may addresses be. */
  language: string;
  link: string;
  /** This document's own addresses. */
  feedLinks: { rss: string; atom: string; json: string };
  /** Minutes for which a reader may keep the document; none for what is sealed. */
  ttl?: number;
  /** `updated` with the offset of its author. */
  readonly updatedMoment: Moment | null;
  readonly authors: readonly SiteAuthor[];
  /** The authors; where there are none, the publication itself. */
  readonly byline: readonly SiteAuthor[];
  /** RSS's channel image. Readers make an icon of it, so it is the site's icon where RSS can have that. */
  readonly channelImage?: string;
  readonly hubs: readonly string[];
  /** What a feed as a whole is about, and who else works on it; a publication says neither. */
  readonly topics?: readonly string[];
  readonly contributors?: readonly SiteAuthor[];
  readonly icon?: string;
  readonly history: History;
  readonly removals: FeedDocument['feed']['removals'];
  /** The podcast's own facts, if the feed is one; its artwork is the feed's image. */
  readonly show?: Podcast;
}

/** The mark of a page that is a part of a history, or all of it. */
export function historyMark({ kind }: History): string {
  return kind === 'complete' || kind === 'archive' ? `<fh:${kind}/>\n` : '';
}

/** What a writer is given: `SiteFeed`, without its writers. */
export interface SiteFeedModel {
  readonly options: SiteFeedOptions;
  readonly items: readonly SiteItem[];
}

/** The namespace in which feeds are named. */
const FEED_NAMESPACE = '5b0bba3ee4a64a5b9bd0dd6a3c6c1d0f';

/** Agrees with the `Cache-Control: max-age=300` of subscription documents. */
const TTL_MINUTES = 5;

/** The options of a document's feed. */
export function feedOptionsOf(document: FeedDocument): SiteFeedOptions {
  const { site, feed, page } = document;
  const sealed = page.kind === 'archive';
  const updated = updatedOf(document);
  const title = feed.title.trim() === '' ? site.title : feed.title;
  const image = feed.podcast?.image ?? site.image;
  const icon = feed.podcast?.image ?? site.icon;
  const channelImage = [icon, image].find(isChannelImage);
  return {
    id: feedIdOf(site, feed.name),
    title,
    description: feed.description.trim() === '' ? title : feed.description,
    language: feed.language,
    link: homePage(document),
    feedLinks: addressesOf(document, page),
    generator: 'Feedwright',
    updatedMoment: updated,
    authors: authorsOf(site.authors),
    byline: publicationAuthors(site),
    // A hub is told of the subscription document alone: nobody subscribes to an archive page.
    hubs: sealed ? [] : site.hubs.map(toUri),
    removals: sealed ? [] : feed.removals,
    history: historyOf(document),
    ...(!sealed && { ttl: TTL_MINUTES }),
    ...(updated !== null && { updated: new Date(updated.at) }),
    ...(icon !== null && { icon: toUri(icon) }),
    ...(site.favicon !== null && { favicon: toUri(site.favicon) }),
    ...(image !== null && { image: toUri(image) }),
    ...(channelImage !== undefined && { channelImage: toUri(channelImage) }),
    ...(site.copyright !== null && { copyright: site.copyright }),
    ...(feed.podcast !== undefined && { show: feed.podcast }),
  };
}

/**
 * As the settings say, else `urn:uuid:…`, a UUID of version 5. It is made from the site's id and the feed's name, and from
 * nothing else, so that it stays the same in all documents of the feed and wherever they are served.
 */
export function feedIdOf({ id, feedIds = {} }: Pick<Site, 'id' | 'feedIds'>, feedName: string): string {
  const stated = Object.hasOwn(feedIds, feedName) ? feedIds[feedName] : undefined;
  return stated ?? `urn:uuid:${nameUuid(FEED_NAMESPACE, `${id}\n${feedName}`)}`;
}

/** The specification allows GIF, JPEG and PNG; an address without an ending may be any of them. */
function isChannelImage(address: string | null): address is string {
  if (address === null) return false;
  const extension = /\.(\w+)$/.exec(toUri(address))?.[1]?.toLowerCase();
  return extension === undefined || /^(?:gif|jpe?g|png)$/.test(extension);
}

/** The page that people read instead of the feed. */
function homePage({ site, feed }: FeedDocument): string {
  return hasFeedPages(feed.name, site) ? pageAddress(site.url, subscriptionPath(feed.name, 'html')) : site.url;
}

/** An archive page's date comes from what is on it: were it the feed's, every new article would change every archive. */
function updatedOf({ feed, page, entries }: FeedDocument): Moment | null {
  if (page.kind !== 'archive') return feed.updated;
  return entries.map((entry) => entry.updated).reduce<Moment | null>((a, b) => (a === null ? b : laterOf(a, b)), null);
}

function historyOf(document: FeedDocument): History {
  const { feed, page, site } = document;
  const archive = (name: string) => addressesOf(document, { kind: 'archive', name, previous: null, next: null });
  switch (page.kind) {
    case 'complete':
      return { kind: 'complete' };
    case 'subscription':
      return { kind: 'subscription', previous: archive(page.previous) };
    case 'archive':
      return {
        kind: 'archive',
        current: eachFormat((format) => publicAddress(site.url, subscriptionPath(feed.name, format))),
        previous: page.previous === null ? null : archive(page.previous),
        next: page.next === null ? null : archive(page.next),
      };
  }
}

function addressesOf({ site, feed }: FeedDocument, page: PageHead): { rss: string; atom: string; json: string } {
  return eachFormat((format) => publicAddress(site.url, documentPath(feed.name, page, format)));
}

function eachFormat(address: (format: FeedFormat) => string): { rss: string; atom: string; json: string } {
  return { rss: address('rss'), atom: address('atom'), json: address('json') };
}
