/**
 * Links that name an article's file, in the notation of each system: `b.md`, `../posts/b`, `{filename}b.md`,
 * `@/posts/b.md`. Which article has that file, and where it is, is looked up once the text is read
 * (feed/article-links.ts).
 *
 * What template code and links of notes name is written as a place by then (address/named-place.ts).
 */

import { extensionOfArticle, isEpisodeFile } from '../../address/article-key.ts';
import { articlePath, nameOfPath } from '../../address/article-name.ts';
import { NAMED_PLACE, NOTE_PLACE } from '../../address/named-place.ts';
import { isOwnDocument } from '../../address/own-documents.ts';
import { decodePercent } from '../../address/percent-encoding.ts';
import { articlesBase } from '../../model/addresses.ts';
import type { ArticleLink } from '../../model/article.ts';
import { safeFragment } from '../../text/clobbering-names.ts';
import { HEADING_IDS_DEFAULT, headingId } from '../../text/heading-id.ts';
import type { ContentContext } from './context.ts';
import {
  belowBase,
  extensionOf,
  folderOf,
  joinKey,
  PAGE_EXTENSIONS,
  resolveAddress,
  SOURCE_EXTENSIONS,
  validTail,
} from './reference.ts';

const REFERENCE_CHARACTERS_MAX = 2_000;

/**
 * The link to a file of an article that a reference may be, or the address of the article itself where it names that; null
 * for what certainly names no such file.
 */
export function findFileLink(reference: string, context: ContentContext): ArticleLink | string | null {
  if (reference.length > REFERENCE_CHARACTERS_MAX) return null;
  const written = reference.replace(/[\t\n\r\u0000-\u001F]/g, '').trim();
  const [, kind, subject = '', fragment = ''] = LINK_SCHEME.exec(written) ?? [];
  if (kind !== undefined) {
    const plain = (kind === 'filename' ? '/' : '') + (decodePercent(subject) ?? subject);
    return linkByName(plain, validTail(safeFragment(fragment)), context);
  }
  const { path, isFile, isFromRoot, rest } = splitReference(written, context);
  if (path === '' || path === '/') return null;
  const named = nameIn(path, NAMED_PLACE);
  if (named !== null) return named === '' ? null : linkByName(named, rest, context);
  const note = nameIn(path, NOTE_PLACE);
  if (note !== null) {
    const fragment = rest === '' ? '' : headingFragment(rest, context);
    return note === '' ? ownAddress(context) + fragment : linkByName(note, fragment, context);
  }
  const place = isFromRoot ? belowBase(path, context.site.url) : path;
  const extension = extensionOf(place.replace(/\/$/, ''));
  if (isEpisodeFile(place)) return null;
  const isRead = extensionOfArticle(place) !== '';
  const isSource = SOURCE_EXTENSIONS.has(extension) || (isFile && isRead);
  const isPage = extension === '' || (PAGE_EXTENSIONS.has(extension) && isRead);
  if (!isSource && !isPage) return null;
  const whole = (decodePercent(place) ?? place).replace(/\/+$/, '');
  // A file that isn't read itself may have been converted.
  const decoded = isSource && !isRead ? whole.slice(0, -extension.length - 1) : whole;
  const fromRoot = joinKey('', decoded);
  const beside = isFromRoot ? null : joinKey(folderOf(context.key), decoded);
  const onPage = isFromRoot || isSource ? null : keyFromPage(place, context);
  const above = isFromRoot || !isSource ? [] : fromFoldersAbove(decoded, context);
  const paths = [...new Set([beside, onPage, fromRoot, ...above].filter((each) => each !== null))];
  const [first] = paths;
  if (first === undefined) return null;
  if (isItself(first, context)) return ownAddress(context) + rest;
  const otherwise = isSource ? null : (resolveAddress(written, context)?.url ?? null);
  if (!isSource && (otherwise === null || isOwnDocument(pathOf(otherwise, context), context.site))) return null;
  const name = nameOfPath(articlePath(first));
  if (name === '') return null;
  return { written: shownReference(written), name, paths, isAnywhere: isSource && isFromRoot, rest, otherwise };
}

interface Reference {
  /** Without query and fragment; empty where the reference names no file. */
  readonly path: string;
  /** Whether it is written as the name of a file. */
  readonly isFile: boolean;
  readonly isFromRoot: boolean;
  readonly rest: string;
}

const NO_FILE: Reference = { path: '', isFile: false, isFromRoot: false, rest: '' };
/** Nikola's: `link://slug/low-water`, `link://filename/posts/low-water.md`. */
const LINK_SCHEME = /^link:\/\/(slug|filename)\/([^#]+)(#.*)?$/is;
const FILENAME = /^(?:\{|%7B|\||%7C)filename(?:\}|%7D|\||%7C)/i;
/** Zola's and Docusaurus' names of the root: what comes after them is the path of a file. */
const ROOT = /^(?:@site\/(?!static\/)|@\/)/;

function splitReference(written: string, { site }: ContentContext): Reference {
  const isFile = FILENAME.test(written) || ROOT.test(written);
  let place = written.replace(FILENAME, '').replace(ROOT, '/').replaceAll('\\', '/');
  if (place.startsWith(articlesBase(site))) {
    const path = `/${place.slice(articlesBase(site).length)}`;
    // An address of the site that is written out is one, unless it ends as a file does.
    if (
      !path.startsWith(NAMED_PLACE) &&
      !path.startsWith(NOTE_PLACE) &&
      !/^[^?#]*\.(?:md|markdown|mdx)(?:[?#]|$)/i.test(path)
    )
      return NO_FILE;
    place = path;
  }
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/|www\.|@|__|[{|]|%7[BC])/i.test(place)) return NO_FILE;
  const [, path = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(place) ?? [];
  return { path, isFile, isFromRoot: path.startsWith('/'), rest: validTail(query + safeFragment(fragment)) };
}

/** What `namedPlace` or `notePlace` wrote, wherever it stands in a path; null where it is not there. */
function nameIn(path: string, place: string): string | null {
  const at = path.indexOf(place);
  return at === -1 ? null : (decodePercent(path.slice(at + place.length)) ?? '');
}

function ownAddress({ articleUrl }: ContentContext): string {
  return articleUrl.replace(/#.*$/s, '');
}

/** The id that a heading of these words has. */
function headingFragment(written: string, { site }: ContentContext): string {
  const id = headingId(decodePercent(written.slice(1)) ?? '', site.headingIds ?? HEADING_IDS_DEFAULT);
  return id === '' ? '' : safeFragment(`#${encodeURIComponent(id)}`);
}

function linkByName(named: string, rest: string, context: ContentContext): ArticleLink | null {
  const isFromRoot = named.startsWith('/');
  const plain = named.replace(/^\/+|\/+$/g, '');
  const fromRoot = joinKey('', plain);
  const beside = isFromRoot ? null : joinKey(folderOf(context.key), plain);
  const paths = [...new Set([beside, fromRoot].filter((each) => each !== null))];
  const name = nameOfPath(articlePath(fromRoot ?? beside ?? ''));
  if (name === '') return null;
  return { written: plain, name, paths, isAnywhere: true, rest, otherwise: null };
}

/** Eleventy's paths begin in its folder of sources (`content/`), which may lie anywhere above. The nearest folder is first. */
function fromFoldersAbove(path: string, { key }: ContentContext): readonly (string | null)[] {
  if (path.startsWith('.')) return [];
  const folders = key.split('/').slice(0, -2);
  return folders.map((_, index) => joinKey(`${folders.slice(0, folders.length - index).join('/')}/`, path));
}

/** How a browser on the article's page resolves a link without an ending. */
function keyFromPage(place: string, { articleUrl, site }: ContentContext): string | null {
  const url = URL.parse(place, articleUrl)?.href;
  const base = articlesBase(site);
  return url?.startsWith(base) ? joinKey('', (decodePercent(url.slice(base.length)) ?? '').replace(/\/+$/, '')) : null;
}

function isItself(path: string, { key }: ContentContext): boolean {
  return path === key || articlePath(path) === articlePath(key);
}

function pathOf(url: string, { site }: ContentContext): string {
  return `/${url.slice(articlesBase(site).length).split(/[?#]/, 1)[0] ?? ''}`;
}

/** As its author wrote it: Markdown has encoded what no address may hold. */
function shownReference(written: string): string {
  return decodePercent(written) ?? written;
}
