/**
 * Where public documents are. A path is a key in the site store: no slash in front, letters as they are. An address is
 * absolute and percent-encoded.
 */

import type { FeedFormat, PageHead } from './render/document.ts';

const FILE_NAMES = { rss: 'rss.xml', atom: 'atom.xml', json: 'feed.json' } as const satisfies Record<
  FeedFormat,
  string
>;

export const FEED_FORMATS = ['rss', 'atom', 'json'] as const satisfies readonly FeedFormat[];

export const CONTENT_TYPES = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
} as const satisfies Record<FeedFormat, string>;

export const OPML_PATH = 'feeds.opml';

/** Path of a feed's document: `rss.xml`, `tags/climate/rss.xml`, `tags/climate/archive/<page>/rss.xml`. */
export function documentPath(feed: string, page: PageHead, format: FeedFormat): string {
  return page.kind === 'archive' ? archivePath(feed, page.name, format) : subscriptionPath(feed, format);
}

export function subscriptionPath(feed: string, format: FeedFormat): string {
  return `${feedFolder(feed)}${FILE_NAMES[format]}`;
}

export function archivePath(feed: string, pageName: string, format: FeedFormat): string {
  return `${archiveFolder(feed)}${pageName}/${FILE_NAMES[format]}`;
}

/** Where all archive documents of a feed are; ends with a slash. */
export function archiveFolder(feed: string): string {
  return `${feedFolder(feed)}archive/`;
}

/** Folder of a feed's documents: empty for `all`, else its name and a slash. */
function feedFolder(feed: string): string {
  return feed === 'all' ? '' : `${feed}/`;
}

/** The address of a path: `siteUrl` ends with a slash; letters of every script are percent-encoded. */
export function publicAddress(siteUrl: string, path: string): string {
  return siteUrl + path.split('/').map(encodeURIComponent).join('/');
}
