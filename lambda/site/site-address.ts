/** Addresses as site.yaml states them: the site's own, those of its files, and of its people and hubs. */

import { isFileKey } from '../address/article-key.ts';
import { decodePercent } from '../address/percent-encoding.ts';
import { ADDRESS_CHARACTERS_MAX } from '../model/site-limits.ts';
import { type Reader, report, text } from './setting.ts';

/**
 * The base address of a site: http or https, without query, fragment and password; ends with a slash. Null when the
 * text is none.
 */
export function parseSiteUrl(written: string): string | null {
  const url = parseWebUrl(written);
  if (url === null || url.search !== '' || url.hash !== '') return null;
  // Pages link to one another by paths, and one that began with two slashes would name another host.
  url.pathname = url.pathname.replace(/\/{2,}/g, '/');
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

export const siteUrl: Reader<string> = (node, place) => {
  const written = text(ADDRESS_CHARACTERS_MAX)(node, place);
  if (written === null) return null;
  return (
    parseSiteUrl(written) ??
    report(
      place,
      `“${place.name}” is not the address of a site: ${written}`,
      'Write the whole address, beginning with https://, without ? and #.',
    )
  );
};

/** An absolute address on the web. */
export const webAddress: Reader<string> = (node, place) => {
  const written = text(ADDRESS_CHARACTERS_MAX)(node, place);
  if (written === null) return null;
  const url = parseWebUrl(written);
  if (url !== null) return url.href;
  return report(
    place,
    `“${place.name}” is not a web address: ${written}`,
    'Write it in full, beginning with https://.',
  );
};

/**
 * An absolute address, or the path of a file beside site.yaml; a slash in front means the top of the site. What is on the
 * site itself, decoded, is the key of a file.
 */
export function fileAddress(base: string): Reader<string> {
  return (node, place) => {
    const written = text(ADDRESS_CHARACTERS_MAX)(node, place);
    if (written === null) return null;
    const isAbsolute = /^[a-z][a-z0-9+.-]*:|^\/\//i.test(written);
    const address = isAbsolute ? parseWebUrl(written)?.href : resolveOnSite(written, base);
    const isSound = address?.startsWith(base) !== true || isFileKey(decodePercent(address.slice(base.length)) ?? '');
    if (address !== undefined && address !== null && isSound) return address;
    return report(
      place,
      `“${place.name}” is neither a file of the site nor a web address: ${written}`,
      'Write a path such as “icon.png”, or an address beginning with https://.',
    );
  };
}

/** An absolute address, or the path of a page or file on the site; a slash in front means the top of the site. */
export function placeAddress(base: string): Reader<string> {
  return (node, place) => {
    const written = text(ADDRESS_CHARACTERS_MAX)(node, place);
    if (written === null) return null;
    if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(written)) return webAddress(node, place);
    const address = written === '/' ? base : resolveOnSite(written, base);
    if (address !== null) return address;
    return report(
      place,
      `“${place.name}” is neither a path on the site nor a web address: ${written}`,
      'Write a path such as “/about/”, or an address beginning with https://.',
    );
  };
}

/** A path on the site or null when it leads out of it. One that is not encoded is the file's very name: `100%.png`. */
function resolveOnSite(path: string, base: string): string | null {
  if (path.split('/').includes('..')) return null;
  const encoded = decodePercent(path) === null ? path.replaceAll('%', '%25') : path;
  const url = URL.parse(encoded.replace(/^\/+/, ''), base);
  return url?.href.startsWith(base) && url.href !== base ? url.href : null;
}

/** URLs let quotes, braces and the like into a host; no name on the web has them. */
const HOST = /^(?:[\w-]+(?:\.[\w-]+)*\.?|\[[\da-f:.]+\])$/i;

/** An address on the web without a password in it; null when the text is none. */
export function parseWebUrl(written: string): URL | null {
  if (/\s/.test(written)) return null;
  const url = URL.parse(written);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  return url.username === '' && url.password === '' && HOST.test(url.hostname) ? url : null;
}
