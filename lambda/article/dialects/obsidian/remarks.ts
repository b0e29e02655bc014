/**
 * Remarks to oneself, as Obsidian has them: `%%…%%` in a line, and whole blocks from a line `%%` to the next. They are
 * private, so they go before anything else is done with the text. Code keeps what it shows, and `100%%` is no remark.
 */

import { type CodeRange, findCode, isInCode } from '../../markdown/code.ts';
import { createPatternFinder } from '../../markdown/pattern-finder.ts';

export interface PublicText {
  /** Without the remarks; what is left stands on the lines where it stood. */
  readonly text: string;
  /** Index of the line on which a remark begins that has no end, so that the rest of the text is gone; else null. */
  readonly endlessLine: number | null;
}

/** Not those behind a number or word, nor `<%%` and `{%%` of templates. */
const MARK = /(?<![\w%<{\\])%%(?![%>}])/g;
const END = /%%(?![\w%>}])/g;
/** The end of a block: the first mark of its line, with nothing behind it. */
const BLOCK_END = /^(?:(?!%%).)*(?<![\d%])%%[ \t]*$/gm;
const BLANK_LINE = /\n[ \t]*\n/g;
/** What may stand before a mark that begins its line, in lists and quotations too. */
const LINE_START = /^[ \t>]*(?:[*+-][ \t]+)?$/;
const LINE_START_CHARACTERS_MAX = 50;

export function dropRemarks(text: string, kind: 'markdown' | 'mdx'): PublicText {
  if (!text.includes('%%')) return { text, endlessLine: null };
  let left = dropFrom(text, 0, kind, true);
  for (let count = 1; left.next !== null; count += 1) left = dropFrom(left.text, left.next, kind, count < REREADS_MAX);
  return left;
}

/** So often what is code is found anew; in a text with more of such remarks, what begins in one is none. */
const REREADS_MAX = 20;

/** `next` is the place behind a remark in which something began that looked like code: without it, other things are. */
type Left = PublicText & { readonly next: number | null };

/** Drops the remarks behind a place, as far as it is known what is code. */
function dropFrom(text: string, from: number, kind: 'markdown' | 'mdx', mayStop: boolean): Left {
  const code = findCode(text, kind);
  const findEnd = createRemarkFinder(text);
  const parts: string[] = [];
  const marks = new RegExp(MARK);
  marks.lastIndex = from;
  let at = 0;
  let passed = 0;
  for (const { index: start } of text.matchAll(marks)) {
    while ((code[passed]?.end ?? Number.POSITIVE_INFINITY) <= start) passed += 1;
    if (start < at || isIn(code[passed], start, at)) continue;
    const end = findEnd(start);
    if (end === null) continue;
    parts.push(text.slice(at, start));
    if (end === 'endless') {
      return { text: parts.join(''), endlessLine: text.slice(0, start).split('\n').length - 1, next: null };
    }
    parts.push(text.slice(start, end).replace(/[^\n]+/g, ''));
    at = end;
    if (mayStop && beginsWithin(code, passed, end)) {
      const settled = parts.join('');
      return { text: settled + text.slice(end), endlessLine: null, next: settled.length };
    }
  }
  return { text: parts.join('') + text.slice(at), endlessLine: null, next: null };
}

const COMMENT_START = /^[ \t]*\{\/\*/gm;
const COMMENT_END = /\*\/\}[ \t]*(?=\n|$)/g;
/** Docusaurus: where the part for lists ends. */
const EXCERPT_END = /^\s*\{\/\*\s*truncate\s*\*\/\}/;

/** Takes comments of MDX out of a text that is none: Docusaurus reads all its files as MDX. They have lines of their own. */
export function dropComments(text: string): string {
  if (!text.includes('{/*')) return text;
  const code = findCode(text, 'markdown');
  const findEnd = createPatternFinder(text, COMMENT_END);
  const parts: string[] = [];
  let at = 0;
  for (const { index: start } of text.matchAll(COMMENT_START)) {
    const end = findEnd(start)?.end;
    if (start < at || end === undefined || isInCode(code, start)) continue;
    const comment = text.slice(start, end);
    // The end is that of another comment.
    if (comment.lastIndexOf('{/*') > comment.indexOf('{/*')) continue;
    parts.push(text.slice(at, start), EXCERPT_END.test(comment) ? '<!--more-->' : comment.replace(/[^\n]+/g, ''));
    at = end;
  }
  return parts.join('') + text.slice(at);
}

/** Whether one of the ranges from a number on begins before a place and ends behind it. */
function beginsWithin(code: readonly CodeRange[], from: number, place: number): boolean {
  for (let index = from; (code[index]?.start ?? place) < place; index += 1)
    if ((code[index]?.end ?? 0) > place) return true;
  return false;
}

/** What looked like code and began in a remark was none. */
function isIn(range: CodeRange | undefined, place: number, remarkEnd: number): boolean {
  return range !== undefined && range.start >= remarkEnd && range.start <= place && place < range.end;
}

/** Gives the place behind the remark that begins at a place, `endless` for a block without an end, or null for none. */
function createRemarkFinder(text: string): (start: number) => number | 'endless' | null {
  const findInline = createPatternFinder(text, END);
  const findBlock = createPatternFinder(text, BLOCK_END);
  const findBlank = createPatternFinder(text, BLANK_LINE);
  return (start) => {
    const line = text.slice(Math.max(0, start - LINE_START_CHARACTERS_MAX), start);
    const opensLine = LINE_START.test(line.slice(line.lastIndexOf('\n') + 1));
    const isAlone = opensLine && /^[ \t]*(?:\n|$)/.test(text.slice(start + 2, start + 2 + LINE_START_CHARACTERS_MAX));
    if (isAlone) return findBlock(start + 3)?.end ?? 'endless';
    const found = findInline(start + 3);
    if (found === null) return null;
    return opensLine || found.end <= (findBlank(start)?.start ?? text.length) ? found.end : null;
  };
}
