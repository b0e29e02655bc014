/**
 * The publisher: everything that happens to one upload, and nothing about where it runs.
 *
 * Work comes in two kinds. *Article work* finds out what a source file now is and writes it into the file's record, in
 * any order and by any number of workers at once (work/article/article-work.ts). *Lane work* has one writer at a time for
 * each lane, which the queue sees to. Every feed is a lane: its writer applies records to it and writes its documents. So is
 * every page, every asset, and each thing that spans feeds (work/protocol/lanes.ts names them all).
 *
 * Code that only some work needs (readers of articles, assets and settings, renderers: most of the code) is imported
 * when that work comes, so that a cold start is short.
 *
 * docs/architecture/crashes.md says what must hold, whatever crashes, repeats, races or arrives late.
 */

import { tooManyFeeds } from './feed/feed-count.ts';
import { ALL_FEED } from './feed/membership.ts';
import { CATALOG_PATHS, FEED_FORMATS, subscriptionPath } from './model/addresses.ts';
import type { HeldRemovals, RemovalConsent } from './model/mass-removal.ts';
import { isError, type Problem, tellOnce } from './model/problem.ts';
import type { Site } from './model/site.ts';
import { readCatalog } from './state/catalog.ts';
import { readJson } from './state/json-object.ts';
import { RECORDS_PREFIX, rootKey } from './state/keys.ts';
import { type KnownOutlines, outlineOf, type RecordOutline } from './state/outline.ts';
import type { ArticleRecord } from './state/record.ts';
import type { RepairCounts } from './state/repair-state.ts';
import type { FeedRoot } from './state/root.ts';
import { mapBounded } from './store/bounded.ts';
import { compareKeys } from './store/keys.ts';
import type { ArticleMessage, HubMessage, LaneMessage, LaneName } from './store/queue.ts';
import { compareWith } from './store/store.ts';
import type { ArticleOutcome } from './work/article/article-work.ts';
import { findDeadLinks } from './work/article/dead-links.ts';
import { findLostFolderFiles } from './work/article/folder-look.ts';
import { findHeldBack } from './work/article/folder-problems.ts';
import { type HubOutcome, workOnHubs } from './work/feed/hub-work.ts';
import type { LaneOutcome } from './work/lane-work.ts';
import { findCovered } from './work/page/redirect-problems.ts';
import { ROBOTS_KEY } from './work/page/robots-work.ts';
import { SITEMAP_PATH } from './work/page/sitemap-pages.ts';
import type { DocumentCounts } from './work/protocol/documents.ts';
import { workOnDue } from './work/protocol/due-work.ts';
import type { Ports } from './work/protocol/ports.ts';
import { readHeldRemovals } from './work/protocol/removal-work.ts';
import { noticeDeployment, readStoredSite, reconcileAll, workOnSite } from './work/protocol/site-work.ts';
import { beginReconcile } from './work/upkeep/reconcile-work.ts';
import { problemsOf } from './work/upkeep/whole-folders.ts';

export type { ArticleOutcome, DocumentCounts, HubOutcome, LaneOutcome, Ports, RepairCounts };

export interface Publisher {
  /** Looks at what is at these content keys now; `site.yaml` is one of them. Throws only if the queue fails. */
  articleWork(messages: readonly ArticleMessage[]): Promise<readonly ArticleOutcome[]>;
  /** Brings one lane up to date. No two runs for one lane at the same time. */
  laneWork(lane: LaneName, messages: readonly LaneMessage[]): Promise<LaneOutcome>;
  /** Tells hubs what changed. A hub's failure is an outcome; this throws only if a store or the queue fails. */
  hubWork(messages: readonly HubMessage[]): Promise<readonly HubOutcome[]>;
  /**
   * Compares all content with all records and looks at what differs, in portions, as lane work. If so much is gone that
   * it looks like an accident, none of it is removed.
   *
   * @param consent the number of removals that a person has agreed to. @default nobody was asked
   */
  reconcile(consent?: RemovalConsent): Promise<void>;
  /** The removals that the last reconcile held; null if none waits. */
  heldRemovals(): Promise<HeldRemovals | null>;
  /** Looks at everything again, whether or not it seems to differ. Documents that are right are not written again. */
  reconcileAll(): Promise<void>;
  /**
   * Mends what is damaged or missing in the state store, then looks at everything again and reconciles: in portions, as
   * lane work. Only documents that are wrong change.
   */
  repair(): Promise<void>;
  /** What the last repair found; null if there was none, or it is under way. */
  lastRepair(): Promise<RepairCounts | null>;
  /** Whether every feed has its subscription documents, and their list is there. */
  isComplete(): Promise<boolean>;
  /**
   * Queues what has become due: publications, expiries, feeds that were left unfinished. Takes up what a deployment has
   * changed: the address, the renderers.
   */
  tick(): Promise<void>;
  /**
   * The present state: what is published, and every problem. Reads the records whose outlines are not in `known`, and
   * adds them there.
   */
  overview(known?: KnownOutlines): Promise<Overview>;
}

export interface Overview {
  /** Null if there never were settings without an error. */
  readonly site: Site | null;
  /** In order of path and line. Where one answer settles several problems, the first stands for all. */
  readonly problems: readonly Problem[];
  readonly counts: {
    readonly published: number;
    readonly drafts: number;
    readonly scheduled: number;
    /** Files with an error. */
    readonly broken: number;
  };
  /** `all` first, then by name; feeds of tags and the like that became empty are left out. */
  readonly feeds: readonly { readonly name: string; readonly title: string; readonly entries: number }[];
}

const READS_AT_ONCE_MAX = 32;

export function createPublisher(ports: Ports): Publisher {
  return {
    articleWork: async (messages) => {
      const { workOnArticles } = await import('./work/article/article-work.ts');
      return workOnArticles(ports, messages);
    },
    laneWork: async (lane, messages) => {
      const { workOnLane } = await import('./work/lane-work.ts');
      return workOnLane(ports, lane, messages);
    },
    hubWork: (messages) => workOnHubs(ports, messages),
    reconcile: (consent) => reconcile(ports, consent ?? null),
    heldRemovals: () => readHeldRemovals(ports),
    reconcileAll: () => reconcileAll(ports),
    repair: async () => {
      const { beginRepair } = await import('./work/upkeep/repair-work.ts');
      return beginRepair(ports);
    },
    lastRepair: async () => {
      const { readRepair } = await import('./work/upkeep/repair-work.ts');
      return readRepair(ports);
    },
    isComplete: () => isComplete(ports),
    tick: () => tick(ports),
    overview: (known) => readOverview(ports, known ?? new Map()),
  };
}

async function tick(ports: Ports): Promise<void> {
  await workOnDue(ports);
  await noticeDeployment(ports);
}

/** The settings too may have changed without an event. */
async function reconcile(ports: Ports, consent: RemovalConsent): Promise<void> {
  const settings = (await workOnSite(ports)).value;
  const lost = await findLostFolderFiles(ports, settings);
  // Reconciling counts the files that are gone before any is removed.
  const present = lost.filter(({ isGone }) => !isGone);
  await ports.queue.sendArticleWork(present.map(({ key }) => ({ key })));
  await beginReconcile(ports, consent);
}

async function isComplete(ports: Ports): Promise<boolean> {
  const { feeds } = (await readCatalog(ports.state)).value;
  const paths = feeds.flatMap(({ name, withheld }) =>
    withheld ? [] : FEED_FORMATS.map((format) => subscriptionPath(name, format)),
  );
  const expected =
    feeds.length === 0
      ? []
      : [...CATALOG_PATHS, SITEMAP_PATH, ROBOTS_KEY, subscriptionPath(ALL_FEED, 'html'), ...paths];
  const present = await mapBounded(expected, READS_AT_ONCE_MAX, (path) => ports.public.inspect(path));
  return present.every((facts) => facts !== null);
}

async function readOverview(ports: Ports, known: KnownOutlines): Promise<Overview> {
  const state = await readStoredSite(ports);
  const site = state?.site ?? null;
  const records = await readOutlines(ports, known);
  const rows = (await readCatalog(ports.state)).value.feeds.filter(({ offered }) => offered);
  const feeds = await mapBounded(rows, READS_AT_ONCE_MAX, async ({ name, title }) => {
    const root = await readJson<FeedRoot>(ports.state, rootKey(name));
    return { name, title, entries: root?.value.entryCount ?? 0 };
  });
  const problems = [
    ...(state?.problems ?? []),
    ...[tooManyFeeds(feeds)].filter((problem) => problem !== null),
    ...problemsOf(records),
    ...findHeldBack(state?.folderFiles ?? {}, records),
    ...findCovered(site, records),
    ...findDeadLinks(records),
  ];
  const sum = (count: (record: RecordOutline) => number): number =>
    records.reduce((total, each) => total + count(each), 0);
  return {
    site,
    problems: tellOnce(problems.sort(byPlace)),
    counts: {
      published: sum(({ shown }) => shown.length),
      drafts: sum(({ counts }) => counts.drafts),
      scheduled: sum(({ counts }) => counts.scheduled),
      broken: sum((record) => (record.problems.some(isError) ? 1 : 0)),
    },
    feeds: [...feeds].sort(
      (a, b) => Number(b.name === ALL_FEED) - Number(a.name === ALL_FEED) || (a.name < b.name ? -1 : 1),
    ),
  };
}

async function readOutlines(ports: Ports, known: KnownOutlines): Promise<readonly RecordOutline[]> {
  const { changed, gone } = await compareWith(ports.state, RECORDS_PREFIX, known);
  const read = await mapBounded(changed, READS_AT_ONCE_MAX, ({ key }) => readJson<ArticleRecord>(ports.state, key));
  for (const key of gone) known.delete(key);
  // All together, since the comparison goes by what is known of all. A record that was written since is read again next time.
  for (const [index, { key, version }] of changed.entries()) {
    const stored = read[index] ?? null;
    if (stored === null) known.delete(key);
    else known.set(key, { version, outline: outlineOf(stored.value) });
  }
  // In order of their keys, whichever way they came to be known.
  return [...known.keys()].sort(compareKeys).flatMap((key) => known.get(key)?.outline ?? []);
}

function byPlace(a: Problem, b: Problem): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0);
}
