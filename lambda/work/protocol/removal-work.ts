/**
 * Files that are gone although no event said so. One such file means a lost event. Most files at once more likely mean
 * a content store that answers wrongly. So reconciling counts first and removes afterwards. What exceeds the limit
 * waits for a person who names that number.
 *
 * The files found are written into lists that the reconcile state names, portion by portion. So only what was counted
 * is removed, however often a run is repeated, and whatever else goes meanwhile.
 *
 * A file that shows nothing does not count, nor does an entry whose id or address another file wants by now: it was
 * renamed.
 */

import type { HeldRemovals } from '../../model/mass-removal.ts';
import { encodeJson, readJson, STATE_SCHEMA } from '../../state/json-object.ts';
import { addressesIn, aliasesPrefix, goneListKey, upkeepKey } from '../../state/keys.ts';
import type { GoneFiles, GoneList, ReconcileState } from '../../state/reconcile-state.ts';
import type { ArticleRecord, ShownEntry, UseMarker } from '../../state/record.ts';
import { mapBounded } from '../../store/bounded.ts';
import type { ArticleMessage } from '../../store/queue.ts';
import { listAll, type Store } from '../../store/store.ts';
import { readWaiting } from './claim-work.ts';
import { RECONCILE_LANE } from './lanes.ts';
import type { Ports } from './ports.ts';

const READS_AT_ONCE_MAX = 32;
/** Enough to recognise the folder. */
const NAMES_MAX = 10;

export const NOTHING_GONE: GoneFiles = { count: 0, publishedCount: 0, files: [], lists: [] };

/** The removals that the last reconcile held; null if none waits. */
export async function readHeldRemovals({ state }: { readonly state: Store }): Promise<HeldRemovals | null> {
  return (await readJson<ReconcileState>(state, upkeepKey(RECONCILE_LANE)))?.value.held ?? null;
}

/** Whether a run that was not told of a file must not believe that it is gone. */
export async function doubtsRemovals(ports: Ports): Promise<boolean> {
  return ports.doubtsRemovals?.() === true || (await readHeldRemovals(ports)) !== null;
}

/** A record whose file is gone. */
export interface GoneRecord {
  readonly key: string;
  /** How many of its entries no other file has by now: 0 for a record that may go by itself. */
  readonly lostCount: number;
}

export async function countLost(ports: Ports, { key, shown }: ArticleRecord): Promise<GoneRecord> {
  const isBack = await mapBounded(shown, READS_AT_ONCE_MAX, (each) => isElsewhere(ports, key, each));
  return { key, lostCount: isBack.filter((each) => !each).length };
}

/** Whether another present file waits for the entry's claims, or names its address as a former one. */
async function isElsewhere(ports: Ports, key: string, { claims }: ShownEntry): Promise<boolean> {
  const waiting = await Promise.all(claims.map((claim) => readWaiting(ports, claim)));
  const named = await Promise.all(addressesIn(claims).map((address) => readNamers(ports, address)));
  for (const other of new Set([...waiting, ...named].flat())) {
    if (other !== key && (await ports.content.inspect(other)) !== null) return true;
  }
  return false;
}

/** Content keys of the files that name an address as a former one, or once did. */
async function readNamers({ state }: Ports, address: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of listAll(state, aliasesPrefix(address))) {
    const marker = await readJson<UseMarker>(state, key);
    if (marker !== null) keys.push(marker.value.key);
  }
  return keys;
}

/** Adds what a portion of the records has shown. The list is written before the reconcile state names it. */
export async function noteGone(
  ports: Ports,
  before: GoneFiles,
  found: {
    readonly publishedCount: number;
    readonly articles: readonly GoneRecord[];
    readonly assets: readonly string[];
  },
): Promise<GoneFiles> {
  const files = found.articles.map(({ key }) => key);
  const keys = [...files, ...found.assets];
  const version = keys.length === 0 ? null : ports.nonce();
  if (version !== null) {
    const list: GoneList = { schema: STATE_SCHEMA, nonce: version, keys };
    await ports.state.write(goneListKey(RECONCILE_LANE, version), encodeJson(list));
  }
  return {
    count: before.count + found.articles.reduce((sum, { lostCount }) => sum + lostCount, 0),
    publishedCount: before.publishedCount + found.publishedCount,
    files: [...before.files, ...files].slice(0, NAMES_MAX),
    lists: version === null ? before.lists : [...before.lists, version],
  };
}

/** Has the files of one list looked at as files that are gone. */
export async function removeGone(ports: Ports, version: string): Promise<void> {
  const list = await readJson<GoneList>(ports.state, goneListKey(RECONCILE_LANE, version));
  await ports.queue.sendArticleWork((list?.value.keys ?? []).map(told));
}

/** A list that nobody needs any more. */
export async function dropList(ports: Ports, version: string): Promise<void> {
  await ports.state.remove(goneListKey(RECONCILE_LANE, version));
}

export function told(key: string): ArticleMessage {
  return { key, told: true };
}
