/** The part of a repair that reads every record: what stands beside it in the state store has to agree with it. */

import { findJson, STATE_SCHEMA, type StateObject, type Stored, swapJson } from '../../state/json-object.ts';
import { aliasKey, linkKey, rootKey, useKey } from '../../state/keys.ts';
import type { NameState } from '../../state/name-state.ts';
import type { ArticleRecord, UseMarker } from '../../state/record.ts';
import { mapBounded } from '../../store/bounded.ts';
import { StoreError } from '../../store/store.ts';
import { restoreClaim } from '../protocol/claim-work.ts';
import { watchName } from '../protocol/name-index.ts';
import { dropLostHolders, settleNamed } from '../protocol/named-files.ts';
import type { Ports } from '../protocol/ports.ts';
import type { Findings } from './repair-work.ts';

const RECORDS_AT_ONCE_MAX = 32;
const ATTEMPTS_MAX = 10;

/** @param keys of records in the state store */
export async function mendRecords(ports: Ports, keys: readonly string[]): Promise<Omit<Findings, 'recovered'>> {
  const found = await mapBounded(keys, RECORDS_AT_ONCE_MAX, (key) => mendRecord(ports, key));
  const feeds = [...new Set(found.flatMap((each) => each.feeds))];
  const roots = await mapBounded(feeds, RECORDS_AT_ONCE_MAX, (feed) => ports.state.inspect(rootKey(feed)));
  return {
    damaged: feeds.filter((_, index) => roots[index] === null),
    lost: found.reduce((sum, { lost }) => sum + lost, 0),
    others: found.reduce((sum, { others }) => sum + others, 0),
  };
}

interface Mended {
  /** Records of which nothing is known any more. */
  readonly lost: number;
  /** Objects beside the record that were made again. */
  readonly others: number;
  readonly feeds: readonly string[];
}

/** A record that changes while this is done is read again. */
async function mendRecord(ports: Ports, key: string): Promise<Mended> {
  let others = 0;
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const record = await findJson<ArticleRecord>(ports.state, key);
    if (record.kind === 'sound') {
      const mended = await mendSurroundings(ports, record);
      others += mended.others;
      if (mended.isWhole) return { lost: 0, others, feeds: record.value.shown.flatMap(({ feeds }) => feeds) };
      continue;
    }
    // No feed knew of it, else it would have been made again. Reconcile all looks at its file.
    if (record.kind === 'damaged') await ports.state.remove(key, { ifVersion: record.version });
    return { lost: record.kind === 'damaged' ? 1 : 0, others, feeds: [] };
  }
  throw new StoreError('retry', `${key} kept changing while it was looked at.`);
}

/** The claims that an article stands on, and the markers that lead to it. Not whole where its record changed meanwhile. */
async function mendSurroundings(
  ports: Ports,
  record: Stored<ArticleRecord>,
): Promise<{ readonly others: number; readonly isWhole: boolean }> {
  const { key, shown, uses, aliases, links = {}, linked = [] } = record.value;
  let others = 0;
  for (const claim of shown.flatMap(({ claims }) => claims)) {
    const isRestored = await restoreClaim(ports, record, claim);
    if (isRestored === null) return { others, isWhole: false };
    if (isRestored) others += 1;
  }
  const markers = [
    ...uses.map((asset) => useKey(asset, key)),
    ...aliases.map((alias) => aliasKey(alias, key)),
    ...linked.map((name) => linkKey(name, key)),
  ];
  for (const marker of markers) {
    if (await restoreMarker(ports, marker, key)) others += 1;
  }
  // Reconcile all has the linking articles look the name up again.
  await settleNamed(ports, record.value, false);
  await mapBounded(Object.keys(links), RECORDS_AT_ONCE_MAX, (name) => watchName(ports, name));
  return { others, isWhole: true };
}

/** @param keys of names in the state store */
export async function mendNames(ports: Ports, keys: readonly string[]): Promise<void> {
  await mapBounded(keys, RECORDS_AT_ONCE_MAX, async (key) => {
    const found = await findJson<NameState>(ports.state, key);
    if (found.kind === 'sound') await dropLostHolders(ports, found.value);
  });
}

/** Writes a marker; one too many does no harm. Gives whether it was missing. */
async function restoreMarker(ports: Ports, marker: string, key: string): Promise<boolean> {
  const found = await findJson<StateObject>(ports.state, marker);
  if (found.kind === 'sound') return false;
  const value: UseMarker = { schema: STATE_SCHEMA, nonce: ports.nonce(), key };
  return (await swapJson(ports.state, marker, value, found.version)) !== null;
}
