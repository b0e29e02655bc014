/** Addresses of the old site and where they are in the new one: the same paths, whatever the host and the protocol. */

import { decodePercent } from '../../../lambda/address/percent-encoding.ts';
import { isReservedPath } from '../../../lambda/address/reserved-path.ts';
import { ALIASES_MAX, PATH_CHARACTERS_MAX } from '../../../lambda/model/article-limits.ts';
import type { Site } from '../../../lambda/model/site.ts';
import type { ExportReport } from '../model/export-report.ts';
import type { ExportedPost } from '../model/exported.ts';

export interface PlaceContext {
  /** The addresses that the old site has or had, each with a slash at its end. */
  readonly bases: readonly string[];
  readonly site: Pick<Site, 'feeds'>;
  readonly report: Pick<ExportReport, 'leave'>;
}

/**
 * The path of a post on the site, null where it has to get one made of its name; its former ones; and the address of its
 * original, where that lies elsewhere.
 */
export function placesOf(post: ExportedPost, context: PlaceContext) {
  const { report } = context;
  const path = post.address === null ? null : pathOf(post.address, context.bases);
  const isElsewhere = post.address !== null && path === null;
  const aliases = new Set<string>();
  for (const address of post.formerAddresses) {
    const former = pathOf(address, context.bases);
    if (former === null || former === '/' || former === path || !isFree(former, context)) continue;
    if (aliases.size < ALIASES_MAX) aliases.add(former);
  }
  const canonical = isElsewhere ? post.address : null;
  if (path === null || (path !== '/' && isFree(path, context))) return { path, aliases: [...aliases], canonical };
  const what = 'addresses that Feedwright needs itself, or that are too long: the post gets one made of its name';
  report.leave(what, `${post.address} (${post.place})`);
  return { path: null, aliases: [...aliases], canonical };
}

/** As people read it, where that can be written so. */
function pathOf(address: string, bases: readonly string[]): string | null {
  if (address.startsWith('/') && !address.startsWith('//')) return address;
  const found = relativeTo(address, bases);
  if (found === null) return null;
  const shown = decodePercent(found);
  return `/${shown === null || /[%?#\\\p{C}\p{Z}]/u.test(shown) ? found : shown}`;
}

/** The path behind the site's own address, without query and fragment; null for an address elsewhere. */
export function relativeTo(address: string, bases: readonly string[]): string | null {
  const url = URL.parse(address);
  if (url === null) return null;
  for (const written of bases) {
    const base = new URL(written);
    if (plainHost(base) !== plainHost(url) || !`${url.pathname}/`.startsWith(base.pathname)) continue;
    // Themes and plug-ins put two slashes where one is meant.
    return url.pathname.slice(base.pathname.length).replace(/^\/+|(?<=\/)\/+/g, '');
  }
  return null;
}

function plainHost({ host }: URL): string {
  return host.replace(/^www\./, '');
}

function isFree(path: string, { site }: PlaceContext): boolean {
  const encoded = encodeURI(path.includes('%') ? (decodePercent(path) ?? path) : path);
  return encoded.length <= PATH_CHARACTERS_MAX && !isReservedPath(encoded, site) && !path.split('/').includes('..');
}
