/** The record of an article: read as it is, and written with the marker for what falls due of it. */

import { assertRecord } from '../../feed/invariants.ts';
import { readJson, type Stored, swapJson } from '../../state/json-object.ts';
import { recordKey } from '../../state/keys.ts';
import { type ArticleRecord, createRecord } from '../../state/record.ts';
import { findMarker, markDue, removeMarker } from './due-work.ts';
import type { Ports } from './ports.ts';

/**
 * The record of a file, also of one that was never looked at. Fields that an older publisher did not write have their
 * initial values.
 */
export async function readRecord(ports: Pick<Ports, 'state'>, key: string): Promise<Stored<ArticleRecord>> {
  const stored = await readJson<ArticleRecord>(ports.state, recordKey(key));
  return { value: { ...createRecord(key), ...stored?.value }, version: stored?.version ?? null };
}

/**
 * Writes the record of an article if it says something new; null on conflict. The new marker under `due/` is written
 * before the record, and the old one is removed after it. The new marker is written once more after the record: if its
 * time came in between, a tick removed it, because the record did not know it yet.
 */
export async function writeRecord(
  ports: Ports,
  stored: Stored<ArticleRecord>,
  next: ArticleRecord,
): Promise<Stored<ArticleRecord> | null> {
  if (next.dueAt !== null) await markDue(ports, 'article', next.key, next.dueAt);
  const { dueAt, nonce, sourceVersion } = stored.value;
  const isOther = next.nonce !== nonce || next.sourceVersion !== sourceVersion;
  // `isSettled` is noted together with whatever else is written.
  const { named } = next.named?.id === stored.value.named?.id ? stored.value : next;
  const compared = named === undefined ? next : { ...next, named };
  if (!isOther && JSON.stringify(compared) === JSON.stringify(stored.value)) return stored;
  const former = dueAt === null || dueAt === next.dueAt ? null : await findMarker(ports, 'article', next.key, dueAt);
  const value = { ...next, nonce: ports.nonce(), revision: stored.value.revision + 1 };
  assertRecord(value);
  const version = await swapJson(ports.state, recordKey(next.key), value, stored.version);
  if (version === null) return null;
  // A run that needs the same instant again meanwhile has read the new record, and then written the marker again.
  if (former !== null) await removeMarker(ports, former);
  if (next.dueAt !== null && next.dueAt !== dueAt) await markDue(ports, 'article', next.key, next.dueAt);
  return { value, version };
}
