/**
 * Blocks of Markdown Extra and its kin (Kramdown, Goldmark, Python-Markdown): definition lists, abbreviations, boxes
 * and tabs whose contents are indented, Markdown in HTML elements that ask for it.
 */

import type { MarkdownIt, StateBlock } from 'markdown-it';
import { isCode, lineOf, pushBlock } from './loose-blocks.ts';

export function addExtraBlocks(parser: MarkdownIt): void {
  const { ruler } = parser.block;
  const interrupts = { alt: ['paragraph', 'reference', 'blockquote'] };
  ruler.before('html_block', 'markdown_in_html', readMarkdownInHtml, interrupts);
  ruler.before('list', 'abbreviation', dropAbbreviation, interrupts);
  ruler.before('list', 'box', readBox, interrupts);
  ruler.before('paragraph', 'definition_list', readDefinitionList, interrupts);
}

/** `*[HTML]: Hyper Text`: what a mouse over the word would show. */
function dropAbbreviation(state: StateBlock, line: number, _endLine: number, silent: boolean): boolean {
  if (isCode(state, line) || !/^\*\[[^\]]{1,100}\]:[^*]*$/.test(lineOf(state, line))) return false;
  if (!silent) state.line = line + 1;
  return true;
}

/** `<div markdown="1">`: what stands in it is Markdown, from the same line on. */
const MARKDOWN_TAG = /^<[a-z][\w-]*(?=[^>]*\smarkdown(?:[\s/>]|\s*=\s*["']?(?:1|block|span|true)\b))[^>]*>/i;

function readMarkdownInHtml(state: StateBlock, line: number, _endLine: number, silent: boolean): boolean {
  const text = lineOf(state, line);
  const tag = isCode(state, line) ? undefined : MARKDOWN_TAG.exec(text)?.[0];
  if (tag === undefined) return false;
  if (silent) return true;
  state.push('html_block', '', 0).content = `${tag}\n`;
  const rest = text.slice(tag.length).trim();
  if (rest !== '') {
    const inline = state.push('inline', '', 0);
    inline.content = rest;
    inline.map = [line, line + 1];
    inline.children = [];
  }
  state.line = line + 1;
  return true;
}

/** `!!! note "Title"`, `??? tip`, `=== "Tab"`. */
const BOX =
  /^(?:(?:!!!|\?\?\?\+?)[ \t]+([a-z][\w-]*)(?:[ \t]+[\w-]+)*(?:[ \t]+"([^"]*)")?|===[+!]?[ \t]+"([^"]+)")[ \t]*$/i;
const BOX_INDENT = 4;

/** The box goes, its title and its contents stay. */
function readBox(state: StateBlock, line: number, endLine: number, silent: boolean): boolean {
  const [written, kind = '', title, tab] = (!isCode(state, line) && BOX.exec(lineOf(state, line))) || [];
  if (written === undefined) return false;
  const end = endOfIndented(state, line + 1, endLine);
  if (end === null) return false;
  if (silent) return true;
  const shown = tab ?? title ?? `${kind.slice(0, 1).toUpperCase()}${kind.slice(1)}`;
  if (shown !== '') {
    pushBlock(state, { name: 'paragraph', tag: 'p', text: `**${shown}**`, line, lineAfter: line + 1 });
  }
  const { blkIndent, lineMax } = state;
  state.blkIndent = blkIndent + BOX_INDENT;
  state.lineMax = end;
  state.md.block.tokenize(state, line + 1, end);
  state.blkIndent = blkIndent;
  state.lineMax = lineMax;
  state.line = end;
  return true;
}

/** Where the lines end that are indented as the contents of a box are; null where none are. */
function endOfIndented(state: StateBlock, first: number, endLine: number): number | null {
  let end: number | null = null;
  for (let line = first; line < endLine; line += 1) {
    if (state.isEmpty(line)) continue;
    if ((state.sCount[line] ?? 0) - state.blkIndent < BOX_INDENT) break;
    end = line + 1;
  }
  return end;
}

/** Longer lines, and more of them, are a paragraph. */
const TERM_CHARACTERS_MAX = 120;
const TERMS_MAX = 5;
const DEFINITION = /^:[ \t]+(?=\S)/;
/** How far the later lines of a definition are indented, at least. */
const DEFINITION_INDENT = 2;

/** Texts of which a definition is being read: only there another one ends a paragraph. */
const inDefinition = new WeakSet<StateBlock>();

/** Terms, each on a line of its own, and below them what is said of them: `: A definition`. */
function readDefinitionList(state: StateBlock, first: number, endLine: number, silent: boolean): boolean {
  if (silent) return inDefinition.has(state) && !isCode(state, first) && DEFINITION.test(lineOf(state, first));
  let line: number | null = endOfTerms(state, first, endLine);
  if (line === null) return false;
  state.push('dl_open', 'dl', 1);
  for (let term = first; line !== null; line = endOfTerms(state, term, endLine)) {
    for (; term < line; term += 1) if (!state.isEmpty(term)) pushTerm(state, term);
    for (; isDefinition(state, term, endLine); term = afterBlanks(state, state.line, endLine))
      readDefinition(state, term, endLine);
    if (endsBefore(state, term, endLine)) break;
  }
  state.push('dl_close', 'dl', -1);
  return true;
}

/** Whether another block than a list of definitions begins here. */
function endsBefore(state: StateBlock, line: number, endLine: number): boolean {
  const rules = state.md.block.ruler.getRules('paragraph');
  return line >= endLine || rules.some((rule) => rule(state, line, endLine, true));
}

/** The first definition below terms that begin here, or null; one blank line may stand between. */
function endOfTerms(state: StateBlock, first: number, endLine: number): number | null {
  for (let line = first; line < Math.min(endLine, first + TERMS_MAX + 1); line += 1) {
    if (line > first && isDefinition(state, line, endLine)) return line;
    if (state.isEmpty(line)) return line > first && isDefinition(state, line + 1, endLine) ? line + 1 : null;
    const isTerm = (state.sCount[line] ?? 0) >= state.blkIndent && !isCode(state, line);
    const text = lineOf(state, line);
    if (!isTerm || text.length > TERM_CHARACTERS_MAX || text.startsWith(':')) return null;
  }
  return null;
}

function isDefinition(state: StateBlock, line: number, endLine: number): boolean {
  const isHere = line < endLine && (state.sCount[line] ?? 0) >= state.blkIndent && !isCode(state, line);
  return isHere && DEFINITION.test(lineOf(state, line));
}

function afterBlanks(state: StateBlock, from: number, endLine: number): number {
  let line = from;
  while (line < endLine && state.isEmpty(line)) line += 1;
  return line;
}

function pushTerm(state: StateBlock, line: number): void {
  pushBlock(state, { name: 'dt', tag: 'dt', text: lineOf(state, line).trim(), line, lineAfter: line + 1 });
}

function readDefinition(state: StateBlock, line: number, endLine: number): void {
  state.push('dd_open', 'dd', 1);
  const from = state.tokens.length;
  const { blkIndent } = state;
  const isInner = inDefinition.has(state);
  const [mark = ''] = DEFINITION.exec(lineOf(state, line)) ?? [];
  state.blkIndent = blkIndent + DEFINITION_INDENT;
  inDefinition.add(state);
  state.tShift[line] = (state.tShift[line] ?? 0) + mark.length;
  state.sCount[line] = state.blkIndent;
  state.md.block.tokenize(state, line, endLine);
  state.blkIndent = blkIndent;
  if (!isInner) inDefinition.delete(state);
  const inner = state.tokens.slice(from);
  const isPhrase = inner.length === 3 && inner[0]?.type === 'paragraph_open';
  if (isPhrase) for (const token of inner) token.hidden = token.type !== 'inline';
  state.push('dd_close', 'dd', -1);
}
