/**
 * Sweeps: looks at everything there is, a bounded portion a run, so that each run fits into the time of a function and
 * its memory, however large the publication is.
 *
 * Each sweep is feed work under a name of its own, so one run at a time moves it on. How far it has come lies in the
 * state store; a message only says "go on", so it may come twice, and one that was lost is made good by any other: the
 * marker under `due/` sends them until the sweep is done.
 *
 * - The *announcement* tells of settings: every article that was not made with them, then every feed. Newer settings
 *   start it from the beginning; only those that it was made for are noted as announced.
 * - The *comparison* finds what events were lost of: articles and assets that are not what the records say.
 */

import { isArticleKey } from '../article/article-key.ts';
import { permanentFeeds } from '../feed/membership.ts';
import { isFolderFile } from '../site/folder/folder-file.ts';
import { CATALOG_FEED, readCatalog } from '../state/catalog.ts';
import { readJson, STATE_SCHEMA, swapJson } from '../state/json-object.ts';
import { RECORDS_PREFIX, recordKey, sweepKey } from '../state/keys.ts';
import type { ArticleRecord } from '../state/record.ts';
import { ANNOUNCEMENT_FEED, COMPARISON_FEED, type SweepState } from '../state/sweep-state.ts';
import { mapBounded } from '../store/bounded.ts';
import type { FeedMessage } from '../store/queue.ts';
import { StoreError } from '../store/store.ts';
import { ASSET_FEED_PREFIX, assetUseOf, findLostAssets } from './asset-work.ts';
import { markDue } from './due-work.ts';
import { isExportKey } from './export-work.ts';
import type { Ports } from './ports.ts';
import { addressMessages } from './redirect-work.ts';
import { isRobotsLost, ROBOTS_FEED, ROBOTS_KEY } from './robots-work.ts';
import { endAnnouncement, publicSiteAssets, readSite, type SiteState } from './site-work.ts';
import { SITEMAP_FEED } from './sitemap-pages.ts';

/** The key of the message that begins a comparison; the others have none. */
const BEGIN = 'begin';
/** Objects that one step looks at. */
const PORTION_COUNT = 500;
/** Steps of a run: a small publication is swept by one. */
const STEPS_PER_RUN = 3;
const READS_AT_ONCE_MAX = 32;
/** How long a comparison may take before the sweep over what is due sends it on. */
const UNFINISHED_MS = 15 * 60 * 1000;

/** Begins to compare all content with all records. One that is under way begins again. */
export async function beginComparison(ports: Ports): Promise<void> {
  await markDue(ports, 'feed', COMPARISON_FEED, ports.now() + UNFINISHED_MS);
  await ports.queue.sendFeedWork([{ feed: COMPARISON_FEED, key: BEGIN }]);
}

/** Moves a sweep on by a few steps, and sends the message for the next run. */
export async function workOnSweep(ports: Ports, feed: string, messages: readonly FeedMessage[]): Promise<void> {
  const site = (await readSite(ports)).value;
  const stored = await readJson<SweepState>(ports.state, sweepKey(feed));
  const before = stored?.value ?? null;
  const subject = subjectOf(ports, feed, messages, site, before);
  if (subject === null) return;
  let present = before?.subject === subject ? before : createSweep(subject);
  for (let step = 0; step < STEPS_PER_RUN && present.phase !== 'done'; step += 1) {
    present = await takeStep(ports, feed, present, site);
  }
  if (present !== before) {
    const next = { ...present, nonce: ports.nonce() };
    const version = await swapJson<SweepState>(ports.state, sweepKey(feed), next, stored?.version ?? null);
    if (version === null) throw new StoreError('retry', `The sweep ${feed} was moved on by somebody else meanwhile.`);
  }
  if (present.phase !== 'done') await ports.queue.sendFeedWork([{ feed, key: null }]);
  else if (feed === ANNOUNCEMENT_FEED) await endAnnouncement(ports, site.revision);
}

/** What the sweep is for now; null when there is nothing to do. */
function subjectOf(
  ports: Ports,
  feed: string,
  messages: readonly FeedMessage[],
  site: SiteState,
  before: SweepState | null,
): string | null {
  if (feed === ANNOUNCEMENT_FEED) return site.announced ? null : String(site.revision);
  return messages.some(({ key }) => key === BEGIN) ? ports.nonce() : (before?.subject ?? null);
}

function createSweep(subject: string): SweepState {
  return { schema: STATE_SCHEMA, nonce: '', subject, phase: 'contents', after: '' };
}

async function takeStep(ports: Ports, feed: string, sweep: SweepState, site: SiteState): Promise<SweepState> {
  const goOn = (after: string | null, phase: SweepState['phase']): SweepState =>
    after === null ? { ...sweep, phase, after: '' } : { ...sweep, after };
  const isAnnouncement = feed === ANNOUNCEMENT_FEED;
  switch (sweep.phase) {
    case 'contents':
      return goOn(await lookAtContents(ports, sweep.after, site), 'records');
    case 'records':
      return goOn(await lookAtRecords(ports, sweep.after, !isAnnouncement), 'feeds');
    case 'feeds':
      return goOn(isAnnouncement ? await tellFeeds(ports, sweep.after, site) : await compareRest(ports, site), 'done');
    case 'done':
      return sweep;
  }
}

/** Files that have no record, or one that was made from another version or with other settings; and folder files. */
async function lookAtContents(
  ports: Ports,
  after: string,
  { revision, folderFiles = {} }: SiteState,
): Promise<string | null> {
  const { objects, next } = await ports.content.list({ prefix: '', after, limitCount: PORTION_COUNT });
  const articles = objects.filter(({ key }) => isArticleKey(key) || isExportKey(key));
  const settings = objects.filter(({ key, version }) => isFolderFile(key) && folderFiles[key]?.version !== version);
  const outdated = await mapBounded(articles, READS_AT_ONCE_MAX, async ({ key, version }) => {
    const record = (await readJson<ArticleRecord>(ports.state, recordKey(key)))?.value;
    return record?.sourceVersion !== version || record.siteRevision !== revision ? [{ key }] : [];
  });
  const told = new Set([...settings, ...outdated.flat()].map(({ key }) => key));
  await ports.queue.sendArticleWork([...told].map((key) => ({ key })));
  return next;
}

/** Records of files that are gone; and when all is compared, the assets that differ from what records say of them. */
async function lookAtRecords(ports: Ports, after: string, withAssets: boolean): Promise<string | null> {
  const { objects, next } = await ports.state.list({ prefix: RECORDS_PREFIX, after, limitCount: PORTION_COUNT });
  // Of each record no more is kept than is needed: five hundred whole ones may be large.
  const found = await mapBounded(objects, READS_AT_ONCE_MAX, async ({ key: stateKey }) => {
    const record = (await readJson<ArticleRecord>(ports.state, stateKey))?.value;
    if (record === undefined) return null;
    const { key, sourceVersion, places, claims } = record;
    // Also one that is known to be gone, but still stands somewhere, or holds a claim: that was never finished.
    const isUnfinished = sourceVersion !== null || places.length + claims.length > 0;
    const isGone = isUnfinished && (await ports.content.inspect(key)) === null;
    return { gone: isGone ? [{ key }] : [], uses: assetUseOf(record) };
  });
  const records = found.filter((each) => each !== null);
  const assets = withAssets
    ? await findLostAssets(
        ports,
        records.map(({ uses }) => uses),
        [],
      )
    : [];
  await ports.queue.sendArticleWork([...records.flatMap(({ gone }) => gone), ...assets.map((key) => ({ key }))]);
  return next;
}

/** Every feed, then what is no feed and depends on the settings. */
async function tellFeeds(ports: Ports, after: string, { site, uses, redirects }: SiteState): Promise<string | null> {
  const { feeds } = (await readCatalog(ports.state)).value;
  const names = feeds.map(({ name }) => name).filter((name) => name > after);
  const portion = names.slice(0, PORTION_COUNT);
  if (names.length > portion.length) {
    await ports.queue.sendFeedWork(portion.map((feed) => ({ feed, key: null })));
    return portion.at(-1) ?? null;
  }
  const permanent = site === null ? [] : permanentFeeds(site);
  const others = [CATALOG_FEED, ...uses.map((key) => ASSET_FEED_PREFIX + key), SITEMAP_FEED, ROBOTS_FEED];
  const told = new Set([...permanent, ...portion, ...others]);
  await ports.queue.sendFeedWork([...told].map((feed) => ({ feed, key: null })));
  await ports.queue.sendFeedWork(addressMessages(redirects));
  return null;
}

/** The files that the settings name, and robots.txt. */
async function compareRest(ports: Ports, site: SiteState): Promise<null> {
  const lost = await findLostAssets(ports, [], publicSiteAssets(site));
  const robots = (await isRobotsLost(ports)) ? [ROBOTS_KEY] : [];
  await ports.queue.sendArticleWork([...lost, ...robots].map((key) => ({ key })));
  return null;
}
