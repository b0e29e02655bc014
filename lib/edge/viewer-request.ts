/**
 * What CloudFront does with each request before it looks into its cache: settles which stored object answers it.
 *
 * - A folder is its index document.
 * - A browser that opens a feed as a page is sent to the feed's readable page, where there are such pages; `?raw`
 *   shows the document itself.
 * - A text is asked for in the best encoding that the client takes: each variant is an object, and thus a cache entry,
 *   of its own.
 *
 * Runs in CloudFront Functions 2.0: a part of the language, 10 KB, no network, no clock. Keep to what it has.
 */

import { hasVariants, VARIANTS } from '../../lambda/variants.ts';
import { decodedPath, type EdgeHeaders, type EdgeRequest, type EdgeResponse } from './event.ts';

/** Replaced when the function is built. */
declare const READABLE_PAGES: boolean;

export function handler(event: { readonly request: EdgeRequest }): EdgeRequest | EdgeResponse {
  const request = event.request;
  if (READABLE_PAGES && isNavigation(request) && isFeed(request.uri) && !request.querystring.raw) {
    return redirect(request.uri.replace(/[^/]*$/, ''));
  }
  if (/\/$/.test(request.uri)) request.uri += 'index.html';
  request.uri += variantEnding(request);
  return request;
}

/** A page that a person looks at; readers, which fetch, say something else or nothing. */
function isNavigation(request: EdgeRequest): boolean {
  return headerValue(request.headers, 'sec-fetch-dest') === 'document';
}

function isFeed(uri: string): boolean {
  return /\/(rss\.xml|atom\.xml|feed\.json)$/.test(uri);
}

/** Not to be stored: the same address is a feed for everybody else. */
function redirect(location: string): EdgeResponse {
  return {
    statusCode: 302,
    statusDescription: 'Found',
    headers: { location: { value: location }, 'cache-control': { value: 'no-store' } },
  };
}

function variantEnding(request: EdgeRequest): string {
  const path = decodedPath(request.uri);
  // Parts of a compressed body would be parts of something else than the client has.
  if (path === null || !hasVariants(path) || request.headers.range) return '';
  const accepted = headerValue(request.headers, 'accept-encoding').toLowerCase();
  const variant = VARIANTS.filter((candidate) => isAccepted(accepted, candidate.encoding))[0];
  return variant ? variant.ending : '';
}

/** RFC 9110, 12.5.3: named, and not with the weight 0. */
function isAccepted(acceptEncoding: string, encoding: string): boolean {
  return acceptEncoding.split(',').some((part) => {
    const fields = part.split(';');
    if ((fields[0] || '').trim() !== encoding) return false;
    return !fields.slice(1).some((field) => /^\s*q\s*=\s*0(\.0*)?\s*$/.test(field));
  });
}

function headerValue(headers: EdgeHeaders, name: string): string {
  const header = headers[name];
  return header ? header.value : '';
}
