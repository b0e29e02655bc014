/**
 * Remarks to oneself, as Obsidian has them: `%%…%%` in a line, and whole blocks from a line `%%` to the next. They are
 * private. What is left stands on the lines where it stood. `100%%` is no remark.
 */

import { amountOf, proseIn } from '../../markdown/amount.ts';
import type { CodeRange } from '../../markdown/code.ts';
import { createPatternFinder } from '../../markdown/pattern-finder.ts';
import type { BodyText, Edit } from '../shape/body-text.ts';
import type { Dialect } from '../shape/dialect.ts';

export const obsidianRemarks: Dialect<unknown> = {
  name: 'remarks of Obsidian',
  applies: (text, { kind }) => kind === 'markdown' && text.includes('%%'),
  expand: (body) => {
    let from: number | null = 0;
    for (let count = 0; from !== null; count += 1) from = dropFrom(body, from, count < REREADS_MAX);
  },
};

/**
 * How often code is searched again. In a text with more remarks than that, code that begins inside a remark is not
 * code.
 */
const REREADS_MAX = 20;

/** Not those behind a number or word, nor `<%%` and `{%%` of templates. */
const MARK = /(?<![\w%<{\\])%%(?![%>}])/g;
const END = /%%(?![\w%>}])/g;
/** The end of a block: the first mark of its line, with nothing behind it. */
const BLOCK_END = /^(?:(?!%%).)*(?<![\d%])%%[ \t]*$/gm;
const BLANK_LINE = /\n[ \t]*\n/g;
/** What may stand before a mark that begins its line, in lists and quotations too. */
const LINE_START = /^[ \t>]*(?:[*+-][ \t]+)?$/;
const LINE_START_CHARACTERS_MAX = 50;

/**
 * Drops the remarks behind a place, as far as it is known what is code. Gives the place behind a remark in which something
 * began that looked like code: without it, other things are. Null where all is done.
 */
function dropFrom(body: BodyText, from: number, mayStop: boolean): number | null {
  const { text, code } = body;
  const findEnd = createRemarkFinder(text);
  const edits: Edit[] = [];
  const marks = new RegExp(MARK);
  marks.lastIndex = from;
  let at = 0;
  let passed = 0;
  let next: number | null = null;
  for (const { index: start } of text.matchAll(marks)) {
    while ((code[passed]?.end ?? Number.POSITIVE_INFINITY) <= start) passed += 1;
    if (start < at || isIn(code[passed], start, at)) continue;
    const end = findEnd(start);
    if (end === null) continue;
    if (end === 'endless') {
      tellEndless(body, start);
      edits.push({ start, end: text.length, text: '' });
      break;
    }
    edits.push({ start, end, text: text.slice(start, end).replace(/[^\n]+/g, '') });
    at = end;
    if (mayStop && beginsWithin(code, passed, end)) {
      next = edits.reduce((place, edit) => place + edit.text.length - (edit.end - edit.start), end);
      break;
    }
  }
  body.edit(edits);
  return next;
}

function tellEndless(body: BodyText, start: number): void {
  const rest = amountOf(proseIn(body.text.slice(start)));
  const message = `A private remark begins with “%%” here and has no end, so the text from here on was left out${rest && `: ${rest}`}.`;
  body.report('markup-left-out', body.lineAt(start), message, 'Put a line with “%%” alone after the remark.');
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
