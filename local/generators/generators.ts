/**
 * The generators whose sites are known when a whole one is published: the files of their settings, and where their articles
 * lie. What a folder of such a site holds besides (themes, the documentation of a theme, tests) is nobody's article.
 */

import { type Fields, isMap, textIn } from '../../lambda/model/fields.ts';
import { textsIn } from '../../lambda/site/folder/folder-fields.ts';
import { mountsIn, sourceOfMount } from '../../lambda/site/folder/readers/hugo-mounts.ts';
import { endings, SETTINGS_FILES } from './generator-traces.ts';

export interface Generator {
  /** As people call it. */
  readonly name: string;
  /** The rule of its addresses, as `addresses` in site.yaml has it; of Zola, which has none there, the nearest. */
  readonly addresses: string;
  /** Its files of settings, the first that is there; paths from the root of the site. */
  readonly files: readonly string[];
  /** Data that names the title or the author; it goes before `files`, and the first before the next. */
  readonly others?: readonly string[];
  /** Of several generators with files of one name, the one that this is true of. */
  readonly isIt?: (settings: SiteSettings) => boolean;
  /** Folders in which its articles may lie, without slashes at their ends; empty for the root. Those count that are there. */
  readonly articles: (settings: SiteSettings) => readonly string[];
  /** Those of them that hold pages and no posts. */
  readonly pages?: (settings: SiteSettings) => readonly string[];
}

export interface SiteSettings {
  readonly file: string;
  readonly text: string;
  readonly fields: Fields;
  /** Where the site has a folder of its own within what is published (`docs/` of VitePress), with a slash at the end. */
  readonly base: string;
  /** Whether there is a folder at a path from the root. */
  readonly hasFolder: (path: string) => boolean;
  /** The text of a file at a path from the root; empty where there is none. */
  readonly read: (path: string) => string;
}

const field = ({ fields }: SiteSettings, name: string): string | null =>
  textIn(new Map([...fields].map(([plain, { value }]) => [plain, value])), [name]);

/** A field of code or data by its plain name, as a path; the first default otherwise. */
const folderField = (settings: SiteSettings, name: string, initial: string): string =>
  trimmed(field(settings, name) ?? initial);

function trimmed(path: string): string {
  return path.trim().replace(/^(?:\.?\/)+|\/+$|^\.$/g, '');
}

const HEXO_NAMES = ['newpostname', 'postassetfolder', 'skiprender', 'sourcedir', 'publicdir', 'tagdir', 'archivedir'];
const isHexo = ({ fields }: SiteSettings) => HEXO_NAMES.some((name) => fields.has(name));
/** Zola's names have an underscore. */
const isZola = ({ text }: SiteSettings) => /^base_url\s*=/m.test(text);

export const GENERATORS: readonly Generator[] = [
  {
    name: 'Zola',
    addresses: 'hugo',
    files: SETTINGS_FILES.Zola,
    isIt: isZola,
    articles: () => ['content'],
  },
  {
    name: 'Hugo',
    addresses: 'hugo',
    files: SETTINGS_FILES.Hugo,
    isIt: (settings) => !isZola(settings),
    articles: hugoFolders,
  },
  {
    name: 'Hexo',
    addresses: 'hexo',
    files: SETTINGS_FILES.Hexo,
    isIt: isHexo,
    articles: (settings) => [folderField(settings, 'sourcedir', 'source')],
  },
  {
    name: 'Jekyll',
    addresses: 'jekyll',
    files: SETTINGS_FILES.Jekyll,
    isIt: (settings) =>
      isWithoutSettings(settings) ? /\b(?:jekyll|github-pages)\b/.test(settings.text) : !isHexo(settings),
    articles: jekyllFolders,
  },
  {
    name: 'Astro',
    addresses: 'astro',
    files: SETTINGS_FILES.Astro,
    articles: astroFolders,
  },
  {
    name: 'Eleventy',
    addresses: 'eleventy',
    files: SETTINGS_FILES.Eleventy,
    others: ['metadata', 'site', 'meta'].flatMap((name) =>
      ['_data', 'src/_data'].flatMap((folder) => endings(`${folder}/${name}`, 'json js')),
    ),
    articles: (settings) => [folderField(settings, 'input', '')],
  },
  {
    name: 'Nikola',
    addresses: 'nikola',
    files: SETTINGS_FILES.Nikola,
    isIt: ({ text }) => /^(?:BLOG_TITLE|POSTS)\s*=/m.test(text),
    articles: (settings) => [...nikolaFolders(settings, 'POSTS'), ...nikolaFolders(settings, 'PAGES')],
    pages: (settings) => nikolaFolders(settings, 'PAGES'),
  },
  {
    name: 'Pelican',
    addresses: 'pelican',
    files: SETTINGS_FILES.Pelican,
    others: ['publishconf.py'],
    articles: pelicanFolders,
  },
  {
    name: 'Docusaurus',
    addresses: 'docusaurus',
    files: SETTINGS_FILES.Docusaurus,
    articles: (settings) => (settings.hasFolder('blog') ? ['blog', ...docusaurusBlogs(settings)] : ['docs']),
  },
  {
    name: 'VitePress',
    addresses: 'vitepress',
    files: SETTINGS_FILES.VitePress,
    articles: (settings) => [trimmed(settings.base + (field(settings, 'srcdir') ?? ''))],
  },
  {
    name: 'MkDocs',
    addresses: 'mkdocs',
    files: SETTINGS_FILES.MkDocs,
    articles: mkdocsFolders,
  },
];

/** The folder of the content, those of languages, and those that are mounted there. */
function hugoFolders({ fields }: SiteSettings): readonly string[] {
  const languages = fields.get('languages')?.value ?? null;
  const translated = languages !== null && isMap(languages) ? [...languages.values()] : [];
  const mounted = mountsIn(fields).filter((mount) => {
    const [target = ''] = mount !== null && isMap(mount) ? textsIn(mount.get('target') ?? null) : [];
    return /^\/?content(?:\/|$)/.test(target);
  });
  return [
    ...textsIn(fields.get('contentdir')?.value ?? 'content'),
    ...translated.flatMap((about) => (isMap(about) ? textsIn(about.get('contentdir') ?? null) : [])),
    ...mounted.flatMap(sourceOfMount),
  ].map(trimmed);
}

/** Without settings, nothing says what else of the folder is a page. */
function isWithoutSettings({ file }: SiteSettings): boolean {
  return file === 'Gemfile';
}

/** Jekyll has a page of every file with front matter; its posts show that it is the root. */
function jekyllFolders(settings: SiteSettings): readonly string[] {
  if (isWithoutSettings(settings)) return ['_posts', '_drafts'];
  const source = folderField(settings, 'source', '');
  const within = source === '' ? '' : `${source}/`;
  const collections = folderField(settings, 'collectionsdir', '');
  const posts = [`${within}_posts`, ...(collections === '' ? [] : [`${within}${collections}/_posts`])];
  return posts.some(settings.hasFolder) ? [source] : [];
}

/** Collections by their convention, and where code says that a loader has them. */
function astroFolders(settings: SiteSettings): readonly string[] {
  const source = folderField(settings, 'srcdir', 'src');
  const code = ['content.config', 'content/config'].flatMap((name) =>
    endings(`${source}/${name}`, 'ts js mjs').map(settings.read),
  );
  const bases = code.flatMap((text) => [...text.matchAll(/\bbase\s*:\s*["'`]([^"'`$]+)["'`]/g)]);
  return [`${source}/content`, `${source}/pages`, ...bases.flatMap(([, base = '']) => trimmed(base) || [])];
}

const NIKOLA_FOLDERS = { POSTS: 'posts', PAGES: 'pages' } as const;

/** Tuples that begin with a pattern of files. */
function nikolaFolders({ text }: SiteSettings, name: keyof typeof NIKOLA_FOLDERS): readonly string[] {
  const [, list = ''] = new RegExp(`^${name}\\s*=\\s*[([]\\s*\\n?((?:[ \\t]*[([][^\\n]*\\n?)*)`, 'm').exec(text) ?? [];
  const patterns = [...list.matchAll(/[([]\s*["']([^"'*]+)\/\*/g)];
  if (patterns.length === 0) return [NIKOLA_FOLDERS[name]];
  return [...new Set(patterns.map(([, folder = '']) => trimmed(folder)))];
}

function pelicanFolders(settings: SiteSettings): readonly string[] {
  return [folderField(settings, 'path', settings.hasFolder('content') ? 'content' : '')];
}

/** Blogs of plugins, and translations. */
function docusaurusBlogs({ text, hasFolder }: SiteSettings): readonly string[] {
  const named = [...text.matchAll(/\bplugin-content-blog["'][\s\S]{0,400}?\bpath\s*:\s*["'`]([^"'`$]+)["'`]/g)];
  return named.flatMap(([, path = '']) => trimmed(path)).filter(hasFolder);
}

/** With Material's blog, posts are in a folder of their own, and all else is documentation. */
function mkdocsFolders({ text, hasFolder }: SiteSettings): readonly string[] {
  const folder = trimmed(/^docs_dir:[ \t]*["']?([^"'#\n]+)/m.exec(text)?.[1] ?? 'docs');
  const blog = trimmed(/^[ \t]+blog_dir:[ \t]*["']?([^"'#\n]+)/m.exec(text)?.[1] ?? 'blog');
  const posts = trimmed(`${folder}/${blog}/posts`);
  return /^[ \t]*-[ \t]+(?:material\/)?blog\b/m.test(text) && hasFolder(posts) ? [posts] : [folder];
}
