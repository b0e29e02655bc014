/**
 * Where a file may lie that an article names, if it isn't where the address says: in a folder that its system puts at the root of
 * the site, in the folder of the files of one post, or under a name with its letters composed otherwise. Notes name a file
 * alone: `![[boat.png]]` shows the one of that name, wherever in the vault it lies. Pure.
 */

import { isArticleKey } from './article-key.ts';
import { normalName } from './article-name.ts';

/** Folders whose files are at the root of the site: Hugo's and Docusaurus', Astro's and VitePress's, Hugo's other one, Hexo's. */
const ROOTS = ['static/', 'public/', 'assets/', 'source/'];
/** Folders of articles, beside which these lie. */
const CONTENT = /^(?:content|contents|src|source|docs|blog|posts|_posts|pages|articles|notes|data)$/i;

/** Content keys, the likeliest first; the named one is not among them. A dozen at most. */
export function placesOf(assetKey: string, articleKey: string): readonly string[] {
  const folder = articleKey.slice(0, articleKey.lastIndexOf('/') + 1);
  const isBeside = folder !== '' && assetKey.startsWith(folder);
  const own = articleKey.replace(/\.[^./]*$/, '/');
  // Hexo: the files of `_posts/boat.md` lie in `_posts/boat/`.
  const ofPost = isBeside && !assetKey.startsWith(own) ? [own + assetKey.slice(folder.length)] : [];
  const places = [assetKey, ...ofPost, ...(isBeside ? [] : ofRoots(assetKey, articleKey))];
  return [...new Set(places.flatMap(spellingsOf))].filter((each) => each !== assetKey);
}

/** Some file systems write `é` as one character, others as a letter and its accent. */
function spellingsOf(key: string): readonly string[] {
  return [key, key.normalize('NFC'), key.normalize('NFD')];
}

function ofRoots(assetKey: string, articleKey: string): readonly string[] {
  const parts = articleKey.split('/').slice(0, -1);
  const at = parts.findIndex((part) => CONTENT.test(part));
  const above = at > 0 ? `${parts.slice(0, at).join('/')}/` : '';
  // VitePress and MkDocs have theirs among the articles.
  const within = /^docs$/i.test(parts[at] ?? '') ? `${above}${parts[at]}/` : above;
  const roots = [...new Set([above, within, ''])].flatMap((base) =>
    ROOTS.flatMap((root) => (assetKey.startsWith(base + root) ? [] : [base + root + withoutBase(assetKey, base)])),
  );
  // Pelican's `{static}/img/a.png` begins at the folder of all contents, and so does Eleventy's `/img/a.png`.
  const isRoot = /^(?:contents?|src)$/i.test(parts[at] ?? '') && !assetKey.startsWith(`${above}${parts[at]}/`);
  return isRoot ? [...roots, `${above}${parts[at]}/${withoutBase(assetKey, above)}`] : roots;
}

function withoutBase(key: string, base: string): string {
  return key.startsWith(base) ? key.slice(base.length) : key;
}

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
