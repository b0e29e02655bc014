/** Which pages of the site sitemaps list, and where the sitemaps are. */

import { ALL_FEED, permanentFeeds } from '../../feed/membership.ts';
import { latestUpdate } from '../../feed/update.ts';
import { pageAddress, subscriptionPath } from '../../model/addresses.ts';
import type { Entry } from '../../model/entry.ts';
import type { Site } from '../../model/site.ts';
import type { SitemapLine } from '../../render/sitemap.ts';
import type { FeedRoot } from '../../state/root.ts';
import { laterOf, type Moment } from '../../time/moment.ts';

export const SITEMAP_PATH = 'sitemap.xml';
export const NEWS_SITEMAP_PATH = 'news-sitemap.xml';
export const SITEMAP_TYPE = 'application/xml; charset=utf-8';

/** The pages of the feeds that are always there, the home page first. */
export function feedPages(site: Site, root: FeedRoot): readonly SitemapLine[] {
  return permanentFeeds(site).map((feed) => ({
    url: pageAddress(site.url, subscriptionPath(feed, 'html')),
    updated: feed === ALL_FEED ? latestOf(root) : null,
  }));
}

/** The greatest date of what is in the feed now. */
function latestOf({ newest, archive }: FeedRoot): Moment | null {
  const updated = latestUpdate(newest);
  return updated === null || archive === null
    ? (updated ?? archive?.updated ?? null)
    : laterOf(updated, archive.updated);
}

/** Whether an entry is at home on this site, where the publisher or another program makes its page. */
export function isOwnPage(entry: Entry, site: Site): boolean {
  return entry.url.startsWith(site.url);
}
