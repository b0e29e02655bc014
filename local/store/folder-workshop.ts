/**
 * The hidden folder `.feedwright/` in which a folder store makes its changes: files on their way to their place, the
 * lock that lets one process at a time put them there, and the token of an output folder.
 *
 * The lock is a transaction on an empty SQLite database. It is the operating system's, so a process that is killed
 * leaves nothing behind, and nobody has to guess whether a lock is stale.
 */

import * as fs from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../../lambda/store/store.ts';
import { findDiskFailure } from './disk-failure.ts';
import { isAbsence } from './folder-path.ts';
import type { OutputToken } from './pairing.ts';

const WORKSHOP_NAME = '.feedwright';

const TOKEN_NAME = 'token';
const LOCK_NAME = 'lock';
const LOCK_WAIT_MS_MAX = 5_000;

/** Node reads and writes less than 2 GiB in one call. */
export const SLICE_BYTES_MAX = 2 ** 30;

/** Unfinished files older than this were left by a process that was killed. */
const UNFINISHED_AGE_MS_MAX = 3_600_000;

export interface Workshop {
  /** Puts the bytes into a file of their own on the file system of the folder; gives its path. */
  stage(body: Uint8Array): string;
  /** Does something, quick and synchronous, while no other process does. */
  exclusively<Result>(action: () => Result): Result;
}

export function createWorkshop(root: string): Workshop {
  const folder = join(root, WORKSHOP_NAME);
  const lockFile = join(folder, LOCK_NAME);
  let lock: { readonly database: DatabaseSync; readonly identity: bigint } | null = null;
  let stagedCount = 0;

  /** Opens the lock, and again when somebody has removed the folder since: the lock would be held on nothing. */
  function openLock(): DatabaseSync {
    if (lock !== null && lock.identity === identityOf(lockFile)) return lock.database;
    lock?.database.close();
    fs.mkdirSync(folder, { recursive: true });
    removeUnfinished(folder);
    const database = openDatabase(lockFile, root);
    lock = { database, identity: identityOf(lockFile) ?? 0n };
    return database;
  }

  return {
    stage(body) {
      openLock();
      const path = join(folder, `${process.pid}-${Date.now().toString(36)}-${stagedCount++}`);
      try {
        fs.writeFileSync(path, body.subarray(0, SLICE_BYTES_MAX), { flag: 'wx' });
        for (let from = SLICE_BYTES_MAX; from < body.length; from += SLICE_BYTES_MAX) {
          fs.appendFileSync(path, body.subarray(from, from + SLICE_BYTES_MAX));
        }
      } catch (error) {
        // The part that was written is of no use, and takes room.
        fs.rmSync(path, { force: true });
        throw error;
      }
      return path;
    },

    exclusively(action) {
      const database = openLock();
      begin(database, root);
      try {
        return action();
      } finally {
        database.exec('COMMIT');
      }
    },
  };
}

/** The token of an output folder (pairing.ts): it says of what state its documents were made. */
export function createFolderToken(root: string): OutputToken {
  const file = join(root, WORKSHOP_NAME, TOKEN_NAME);
  return {
    async read() {
      try {
        return fs.readFileSync(file, 'utf8');
      } catch {
        // The reason does not matter: it is not the file that is looked for.
        return null;
      }
    },
    async write(token) {
      try {
        fs.mkdirSync(join(root, WORKSHOP_NAME), { recursive: true });
        fs.writeFileSync(file, token);
      } catch (error) {
        const { kind, reason } = findDiskFailure(error instanceof Error && 'code' in error ? error.code : null) ?? {
          kind: 'fatal',
          reason: String(error),
        };
        throw new StoreError(kind, `${file}: ${reason}`, { cause: error });
      }
    },
  };
}

function openDatabase(lockFile: string, root: string): DatabaseSync {
  try {
    const database = new DatabaseSync(lockFile, { timeout: LOCK_WAIT_MS_MAX });
    // The file is made by its first use.
    database.exec('BEGIN IMMEDIATE; COMMIT');
    return database;
  } catch (error) {
    throw explainLock(error, root);
  }
}

function begin(database: DatabaseSync, root: string): void {
  try {
    database.exec('BEGIN IMMEDIATE');
  } catch (error) {
    throw explainLock(error, root);
  }
}

/** The numbers are SQLite's primary result codes. */
function explainLock(error: unknown, root: string): StoreError {
  const options = { cause: error };
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : null;
  switch (code) {
    case 5: // SQLITE_BUSY
      return new StoreError('retry', `Another process has been changing ${root} for too long.`, options);
    case 8: // SQLITE_READONLY
    case 14: // SQLITE_CANTOPEN
      return new StoreError(
        'fatal',
        `${root} can't be written. See who may write there, or name another folder.`,
        options,
      );
    case 13: // SQLITE_FULL
      return new StoreError('fatal', `There is no room left for ${root}. Make some, and run this again.`, options);
    default: {
      const said = error instanceof Error ? error.message : String(error);
      return new StoreError('fatal', `${root} can't be locked for writing: ${said}.`, options);
    }
  }
}

function identityOf(file: string): bigint | null {
  return fs.statSync(file, { bigint: true, throwIfNoEntry: false })?.ino ?? null;
}

function removeUnfinished(folder: string): void {
  const oldest = Date.now() - UNFINISHED_AGE_MS_MAX;
  for (const name of fs.readdirSync(folder)) {
    if (name === TOKEN_NAME || name.startsWith(LOCK_NAME)) continue;
    const path = join(folder, name);
    try {
      if (fs.statSync(path).mtimeMs < oldest) fs.unlinkSync(path);
    } catch (error) {
      // Its process has just put it in its place.
      if (!isAbsence(error)) throw error;
    }
  }
}
