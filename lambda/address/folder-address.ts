/**
 * What an address without an ending means: `/feed` is the folder `/feed/`. The publisher puts redirects there by this
 * rule, and the edge looks there by it.
 */

/** In it are the redirects from addresses of a folder that have a query (former/query-address.ts). No article is put there. */
export const QUERY_FOLDER = '_query';

/** Takes a path as it stands in an address, without its query. */
export function folderAddress(path: string): string {
  // Programs ask there for files without an ending (RFC 8615).
  if (path.indexOf('/.well-known/') === 0) return path;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'index.html') return path.slice(0, -name.length);
  return name === '' || name.indexOf('.') >= 0 ? path : `${path}/`;
}
