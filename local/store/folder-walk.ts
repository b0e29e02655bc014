/** The keys in a folder, in the order of their UTF-8 bytes, looking only into the folders that a listing needs. */

import * as fs from 'node:fs';
import { join } from 'node:path';
import { compareKeys, KEY_LENGTH_BYTES_MAX } from '../../lambda/store/keys.ts';
import { isAbsence, isFolderInPlace, isPassedOver } from './folder-path.ts';

export interface FoundPath {
  readonly key: string;
  /** A symbolic link may lead anywhere, and has to be looked at; a file that was walked to lies where it seems to. */
  readonly isLink: boolean;
}

/** Is told the path of a folder that can't be looked into: it is gone, its name is not UTF-8, or it lies too deep. */
type Unusable = (key: string) => void;

/**
 * Files and symbolic links whose keys begin with `prefix` and come after `after`. Linked folders are not entered, so
 * there are no circles to walk in.
 */
export function* walkFolder(root: string, prefix: string, after: string, unusable: Unusable): Generator<FoundPath> {
  const parent = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  if (parent === '' || isFolderInPlace(root, parent)) yield* walk(root, parent, prefix, after, unusable);
}

function* walk(root: string, parent: string, prefix: string, after: string, unusable: Unusable): Generator<FoundPath> {
  // No file below it has a key.
  const names = Buffer.byteLength(parent) > KEY_LENGTH_BYTES_MAX + '/'.length ? null : readNames(root, parent);
  if (names === null) unusable(parent.slice(0, -1));
  for (const { name, isLink } of names ?? []) {
    const key = parent + name;
    if (!name.endsWith('/')) {
      if (key.startsWith(prefix) && compareKeys(key, after) > 0) yield { key, isLink };
      continue;
    }
    const mayHoldPrefix = key.startsWith(prefix) || prefix.startsWith(key);
    const mayComeAfter = after.startsWith(key) || compareKeys(key, after) > 0;
    if (mayHoldPrefix && mayComeAfter) yield* walk(root, key, prefix, after, unusable);
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
