/**
 * The forms of an id. One that is an IRI is the same in all formats. One that is a plain word (`42`, Ghost's 24 hex digits, a
 * bare UUID, an address with a space in it) stands in RSS and JSON Feed to the byte, because readers compare guids to the byte.
 * Atom takes only IRIs (RFC 4287, 4.2.6), so there it has a second form.
 */

import { slugify } from '../text/slug.ts';
import { ID_CHARACTERS_MAX } from './article-limits.ts';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** An id as documents have it, as the fields of an entry that hold it. */
export interface EntryId {
  /** Atom's. */
  readonly id: string;
  /** That of RSS and JSON Feed, where it is another. */
  readonly guid?: string;
}

/** What an id that somebody wrote down, or that a feed had, is in each format. */
export function entryIdOf(written: string, siteId: string): EntryId {
  return isIri(written) ? { id: written } : { id: iriOfWord(written, siteId), guid: written };
}

/** What is wrong with a text that is to be an id, as the end of a sentence; null for one that can be. */
export function findIdFault(id: string): string | null {
  if (id.trim() === '') return 'is empty';
  if (id.length > ID_CHARACTERS_MAX) return `has more than ${ID_CHARACTERS_MAX} characters`;
  // Readers take white space off the ends, and keep a space within.
  if (id !== id.trim()) return 'begins or ends with white space';
  if (/[\p{Cc}\p{Zl}\p{Zp}\ufffe\uffff]/u.test(id) || !id.isWellFormed())
    return 'has a character in it that no feed can hold';
  return null;
}

/** `word:rest` is an IRI only with a scheme that people use for ids; `2021:42` and `note:1` are words. */
function isIri(id: string): boolean {
  return /^(?:https?:\/\/[^/]|urn:[a-z\d][a-z\d-]{0,31}:.|tag:[^,:]+,\d{4}(?:-\d\d){0,2}:)/i.test(id) && isAtomId(id);
}

/** Whether Atom may hold the id: an absolute IRI (RFC 3987), which has letters of every script and no spaces. */
export function isAtomId(id: string): boolean {
  return /^[a-z][a-z\d+.-]*:[^\s<>"{}|\\^`]+$/i.test(id);
}

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
