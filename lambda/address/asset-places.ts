/**
 * Where a file may lie that an article names, if it isn't where the address says: in a folder that its system puts at the root of
 * the site, in the folder of the files of one post, or under a name with its letters composed otherwise.
 */

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
  return [...new Set([above, within, ''])].flatMap((base) =>
    ROOTS.flatMap((root) => (assetKey.startsWith(base + root) ? [] : [base + root + withoutBase(assetKey, base)])),
  );
}

function withoutBase(key: string, base: string): string {
  return key.startsWith(base) ? key.slice(base.length) : key;
}
