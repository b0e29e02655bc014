/** What the readers of folder files are given, and what they give. */

import type { Fields } from '../../article/fields/fields.ts';
import { besideOf, isOfOneArticle, placeOf } from './folder-file.ts';
import type { Doubt, FolderRule } from './folder-rules.ts';

/** What a reader makes of a file. */
export interface Said {
  readonly rules: readonly FolderRule[];
  readonly doubt: Doubt | null;
}

export interface FolderSource {
  readonly key: string;
  /** The folder it lies in: with a slash at its end, empty at the top. */
  readonly folder: string;
  readonly text: string;
  /** Reads the text in the language of its ending. */
  readonly fields: () => Reading;
}

/** The fields of a file; null where it has none, and says nothing. */
export type Reading = { readonly fields: Fields | null } | { readonly doubt: Doubt };

/** Nobody knows what the file says: of what it is about, nothing new is published. */
export function leaveOpen(key: string, doubt: Doubt): Said {
  return { rules: [{ under: isOfOneArticle(key) ? besideOf(key) : placeOf(key).folder, hold: 'new' }], doubt };
}

export function withFields(source: FolderSource, reading: Reading, read: (fields: Fields) => Said): Said {
  if ('doubt' in reading) return leaveOpen(source.key, reading.doubt);
  return reading.fields === null ? { rules: [], doubt: null } : read(reading.fields);
}
