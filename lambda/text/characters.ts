/**
 * Characters that may not stand in any document. XML 1.0 forbids most of them, feed readers show the rest as garbage;
 * all are dropped, never replaced. Because the noncharacters are dropped too, they can mark places inside a text that
 * is being worked on: no author's text holds them.
 */

/** XML 1.0 §2.2 Char, less the C1 controls, lone surrogates and noncharacters; U+FEFF is a byte order mark gone astray. */
const FORBIDDEN =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFEFF\uFFFD\uFFFE\uFFFF\uFDD0-\uFDEF]|\p{Cs}|[\u{1FFFE}\u{1FFFF}\u{2FFFE}\u{2FFFF}\u{3FFFE}\u{3FFFF}\u{4FFFE}\u{4FFFF}\u{5FFFE}\u{5FFFF}\u{6FFFE}\u{6FFFF}\u{7FFFE}\u{7FFFF}\u{8FFFE}\u{8FFFF}\u{9FFFE}\u{9FFFF}\u{AFFFE}\u{AFFFF}\u{BFFFE}\u{BFFFF}\u{CFFFE}\u{CFFFF}\u{DFFFE}\u{DFFFF}\u{EFFFE}\u{EFFFF}\u{FFFFE}\u{FFFFF}\u{10FFFE}\u{10FFFF}]/gu;

/** Stands where the author put `<!--more-->`. */
export const TEASER_MARK = '\uFDD0';
/** Stand around the number of a piece of HTML that is put in after Markdown is done. */
export const PIECE_OPEN = '\uFDD1';
export const PIECE_CLOSE = '\uFDD2';

const HOLDS_FORBIDDEN = new RegExp(FORBIDDEN, 'u');
/** What such a character has in it, half of a pair included: most texts have none, and are searched faster for this. */
const SUSPECT = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uD800-\uDFFF\uFDD0-\uFDEF\uFEFF\uFFFD-\uFFFF]/;

export function dropForbidden(text: string): string {
  return SUSPECT.test(text) ? text.replace(FORBIDDEN, '') : text;
}

/** Whether HTML may come to hold such a character once it is read: references by number can spell any, named ones none. */
export function maySpellForbidden(html: string): boolean {
  return html.includes('&#') || HOLDS_FORBIDDEN.test(html);
}

/** Line breaks as `\n`, nothing forbidden: what every parser here starts from. */
export function cleanText(text: string): string {
  return dropForbidden(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);
}

/** For text between tags. */
export function escapeText(text: string): string {
  if (!/[&<>]/.test(text)) return text;
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** For attributes in double quotes. */
export function escapeAttribute(text: string): string {
  return /[&<>"]/.test(text) ? escapeText(text).replace(/"/g, '&quot;') : text;
}

/** One line of text: runs of white space, line breaks included, become one space; none at the ends. */
/** The text that `escapeText` or `escapeAttribute` was given. */
export function unescapeText(html: string): string {
  return html.includes('&')
    ? html.replace(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => ESCAPED[name] ?? whole)
    : html;
}

const ESCAPED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

export function collapseSpace(text: string): string {
  return text.replace(/[ \t\n\r\f\u2028\u2029]+/g, ' ').trim();
}

const LINE_CHARACTERS_MAX = 500;

/** What stands on the same line in front of a place; null when that is longer than any line that matters here. */
export function lineBefore(text: string, place: number): string | null {
  const before = text.slice(Math.max(0, place - LINE_CHARACTERS_MAX), place);
  const lineBreak = before.lastIndexOf('\n');
  if (lineBreak === -1 && place > LINE_CHARACTERS_MAX) return null;
  return before.slice(lineBreak + 1);
}
