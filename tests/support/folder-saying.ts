/** What folder files say of an article, as tests ask for it. */

import { OUTSIDE_POSTS_FIELD } from '../../lambda/article/fields/folder-fields.ts';
import { type FolderFiles, sayOf } from '../../lambda/site/folder/folder-rules.ts';
import { readFolderFile } from '../../lambda/site/folder/readers/read-folder-file.ts';

export function filesOf(texts: Readonly<Record<string, string>>): FolderFiles {
  const read = Object.entries(texts).map(([key, text]) => [
    key,
    readFolderFile(key, new TextEncoder().encode(text), 'v1'),
  ]);
  return Object.fromEntries(read);
}

/** What is said of an article in one word: a kind of hold, else its fields that say whether to publish. */
export function said(texts: Readonly<Record<string, string>>, key: string): string {
  const { hold, fields } = sayOf(filesOf(texts), key);
  if (hold !== null) return hold.kind;
  // Which articles are pages is tested with those (tests/behaviour/pages.test.ts).
  const others = fields.filter(({ name }) => name !== OUTSIDE_POSTS_FIELD);
  return others.map(({ name, value }) => `${name}=${String(value)}`).join(' ') || 'nothing';
}
