/** Which pages of the site sitemaps list, and where the sitemaps are. */

import { familyName } from '../../address/name-language.ts';
import { ALL_FEED, permanentFeeds } from '../../feed/membership.ts';
import { latestUpdate } from '../../feed/update.ts';
import { pageAddress, subscriptionPath } from '../../model/addresses.ts';
import type { Entry, PlacedEntry } from '../../model/entry.ts';
import type { Site } from '../../model/site.ts';
import type { Alternate, SitemapLine } from '../../render/sitemap.ts';
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

/** The pages of entries, each with its translations among them: the files of one family, as their names tell. */
export function entryPages(entries: readonly PlacedEntry[], site: Site): readonly SitemapLine[] {
  const own = entries.filter(({ entry }) => isOwnPage(entry, site));
  const families = Map.groupBy(own, ({ key }) => familyName(key));
  return own.map(({ key, entry }) => {
    const members = families.get(familyName(key)) ?? [];
    const versions = new Map(members.map((each) => [each.entry.language ?? site.language, each.entry.url]));
    // Two in one language, or several in one file, are no translations of one another.
    const isFamily = members.length > 1 && versions.size === members.length;
    const alternates = [...versions].map(([language, url]) => ({ language, url }));
    return { url: entry.url, updated: entry.updated, ...(isFamily && { alternates: alternates.sort(byLanguage) }) };
  });
}

function byLanguage(one: Alternate, other: Alternate): number {
  return one.language < other.language ? -1 : 1;
}

/** Whether an entry is at home on this site, where the publisher or another program makes its page. */
export function isOwnPage(entry: Entry, site: Site): boolean {
  return entry.url.startsWith(site.url);
}
