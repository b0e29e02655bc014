/**
 * Reconcile and reconcile all: look at everything, a bounded portion a run, so that each run fits into the time and
 * memory of a function, however large the publication is.
 *
 * Each has a lane of its own, so one run at a time moves it on. The state store says how far it has come. A message
 * only says "continue", so it may come twice. The marker under `due/` replaces a lost one until everything is done.
 *
 * - *Reconcile all* carries out settings: every article that was not made with them, then every feed. Newer settings
 *   start it from the beginning. Only the revision that it was started for is noted as carried out.
 * - *Reconcile* finds lost events: articles and assets that are not what the records say. Files that are gone are
 *   counted first, and removed then, unless they are so many that it looks like an accident (removal-work.ts).
 */

import { isArticleKey } from '../../address/article-key.ts';
import { nameOfFile } from '../../address/asset-places.ts';
import { permanentFeeds } from '../../feed/membership.ts';
import { mayRemove, type RemovalConsent } from '../../model/mass-removal.ts';
import { isAdoptedKey } from '../../site/adopted/adopted-key.ts';
import { isFolderFile } from '../../site/folder/folder-file.ts';
import { readCatalog } from '../../state/catalog.ts';
import { readJson, STATE_SCHEMA, swapJson } from '../../state/json-object.ts';
import { RECORDS_PREFIX, recordKey, upkeepKey } from '../../state/keys.ts';
import type { ReconcileState } from '../../state/reconcile-state.ts';
import type { ArticleRecord } from '../../state/record.ts';
import { mapBounded } from '../../store/bounded.ts';
import type { LaneMessage, LaneName } from '../../store/queue.ts';
import { StoreError } from '../../store/store.ts';
import { findLostFolderFiles } from '../article/folder-look.ts';
import { isExportKey } from '../asset/export-work.ts';
import { assetUseOf, findGoneStatics, findLostAssets, isStaticSettled } from '../asset/lost-assets.ts';
import { isRobotsLost, ROBOTS_KEY } from '../page/robots-work.ts';
import { markDue } from '../protocol/due-work.ts';
import {
  assetLane,
  CATALOG_LANE,
  feedLane,
  RECONCILE_ALL_LANE,
  RECONCILE_LANE,
  ROBOTS_LANE,
  SITEMAP_LANE,
} from '../protocol/lanes.ts';
import { addressMessages } from '../protocol/page-messages.ts';
import type { Ports } from '../protocol/ports.ts';
import {
  countLost,
  dropList,
  type GoneRecord,
  NOTHING_GONE,
  noteGone,
  removeGone,
  told,
} from '../protocol/removal-work.ts';
import {
  endReconcileAll,
  isPublicStaticFile,
  isSiteGone,
  publicSiteAssets,
  readSite,
  SITE_KEY,
  type SiteState,
} from '../protocol/site-work.ts';
import { isFileSettled } from '../protocol/vault-files.ts';

/**
 * The key of the message that begins to reconcile; the number of removals that are meant may follow it. Other messages
 * have no key.
 */
const BEGIN = 'begin';
const BEGIN_PATTERN = /^begin(?: (any|\d+))?$/;
/** Objects that one step looks at. */
const PORTION_COUNT = 500;
/** Steps of a run: one run suffices for a small publication. */
const STEPS_PER_RUN = 3;
const READS_AT_ONCE_MAX = 32;
/** How long a run may take before the tick sends the message again. */
const UNFINISHED_MS = 15 * 60 * 1000;

/**
 * Begins to compare all content with all records. If that is under way, it begins again.
 *
 * @param consent the number of removals that a person has agreed to
 */
export async function beginReconcile(ports: Ports, consent: RemovalConsent = null): Promise<void> {
  await markDue(ports, 'feed', RECONCILE_LANE, ports.now() + UNFINISHED_MS);
  const key = consent === null ? BEGIN : `${BEGIN} ${consent}`;
  await ports.queue.sendLaneWork([{ lane: RECONCILE_LANE, key }]);
}

/**
 * Moves reconcile or reconcile all on by a few steps, and sends the message for the next run.
 *
 * @returns how many removals wait for a person, when reconcile has come to its end; else null
 */
export async function workOnReconcile(
  ports: Ports,
  lane: LaneName,
  messages: readonly LaneMessage[],
): Promise<number | null> {
  const site = (await readSite(ports)).value;
  const stored = await readJson<ReconcileState>(ports.state, upkeepKey(lane));
  const before = stored?.value ?? null;
  const begun = begin(ports, lane, messages, site, before);
  if (begun === null) return null;
  let present = begun;
  const lists = new Set(before?.gone?.lists);
  for (let step = 0; step < STEPS_PER_RUN && present.phase !== 'done'; step += 1) {
    present = await takeStep(ports, lane, present, site);
    for (const list of present.gone?.lists ?? []) lists.add(list);
  }
  if (present !== before) {
    const next = { ...present, nonce: ports.nonce() };
    const version = await swapJson<ReconcileState>(ports.state, upkeepKey(lane), next, stored?.version ?? null);
    if (version === null) throw new StoreError('retry', `Somebody else has moved ${lane} on meanwhile.`);
    for (const list of lists) if (!present.gone?.lists.includes(list)) await dropList(ports, list);
  }
  if (present.phase !== 'done') await ports.queue.sendLaneWork([{ lane, key: null }]);
  else if (lane === RECONCILE_ALL_LANE) await endReconcileAll(ports, site.revision);
  return lane === RECONCILE_LANE && present.phase === 'done' ? (present.held?.count ?? 0) : null;
}

/** The present state, or a new one; null if there is nothing to do. */
function begin(
  ports: Ports,
  lane: LaneName,
  messages: readonly LaneMessage[],
  site: SiteState,
  before: ReconcileState | null,
): ReconcileState | null {
  if (lane === RECONCILE_ALL_LANE) {
    const subject = String(site.revision);
    if (site.announced) return null;
    return before?.subject === subject ? before : createReconcile(subject);
  }
  const beginnings = messages.flatMap(({ key }) => [BEGIN_PATTERN.exec(key ?? '')].filter((match) => match !== null));
  if (beginnings.length === 0) return before;
  const [consent = null] = beginnings.flatMap(([, said]) => said ?? []);
  return {
    ...createReconcile(ports.nonce()),
    consent: consent === null || consent === 'any' ? consent : Number(consent),
    // Held removals stay held until they have been counted again.
    held: before?.held ?? null,
  };
}

function createReconcile(subject: string): ReconcileState {
  return { schema: STATE_SCHEMA, nonce: '', subject, phase: 'contents', after: '' };
}

async function takeStep(ports: Ports, lane: LaneName, state: ReconcileState, site: SiteState): Promise<ReconcileState> {
  const goOn = (after: string | null, phase: ReconcileState['phase']): ReconcileState =>
    after === null ? { ...state, phase, after: '' } : { ...state, after };
  const isAll = lane === RECONCILE_ALL_LANE;
  switch (state.phase) {
    case 'contents':
      return goOn(await lookAtContents(ports, state.after, site), 'records');
    case 'records':
      return isAll ? goOn(await lookAtRecords(ports, state.after), 'feeds') : lookForGone(ports, site, state);
    case 'removals':
      return removeNext(ports, state);
    case 'feeds':
      return goOn(isAll ? await tellFeeds(ports, state.after, site) : await reconcileRest(ports, site, state), 'done');
    case 'done':
      return state;
  }
}

/** Files that have no record, or one that was made from another version or with other settings; and folder files. */
async function lookAtContents(ports: Ports, after: string, site: SiteState): Promise<string | null> {
  const { revision, folderFiles = {} } = site;
  const { objects, next } = await ports.content.list({ prefix: '', after, limitCount: PORTION_COUNT });
  const articles = objects.filter(({ key }) => isArticleKey(key) || isExportKey(key) || isAdoptedKey(key));
  const settings = objects.filter(({ key, version }) => isFolderFile(key) && folderFiles[key]?.version !== version);
  const outdated = await mapBounded(articles, READS_AT_ONCE_MAX, async ({ key, version }) => {
    const record = (await readJson<ArticleRecord>(ports.state, recordKey(key)))?.value;
    return record?.sourceVersion !== version || record.siteRevision !== revision ? [{ key }] : [];
  });
  const files = objects.filter(({ key }) => nameOfFile(key) !== null);
  const unnamed = await mapBounded(files, READS_AT_ONCE_MAX, async (file) =>
    (await isFileSettled(ports, file.key)) ? [] : [file],
  );
  const statics = objects.filter(({ key }) => isPublicStaticFile(site, key));
  const unpublished = await mapBounded(statics, READS_AT_ONCE_MAX, async (file) =>
    (await isStaticSettled(ports, file)) ? [] : [file],
  );
  const told = new Set(
    [...settings, ...outdated.flat(), ...unnamed.flat(), ...unpublished.flat()].map(({ key }) => key),
  );
  await ports.queue.sendArticleWork([...told].map((key) => ({ key })));
  return next;
}

/** Reads a portion of the records and keeps only what is wanted: five hundred whole records may be large. */
async function mapRecords<T>(
  ports: Ports,
  after: string,
  look: (record: ArticleRecord) => Promise<T>,
): Promise<{ readonly found: readonly T[]; readonly next: string | null }> {
  const { objects, next } = await ports.state.list({ prefix: RECORDS_PREFIX, after, limitCount: PORTION_COUNT });
  const found = await mapBounded(objects, READS_AT_ONCE_MAX, async ({ key }) => {
    const record = (await readJson<ArticleRecord>(ports.state, key))?.value;
    return record === undefined ? [] : [await look(record)];
  });
  return { found: found.flat(), next };
}

/** A record of a file that is known to be gone, but still has places or claims: its removal was never finished. */
function isUnfinished({ sourceVersion, places, claims }: ArticleRecord): boolean {
  return sourceVersion === null && places.length + claims.length > 0;
}

/**
 * Records of files that are known to be gone, and whose removal was never finished. Settings do not change whether
 * other files are still there, so that is left to reconcile.
 */
async function lookAtRecords(ports: Ports, after: string): Promise<string | null> {
  const { found, next } = await mapRecords(ports, after, async (record) => (isUnfinished(record) ? [record.key] : []));
  await ports.queue.sendArticleWork(found.flat().map((key) => ({ key })));
  return next;
}

/**
 * Records of files that are gone, and assets that differ from what records say of them. Messages for what may go by
 * itself, and for what has changed, are sent at once. Everything else that is gone is counted, and decided upon after
 * the last record.
 */
async function lookForGone(ports: Ports, site: SiteState, state: ReconcileState): Promise<ReconcileState> {
  // A reconcile that an older publisher began has counted nothing so far.
  const after = state.gone === undefined ? '' : state.after;
  const { found, next } = await mapRecords(ports, after, async (record) => {
    const isPresent = record.sourceVersion !== null || isUnfinished(record);
    const isGone = isPresent && (await ports.content.inspect(record.key)) === null;
    return {
      gone: isGone ? await countLost(ports, record) : null,
      uses: assetUseOf(record),
      publishedCount: record.shown.length,
    };
  });
  const gone = found.flatMap((each) => each.gone ?? []);
  const assets = await findLostAssets(
    ports,
    found.map(({ uses }) => uses),
    publicSiteAssets(site),
  );
  const isFree = ({ lostCount }: GoneRecord): boolean => lostCount === 0;
  await ports.queue.sendArticleWork([
    ...gone.filter(isFree).map(({ key }) => told(key)),
    ...assets.filter(({ isGone }) => !isGone).map(({ key }) => ({ key })),
  ]);
  const counted = await noteGone(ports, state.gone ?? NOTHING_GONE, {
    publishedCount: found.reduce((sum, { publishedCount }) => sum + publishedCount, 0),
    articles: gone.filter((each) => !isFree(each)),
    assets: [
      ...assets.flatMap(({ key, isGone }) => (isGone ? [key] : [])),
      ...(next === null ? await findGoneStatics(ports) : []),
    ],
  });
  if (next !== null) return { ...state, gone: counted, after: next };
  const { count, publishedCount, files } = counted;
  const isMeant = mayRemove(count, publishedCount, state.consent ?? null);
  const held = isMeant ? null : { count, publishedCount, files };
  return { ...state, gone: counted, held, phase: isMeant ? 'removals' : 'feeds', after: '' };
}

/**
 * One list after the other. Its messages are sent before the state forgets the list, so a crash sends them once more.
 */
async function removeNext(ports: Ports, state: ReconcileState): Promise<ReconcileState> {
  const gone = state.gone ?? NOTHING_GONE;
  const [list, ...lists] = gone.lists;
  if (list === undefined) return { ...state, phase: 'feeds' };
  await removeGone(ports, list);
  return { ...state, gone: { ...gone, lists } };
}

/** Tells every feed, then the other lanes that depend on the settings. */
async function tellFeeds(ports: Ports, after: string, { site, uses, redirects }: SiteState): Promise<string | null> {
  const { feeds } = (await readCatalog(ports.state)).value;
  const names = feeds.map(({ name }) => name).filter((name) => name > after);
  const portion = names.slice(0, PORTION_COUNT);
  if (names.length > portion.length) {
    await ports.queue.sendLaneWork(portion.map((feed) => ({ lane: feedLane(feed), key: null })));
    return portion.at(-1) ?? null;
  }
  const permanent = site === null ? [] : permanentFeeds(site);
  const lanes = [...permanent, ...portion].map(feedLane);
  const told = new Set([...lanes, CATALOG_LANE, ...uses.map(assetLane), SITEMAP_LANE, ROBOTS_LANE]);
  await ports.queue.sendLaneWork([...told].map((lane) => ({ lane, key: null })));
  await ports.queue.sendLaneWork(addressMessages(redirects));
  return null;
}

/**
 * Looks for lost events of site.yaml, of the files that the settings name, and of robots.txt. While removals are held,
 * files that are gone wait with them.
 */
async function reconcileRest(ports: Ports, state: SiteState, { held = null }: ReconcileState): Promise<null> {
  const named = publicSiteAssets(state);
  const lost = await findLostAssets(ports, [{ uses: named, missing: [], shown: named, isSettled: false }], named);
  const robots = (await isRobotsLost(ports)) ? [ROBOTS_KEY] : [];
  const found = lost.filter(({ isGone }) => held === null || !isGone).map(({ key }) => key);
  const settings = held === null ? await findGoneSettings(ports, state) : [];
  await ports.queue.sendArticleWork([...settings.map(told), ...[...found, ...robots].map((key) => ({ key }))]);
  return null;
}

/** site.yaml and folder files that the settings were read from, and that are gone. */
async function findGoneSettings(ports: Ports, state: SiteState): Promise<readonly string[]> {
  const lost = await findLostFolderFiles(ports, state);
  const site = (await isSiteGone(ports, state)) ? [SITE_KEY] : [];
  return [...site, ...lost.filter(({ isGone }) => isGone).map(({ key }) => key)];
}
