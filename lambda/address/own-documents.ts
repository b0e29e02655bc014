/**
 * Where the publisher puts documents of its own, so that no file and no redirect is put there. Articles keep away from
 * more (`reserved-path.ts`).
 */

import {
  DOCUMENT_FORMATS,
  FEEDS_PAGE_PATH,
  NOT_FOUND_PATH,
  OPML_PATH,
  STYLESHEET_PATH,
  subscriptionPath,
} from '../model/addresses.ts';
import type { Site } from '../model/site.ts';
import { isNeverPublic } from '../site/folder/folder-file.ts';
import { slugify } from '../text/slug.ts';
import { folderAddress } from './folder-address.ts';
import { decodePercent } from './percent-encoding.ts';
import { plainPathOf } from './variants.ts';

/** The publisher's documents that belong to no feed, by their paths on the site. */
export const FILES_AT_THE_TOP: ReadonlySet<string> = new Set([
  ...[FEEDS_PAGE_PATH, NOT_FOUND_PATH, OPML_PATH, STYLESHEET_PATH],
  ...['sitemap.xml', 'news-sitemap.xml', 'robots.txt'],
]);
const FILES_OF_A_FEED: ReadonlySet<string> = new Set(DOCUMENT_FORMATS.map((format) => subscriptionPath('all', format)));

const AT_THE_TOP: ReadonlySet<string> = new Set([...FILES_AT_THE_TOP].map((path) => folderAddress(`/${path}`)));
const IN_A_FEED: ReadonlySet<string> = new Set([...FILES_OF_A_FEED].map((path) => folderAddress(`/${path}`)));
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

/**
 * Whether a file of the content store has the name of a document of the publisher's own, or of a compressed copy of one:
 * such as an old site leaves behind. Or it says of a folder what nobody but a program reads. It is never public, whoever refers to it. What is called as a document of a feed is
 * one in every folder: those of feeds that the settings do not define any more stay, too.
 */
export function isOwnFile(key: string): boolean {
  // Letter case doesn't count: some stores don't know it.
  const written = key.toLowerCase();
  const path = plainPathOf(written) ?? written;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    FILES_OF_A_FEED.has(name) || isNeverPublic(written) || FILES_AT_THE_TOP.has(path) || path.startsWith('sitemaps/')
  );
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
