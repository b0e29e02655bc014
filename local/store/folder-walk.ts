/** The keys in a folder, in the order of their UTF-8 bytes, looking only into the folders that a listing needs. */

import * as fs from 'node:fs';
import { join } from 'node:path';
import { compareKeys, KEY_LENGTH_BYTES_MAX } from '../../lambda/store/keys.ts';
import type { FolderListing, ListOptions } from '../../lambda/store/store.ts';
import { isAbsence, isFolderInPlace, isPassedOver } from './folder-path.ts';

export interface FoundPath {
  readonly key: string;
  /** A symbolic link may lead anywhere, and has to be looked at; a file that was walked to lies where it seems to. */
  readonly isLink: boolean;
}

/** The names in the folders of a root. */
interface FolderNames {
  /** In order, folders with a slash at the end; null for a folder that is not there. */
  read(parent: string): readonly Name[] | null;
  /** Forgets all unless a listing goes on after the key at which the last part of it ended. */
  begin(after: string): void;
  /** Keeps those of the folders in which the next part of a listing begins; null where there is none. */
  end(next: string | null): void;
}

/**
 * Reads folders, and keeps the names in them from one part of a listing to the next as long as the folder is unchanged: a
 * folder of 40,000 files would else be read forty times.
 */
export function createFolderNames(root: string): FolderNames {
  const kept = new Map<string, { readonly mark: string; readonly names: readonly Name[] }>();
  let expected: string | null = null;
  return {
    read(parent) {
      const mark = findMark(join(root, parent));
      if (mark === null) return null;
      const known = kept.get(parent);
      if (known?.mark === mark) return known.names;
      const names = readNames(root, parent);
      if (names !== null) kept.set(parent, { mark, names });
      return names;
    },
    begin(after) {
      if (after !== expected) kept.clear();
    },
    end(next) {
      expected = next;
      for (const folder of kept.keys()) if (next === null || !next.startsWith(folder)) kept.delete(folder);
    },
  };
}

/** Another one after each name that came, went, or became another's. */
function markOf({ ino, mtimeNs, ctimeNs }: fs.BigIntStats): string {
  return `${ino}-${mtimeNs}-${ctimeNs}`;
}

/** Null for a folder that is not there. */
function findMark(folder: string): string | null {
  try {
    return markOf(fs.statSync(folder, { bigint: true }));
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

/** What lies in a folder that nobody has changed for so long is kept: in a shorter time two changes may have one instant. */
const SETTLED_MS = 2_000;
/** Of more folders than that nothing is kept. */
const KEPT_FOLDERS_MAX = 1_000;
const NOTHING: FolderListing = { objects: new Map(), unseen: new Set(), folders: new Set() };

/**
 * What may lie in a folder, for who has several names to look for there, most of them in vain: one look at the folder
 * tells that its names are still those that were read. Which of them are files only a look at each tells.
 *
 * @returns null while names come and go, or where they may not be read
 */
export function createFolderListings(root: string, now: () => number): (folder: string) => FolderListing | null {
  const kept = new Map<string, { readonly mark: string; readonly listing: FolderListing }>();
  return (folder) => {
    const path = join(root, folder);
    try {
      const stat = fs.statSync(path, { bigint: true });
      if (Number(stat.ctimeMs) > now() - SETTLED_MS || Number(stat.mtimeMs) > now() - SETTLED_MS) return null;
      const mark = markOf(stat);
      const known = kept.get(folder);
      if (known?.mark === mark) return known.listing;
      const keys = fs.readdirSync(path).map((name) => folder + name);
      const listing = { objects: new Map(), unseen: new Set(keys), folders: new Set(keys.map((key) => `${key}/`)) };
      if (kept.has(folder) || kept.size < KEPT_FOLDERS_MAX) kept.set(folder, { mark, listing });
      return listing;
    } catch (error) {
      // A look at one name says what is wrong with the folder.
      return isAbsence(error) ? NOTHING : null;
    }
  };
}

/** Is told the path of a folder that can't be looked into: it is gone, its name is not UTF-8, or it lies too deep. */
type Unusable = (key: string) => void;

/**
 * Files and symbolic links whose keys begin with `prefix` and come after `after`. Linked folders are not entered, so
 * there are no circles to walk in.
 */
export function* walkFolder(
  root: string,
  folderNames: FolderNames,
  { prefix, after = '' }: Pick<ListOptions, 'prefix' | 'after'>,
  unusable: Unusable,
): Generator<FoundPath> {
  const parent = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  if (parent === '' || isFolderInPlace(root, parent)) yield* walk(folderNames, parent, { prefix, after }, unusable);
}

function* walk(
  folderNames: FolderNames,
  parent: string,
  range: { readonly prefix: string; readonly after: string },
  unusable: Unusable,
): Generator<FoundPath> {
  const { prefix, after } = range;
  // No file below it has a key.
  const names = Buffer.byteLength(parent) > KEY_LENGTH_BYTES_MAX + '/'.length ? null : folderNames.read(parent);
  if (names === null) unusable(parent.slice(0, -1));
  for (const { name, isLink } of names ?? []) {
    const key = parent + name;
    if (!name.endsWith('/')) {
      if (key.startsWith(prefix) && compareKeys(key, after) > 0) yield { key, isLink };
      continue;
    }
    const mayHoldPrefix = key.startsWith(prefix) || prefix.startsWith(key);
    const mayComeAfter = after.startsWith(key) || compareKeys(key, after) > 0;
    if (mayHoldPrefix && mayComeAfter) yield* walk(folderNames, key, range, unusable);
  }
}

interface Name {
  readonly name: string;
  readonly isLink: boolean;
}

/**
 * What is in a folder, folders with a slash at the end: only so do names sort as the keys under them do. Null for a folder
 * that is not there.
 */
function readNames(root: string, parent: string): readonly Name[] | null {
  const entries = readFolder(join(root, parent));
  if (entries === null) return null;
  return entries
    .filter((entry) => !isPassedOver(parent, entry.name))
    .filter((entry) => entry.isFile() || entry.isDirectory() || entry.isSymbolicLink())
    .map((entry) => ({ name: entry.isDirectory() ? `${entry.name}/` : entry.name, isLink: entry.isSymbolicLink() }))
    .sort((a, b) => compareKeys(a.name, b.name));
}

function readFolder(path: string): readonly fs.Dirent[] | null {
  try {
    return fs.readdirSync(path, { withFileTypes: true });
  } catch (error) {
    // Somebody may have removed it since it was seen.
    if (isAbsence(error)) return null;
    throw error;
  }
}
