/**
 * By what a link names an article: the path of its file without the ending, and the last part of that. A file called
 * `index` stands for its folder.
 */

import { extensionOfArticle } from './article-key.ts';
import { decodePercent } from './percent-encoding.ts';

/** `posts/a.md` → `posts/a`, `posts/b/index.md` → `posts/b`. What has no ending of an article stays as it is. */
export function articlePath(key: string): string {
  const extension = extensionOfArticle(key);
  const path = extension === '' ? key : key.slice(0, -extension.length - 1);
  return path.replace(/(^|\/)_?index$/i, '').replace(/\/$/, '');
}

/** The last part of a path: all files of one name are found under it. Case doesn't count. */
export function nameOfPath(path: string): string {
  return normalName(path.slice(path.lastIndexOf('/') + 1));
}

/** One spelling for all that are taken for the same. */
export function normalName(text: string): string {
  return text.toWellFormed().normalize('NFC').toLowerCase().trim();
}

/** The names by which an article's file is called: that of the file, and that of the address if its author gave it one. */
export function namesOfArticle(key: string, statedSlug: string | null): readonly string[] {
  const name = nameOfPath(articlePath(key));
  const slug =
    statedSlug === null ? '' : nameOfPath(articlePath((decodePercent(statedSlug) ?? statedSlug).replace(/\/+$/, '')));
  return [...new Set([name, slug])].filter((each) => each !== '');
}
