/** The part of a repair that reads every page of every feed: finds damage, and completes the records. */

import { feedsOf } from '../../feed/membership.ts';
import { articlesBase } from '../../model/addresses.ts';
import { type Entry, idsOf, type PlacedEntry, type Position, positionOf } from '../../model/entry.ts';
import type { Site } from '../../model/site.ts';
import { DamageError, findJson, swapJson } from '../../state/json-object.ts';
import { afterPrefix, FEEDS_PREFIX, feedFolderOf, feedOfFolder, ID_CLAIM, recordKey } from '../../state/keys.ts';
import { type ArticleRecord, createRecord, presentPlaces, type ShownEntry, unitePlaces } from '../../state/record.ts';
import type { RepairState } from '../../state/repair-state.ts';
import type { FeedRoot } from '../../state/root.ts';
import { mapBounded } from '../../store/bounded.ts';
import { StoreError } from '../../store/store.ts';
import { listPages } from '../feed/feed-archive.ts';
import { openDirectory, readPage } from '../feed/feed-store.ts';
import { CATALOG_LANE } from '../protocol/lanes.ts';
import type { Ports } from '../protocol/ports.ts';
import type { Findings } from './repair-work.ts';

/** Pages that one step reads. */
const PAGES_PER_STEP = 16;
const ENTRIES_AT_ONCE_MAX = 16;
const ATTEMPTS_MAX = 10;

export interface FeedInspection extends Pick<Findings, 'damaged' | 'recovered'> {
  /** Last key of the feeds that are done. */
  readonly after: string;
  readonly page: Position | null;
  readonly looked: number;
}

/** Looks at the next pages of the next feed; null when there is none. */
export async function inspectFeed(
  ports: Ports,
  site: Site,
  { after, page }: Pick<RepairState, 'after' | 'page'>,
): Promise<FeedInspection | null> {
  const { objects } = await ports.state.list({ prefix: FEEDS_PREFIX, after, limitCount: 1 });
  const first = objects[0]?.key;
  if (first === undefined) return null;
  const folder = feedFolderOf(first);
  const ended = { after: afterPrefix(folder), page: null };
  const key = `${folder}root.json`;
  const found = await findJson<FeedRoot>(ports.state, key);
  if (found.kind !== 'sound') {
    const name = feedOfFolder(folder);
    // A feed can't be asked for without its name. If a record names it, the feed will be found to be missing.
    if (name === null && found.kind === 'damaged') await ports.state.remove(key, { ifVersion: found.version });
    return { ...ended, damaged: name === null ? [] : [name], recovered: 0, looked: 1 };
  }
  const root = found.value;
  const { damaged, entries, last } = await readPages(ports, root, page);
  const recovered = await mapBounded(entries, ENTRIES_AT_ONCE_MAX, (placed) =>
    remember(ports, site, root.feed, placed),
  );
  if (last === null) await ports.queue.sendLaneWork([{ lane: CATALOG_LANE, key: root.feed }]);
  return {
    ...(last === null ? ended : { after, page: last }),
    damaged: damaged ? [root.feed] : [],
    recovered: recovered.filter(Boolean).length,
    looked: 1 + entries.length,
  };
}

interface ReadPages {
  readonly damaged: boolean;
  readonly entries: readonly PlacedEntry[];
  /** Where the next step begins; null when all pages were read. */
  readonly last: Position | null;
}

/** A page that was replaced meanwhile is still there for an hour; should it not be, the feed is made anew in vain. */
async function readPages(ports: Ports, root: FeedRoot, after: Position | null): Promise<ReadPages> {
  const entries: PlacedEntry[] = after === null ? [...root.newest] : [];
  let damaged = false;
  let count = 0;
  try {
    const directory = await openDirectory(ports, root);
    const spans = root.archive === null ? [] : [{ after, to: root.archive.lastCut }];
    for await (const { page } of listPages(ports, directory, spans)) {
      const standing = await unlessDamaged(readPage(ports, root.feed, page));
      if (standing === null) damaged = true;
      else entries.push(...standing);
      count += 1;
      if (count === PAGES_PER_STEP) return { damaged, entries, last: page.last };
    }
    return { damaged, entries, last: null };
  } catch (error) {
    if (!(error instanceof DamageError)) throw error;
    return { damaged: true, entries, last: null };
  }
}

async function unlessDamaged<Result>(reading: Promise<Result>): Promise<Result | null> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof DamageError)) throw error;
    return null;
  }
}

/**
 * Makes sure that an entry's record lists this place. Otherwise nobody would remove the entry when its file goes.
 *
 * @returns whether the record was made again
 */
async function remember(ports: Ports, site: Site, feed: string, { key, entry }: PlacedEntry): Promise<boolean> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const found = await findJson<ArticleRecord>(ports.state, recordKey(key));
    const isSound = found.kind === 'sound';
    const record = isSound ? found.value : { ...createRecord(key), revision: ports.now() };
    const known = isSound && !isRecovered(record) ? record : recoverEntry(record, entry, site);
    const places = unitePlaces(known.places, [{ feed, position: positionOf(entry) }]);
    if (isSound && known === record && places.length === record.places.length) return false;
    const next = { ...known, places, nonce: ports.nonce() };
    if ((await swapJson(ports.state, recordKey(key), next, found.version)) !== null) return !isSound;
  }
  throw new StoreError('retry', `The record of ${key} kept changing.`);
}

/** Whether the record was made from the entries in feeds, and its file was not looked at since. */
function isRecovered({ sourceVersion, shown }: ArticleRecord): boolean {
  return sourceVersion === null && shown.length > 0;
}

/**
 * A record with an entry that a feed shows and the facts that are frozen by that: its id, the date at which it was first
 * seen where its file has none, and when it last changed. The fingerprint of its source is that of the present one.
 */
function recoverEntry(record: ArticleRecord, entry: Entry, site: Site): ArticleRecord {
  if (record.shown.some((other) => other.entry.id === entry.id)) return record;
  const changed = entry.updated.at > entry.published.at ? entry.updated : null;
  const { id, guid } = entry;
  const facts = { firstSeen: entry.published, id, ...(guid !== undefined && { guid }), fingerprint: null, changed };
  const base = articlesBase(site);
  const path = entry.url.startsWith(base) ? `/${entry.url.slice(base.length)}` : null;
  const claims = [...idsOf(entry).map((each) => ID_CLAIM + each), ...(path === null ? [] : [`address ${path}`])];
  const shown: ShownEntry = { entry, feeds: feedsOf(entry, site), claims, assets: [], aliases: [], expires: null };
  // The items of a JSON file go by their id or path, whichever they say themselves; one that is alone needs no name.
  const names = record.key.toLowerCase().endsWith('.json') ? [...idsOf(entry), ...(path === null ? [] : [path])] : [];
  return {
    ...record,
    shown: [...record.shown, shown],
    places: unitePlaces(record.places, presentPlaces([shown])),
    claims: [...new Set([...record.claims, ...claims])],
    facts: { ...record.facts, ...Object.fromEntries(['', ...names].map((part) => [part, facts])) },
  };
}
