/** The keys in a folder, in the order of their UTF-8 bytes, looking only into the folders that a listing needs. */

import * as fs from 'node:fs';
import { join } from 'node:path';
import { compareKeys } from '../../lambda/store/keys.ts';
import { isAbsence, isFolderInPlace, isHiddenName } from './folder-path.ts';

export interface FoundPath {
  readonly key: string;
  /** A symbolic link may lead anywhere, and has to be looked at; a file that was walked to lies where it seems to. */
  readonly isLink: boolean;
}

/**
 * Files and symbolic links whose keys begin with `prefix` and come after `after`. Linked folders are not entered, so
 * there are no circles to walk in.
 */
export function* walkFolder(root: string, prefix: string, after: string): Generator<FoundPath> {
  const parent = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  if (parent === '' || isFolderInPlace(root, parent)) yield* walk(root, parent, prefix, after);
}

function* walk(root: string, parent: string, prefix: string, after: string): Generator<FoundPath> {
  for (const { name, isLink } of readNames(root, parent)) {
    const key = parent + name;
    if (!name.endsWith('/')) {
      if (key.startsWith(prefix) && compareKeys(key, after) > 0) yield { key, isLink };
      continue;
    }
    const mayHoldPrefix = key.startsWith(prefix) || prefix.startsWith(key);
    const mayComeAfter = after.startsWith(key) || compareKeys(key, after) > 0;
    if (mayHoldPrefix && mayComeAfter) yield* walk(root, key, prefix, after);
  }
}

/** What is in a folder, folders with a slash at the end: only so do names sort as the keys under them do. */
function readNames(root: string, parent: string): readonly { readonly name: string; readonly isLink: boolean }[] {
  return readFolder(join(root, parent))
    .filter((entry) => !isHiddenName(entry.name) && (entry.isFile() || entry.isDirectory() || entry.isSymbolicLink()))
    .map((entry) => ({ name: entry.isDirectory() ? `${entry.name}/` : entry.name, isLink: entry.isSymbolicLink() }))
    .sort((a, b) => compareKeys(a.name, b.name));
}

function readFolder(path: string): readonly fs.Dirent[] {
  try {
    return fs.readdirSync(path, { withFileTypes: true });
  } catch (error) {
    // Somebody may have removed it since it was seen.
    if (isAbsence(error)) return [];
    throw error;
  }
}
