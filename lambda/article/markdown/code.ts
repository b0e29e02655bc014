/**
 * Where a text holds code that readers are to see as it is: fenced and indented blocks, code spans, `<pre>` and
 * `<code>`. What looks like template code or a component in there is an example, not an order.
 */

import { codeBlockLines } from './markdown.ts';

/** From the first character of some code to the one after its last. */
export interface CodeRange {
  readonly start: number;
  readonly end: number;
}

/** All code in the text, in order, without overlaps. */
export function findCode(text: string, kind: 'markdown' | 'mdx' | 'html'): readonly CodeRange[] {
  const ranges: CodeRange[] = [];
  const blocks = kind === 'html' ? [] : findBlocks(text, kind === 'mdx');
  const runs = kind === 'html' ? new Map<number, number[]>() : findBacktickRuns(text);
  const ends = findEndTags(text);
  const start = kind === 'html' ? /<(pre|code)\b/gi : /`+|<(pre|code)\b/gi;
  let at = 0;
  for (const block of [...blocks, { start: text.length, end: text.length }]) {
    while (at < block.start) {
      start.lastIndex = at;
      const found = start.exec(text);
      if (found === null || found.index >= block.start) break;
      const end = found[1] ? endOfElement(found.index, found[1], ends) : endOfSpan(text, found, runs);
      if (end !== null) ranges.push({ start: found.index, end });
      at = end ?? start.lastIndex;
    }
    if (block.start >= at && block.end > block.start) ranges.push(block);
    at = Math.max(at, block.end);
  }
  return ranges;
}

/** The ranges are in order: halving them finds one among many thousands, for many thousands of places. */
export function isInCode(code: readonly CodeRange[], at: number): boolean {
  let [from, to] = [0, code.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((code[middle]?.end ?? 0) <= at) from = middle + 1;
    else to = middle;
  }
  return (code[from]?.start ?? at + 1) <= at;
}

/** The code blocks that Markdown sees, as places in the text. */
function findBlocks(text: string, mdx: boolean): CodeRange[] {
  const starts = lineStarts(text);
  const placeOf = (line: number) => starts[line] ?? text.length;
  return codeBlockLines(text, mdx).map(([first, after]) => ({ start: placeOf(first), end: placeOf(after) }));
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Places of the runs of backticks, by the length of the run. */
function findBacktickRuns(text: string): Map<number, number[]> {
  const runs = new Map<number, number[]>();
  for (const run of text.matchAll(/`+/g)) {
    const places = runs.get(run[0].length) ?? [];
    places.push(run.index);
    runs.set(run[0].length, places);
  }
  // Ends of spans are looked up from the front, so the nearest comes last.
  for (const places of runs.values()) places.reverse();
  return runs;
}

/** A span ends at the next run of the same length in the same paragraph. */
function endOfSpan(text: string, opener: RegExpExecArray, runs: Map<number, number[]>): number | null {
  const { length } = opener[0];
  if (text[opener.index - 1] === '\\') return null;
  const places = runs.get(length) ?? [];
  while ((places.at(-1) ?? Number.POSITIVE_INFINITY) <= opener.index) places.pop();
  const closer = places.at(-1);
  if (closer === undefined || closer - opener.index > SPAN_CHARACTERS_MAX) return null;
  return /\n[ \t]*\n/.test(text.slice(opener.index, closer)) ? null : closer + length;
}

const SPAN_CHARACTERS_MAX = 2_000;

/** Places behind the end tags, by element; the nearest comes last. */
function findEndTags(text: string): Map<string, number[]> {
  const ends = new Map<string, number[]>();
  for (const { 0: tag, 1: name = '', index } of text.matchAll(/<\/(pre|code)\s*>/gi)) {
    const places = ends.get(name.toLowerCase()) ?? [];
    places.push(index + tag.length);
    ends.set(name.toLowerCase(), places);
  }
  for (const places of ends.values()) places.reverse();
  return ends;
}

function endOfElement(start: number, name: string, ends: Map<string, number[]>): number | null {
  const places = ends.get(name.toLowerCase()) ?? [];
  while ((places.at(-1) ?? Number.POSITIVE_INFINITY) <= start) places.pop();
  return places.at(-1) ?? null;
}
