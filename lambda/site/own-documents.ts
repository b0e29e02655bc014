/** Where the publisher puts documents of its own, so that nothing else is put there. */

import {
  DOCUMENT_FORMATS,
  FEEDS_PAGE_PATH,
  NOT_FOUND_PATH,
  OPML_PATH,
  STYLESHEET_PATH,
  subscriptionPath,
} from '../addresses.ts';
import { slugify } from '../article/fields/slug.ts';
import { folderAddress } from '../folder-address.ts';
import { decodePercent } from '../percent-encoding.ts';
import type { Site } from './site.ts';

const AT_THE_TOP: ReadonlySet<string> = new Set(
  [FEEDS_PAGE_PATH, NOT_FOUND_PATH, OPML_PATH, STYLESHEET_PATH, 'sitemap.xml', 'news-sitemap.xml', 'robots.txt'].map(
    (path) => folderAddress(`/${path}`),
  ),
);
const IN_A_FEED: ReadonlySet<string> = new Set(
  DOCUMENT_FORMATS.map((format) => folderAddress(`/${subscriptionPath('all', format)}`)),
);
const NAMED_AFTER_ENTRIES: ReadonlySet<string> = new Set(['tags', 'authors', 'sections', 'languages']);

/**
 * Whether the publisher has, or may one day have, a document at an address: there a feed or its archive, its page, a
 * list. What lies deeper in the folder of a feed is free, and so is a folder named after no slug.
 *
 * @param address begins with a slash, percent-encoded
 */
export function isOwnDocument(address: string, site: Pick<Site, 'feeds'>): boolean {
  const path = folderAddress(address);
  if (AT_THE_TOP.has(path) || path.startsWith('/sitemaps/') || path.startsWith('/_preview/')) return true;
  return feedFolders(path, site).some((folder) => {
    const rest = path.slice(folder.length);
    return IN_A_FEED.has(rest) || rest.startsWith('/archive/');
  });
}

/** The folders of feeds that a path is in, without the slash at their ends. */
function feedFolders(path: string, site: Pick<Site, 'feeds'>): readonly string[] {
  const [, kind = '', slug = ''] = path.split('/');
  const isNamed = NAMED_AFTER_ENTRIES.has(kind) && slug !== '' && isSlug(slug);
  const defined = site.feeds.map(({ name }) => `/${name}`).filter((folder) => path.startsWith(`${folder}/`));
  return ['', ...(isNamed ? [`/${kind}/${slug}`] : []), ...defined];
}

function isSlug(part: string): boolean {
  const text = decodePercent(part);
  return text !== null && slugify(text) === text;
}
