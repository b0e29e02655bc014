/**
 * Puts ids and dates of a backup into the state, whatever has become of it: where records are missing, and where the
 * publisher has meanwhile taken the articles for new ones. What was first seen earlier is the truth, so it can be done at any
 * time and any number of times, beside a publisher that is at work: records are swapped on the version that was read.
 */

import { findJson, swapJson } from '../../../lambda/state/json-object.ts';
import { recordKey } from '../../../lambda/state/keys.ts';
import { type ArticleRecord, createRecord, type FrozenFacts } from '../../../lambda/state/record.ts';
import { mapBounded } from '../../../lambda/store/bounded.ts';
import { StoreError } from '../../../lambda/store/store.ts';
import { takeClaim } from '../../../lambda/work/protocol/claim-work.ts';
import type { Ports } from '../../../lambda/work/protocol/ports.ts';
import type { KeptRecord } from './backup-file.ts';

const RECORDS_AT_ONCE_MAX = 16;
const ATTEMPTS_MAX = 10;

/** @returns how many records were made or changed */
export async function restoreRecords(ports: Ports, kept: readonly KeptRecord[]): Promise<number> {
  const changed = await mapBounded(kept, RECORDS_AT_ONCE_MAX, (each) => restoreRecord(ports, each));
  return changed.filter(Boolean).length;
}

async function restoreRecord(ports: Ports, kept: KeptRecord): Promise<boolean> {
  const key = recordKey(kept.key);
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const found = await findJson<ArticleRecord>(ports.state, key);
    // As in a repair: higher than any revision that the lost record had.
    const present = found.kind === 'sound' ? found.value : { ...createRecord(kept.key), revision: ports.now() };
    const facts = uniteFacts(present.facts, kept.facts);
    if (found.kind === 'sound' && facts === present.facts) return false;
    const next: ArticleRecord = {
      ...present,
      nonce: ports.nonce(),
      revision: present.revision + 1,
      facts,
      // Listed before they are taken.
      claims: [...new Set([...present.claims, ...kept.claims])],
      // So that the file is looked at again.
      sourceVersion: null,
    };
    const version = await swapJson(ports.state, key, next, found.version);
    if (version === null) continue;
    for (const claim of kept.claims) {
      if ((await takeClaim(ports, { value: next, version }, claim)) === null) break;
    }
    return true;
  }
  throw new StoreError('retry', `The record of ${kept.key} kept changing.`);
}

type Facts = ArticleRecord['facts'];

/** Of each part of a file the facts that are older; the very object where the present ones are. */
function uniteFacts(present: Facts, kept: Facts): Facts {
  const older = Object.entries(kept).filter(([part, facts]) => isOlder(facts, present[part]));
  return older.length === 0 ? present : { ...present, ...Object.fromEntries(older) };
}

function isOlder(kept: FrozenFacts, present: FrozenFacts | undefined): boolean {
  if (present === undefined) return true;
  // An id that was never shown binds nobody.
  if (kept.id === null) return false;
  return present.id === null || kept.firstSeen.at < present.firstSeen.at;
}
