/**
 * Markdown as people write it: CommonMark with GFM's tables, strikethrough, task lists and autolinks, and footnotes.
 * What comes out is HTML that nobody has checked yet.
 */

import MarkdownItParser, { type MarkdownIt, type StateCore, type StateInline, type Token } from 'markdown-it';
import footnotes from 'markdown-it-footnote';
import { createPatternFinder, type Finder } from './pattern-finder.ts';
import { addAddresses } from './syntax/addresses.ts';
import { addAttributeLists } from './syntax/attribute-lists.ts';
import { addCjkEmphasis } from './syntax/cjk-emphasis.ts';
import { addCodeMarks } from './syntax/code/code-marks.ts';
import { addCodeTitles } from './syntax/code/code-titles.ts';
import { addExtraBlocks } from './syntax/extra-blocks.ts';
import { addImageForms } from './syntax/image-forms.ts';
import { addKramdownMarks } from './syntax/kramdown-marks.ts';
import { addLooseBlocks } from './syntax/loose-blocks.ts';
import { addMdxBlocks } from './syntax/mdx-blocks.ts';
import { addPlainBlanks, withPlainBlanks } from './syntax/plain-blanks.ts';
import { addTableCells } from './syntax/table-cells.ts';
import { addUnusedNotes, type MarkdownEnvironment } from './syntax/unused-notes.ts';
import { addVaultSyntax } from './syntax/vault-syntax.ts';

const parsers = new Map<'markdown' | 'mdx' | 'inline', MarkdownIt>();

/** `docId` keeps the footnote ids of one article apart from those of all others. */
export function renderMarkdown(text: string, environment: MarkdownEnvironment, mdx = false): string {
  const parser = parserFor(mdx ? 'mdx' : 'markdown');
  if (environment.quotes === undefined) return parser.render(text, { ...environment });
  parser.set({ typographer: true, quotes: [...environment.quotes] });
  try {
    return parser.render(text, { ...environment });
  } finally {
    parser.set({ typographer: false });
  }
}

/** One paragraph's inline markup (emphasis, links, code) as HTML; tags in it are text. */
export function renderInline(text: string): string {
  return parserFor('inline').renderInline(text);
}

/** The same for text that may hold tags, such as a caption. */
export function renderPhrase(text: string): string {
  return parserFor('markdown').renderInline(text, {});
}

/** The inline tokens of a text, raw tags among them. */
export function parseInline(text: string): readonly Token[] {
  return parserFor('markdown').parseInline(text, {})[0]?.children ?? [];
}

/** The lines that are code blocks, as pairs of first line (from 0) and line after the last. */
export function codeBlockLines(text: string, mdx = false): readonly (readonly [number, number])[] {
  const parser = parserFor(mdx ? 'mdx' : 'markdown');
  const tokens: Token[] = [];
  parser.block.parse(withPlainBlanks(text), parser, {}, tokens);
  return tokens.flatMap((token) =>
    (token.type === 'fence' || token.type === 'code_block') && token.map ? [token.map] : [],
  );
}

/** Parsers are costly to make, so each is made when it is first needed and kept; they hold no state between texts. */
function parserFor(kind: 'markdown' | 'mdx' | 'inline'): MarkdownIt {
  const made = parsers.get(kind);
  if (made !== undefined) return made;
  const parser = createParser(kind);
  parsers.set(kind, parser);
  return parser;
}

function createParser(kind: 'markdown' | 'mdx' | 'inline'): MarkdownIt {
  const parser = new MarkdownItParser({ html: kind !== 'inline', linkify: true });
  addAddresses(parser);
  addPlainBlanks(parser);
  addCjkEmphasis(parser);
  if (kind === 'inline') return parser;
  parser.use(footnotes);
  addVaultSyntax(parser);
  addImageForms(parser);
  addLooseBlocks(parser);
  addAttributeLists(parser);
  addExtraBlocks(parser);
  addTableCells(parser);
  addKramdownMarks(parser);
  addCodeMarks(parser);
  addCodeTitles(parser);
  addUnusedNotes(parser);
  parser.core.ruler.after('inline', 'task_list', markTasks);
  parser.inline.ruler.before('escape', 'math', keepMath);
  if (kind === 'mdx') addMdxBlocks(parser);
  return parser;
}

/** `- [x] done` → `- ☑ done`: feed readers drop check boxes, and with them what is done and what isn't. */
function markTasks(state: StateCore): void {
  state.tokens.forEach((token, index) => {
    if (token.type !== 'inline' || state.tokens[index - 2]?.type !== 'list_item_open') return;
    const first = token.children?.[0];
    if (first?.type !== 'text') return;
    first.content = first.content.replace(/^\[([ xX])\](?=\s)/, (_, mark: string) => (mark === ' ' ? '☐' : '☑'));
  });
}

const MATH_CHARACTERS_MAX = 2_000;

/** An escaped bracket is a bracket, and opens a formula only where what follows is TeX without a doubt. */
const TEX = /\\[A-Za-z]|\^|_\{|_[A-Za-z0-9](?![A-Za-z0-9])/g;

/**
 * Formulas stay the text they are: without this, `$x_{i}\{y_{j}\}$` would lose its underscores and backslashes.
 * A dollar sign opens one when no space follows and what it encloses looks like TeX; prices don't.
 */
function keepMath(state: StateInline, silent: boolean): boolean {
  const first = state.src.charCodeAt(state.pos);
  if (first === 0x5c) return keepBracketed(state, silent);
  if (first !== 0x24) return false;
  const text = state.src.slice(state.pos, Math.min(state.posMax, state.pos + MATH_CHARACTERS_MAX));
  const formula = (/^\$\$(?:[^$\\]|\\.)+\$\$/s.exec(text) ??
    /^\$(?!\s)(?:[^$\\\n]|\\.)*(?:[^\s$\\]|\\.)\$(?!\d)/.exec(text))?.[0];
  if (formula === undefined || !/[\\_^]|[\w)]\*[\w(]/.test(formula)) return false;
  if (!silent) state.push('text', '', 0).content = formula;
  state.pos += formula.length;
  return true;
}

/** What ends a bracket behind a backslash, and what makes a formula of it. */
interface Brackets {
  readonly ends: Readonly<Record<string, Finder>>;
  readonly tex: Finder;
}

const brackets = new WeakMap<StateInline, Brackets>();

function bracketsOf(state: StateInline): Brackets {
  const known = brackets.get(state);
  if (known !== undefined) return known;
  const { src } = state;
  const ends = { '(': createPatternFinder(src, /\\\)/g), '[': createPatternFinder(src, /\\\]/g) };
  const made = { ends, tex: createPatternFinder(src, TEX) };
  brackets.set(state, made);
  return made;
}

/** `\\(a_1\\)` and `\\[ … \\]`. */
function keepBracketed(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state;
  const { ends, tex } = bracketsOf(state);
  const end = ends[src[pos + 1] ?? '']?.(pos + 2)?.end;
  if (end === undefined || end > Math.min(posMax, pos + MATH_CHARACTERS_MAX)) return false;
  if ((tex(pos + 2)?.end ?? src.length) > end - 2) return false;
  if (!silent) state.push('text', '', 0).content = src.slice(pos, end);
  state.pos = end;
  return true;
}
