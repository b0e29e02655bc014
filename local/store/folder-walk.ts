/** The keys in a folder, in the order of their UTF-8 bytes, looking only into the folders that a listing needs. */

import * as fs from 'node:fs';
import { join } from 'node:path';
import { compareKeys } from '../../lambda/store/keys.ts';
import { hasCode, isAbsence, isHiddenName } from './folder-path.ts';

/**
 * Keys of files and symbolic links that begin with `prefix` and come after `after`. Linked folders are not entered, so
 * there are no circles to walk in.
 */
export function* walkFolder(root: string, prefix: string, after: string): Generator<string> {
  yield* walk(root, prefix.slice(0, prefix.lastIndexOf('/') + 1), prefix, after);
}

function* walk(root: string, parent: string, prefix: string, after: string): Generator<string> {
  for (const name of readNames(root, parent)) {
    const key = parent + name;
    if (!name.endsWith('/')) {
      if (key.startsWith(prefix) && compareKeys(key, after) > 0) yield key;
      continue;
    }
    const mayHoldPrefix = key.startsWith(prefix) || prefix.startsWith(key);
    const mayComeAfter = after.startsWith(key) || compareKeys(key, after) > 0;
    if (mayHoldPrefix && mayComeAfter) yield* walk(root, key, prefix, after);
  }
}

/** What is in a folder, folders with a slash at the end: only so do names sort as the keys under them do. */
function readNames(root: string, parent: string): readonly string[] {
  try {
    return fs
      .readdirSync(join(root, parent), { withFileTypes: true })
      .filter((entry) => !isHiddenName(entry.name) && (entry.isFile() || entry.isDirectory() || entry.isSymbolicLink()))
      .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
      .sort(compareKeys);
  } catch (error) {
    // Somebody may have removed it since it was seen; a prefix may name a path that is none.
    if (isAbsence(error) || hasCode(error, 'ENAMETOOLONG')) return [];
    throw error;
  }
}
