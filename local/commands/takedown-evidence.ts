/** Whether a public document has an entry: by the id and the address that it gives there, and by nothing that others say. Pure. */

import { toUri } from '../../lambda/render/address.ts';
import { html } from '../../lambda/render/html/html.ts';
import { placeOf } from '../../lambda/render/html/links.ts';
import { escapeAddress, escapeText, writable } from '../../lambda/render/xml.ts';

/** An entry by any of its ids and addresses. */
export interface Marks {
  readonly ids: Iterable<string>;
  /** Absolute. */
  readonly urls: Iterable<string>;
}

export interface Evidence {
  /** Whether the document at a path, which tells its format, has an entry with one of the marks. */
  has(path: string, text: string): boolean;
  /** Addresses that a JSON document gives for the entries with one of the ids. */
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
    has(path, text) {
      if (path.endsWith('.json')) return itemsIn(text).some(({ id, url }) => inJson.has(id) || inJson.has(url));
      return path.endsWith('.xml') ? isIn(text, IN_XML, inXml) : isIn(text, IN_HTML, inHtml);
    },
    urlsIn: (text) => itemsIn(text).flatMap(({ id, url }) => (own.has(id) && url !== '' ? [url] : [])),
  };
}

function itemsIn(text: string): readonly { readonly id: string; readonly url: string }[] {
  const { items = [] } = JSON.parse(text) as { items?: readonly { id?: string; url?: string }[] };
  return items.map(({ id = '', url = '' }) => ({ id, url }));
}
