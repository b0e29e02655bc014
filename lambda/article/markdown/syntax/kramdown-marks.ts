/**
 * What kramdown reads and CommonMark doesn't: tables with separators of their own (`|===|===|`), or with a bar in the code of
 * their head; `\\` at the end of a line; a line `^` between two lists. Markdown goes on below a `<br>` that stands alone.
 */

import type { MarkdownIt, StateBlock, StateCore, StateInline, Token } from 'markdown-it';
import { isCode, lineOf } from './loose-blocks.ts';
import { codeSpans, splitRow } from './table-cells.ts';

export function addKramdownMarks(parser: MarkdownIt): void {
  const interrupts = { alt: ['paragraph', 'reference', 'blockquote'] };
  parser.block.ruler.after('table', 'kramdown_table', readTable);
  parser.block.ruler.before('html_block', 'lone_break', readBreaks, interrupts);
  parser.block.ruler.before('paragraph', 'end_of_block', readEndOfBlock);
  parser.inline.ruler.before('escape', 'kramdown_break', readLineEnd);
  parser.core.ruler.before('table_cells', 'table_separators', dropSeparators);
}

/** `|---|:-:|`, `| = | = |`, `|===+===|`. */
function isSeparator(line: string): boolean {
  return line.startsWith('|') && /[-=]/.test(line) && !/[^-=:+| \t]/.test(line);
}

const COLUMNS_MAX = 200;

interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

/** Rows from one line to another, all of which begin with a bar; a separator among them makes a table of them. */
function readTable(state: StateBlock, first: number, endLine: number, silent: boolean): boolean {
  if (isCode(state, first) || !lineOf(state, first).startsWith('|')) return false;
  const second = first + 1 < endLine ? lineOf(state, first + 1).trim() : '';
  if (!isSeparator(lineOf(state, first).trim()) && !isSeparator(second)) return false;
  let next = first;
  while (next < endLine && !isCode(state, next) && (state.sCount[next] ?? 0) >= state.blkIndent) {
    if (!lineOf(state, next).startsWith('|')) break;
    next += 1;
  }
  const rows = rowsOf(state, first, next);
  if (rows === null) return false;
  if (!silent) {
    pushTable(state, rows, first, next);
    state.line = next;
  }
  return true;
}

interface Rows {
  readonly head: readonly Row[];
  readonly body: readonly Row[];
}

/** Null where there is no table in them: a head needs as many cells as what stands below it. */
function rowsOf(state: StateBlock, first: number, end: number): Rows | null {
  const head: Row[] = [];
  const rows: Row[] = [];
  let separator = '';
  for (let line = first; line < end; line += 1) {
    const text = lineOf(state, line).trim();
    if (isSeparator(text)) {
      if (separator === '' && text.includes('-')) head.push(...rows.splice(0));
      separator ||= text;
    } else rows.push({ cells: splitRow(text, codeSpans(text)), line });
  }
  const columns = Math.max(0, ...[...head, ...rows].map(({ cells }) => cells.length));
  if (separator === '' || columns === 0 || columns > COLUMNS_MAX || head.length + rows.length === 0) return null;
  const isSure = separator.includes('=') || isSeparator(lineOf(state, first).trim());
  const below = [splitRow(separator, []), ...rows.map(({ cells }) => cells)];
  const isWhole = head.length === 1 && below.some(({ length }) => length === head[0]?.cells.length);
  return isSure || isWhole ? { head, body: rows } : null;
}

function pushTable(state: StateBlock, { head, body }: Rows, first: number, end: number): void {
  const columns = Math.max(...[...head, ...body].map(({ cells }) => cells.length));
  state.push('table_open', 'table', 1).map = [first, end];
  pushRows(state, 'thead', 'th', head, columns);
  pushRows(state, 'tbody', 'td', body, columns);
  state.push('table_close', 'table', -1);
}

function pushRows(state: StateBlock, part: string, cell: string, rows: readonly Row[], columns: number): void {
  if (rows.length === 0) return;
  state.push(`${part}_open`, part, 1);
  for (const { cells, line } of rows) {
    state.push('tr_open', 'tr', 1);
    for (let column = 0; column < columns; column += 1) {
      state.push(`${cell}_open`, cell, 1);
      const inline = state.push('inline', '', 0);
      inline.content = cells[column] ?? '';
      inline.map = [line, line + 1];
      inline.children = [];
      state.push(`${cell}_close`, cell, -1);
    }
    state.push('tr_close', 'tr', -1);
  }
  state.push(`${part}_close`, part, -1);
}

/** Further separators of a table, which GFM takes for rows. */
function dropSeparators(state: StateCore): void {
  if (!/^[ \t>]*\|[-=:+| \t]*(?:---|=)/m.test(state.src)) return;
  const kept: Token[] = [];
  let rowAt = -1;
  for (const token of state.tokens) {
    if (token.type === 'tr_open') rowAt = kept.length;
    kept.push(token);
    if (token.type !== 'tr_close' || rowAt === -1) continue;
    const cells = kept.slice(rowAt).filter(({ type }) => type === 'inline');
    const isSeparator = cells.every(({ content }) => /^(?::?-{3,}:?|=+)$/.test(content)) && cells.length > 0;
    if (isSeparator) kept.length = rowAt;
    rowAt = -1;
  }
  if (kept.length !== state.tokens.length) state.tokens = kept;
}

/** Only these lines are HTML: what stands below them is Markdown again. */
function readBreaks(state: StateBlock, line: number, _endLine: number, silent: boolean): boolean {
  if (silent || isCode(state, line) || !/^(?:<(?:br|hr)[ \t]*\/?>[ \t]*)+$/i.test(lineOf(state, line))) return false;
  const token = state.push('html_block', '', 0);
  token.map = [line, line + 1];
  token.content = state.getLines(line, line + 1, state.blkIndent, true);
  state.line = line + 1;
  return true;
}

function readEndOfBlock(state: StateBlock, line: number, endLine: number, silent: boolean): boolean {
  if (silent || lineOf(state, line).trim() !== '^' || (line + 1 < endLine && !state.isEmpty(line + 1))) return false;
  state.line = line + 1;
  return true;
}

/** Formulas without marks around them end their lines so, too. */
function readLineEnd(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state;
  if (src[pos] !== '\\' || src[pos + 1] !== '\\' || src[pos - 1] === '\\') return false;
  if (src[pos + 2] !== '\n' || pos + 3 >= posMax || src.includes('\\begin{')) return false;
  if (!silent) state.push('hardbreak', 'br', 0);
  state.pos = pos + 3;
  while (/[ \t]/.test(src[state.pos] ?? '')) state.pos += 1;
  return true;
}
