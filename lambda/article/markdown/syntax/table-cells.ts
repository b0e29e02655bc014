/**
 * Cells beyond the columns of a table. GFM cuts a row at every bar, also in code, and drops what is too much (4.10);
 * Kramdown and Python-Markdown cut at bars outside of code alone. Here a row with too many cells is cut as those do it,
 * and what is still too much stays in its last cell.
 */

import type { MarkdownIt, StateCore, Token } from 'markdown-it';

export function addTableCells(parser: MarkdownIt): void {
  parser.core.ruler.after('block', 'table_cells', keepCells);
}

function keepCells({ src, tokens }: StateCore): void {
  if (!tokens.some(({ type }) => type === 'tbody_open')) return;
  const lines = src.split('\n');
  tokens.forEach((token, index) => {
    if (token.type === 'tr_open' && token.map !== null) fillRow(cellsOf(tokens, index), lines[token.map[0]] ?? '');
  });
}

/** The contents of the cells of a row. */
function cellsOf(tokens: readonly Token[], rowAt: number): readonly Token[] {
  const cells: Token[] = [];
  for (let index = rowAt + 1; index < tokens.length && tokens[index]?.type !== 'tr_close'; index += 1) {
    const token = tokens[index];
    if (token?.type === 'inline') cells.push(token);
  }
  return cells;
}

function fillRow(cells: readonly Token[], line: string): void {
  const cut = splitRow(line, []);
  const last = cells.at(-1);
  if (last === undefined || cut.length <= cells.length) return;
  const whole = splitRow(line, codeSpans(line));
  if (whole.length <= cells.length) {
    for (const [index, cell] of cells.entries()) cell.content = whole[index] ?? '';
  } else last.content = [last.content, ...cut.slice(cells.length)].filter((text) => text !== '').join(' | ');
}

type Span = readonly [start: number, end: number];

/** From a run of backticks to the next one that is as long. */
export function codeSpans(line: string): readonly Span[] {
  const runs = [...line.matchAll(/`+/g)];
  const spans: Span[] = [];
  for (let index = 0; index < runs.length; index += 1) {
    const [opener, ...others] = runs.slice(index, index + RUNS_MAX);
    const close = others.findIndex(([run]) => run === opener?.[0]);
    const closer = others[close];
    if (opener === undefined || closer === undefined) continue;
    spans.push([opener.index, closer.index + closer[0].length]);
    index += close + 1;
  }
  return spans;
}

/** So far an end is looked for. */
const RUNS_MAX = 50;

/** Marks of lists and quotations in front of a row. */
const MARKS = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?[ \t>]*/;

/** What stands between the bars; no bar in a span or behind a backslash counts. */
export function splitRow(line: string, spans: readonly Span[]): readonly string[] {
  const cells: string[] = [];
  let at = MARKS.exec(line)?.[0].length ?? 0;
  if (line[at] === '|') at += 1;
  let passed = 0;
  for (const { 0: mark, index } of line.matchAll(/\\.|\|/g)) {
    while ((spans[passed]?.[1] ?? line.length) <= index) passed += 1;
    if (mark !== '|' || index < at || (spans[passed]?.[0] ?? line.length) <= index) continue;
    cells.push(line.slice(at, index));
    at = index + 1;
  }
  if (line.slice(at).trim() !== '') cells.push(line.slice(at));
  return cells.map((cell) => cell.trim().replaceAll('\\|', '|'));
}
