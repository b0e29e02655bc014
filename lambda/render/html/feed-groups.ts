/** Feeds as people find them: by what they are about. */

import { ALL_FEED } from '../../feed/membership.ts';
import type { Site } from '../../model/site.ts';

/** The groups in the order in which pages show them; each is named by a word of the pages, and by its anchor. */
export const GROUPS = ['sections', 'tags', 'authors', 'languages', 'moreFeeds'] as const;

type FeedGroup = (typeof GROUPS)[number];

/** The group that a feed is in; null for the one with everything. */
export function groupOf(feed: string): FeedGroup | null {
  if (feed === ALL_FEED) return null;
  return GROUPS.find((group) => feed.startsWith(`${group}/`)) ?? 'moreFeeds';
}

/** A feed's title without that of the site before it, which on the site's own pages only repeats itself. */
export function shortTitle(title: string, site: Pick<Site, 'title'>): string {
  const prefix = `${site.title}: `;
  return title.startsWith(prefix) && title.length > prefix.length ? title.slice(prefix.length) : title;
}
