/**
 * Feed work: apply what the records say to one feed, and bring its documents up to date. The queue gives each feed one
 * writer at a time; the root is compared and swapped all the same, and a conflict stops the run.
 *
 * The order of writes: pages under new keys; a marker under `due/`; the root that lists the pending documents; the
 * documents, in the order that feed-documents.ts explains; the root with nothing pending; removal of the marker. The
 * next run after a crash finishes what is pending, even if there is nothing else to do. This feed's old places are
 * removed from the records only after this run's own root has been written.
 */

import { hasFeedPages } from '../../address/reserved-path.ts';
import { ALL_FEED, createRow, isPermanent, pageSizeOf } from '../../feed/membership.ts';
import { minimumOf } from '../../feed/opening.ts';
import { type FeedUpdate, nextRoot } from '../../feed/update.ts';
import { subscriptionPath } from '../../model/addresses.ts';
import type { Site } from '../../model/site.ts';
import { readJson, type Stored, swapJson } from '../../state/json-object.ts';
import { dueKey, recordKey } from '../../state/keys.ts';
import { type ArticleRecord, presentPlaces, samePlace } from '../../state/record.ts';
import { type FeedRoot, isHeadWaiting, isUnfinished, isWaiting, NOTHING_PENDING } from '../../state/root.ts';
import { mapBounded } from '../../store/bounded.ts';
import type { LaneMessage } from '../../store/queue.ts';
import { momentAt } from '../../time/moment.ts';
import { type DocumentCounts, NO_DOCUMENTS } from '../protocol/documents.ts';
import { askForSitemap, markDue } from '../protocol/due-work.ts';
import { CATALOG_LANE, feedLane, REPAIR_LANE, readTakedownKey } from '../protocol/lanes.ts';
import { tellOpened } from '../protocol/opened-feeds.ts';
import { formerPageMessage } from '../protocol/page-messages.ts';
import type { Ports } from '../protocol/ports.ts';
import type { GoodSite, SiteState } from '../protocol/site-work.ts';
import type { Recut } from './feed-archive.ts';
import { type Applied, type FirstReads, isRepair, openAndApply, type Records } from './feed-changes.ts';
import { type DocumentTask, formatsOf, writeFeedPage, writePendingDocuments } from './feed-documents.ts';
import { boundRoot, forgetWhatIsOld } from './feed-retention.ts';
import { type OpenFeed, openDirectory, replacedPages, swapRoot, writeDirectory, writePages } from './feed-store.ts';
import { askForPings } from './hub-work.ts';

const OBJECTS_AT_ONCE_MAX = 16;
const ATTEMPTS_MAX = 10;
/** How long a run may take before the tick sends the feed's message again. */
const UNFINISHED_MS = 15 * 60 * 1000;
const SECOND_MS = 1000;

/**
 * Brings the feed up to date. A feed that is made again for a repair tells the repair. Takedowns come last, when all
 * documents are written.
 *
 * @param first what was read for these messages (`readFirst`)
 */
export async function workOnFeed(
  ports: Ports,
  settings: GoodSite & Pick<SiteState, 'takedowns'>,
  feed: string,
  messages: readonly LaneMessage[],
  first: FirstReads | null,
): Promise<DocumentCounts> {
  const takedowns = messages.filter(({ key }) => readTakedownKey(key) !== null);
  const others = messages.filter((message) => !takedowns.includes(message));
  const counts = await bringUpToDate(ports, settings, feed, others, first);
  if (messages.some(isRepair)) await ports.queue.sendLaneWork([{ lane: REPAIR_LANE, key: feed }]);
  if (takedowns.length > 0) {
    const { workOnTakedowns } = await import('./takedown-work.ts');
    await workOnTakedowns(ports, settings, feed, takedowns);
  }
  return counts;
}

async function bringUpToDate(
  ports: Ports,
  { site, revision }: GoodSite,
  feed: string,
  messages: readonly LaneMessage[],
  first: FirstReads | null,
): Promise<DocumentCounts> {
  const { open, applied } = await openAndApply(ports, feed, messages, pageSizeOf(feed, site) / 2, first);
  const { records, coming, recut } = applied;
  const isEmpty = coming.length === 0 && recut.newest.length === 0;
  if (open.version === null && isEmpty && !isPermanent(feed, site)) {
    await trimPlaces(ports, feed, records);
    return NO_DOCUMENTS;
  }
  const { archive, ...directory } = await writeArchive(ports, open.root, applied);
  const minimum = minimumOf(feed, site);
  const root = nextRoot(
    open.root,
    { recut, archive, coming },
    {
      ...directory,
      halfPage: applied.halfPage,
      recutting: applied.recutting,
      minimum,
      wasPublic: minimum > 1 && open.root.revision === 0 && (await isPublic(ports, feed)),
      siteRevision: revision,
      formats: formatsOf(feed, site),
      now: momentAt(Math.floor(ports.now() / SECOND_MS) * SECOND_MS),
      nonce: ports.nonce(),
    },
  );
  if (root !== null) {
    const decided = { open, root, archive, applied };
    return root.opening === 'withheld' ? withhold(ports, site, decided) : finish(ports, site, decided);
  }
  // A run that died may have written the root and not told.
  if (open.root.opening === 'withheld') await ports.queue.sendLaneWork([{ lane: CATALOG_LANE, key: feed }]);
  await trimPlaces(ports, feed, records);
  const isAsked = messages.some(({ key }) => key === null);
  return isAsked ? writeFeedPage(ports, site, open.root) : NO_DOCUMENTS;
}

/** Whether the feed has documents: a root may be new because the state was lost. */
async function isPublic(ports: Ports, feed: string): Promise<boolean> {
  return (await ports.public.inspect(subscriptionPath(feed, 'atom'))) !== null;
}

/** The plan of one run. */
interface Decided {
  readonly open: OpenFeed;
  readonly root: FeedRoot;
  readonly archive: FeedUpdate['archive'];
  readonly applied: Applied;
}

/** A feed without documents has an end as soon as its root is written. */
async function withhold(ports: Ports, site: Site, { open, root, applied }: Decided): Promise<DocumentCounts> {
  const { feed } = root;
  await swapRoot(ports, { ...root, pending: { ...NOTHING_PENDING, head: true } }, open.version);
  const told = rowChanged(open, root, site) ? [{ lane: CATALOG_LANE, key: feed }] : [];
  const messages = [...told, ...applied.deferred];
  if (messages.length > 0) await ports.queue.sendLaneWork(messages);
  await trimPlaces(ports, feed, applied.records);
  return NO_DOCUMENTS;
}

async function finish(ports: Ports, site: Site, decided: Decided): Promise<DocumentCounts> {
  const { open, applied } = decided;
  const { root, surplus } = await boundRoot(ports, decided.root);
  const { feed } = root;
  const unfinishedAt = ports.now() + UNFINISHED_MS;
  await markDue(ports, 'feed', feedLane(feed), unfinishedAt);
  const version = await swapRoot(ports, root, open.version);
  const { counts, left, seals } = await writePendingDocuments(
    ports,
    await createTask(ports, site, { ...decided, root }),
  );
  if (isHeadWaiting(open.root) || open.root.siteRevision !== root.siteRevision || rowChanged(open, root, site)) {
    await ports.queue.sendLaneWork([{ lane: CATALOG_LANE, key: feed }]);
  }
  if (root.pending.head && !left.head) await askForPings(ports, site, feed);
  if (feed === ALL_FEED) await askForSitemap(ports);
  if (!hasFeedPages(feed, site)) await ports.queue.sendLaneWork([formerPageMessage(subscriptionPath(feed, 'html'))]);
  const isOpened = root.opening === 'under way' && !left.head;
  if (isOpened) await tellOpened(ports, feed);
  const written = {
    ...root,
    pending: left,
    ...(isOpened && ({ opening: 'done' } as const)),
    ...(seals !== undefined && { seals }),
  };
  const last = await forgetWhatIsOld(ports, site, written, surplus);
  await swapRoot(ports, { ...last, nonce: ports.nonce(), revision: root.revision + 1 }, version);
  await ports.state.remove(dueKey(unfinishedAt, 'feed', feed));
  await trimPlaces(ports, feed, applied.records);
  const messages = [...applied.deferred, ...(isUnfinished(last) ? [{ lane: feedLane(feed), key: null }] : [])];
  if (messages.length > 0) await ports.queue.sendLaneWork(messages);
  return counts;
}

/** Whether the catalog has to be told. After an unfinished run, and after a repair, it is told in any case. */
function rowChanged(open: OpenFeed, root: FeedRoot, site: Site): boolean {
  return open.version === null || JSON.stringify(createRow(open.root, site)) !== JSON.stringify(createRow(root, site));
}

interface WrittenArchive {
  /** Null when it was not looked at. */
  readonly archive: FeedUpdate['archive'];
  /** Version of the directory in force. */
  readonly directory: string | null;
  /** State keys that are no longer in force. */
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

/** Removes this feed's old places from the records. */
async function trimPlaces(ports: Ports, feed: string, records: Records): Promise<void> {
  await mapBounded([...records.values()], OBJECTS_AT_ONCE_MAX, (record) => trimRecord(ports, feed, record));
}

/**
 * Other feeds remove theirs at the same time, so the swap is tried again while the record says the same. If the record
 * says something new, the places stay: this feed gets another message then.
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
