/**
 * Lists of attributes go; the ids in them stay. A list belongs to what stands directly in front of it: a link, an image,
 * code, emphasis, words in brackets; at the end of a line that of its heading, item, cell or paragraph; alone on a line the
 * block above it. Braces anywhere else are text.
 */

import type { MarkdownIt, StateBlock, StateCore, StateInline, Token } from 'markdown-it';
import { PIECE_CLOSE } from '../../../text/characters.ts';
import { type AttributeList, readAttributeList } from './attribute-list.ts';
import { isCode, lineOf } from './loose-blocks.ts';

export function addAttributeLists(parser: MarkdownIt): void {
  const interrupts = { alt: ['paragraph', 'reference', 'blockquote', 'list', 'table'] };
  parser.block.ruler.before('table', 'attribute_line', readLine, interrupts);
  parser.core.ruler.after('block', 'attributes_of_blocks', readEnds);
  parser.inline.ruler.before('link', 'bracketed_span', readSpan);
  parser.inline.ruler.before('link', 'attribute_list', readInline);
}

/** So many lines a list alone takes at most. */
const LINES_MAX = 5;

/** A line that holds a list and nothing else. Without a colon it stands below its block, and above nothing. */
function readLine(state: StateBlock, line: number, endLine: number, silent: boolean): boolean {
  if (isCode(state, line) || !lineOf(state, line).startsWith('{')) return false;
  const last = Math.min(endLine, line + LINES_MAX);
  const text = state.src.slice(state.bMarks[line] ?? 0, state.eMarks[last - 1] ?? 0);
  const indent = state.tShift[line] ?? 0;
  const list = readAttributeList(text, indent);
  if (list === null) return false;
  const rest = /^[ \t]*(?=\n|$)/.exec(text.slice(list.end));
  const next = line + text.slice(0, list.end).split('\n').length;
  if (rest === null || (!list.isKramdown && next < endLine && !state.isEmpty(next))) return false;
  if (silent) return true;
  if (list.isContents) dropLastItem(state.tokens);
  else if (list.id !== null) nameLastBlock(state.tokens, list.id);
  state.line = next;
  return true;
}

/** `* TOC` in front of `{:toc}` holds the place of a table of contents. */
function dropLastItem(tokens: Token[]): void {
  const isItem = /^(?:bullet|ordered)_list_close$/.test(tokens.at(-1)?.type ?? '');
  const opener = isItem ? openerOf(tokens) : -1;
  const first = tokens[opener];
  if (first === undefined) return;
  const item = tokens.findLastIndex(({ type, level }) => type === 'list_item_open' && level === first.level + 1);
  const isOnly = item === opener + 1;
  tokens.splice(isOnly ? opener : item, tokens.length - (isOnly ? opener : item + 1));
}

/** Where the block begins that ends with the last token. */
function openerOf(tokens: readonly Token[]): number {
  const last = tokens.at(-1);
  if (last?.nesting !== -1) return -1;
  return tokens.findLastIndex(({ nesting, level }) => nesting === 1 && level === last.level);
}

function nameLastBlock(tokens: readonly Token[], id: string): void {
  const opener = tokens[openerOf(tokens)];
  if (opener !== undefined && opener.attrGet('id') === null) opener.attrSet('id', id);
}

/** What Markdown's own rules have read with a block: the end of a heading, the language of code, raw HTML. */
function readEnds({ tokens }: StateCore): void {
  tokens.forEach((token, index) => {
    const opener = tokens[index - 1];
    if (token.type === 'inline' && opener?.type === 'heading_open') readHeading(token, opener);
    else if (token.type === 'fence' && token.info.trimStart().startsWith('{')) token.info = languageIn(token.info);
    else if (token.type === 'html_block' && token.content.includes('{:')) token.content = withoutLists(token.content);
  });
}

const CLOSING_MARKS = /(?<![ \t#])[ \t]+#+[ \t]*$/;

function readHeading(token: Token, opener: Token): void {
  const text = token.content.replace(/(?<![ \t])[ \t]+$/, '');
  const closing = CLOSING_MARKS.exec(text)?.index ?? text.length;
  if (text[closing - 1] !== '}') return;
  const start = text.lastIndexOf('{', closing);
  const list = start === -1 || text[start - 1] === '\\' ? null : readAttributeList(text, start);
  if (list === null || list.end !== closing) return;
  token.content = text.slice(0, start).trimEnd();
  if (list.id !== null) opener.attrSet('id', list.id);
}

/** ` ```{.python #a} ` (Pandoc), ` ```{r setup} ` (R Markdown). */
function languageIn(info: string): string {
  return /^\s*\{\s*(?:[^.}]*\s)?\.([\w+#-]+)/.exec(info)?.[1] ?? /^\s*\{\s*([A-Za-z][\w+#-]*)/.exec(info)?.[1] ?? '';
}

/** Kramdown's lists behind the tags of a block of HTML. */
function withoutLists(html: string): string {
  if (/<(?:pre|code|script|style|textarea)\b/i.test(html)) return html;
  const parts: string[] = [];
  let at = 0;
  for (let start = html.indexOf('{:'); start !== -1; start = html.indexOf('{:', start + 1)) {
    const list = start < at ? null : readAttributeList(html, start);
    if (list === null) continue;
    parts.push(html.slice(at, start));
    at = list.end;
  }
  return parts.join('') + html.slice(at);
}

function readInline(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== '{') return false;
  const list = readAttributeList(state.src, state.pos);
  if (list === null || list.end > state.posMax || isInCodeElement(state)) return false;
  const endsLine = /^[ \t]*(?:\n|$)/.test(state.src.slice(list.end, Math.min(state.posMax, list.end + 100)));
  if (!list.isKramdown && !isBehindElement(state) && !(list.isNamed && endsLine && isBehindWord(state))) return false;
  if (!silent) {
    if (endsLine) state.pending = state.pending.replace(/(?<![ \t])[ \t]+$/, '');
    if (list.id !== null) pushPlace(state, list);
  }
  state.pos = list.end;
  return true;
}

/** Text between `<code>` and `</code>` is Markdown to the parser, and code to the author. */
function isInCodeElement({ src, pos }: StateInline): boolean {
  const before = src.slice(Math.max(0, pos - CODE_CHARACTERS_MAX), pos);
  const opener = Math.max(before.lastIndexOf('<code'), before.lastIndexOf('<pre'), before.lastIndexOf('<kbd'));
  return opener !== -1 && !/<\/(?:code|pre|kbd)/.test(before.slice(opener));
}

const CODE_CHARACTERS_MAX = 500;

function pushPlace(state: StateInline, { id, isKramdown }: AttributeList): void {
  const element = state.tokens.findLast(({ nesting }) => nesting === 1);
  const isOfElement = isKramdown && state.pending === '' && state.tokens.at(-1)?.nesting === -1;
  if (id === null) return;
  if (isOfElement && element !== undefined) element.attrSet('id', id);
  else {
    state.push('place_open', 'a', 1).attrs = [['id', id]];
    state.push('place_close', 'a', -1);
  }
}

const ELEMENTS_ALONE: ReadonlySet<string> = new Set(['image', 'code_inline', 'footnote_ref']);

/** An element that ended, an image, code, a footnote, a tag; emphasis is known by its marks only by now. */
function isBehindElement({ pending, tokens, delimiters, src, pos }: StateInline): boolean {
  if (src[pos - 1] === PIECE_CLOSE) return true;
  const last = tokens.at(-1);
  if (pending !== '' || last === undefined) return false;
  if (last.nesting === -1 || ELEMENTS_ALONE.has(last.type)) return true;
  if (last.type === 'html_inline') return last.content.startsWith('</') || /^<img\b/i.test(last.content);
  const delimiter = delimiters.at(-1);
  return delimiter?.close === true && delimiter.token === tokens.length - 1;
}

/** A line that begins with braces holds what its author wants to be seen, unless it holds nothing else. */
function isBehindWord({ src, pos }: StateInline): boolean {
  return /\S[ \t]*$/.test(src.slice(Math.max(0, pos - 50), pos));
}

/** Where the last list stands that follows a bracket: texts full of brackets are searched once. */
function lastListOf(state: StateInline): number {
  // Searching backwards is slow, and most texts have none.
  const place = lastLists.get(state) ?? (state.src.includes(']{') ? state.src.lastIndexOf(']{') : -1);
  lastLists.set(state, place);
  return place;
}

const lastLists = new WeakMap<StateInline, number>();

/** `[words]{.smallcaps}`: the words. `[^1]{.x}` is a footnote. */
function readSpan(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state;
  if (src[pos] !== '[' || src[pos + 1] === '^' || pos > lastListOf(state)) return false;
  const labelEnd = state.md.helpers.parseLinkLabel(state, pos);
  if (labelEnd === -1 || src[labelEnd + 1] !== '{') return false;
  const list = readAttributeList(src, labelEnd + 1);
  if (list === null || list.end > posMax) return false;
  if (!silent) {
    if (list.id !== null) state.push('span_open', 'span', 1).attrs = [['id', list.id]];
    state.pos = pos + 1;
    state.posMax = labelEnd;
    state.md.inline.tokenize(state);
    state.posMax = posMax;
    if (list.id !== null) state.push('span_close', 'span', -1);
  }
  state.pos = list.end;
  return true;
}
