/**
 * CloudFront runs this on each request before it looks into its cache: it decides which stored object answers. The
 * preview server does the same with the same code.
 *
 * - Where the site has several domains, all lead to one.
 * - Documents are read, not changed: other methods are refused here. A script's question whether it may ask is answered.
 * - A path that no document could have (hidden names, empty or disguised parts, the variants themselves) leads nowhere.
 * - A browser that opens a feed as a page is sent to the feed's readable page; `?raw` shows the document itself.
 * - A query by which a former system told addresses apart (`?p=64`) is a path: a redirect lies there (query-address.ts).
 * - A folder is its index document, also without its slash.
 * - A text is asked for in the encoding that the client likes best: each variant is an object, and thus a cache entry,
 *   of its own.
 *
 * Runs in CloudFront Functions 2.0: a part of the language, 10 KB, no network, no clock. Keep to what it has.
 */

import { folderAddress } from '../../lambda/address/folder-address.ts';
import { queryAddress } from '../../lambda/address/former/query-address.ts';
import { hasVariants, VARIANTS } from '../../lambda/address/variants.ts';
import { leadToHost } from './canonical-host.ts';
import { decodedPath, type EdgeHeaders, type EdgeRequest, type EdgeResponse } from './event.ts';

/** The site's own domain where it has several; the stack writes it in front of the script (lib/cdn.ts). */
declare const CANONICAL_HOST: string;

const METHODS = 'GET, HEAD, OPTIONS';
/** Nobody writes there, so the answer is that of any address where there is nothing. */
const NOWHERE = '/.nowhere';
const NOT_ALLOWED_PAGE =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Not allowed</title>' +
  '<h1>Not allowed</h1><p>Documents can be read here, not changed.</p></html>';

export function handler(event: { readonly request: EdgeRequest }): EdgeRequest | EdgeResponse {
  const request = event.request;
  if (typeof CANONICAL_HOST !== 'undefined') {
    const lead = leadToHost(request, CANONICAL_HOST);
    if (lead) return lead;
  }
  if (request.method === 'OPTIONS') return preflight();
  if (request.method !== 'GET' && request.method !== 'HEAD') return notAllowed();
  if (!isSound(request.uri)) {
    request.uri = NOWHERE;
    return request;
  }
  if (isNavigation(request) && isFeed(request.uri) && !request.querystring.raw) {
    return toPage(request.uri.replace(/[^/]*$/, ''));
  }
  const former = queryAddress(request.uri, (name) => {
    const field = request.querystring[name];
    return field ? field.value : '';
  });
  // S3 takes a plus in a path for a space.
  request.uri = folderAddress(former || request.uri)
    .replace(/\/$/, '/index.html')
    .replace(/\+/g, '%2B');
  request.uri += variantEnding(request);
  return request;
}

/** Whether a document could have this path. Letters beyond ASCII come percent-encoded, or not from an HTTP client. */
function isSound(uri: string): boolean {
  const parts = uri.slice(1).split('/');
  if (
    uri.charAt(0) !== '/' ||
    /[^!-~]/.test(uri) ||
    !parts.every((part, index) => isSoundPart(part, index === parts.length - 1))
  )
    return false;
  const path = decodedPath(uri) || '';
  return VARIANTS.every((variant) => {
    const plain = path.slice(0, -variant.ending.length);
    return plain + variant.ending !== path || !hasVariants(plain);
  });
}

function isSoundPart(part: string, isLast: boolean): boolean {
  const text = decodedPath(`/${part}`);
  if (text === null || (text.charAt(0) === '.' && text !== '.well-known')) return false;
  return text === '' ? isLast : !/[/\\\u0000-\u001f\u007f]/.test(text);
}

/** A page that a person looks at; readers, which fetch, say something else or nothing. */
function isNavigation(request: EdgeRequest): boolean {
  return headerValue(request.headers, 'sec-fetch-dest') === 'document';
}

function isFeed(uri: string): boolean {
  return /\/(rss\.xml|atom\.xml|feed\.json)$/.test(uri);
}

/** Not to be stored: the same address is a feed for everybody else. */
function toPage(location: string): EdgeResponse {
  return {
    statusCode: 302,
    statusDescription: 'Found',
    headers: { location: { value: location }, 'cache-control': { value: 'no-store' } },
  };
}

/** The answer to a browser that asks whether a script may send a conditional request. */
function preflight(): EdgeResponse {
  return {
    statusCode: 204,
    statusDescription: 'No Content',
    headers: {
      allow: { value: METHODS },
      'access-control-allow-origin': { value: '*' },
      'access-control-allow-methods': { value: 'GET, HEAD' },
      'access-control-allow-headers': { value: 'If-None-Match, If-Modified-Since, Range' },
      'access-control-max-age': { value: '86400' },
      'cache-control': { value: 'no-store' },
    },
  };
}

function notAllowed(): EdgeResponse {
  return {
    statusCode: 405,
    statusDescription: 'Method Not Allowed',
    headers: {
      allow: { value: METHODS },
      'content-type': { value: 'text/html; charset=utf-8' },
      'cache-control': { value: 'no-store' },
      'content-security-policy': { value: "default-src 'none'" },
      'x-content-type-options': { value: 'nosniff' },
    },
    body: { encoding: 'text', data: NOT_ALLOWED_PAGE },
  };
}

function variantEnding(request: EdgeRequest): string {
  const path = decodedPath(request.uri);
  // Parts of a compressed body would be parts of something else than the client has.
  if (path === null || !hasVariants(path) || request.headers.range) return '';
  const accepted = headerValue(request.headers, 'accept-encoding').toLowerCase();
  let ending = '';
  let best = weightOf(accepted, 'identity', '');
  VARIANTS.forEach((variant) => {
    const weight = weightOf(accepted, variant.encoding, '*');
    if (weight === 0 || weight < best || (weight === best && ending !== '')) return;
    ending = variant.ending;
    best = weight;
  });
  return ending;
}

/** RFC 9110, 12.5.3: how much a client likes an encoding, or, where it does not name that, what stands for the rest. */
function weightOf(acceptEncoding: string, encoding: string, rest: string): number {
  let named = -1;
  let others = 0;
  acceptEncoding.split(',').forEach((part) => {
    const fields = part.split(';');
    const stated = /^\s*q\s*=\s*(\d(?:\.\d*)?)/.exec(fields[1] || '');
    const weight = stated ? Number(stated[1]) : 1;
    const name = (fields[0] || '').trim();
    if (name === encoding) named = weight;
    else if (name === rest) others = weight;
  });
  return named >= 0 ? named : others;
}

function headerValue(headers: EdgeHeaders, name: string): string {
  const header = headers[name];
  return header ? header.value : '';
}
