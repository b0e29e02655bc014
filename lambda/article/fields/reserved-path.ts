/**
 * The addresses that the publisher itself writes, or may write one day: an article there would overwrite a feed, or be
 * overwritten by one.
 */

import { FEED_FORMATS, subscriptionPath } from '../../addresses.ts';
import type { Site } from '../../site/site.ts';

/** First parts of paths under which everything is the publisher's. */
const RESERVED_FIRST_PARTS: ReadonlySet<string> = new Set([
  ...FEED_FORMATS.map((format) => subscriptionPath('all', format)),
  ...[
    'feeds.opml',
    'sitemap.xml',
    'news-sitemap.xml',
    'sitemaps',
    'robots.txt',
    'favicon.ico',
    'index.html',
    'site.yaml',
  ],
  ...['archive', 'tags', 'authors', 'sections', 'languages', '_preview'],
]);

/** In the folder of a feed that the site defines. */
const RESERVED_IN_FEED: ReadonlySet<string> = new Set([
  ...['', 'index.html', 'archive'],
  ...FEED_FORMATS.map((format) => subscriptionPath('all', format)),
]);

/** `path` begins with `/` and is percent-encoded. Letter case doesn't count: some stores don't know it. */
export function isReservedPath(path: string, site: Pick<Site, 'feeds'>): boolean {
  const parts = path
    .toLowerCase()
    .slice(1)
    .split('/')
    .map((part) => plainPart(part));
  const [first = ''] = parts;
  if (first === '' || RESERVED_FIRST_PARTS.has(first)) return true;
  return site.feeds.some(({ name }) => {
    const folder = name.split('/');
    if (!folder.every((part, index) => parts[index] === part)) return false;
    return RESERVED_IN_FEED.has(parts[folder.length] ?? '');
  });
}

/** Decoded, and without the ending of a compressed copy. */
function plainPart(part: string): string {
  try {
    return decodeURIComponent(part)
      .toLowerCase()
      .replace(/\.(?:gz|br)$/, '');
  } catch {
    return part;
  }
}
