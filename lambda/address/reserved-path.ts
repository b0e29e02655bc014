/**
 * The addresses that the publisher itself writes, or may write one day: an article there would overwrite a feed, or be
 * overwritten by one. Articles keep away from whole folders (`/tags/…`), whatever becomes of them; files and redirects,
 * which an old site has at addresses of its own choice, only from the documents themselves (`own-documents.ts`).
 */

import { DOCUMENT_FORMATS, FEEDS_PAGE_PATH, subscriptionPath } from '../model/addresses.ts';
import type { Site } from '../model/site.ts';
import { QUERY_FOLDER } from './folder-address.ts';
import { FILES_AT_THE_TOP } from './own-documents.ts';
import { decodePercent } from './percent-encoding.ts';

/** First parts of paths under which everything is the publisher's. */
const RESERVED_FIRST_PARTS: ReadonlySet<string> = new Set([
  ...DOCUMENT_FORMATS.map((format) => subscriptionPath('all', format)),
  ...FILES_AT_THE_TOP,
  ...['sitemaps', 'favicon.ico', 'site.yaml'],
  ...['archive', 'tags', 'authors', 'sections', 'languages', '_preview', QUERY_FOLDER],
]);

/** In the folder of a feed that the site defines. */
const RESERVED_IN_FEED: ReadonlySet<string> = new Set([
  ...['', 'archive'],
  ...DOCUMENT_FORMATS.map((format) => subscriptionPath('all', format)),
]);

/** The page that lists all feeds; what lies further down is free. */
const FEEDS_PAGE_PLACES: ReadonlySet<string> = new Set(['feeds', 'feeds/', FEEDS_PAGE_PATH]);

/** `path` begins with `/` and is percent-encoded. Letter case doesn't count: some stores don't know it. */
export function isReservedPath(path: string, site: Pick<Site, 'feeds'>): boolean {
  const parts = path
    .toLowerCase()
    .slice(1)
    .split('/')
    .map((part) => plainPart(part));
  const [first = ''] = parts;
  if (first === '' || RESERVED_FIRST_PARTS.has(first) || FEEDS_PAGE_PLACES.has(parts.join('/'))) return true;
  return site.feeds.some(({ name }) => {
    const folder = name.split('/');
    if (!folder.every((part, index) => parts[index] === part)) return false;
    return RESERVED_IN_FEED.has(parts[folder.length] ?? '');
  });
}

/**
 * Whether a feed has pages that people read, beside its documents. The addresses of one that the settings do not define
 * any more are free for articles.
 */
export function hasFeedPages(feed: string, site: Pick<Site, 'feeds'>): boolean {
  return isReservedPath(`/${subscriptionPath(feed, 'html')}`, site);
}

/** Decoded, and without the ending of a compressed copy. */
function plainPart(part: string): string {
  const text = decodePercent(part);
  return text === null ? part : text.toLowerCase().replace(/\.(?:gz|br)$/, '');
}
