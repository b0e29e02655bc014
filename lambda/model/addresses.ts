/**
 * Where public documents are. A path is a key in the site store: no slash in front, letters as they are. An address is
 * absolute and percent-encoded.
 */

import type { DocumentFormat, FeedFormat, PageHead } from './document.ts';

const INDEX = 'index.html';

const FILE_NAMES = { rss: 'rss.xml', atom: 'atom.xml', json: 'feed.json', html: INDEX } as const satisfies Record<
  DocumentFormat,
  string
>;

export const FEED_FORMATS = ['rss', 'atom', 'json'] as const satisfies readonly FeedFormat[];

/** The formats of every page of a feed: those that readers subscribe to, and the page beside them that people read. */
export const DOCUMENT_FORMATS = [...FEED_FORMATS, 'html'] as const satisfies readonly DocumentFormat[];

export const CONTENT_TYPES = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
  html: 'text/html; charset=utf-8',
} as const satisfies Record<DocumentFormat, string>;

export const OPML_PATH = 'feeds.opml';
/** The page that lists all feeds. */
export const FEEDS_PAGE_PATH = `feeds/${INDEX}`;
export const NOT_FOUND_PATH = '404.html';
/** The style of all pages. */
export const STYLESHEET_PATH = 'feedwright.css';

/** What every publication has once, beside its feeds and articles. */
export const CATALOG_PATHS = [STYLESHEET_PATH, NOT_FOUND_PATH, FEEDS_PAGE_PATH, OPML_PATH] as const;

/** Path of a feed's document: `rss.xml`, `tags/climate/rss.xml`, `tags/climate/archive/<page>/rss.xml`. */
export function documentPath(feed: string, page: PageHead, format: DocumentFormat): string {
  return page.kind === 'archive' ? archivePath(feed, page.name, format) : subscriptionPath(feed, format);
}

export function subscriptionPath(feed: string, format: DocumentFormat): string {
  return `${feedFolder(feed)}${FILE_NAMES[format]}`;
}

export function archivePath(feed: string, pageName: string, format: DocumentFormat): string {
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

/** Path of the page at an article's address, which begins with `/` and is percent-encoded: `/a/` is `a/index.html`. */
export function pagePath(address: string): string {
  const path = decodeURIComponent(address.slice(1));
  return path === '' || path.endsWith('/') ? path + INDEX : path;
}

/** What the addresses of articles begin with. */
export function articlesBase({ articlesUrl, url }: { readonly articlesUrl?: string; readonly url: string }): string {
  return articlesUrl ?? url;
}

/** The address of a path: `siteUrl` ends with a slash; letters of every script are percent-encoded. */
export function publicAddress(siteUrl: string, path: string): string {
  return siteUrl + path.split('/').map(encodeURIComponent).join('/');
}

/** The address at which people know a page: that of its folder. Other paths have the address of their own. */
export function pageAddress(siteUrl: string, path: string): string {
  return publicAddress(siteUrl, path === INDEX || path.endsWith(`/${INDEX}`) ? path.slice(0, -INDEX.length) : path);
}
