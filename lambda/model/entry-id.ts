/**
 * An id that is a plain word: `42`, Ghost's 24 hex digits, a bare UUID. RSS and JSON Feed show it to the byte, because
 * readers compare guids to the byte. Atom takes only IRIs (RFC 4287, 4.2.6), so there it has a second form.
 */

import { slugify } from '../text/slug.ts';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The IRI of a word. The site's id is in it, so that the 42 of two sites are two entries. */
export function iriOfWord(word: string, siteId: string): string {
  return UUID.test(word) ? uuidIri(word) : `urn:feedwright:${encodeNss(slugify(siteId))}:${encodeNss(word)}`;
}

/** Whether an IRI was made from a word, whatever the id of the site was. */
export function isIriOfWord(iri: string, word: string): boolean {
  const made = /^urn:feedwright:[^:]*:(.*)$/s.exec(iri)?.[1];
  return made === undefined ? UUID.test(word) && iri === uuidIri(word) : made === encodeNss(word);
}

/** RFC 9562, 4: case is no difference. */
function uuidIri(word: string): string {
  return `urn:uuid:${word.toLowerCase()}`;
}

/** As RFC 8141 lets the specific part of a URN be. */
function encodeNss(text: string): string {
  return encodeURIComponent(text).replace(/~/g, '%7E');
}
