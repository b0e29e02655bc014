/** Whether a public document has an entry: by the id and the address given there, and by nothing else. Pure. */

import { toUri } from '../../address/outward-address.ts';
import { placeOf } from '../../render/html/links.ts';
import { html } from '../../text/html.ts';
import { escapeAddress, escapeText, writable } from '../../text/xml.ts';

/** An entry by any of its ids and addresses. */
export interface Marks {
  readonly ids: Iterable<string>;
  /** Absolute. */
  readonly urls: Iterable<string>;
}

/** Both throw where a document of JSON is damaged. */
export interface Evidence {
  /** Whether a document has an entry with one of the marks. */
  has(text: string): boolean;
  /** Addresses that a document gives, if it is one of JSON, for the entries with one of the ids. */
  urlsIn(text: string): readonly string[];
}

/** The id and the address of an entry in RSS and Atom, and an address in a sitemap. Attributes announce removals as well. */
const IN_XML = /<(?:guid|id|link|loc)(?: [^<>]*)?>([^<]*)<\/|<link rel="alternate" type="text\/html" href="([^"]*)"/g;
/** An entry in a list, or on a page of its own; and where a redirect leads. */
const IN_HTML = /<(?:a class="u-url(?: p-name)?"|link rel="canonical") href="([^"]*)"/g;

export function createEvidence({ ids, urls }: Marks, siteUrl: string | null): Evidence {
  const uris = [...urls].map(toUri);
  const own = new Set([...ids].map(writable).map(String));
  const inJson = new Set([...own, ...uris]);
  const inXml = new Set([...[...ids].flatMap((id) => [escapeAddress(id), escapeText(id)]), ...uris.map(escapeAddress)]);
  const places = siteUrl === null ? [] : uris.map((uri) => placeOf(uri, { url: siteUrl }));
  const inHtml = new Set([...uris, ...places].flatMap((uri) => [escapeAddress(uri), html`${uri}`.text]));
  const isIn = (text: string, pattern: RegExp, marks: ReadonlySet<string>): boolean =>
    [...text.matchAll(pattern)].some(([, one, other]) => marks.has(one ?? other ?? ''));
  return {
    // By what it is, and not by its path: a redirect from /index.json or /index.xml is a page.
    has(text) {
      if (isJson(text)) return itemsIn(text).some(({ id, url }) => inJson.has(id) || inJson.has(url));
      return text.startsWith('<?xml') ? isIn(text, IN_XML, inXml) : isIn(text, IN_HTML, inHtml);
    },
    urlsIn: (text) => itemsIn(text).flatMap(({ id, url }) => (own.has(id) && url !== '' ? [url] : [])),
  };
}

function isJson(text: string): boolean {
  return text.startsWith('{');
}

function itemsIn(text: string): readonly { readonly id: string; readonly url: string }[] {
  if (!isJson(text)) return [];
  const { items = [] } = JSON.parse(text) as { items?: readonly { id?: string; url?: string }[] };
  return items.map(({ id = '', url = '' }) => ({ id, url }));
}
