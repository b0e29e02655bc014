/** Which marks stand for `"…"` and `'…'` in a language, where typographic ones are asked for. */

/** The outer pair and the inner one. */
export type QuotationMarks = readonly [open: string, close: string, innerOpen: string, innerClose: string];

const ENGLISH: QuotationMarks = ['“', '”', '‘', '’'];

/** By the languages' primary subtags; all others have the English ones. */
const BY_LANGUAGE: Readonly<Record<string, QuotationMarks>> = {
  bg: ['„', '“', '‚', '‘'],
  cs: ['„', '“', '‚', '‘'],
  da: ['»', '«', '›', '‹'],
  de: ['„', '“', '‚', '‘'],
  es: ['«', '»', '“', '”'],
  fi: ['”', '”', '’', '’'],
  fr: ['«\u00A0', '\u00A0»', '‹\u00A0', '\u00A0›'],
  hu: ['„', '”', '»', '«'],
  it: ['«', '»', '“', '”'],
  ja: ['「', '」', '『', '』'],
  nb: ['«', '»', '‘', '’'],
  no: ['«', '»', '‘', '’'],
  pl: ['„', '”', '‚', '’'],
  pt: ['«', '»', '“', '”'],
  ru: ['«', '»', '„', '“'],
  sk: ['„', '“', '‚', '‘'],
  sv: ['”', '”', '’', '’'],
  uk: ['«', '»', '„', '“'],
};

/** Of Portuguese in Brazil and German in Switzerland the marks are others. */
const BY_REGION: Readonly<Record<string, QuotationMarks>> = { 'de-ch': ['«', '»', '‹', '›'], 'pt-br': ENGLISH };

/** `language` is a tag of BCP 47. */
export function quotationMarks(language: string): QuotationMarks {
  const tag = language.toLowerCase();
  return BY_REGION[tag] ?? BY_LANGUAGE[tag.split('-', 1)[0] ?? ''] ?? ENGLISH;
}
