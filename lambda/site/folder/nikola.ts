/** Nikola's header in a file of its own: `note.meta` beside `note.md`. */

import { createFields } from '../../article/fields/fields.ts';
import { readNikolaHeader } from '../../article/source/header-fields.ts';
import { toRuleValue } from './folder-fields.ts';
import { besideOf } from './folder-file.ts';
import type { FolderSource, Said } from './folder-source.ts';

export function readNikolaHeaderFile({ key, text }: FolderSource): Said {
  const header = readNikolaHeader(text.split('\n'), 1);
  if (header === null) return { rules: [], doubt: null };
  const fields = [...createFields(header.fields)].map(([name, { value }]) => [name, toRuleValue(value)] as const);
  return { rules: [{ under: besideOf(key), fields: Object.fromEntries(fields) }], doubt: null };
}
