/**
 * Makes a feed again from the records, whatever became of its objects. Its pages are written under new keys, beside the
 * old ones. The root that feed work then writes is the switch.
 *
 * All of it is one run, which no other run of the feed interrupts. Only this feed removes its old places from records.
 * So if an article changes while the records are read, its later message still finds every place that the entry has to
 * leave.
 *
 * Every record is read once, and those of the feed once more. Only their positions (about 200 bytes each) and a few
 * pages are kept in memory. On AWS that fits into one run up to about 100,000 articles.
 */

import { cutPages, namePage } from '../../feed/pages.ts';
import { type RecutFeed, updatedOf } from '../../feed/update.ts';
import { comparePositions, type PlacedEntry, type PlacedPosition, positionOf } from '../../model/entry.ts';
import { findJson, readJson } from '../../state/json-object.ts';
import { RECORDS_PREFIX, recordKey, rootKey } from '../../state/keys.ts';
import type { ArticleRecord } from '../../state/record.ts';
import { createRoot, type FeedRoot, NOTHING_PENDING } from '../../state/root.ts';
import { mapBounded } from '../../store/bounded.ts';
import { listAll, StoreError } from '../../store/store.ts';
import type { Ports } from '../protocol/ports.ts';
import { type OpenFeed, writePages } from './feed-store.ts';
import { findSupersededPages, readPublishedRemovals } from './published-facts.ts';

const RECORDS_AT_ONCE_MAX = 32;
const PAGES_AT_ONCE_MAX = 4;
const PORTION_COUNT = 500;
const END = { at: Number.MAX_SAFE_INTEGER, id: '' };

/** The feed as feed work opens it, without entries, and what the records make of it. */
export async function repairFeed(
  ports: Ports,
  feed: string,
  halfPage: number,
): Promise<{ readonly open: OpenFeed; readonly recut: RecutFeed }> {
  const recut = await repairPages(ports, feed, halfPage);
  const names = new Set(recut.pages.flatMap((page) => (page.kind === 'kept' ? page.reference.name : [])));
  const found = await findJson<FeedRoot>(ports.state, rootKey(feed));
  const known = found.kind === 'sound' ? found.value : await restoreRoot(ports, feed, halfPage);
  // Only its directory, which may be what is damaged, could say which pages the feed had until now.
  const remembered = known.superseded.map(({ name }) => name);
  const lost = await findSupersededPages(ports, feed, new Set([...names, ...remembered]));
  const { entryCount, newest, directory, archive, recutting } = createRoot(feed, halfPage);
  // It is unknown which documents are there, and what they say.
  const pending = { ...NOTHING_PENDING, head: known.pending.head, changed: [{ after: null, to: END }] };
  // Removals that nobody was told of are unknown. The feed's date does not go back for them.
  const removed = updatedOf(known);
  const superseded = [...known.superseded, ...lost];
  const root = {
    ...known,
    removed,
    superseded,
    w: halfPage,
    entryCount,
    newest,
    directory,
    archive,
    recutting,
    pending,
  };
  return { open: { root, version: found.version }, recut };
}

/** The facts of an unreadable root, as far as public documents still tell them. */
async function restoreRoot(ports: Ports, feed: string, halfPage: number): Promise<FeedRoot> {
  return { ...createRoot(feed, halfPage), ...(await readPublishedRemovals(ports, feed)) };
}

/** The entries that the records say are in the feed, cut and written. */
async function repairPages(ports: Ports, feed: string, halfPage: number): Promise<RecutFeed> {
  const { pages, rest } = cutPages(await findPositions(ports, feed), halfPage, false);
  const references = await mapBounded(pages, PAGES_AT_ONCE_MAX, async (page) => {
    const entries = await readEntries(ports, feed, page);
    const [reference] = await writePages(ports, feed, [{ kind: 'made', name: namePage(page), entries }]);
    if (reference === undefined) throw new Error('A page that was written has a reference.');
    return { kind: 'kept', reference } as const;
  });
  const newest = await readEntries(ports, feed, rest);
  const [oldest = null] = await readEntries(ports, feed, (pages[0] ?? rest).slice(0, 1));
  return { pages: references, newest, oldest, standing: [], gone: [] };
}

/** Where the entries of the feed stand, oldest first. */
async function findPositions(ports: Ports, feed: string): Promise<readonly PlacedPosition[]> {
  const found = new Map<string, PlacedPosition>();
  const look = async (keys: readonly string[]): Promise<void> => {
    const placed = await mapBounded(keys, RECORDS_AT_ONCE_MAX, async (key) => {
      const record = await readJson<ArticleRecord>(ports.state, key);
      return record === null ? [] : entriesIn(feed, record.value);
    });
    for (const { key, entry } of placed.flat()) {
      found.set(entry.id, { key, entry: { id: entry.id, published: entry.published } });
    }
  };
  let portion: string[] = [];
  for await (const { key } of listAll(ports.state, RECORDS_PREFIX)) {
    portion.push(key);
    if (portion.length < PORTION_COUNT) continue;
    await look(portion);
    portion = [];
  }
  await look(portion);
  return [...found.values()].sort((a, b) => comparePositions(positionOf(a.entry), positionOf(b.entry)));
}

async function readEntries(
  ports: Ports,
  feed: string,
  positions: readonly PlacedPosition[],
): Promise<readonly PlacedEntry[]> {
  return mapBounded(positions, RECORDS_AT_ONCE_MAX, async ({ key, entry }) => {
    const record = await readJson<ArticleRecord>(ports.state, recordKey(key));
    const placed = record === null ? [] : entriesIn(feed, record.value);
    const present = placed.find((each) => comparePositions(positionOf(each.entry), positionOf(entry)) === 0);
    if (present === undefined) throw new StoreError('retry', `${key} changed while the feed ${feed} was made anew.`);
    return present;
  });
}

function entriesIn(feed: string, { key, shown }: ArticleRecord): readonly PlacedEntry[] {
  return shown.filter(({ feeds }) => feeds.includes(feed)).map(({ entry }) => ({ key, entry }));
}
