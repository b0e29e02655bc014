/**
 * Releasing, after the lanes were told what a file no longer shows: its claims first, then the record's list of them.
 */

import { type Stored, swapJson } from '../../state/json-object.ts';
import { recordKey } from '../../state/keys.ts';
import type { ArticleRecord } from '../../state/record.ts';
import { StoreError } from '../../store/store.ts';
import { releaseClaim } from '../protocol/claim-work.ts';
import type { Ports } from '../protocol/ports.ts';
import { readRecord } from '../protocol/record-write.ts';

const ATTEMPTS_MAX = 10;
/** Problems that end when another file releases a claim. */
const WAITING_CODES: ReadonlySet<string> = new Set(['address-taken', 'id-taken', 'rename-awaited']);

/**
 * Releases the claims that the file neither wants nor shows.
 *
 * A feed may remove its places from the record at any moment; then it is read again. If another run has settled the
 * file since, that run releases the claims, because the lanes do not know its record yet.
 */
export async function release(ports: Ports, settled: Stored<ArticleRecord>): Promise<void> {
  let stored = settled;
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    if (stored.value.revision !== settled.value.revision) return;
    if (await releaseUnwanted(ports, stored)) return;
    stored = await readRecord(ports, settled.value.key);
  }
  throw new StoreError('retry', `The record of ${settled.value.key} kept changing.`);
}

/**
 * The record is written first, even if it stays the same. So another run of this file that has listed these claims, and
 * is about to show what depends on them, loses the swap.
 *
 * @returns false when the record was changed meanwhile
 */
async function releaseUnwanted(ports: Ports, settled: Stored<ArticleRecord>): Promise<boolean> {
  const { value } = settled;
  const waits = value.problems.some(({ code }) => WAITING_CODES.has(code));
  const shown = value.shown.flatMap(({ claims }) => claims);
  const unwanted = value.claims.filter((each) => !shown.includes(each));
  if (unwanted.length === 0) return true;
  const version = await swapJson(
    ports.state,
    recordKey(value.key),
    { ...value, nonce: ports.nonce() },
    settled.version,
  );
  if (version === null) return false;
  const stored = { value, version };
  for (const each of unwanted) if (!(await releaseClaim(ports, stored, each, waits))) return false;
  // A refused article waits for the claim. It keeps only claims for entries it shows.
  if (waits) return true;
  const next = { ...value, nonce: ports.nonce(), claims: value.claims.filter((each) => !unwanted.includes(each)) };
  return (await swapJson(ports.state, recordKey(value.key), next, stored.version)) !== null;
}
