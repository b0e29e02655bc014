/** Reads one start tag as HTML's parser would, but for a quotation mark that is missing. */

import { createPatternFinder, type Finder } from './pattern-finder.ts';

export interface WrittenTag {
  /** In lower case. */
  readonly name: string;
  readonly start: number;
  /** The place behind it. */
  readonly end: number;
  /** The tag, its missing marks put in. */
  readonly written: string;
  readonly hasValues: boolean;
  readonly selfCloses: boolean;
}

/** Reads the tags of one text, each from a place behind the one before. */
export type TagReader = (start: number, name: string) => WrittenTag | null;

/** More of them are passed over unread. */
const ATTRIBUTES_MAX = 50;

/** Gives null for what looks like the beginning of a tag and is none: it never ends. */
export function createTagReader(text: string): TagReader {
  const find: Finders = {
    '"': createPatternFinder(text, /"/g),
    "'": createPatternFinder(text, /'/g),
    bracket: createPatternFinder(text, />/g),
    opener: createPatternFinder(text, /<[a-z/!]/gi),
    blankLine: createPatternFinder(text, /\n[ \t]*\n/g),
  };
  return (start, name) => readTag(text, find, start, name);
}

interface Finders {
  readonly '"': Finder;
  readonly "'": Finder;
  readonly bracket: Finder;
  readonly opener: Finder;
  readonly blankLine: Finder;
}

const SPACE = /[\s/]*/y;
/** A name may begin with `=`, and holds none. */
const NAME = /[^\s/<>][^\s/<>=]*/y;
const VALUE_MARK = /\s*=\s*/y;
const BARE_VALUE = /[^\s>]*/y;

function readTag(text: string, find: Finders, start: number, name: string): WrittenTag | null {
  let at = start + 1 + name.length;
  /** The place behind the last value. */
  let valuesEnd: number | null = null;
  const tag = (end: number, written = text.slice(start, end)): WrittenTag => ({
    name: name.toLowerCase(),
    start,
    end,
    written,
    hasValues: valuesEnd !== null,
    selfCloses: written.endsWith('/>'),
  });
  for (let count = 0; count < ATTRIBUTES_MAX; count += 1) {
    at += lengthOf(SPACE, text, at);
    if (at >= text.length) return null;
    if (text[at] === '>') return tag(at + 1);
    // The next tag begins, so this one was to end behind its values.
    if (text[at] === '<') return valuesEnd === null ? null : tag(valuesEnd, `${text.slice(start, valuesEnd)}>`);
    at += lengthOf(NAME, text, at);
    const mark = lengthOf(VALUE_MARK, text, at);
    if (mark === 0) continue;
    at += mark;
    const quote = text[at];
    if (quote !== '"' && quote !== "'") {
      at += lengthOf(BARE_VALUE, text, at);
      valuesEnd = at;
      continue;
    }
    const end = endOfValue(text, find, at + 1, quote);
    if (end === null) {
      const bracket = find.bracket(at + 1);
      if (bracket === null || isBehindParagraph(find, at, bracket.start)) return null;
      valuesEnd = bracket.start;
      return tag(bracket.end, `${text.slice(start, bracket.start)}${quote}>`);
    }
    at = end;
    valuesEnd = end;
  }
  const bracket = find.bracket(at);
  return bracket === null ? null : tag(bracket.end);
}

function lengthOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

/**
 * The place behind the quotation mark that ends a value; null where that mark belongs to something else. Behind an end
 * stands a blank or the tag's own end (HTML 13.2.5.39); a value with a tag in it reaches over no blank line.
 */
function endOfValue(text: string, find: Finders, at: number, quote: '"' | "'"): number | null {
  const end = find[quote](at)?.start;
  if (end === undefined) return null;
  const bracket = find.bracket(at)?.start ?? end;
  if (bracket >= end) return end + 1;
  if (!/[\s/>]/.test(text[end + 1] ?? '>')) return null;
  const opener = find.opener(at)?.start ?? end;
  return opener < end && isBehindParagraph(find, at, end) ? null : end + 1;
}

function isBehindParagraph({ blankLine }: Finders, from: number, place: number): boolean {
  return (blankLine(from)?.start ?? place) < place;
}
