/**
 * Files that notes name without saying where they lie: `![[boat.png]]` shows the one of that name, wherever in the vault it is.
 * Pure.
 */

import { isArticleKey } from './article-key.ts';
import { normalName } from './article-name.ts';

const FILE = /\.(?:png|jpe?g|gif|webp|avif|svg|bmp|mp3|m4a|ogg|opus|wav|flac|mp4|m4v|webm|mov|ogv|pdf)$/i;

/** The name under which a file is found; null for a file that notes show nowhere. */
export function nameOfFile(key: string): string | null {
  return FILE.test(key) && !isArticleKey(key) ? normalName(key.slice(key.lastIndexOf('/') + 1)) : null;
}

/**
 * The files that a note may mean, the nearest first: those that lie deepest in the folders of the note, then those whose own
 * path is shortest.
 *
 * @param written as the note has it: a name, or the end of a path
 * @param keys content keys of files of that name
 */
export function filesMeant(written: string, keys: readonly string[], articleKey: string): readonly string[] {
  const wanted = parts(normalName(written.replace(/^(?:\.{0,2}\/)+/, '')));
  const fits = (key: string) => {
    const own = parts(normalName(key)).slice(-wanted.length);
    return own.join('/') === wanted.join('/');
  };
  const folders = parts(articleKey).slice(0, -1);
  const shared = (key: string) => {
    const others = parts(key).slice(0, -1);
    const end = others.findIndex((folder, index) => folder !== folders[index]);
    return end === -1 ? others.length : end;
  };
  const rank = (key: string) => [-shared(key), parts(key).length] as const;
  return keys.filter(fits).toSorted((a, b) => {
    const [[nearA, longA], [nearB, longB]] = [rank(a), rank(b)];
    return nearA - nearB || longA - longB || (a < b ? -1 : 1);
  });
}

function parts(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}
