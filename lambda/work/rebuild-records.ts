/** The part of a rebuild that reads every record: what stands beside it in the state store has to agree with it. */

import { findJson, STATE_SCHEMA, type StateObject, swapJson } from '../state/json-object.ts';
import { aliasKey, claimKey, rootKey, useKey } from '../state/keys.ts';
import type { ArticleRecord } from '../state/record.ts';
import { mapBounded } from '../store/bounded.ts';
import type { UseMarker } from './asset-work.ts';
import { restoreClaim } from './claim-work.ts';
import type { Ports } from './ports.ts';
import type { Findings } from './rebuild-work.ts';

const RECORDS_AT_ONCE_MAX = 32;

/** @param keys of records in the state store */
export async function mendRecords(ports: Ports, keys: readonly string[]): Promise<Omit<Findings, 'recovered'>> {
  const found = await mapBounded(keys, RECORDS_AT_ONCE_MAX, async (key) => {
    const record = await findJson<ArticleRecord>(ports.state, key);
    if (record.kind === 'sound') return { lost: 0, ...(await mendSurroundings(ports, record.value)) };
    // No feed knew of it, else it would be there again. Its file is looked at when everything is announced.
    if (record.kind === 'damaged') await ports.state.remove(key, { ifVersion: record.version });
    return { lost: record.kind === 'damaged' ? 1 : 0, others: 0, feeds: [] };
  });
  const feeds = [...new Set(found.flatMap((each) => each.feeds))];
  const roots = await mapBounded(feeds, RECORDS_AT_ONCE_MAX, (feed) => ports.state.inspect(rootKey(feed)));
  return {
    damaged: feeds.filter((_, index) => roots[index] === null),
    lost: found.reduce((sum, { lost }) => sum + lost, 0),
    others: found.reduce((sum, { others }) => sum + others, 0),
  };
}

/** The claims that an article stands on, and the markers that lead to it. */
async function mendSurroundings(
  ports: Ports,
  { key, shown, uses, aliases }: ArticleRecord,
): Promise<{ readonly others: number; readonly feeds: readonly string[] }> {
  let others = 0;
  for (const claim of shown.flatMap(({ claims }) => claims)) {
    if (await restoreClaim(ports, claimKey(claim), key)) others += 1;
  }
  const markers = [...uses.map((asset) => useKey(asset, key)), ...aliases.map((alias) => aliasKey(alias, key))];
  for (const marker of markers) {
    if (await restoreMarker(ports, marker, key)) others += 1;
  }
  return { others, feeds: shown.flatMap(({ feeds }) => feeds) };
}

/** One too many does no harm. Whether it was missing. */
async function restoreMarker(ports: Ports, marker: string, key: string): Promise<boolean> {
  const found = await findJson<StateObject>(ports.state, marker);
  if (found.kind === 'sound') return false;
  const value: UseMarker = { schema: STATE_SCHEMA, nonce: ports.nonce(), key };
  return (await swapJson(ports.state, marker, value, found.version)) !== null;
}
