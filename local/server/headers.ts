/**
 * What the header fields of a public document are, judged by its path alone: the same for every start of the server.
 */

import mime from 'mime';
import { CONTENT_TYPES, FEED_FORMATS, OPML_PATH } from '../../lambda/addresses.ts';
import { CACHE_CONTROL } from '../../lambda/work/documents.ts';

/** Pages and pictures: on one's own machine one wants to see what one has just changed. */
const ALWAYS_ASK = 'no-cache';

/** What a page or picture of the publication may do: be looked at. */
const PAGE_POLICY =
  "default-src 'none'; img-src 'self' http: https: data:; media-src 'self' http: https:; style-src 'self' 'unsafe-inline'; " +
  "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** For everything else that a browser could take for a page (SVG, XML): no scripts, no origin. */
const DOCUMENT_POLICY = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; sandbox";

const TYPE_OF_NAME: Readonly<Record<string, string>> = {
  'rss.xml': CONTENT_TYPES.rss,
  'atom.xml': CONTENT_TYPES.atom,
  'feed.json': CONTENT_TYPES.json,
  [OPML_PATH]: 'text/x-opml; charset=utf-8',
};

/** Content type with charset where the type is text. */
function contentTypeOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const known = TYPE_OF_NAME[name];
  if (known !== undefined) return known;
  // The registry has `text/xml` and older names for some; feeds of other names are still XML.
  const type = name.endsWith('.xml') ? 'application/xml' : (mime.getType(name) ?? 'application/octet-stream');
  return isText(type) ? `${type}; charset=utf-8` : type;
}

export function isText(contentType: string): boolean {
  return /^text\/|^application\/(?:json|xml|javascript|manifest\+json)|\+(?:xml|json)\b/.test(contentType);
}

export function isFeed(path: string): boolean {
  const type = contentTypeOf(path);
  return FEED_FORMATS.some((format) => CONTENT_TYPES[format] === type);
}

/** The header fields that do not depend on the bytes. */
export function fixedFields(path: string): Record<string, string> {
  const contentType = contentTypeOf(path);
  const isPublicData = isFeed(path) || path === OPML_PATH;
  return {
    'Content-Type': contentType,
    'Cache-Control': isPublicData ? feedCaching(path) : ALWAYS_ASK,
    'X-Content-Type-Options': 'nosniff',
    ...(isPublicData ? CROSS_ORIGIN : {}),
    ...(isText(contentType)
      ? { 'Content-Security-Policy': contentType.startsWith('text/html') ? PAGE_POLICY : DOCUMENT_POLICY }
      : {}),
  };
}

function feedCaching(path: string): string {
  return /(?:^|\/)archive\//.test(path) ? CACHE_CONTROL.archive : CACHE_CONTROL.subscription;
}

/** Feeds are for everybody: scripts of any origin may read them, and their validators. */
const CROSS_ORIGIN = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Last-Modified, Link',
};

/** The answer to a browser that asks whether a script may send a conditional request. */
export const PREFLIGHT_FIELDS = {
  ...CROSS_ORIGIN,
  'Access-Control-Allow-Methods': 'GET, HEAD',
  'Access-Control-Allow-Headers': 'If-None-Match, If-Modified-Since, Range',
  'Access-Control-Max-Age': '86400',
};
