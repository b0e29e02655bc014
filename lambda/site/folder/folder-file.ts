/**
 * Folder files: files in which a system says something of the articles beside or below them, and of itself nothing
 * that is published. Here is what they are called and where they lie; `read-folder-file.ts` reads them, and
 * `folder-rules.ts` says what of it holds for one article.
 *
 * A new kind takes a line in `KINDS`, and a reader under the same name in `READERS` (read-folder-file.ts): from the text
 * of the file to rules. The rest follows: the protocol reads such a file when its event comes, looks for it before an
 * article is published for the first time, and looks at all articles again when it says something else.
 */

import { mayBeListed } from '../../article/source/exports/substack-post.ts';
import { ADOPTED_FOLDER, isAdoptedKey } from '../adopted/adopted-key.ts';
import { TAKEDOWNS_KEY } from '../takedowns.ts';
import { isPeopleFile } from './people-key.ts';
import { originalName } from './translation.ts';

/** What is larger says nothing that is understood. */
export const FOLDER_FILE_BYTES_MAX = 512 * 1024;

/** Where an article lies, or a folder file. */
interface FolderPlace {
  /** With a slash at its end; empty at the top. */
  readonly folder: string;
  /** Name of the folder itself; empty at the top. */
  readonly folderName: string;
}

interface Kind {
  /** What files of the kind are called in a folder. They are looked for before a first publication, so there are few. */
  readonly names: (place: FolderPlace) => readonly string[];
  /** Rarer names: such a file is obeyed once its event has come, and nobody looks for it before. */
  readonly others?: RegExp;
  /** Files of one article, by its name without the ending. They are looked for beside that article alone. */
  readonly beside?: (name: string) => readonly string[];
  /** Files that say something of few articles only, and are looked for before those. */
  readonly sought?: (articleKey: string) => readonly string[];
  /** The same, by their whole keys. */
  readonly elsewhere?: (key: string) => boolean;
  /** Looked for only in the folder that is published. Below it, such a file is obeyed once its event has come. */
  readonly isAtTheTop?: boolean;
}

/** Where Obsidian keeps the settings of a vault, and the files of these that say what is public. */
const VAULT_FOLDER = '.obsidian/';
const VAULT_FILES: readonly string[] = ['community-plugins.json', 'publish.json'];

const VITEPRESS_FOLDER = '.vitepress/';
/** The most frequent first. */
const VITEPRESS_FILES: readonly string[] = [
  'config.mts',
  'config.ts',
  'config.js',
  'config.mjs',
  'config.cjs',
  'config.cts',
];
/** By the folder in which their articles lie as a rule. */
const PROGRAM_FILES: Readonly<Record<string, readonly string[]>> = {
  docs: ['docusaurus.config.ts', 'docusaurus.config.js'],
  blog: ['docusaurus.config.ts', 'docusaurus.config.js'],
  posts: ['conf.py'],
};

const KINDS = {
  /** MkDocs Material. */
  meta: { names: () => ['.meta.yml'], others: /^\.meta\.yaml$/ },
  /** Hugo and Zola. */
  section: { names: () => ['_index.md'], others: /^_index(?:\.[\w-]+)?\.(?:md|markdown|mdown|html)$/i },
  /** Eleventy. */
  data: {
    names: ({ folderName: name }) =>
      name === '' ? [] : [`${name}.json`, `${name}.11tydata.json`, `${name}.11tydata.js`],
    others: /\.11tydata\.[cm]?(?:js|ts)$/,
    beside: (name) => [`${name}.11tydata.json`, `${name}.11tydata.js`],
  },
  /** Nikola. */
  header: { names: () => [], beside: (name) => [name, originalName(name) ?? name].map((each) => `${each}.meta`) },
  /** Jekyll and Hexo. */
  config: { names: () => ['_config.yml'], others: /^_config\.(?:yaml|toml)$/, isAtTheTop: true },
  /** Hugo, and Zola. */
  hugo: {
    names: () => ['hugo.toml', 'hugo.yaml', 'config.toml'],
    others: /^(?:hugo\.(?:yml|json)|config\.ya?ml|module\.(?:toml|ya?ml|json))$/,
    sought: (key) => [
      ...['config/_default/hugo.toml', 'config/_default/config.toml'],
      ...(key.startsWith('content/') ? ['config/_default/module.toml'] : []),
    ],
    isAtTheTop: true,
  },
  /** Substack: beside its posts, or beside their folder. */
  substack: {
    names: () => [],
    others: /^posts\.csv$/,
    sought: (key) => (mayBeListed(key) ? [`${folderOf(key)}posts.csv`, `${folderOf(key, 2)}posts.csv`] : []),
  },
  /** Logseq. */
  logseq: {
    names: ({ folderName }) => (folderName === 'logseq' ? ['config.edn'] : []),
    sought: (key) => (/(?:^|\/)(?:pages|journals)\/[^/]+$/.test(key) ? [`${folderOf(key, 2)}logseq/config.edn`] : []),
  },
  mkdocs: { names: () => ['mkdocs.yml'], others: /^mkdocs\.yaml$/, isAtTheTop: true },
  quartz: { names: () => ['quartz.config.ts'], isAtTheTop: true },
  pelican: { names: () => ['pelicanconf.py'], isAtTheTop: true },
  obsidian: {
    names: ({ folder }) => (folder === VAULT_FOLDER ? VAULT_FILES : []),
    sought: () => VAULT_FILES.map((name) => VAULT_FOLDER + name),
  },
  /** Docusaurus, Nikola and Sphinx; and what Pelican publishes with. */
  program: {
    names: () => [],
    others: /^(?:docusaurus\.config\.[cm]?[jt]s|(?:publishconf|conf)\.py)$/,
    sought: (key) => PROGRAM_FILES[key.slice(0, key.indexOf('/'))] ?? [],
  },
  vitepress: {
    names: ({ folderName }) => (`${folderName}/` === VITEPRESS_FOLDER ? VITEPRESS_FILES : []),
    sought: (key) =>
      ['', ...(key.startsWith('docs/') ? ['docs/'] : [])].flatMap((folder) =>
        VITEPRESS_FILES.slice(0, 2).map((name) => folder + VITEPRESS_FOLDER + name),
      ),
  },
  /** Docusaurus, MkDocs, Jekyll, Hugo, Next and Astro. They hold nothing back, so nobody waits for them. */
  people: { names: () => [], elsewhere: isPeopleFile },
  /** Docusaurus. They hold nothing back. */
  tags: { names: () => [], elsewhere: (key) => /(?:^|\/)tags\.ya?ml$/.test(key) && !/(?:^|\/)_?data\//.test(key) },
  /** Eleventy. */
  ignored: { names: () => ['.eleventyignore'], isAtTheTop: true },
} as const satisfies Readonly<Record<string, Kind>>;

export type FolderFileKind = keyof typeof KINDS;

const ENTRIES = Object.entries(KINDS) as readonly (readonly [FolderFileKind, Kind])[];

/** Names that begin with a dot and are no secret between the author and a program. */
const HIDDEN_NAMES: ReadonlySet<string> = new Set([
  ...['.meta.yml', '.meta.yaml', '.eleventyignore', '.authors.yml', '.authors.yaml'],
]);

/** Whether a file has a name that folders hide, and is read all the same. */
export function isHiddenFolderFile(name: string): boolean {
  return HIDDEN_NAMES.has(name);
}

/** Whether files in a hidden folder are read, though few. */
export function isReadFolder(folder: string): boolean {
  return folder === VAULT_FOLDER || folder === ADOPTED_FOLDER || /^(?:[^./][^/]*\/)*\.vitepress\/$/.test(folder);
}

/** Whether a file lies in a hidden folder, and is read all the same. */
export function isInHiddenFolder(key: string): boolean {
  const { folder } = placeOf(key);
  if (folder === ADOPTED_FOLDER) return isAdoptedKey(key);
  const names = folder === VAULT_FOLDER ? VAULT_FILES : VITEPRESS_FILES;
  return isReadFolder(folder) && names.includes(key.slice(folder.length));
}

/** What commands of this program keep beside the articles, such as a backup of ids and dates. */
export const OWN_FOLDER = '.feedwright/';

/** Whether a file is for programs alone: nobody means it to be read, whatever refers to it. */
export function isNeverPublic(key: string): boolean {
  const isOwn = key === TAKEDOWNS_KEY || key.startsWith(OWN_FOLDER);
  return isOwn || isInHiddenFolder(key) || isHiddenFolderFile(key.slice(key.lastIndexOf('/') + 1));
}

export function isFolderFile(key: string): boolean {
  return kindOf(key) !== null;
}

/** The kind of folder file that lies at a key; null for any other file. */
export function kindOf(key: string): FolderFileKind | null {
  // Most keys are those of articles and pictures, which end with no name of a folder file.
  if (!ENDINGS.has(key.slice(key.lastIndexOf('.') + 1).toLowerCase())) return null;
  const place = placeOf(key);
  const name = key.slice(place.folder.length);
  const found = ENTRIES.find(([, kind]) => {
    if (kind.names(place).includes(name) || kind.others?.test(name) === true) return true;
    if (kind.elsewhere?.(key) === true) return true;
    return kind.beside?.(baseName(name)).includes(name) === true;
  });
  return found?.[0] ?? null;
}

const ENDINGS: ReadonlySet<string> = new Set(
  'yml yaml toml json js cjs mjs ts cts mts md mdx markdown mdown html meta eleventyignore csv edn py'.split(' '),
);

/** Whether a folder file is about the article beside it alone. */
export function isOfOneArticle(key: string): boolean {
  const place = placeOf(key);
  const name = key.slice(place.folder.length);
  return ENTRIES.some(
    ([, kind]) => kind.beside?.(baseName(name)).includes(name) === true && !kind.names(place).includes(name),
  );
}

/** What the articles are called, without their endings, that a file of one article is about. */
export function besideOf(key: string): string {
  const { folder } = placeOf(key);
  return folder + baseName(key.slice(folder.length));
}

/** The keys at which there may be folder files that say something of an article: from the top down, its own last. */
export function folderFilesFor(articleKey: string): readonly string[] {
  const parts = articleKey.split('/').slice(0, -1);
  const places = ['', ...parts].map((folderName, depth) => ({
    folder: parts
      .slice(0, depth)
      .map((part) => `${part}/`)
      .join(''),
    folderName,
  }));
  const kinds = ENTRIES.map(([, kind]): Kind => kind);
  const shared = places.flatMap((place) =>
    kinds
      .filter(({ isAtTheTop = false }) => !isAtTheTop || place.folder === '')
      .flatMap((kind) => kind.names(place).map((name) => place.folder + name)),
  );
  const name = articleKey.slice(articleKey.lastIndexOf('/') + 1);
  const folder = articleKey.slice(0, articleKey.length - name.length);
  const own = kinds.flatMap((kind) => kind.beside?.(baseName(name)) ?? []).map((each) => folder + each);
  const sought = kinds.flatMap((kind) => kind.sought?.(articleKey) ?? []);
  return [...new Set([...shared, ...own, ...sought])].filter((key) => key !== articleKey);
}

/** The folder of a file, or one above it, with a slash at its end; empty at the top. */
function folderOf(key: string, levels = 1): string {
  return key
    .split('/')
    .slice(0, -levels)
    .map((part) => `${part}/`)
    .join('');
}

/** The folder of a site, by the key of its settings: Hugo and VitePress have them also in folders of their own. */
export function siteFolderOf(key: string): string {
  return placeOf(key).folder.replace(/(?<=^|\/)(?:config\/(?:_default|production)|\.vitepress)\/$/, '');
}

export function placeOf(key: string): FolderPlace {
  const folder = key.slice(0, key.lastIndexOf('/') + 1);
  return { folder, folderName: folder.slice(0, -1).slice(folder.lastIndexOf('/', folder.length - 2) + 1) };
}

/** The name of an article without its ending, or of what lies beside it. */
function baseName(name: string): string {
  return name.replace(/(?:\.11tydata)?\.[^.]+$/, '');
}
