/** Whether two addresses are the same page, though one is of the old site and the other of the new. Pure. */

import { decodePercent } from '../../lambda/address/percent-encoding.ts';
import type { FeedPage } from '../old-feed/feed-entry.ts';

/** Below which the pages of an old feed and those of the site are compared: their homes, and the roots of their hosts. */
export function basesOf(page: Pick<FeedPage, 'home' | 'self'> | undefined, siteUrl: string): readonly string[] {
  const known = [page?.home, page?.self, siteUrl].flatMap((base) =>
    base != null && URL.parse(base) !== null ? [base] : [],
  );
  return known.flatMap((base) => ['.', '/'].map((place) => new URL(place, base).href));
}

/** The keys by which an address is compared, the surest first: any of them may be another page's too. */
export function addressKeys(address: string, bases: readonly string[]): readonly string[] {
  const url = URL.parse(address);
  if (url === null) return [];
  const places = [...new Set(bases.flatMap((base) => placeBelow(url, base) ?? []))];
  const whole = `//${url.host}${url.pathname}`;
  return [...new Set([...places, whole].flatMap((place) => pathKeys(place, url.search)))];
}

/** The keys of a path on the site, which begins with a slash and may have a query. */
export function pathKeys(path: string, search = ''): readonly string[] {
  const [plain = '', query = ''] = path.split('?');
  const asked = query === '' ? search : `?${query}`;
  const page = (decodePercent(plain) ?? plain)
    .normalize('NFC')
    .replace(/\/index\.html?$/i, '/')
    .replace(/\/+$/, '');
  const withoutEnding = page.replace(/\.html?$/i, '');
  // `/?p=64` is a page; other queries say how somebody came there.
  if (page === '' && asked !== '') return [`/${asked}`];
  return page === '' ? [] : [...new Set([page, withoutEnding])];
}

/** The path below a base, whichever of http and https both have; null for an address elsewhere. */
function placeBelow(url: URL, base: string): string | null {
  if (URL.parse(base) === null) return null;
  const { host, pathname } = new URL('.', base);
  return url.host === host && url.pathname.startsWith(pathname) ? url.pathname.slice(pathname.length - 1) : null;
}
