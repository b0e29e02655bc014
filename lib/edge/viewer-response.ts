/**
 * CloudFront runs this on each answer before it leaves: it turns S3's metadata into header fields and redirects.
 *
 * - `link` becomes the header `Link` (hub and self of a feed, RFC 8288).
 * - `redirect` makes the answer a permanent redirect to the address it holds.
 * - An address that has variants says that it varies by `Accept-Encoding`.
 * - Other metadata is nobody's business and goes.
 *
 * CloudFront doesn't call it for errors of the origin (400 and above). Runs in CloudFront Functions 2.0, like its
 * sister.
 */

import { folderAddress } from '../../lambda/address/folder-address.ts';
import { hasVariants, VARIANTS } from '../../lambda/address/variants.ts';
import { decodedPath, type EdgeRequest, type EdgeResponse } from './event.ts';

const METADATA = 'x-amz-meta-';

export function handler(event: { readonly request: EdgeRequest; readonly response: EdgeResponse }): EdgeResponse {
  const response = event.response;
  const link = response.headers[`${METADATA}link`];
  const redirect = response.headers[`${METADATA}redirect`];
  Object.keys(response.headers)
    .filter((name) => name.indexOf(METADATA) === 0)
    .forEach((name) => {
      delete response.headers[name];
    });
  if (link) response.headers.link = { value: link.value };
  if (isVaried(event.request.uri)) response.headers.vary = { value: 'Accept-Encoding' };
  if (redirect) {
    response.statusCode = 301;
    response.statusDescription = 'Moved Permanently';
    response.headers.location = { value: redirect.value };
  }
  return response;
}

/** `uri` is the address of a variant or of the document, as the viewer-request function left it, or as the reader sent it. */
function isVaried(uri: string): boolean {
  const path = decodedPath(folderAddress(uri).replace(/\/$/, '/index.html'));
  return path !== null && (hasVariants(path) || VARIANTS.some((variant) => hasVariants(without(path, variant.ending))));
}

function without(path: string, ending: string): string {
  return path.slice(-ending.length) === ending ? path.slice(0, -ending.length) : '';
}
