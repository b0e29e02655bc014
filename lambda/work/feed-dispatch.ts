/** Feed work by the name of the feed: a feed of entries, or what has a name of its own (`@…`) to have one writer at a time. */

import { CATALOG_FEED } from '../state/catalog.ts';
import { REBUILD_FEED } from '../state/rebuild-state.ts';
import { SWEEP_FEED_PREFIX } from '../state/sweep-state.ts';
import type { FeedMessage } from '../store/queue.ts';
import { ASSET_FEED_PREFIX, workOnAsset } from './article/asset-work.ts';
import { type DocumentCounts, NO_DOCUMENTS } from './documents.ts';
import { workOnFeed } from './feed/feed-work.ts';
import { workOnCatalog } from './page/catalog-work.ts';
import { fileMessages } from './page/page-messages.ts';
import { workOnPage } from './page/page-work.ts';
import { PAGE_FEED_PREFIX } from './page/redirect-work.ts';
import { ROBOTS_FEED, workOnRobots } from './page/robots-work.ts';
import { SITEMAP_FEED } from './page/sitemap-pages.ts';
import { workOnSitemap } from './page/sitemap-work.ts';
import type { Ports } from './ports.ts';
import { publicSiteAssets, readSite } from './upkeep/site-work.ts';
import { workOnSweep } from './upkeep/sweep-work.ts';

/** What became of feed work. */
export interface FeedOutcome extends DocumentCounts {
  /** Of a comparison that came to its end: how many removals wait for a person. */
  readonly heldCount?: number;
}

/** Brings one feed up to date. No two runs for one feed at the same time. */
export async function dispatchFeedWork(
  ports: Ports,
  feed: string,
  messages: readonly FeedMessage[],
): Promise<FeedOutcome> {
  const state = (await readSite(ports)).value;
  const { site, revision } = state;
  if (site === null) return NO_DOCUMENTS;
  if (feed === REBUILD_FEED) {
    const { workOnRebuild } = await import('./upkeep/rebuild-work.ts');
    await workOnRebuild(ports, site, messages);
    return NO_DOCUMENTS;
  }
  if (feed.startsWith(SWEEP_FEED_PREFIX)) {
    const heldCount = await workOnSweep(ports, feed, messages);
    return heldCount === null ? NO_DOCUMENTS : { ...NO_DOCUMENTS, heldCount };
  }
  if (feed === ROBOTS_FEED) return workOnRobots(ports, site);
  if (feed === SITEMAP_FEED) return workOnSitemap(ports, { site, revision });
  if (feed.startsWith(ASSET_FEED_PREFIX)) {
    const key = feed.slice(ASSET_FEED_PREFIX.length);
    const counts = await workOnAsset(
      ports,
      key,
      publicSiteAssets(state).includes(key),
      messages.flatMap((message) => message.key ?? []),
    );
    const pages = await fileMessages(ports, site, key);
    if (pages.length > 0) await ports.queue.sendFeedWork(pages);
    return counts;
  }
  if (feed.startsWith(PAGE_FEED_PREFIX)) return workOnPage(ports, site, feed.slice(PAGE_FEED_PREFIX.length));
  if (feed === CATALOG_FEED) return workOnCatalog(ports, { site, revision }, messages);
  return workOnFeed(ports, { site, revision }, feed, messages);
}
