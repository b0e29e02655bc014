/** A file that lists what a generator leaves out, a pattern a line, from the folder it lies in: Eleventy's. */

import type { FolderSource, Said } from '../folder-source.ts';

export function readIgnoreList({ folder, text }: FolderSource): Said {
  const only = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  return { rules: only.length === 0 ? [] : [{ under: folder, only, hold: 'always' }], doubt: null };
}
