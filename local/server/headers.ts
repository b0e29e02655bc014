/**
 * What the header fields of a public document are, judged by its path alone: what S3 keeps with an object and
 * CloudFront's headers policy adds. The same for every start of the server.
 */

import mime from 'mime';
import { staticType } from '../../lambda/address/static/static-file.ts';
import { CONTENT_TYPES, FEED_FORMATS, OPML_PATH, subscriptionPath } from '../../lambda/model/addresses.ts';
import { SITEMAP_TYPE } from '../../lambda/work/page/sitemap-pages.ts';
import { CACHE_CONTROL } from '../../lambda/work/protocol/documents.ts';
import { POLICY_FIELDS } from '../../lib/edge/policy.ts';

/** Pages and pictures: on one's own machine one wants to see what one has just changed. */
const ALWAYS_ASK = 'no-cache';

const TYPE_OF_NAME: ReadonlyMap<string, string> = new Map([
  ...FEED_FORMATS.map((format) => [subscriptionPath('all', format), CONTENT_TYPES[format]] as const),
  [OPML_PATH, 'text/x-opml; charset=utf-8'],
]);

/** Content type with charset where the type is text. */
function contentTypeOf(path: string): string {
  const fixed = staticType(path);
  if (fixed !== null) return fixed;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const known = TYPE_OF_NAME.get(name);
  if (known !== undefined) return known;
  // The registry has `text/xml` and older names for some; feeds of other names are still XML.
  if (name.endsWith('.xml')) return SITEMAP_TYPE;
  const type = mime.getType(name) ?? 'application/octet-stream';
  return isText(type) ? `${type}; charset=utf-8` : type;
}

function isText(contentType: string): boolean {
  return /^text\/|^application\/(?:json|xml|javascript|manifest\+json)|\+(?:xml|json)\b/.test(contentType);
}

export function isFeed(path: string): boolean {
  const type = contentTypeOf(path);
  return FEED_FORMATS.some((format) => CONTENT_TYPES[format] === type);
}

/** The header fields that do not depend on the bytes. */
export function fixedFields(path: string): Record<string, string> {
  return { 'Content-Type': contentTypeOf(path), 'Cache-Control': cachingOf(path), ...POLICY_FIELDS };
}

function cachingOf(path: string): string {
  if (path === OPML_PATH) return CACHE_CONTROL.subscription;
  if (!isFeed(path)) return ALWAYS_ASK;
  return /(?:^|\/)archive\//.test(path) ? CACHE_CONTROL.archive : CACHE_CONTROL.subscription;
}
