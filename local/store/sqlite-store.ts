/**
 * A store in one SQLite file: the state of a publisher that runs on one machine.
 *
 * - One publisher per file at a time. The file is opened in SQLite's exclusive locking mode, so the operating system
 *   holds the lock and lets go of it when the process ends, however it ends: no lock can be left behind by `kill -9`.
 *   The file with the process id beside it only serves the message; nothing depends on it.
 * - Writes are gathered into transactions. They are seen at once, and last once they are settled: who makes something
 *   public settles before what it was made of (publication.ts). A process that is killed between leaves the file as it
 *   was when it was last settled, as if it had been killed then.
 * - What was written or read is kept in memory, and given again as the same bytes: callers must not change them.
 * - A version is the number of its row, from a counter that never goes back: it differs from all versions before it, and
 *   what was written since is found by it.
 */

import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { assertKey, compareKeys, cutListing, listingLimit } from '../../lambda/store/keys.ts';
import {
  type ObjectFacts,
  type Store,
  type StoredObject,
  StoreError,
  type WriteOptions,
} from '../../lambda/store/store.ts';
import { createKeptObjects } from './kept-objects.ts';
import { attempt, explain } from './sqlite-failure.ts';
import { forgetOwner, noteOwner } from './sqlite-owner.ts';
import { createTransaction } from './sqlite-transaction.ts';

/** Tells a state file from any other SQLite file: "Fwst". */
const APPLICATION_ID = 0x46_57_73_74;
const SCHEMA_VERSION = 1;

/** How long to wait for a publisher that is just ending. */
const OPEN_WAIT_MS_MAX = 1_000;

/** No value in SQLite is longer. */
const BODY_BYTES_MAX = 2 ** 31 - 1;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** No byte of UTF-8 is as great as this, so it comes after every key. */
const AFTER_ALL_KEYS = Uint8Array.of(0xff);

export interface SqliteStore {
  readonly store: Store;
  /** Makes all that was written last: no crash of this process takes it away. Does nothing when nothing was. */
  settle(): void;
  /** Whether SQLite finds nothing wrong with the file. Reads all of it. */
  isSound(): boolean;
  /** Settles, and lets go of the file. */
  close(): void;
}

export interface SqliteStoreOptions {
  /** Milliseconds since the epoch. @default the clock */
  readonly now?: () => number;
}

/**
 * Opens the state file, or makes it.
 * @throws StateDamagedError when it can't be read
 * @throws StateBusyError when another publisher has it open
 * @throws StoreError when it can't be used
 */
export function openSqliteStore(file: string, { now = Date.now }: SqliteStoreOptions = {}): SqliteStore {
  const database = openDatabase(file);
  const statements = prepareStatements(database);
  const kept = createKeptObjects();
  let hasLost = false;
  const transaction = createTransaction(database, () => {
    kept.clear();
    // The numbers of what was undone are given again.
    hasLost = true;
  });
  const change = <Result>(lengthBytes: number, action: () => Result): Result =>
    attempt(file, () => transaction.change(lengthBytes, action));

  function presentVersion(key: string, rowKey: Uint8Array): string | null {
    const known = kept.get(key);
    if (known !== null) return known.version;
    const row = statements.inspect.get(rowKey);
    return row === undefined ? null : String(row.version);
  }

  const store: Store = {
    async read(key, { firstBytes = BODY_BYTES_MAX, fromByte = 0 } = {}) {
      assertKey(key);
      const known = kept.get(key);
      if (known !== null) return { ...known, body: cut(known.body, fromByte, firstBytes) };
      const row = attempt(file, () => statements.read.get(fromByte, firstBytes, fromByte + 1, firstBytes, encode(key)));
      if (row === undefined) return null;
      const object = { ...factsOf(row), body: bytesOf(row.body) };
      if (object.body.length === object.lengthBytes) kept.put(object);
      return object;
    },

    async inspect(key) {
      assertKey(key);
      const known = kept.get(key);
      if (known !== null) return factsOfKept(known);
      const row = attempt(file, () => statements.inspect.get(encode(key)));
      return row === undefined ? null : factsOf(row);
    },

    async write(key, body, { condition } = {}) {
      assertKey(key);
      return change(body.length, () => {
        const rowKey = encode(key);
        if (condition?.kind === 'different') {
          const same = statements.same.get(rowKey, body);
          if (same !== undefined) return { kind: 'unchanged', version: String(same.version) };
        }
        if (condition !== undefined && !mayWrite(presentVersion(key, rowKey), condition)) return { kind: 'conflict' };
        const modifiedAt = now();
        const version = String(statements.write.run(rowKey, modifiedAt, body).lastInsertRowid);
        kept.put({ key, version, lengthBytes: body.length, modifiedAt, body });
        return { kind: 'written', version };
      });
    },

    async remove(key, { ifVersion } = {}) {
      assertKey(key);
      return change(0, () => {
        const rowKey = encode(key);
        if (ifVersion !== undefined) {
          const present = presentVersion(key, rowKey);
          if (present === null) return { kind: 'removed' };
          if (present !== ifVersion) return { kind: 'conflict' };
        }
        statements.remove.run(rowKey);
        kept.drop(key);
        return { kind: 'removed' };
      });
    },

    async list(options) {
      const limit = listingLimit(options);
      const first = firstOf(options.prefix, options.after ?? '');
      const rows = attempt(file, () => statements.list.all(first, endOfPrefix(options.prefix), limit + 1));
      return cutListing(rows.map(factsOf), limit);
    },

    async compare(prefix, known) {
      if (hasLost) return null;
      let last = 0;
      for (const { version } of known.values()) last = Math.max(last, Number(version));
      return attempt(file, () => {
        const range = [encode(prefix), endOfPrefix(prefix)] as const;
        const changed = statements.since.all(last, ...range).map(factsOf);
        const addedCount = changed.filter(({ key }) => !known.has(key)).length;
        const count = Number(statements.count.get(...range)?.count);
        // Else something has gone, and which that is only a listing tells.
        return count === known.size + addedCount ? { changed, gone: [] } : null;
      });
    },
  };

  return {
    store,
    settle: () => attempt(file, transaction.settle),
    isSound: () => isSound(database),
    close() {
      try {
        attempt(file, transaction.settle);
      } finally {
        forgetOwner(file);
        database.close();
      }
    },
  };
}

function openDatabase(file: string): DatabaseSync {
  const database = attempt(file, () => new DatabaseSync(file, { timeout: OPEN_WAIT_MS_MAX }));
  try {
    // With exclusive locking the first transaction takes the lock and keeps it, and the log needs no shared memory.
    // In write-ahead logging, synchronous=NORMAL survives a crash of the process without any loss. A power cut may lose
    // the last commits, but leaves the file whole, and the next build does again what is missing.
    // Pages of 16 kB suit objects of 10 to 200 kB; a file that is there keeps the size that it has.
    database.exec(
      'PRAGMA page_size = 16384; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;',
    );
    database.exec('BEGIN IMMEDIATE');
    createSchema(database, file);
    database.exec('COMMIT');
    noteOwner(file);
    return database;
  } catch (error) {
    database.close();
    throw explain(error, file);
  }
}

function isSound(database: DatabaseSync): boolean {
  try {
    return database.prepare('PRAGMA quick_check(1)').get()?.quick_check === 'ok';
  } catch {
    // It doesn't come that far.
    return false;
  }
}

function createSchema(database: DatabaseSync, file: string): void {
  const applicationId = database.prepare('PRAGMA application_id').get()?.application_id;
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  const tables = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.count;
  if (tables !== 0 && applicationId !== APPLICATION_ID) {
    throw new StoreError('fatal', `${file} is a database of another program. Name another state file.`);
  }
  if (version > SCHEMA_VERSION) {
    throw new StoreError(
      'fatal',
      `The state file ${file} was made by a newer Feedwright. Use that, or delete the file.`,
    );
  }
  if (tables !== 0) return;
  // The body comes last, so that reading the facts of a big object doesn't walk through its bytes. AUTOINCREMENT never
  // gives a row number twice, not even after a removal.
  database.exec(`
    CREATE TABLE objects (
      version INTEGER PRIMARY KEY AUTOINCREMENT,
      key BLOB NOT NULL UNIQUE,
      modified_at INTEGER NOT NULL,
      body BLOB NOT NULL
    );
    PRAGMA application_id = ${APPLICATION_ID};
    PRAGMA user_version = ${SCHEMA_VERSION};
  `);
}

function prepareStatements(
  database: DatabaseSync,
): Record<'read' | 'inspect' | 'same' | 'write' | 'remove' | 'list' | 'since' | 'count', StatementSync> {
  const facts = 'key, version, modified_at, length(body) AS length_bytes';
  const isBelow = "key >= coalesce(?, x'') AND key < ?";
  // Node 22 binds an empty array as NULL, which equals nothing, and comes before and after nothing.
  const bytes = "coalesce(?, x'')";
  return {
    read: database.prepare(
      `SELECT ${facts}, CASE WHEN ? = 0 AND length(body) <= ? THEN body ELSE substr(body, ?, ?) END AS body FROM objects WHERE key = ?`,
    ),
    inspect: database.prepare(`SELECT ${facts} FROM objects WHERE key = ?`),
    same: database.prepare(`SELECT version FROM objects WHERE key = ? AND body = ${bytes}`),
    write: database.prepare(`INSERT OR REPLACE INTO objects (key, modified_at, body) VALUES (?, ?, ${bytes})`),
    remove: database.prepare('DELETE FROM objects WHERE key = ?'),
    // By the number of the row alone: the index of keys would have all rows looked at.
    since: database.prepare(`SELECT ${facts} FROM objects NOT INDEXED WHERE version > ? AND ${isBelow}`),
    count: database.prepare(`SELECT count(*) AS count FROM objects WHERE ${isBelow}`),
    list: database.prepare(`SELECT ${facts} FROM objects WHERE key >= ${bytes} AND key < ? ORDER BY key LIMIT ?`),
  };
}

/** Whether a conditional write of the kinds `absent` and `version` may go ahead. */
function mayWrite(present: string | null, condition: WriteOptions['condition']): boolean {
  if (condition?.kind === 'absent') return present === null;
  if (condition?.kind === 'version') return present === condition.version;
  return true;
}

function factsOf(row: Record<string, unknown>): ObjectFacts {
  return {
    key: decoder.decode(bytesOf(row.key)),
    version: String(row.version),
    lengthBytes: Number(row.length_bytes),
    modifiedAt: Number(row.modified_at),
  };
}

function factsOfKept({ key, version, lengthBytes, modifiedAt }: StoredObject): ObjectFacts {
  return { key, version, lengthBytes, modifiedAt };
}

/** The very array where all of it is asked for: what was made of it is known by it. */
function cut(body: Uint8Array, fromByte: number, firstBytes: number): Uint8Array {
  return fromByte === 0 && firstBytes >= body.length ? body : body.subarray(fromByte, fromByte + firstBytes);
}

function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new StoreError('fatal', 'The state file holds a row that is not bytes.');
}

function encode(key: string): Uint8Array {
  return encoder.encode(key);
}

/**
 * The least bytes that a key may have which begins with the prefix and comes after another. SQLite is asked with one lower
 * bound: of two it would begin with the first, and pass over all that was listed before.
 */
function firstOf(prefix: string, after: string): Uint8Array {
  return compareKeys(after, prefix) < 0 ? encode(prefix) : encode(`${after}\0`);
}

/** The least bytes that come after everything that begins with the prefix. */
function endOfPrefix(prefix: string): Uint8Array {
  const end = encode(prefix);
  const last = end.length - 1;
  const byte = end[last];
  if (byte === undefined) return AFTER_ALL_KEYS;
  end[last] = byte + 1;
  return end;
}
