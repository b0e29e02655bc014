/**
 * Brings a damaged state file into order: every row that can still be read goes into a new file beside it, which then
 * takes its place. The damaged one is kept, under another name.
 */

import { existsSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { StateDamagedError } from './sqlite-failure.ts';
import { forgetOwner } from './sqlite-owner.ts';
import { openSqliteStore } from './sqlite-store.ts';

/** Nobody knows up to where versions were given, so the new file's begin far above those that were found. */
const VERSIONS_SKIPPED = 1_000_000;

export interface Rescue {
  /** Objects that were saved. */
  readonly savedCount: number;
  /** Where the damaged file is now. */
  readonly kept: string;
}

/**
 * @returns null when there is nothing wrong with the file, or there is none
 * @throws StateBusyError when another publisher has it open
 */
export function rescueStateFile(file: string): Rescue | null {
  const fresh = `${file}.rebuild`;
  // A process that was killed between the two names below had saved everything already.
  if (!existsSync(file) && existsSync(fresh)) renameSync(fresh, file);
  if (!existsSync(file) || isWhole(file)) return null;
  for (const end of ['', '-wal', '-shm']) rmSync(fresh + end, { force: true });
  forgetOwner(fresh);
  openSqliteStore(fresh).close();
  const savedCount = copyRows(file, fresh);
  const kept = `${file}.damaged`;
  for (const end of ['-wal', '-shm', '']) {
    rmSync(kept + end, { force: true });
    if (existsSync(file + end)) renameSync(file + end, kept + end);
  }
  renameSync(fresh, file);
  return { savedCount, kept };
}

function isWhole(file: string): boolean {
  try {
    const opened = openSqliteStore(file);
    const whole = opened.isSound();
    opened.close();
    return whole;
  } catch (error) {
    if (error instanceof StateDamagedError) return false;
    throw error;
  }
}

/** Row by row, since one that can't be read is no reason to leave those behind it. */
function copyRows(from: string, to: string): number {
  const source = new DatabaseSync(from, { readOnly: true });
  const target = new DatabaseSync(to);
  try {
    const last = findLastVersion(source);
    if (last === 0) return 0;
    const read = source.prepare('SELECT key, modified_at, body FROM objects WHERE version = ?');
    const write = target.prepare(
      'INSERT OR REPLACE INTO objects (version, key, modified_at, body) VALUES (?, ?, ?, ?)',
    );
    target.exec('BEGIN IMMEDIATE');
    let savedCount = 0;
    for (let version = 1; version <= last; version += 1) {
      const row = unlessDamaged(() => read.get(version));
      if (row === undefined || row.key === null || row.body === null) continue;
      write.run(version, row.key as Uint8Array, row.modified_at as number, row.body as Uint8Array);
      savedCount += 1;
    }
    target.prepare("UPDATE sqlite_sequence SET seq = ? WHERE name = 'objects'").run(last + VERSIONS_SKIPPED);
    target.exec('COMMIT');
    return savedCount;
  } finally {
    source.close();
    target.close();
  }
}

/** The greatest version there may be; 0 when nothing can be read. */
function findLastVersion(source: DatabaseSync): number {
  const queries = [
    "SELECT seq AS last FROM sqlite_sequence WHERE name = 'objects'",
    'SELECT max(version) AS last FROM objects',
  ];
  return Math.max(0, ...queries.map((query) => Number(unlessDamaged(() => source.prepare(query).get())?.last ?? 0)));
}

type Row = ReturnType<StatementSync['get']>;

function unlessDamaged(read: () => Row): Row {
  try {
    return read();
  } catch {
    // Any failure of SQLite means that the row can't be read.
    return undefined;
  }
}
