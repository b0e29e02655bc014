/**
 * Addresses as authors write them (relative, root-relative, absolute, half-encoded) become absolute ones that are
 * valid URIs by RFC 3986. Files beside the article are named by their key in the content store.
 */

import { isEpisodeFile, isFileKey } from '../../address/article-key.ts';
import { defaultPath } from '../../address/default-path.ts';
import { isOwnFile } from '../../address/own-documents.ts';
import { decodePercent } from '../../address/percent-encoding.ts';
import { articlesBase, publicAddress } from '../../model/addresses.ts';
import { safeFragment } from '../../text/clobbering-names.ts';
import { slugify } from '../../text/slug.ts';
import type { ContentContext } from './context.ts';

export interface ResolvedAddress {
  readonly url: string;
  /** Key in the content store, or null when the address is no file of this site. */
  readonly key: string | null;
}

const ADDRESS_CHARACTERS_MAX = 8_192;

export const SOURCE_EXTENSIONS = new Set(['md', 'markdown', 'mdown', 'mkd', 'mdx', 'rst']);
/** Extensions that name a page when the address begins at the root, and maybe a source file when it doesn't. */
export const PAGE_EXTENSIONS = new Set(['html', 'htm', 'xhtml', 'php', 'asp', 'aspx', 'jsp', 'cgi', 'shtml']);
/** What a site has for machines, in whatever folder: an address, but never a file of the author's. */
const MACHINE_FILES = /(?:^|\/)(?:feed\.xml|feeds\.opml|(?:news-)?sitemap\.xml|robots\.txt)$/;

/**
 * The place prefixes of Pelican (`{static}/images/a.png`, `|filename|a.md`), of which Markdown may have encoded the braces, and
 * Nikola's `link://tag/sea`.
 */
const PLACE_PREFIX =
  /^(?:(?:\{|%7B|\||%7C)(static|attach|filename|photo|index|tag|category|author)(?:\}|%7D|\||%7C)|link:\/\/(tag|category|author|root)\/?)/i;
/** Names of the site's root: Zola's `@/a.md`, Docusaurus' `@site/static/a.png` and `pathname:///a`, Ghost's. */
const ROOT_PREFIX = /^(?:@site\/(?:static\/)?|@\/|pathname:\/\/\/|__GHOST_URL__\/?)/;

/**
 * An address as written in the article → absolute, with its content key if it is a local file; null for dead or
 * forbidden ones (`#`, `javascript:`, `data:`), for those that leave the site by `../`, and for what no URL is, or no
 * file's name.
 */
export function resolveAddress(reference: string, context: ContentContext): ResolvedAddress | null {
  const written = withoutPrefix(reference.replace(/[\t\n\r\u0000-\u001F]/g, '').trim(), context.site);
  if (written === '' || written === '#' || written.length > ADDRESS_CHARACTERS_MAX) return null;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(written)?.[1]?.toLowerCase();
  if (scheme === 'mailto') return withoutKey(validUri(written));
  if (scheme !== undefined) return scheme === 'http' || scheme === 'https' ? resolveAbsolute(written, context) : null;
  if (/^[\\/]{2}/.test(written)) return resolveAbsolute(new URL(context.site.url).protocol + written, context);
  if (/^www\.[^/]+\.[^/]/i.test(written)) return withoutKey(validUri(`https://${written}`));
  return resolveRelative(written.replaceAll('\\', '/'), context);
}

/** Pelican's `{tag}sea` names a page of the publication: the feed of that tag. */
function withoutPrefix(reference: string, { automatic }: ContentContext['site']): string {
  const [prefix, marked, named] = PLACE_PREFIX.exec(reference) ?? [];
  if (prefix === undefined) return reference.replace(ROOT_PREFIX, '/');
  const rest = reference.slice(prefix.length);
  const feed = (folder: string) => `/${folder}/${encodeURIComponent(slugify(decodePercent(rest) ?? rest))}/`;
  switch ((marked ?? named ?? '').toLowerCase()) {
    case 'index':
    case 'root':
      return '/';
    case 'author':
      return automatic.authors ? feed('authors') : '';
    case 'tag':
    case 'category':
      return automatic.tags ? feed('tags') : '';
    default:
      return rest;
  }
}

function resolveAbsolute(written: string, context: ContentContext): ResolvedAddress | null {
  const url = validUri(written);
  if (url === null) return null;
  if (!url.startsWith(context.site.url)) return { url, key: null };
  const [path = ''] = url.slice(context.site.url.length).split(/[?#]/, 1);
  return { url, key: isFile(path) ? authorsFile(decodePercent(path) ?? path) : null };
}

function resolveRelative(written: string, context: ContentContext): ResolvedAddress | null {
  const parts = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(written);
  const path = parts?.[1] ?? '';
  const rest = (parts?.[2] ?? '') + (parts?.[3] ?? '');
  if (path === '') {
    const own = (parts?.[2] ?? '') + safeFragment(parts?.[3] ?? '');
    return withoutKey(validUri(withoutFragment(context.articleUrl) + own));
  }
  const fromRoot = path.startsWith('/');
  const place = fromRoot ? belowBase(path, context.site.url) : path;
  const extension = extensionOf(place);
  const isAsset = isEpisodeFile(place);
  const isSource = !isAsset && (SOURCE_EXTENSIONS.has(extension) || (!fromRoot && PAGE_EXTENSIONS.has(extension)));
  if (!isAsset && !isSource && !isFile(place)) return resolvePage(place, fromRoot, rest, context);
  const key = joinKey(fromRoot ? '' : folderOf(context.key), decodePercent(place) ?? place);
  if (key === null) return null;
  const { url: base } = context.site;
  const url = validUri((isSource ? articlesBase(context.site) + sourcePath(key) : publicAddress(base, key)) + rest);
  return url === null ? null : { url, key: isSource ? null : authorsFile(key) };
}

/** A key at which a file can lie, unless what is public there is the publisher's. */
function authorsFile(key: string): string | null {
  return isFileKey(key) && !isOwnFile(key) ? key : null;
}

/** A page of the site: `/about/`, `../other/`, `part-2`. */
function resolvePage(place: string, fromRoot: boolean, rest: string, context: ContentContext): ResolvedAddress | null {
  const site = articlesBase(context.site);
  const base = fromRoot ? site : context.articleUrl;
  const relative = fromRoot ? place.replace(/^\/+/, '../') : `./${place}`;
  const url = validUri(relative + rest, base);
  return url?.startsWith(site) ? { url, key: null } : null;
}

/** Where the article of this key is by default; the list page of a folder is at the folder. */
function sourcePath(key: string): string {
  return defaultPath(key.replace(/(^|\/)_index(\.[^./]*)$/, '$1index$2')).slice(1);
}

/** A path from the root, less the folder under which the whole site lies. */
export function belowBase(path: string, siteUrl: string): string {
  const base = new URL(siteUrl).pathname;
  return base !== '/' && path.startsWith(base) ? path.slice(base.length - 1) : path;
}

function isFile(path: string): boolean {
  const extension = extensionOf(path);
  const isPage = PAGE_EXTENSIONS.has(extension) || SOURCE_EXTENSIONS.has(extension);
  return extension !== '' && !isPage && !MACHINE_FILES.test(path);
}

/** Lower case, without the dot; '' where there is none. `v1.2` has none: a version, no file. */
export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const [stem, extension] = [name.slice(0, name.lastIndexOf('.') + 1), name.slice(name.lastIndexOf('.') + 1)];
  return /[^.]/.test(stem) && /^(?=\d*[a-z])[a-z0-9]{1,8}$/i.test(extension) ? extension.toLowerCase() : '';
}

export function folderOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/') + 1);
}

/** Folder and path as one key without `.` and `..`; null when it leaves the site, or no file can lie there. */
export function joinKey(folder: string, path: string): string | null {
  const parts: string[] = [];
  for (const part of (folder + path).split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return null;
    } else if (part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  const key = parts.join('/');
  return isFileKey(key) ? key : null;
}

function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? url;
}

function withoutKey(url: string | null): ResolvedAddress | null {
  return url === null ? null : { url, key: null };
}

/**
 * The address as RFC 3986 wants it. `new URL` settles host, dots and most of the encoding but lets some characters
 * stand that the RFC, and the feed validator with it, refuses; they are encoded here.
 */
function validUri(written: string, base?: string): string | null {
  if (base === undefined && isPlainUri(written)) return written;
  const url = URL.parse(written, base);
  if (url === null) return null;
  // A bare `?` or `#` at the end is in `href` alone; written anew, it is nowhere.
  url.search = url.search.valueOf();
  url.hash = url.hash.valueOf();
  const tail = url.pathname + url.search + url.hash;
  const head = url.href.slice(0, url.href.length - tail.length);
  // The URL parser lets characters into a host that RFC 3986 does not: no machine has such a name.
  if (!/^[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%[\]]*$/.test(head)) return null;
  const fragment = url.hash === '' ? '' : `#${encodeRest(url.hash.slice(1)).replaceAll('#', '%23')}`;
  return head + encodeRest(url.pathname + url.search) + fragment;
}

/** A query and a fragment as RFC 3986 wants them; empty for a bare `?` or `#`. */
export function validTail(written: string): string {
  return written === '' ? '' : (validUri(ANY_PAGE + written)?.slice(ANY_PAGE.length) ?? '');
}

const ANY_PAGE = 'https://any.invalid/';

function encodeRest(text: string): string {
  return text
    .replace(/[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]/gu, encodeURIComponent)
    .replace(/%(?![0-9A-Fa-f]{2})/g, '%25');
}

/**
 * Most addresses need nothing done to them, and `new URL` with what follows takes a hundred times as long as to see that:
 * a host of plain names in lower case, a path without dots at the beginning of a part, no character that is encoded anywhere.
 */
function isPlainUri(written: string): boolean {
  return PLAIN_URI.test(written) && !/%2e|\/(?:\.|%2E)/i.test(written);
}

const PLAIN_URI =
  /^https?:\/\/(?:[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.)+[a-z]{2,}\/(?:[\w\-.~!$&'()*+,;=:@/]|%[\dA-Fa-f]{2})*(?:\?(?:[\w\-.~!$&()*+,;=:@/?]|%[\dA-Fa-f]{2})+)?(?:#(?:[\w\-.~!$&'()*+,;=:@/?]|%[\dA-Fa-f]{2})+)?$/;
