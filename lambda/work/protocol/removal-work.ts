/**
 * Files that are gone although no event said so. Each alone is an event that was lost; most of them at once are more
 * likely a content store that answers wrongly. So a comparison counts first and removes then, and what is more than may
 * go by itself waits for a person who names the very number.
 *
 * What is found is written down in lists that the sweep names, portion by portion: only what was counted is removed,
 * however often a run is repeated, and whatever else goes meanwhile.
 *
 * Not counted is who shows nothing, and an entry whose id or address another file wants by now: that one was renamed.
 */

import type { HeldRemovals } from '../../model/mass-removal.ts';
import { encodeJson, readJson, STATE_SCHEMA } from '../../state/json-object.ts';
import { addressesIn, aliasesPrefix, goneListKey, sweepKey } from '../../state/keys.ts';
import type { GoneFiles, GoneList, ReconcileState } from '../../state/reconcile-state.ts';
import type { ArticleRecord, ShownEntry, UseMarker } from '../../state/record.ts';
import { mapBounded } from '../../store/bounded.ts';
import type { ArticleMessage } from '../../store/queue.ts';
import { listAll, type Store } from '../../store/store.ts';
import { readWaiting } from './claim-work.ts';
import { RECONCILE_LANE } from './lanes.ts';
import type { Ports } from './ports.ts';

const READS_AT_ONCE_MAX = 32;
/** Enough to see which folder it is. */
const NAMES_MAX = 10;

export const NOTHING_GONE: GoneFiles = { count: 0, publishedCount: 0, files: [], lists: [] };

/** What the last comparison did not remove; null when nothing waits. */
export async function readHeldRemovals({ state }: { readonly state: Store }): Promise<HeldRemovals | null> {
  return (await readJson<ReconcileState>(state, sweepKey(RECONCILE_LANE)))?.value.held ?? null;
}

/** Whether who was not told of a file can't believe that it is gone. */
export async function doubtsRemovals(ports: Ports): Promise<boolean> {
  return ports.doubtsRemovals?.() === true || (await readHeldRemovals(ports)) !== null;
}

/** A record whose file is gone. */
export interface GoneRecord {
  readonly key: string;
  /** How many of its entries nobody else has by now: 0 for one that may go by itself. */
  readonly lostCount: number;
}

export async function countLost(ports: Ports, { key, shown }: ArticleRecord): Promise<GoneRecord> {
  const isBack = await mapBounded(shown, READS_AT_ONCE_MAX, (each) => isElsewhere(ports, key, each));
  return { key, lostCount: isBack.filter((each) => !each).length };
}

/** Whether another file that is there waits for what the entry stands on, or names its address as a former one. */
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

/** Adds what a portion of the records has shown. The list is there before the sweep names it. */
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

/** Has the files of one list looked at, which is obeyed: they are gone. */
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
