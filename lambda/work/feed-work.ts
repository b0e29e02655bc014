/**
 * Feed work: apply what the records say to one feed, and bring its documents up to date. The queue gives each feed one
 * writer at a time; the root is compared and swapped all the same, and a conflict stops the run.
 *
 * In order: pages under new keys; a marker under `due/`; the root that lists the documents still pending; the
 * documents, in the order that feed-documents.ts explains; the root without pending, and the marker goes.
 * Whoever comes after a crash finishes what is pending, even when there is nothing else to do. Only after this run's
 * own root has been written are this feed's old places taken from the records.
 */

import { subscriptionPath } from '../addresses.ts';
import { hasFeedPages } from '../article/fields/reserved-path.ts';
import { ALL_FEED, isPermanent } from '../feed/membership.ts';
import type { PlacedEntry } from '../feed/pages.ts';
import { type Changes, touchesNewestOnly } from '../feed/placement.ts';
import { type FeedUpdate, nextRoot, type RecutFeed } from '../feed/update.ts';
import { momentAt } from '../moment.ts';
import type { Site } from '../site/site.ts';
import { CATALOG_FEED } from '../state/catalog.ts';
import { readJson, type Stored, swapJson } from '../state/json-object.ts';
import { dueKey, recordKey } from '../state/keys.ts';
import { REBUILD_FEED, REMAKE_KEY } from '../state/rebuild-state.ts';
import { type ArticleRecord, presentPlaces, samePlace } from '../state/record.ts';
import { type FeedRoot, isUnfinished, isWaiting } from '../state/root.ts';
import { mapBounded } from '../store/bounded.ts';
import type { FeedMessage } from '../store/queue.ts';
import { createRow } from './catalog-work.ts';
import { type DocumentCounts, NO_DOCUMENTS } from './documents.ts';
import { markDue } from './due-work.ts';
import { type Recut, recutChanged, recutPortion } from './feed-archive.ts';
import { type DocumentTask, formatsOf, renewFeedPage, writePendingDocuments } from './feed-documents.ts';
import { boundRoot, forgetWhatIsOld } from './feed-leavings.ts';
import {
  type OpenFeed,
  openDirectory,
  openFeed,
  replacedPages,
  swapRoot,
  writeDirectory,
  writePages,
} from './feed-store.ts';
import { askForPings } from './hub-work.ts';
import { formerPageMessage } from './page-messages.ts';
import type { Ports } from './ports.ts';
import type { GoodSite } from './site-work.ts';
import { askForSitemap } from './sitemap-work.ts';

const OBJECTS_AT_ONCE_MAX = 16;
const ATTEMPTS_MAX = 10;
/** How long a run may take before the sweep looks after what it left unfinished. */
const UNFINISHED_MS = 15 * 60 * 1000;
const SECOND_MS = 1000;

type Records = ReadonlyMap<string, Stored<ArticleRecord>>;

/** Brings the feed up to date; one that is to be made anew tells when it is. */
export async function workOnFeed(
  ports: Ports,
  site: GoodSite,
  feed: string,
  messages: readonly FeedMessage[],
): Promise<DocumentCounts> {
  const counts = await bringUpToDate(ports, site, feed, messages);
  if (messages.some(isRemake)) await ports.queue.sendFeedWork([{ feed: REBUILD_FEED, key: feed }]);
  return counts;
}

async function bringUpToDate(
  ports: Ports,
  { site, revision }: GoodSite,
  feed: string,
  messages: readonly FeedMessage[],
): Promise<DocumentCounts> {
  const { open, applied } = await openAndApply(ports, feed, messages, site.pageSize / 2);
  const { records, coming, recut } = applied;
  const isEmpty = coming.length === 0 && recut.newest.length === 0;
  if (open.version === null && isEmpty && !isPermanent(feed, site)) {
    await trimPlaces(ports, feed, records);
    return NO_DOCUMENTS;
  }
  const { archive, ...directory } = await writeArchive(ports, open.root, applied);
  const root = nextRoot(
    open.root,
    { recut, archive, coming },
    {
      ...directory,
      w: applied.w,
      recutting: applied.recutting,
      siteRevision: revision,
      formats: formatsOf(feed, site),
      now: momentAt(Math.floor(ports.now() / SECOND_MS) * SECOND_MS),
      nonce: ports.nonce(),
    },
  );
  if (root !== null) return finish(ports, site, { open, root, archive, applied });
  await trimPlaces(ports, feed, records);
  const isAsked = messages.some(({ key }) => key === null);
  return isAsked ? renewFeedPage(ports, site, open.root) : NO_DOCUMENTS;
}

function isRemake({ key }: FeedMessage): boolean {
  return key === REMAKE_KEY;
}

/** A feed that is made anew reads all records; what else its messages say then waits for the next run. */
async function openAndApply(
  ports: Ports,
  feed: string,
  messages: readonly FeedMessage[],
  w: number,
): Promise<{ readonly open: OpenFeed; readonly applied: Applied }> {
  if (!messages.some(isRemake)) {
    const open = await openFeed(ports, feed, w);
    return { open, applied: await applyMessages(ports, open.root, messages, w) };
  }
  const { remakeFeed } = await import('./feed-remake.ts');
  const { open, recut } = await remakeFeed(ports, feed, w);
  const directory = { feed, items: [], opened: [] };
  const deferred = messages.filter((message) => !isRemake(message));
  return { open, applied: { recut, directory, records: new Map(), coming: [], deferred, w, recutting: null } };
}

/** What the messages make of the feed. */
interface Applied extends Recut {
  readonly records: Records;
  readonly coming: readonly PlacedEntry[];
  /** Messages that have to wait for another run. */
  readonly deferred: readonly FeedMessage[];
  /** The `w` that the pages are cut with after this run. */
  readonly w: number;
  readonly recutting: FeedRoot['recutting'];
}

/** What one run has decided, and has to carry out. */
interface Decided {
  readonly open: OpenFeed;
  readonly root: FeedRoot;
  readonly archive: FeedUpdate['archive'];
  readonly applied: Applied;
}

async function finish(ports: Ports, site: Site, decided: Decided): Promise<DocumentCounts> {
  const { open, applied } = decided;
  const { root, surplus } = await boundRoot(ports, decided.root);
  const { feed } = root;
  const unfinishedAt = ports.now() + UNFINISHED_MS;
  await markDue(ports, 'feed', feed, unfinishedAt);
  const version = await swapRoot(ports, root, open.version);
  const { counts, left } = await writePendingDocuments(ports, await createTask(ports, site, { ...decided, root }));
  if (open.root.pending.head || open.root.siteRevision !== root.siteRevision || rowChanged(open, root, site)) {
    await ports.queue.sendFeedWork([{ feed: CATALOG_FEED, key: feed }]);
  }
  if (root.pending.head && !left.head) await askForPings(ports, site, feed);
  if (feed === ALL_FEED) await askForSitemap(ports);
  if (!hasFeedPages(feed, site)) await ports.queue.sendFeedWork([formerPageMessage(subscriptionPath(feed, 'html'))]);
  const last = await forgetWhatIsOld(ports, site, { ...root, pending: left }, surplus);
  await swapRoot(ports, { ...last, nonce: ports.nonce(), revision: root.revision + 1 }, version);
  await ports.state.remove(dueKey(unfinishedAt, 'feed', feed));
  await trimPlaces(ports, feed, applied.records);
  const messages = [...applied.deferred, ...(isUnfinished(last) ? [{ feed, key: null }] : [])];
  if (messages.length > 0) await ports.queue.sendFeedWork(messages);
  return counts;
}

/**
 * Whether the catalog has to know. After a run that did not finish, and when all is made anew, it is told in any case.
 */
function rowChanged(open: OpenFeed, root: FeedRoot, site: Site): boolean {
  return open.version === null || JSON.stringify(createRow(open.root, site)) !== JSON.stringify(createRow(root, site));
}

/**
 * Applies the records that the messages name. An archive that has to be cut with another `w` is cut portion by portion.
 * Meanwhile what is new comes through, cut as before; what changes the archive waits until that is done.
 */
async function applyMessages(
  ports: Ports,
  root: FeedRoot,
  messages: readonly FeedMessage[],
  w: number,
): Promise<Applied> {
  const isSettled = root.recutting === null && (root.w === w || root.archive === null);
  if (isSettled) return applyRecords(ports, { ...root, w }, messages);
  const recutting = root.recutting?.w === w ? root.recutting : { w, after: null };
  const keyed = messages.filter(({ key }) => key !== null);
  const front = keyed.length === 0 ? null : await applyRecords(ports, root, keyed, true);
  if (front !== null) return { ...front, recutting };
  const waiting = { records: new Map(), coming: [], deferred: keyed };
  // Pages are not cut faster than their documents are written.
  if (isWaiting(root.pending)) return { ...waiting, recut: keepAll(root), directory: null, w: root.w, recutting };
  const { recut, directory, after } = await recutPortion(ports, root, recutting);
  const rest = after === null ? { w, recutting: null } : { w: root.w, recutting: { w, after } };
  return { ...waiting, recut, directory, ...rest };
}

/**
 * Puts the entries of the records that the messages name in their places. An id that stands there under another key
 * has changed hands: that key's record is read and applied as well, so that no document ever shows an id twice.
 *
 * @returns null where only what touches the newest page was asked for, and there is something else
 */
async function applyRecords(ports: Ports, root: FeedRoot, messages: readonly FeedMessage[]): Promise<Applied>;
async function applyRecords(
  ports: Ports,
  root: FeedRoot,
  messages: readonly FeedMessage[],
  newestOnly: true,
): Promise<Applied | null>;
async function applyRecords(
  ports: Ports,
  root: FeedRoot,
  messages: readonly FeedMessage[],
  newestOnly = false,
): Promise<Applied | null> {
  const keys = new Set(messages.flatMap(({ key }) => key ?? []));
  const records = new Map<string, Stored<ArticleRecord>>();
  for (;;) {
    await readRecords(ports, keys, records);
    const changes = changesOf(root.feed, records);
    if (newestOnly && !touchesNewestOnly(root.archive?.lastCut ?? null, root.newest, changes, root.w)) return null;
    const { recut, directory } = await recutChanged(ports, root, changes);
    const ids = new Set(changes.coming.map(({ entry }) => entry.id));
    const others = recut.standing.filter(({ key, entry }) => ids.has(entry.id) && !keys.has(key));
    if (others.length === 0) {
      const { coming } = changes;
      return { records, coming, recut, directory, deferred: [], w: root.w, recutting: root.recutting };
    }
    for (const { key } of others) keys.add(key);
  }
}

async function readRecords(
  ports: Ports,
  keys: ReadonlySet<string>,
  records: Map<string, Stored<ArticleRecord>>,
): Promise<void> {
  const missing = [...keys].filter((key) => !records.has(key));
  await mapBounded(missing, OBJECTS_AT_ONCE_MAX, async (key) => {
    const record = await readJson<ArticleRecord>(ports.state, recordKey(key));
    if (record !== null) records.set(key, record);
  });
}

/** Membership and position come from the record alone: its places are emptied of its entries, then they are put anew. */
function changesOf(feed: string, records: Records): Changes {
  const values = [...records.values()].map(({ value }) => value);
  return {
    leaving: values.flatMap(({ key, places }) =>
      places.filter((place) => place.feed === feed).map(({ position }) => ({ key, position })),
    ),
    coming: values.flatMap(({ key, shown }) =>
      shown.filter(({ feeds }) => feeds.includes(feed)).map(({ entry }) => ({ key, entry })),
    ),
  };
}

interface WrittenArchive {
  /** Null when it was not looked at. */
  readonly archive: FeedUpdate['archive'];
  /** Version of the directory that is in force now. */
  readonly directory: string | null;
  /** State keys that are not in force any more. */
  readonly replaced: readonly string[];
}

async function writeArchive(ports: Ports, root: FeedRoot, { recut, directory }: Recut): Promise<WrittenArchive> {
  if (directory === null) return { archive: null, directory: root.directory, replaced: [] };
  const before = directory.items;
  const after = await writePages(ports, root.feed, recut.pages);
  const written = await writeDirectory(ports, root, directory, after);
  return {
    archive: { before, after },
    directory: written.version,
    replaced: [...written.replaced, ...replacedPages(root.feed, before, after)],
  };
}

async function createTask(ports: Ports, site: Site, { open, root, archive, applied }: Decided): Promise<DocumentTask> {
  const { pending } = root;
  const isArchivePending = isWaiting(pending) || pending.restyled.length > 0;
  const known = new Set([...(archive?.before ?? []), ...open.root.superseded].map(({ name }) => name));
  const isSure = !isWaiting(open.root.pending) && open.root.supersededLists.length === 0;
  return {
    site,
    root,
    directory:
      archive === null && isArchivePending
        ? await openDirectory(ports, root)
        : { feed: root.feed, items: archive?.after ?? [], opened: [] },
    made: new Map(applied.recut.pages.flatMap((page) => (page.kind === 'made' ? [[page.name, page.entries]] : []))),
    isNew: (name) => isSure && !known.has(name),
  };
}

function keepAll(root: FeedRoot): RecutFeed {
  return { pages: [], newest: root.newest, oldest: null, standing: [], gone: [] };
}

/** Takes this feed's old places from the records. */
async function trimPlaces(ports: Ports, feed: string, records: Records): Promise<void> {
  await mapBounded([...records.values()], OBJECTS_AT_ONCE_MAX, (record) => trimRecord(ports, feed, record));
}

/**
 * Other feeds take theirs at the same time, so it is tried again while the record says the same. Where somebody wrote
 * something new into it, the places stay: then this feed is told again.
 */
async function trimRecord(ports: Ports, feed: string, record: Stored<ArticleRecord>): Promise<void> {
  const { key, revision, shown } = record.value;
  const present = presentPlaces(shown);
  let stored: Stored<ArticleRecord> | null = record;
  for (let attempt = 0; attempt < ATTEMPTS_MAX && stored?.value.revision === revision; attempt += 1) {
    const { value, version }: Stored<ArticleRecord> = stored;
    const places = value.places.filter(
      (place) => place.feed !== feed || present.some((other) => samePlace(place, other)),
    );
    if (places.length === value.places.length) return;
    const next = { ...value, nonce: ports.nonce(), places };
    if ((await swapJson(ports.state, recordKey(key), next, version)) !== null) return;
    stored = await readJson<ArticleRecord>(ports.state, recordKey(key));
  }
}
