/**
 * Blocks that other systems read and CommonMark doesn't (headings without a space, formulas over several lines), and
 * those that lie too deep in others.
 */

import type { MarkdownIt, StateBlock } from 'markdown-it';

export function addLooseBlocks(parser: MarkdownIt): void {
  const interrupts = { alt: ['paragraph', 'reference', 'blockquote'] };
  parser.block.ruler.before('table', 'deepest', keepDeepest);
  parser.block.ruler.before('heading', 'loose_heading', readLooseHeading, interrupts);
  parser.block.ruler.before('list', 'formula', keepFormula, interrupts);
}

/** A block adds two levels at most. */
const LEVELS_LEFT = 2;

/** The parser drops what lies deeper than it goes; there it becomes one paragraph, with its marks. */
function keepDeepest(state: StateBlock, line: number, endLine: number, silent: boolean): boolean {
  if (silent || state.level < state.md.options.maxNesting - LEVELS_LEFT) return false;
  let end = line + 1;
  while (end < endLine && (state.isEmpty(end) || (state.sCount[end] ?? 0) >= state.blkIndent)) end += 1;
  const text = state.getLines(line, end, state.blkIndent, false).trim();
  pushBlock(state, { name: 'paragraph', tag: 'p', text, line, lineAfter: end });
  state.line = end;
  return true;
}

const CODE_INDENT = 4;

/** `###Title`, as Markdown was before CommonMark. A single `#` begins a tag. */
function readLooseHeading(state: StateBlock, line: number, _endLine: number, silent: boolean): boolean {
  if (isCode(state, line)) return false;
  const [, marks, rest = ''] = /^(#{2,6})([^#\s].*)$/.exec(lineOf(state, line)) ?? [];
  if (marks === undefined) return false;
  const title = rest.replace(/(?<!#)#+$/, '').replace(/(?<![ \t])[ \t]+$/, '');
  if (!silent) {
    pushBlock(state, { name: 'heading', tag: `h${marks.length}`, text: title, line, lineAfter: line + 1 });
    state.line = line + 1;
  }
  return true;
}

const FORMULA_LINES_MAX = 60;

/** From a line that begins with `$$` to the one that ends with it: a `+` at the start of a line in between is no list. */
function keepFormula(state: StateBlock, line: number, endLine: number, silent: boolean): boolean {
  if (isCode(state, line) || !lineOf(state, line).startsWith('$$')) return false;
  const last = lastFormulaLine(state, line, Math.min(endLine, line + FORMULA_LINES_MAX));
  if (last === null) return false;
  if (!silent) {
    const text = state.getLines(line, last + 1, state.blkIndent, false).trim();
    pushBlock(state, { name: 'paragraph', tag: 'p', text, line, lineAfter: last + 1 });
    state.line = last + 1;
  }
  return true;
}

/** Null when a blank line comes first, or no end at all. */
function lastFormulaLine(state: StateBlock, first: number, limit: number): number | null {
  for (let line = first; line < limit; line += 1) {
    if (state.isEmpty(line)) return null;
    const text = line === first ? lineOf(state, line).slice(2) : lineOf(state, line);
    if (text.trimEnd().endsWith('$$')) return line;
    if (text.includes('$$')) return null;
  }
  return null;
}

export function isCode(state: StateBlock, line: number): boolean {
  return (state.sCount[line] ?? 0) - state.blkIndent >= CODE_INDENT;
}

export function lineOf(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line] ?? 0);
}

export interface Block {
  readonly name: string;
  readonly tag: string;
  readonly text: string;
  readonly line: number;
  readonly lineAfter: number;
}

export function pushBlock(state: StateBlock, { name, tag, text, line, lineAfter }: Block): void {
  const open = state.push(`${name}_open`, tag, 1);
  open.map = [line, lineAfter];
  const inline = state.push('inline', '', 0);
  inline.content = text;
  inline.map = [line, lineAfter];
  inline.children = [];
  state.push(`${name}_close`, tag, -1);
}
