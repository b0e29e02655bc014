/**
 * Feed work: apply what the records say to one feed, and bring its documents up to date. The queue gives each feed one
 * writer at a time; the root is compared and swapped all the same, and a conflict stops the run.
 *
 * In order: pages under new keys; a marker under `due/`; the root that lists the documents still pending; the
 * documents, archive pages oldest first and the subscription page last; the root without pending, and the marker goes.
 * Whoever comes after a crash finishes what is pending, even when there is nothing else to do. Only after this run's
 * own root has been written are this feed's old places taken from the records.
 */

import { subscriptionPath } from '../addresses.ts';
import { hasFeedPages } from '../article/fields/reserved-path.ts';
import { isPermanent } from '../feed/membership.ts';
import type { PlacedEntry } from '../feed/pages.ts';
import { type Changes, planRuns, type Run, touchesNewestOnly } from '../feed/placement.ts';
import { type FeedUpdate, forgetsNextAt, nextRoot, REMEMBERED_MS, type RecutFeed, recutFeed } from '../feed/update.ts';
import { momentAt } from '../moment.ts';
import type { Site } from '../site/site.ts';
import { readJson, type Stored, swapJson } from '../state/json-object.ts';
import { dueKey, recordKey, rootKey } from '../state/keys.ts';
import { type ArticleRecord, presentPlaces, samePlace } from '../state/record.ts';
import type { FeedRoot, PageReference } from '../state/root.ts';
import { mapBounded } from '../store/bounded.ts';
import type { FeedMessage } from '../store/queue.ts';
import { StoreError } from '../store/store.ts';
import { CATALOG_FEED, createRow } from './catalog-work.ts';
import { type DocumentCounts, NO_DOCUMENTS } from './documents.ts';
import { markDue } from './due-work.ts';
import { removeArchiveDocuments, renewFeedPage, writePendingDocuments } from './feed-documents.ts';
import {
  type OpenFeed,
  openFeed,
  readDirectory,
  readPage,
  replacedObjects,
  writeDirectory,
  writePages,
} from './feed-store.ts';
import { formerPageMessage } from './page-work.ts';
import type { Ports } from './ports.ts';
import type { GoodSite } from './site-work.ts';

const OBJECTS_AT_ONCE_MAX = 16;
/** How long a run may take before the sweep looks after what it left unfinished. */
const UNFINISHED_MS = 15 * 60 * 1000;
/** A run is over by then, so nobody can still be reading a page that was replaced. */
const GARBAGE_MS = 60 * 60 * 1000;
const SECOND_MS = 1000;

type Records = ReadonlyMap<string, Stored<ArticleRecord>>;

export async function workOnFeed(
  ports: Ports,
  { site, revision }: GoodSite,
  feed: string,
  messages: readonly FeedMessage[],
): Promise<DocumentCounts> {
  const w = site.pageSize / 2;
  const open = await openFeed(ports, feed, w);
  const isRestyled = revision !== open.root.siteRevision;
  const { records, coming, recut, directory } = await applyRecords(ports, open, messages, w, isRestyled);
  if (open.version === null && coming.length === 0 && !isPermanent(feed, site)) {
    await trimPlaces(ports, feed, records);
    return NO_DOCUMENTS;
  }
  const archive = directory && { before: directory, after: await writePages(ports, feed, recut.pages) };
  const newDirectory = archive === null ? open.root.directory : await settleDirectory(ports, open.root, archive);
  const root = nextRoot(
    open.root,
    { recut, archive, coming },
    {
      directory: newDirectory,
      replaced: archive === null ? [] : replacedObjects(open.root, newDirectory, archive),
      siteRevision: revision,
      w,
      now: momentAt(Math.floor(ports.now() / SECOND_MS) * SECOND_MS),
      nonce: ports.nonce(),
    },
  );
  if (root !== null) return finish(ports, site, { open, root, recut, archive, records });
  await trimPlaces(ports, feed, records);
  const isAsked = messages.some(({ key }) => key === null);
  return isAsked ? renewFeedPage(ports, site, open.root) : NO_DOCUMENTS;
}

/** What one run has decided, and has to carry out. */
interface Decided {
  readonly open: OpenFeed;
  readonly root: FeedRoot;
  readonly recut: RecutFeed;
  readonly archive: FeedUpdate['archive'];
  readonly records: Records;
}

async function finish(
  ports: Ports,
  site: Site,
  { open, root, recut, archive, records }: Decided,
): Promise<DocumentCounts> {
  const { feed } = root;
  const unfinishedAt = ports.now() + UNFINISHED_MS;
  await markDue(ports, 'feed', feed, unfinishedAt);
  const version = await swapRoot(ports, root, open.version);
  const { counts, left } = await writePendingDocuments(ports, site, root, recut, archive?.after ?? []);
  if (open.root.pendingHead || open.root.siteRevision !== root.siteRevision || rowChanged(open, root, site)) {
    await ports.queue.sendFeedWork([{ feed: CATALOG_FEED, key: feed }]);
  }
  if (!hasFeedPages(feed, site)) await ports.queue.sendFeedWork([formerPageMessage(subscriptionPath(feed, 'html'))]);
  await swapRoot(ports, await cleanUp(ports, site, root, left), version);
  await ports.state.remove(dueKey(unfinishedAt, 'feed', feed));
  await trimPlaces(ports, feed, records);
  if (left.length > 0) await ports.queue.sendFeedWork([{ feed, key: null }]);
  return counts;
}

/**
 * Whether the catalog has to know. After a run that did not finish, and when all is made anew, it is told in any case.
 */
function rowChanged(open: OpenFeed, root: FeedRoot, site: Site): boolean {
  return open.version === null || JSON.stringify(createRow(open.root, site)) !== JSON.stringify(createRow(root, site));
}

interface Applied {
  readonly records: Records;
  readonly coming: readonly PlacedEntry[];
  readonly recut: RecutFeed;
  /** The archive as it is, oldest page first; null when it was not needed. */
  readonly directory: readonly PageReference[] | null;
}

/**
 * Puts the entries of the records that the messages name in their places. An id that stands there under another key
 * has changed hands: that key's record is read and applied as well, so that no document ever shows an id twice.
 */
async function applyRecords(
  ports: Ports,
  open: OpenFeed,
  messages: readonly FeedMessage[],
  w: number,
  isRestyled: boolean,
): Promise<Applied> {
  const keys = new Set(messages.flatMap(({ key }) => key ?? []));
  const records = new Map<string, Stored<ArticleRecord>>();
  for (;;) {
    await readRecords(ports, keys, records);
    const changes = changesOf(open.root.feed, records);
    const { recut, directory } = await recutPages(ports, open.root, changes, w, isRestyled);
    const ids = new Set(changes.coming.map(({ entry }) => entry.id));
    const others = recut.standing.filter(({ key, entry }) => ids.has(entry.id) && !keys.has(key));
    if (others.length === 0) return { records, coming: changes.coming, recut, directory };
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

async function recutPages(
  ports: Ports,
  root: FeedRoot,
  changes: Changes,
  w: number,
  isRestyled: boolean,
): Promise<Pick<Applied, 'recut' | 'directory'>> {
  const front = recutFeed(root, [], [{ from: 0, to: 0, withNewest: true }], new Map(), changes, w);
  const isAtFront = touchesNewestOnly(root.archive?.lastCut ?? null, root.newest, changes, w);
  const isWhole = w === root.w && isAtFront && front.pages.length === 0 && root.pendingPages.length === 0;
  if (isWhole && (!isRestyled || root.archive === null)) return { recut: front, directory: null };
  const directory = await readDirectory(ports, root);
  const runs =
    w === root.w ? planRuns(directory, root.newest, changes, w) : [{ from: 0, to: directory.length, withNewest: true }];
  const loaded = await loadPages(ports, root.feed, directory, runs);
  return { recut: recutFeed(root, directory, runs, loaded, changes, w), directory };
}

async function loadPages(
  ports: Ports,
  feed: string,
  directory: readonly PageReference[],
  runs: readonly Run[],
): Promise<ReadonlyMap<number, readonly PlacedEntry[]>> {
  const wanted = runs.flatMap(({ from, to }) =>
    directory.slice(from, to).map((page, offset) => ({ page, index: from + offset })),
  );
  return new Map(
    await mapBounded(
      wanted,
      OBJECTS_AT_ONCE_MAX,
      async ({ page, index }) => [index, await readPage(ports, feed, page)] as const,
    ),
  );
}

async function settleDirectory(
  ports: Ports,
  root: FeedRoot,
  { before, after }: NonNullable<FeedUpdate['archive']>,
): Promise<string | null> {
  const isSame =
    before.length === after.length && before.every(({ version }, index) => version === after[index]?.version);
  return isSame ? root.directory : writeDirectory(ports, root.feed, after);
}

/** A conflict means that the exclusion was broken, by a run that outlived its time: this one stops. */
async function swapRoot(ports: Ports, root: FeedRoot, version: string | null): Promise<string> {
  const swapped = await swapJson(ports.state, rootKey(root.feed), root, version);
  if (swapped !== null) return swapped;
  throw new StoreError('retry', `The feed ${root.feed} was changed by somebody else meanwhile; this run stops.`);
}

/** Removes what nobody reads any more, and gives the root without what is done. */
async function cleanUp(ports: Ports, site: Site, root: FeedRoot, left: readonly string[]): Promise<FeedRoot> {
  const now = ports.now();
  const isGarbage = ({ at }: { readonly at: number }): boolean => at <= now - GARBAGE_MS;
  const isForgotten = ({ at }: { readonly at: number }): boolean => at <= now - REMEMBERED_MS;
  await mapBounded(root.garbage.filter(isGarbage), OBJECTS_AT_ONCE_MAX, ({ key }) => ports.state.remove(key));
  // In this order no page goes before one that links to it.
  for (const { name } of root.superseded.filter(isForgotten)) await removeArchiveDocuments(ports, site, root.feed, name);
  const superseded = root.superseded.filter((page) => !isForgotten(page));
  const forgetsAt = forgetsNextAt({ ...root, superseded });
  if (forgetsAt !== null) await markDue(ports, 'feed', root.feed, forgetsAt);
  return {
    ...root,
    nonce: ports.nonce(),
    revision: root.revision + 1,
    pendingPages: left,
    pendingHead: left.length > 0,
    superseded,
    garbage: root.garbage.filter((each) => !isGarbage(each)),
  };
}

/** Takes this feed's old places from the records, unless somebody changed them meanwhile: then they stay. */
async function trimPlaces(ports: Ports, feed: string, records: Records): Promise<void> {
  await mapBounded([...records.values()], OBJECTS_AT_ONCE_MAX, async ({ value, version }) => {
    const present = presentPlaces(value.shown);
    const places = value.places.filter(
      (place) => place.feed !== feed || present.some((other) => samePlace(place, other)),
    );
    if (places.length === value.places.length) return;
    await swapJson(ports.state, recordKey(value.key), { ...value, nonce: ports.nonce(), places }, version);
  });
}
