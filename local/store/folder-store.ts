/**
 * A store in a folder of plain files: the content people write, and the site that any web server can serve.
 *
 * - A key is a path under the folder. Names that begin with a dot, and `node_modules`, are not there for readers and
 *   can't be written; neither is what is no plain file. A symbolic link to a file within the folder is that file; a
 *   link that leads out of it, or to a folder, is not followed. Nor is there what has a name that is not UTF-8, or a path
 *   that is too long for a key. Who lists the folder can have all of this told that is not hidden (left-out.ts).
 * - A write puts a whole file into `.feedwright/` and renames it, so a reader sees the old file or the new one. Nothing
 *   is flushed to the disk: what is here can be built again, and flushing would take most of the time of a build.
 * - Changes are made under a lock between processes, synchronously: that takes well under a millisecond.
 * - A version is what the file system knows: the file's number, its times, its size. Writing gives a file a time that is
 *   later than its predecessor's, so no two writes look the same, however fast one follows the other. Others may set that
 *   time back, but not the one of the file's last change; that also changes with rights and links, and the file is read once
 *   more for nothing.
 *
 * Files are read synchronously, one at a time: for small files on a disk of one's own that is several times faster
 * than asking the thread pool, and there is no limit on open files to run into.
 */

import * as fs from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { cutListing, KEY_LENGTH_BYTES_MAX, listingLimit } from '../../lambda/store/keys.ts';
import {
  type ObjectFacts,
  type ReadOptions,
  type Store,
  type StoredObject,
  StoreError,
  type WriteOptions,
  type WriteResult,
} from '../../lambda/store/store.ts';
import { DiskError, findDiskFailure } from './disk-failure.ts';
import { assertPath, hasCode, isHidden, locate } from './folder-path.ts';
import { createFolderListings, createFolderNames, walkFolder } from './folder-walk.ts';
import { createWorkshop, SLICE_BYTES_MAX, type Workshop } from './folder-workshop.ts';

export interface FolderStoreOptions {
  /** The folder; one that is not there is empty, and made by the first write. */
  readonly root: string;
  /** Refuses to write and to remove. @default false */
  readonly readOnly?: boolean;
  /** Is told each path that a listing leaves out although it is not hidden. @default nobody is told */
  readonly onLeftOut?: (key: string) => void;
}

const US_PER_MS = 1_000;
const NS_PER_US = 1_000n;

/** A key that would have to be a file and a folder. */
export class PathClashError extends DiskError {}

const CLASHES = ['ENOTDIR', 'EEXIST', 'EISDIR', 'ENOTEMPTY'];

/** There is something, and this process may not read it. */
export class UnreadableFileError extends DiskError {
  readonly key: string;

  constructor(key: string, options: ErrorOptions) {
    super('fatal', key, 'the file system does not permit it. See who may read it.', options);
    this.key = key;
  }
}

export function createFolderStore({ root, readOnly = false, onLeftOut = () => {} }: FolderStoreOptions): Store {
  const workshop = createWorkshop(root);
  const folderNames = createFolderNames(root);
  const listFolder = createFolderListings(root, Date.now);

  return {
    async read(key, options) {
      assertPath(key);
      return attemptFile(root, key, () => readFile(root, key, options));
    },

    async inspect(key) {
      assertPath(key);
      return attemptFile(root, key, () => inspectFile(root, key));
    },

    async write(key, body, { condition } = {}) {
      assertWritable(key, readOnly);
      return attempt(key, () => {
        const present = condition?.kind === 'different' ? readFile(root, key) : null;
        if (present !== null && Buffer.compare(present.body, body) === 0) {
          return { kind: 'unchanged', version: present.version };
        }
        return writeFile(workshop, root, key, body, condition);
      });
    },

    async remove(key, { ifVersion } = {}) {
      assertWritable(key, readOnly);
      return attempt(key, () => {
        if (inspectFile(root, key) === null) return { kind: 'removed' };
        return workshop.exclusively(() => {
          const present = inspectFile(root, key);
          if (present === null) return { kind: 'removed' };
          if (ifVersion !== undefined && present.version !== ifVersion) return { kind: 'conflict' };
          fs.unlinkSync(join(root, key));
          removeEmptyFolders(root, dirname(key));
          return { kind: 'removed' };
        });
      });
    },

    async listFolder(folder) {
      return listFolder(folder);
    },

    async list(options) {
      const limit = listingLimit(options);
      return attemptRead(root, options.prefix, () => {
        const found: ObjectFacts[] = [];
        folderNames.begin(options.after ?? '');
        for (const { key, isLink } of walkFolder(root, folderNames, options, onLeftOut)) {
          const file = describeListed(root, key, isLink);
          if (file === null) onLeftOut(key);
          else found.push(file);
          if (found.length > limit) break;
        }
        const listing = cutListing(found, limit);
        folderNames.end(listing.next);
        return listing;
      });
    },
  };
}

function describeListed(root: string, key: string, isLink: boolean): ObjectFacts | null {
  if (Buffer.byteLength(key) > KEY_LENGTH_BYTES_MAX) return null;
  return isLink ? inspectFile(root, key) : describeFile(key, join(root, key));
}

function inspectFile(root: string, key: string): ObjectFacts | null {
  const path = locate(root, key);
  return path === null ? null : describeFile(key, path);
}

function describeFile(key: string, path: string): ObjectFacts | null {
  const stat = fs.statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat?.isFile() ? factsOf(key, stat) : null;
}

function readFile(root: string, key: string, { firstBytes, fromByte = 0 }: ReadOptions = {}): StoredObject | null {
  const path = locate(root, key);
  // Opening a named pipe would wait for ever, so look first.
  if (path === null || !fs.statSync(path, { throwIfNoEntry: false })?.isFile()) return null;
  const descriptor = fs.openSync(path, 'r');
  try {
    const facts = factsOf(key, fs.fstatSync(descriptor, { bigint: true }));
    const leftBytes = Math.max(0, facts.lengthBytes - fromByte);
    const body = new Uint8Array(Math.min(leftBytes, firstBytes ?? leftBytes));
    return { ...facts, body: body.subarray(0, fillFrom(descriptor, body, fromByte)) };
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Fills the body from a place in the file on; gives how many bytes there were: fewer when somebody has just cut the file short. */
function fillFrom(descriptor: number, body: Uint8Array, fromByte: number): number {
  let length = 0;
  while (length < body.length) {
    const count = fs.readSync(
      descriptor,
      body,
      length,
      Math.min(SLICE_BYTES_MAX, body.length - length),
      fromByte + length,
    );
    if (count === 0) break;
    length += count;
  }
  return length;
}

function writeFile(
  workshop: Workshop,
  root: string,
  key: string,
  body: Uint8Array,
  condition: WriteOptions['condition'],
): WriteResult {
  const staged = workshop.stage(body);
  let isPlaced = false;
  try {
    return workshop.exclusively(() => {
      if (!mayWrite(root, key, condition)) return { kind: 'conflict' };
      const version = putInPlace(root, key, staged);
      isPlaced = true;
      return { kind: 'written', version };
    });
  } finally {
    if (!isPlaced) fs.rmSync(staged, { force: true });
  }
}

/** Gives the staged file its time and its name; returns its version. */
function putInPlace(root: string, key: string, staged: string): string {
  const path = join(root, key);
  fs.mkdirSync(dirname(path), { recursive: true });
  const place = fs.realpathSync.native(dirname(path));
  if (place !== dirname(join(fs.realpathSync.native(root), key))) {
    throw new StoreError(
      'fatal',
      `${key} can't be written: its folder is really ${place}. It is a symbolic link, or the disk takes names for the same ` +
        'that differ only in upper and lower case.',
    );
  }
  const modifiedAtUs = nextTimeUs(fs.statSync(path, { bigint: true, throwIfNoEntry: false }));
  fs.utimesSync(staged, modifiedAtUs / 1_000_000, modifiedAtUs / 1_000_000);
  fs.renameSync(staged, path);
  return factsOf(key, fs.statSync(path, { bigint: true })).version;
}

/**
 * The present microsecond, or the one after the predecessor's. The file system's own clock ticks only every few
 * milliseconds, and it gives the number of a file that was replaced to the next one.
 */
function nextTimeUs(predecessor: fs.BigIntStats | undefined): number {
  const nowUs = Math.floor((performance.timeOrigin + performance.now()) * US_PER_MS);
  return predecessor === undefined ? nowUs : Math.max(nowUs, Number(predecessor.mtimeNs / NS_PER_US) + 2);
}

/** Removes the folders that a removal has left empty, from the innermost outwards. */
function removeEmptyFolders(root: string, innermost: string): void {
  for (let folder = innermost; folder !== '.'; folder = dirname(folder)) {
    try {
      fs.rmdirSync(join(root, folder));
    } catch (error) {
      if (hasCode(error, 'ENOTEMPTY') || hasCode(error, 'EEXIST')) return;
      throw error;
    }
  }
}

/** Whether a conditional write of the kinds `absent` and `version` may go ahead. */
function mayWrite(root: string, key: string, condition: WriteOptions['condition']): boolean {
  if (condition?.kind === 'absent') return inspectFile(root, key) === null;
  if (condition?.kind === 'version') return inspectFile(root, key)?.version === condition.version;
  return true;
}

function factsOf(key: string, stat: fs.BigIntStats): ObjectFacts {
  return {
    key,
    version: [stat.ino, stat.mtimeNs, stat.ctimeNs, stat.size].map((each) => each.toString(36)).join('-'),
    lengthBytes: Number(stat.size),
    modifiedAt: Number(stat.mtimeMs),
  };
}

function assertWritable(key: string, readOnly: boolean): void {
  assertPath(key);
  if (readOnly) throw new StoreError('fatal', `${key} can't be changed: this folder is only read.`);
  if (isHidden(key)) throw new StoreError('fatal', `${key} can't be written: its name is one that a folder hides.`);
}

function attempt<Result>(key: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw explain(error, key, 'write');
  }
}

/** Like `attemptRead`, for who asks for one file. */
function attemptFile<Result>(root: string, key: string, action: () => Result): Result {
  return attemptRead(root, key, () => {
    try {
      return action();
    } catch (error) {
      if (hasCode(error, 'EACCES') || hasCode(error, 'EPERM')) throw new UnreadableFileError(key, { cause: error });
      throw error;
    }
  });
}

/** Names what can't be read, which may be a folder on the way to the key, or somewhere below it. */
function attemptRead<Result>(root: string, key: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    const path = error instanceof Error && 'path' in error ? relative(root, String(error.path)) : key;
    throw explain(error, path === '' ? root : path, 'read');
  }
}

/** The `StoreError` for a failure of the file system. */
function explain(error: unknown, place: string, doing: 'read' | 'write'): unknown {
  if (!(error instanceof Error) || error instanceof StoreError || !('code' in error)) return error;
  const { kind, reason } = findDiskFailure(error.code, doing) ?? { kind: 'fatal', reason: error.message };
  const isClash = doing === 'write' && CLASHES.includes(String(error.code));
  return new (isClash ? PathClashError : DiskError)(kind, place, reason, { cause: error });
}
