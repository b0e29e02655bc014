/**
 * What an import has written, kept in the folder itself, so that the next one changes what is new in the export and
 * never what somebody has edited since. A table on disk, for an archive may have half a million posts.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ImportFailure } from '../model/import-failure.ts';

/** Hidden, so it is neither published nor pushed. */
const LEDGER_NAME = '.feedwright-import.db';

export interface LedgerRow {
  /** Relative to the folder, with `/`. */
  readonly file: string;
  /** Fingerprint of the bytes that were written last. */
  readonly wrote: string;
}

export interface Ledger {
  get(key: string): LedgerRow | null;
  /** The key that a file belongs to, letter case aside; null for a file of nobody. */
  ownerOf(file: string): string | null;
  /** The key that an address on the site belongs to. */
  ownerOfPath(path: string): string | null;
  set(key: string, row: LedgerRow, path: string | null): void;
  remove(key: string): void;
  /** Notes that this import has come across a key; false where it has before. */
  see(key: string): boolean;
  /** Files of keys that this import has not come across. */
  unseen(): Iterable<string>;
  /** Makes what was noted last. */
  commit(): void;
  close(): void;
}

const SCHEMA = 1;

/** Opens or makes the ledger of a folder. */
export function openLedger(folder: string): Ledger {
  const path = join(folder, LEDGER_NAME);
  const isNew = !existsSync(path);
  const database = open(folder, path, isNew);
  const statements = {
    get: database.prepare('SELECT file, wrote FROM written WHERE key = ?'),
    owner: database.prepare('SELECT key FROM written WHERE name = ?'),
    path: database.prepare('SELECT key FROM written WHERE path = ?'),
    set: database.prepare(
      'INSERT INTO written VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET file = ?2, name = ?3, wrote = ?4, path = ?5',
    ),
    remove: database.prepare('DELETE FROM written WHERE key = ?'),
  };
  database.exec('CREATE TEMP TABLE seen (key TEXT PRIMARY KEY) WITHOUT ROWID');
  const see = database.prepare('INSERT OR IGNORE INTO seen VALUES (?)');
  const unseen = database.prepare('SELECT file FROM written WHERE key NOT IN (SELECT key FROM seen) ORDER BY file');
  database.exec('BEGIN');
  const keyIn = (row: unknown): string | null => (row as { key: string } | undefined)?.key ?? null;
  return {
    get: (key) => (statements.get.get(key) as unknown as LedgerRow | undefined) ?? null,
    ownerOf: (file) => keyIn(statements.owner.get(file.toLowerCase())),
    ownerOfPath: (address) => keyIn(statements.path.get(address.toLowerCase())),
    set: (key, { file, wrote }, address) =>
      void statements.set.run(key, file, file.toLowerCase(), wrote, address?.toLowerCase() ?? null),
    remove: (key) => void statements.remove.run(key),
    see: (key) => see.run(key).changes === 1,
    *unseen() {
      for (const row of unseen.iterate()) yield (row as { file: string }).file;
    },
    commit: () => database.exec('COMMIT; BEGIN'),
    close() {
      database.exec('COMMIT');
      database.close();
    },
  };
}

function open(folder: string, path: string, isNew: boolean): DatabaseSync {
  try {
    const database = new DatabaseSync(path);
    // Held until the end: two imports at once would each take the files of the other for somebody's edits.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE; COMMIT');
    const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
    if (!isNew && version !== SCHEMA) {
      database.close();
      throw new Error(`it is of version ${version}`);
    }
    database.exec(`
      CREATE TABLE IF NOT EXISTS written (key TEXT PRIMARY KEY, file TEXT, name TEXT, wrote TEXT, path TEXT);
      CREATE INDEX IF NOT EXISTS written_by_name ON written (name);
      CREATE INDEX IF NOT EXISTS written_by_path ON written (path);
      PRAGMA user_version = ${SCHEMA}`);
    return database;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/database is locked/.test(reason)) {
      throw new ImportFailure(folder, 'is in use: another import is at work in it.', 'Wait until that one has ended.');
    }
    throw new ImportFailure(
      path,
      `can't be used: ${reason}`,
      'Where it can’t be brought back, remove it: posts that are in the folder are then known by their ids, and left alone.',
    );
  }
}
