/**
 * Work for later: a publication, an expiry, a feed that may have been left unfinished. A marker lies under `due/` in
 * order of time, so one LIST tells what is due.
 *
 * A marker stays when its work is queued, because a queue may lose a message. It is removed when the work is seen to be
 * done. Until then every tick queues the work again, which does no harm. Whoever asks for the same work again writes
 * the marker again. Only the version that was read before the look is removed, so no request is lost in between.
 */

import { ALL_FEED } from '../../feed/membership.ts';
import { forgetsNextAt } from '../../feed/update.ts';
import { encodeJson, readJson, STATE_SCHEMA, type StateObject } from '../../state/json-object.ts';
import {
  DUE_PREFIX,
  dueKey,
  dueUntil,
  recordKey,
  rootKey,
  SITE_STATE_KEY,
  SITEMAP_KEY,
  upkeepKey,
} from '../../state/keys.ts';
import type { ReconcileState } from '../../state/reconcile-state.ts';
import type { ArticleRecord } from '../../state/record.ts';
import type { RepairState } from '../../state/repair-state.ts';
import { type FeedRoot, isUnfinished } from '../../state/root.ts';
import { createSitemapState, type SitemapState } from '../../state/sitemap-state.ts';
import { mapBounded } from '../../store/bounded.ts';
import { laneNamed } from '../../store/queue.ts';
import { listAll } from '../../store/store.ts';
import { type Lane, parseLane, RECONCILE_LANE, REPAIR_LANE, SITEMAP_LANE } from './lanes.ts';
import type { Ports } from './ports.ts';
import type { SiteState } from './site-work.ts';

/** How many markers are inspected and queued together: thousands may fall due at one instant. */
const PORTION_COUNT = 100;
const MARKERS_AT_ONCE_MAX = 16;

interface DueMarker extends StateObject {
  /** `feed` stands for any lane. */
  readonly kind: 'article' | 'feed' | 'site';
  /** Content key of the article or of the settings, or name of the lane. */
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Schedules work on a file or a lane. */
export async function markDue(ports: Ports, kind: DueMarker['kind'], name: string, at: number): Promise<void> {
  const marker: DueMarker = { schema: STATE_SCHEMA, nonce: ports.nonce(), kind, name, at };
  await ports.state.write(dueKey(at, kind, name), encodeJson(marker));
}

/** Schedules new sitemaps. What changes until then is included. */
export async function askForSitemap(ports: Ports): Promise<void> {
  const delay = ports.sitemapDelayMs;
  if (delay === 0) await ports.queue.sendLaneWork([{ lane: SITEMAP_LANE, key: null }]);
  else await markDue(ports, 'feed', SITEMAP_LANE, Math.ceil((ports.now() + delay) / delay) * delay);
}

/** A marker as it was found. Only this version will be removed. */
interface FoundMarker {
  readonly key: string;
  readonly version: string;
}

/** The marker for an instant, or null if there is none. */
export async function findMarker(
  ports: Ports,
  kind: DueMarker['kind'],
  name: string,
  at: number,
): Promise<FoundMarker | null> {
  const key = dueKey(at, kind, name);
  const facts = await ports.state.inspect(key);
  return facts && { key, version: facts.version };
}

/** Removes a marker that is no longer needed, unless it was written again since it was found. */
export async function removeMarker(ports: Ports, { key, version }: FoundMarker): Promise<void> {
  await ports.state.remove(key, { ifVersion: version });
}

/** Queues what has become due. */
export async function workOnDue(ports: Ports): Promise<void> {
  const until = dueUntil(ports.now());
  let portion: string[] = [];
  for await (const { key } of listAll(ports.state, DUE_PREFIX)) {
    if (key > until) break;
    portion.push(key);
    if (portion.length < PORTION_COUNT) continue;
    await workOnMarkers(ports, portion);
    portion = [];
  }
  await workOnMarkers(ports, portion);
}

/** A marker is removed after its message was sent, if its work is done. */
async function workOnMarkers(ports: Ports, keys: readonly string[]): Promise<void> {
  const looked = await mapBounded(keys, MARKERS_AT_ONCE_MAX, async (key) => {
    const marker = await readJson<DueMarker>(ports.state, key);
    return marker && { ...marker, key, isDone: await isDoneAlready(ports, marker.value) };
  });
  const found = looked.filter((each) => each !== null);
  const lanes = found.filter(({ value }) => value.kind === 'feed');
  const files = found.filter(({ value, isDone }) => value.kind !== 'feed' && !isDone);
  if (lanes.length > 0) {
    await ports.queue.sendLaneWork(lanes.map(({ value }) => ({ lane: laneNamed(value.name), key: null })));
  }
  if (files.length > 0) await ports.queue.sendArticleWork(files.map(({ value }) => ({ key: value.name })));
  await mapBounded(found, MARKERS_AT_ONCE_MAX, async ({ key, version, isDone }) => {
    if (isDone && version !== null) await ports.state.remove(key, { ifVersion: version });
  });
}

function isDoneAlready(ports: Ports, { kind, name, at }: DueMarker): Promise<boolean> {
  switch (kind) {
    case 'article':
      return isArticleDone(ports, name, at);
    case 'feed':
      return isLaneDone(ports, parseLane(laneNamed(name)), at);
    case 'site':
      return isSiteDone(ports);
  }
}

async function isArticleDone(ports: Ports, key: string, at: number): Promise<boolean> {
  const record = await readJson<ArticleRecord>(ports.state, recordKey(key));
  return record?.value.dueAt !== at;
}

async function isLaneDone(ports: Ports, { kind, subject }: Lane, at: number): Promise<boolean> {
  switch (kind) {
    case 'feed':
      return isFeedDone(ports, subject, at);
    case 'sitemap':
      return isSitemapDone(ports, at);
    case 'reconcile':
      return isReconcileDone(ports);
    case 'repair':
      return isRepairDone(ports);
    // These leave no trace of being done. An asset is looked at once more; the others have no markers.
    case 'asset':
    case 'page':
    case 'robots':
    case 'catalog':
    case 'links':
    case 'reconcileAll':
      return true;
  }
}

async function isFeedDone(ports: Ports, feed: string, at: number): Promise<boolean> {
  const root = await readJson<FeedRoot>(ports.state, rootKey(feed));
  return root === null || !(isUnfinished(root.value) || (forgetsNextAt(root.value) ?? at + 1) <= at);
}

async function isSiteDone(ports: Ports): Promise<boolean> {
  const state = await readJson<SiteState>(ports.state, SITE_STATE_KEY);
  return state === null || state.value.site === null || state.value.announced;
}

/** The sitemaps agree with the feed `all`, and nothing in them has become too old. */
async function isSitemapDone(ports: Ports, at: number): Promise<boolean> {
  const root = await readJson<FeedRoot>(ports.state, rootKey(ALL_FEED));
  const sitemaps = await readJson<SitemapState>(ports.state, SITEMAP_KEY);
  const { rootRevision, newsDueAt } = sitemaps?.value ?? createSitemapState();
  return rootRevision === (root?.value.revision ?? 0) && (newsDueAt === null || newsDueAt > at);
}

async function isReconcileDone(ports: Ports): Promise<boolean> {
  const reconcile = await readJson<ReconcileState>(ports.state, upkeepKey(RECONCILE_LANE));
  return reconcile === null || reconcile.value.phase === 'done';
}

async function isRepairDone(ports: Ports): Promise<boolean> {
  const repair = await readJson<RepairState>(ports.state, upkeepKey(REPAIR_LANE));
  return repair?.value.phase === 'done';
}
