/** Slugs of titles, names and categories, as Hugo and systems written in Ruby and Python make them. */

import { toAscii } from './ascii-letters.ts';

const BETWEEN_WORDS = /[^\p{L}\p{M}\p{Nd}]+/gu;
const BETWEEN_PRETTY = /[^\p{L}\p{M}\p{Nd}._~!$&'()+,;=@]+/gu;

/** Jekyll's `:title`: capitals, dots and some signs stay. */
export function jekyllTitle(text: string): string {
  return withoutEnds(text.replace(BETWEEN_PRETTY, '-'));
}

/** Jekyll's `:slug`. */
export function jekyllSlug(text: string): string {
  return withoutEnds(text.replace(BETWEEN_WORDS, '-')).toLowerCase();
}

function withoutEnds(slug: string): string {
  return slug.replace(/^-|-$/g, '');
}

/** Null where a letter's spelling in ASCII is not known. */
export function pelicanSlug(title: string): string | null {
  return joinAscii(title, /[^\w\s-]/g);
}

/** As Pelican's, and a plus stays. Null where a letter's spelling in ASCII is not known. */
export function nikolaSlug(name: string): string | null {
  return joinAscii(name, /[^+\w\s-]/g);
}

/** Null where a letter's spelling in ASCII is not known. */
export function zolaSlug(name: string): string | null {
  return (
    toAscii(name)
      ?.replace(/[^a-z\d]+/g, '-')
      .replace(/^-|-$/g, '') ?? null
  );
}

function joinAscii(text: string, leftOut: RegExp): string | null {
  const ascii = toAscii(text);
  return ascii === null
    ? null
    : ascii
        .replace(leftOut, '')
        .trim()
        .replace(/[-\s]+/g, '-');
}

/** Material's: each blank is a hyphen. */
export function materialSlug(title: string): string {
  return title
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}_\- ]/gu, '')
    .trim()
    .toLowerCase()
    .replaceAll(' ', '-');
}

/** Letters of all scripts stay, in lower case; of signs only these do. */
const HUGO_LEAVES_OUT = /[^\p{L}\p{M}\p{Nd}./\\_#+~@\s-]/gu;

/** Hugo's name of a file or folder: each blank is a hyphen. */
export function hugoName(name: string): string {
  return name.toLowerCase().replace(HUGO_LEAVES_OUT, '').replace(/\s/g, '-');
}

/** Hugo's slug: blanks are one hyphen, and none beside a hyphen. */
export function hugoSlug(slug: string): string {
  return slug
    .toLowerCase()
    .replace(HUGO_LEAVES_OUT, '')
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/(?<=-) | (?=-)/g, '')
    .replaceAll(' ', '-');
}

/**
 * A slug in a pattern of Hugo's is read as the text of a query, in which a plus and `%20` are blanks, and made a slug again. A
 * number sign at the end of a part is lost.
 */
export function hugoPart(text: string): string {
  const slug = hugoSlug(text.replaceAll('%20', ' '));
  return hugoSlug(slug.replaceAll('+', ' ')).replace(/(?<=.)#$/, '');
}
