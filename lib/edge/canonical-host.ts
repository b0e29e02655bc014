/**
 * Where a site has several domains, those that are not its own lead to the one that is, with their path and query. A part of
 * viewer-request.ts, in CloudFront Functions 2.0 as well.
 */

import type { EdgeRequest, EdgeResponse } from './event.ts';

/** Null for a request that has come to the right domain. */
export function leadToHost(request: EdgeRequest, canonical: string): EdgeResponse | null {
  const host = request.headers.host;
  // The domain that CloudFront gives shows the site too: that is how a deployment is tried before its records are made.
  if (!host || host.value === canonical || /\.cloudfront\.net$/.test(host.value)) return null;
  return {
    statusCode: 301,
    statusDescription: 'Moved Permanently',
    headers: {
      location: { value: `https://${canonical}${request.uri}${queryOf(request)}` },
      'cache-control': { value: 'max-age=86400' },
    },
  };
}

/** As it came: CloudFront hands over names and values encoded. */
function queryOf(request: EdgeRequest): string {
  const pairs: string[] = [];
  Object.keys(request.querystring).forEach((name) => {
    const field = request.querystring[name];
    if (!field) return;
    (field.multiValue || [field]).forEach((each) => {
      pairs.push(each.value === '' ? name : `${name}=${each.value}`);
    });
  });
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
