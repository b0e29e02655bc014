/**
 * Hugo's page bundles: what lies beside or below `index.md` is a part of that page, and no page of its own. Elsewhere
 * `index.md` has articles beside it.
 *
 * Where the folder is known to be Hugo's, by its settings or by a section's `_index.md` above, parts of bundles are not published.
 * Where it is not known, a file beside `index.md` may be either, if that page is a post, which has a date: then it is not
 * published for the first time, and the problem says how to tell. What lies beside a page without a date, which leads to
 * it, is an article. What is public stays.
 */

import { kindOf, placeOf, siteFolderOf } from './folder-file.ts';

/** The page itself, also in other languages. */
export function isBundlePage(key: string): boolean {
  return /(?:^|\/)_?index(?:\.[\w-]+)?\.\w+$/i.test(key);
}

/** Whether one of these files, which Hugo and Zola alone have, is above the article. */
export function isHugo(folderFiles: readonly string[], articleKey: string): boolean {
  return folderFiles.some((key) => {
    const isSection = kindOf(key) === 'section' && articleKey.startsWith(placeOf(key).folder);
    return isSection || (/(?:^|\/)(?:hugo\.\w+|config\.toml)$/.test(key) && articleKey.startsWith(siteFolderOf(key)));
  });
}

/** Where the page of a bundle may lie that an article is a part of; the top has no bundle. */
export function bundlePagesFor(articleKey: string, isCertain: boolean): readonly string[] {
  const folders = articleKey.split('/').slice(0, -1);
  const paths = folders.map((_, index) => `${folders.slice(0, index + 1).join('/')}/index.md`);
  return isCertain ? paths : paths.slice(-1);
}
