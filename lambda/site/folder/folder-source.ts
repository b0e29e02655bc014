/** What the readers of folder files are given, and what they give. */

import { splitFrontMatter } from '../../article/source/front-matter/front-matter.ts';
import type { Fields } from '../../model/fields.ts';
import { createReport } from '../../model/report.ts';
import { besideOf, isOfOneArticle, siteFolderOf } from './folder-file.ts';
import type { Doubt, FolderRule } from './folder-rules.ts';

/** What a reader makes of a file. */
export interface Said {
  readonly rules: readonly FolderRule[];
  readonly doubt: Doubt | null;
}

export interface FolderSource {
  readonly key: string;
  /** The folder it lies in, with a slash at its end; empty at the top, and for settings of a site, whose rules begin there. */
  readonly folder: string;
  readonly text: string;
  /** Reads the text in the language of its ending. */
  readonly fields: () => Reading;
}

/** The fields of a file; null where it has none, and says nothing. */
export type Reading = { readonly fields: Fields | null } | { readonly doubt: Doubt };

/**
 * Nobody knows what the file says: of what it is about, nothing new is published.
 *
 * @param folder the one that it is about, where that is not the one of the site
 */
export function leaveOpen(
  key: string,
  doubt: Doubt,
  hold: 'new' | 'unsaid' = 'new',
  folder: string = siteFolderOf(key),
): Said {
  if (!isOfOneArticle(key)) return { rules: [{ under: folder, hold }], doubt };
  const under = besideOf(key);
  return { rules: [{ under, hold }, ...(/\.meta$/.test(key) ? [{ under, ofTranslations: true, hold }] : [])], doubt };
}

/** @param names those of what may hold an article back: a broken file without any of them says nothing that matters */
export function withFields(
  source: FolderSource,
  reading: Reading,
  read: (fields: Fields) => Said,
  names: RegExp = /(?:)/,
): Said {
  if ('doubt' in reading) {
    return names.test(source.text)
      ? leaveOpen(source.key, reading.doubt, 'new', source.folder)
      : { rules: [], doubt: null };
  }
  return reading.fields === null ? { rules: [], doubt: null } : read(reading.fields);
}

/** The readers of front matter speak of an article's. */
export function unprefixed(message: string): string {
  const said = message.replace(/^The front matter/, 'it').replace(/\.$/, '');
  return said.charAt(0).toLowerCase() + said.slice(1);
}

export function frontMatterOf({ key, text }: FolderSource): Reading {
  const report = createReport(key);
  const matter = splitFrontMatter(text, { mdx: false }, report);
  if (matter !== null) return { fields: matter.fields };
  const [problem] = report.problems;
  const { line = null, message = '', fix = '' } = problem ?? {};
  return { doubt: { line, message: unprefixed(message), fix } };
}
