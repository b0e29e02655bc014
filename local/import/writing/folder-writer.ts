/**
 * Puts files into the folder. Each is written under another name first, so none is ever half; each is noted in the
 * ledger. What was edited or removed since the last import stays as it is.
 */

import { hash, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Ledger } from './ledger.ts';

/** The outcome of writing a file. */
export type Outcome =
  | 'new'
  | 'changed'
  | 'unchanged'
  /** It was edited since, and the export says something else now. */
  | 'edited'
  /** It was removed since, or moved. */
  | 'removed'
  /** Somebody else's file is there, with the same id: it was imported before. */
  | 'known';

export interface FolderWriter {
  /**
   * `wish` is the file that it should be, without its extension, which gets a number where another file has that name.
   * `mark` is a line by which a file that the ledger doesn't know is the same post all the same.
   */
  write(key: string, wish: FileWish, body: Uint8Array): { readonly outcome: Outcome; readonly file: string };
  /** Takes away what an import has written; gives `edited` where somebody has changed it. */
  withdraw(key: string): Outcome;
}

export interface FileWish {
  readonly stem: string;
  readonly extension: string;
  /** The address that the post claims, or null. */
  readonly path: string | null;
  readonly mark: string | null;
}

/** What a crash loses of the ledger is found by the files themselves. */
const COMMIT_COUNT = 1_000;
const HEAD_BYTES = 4_096;

export function createFolderWriter(folder: string, ledger: Ledger): FolderWriter {
  const madeFolders = new Set<string>();
  /** Another import may have left files behind. */
  const ownMark = randomBytes(6).toString('hex');
  let puts = 0;
  let uncommitted = 0;

  function put(file: string, body: Uint8Array): void {
    const path = join(folder, file);
    const parent = dirname(path);
    if (!madeFolders.has(parent)) {
      mkdirSync(parent, { recursive: true });
      madeFolders.add(parent);
    }
    puts += 1;
    const temporary = join(parent, `.${ownMark}-${puts}.importing`);
    try {
      writeFileSync(temporary, body, { flag: 'wx' });
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  }

  function note(key: string, file: string, wrote: string, path: string | null): void {
    ledger.set(key, { file, wrote }, path);
    uncommitted += 1;
    if (uncommitted < COMMIT_COUNT) return;
    ledger.commit();
    uncommitted = 0;
  }

  /** A name that no other file has; one of nobody's counts as another's unless it is this very post. */
  function findPlace(
    key: string,
    { stem, extension, mark }: FileWish,
    wanted: string,
  ): readonly [file: string, isThere: false | 'same' | 'known'] {
    for (let number = 1; ; number += 1) {
      const file = `${stem}${number === 1 ? '' : `-${number}`}${extension}`;
      const owner = ledger.ownerOf(file);
      if (owner === key) return [file, false];
      if (owner !== null) continue;
      const path = join(folder, file);
      if (!existsSync(path)) return [file, false];
      if (fingerprintOfFile(path) === wanted) return [file, 'same'];
      if (mark !== null && readHead(path).includes(`\n${mark}\n`)) return [file, 'known'];
    }
  }

  return {
    write(key, wish, body) {
      const wanted = fingerprint(body);
      const row = ledger.get(key);
      if (row === null) {
        const [file, isThere] = findPlace(key, wish, wanted);
        if (isThere === 'known') return { outcome: 'known', file };
        if (!isThere) put(file, body);
        note(key, file, wanted, wish.path);
        return { outcome: isThere ? 'unchanged' : 'new', file };
      }
      const now = fingerprintOfFile(join(folder, row.file));
      if (now === null) return { outcome: 'removed', file: row.file };
      const isMoved = !isAt(row.file, wish);
      if (now === wanted && !isMoved) {
        if (row.wrote !== wanted) note(key, row.file, wanted, wish.path);
        return { outcome: 'unchanged', file: row.file };
      }
      if (now !== row.wrote) return { outcome: row.wrote === wanted ? 'unchanged' : 'edited', file: row.file };
      const file = isMoved ? findPlace(key, wish, wanted)[0] : row.file;
      put(file, body);
      note(key, file, wanted, wish.path);
      if (file !== row.file) rmSync(join(folder, row.file), { force: true });
      return { outcome: 'changed', file };
    },
    withdraw(key) {
      const row = ledger.get(key);
      if (row === null) return 'unchanged';
      const now = fingerprintOfFile(join(folder, row.file));
      if (now !== null && now !== row.wrote) return 'edited';
      rmSync(join(folder, row.file), { force: true });
      ledger.remove(key);
      return 'removed';
    },
  };
}

/** Whether a file lies where it is wanted: with that name, or with a number behind it. */
function isAt(file: string, { stem, extension }: FileWish): boolean {
  return (
    file.startsWith(stem) && file.endsWith(extension) && /^(?:-\d+)?$/.test(file.slice(stem.length, -extension.length))
  );
}

function fingerprint(body: Uint8Array): string {
  return hash('sha256', body, 'base64url').slice(0, 22);
}

function fingerprintOfFile(path: string): string | null {
  try {
    return fingerprint(readFileSync(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw error;
  }
}

function readHead(path: string): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(HEAD_BYTES);
    return bytes.subarray(0, readSync(file, bytes, 0, HEAD_BYTES, 0)).toString('utf8');
  } finally {
    closeSync(file);
  }
}
