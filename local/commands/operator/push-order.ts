/**
 * The order in which a folder is uploaded, so that what is private is private at every moment, though the publisher sees
 * each file as it comes. Others may name a file, or say what holds for it:
 *
 * 1. ids that subscribers know: an article that comes before them is given another id for good; and
 *    articles that their folder held back and does not any more: what they say themselves by now has to be there first;
 * 2. settings, and the files that say what holds for a folder;
 * 3. pictures and the like: an article that comes before its pictures would be looked at twice;
 * 4. the page of a bundle, before its parts;
 * 5. all other articles but
 * 6. those that may be translations by their names, since their originals may hold them back.
 */

import { isArticleKey } from '../../../lambda/address/article-key.ts';
import { readVisibility } from '../../../lambda/article/fields/visibility/visibility.ts';
import { createFields } from '../../../lambda/model/fields.ts';
import { createReport } from '../../../lambda/model/report.ts';
import { isAdoptedKey } from '../../../lambda/site/adopted/adopted-key.ts';
import { isFolderFile } from '../../../lambda/site/folder/folder-file.ts';
import { type FolderFiles, sayOf } from '../../../lambda/site/folder/folder-rules.ts';
import { isBundlePage } from '../../../lambda/site/folder/page-bundle.ts';
import { readFolderFile } from '../../../lambda/site/folder/readers/read-folder-file.ts';
import { originalOf } from '../../../lambda/site/folder/translation.ts';
import { mapBounded } from '../../../lambda/store/bounded.ts';
import type { Store } from '../../../lambda/store/store.ts';
import { SITE_KEY } from '../../../lambda/work/protocol/site-work.ts';

const READS_AT_ONCE_MAX = 8;

/** The keys of the folder in groups, each to be uploaded when the one before is there. */
export async function planUpload(
  folder: Store,
  bucket: Store,
  keys: readonly string[],
): Promise<readonly (readonly string[])[]> {
  const folderFiles = keys.filter(isFolderFile);
  const before = await readFolderFiles(bucket, folderFiles);
  const after = await readFolderFiles(folder, folderFiles);
  const stageOf = (key: string): number => {
    if (isAdoptedKey(key)) return 0;
    if (key === SITE_KEY || isFolderFile(key)) return 1;
    if (!isArticleKey(key)) return 2;
    if (isHeld(before, key) && !isHeld(after, key)) return 0;
    if (isBundlePage(key)) return 3;
    return originalOf(key) === null ? 4 : 5;
  };
  const stages = Map.groupBy(keys, stageOf);
  return [0, 1, 2, 3, 4, 5].map((stage) => stages.get(stage) ?? []);
}

async function readFolderFiles(store: Store, keys: readonly string[]): Promise<FolderFiles> {
  const read = await mapBounded(keys, READS_AT_ONCE_MAX, async (key) => {
    const object = await store.read(key);
    return object === null ? [] : [[key, readFolderFile(key, object.body, object.version)] as const];
  });
  return Object.fromEntries(read.flat());
}

function isHeld(files: FolderFiles, key: string): boolean {
  const { hold, fields } = sayOf(files, key);
  if (hold !== null) return true;
  const around = { key, published: null, statuses: {} };
  return readVisibility(createFields(fields), around, createReport(key)).visibility !== 'published';
}
