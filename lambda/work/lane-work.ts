/** What each kind of lane does: one row a kind. `lanes.ts` says how lanes are called. */

import { both } from '../store/bounded.ts';
import type { LaneMessage, LaneName } from '../store/queue.ts';
import { workOnAsset } from './asset/asset-work.ts';
import { type FirstReads, readFirst } from './feed/feed-changes.ts';
import { workOnFeed } from './feed/feed-work.ts';
import { workOnCatalog } from './page/catalog-work.ts';
import { fileMessages, workOnPage } from './page/page-work.ts';
import { workOnRobots } from './page/robots-work.ts';
import { workOnSitemap } from './page/sitemap-work.ts';
import { type DocumentCounts, NO_DOCUMENTS } from './protocol/documents.ts';
import { type LaneKind, parseLane } from './protocol/lanes.ts';
import { workOnName } from './protocol/name-index.ts';
import type { Ports } from './protocol/ports.ts';
import { type GoodSite, isPublicStaticFile, publicSiteAssets, readSite, type SiteState } from './protocol/site-work.ts';
import { workOnReconcile } from './upkeep/reconcile-work.ts';

/** What became of lane work. */
export interface LaneOutcome extends DocumentCounts {
  /** Of a reconciliation that came to its end: how many removals wait for a person. */
  readonly heldCount?: number;
}

/** One run in a lane. */
interface LaneRun {
  readonly ports: Ports;
  readonly lane: LaneName;
  /** As in `Lane`. */
  readonly subject: string;
  readonly messages: readonly LaneMessage[];
  /** Of a feed alone. */
  readonly first: FirstReads | null;
  readonly settings: SiteState & GoodSite;
}

const WORKERS: { readonly [Kind in LaneKind]: (run: LaneRun) => Promise<LaneOutcome> } = {
  feed: ({ ports, settings, subject, messages, first }) => workOnFeed(ports, settings, subject, messages, first),
  page: ({ ports, settings, subject }) => workOnPage(ports, settings.site, subject),
  asset: workOnAssetLane,
  links: workOnLinksLane,
  robots: ({ ports, settings }) => workOnRobots(ports, settings.site),
  catalog: ({ ports, settings, messages }) => workOnCatalog(ports, settings, messages),
  sitemap: ({ ports, settings }) => workOnSitemap(ports, settings),
  reconcileAll: workOnReconcileLane,
  reconcile: workOnReconcileLane,
  repair: workOnRepairLane,
};

/** Brings one lane up to date. No two runs in one lane at the same time. Without settings there is nothing to do. */
export async function workOnLane(ports: Ports, lane: LaneName, messages: readonly LaneMessage[]): Promise<LaneOutcome> {
  const { kind, subject } = parseLane(lane);
  const [stored, first] = await both(
    readSite(ports),
    kind === 'feed' ? readFirst(ports, subject, messages) : Promise.resolve(null),
  );
  const { site } = stored.value;
  if (site === null) return NO_DOCUMENTS;
  return WORKERS[kind]({ ports, lane, subject, messages, first, settings: { ...stored.value, site } });
}

async function workOnAssetLane({ ports, settings, subject: key, messages }: LaneRun): Promise<LaneOutcome> {
  const formerArticles = messages.flatMap((message) => message.key ?? []);
  const isSites = publicSiteAssets(settings).includes(key) || isPublicStaticFile(settings, key);
  const counts = await workOnAsset(ports, key, isSites, formerArticles);
  const pages = await fileMessages(ports, settings.site, key);
  if (pages.length > 0) await ports.queue.sendLaneWork(pages);
  return counts;
}

async function workOnLinksLane({ ports, subject, messages }: LaneRun): Promise<LaneOutcome> {
  await workOnName(ports, subject, messages);
  return NO_DOCUMENTS;
}

async function workOnReconcileLane({ ports, lane, messages }: LaneRun): Promise<LaneOutcome> {
  const heldCount = await workOnReconcile(ports, lane, messages);
  return heldCount === null ? NO_DOCUMENTS : { ...NO_DOCUMENTS, heldCount };
}

async function workOnRepairLane({ ports, settings, messages }: LaneRun): Promise<LaneOutcome> {
  const { workOnRepair } = await import('./upkeep/repair-work.ts');
  await workOnRepair(ports, settings.site, messages);
  return NO_DOCUMENTS;
}
