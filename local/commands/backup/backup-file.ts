/**
 * A backup of what nothing but the state has: of each article its id, when it was first seen, when it last changed, and which
 * ids and addresses are its; and which feeds are public. It has names of files and hashes, and no text. It lies hidden in the content bucket, beside the
 * articles that it is about: parts that are named by their own hash, and one file that lists them, written last. So a backup is
 * whole or it is the one before.
 */

import { createHash } from 'node:crypto';
import { mayBeWithheld } from '../../../lambda/feed/opening.ts';
import { OWN_FOLDER } from '../../../lambda/site/folder/folder-file.ts';
import { readCatalog } from '../../../lambda/state/catalog.ts';
import { findJson } from '../../../lambda/state/json-object.ts';
import { RECORDS_PREFIX } from '../../../lambda/state/keys.ts';
import type { ArticleRecord } from '../../../lambda/state/record.ts';
import { mapBounded } from '../../../lambda/store/bounded.ts';
import { listAll, type Store, StoreError } from '../../../lambda/store/store.ts';

export const BACKUP_KEY = `${OWN_FOLDER}backup.json`;
const PARTS_PREFIX = `${OWN_FOLDER}backup/`;
const SCHEMA = 1;
/** Records of one part: some megabytes. */
const PART_RECORDS = 5_000;
const READS_AT_ONCE_MAX = 32;

/** The backup of one source file. */
export type KeptRecord = Pick<ArticleRecord, 'key' | 'facts' | 'claims'>;

/** The file that lists the parts. */
export interface BackupList {
  readonly schema: typeof SCHEMA;
  /** When it was made: ISO 8601, in UTC. */
  readonly at: string;
  readonly articles: number;
  /** SHA-256 of each part, in hex. */
  readonly parts: readonly string[];
  /** Names of the feeds that are public and would be withheld by their number of entries. Absent in older backups. */
  readonly feeds?: readonly string[];
}

export interface BackupStores {
  readonly content: Store;
  readonly state: Store;
}

/** @returns the list that was written, and how many records could not be read */
export async function writeBackup(
  { content, state }: BackupStores,
  now: number,
): Promise<{ readonly list: BackupList; readonly damagedCount: number }> {
  const parts: string[] = [];
  let articles = 0;
  let damagedCount = 0;
  for await (const keys of portionsOf(state)) {
    const found = await mapBounded(keys, READS_AT_ONCE_MAX, (key) => findJson<ArticleRecord>(state, key));
    damagedCount += found.filter(({ kind }) => kind === 'damaged').length;
    const kept = found.flatMap((each) => (each.kind === 'sound' ? keep(each.value) : []));
    if (kept.length === 0) continue;
    articles += kept.length;
    const body = Buffer.from(kept.map((each) => `${JSON.stringify(each)}\n`).join(''));
    const name = hashOf(body);
    await content.write(partKey(name), body, { condition: { kind: 'different' } });
    parts.push(name);
  }
  const { feeds: rows } = (await readCatalog(state)).value;
  const feeds = rows.filter(({ name, withheld }) => mayBeWithheld(name) && !withheld).map(({ name }) => name);
  const list: BackupList = { schema: SCHEMA, at: new Date(now).toISOString(), articles, parts, feeds };
  await content.write(BACKUP_KEY, Buffer.from(`${JSON.stringify(list, null, 2)}\n`));
  await removeOtherParts(content, list);
  return { list, damagedCount };
}

/** A record of which nothing is frozen has nothing that its file does not say. */
function keep({ key, facts, shown }: ArticleRecord): readonly KeptRecord[] {
  const claims = [...new Set(shown.flatMap((each) => each.claims))];
  return Object.keys(facts).length === 0 ? [] : [{ key, facts, claims }];
}

async function* portionsOf(state: Store): AsyncGenerator<readonly string[]> {
  let keys: string[] = [];
  for await (const { key } of listAll(state, RECORDS_PREFIX)) {
    keys.push(key);
    if (keys.length < PART_RECORDS) continue;
    yield keys;
    keys = [];
  }
  yield keys;
}

/** The bucket's versions keep former backups. */
async function removeOtherParts(content: Store, { parts }: BackupList): Promise<void> {
  for await (const { key } of listAll(content, PARTS_PREFIX)) {
    if (!parts.some((name) => partKey(name) === key)) await content.remove(key);
  }
}

/**
 * The list of the last backup; null where there is none.
 *
 * @throws StoreError where it can't be read
 */
export async function readBackupList(content: Store): Promise<BackupList | null> {
  const stored = await content.read(BACKUP_KEY);
  if (stored === null) return null;
  const list = parseJson(stored.body) as Partial<BackupList> | null;
  if (list?.schema === SCHEMA && Array.isArray(list.parts) && typeof list.at === 'string') return list as BackupList;
  throw new StoreError('fatal', `${BACKUP_KEY} is no backup that this version can read. ${FIX}`);
}

/** @throws StoreError where a part is not what it was */
export async function* readBackup(content: Store, { parts }: BackupList): AsyncGenerator<readonly KeptRecord[]> {
  for (const name of parts) {
    const stored = await content.read(partKey(name));
    if (stored === null || hashOf(stored.body) !== name)
      throw new StoreError('fatal', `${partKey(name)} is ${stored === null ? 'gone' : 'damaged'}. ${FIX}`);
    const lines = Buffer.from(stored.body).toString('utf8').trimEnd().split('\n');
    yield lines.map((line) => JSON.parse(line) as KeptRecord);
  }
}

const FIX =
  'Put an earlier version of it back (docs/runbook.md, "Putting back what was removed"), or make a new backup.';

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return null;
  }
}

function partKey(name: string): string {
  return `${PARTS_PREFIX}${name}.jsonl`;
}

function hashOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}
