/**
 * Addresses as other systems make them, for sites that move and keep theirs (`addresses` in site.yaml): what each makes of the
 * names of files and folders, of titles, slugs and categories. Measured with Hugo 0.168, Jekyll 4.3, Eleventy 3.1, Pelican 4.12,
 * Nikola 8.3, Hexo 8.1, MkDocs Material 9.7, Astro 6.0, VitePress 1.6 and Docusaurus 3.10 (decision 130);
 * Zola's rule is that of its documentation.
 *
 * Where a system links to pages without a slash, the page is at a folder here: every host leads there.
 */

import type { AddressSystem } from '../../model/site.ts';
import { headingId } from '../../text/heading-id.ts';
import { slugify } from '../../text/slug.ts';
import type { Moment } from '../../time/moment.ts';
import { offsetMinutesAt } from '../../time/time-zone.ts';
import { readFileName, stem } from '../file-name.ts';
import { fillPattern, type PatternFacts } from '../permalink.ts';
import {
  hugoName,
  hugoPart,
  hugoSlug,
  jekyllSlug,
  jekyllTitle,
  materialSlug,
  nikolaSlug,
  pelicanSlug,
  zolaSlug,
} from './slug-rules.ts';

/** What an address may be made of. */
export interface AddressSource {
  /** Content key. */
  readonly key: string;
  readonly title: string;
  readonly published: Moment | null;
  /** As its author writes it; null where there is none. */
  readonly slug: string | null;
  /** As their author writes them, in order. */
  readonly categories: readonly string[];
  /** The site's, an IANA name. */
  readonly timeZone: string;
  /** The article's language where it is not the site's. */
  readonly language: string | null;
  /** Nikola's `pretty_url`. */
  readonly isPretty: boolean;
}

export interface SystemAddress {
  /** Begins with a slash, not encoded. Null where the system makes it of a date that the article does not have. */
  readonly path: string | null;
  /** What the parts of a pattern stand for. */
  readonly facts: PatternFacts;
  /** Whether a letter is in it whose spelling in ASCII is not known here, so that it is not what the system made. */
  readonly isUnknown?: true;
}

/** A source with its key taken apart. */
interface Named extends AddressSource {
  /** Folders of the file below the folder in which the system keeps sources. */
  readonly folders: readonly string[];
  /** Of the file, without its ending; empty for `index`. */
  readonly name: string;
}

/** The address of an article of which only a slug is stated, at most. */
export function systemAddress(system: AddressSystem, source: AddressSource): SystemAddress {
  const { root, address } = RULES[system];
  const parts = stem(source.key).replace(root, '').split('/');
  const name = parts.pop() ?? '';
  return address({ ...source, folders: parts, name: /^_?index$/i.test(name) ? '' : name });
}

/** Where former addresses of an article lie that are stated without a slash in front: Hugo's are relative to its own address. */
export function relativeAlias(alias: string, path: string): string {
  const folder = path.replace(/[^/]*\/?$/, '');
  const parts = folder.split('/').slice(1, -1);
  for (const part of alias.split('/')) {
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

interface SystemRules {
  /** The folder of sources, at the beginning of a key. */
  readonly root: RegExp;
  readonly address: (source: Named) => SystemAddress;
}

const RULES: Readonly<Record<AddressSystem, SystemRules>> = {
  hugo: { root: /^content\//, address: hugoAddress },
  jekyll: { root: /^(?=)/, address: jekyllAddress },
  eleventy: { root: /^(?:src|content)\//, address: eleventyAddress },
  pelican: { root: /^content\//, address: pelicanAddress },
  nikola: { root: /^(?=)/, address: nikolaAddress },
  hexo: { root: /^source\//, address: hexoAddress },
  mkdocs: { root: /^docs\//, address: materialAddress },
  astro: { root: /^(?:src\/)?(?:content|data|pages)\//, address: astroAddress },
  vitepress: { root: /^docs\//, address: vitepressAddress },
  docusaurus: { root: /^(?=)/, address: docusaurusAddress },
  zola: { root: /^content\//, address: zolaAddress },
};

export const ADDRESS_SYSTEMS = Object.keys(RULES) as readonly AddressSystem[];

function hugoAddress(source: Named): SystemAddress {
  const folders = source.folders.map(hugoName);
  const name = hugoName(source.name);
  const isBundle = name === '' && folders.length > 0;
  const own = isBundle ? folders.slice(0, -1) : folders;
  const last = source.slug === null ? (isBundle ? (folders.at(-1) ?? '') : name) : hugoSlug(source.slug);
  const title = hugoPart(source.title.replaceAll('/', '-'));
  const slug = source.slug === null ? null : hugoPart(source.slug);
  const fileSlug = hugoPart(isBundle ? (source.folders.at(-1) ?? '') : source.name);
  return {
    path: folderPath([...own, last]),
    facts: { ...factsOf(source), fileSlug, slug, titleSlug: title, title, folders: own },
  };
}

/** Posts have dates; documents of other collections, and pages, are where their files are. */
function jekyllAddress(source: Named): SystemAddress {
  const at = source.folders.findIndex((folder) => /^_(?:posts|drafts)$/.test(folder));
  const published = inZone(source.published, source.timeZone);
  const named = at >= 0 ? source.name.replace(/^\d{2,4}-\d{1,2}-\d{1,2}-/, '') : source.name;
  const categories = [...(at > 0 ? source.folders.slice(0, at) : []), ...source.categories];
  const text = source.slug ?? named;
  const facts = {
    ...factsOf(source),
    published,
    fileSlug: jekyllTitle(named),
    title: jekyllTitle(text),
    slug: jekyllSlug(text),
    categories: [...new Set(categories.map((each) => each.toLowerCase()))],
    slugifiedCategories: [...new Set(categories.map(jekyllSlug))],
  };
  if (at >= 0) return { path: fillPattern('date', facts), facts };
  const folders = source.folders.map((folder) => folder.replace(/^_/, ''));
  return { path: source.name === '' ? folderPath(folders) : filePath([...folders, source.name]), facts };
}

/** A file that is called as its folder stands for it. */
function eleventyAddress(source: Named): SystemAddress {
  const { name, folders } = source;
  const isIndex = name === '' || name === folders.at(-1);
  const fileSlug = (isIndex ? (folders.at(-1) ?? '') : name).replace(/^\d{4}-\d{2}-\d{2}-/, '');
  return {
    path: folderPath(isIndex ? folders : [...folders, name]),
    facts: { ...factsOf(source), fileSlug, slugifyText: (text) => headingId(text, 'eleventy') },
  };
}

function pelicanAddress(source: Named): SystemAddress {
  const made = pelicanSlug(source.title);
  const slug = source.slug ?? made;
  const facts = { ...factsOf(source), slug };
  if (slug === null) return { path: null, facts, isUnknown: true };
  const name = source.language === null ? slug : `${slug}-${source.language.toLowerCase()}`;
  return { path: filePath(source.folders[0] === 'pages' ? ['pages', name] : [name]), facts };
}

function nikolaAddress(source: Named): SystemAddress {
  const folders = source.name === '' ? source.folders.slice(0, -1) : source.folders;
  const slug = source.slug ?? nikolaSlug(source.name || (source.folders.at(-1) ?? ''));
  const facts = { ...factsOf(source), slug };
  if (slug === null) return { path: null, facts, isUnknown: true };
  const parts = [...folders, slug];
  return { path: source.isPretty ? folderPath(parts) : filePath(parts), facts };
}

/** A post's `:title` is its path below `_posts`; the date in it stays, and its `slug` says nothing. */
function hexoAddress(source: Named): SystemAddress {
  const at = source.folders.findIndex((folder) => /^_(?:posts|drafts)$/.test(folder));
  const published = inZone(source.published, source.timeZone);
  const title = [...source.folders.slice(at + 1), source.name || 'index'].join('/');
  const categories = source.categories.map((each) => headingId(each, 'hexo'));
  const facts = {
    ...factsOf(source),
    ...{ published, title, slug: null, fileSlug: source.name },
    categories: [categories.join('/') || 'uncategorized'],
  };
  if (at >= 0) return { path: fillPattern('/:year/:month/:day/:title/', facts), facts };
  return { path: source.name === '' ? folderPath(source.folders) : filePath([...source.folders, source.name]), facts };
}

/** Posts of the blog are in `posts/`; all else is where its file is. */
function materialAddress(source: Named): SystemAddress {
  const { folders, name } = source;
  const at = folders.indexOf('posts');
  const facts = { ...factsOf(source), slug: source.slug ?? materialSlug(source.title) };
  const isReadme = /^readme$/i.test(name);
  if (at < 0) return { path: folderPath(isReadme || name === '' ? folders : [...folders, name]), facts };
  const blog = at === 0 ? 'blog' : folders.slice(0, at).join('/');
  return { path: fillPattern(`/${escapePart(blog)}/:year/:month/:day/:slug/`, facts), facts };
}

/** GitHub's rule for each folder and name of an entry. The folder of the collection is the route of most sites. */
function astroAddress(source: Named): SystemAddress {
  const [route = '', ...folders] = source.folders;
  const id = [...folders, source.name].map((part) => headingId(part, 'github')).filter((part) => part !== '');
  const last = source.slug === null ? id : [source.slug.replace(/^\/|\/$/g, '')];
  return { path: folderPath([route, ...last]), facts: { ...factsOf(source), fileSlug: id.at(-1) ?? '' } };
}

function vitepressAddress(source: Named): SystemAddress {
  const { folders, name } = source;
  return { path: name === '' ? folderPath(folders) : filePath([...folders, name]), facts: factsOf(source) };
}

const DOCUSAURUS_NAME = /^(.*?)(\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(.*)$/s;

/** The date in the address is that of the file's name or folders, and no other; a slug is one below the blog. */
function docusaurusAddress(source: Named): SystemAddress {
  const { folders, name, slug } = source;
  const [first = '', ...rest] = folders;
  const isElsewhere = ['docs', 'src', 'i18n'].includes(first);
  const below = [...(first === 'blog' || isElsewhere ? rest : folders), name].filter((part) => part !== '').join('/');
  const [, folder = '', date = '', text = ''] = DOCUSAURUS_NAME.exec(below) ?? [];
  const dated = date === '' ? below : `${date.replaceAll('-', '/')}/${folder}${text}`;
  return { path: folderPath([isElsewhere ? first : 'blog', slug ?? dated]), facts: factsOf(source) };
}

/** By its documentation: names in ASCII, where a date at the beginning of a file's name is its date and no part of it. */
function zolaAddress(source: Named): SystemAddress {
  const isBundle = source.name === '' && source.folders.length > 0;
  const folders = isBundle ? source.folders.slice(0, -1) : source.folders;
  const name = (isBundle ? (source.folders.at(-1) ?? '') : source.name).replace(
    /^\d{4}-\d{2}-\d{2}[T\d:.Z+-]*[-_](?=.)/,
    '',
  );
  const parts = [...folders, source.slug ?? name].map(zolaSlug);
  const [last = ''] = parts.slice(-1);
  const facts = { ...factsOf(source), fileSlug: last || source.name, title: last || source.name };
  if (parts.includes(null)) return { path: null, facts, isUnknown: true };
  return { path: folderPath(parts.map((part) => part ?? '')), facts };
}

/** As the file's name and the author tell, without any rule. */
function factsOf({ key, title, published, slug, categories, folders, name }: Named): PatternFacts {
  return {
    fileSlug: readFileName(key).slug || name,
    slug,
    titleSlug: slugify(title),
    published,
    categories: categories.map(slugify),
    folders: folders.filter((folder) => !folder.startsWith('_')),
  };
}

function inZone(published: Moment | null, timeZone: string): Moment | null {
  return published === null ? null : { at: published.at, offsetMinutes: offsetMinutesAt(published.at, timeZone) };
}

function folderPath(parts: readonly string[]): string {
  return `/${parts.join('/')}/`.replace(/\/{2,}/g, '/');
}

function filePath(parts: readonly string[]): string {
  return `/${parts.join('/')}.html`.replace(/\/{2,}/g, '/');
}

/** A colon in the name of a folder begins no part of a pattern. */
function escapePart(text: string): string {
  return text.replaceAll(':', '%3A');
}
