/**
 * Writing XML that is well-formed whatever an article holds. Characters that can't stand in a document are dropped,
 * never replaced, and everything else arrives exactly as it was written.
 */

/**
 * What XML 1.0 forbids (section 2.2), and the C1 controls, which it discourages and which are always the trace of a
 * text read in the wrong encoding. Lone surrogates are looked for apart: a pattern that knows them takes a hundred
 * times as long to find nothing, and nothing is what nearly every text holds.
 */
const UNWRITABLE = /[\0-\x08\x0B\x0C\x0E-\x1F\x80-\x9F\uFFFE\uFFFF]/;
const UNWRITABLE_OR_LONE = /[\0-\x08\x0B\x0C\x0E-\x1F\x80-\x9F\uFFFE\uFFFF\p{Surrogate}]/gu;

/**
 * The same of a text that V8 holds in one byte a character, in two halves: V8 looks for up to 16 values of the lower seven
 * bits in 16 characters at a time. In a text of two bytes a character it does not, and one pattern takes half as long as two.
 */
const TWO_BYTES = /[\u0100-\uFFFF]/;
const UNWRITABLE_TO_0F = /[\0-\x08\x0B\x0C\x0E\x0F\x80-\x8F]/;
const UNWRITABLE_FROM_10 = /[\x10-\x1F\x90-\x9F]/;

/** Of these most titles, names and addresses hold none, and then they stay as they are. */
const SPECIAL = /[\0-\x1F&<>"\x7F-\uFFFF]/;

const TEXT_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&#x26;',
  '<': '&#x3C;',
  '>': '&gt;',
  '\r': '&#xD;',
};
const MARKUP_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

declare const IS_WRITABLE: unique symbol;

/** Text that was looked through already: of a long one that takes longer than writing it. */
export type WritableText = string & { readonly [IS_WRITABLE]: true };

/** The text without the characters that no document may hold. */
export function writable(text: string): WritableText {
  return (isWritable(text) ? text : text.replace(UNWRITABLE_OR_LONE, '')) as WritableText;
}

function isWritable(text: string): text is WritableText {
  if (TWO_BYTES.test(text)) return !UNWRITABLE.test(text) && text.isWellFormed();
  return !UNWRITABLE_TO_0F.test(text) && !UNWRITABLE_FROM_10.test(text);
}

/**
 * Plain text as character data. `&` and `<` go out as `&#x26;` and `&#x3C;`, as the RSS Best Practices Profile (3.1)
 * asks for: that way validators and readers know that they are meant literally. A carriage return would be read as a
 * line feed if it stood there itself (XML 2.11).
 */
export function escapeText(text: string): string {
  return SPECIAL.test(text)
    ? writable(text).replace(/[&<>\r]/g, (character) => TEXT_ESCAPES[character] ?? character)
    : text;
}

/**
 * Plain text as an attribute's value, for double quotes. White space is kept from being normalised (XML 3.3.3). The
 * familiar escapes, because there are parsers that know no others in attributes.
 */
export function escapeAttribute(text: string): string {
  return SPECIAL.test(text)
    ? writable(text).replace(/[&<>"\t\n\r]/g, (character) => MARKUP_ESCAPES[character] ?? character)
    : text;
}

/** An address, as character data or as an attribute's value. */
export function escapeAddress(address: string): string {
  return escapeAttribute(address);
}

export const CDATA_START = '<![CDATA[';
export const CDATA_END = ']]>';

/** HTML, or any other text, as what stands in a CDATA section; each `]]>` in it is divided between two sections. */
export function insideCdata(text: WritableText): string {
  return text.replaceAll(CDATA_END, `]]${CDATA_END}${CDATA_START}>`);
}

/** Plain text as HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>]/g, (character) => MARKUP_ESCAPES[character] ?? character);
}
