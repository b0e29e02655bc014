/** Links from page to page. Within the site they leave out its host, so that pages work wherever the site is served. */

import { toUri } from '../../address/outward-address.ts';
import { pageAddress } from '../../model/addresses.ts';
import type { Site } from '../../model/site.ts';

type LinkBase = Pick<Site, 'url'>;

/** The link to a page, or any other path of the site store: `tags/a/index.html` is `/tags/a/`. */
export function pageLink(path: string, site: LinkBase): string {
  return placeOf(pageAddress(site.url, path), site);
}

/** The address, without the host where it is the site's own. */
export function placeOf(address: string, { url }: LinkBase): string {
  const uri = toUri(address);
  return uri.startsWith(url) ? uri.slice(new URL(url).origin.length) : uri;
}

/** What people call a place on the web: its host; null where that is the site itself, or no place. */
export function hostElsewhere(address: string, { url }: LinkBase): string | null {
  if (address.startsWith(url)) return null;
  return URL.parse(address)?.hostname.replace(/^www\./, '') || null;
}
