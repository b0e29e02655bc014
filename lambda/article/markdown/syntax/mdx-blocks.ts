/**
 * How MDX's blocks differ from Markdown's: a tag alone on its line is a block, and what follows it is Markdown at once;
 * and as nothing is code because it is indented, any block may be, as far as the component is that holds it.
 */

import type { MarkdownIt, StateBlock } from 'markdown-it';
import { parseJsxTag } from './jsx.ts';

export function addMdxBlocks(parser: MarkdownIt): void {
  parser.disable('code');
  parser.block.ruler.before('table', 'unindent', unindent);
  const interrupts = { alt: ['paragraph', 'reference', 'blockquote'] };
  parser.block.ruler.before('html_block', 'flow_tag', readFlowTag, interrupts);
}

/** Elements that hold paragraphs. */
export const FLOW =
  /^(?:article|aside|blockquote|center|details|div|figcaption|figure|footer|header|main|nav|section|summary)$/;
/** What these hold is no Markdown, or no paragraph. */
const HOLDS_NO_BLOCK = /^(?:h[1-6]|p|pre|script|style|textarea)$/;

function readFlowTag(state: StateBlock, line: number, _endLine: number, silent: boolean): boolean {
  const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  if (state.src[start] !== '<') return false;
  const text = state.src.slice(start, state.eMarks[line] ?? 0).trimEnd();
  const tag = parseJsxTag(text, 0);
  if (tag === null || tag.end !== text.length || HOLDS_NO_BLOCK.test(tag.name)) return false;
  // A line break may be on a line of its own in a paragraph; a component, or what ends a box, ends the paragraph too.
  if (silent) return FLOW.test(tag.name) || !/^[a-z]/.test(tag.name);
  const token = state.push('html_block', '', 0);
  token.map = [line, line + 1];
  token.content = state.getLines(line, line + 1, state.blkIndent, true);
  state.line = line + 1;
  return true;
}

/** Where Markdown would begin a block of code. */
const INDENT_MIN = 4;

/** Lines that are indented so far are read as if they were not, all of them that follow each other: never a block itself. */
function unindent(state: StateBlock, first: number, endLine: number): boolean {
  const indent = (state.sCount[first] ?? 0) - state.blkIndent;
  if (indent < INDENT_MIN) return false;
  for (let line = first; line < endLine; line += 1) {
    if (state.isEmpty(line)) continue;
    if ((state.sCount[line] ?? 0) - state.blkIndent < indent) break;
    shiftLine(state, line, indent);
  }
  return false;
}

function shiftLine(state: StateBlock, line: number, indent: number): void {
  const { src, bMarks, tShift, sCount, bsCount } = state;
  const begin = bMarks[line] ?? 0;
  let columns = 0;
  let characters = 0;
  for (; columns < indent; characters += 1) {
    columns += src[begin + characters] === '\t' ? 4 - ((columns + (bsCount[line] ?? 0)) % 4) : 1;
  }
  bMarks[line] = begin + characters;
  tShift[line] = (tShift[line] ?? 0) - characters;
  sCount[line] = (sCount[line] ?? 0) - columns;
  bsCount[line] = (bsCount[line] ?? 0) + columns;
}
