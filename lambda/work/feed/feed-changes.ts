/**
 * Applies messages to a feed: reads the records that they name, and cuts the touched pages again. Writes nothing
 * (feed-work.ts does).
 */

import { type Changes, touchesNewestOnly } from '../../feed/placement.ts';
import type { RecutFeed } from '../../feed/update.ts';
import { idsOf, type PlacedEntry } from '../../model/entry.ts';
import { readJson, type Stored } from '../../state/json-object.ts';
import { recordKey, rootKey } from '../../state/keys.ts';
import type { ArticleRecord } from '../../state/record.ts';
import { REPAIR_FEED_KEY } from '../../state/repair-state.ts';
import { type FeedRoot, isWaiting } from '../../state/root.ts';
import { both, mapBounded } from '../../store/bounded.ts';
import type { LaneMessage } from '../../store/queue.ts';
import { StoreError } from '../../store/store.ts';
import { readTakedownKey } from '../protocol/lanes.ts';
import type { Ports } from '../protocol/ports.ts';
import { type Recut, recutChanged, recutPortion } from './feed-archive.ts';
import { type OpenFeed, openRoot } from './feed-store.ts';

const OBJECTS_AT_ONCE_MAX = 16;
const ROUNDS_MAX = 20;
const NOTHING_READ: FirstReads['records'] = new Map();

/** By content key. */
export type Records = ReadonlyMap<string, Stored<ArticleRecord>>;

/** The feed after the messages are applied. */
export interface Applied extends Recut {
  readonly records: Records;
  readonly coming: readonly PlacedEntry[];
  /** Messages that have to wait for another run. */
  readonly deferred: readonly LaneMessage[];
  /** Half the page size that the pages are cut with after this run. */
  readonly halfPage: number;
  readonly recutting: FeedRoot['recutting'];
}

/** What a run needs in any case: none of it says what else is to be read, so all is read at once. */
export interface FirstReads {
  /** Null if there is none yet. */
  readonly root: Stored<FeedRoot> | null;
  /** Those that the messages name, by content key; null for one that does not exist. */
  readonly records: ReadonlyMap<string, Stored<ArticleRecord> | null>;
}

/** The records are newer than the messages, and no other run changes the root meanwhile. Null for a feed that is made again. */
export async function readFirst(
  ports: Ports,
  feed: string,
  messages: readonly LaneMessage[],
): Promise<FirstReads | null> {
  if (messages.some(isRepair)) return null;
  const keys = [...keysOf(messages.filter(({ key }) => readTakedownKey(key) === null))];
  const [root, records] = await both(
    readJson<FeedRoot>(ports.state, rootKey(feed)),
    mapBounded(keys, OBJECTS_AT_ONCE_MAX, async (key) => [key, await readStored(ports, key)] as const),
  );
  return { root, records: new Map(records) };
}

/**
 * A feed that is made again reads all records. Its other messages wait for the next run.
 *
 * @param first what was read for these messages; null for a feed that is made again
 */
export async function openAndApply(
  ports: Ports,
  feed: string,
  messages: readonly LaneMessage[],
  halfPage: number,
  first: FirstReads | null,
): Promise<{ readonly open: OpenFeed; readonly applied: Applied }> {
  if (first !== null) {
    const open = openRoot(feed, first.root, halfPage);
    return { open, applied: await applyMessages(ports, open.root, messages, halfPage, first.records) };
  }
  const { repairFeed } = await import('./feed-repair.ts');
  const { open, recut } = await repairFeed(ports, feed, halfPage);
  const directory = { feed, items: [], opened: [] };
  const deferred = messages.filter((message) => !isRepair(message));
  return {
    open,
    applied: { recut, directory, records: new Map(), coming: [], deferred, halfPage: halfPage, recutting: null },
  };
}

/** Whether a message asks for the whole feed to be made again. */
export function isRepair({ key }: LaneMessage): boolean {
  return key === REPAIR_FEED_KEY;
}

/**
 * Applies the records that the messages name. An archive that has to be cut with another page size is cut portion by
 * portion. Meanwhile new articles get through, cut as before. Changes of the archive wait until that is done.
 */
async function applyMessages(
  ports: Ports,
  root: FeedRoot,
  messages: readonly LaneMessage[],
  halfPage: number,
  first: FirstReads['records'],
): Promise<Applied> {
  const isSettled = root.recutting === null && (root.w === halfPage || root.archive === null);
  if (isSettled) return applyRecords(ports, { ...root, w: halfPage }, messages, first);
  const recutting = root.recutting?.w === halfPage ? root.recutting : { w: halfPage, after: null };
  const keyed = messages.filter(({ key }) => key !== null);
  const front = keyed.length === 0 ? null : await applyRecords(ports, root, keyed, first, true);
  if (front !== null) return { ...front, recutting };
  const waiting = { records: new Map(), coming: [], deferred: keyed };
  // Pages are not cut faster than their documents are written.
  if (isWaiting(root.pending))
    return { ...waiting, recut: keepAll(root), directory: null, halfPage: root.w, recutting };
  const { recut, directory, after } = await recutPortion(ports, root, recutting);
  const rest = after === null ? { halfPage, recutting: null } : { halfPage: root.w, recutting: { w: halfPage, after } };
  return { ...waiting, recut, directory, ...rest };
}

/**
 * Puts the entries of the records that the messages name in their places. Former owners of their ids are applied too,
 * wherever in the archive they stand, and so are the owners of entries with that id in the pages that are cut. So an id
 * changes hands in one root, and no history ever shows it twice.
 *
 * @returns null if only changes of the newest page were asked for, and there are others
 */
async function applyRecords(
  ports: Ports,
  root: FeedRoot,
  messages: readonly LaneMessage[],
  first: FirstReads['records'],
): Promise<Applied>;
async function applyRecords(
  ports: Ports,
  root: FeedRoot,
  messages: readonly LaneMessage[],
  first: FirstReads['records'],
  newestOnly: true,
): Promise<Applied | null>;
async function applyRecords(
  ports: Ports,
  root: FeedRoot,
  messages: readonly LaneMessage[],
  first: FirstReads['records'],
  newestOnly = false,
): Promise<Applied | null> {
  const keys = keysOf(messages);
  const records = new Map<string, Stored<ArticleRecord>>();
  for (let known = first; ; known = NOTHING_READ) {
    await readTogether(ports, root.feed, keys, records, known);
    const changes = changesOf(root.feed, records);
    if (newestOnly && !touchesNewestOnly(root.archive?.lastCut ?? null, root.newest, changes, root.w)) return null;
    const { recut, directory } = await recutChanged(ports, root, changes);
    const ids = new Set(changes.coming.flatMap(({ entry }) => idsOf(entry)));
    const isTaken = ({ entry }: PlacedEntry): boolean => idsOf(entry).some((id) => ids.has(id));
    const others = recut.standing.filter((each) => isTaken(each) && !keys.has(each.key) && !records.has(each.key));
    if (others.length === 0) {
      const { coming } = changes;
      return { records, coming, recut, directory, deferred: [], halfPage: root.w, recutting: root.recutting };
    }
    for (const { key } of others) keys.add(key);
  }
}

/**
 * Reads the missing records, and those of former owners of their ids. Records are not read at one instant. A former
 * owner's record counts as read after its successor's, because only then it surely no longer shows the id.
 */
async function readTogether(
  ports: Ports,
  feed: string,
  keys: ReadonlySet<string>,
  records: Map<string, Stored<ArticleRecord>>,
  first: FirstReads['records'],
): Promise<void> {
  const missing = [...keys].filter((key) => !records.has(key));
  let read = await readRecords(ports, missing, records, first);
  for (let round = 0; read.length > 0; round += 1) {
    if (round === ROUNDS_MAX) throw new StoreError('retry', `Ids kept changing hands while ${feed} was looked at.`);
    read = await readRecords(ports, predecessorsIn(feed, read), records);
  }
}

/** Content keys of former owners of ids that this feed now shows under another key. */
function predecessorsIn(feed: string, records: readonly Stored<ArticleRecord>[]): readonly string[] {
  const shown = records.filter(({ value }) => value.shown.some(({ feeds }) => feeds.includes(feed)));
  return [...new Set(shown.flatMap(({ value }) => value.successorOf ?? []))];
}

/**
 * Gives the records that are new, or differ from when they were read before.
 *
 * @param first those that were read just now
 */
async function readRecords(
  ports: Ports,
  keys: readonly string[],
  records: Map<string, Stored<ArticleRecord>>,
  first: FirstReads['records'] = NOTHING_READ,
): Promise<readonly Stored<ArticleRecord>[]> {
  const read = await mapBounded(keys, OBJECTS_AT_ONCE_MAX, async (key) => {
    const known = first.get(key);
    return known === undefined ? readStored(ports, key) : known;
  });
  const changed = read.flatMap((record) =>
    record === null || records.get(record.value.key)?.version === record.version ? [] : [record],
  );
  for (const record of changed) records.set(record.value.key, record);
  return changed;
}

function readStored(ports: Ports, key: string): Promise<Stored<ArticleRecord> | null> {
  return readJson<ArticleRecord>(ports.state, recordKey(key));
}

function keysOf(messages: readonly LaneMessage[]): Set<string> {
  return new Set(messages.flatMap(({ key }) => key ?? []));
}

/**
 * Membership and position come from the record alone: its entries are removed from all its places, then put at their
 * present ones.
 */
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

function keepAll(root: FeedRoot): RecutFeed {
  return { pages: [], newest: root.newest, oldest: null, standing: [], gone: [] };
}
