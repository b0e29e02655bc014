/**
 * Template code in articles that come from other systems: what can be rendered here is, the rest is left out with a
 * warning, and none is shown raw, save in code, where the author shows it to the reader.
 */

import { createProblem, type Problem } from '../../problem.ts';
import { readAttributeList } from './attribute-list.ts';
import { escapeAttribute, escapeText, lineBefore, PIECE_CLOSE, PIECE_OPEN, TEASER_MARK } from './characters.ts';
import { type CodeRange, findCode } from './code.ts';
import { type ContentContext, type ContentSource, lineAfter } from './context.ts';
import { resolveAddress } from './reference.ts';
import { type Enclosure, renderEnclosure } from './template-blocks.ts';
import { rememberVariable, renderOutput } from './template-output.ts';
import { endOfRemark } from './template-remark.ts';
import { createFinder, type Finder, parseTag, type TemplateTag } from './template-tag.ts';
import { type Rendering, renderTag } from './template-tags.ts';

export interface ExpandedText {
  /** With the mark for the teaser's end, and numbered places where pieces go once Markdown is done. */
  readonly text: string;
  /** Pieces of HTML, not yet sanitised. */
  readonly pieces: readonly string[];
  readonly problems: readonly Problem[];
}

export function expandTemplateCode(written: string, source: ContentSource, context: ContentContext): ExpandedText {
  const text = unwrapRawStrings(written);
  if (!/\{[{%:#.]|<!--|<%#|\[TOC\]|:::/.test(text)) return { text, pieces: [], problems: [] };
  const work: Work = {
    text,
    source,
    context,
    code: findCode(text, source.kind),
    codePassed: 0,
    find: createFinder(text),
    hasTeaserMark: false,
    parts: [],
    pieces: [],
    problems: new Map(),
    variables: new Map(),
    endless: new Set(),
    openBlocks: [],
  };
  let at = 0;
  while (at < text.length) at = step(work, at);
  leaveOpenBlocks(work, 0);
  return { text: work.parts.join(''), pieces: work.pieces, problems: [...work.problems.values()] };
}

interface Work {
  readonly text: string;
  readonly source: ContentSource;
  readonly context: ContentContext;
  readonly code: readonly CodeRange[];
  /** How much of the code has been passed. */
  codePassed: number;
  hasTeaserMark: boolean;
  readonly find: Finder;
  readonly parts: string[];
  readonly pieces: string[];
  /** By what was left out, so that each is reported once. */
  readonly problems: Map<string, Problem>;
  /** Values given by `{% assign %}`. */
  readonly variables: Map<string, string>;
  /** Names of blocks that are known to have no end from here on. */
  readonly endless: Set<string>;
  /** Blocks whose end has not come yet, Zola's among them, which all end alike; the innermost last. */
  readonly openBlocks: OpenBlock[];
}

interface OpenBlock {
  readonly name: string;
  /** What it is, and the piece that opens it; null where it is nothing that is known here. */
  readonly enclosure: Enclosure | null;
  readonly piece: number;
}

/** Go templates: `{{raw "<"}}` and `{{raw `…`}}` stand for the text in the quotes, often for whole code blocks. */
function unwrapRawStrings(text: string): string {
  return text.replace(
    /\{\{-? ?raw (?:`([^`]*)`|"((?:\\.|[^"\\\n])*)") ?-?\}\}/g,
    (_, plain?: string, quoted?: string) => {
      return plain ?? quoted?.replace(/\\(["\\])/g, '$1') ?? '';
    },
  );
}

const CANDIDATE = /\{[{%:#.]|<!--|<%#|^\[TOC\][ \t]*$|^[ \t]*:{3,}[^\n]*$/gm;

/** Deals with the next code or template code and gives the place behind it. */
function step(work: Work, at: number): number {
  const { text } = work;
  CANDIDATE.lastIndex = at;
  const next = CANDIDATE.exec(text)?.index ?? text.length;
  while ((work.code[work.codePassed]?.end ?? Number.POSITIVE_INFINITY) <= at) work.codePassed += 1;
  const code = work.code[work.codePassed];
  if (code !== undefined && code.start <= next && code.end > at) {
    const from = Math.max(code.start, at);
    work.parts.push(text.slice(at, from), showCode(text.slice(from, code.end)));
    return code.end;
  }
  work.parts.push(text.slice(at, next));
  return next === text.length ? next : expandAt(work, next);
}

function expandAt(work: Work, at: number): number {
  const { text } = work;
  if (text.startsWith('<!--', at)) return expandComment(work, at);
  if (text.startsWith('[TOC]', at)) return at + '[TOC]'.length;
  const remark = endOfRemark(text, at, work.find);
  if (remark !== null) return remark;
  if (text[at] === '<') {
    work.parts.push('<');
    return at + 1;
  }
  if (text[at] !== '{') return expandContainer(work, at);
  if (/^\{[:#.]/.test(text.slice(at, at + 2))) return dropAttributes(work, at);
  const escaped =
    /^\{\{[<%]\/\*/.test(text.slice(at, at + 5)) && work.find('*/', at) !== -1
      ? HUGO_ESCAPED.exec(text.slice(at, at + ESCAPED_CHARACTERS_MAX))
      : null;
  if (escaped?.index === 0) {
    work.parts.push(literal(showCode(escaped[0]), work));
    return at + escaped[0].length;
  }
  const tag = parseTag(text, at, work.find);
  if (tag === null) {
    work.parts.push('{');
    return at + 1;
  }
  return expandTag(work, tag);
}

const MORE = /^<!--\s*(?:more|truncate|excerpt|teaser_end|pelican_end_summary)\b[^>]{0,200}?-->/i;

/** The first "more" mark ends the teaser; comments as such are left to the sanitiser. */
function expandComment(work: Work, at: number): number {
  const mark = MORE.exec(work.text.slice(at, at + 300))?.[0];
  if (mark === undefined) {
    work.parts.push('<!--');
    return at + '<!--'.length;
  }
  if (!work.hasTeaserMark) work.parts.push(asBlock(TEASER_MARK, work, at, at + mark.length));
  work.hasTeaserMark = true;
  return at + mark.length;
}

/** `:::tip Title` … `:::` (Docusaurus, VuePress, Pandoc): the box goes, its title and its contents stay. */
function expandContainer(work: Work, at: number): number {
  const end = work.text.indexOf('\n', at);
  const line = work.text.slice(at, end === -1 ? work.text.length : end);
  const title = /^[ \t]*:{3,}[ \t]*(?:\{[^}]*\}|[\w-]+)?(?:\[([^\]]*)\]|[ \t]+([^{}:]+))?/.exec(line);
  const shown = (title?.[1] ?? title?.[2] ?? '').trim();
  work.parts.push(shown === '' ? '' : `\n**${shown}**\n`);
  return at + line.length;
}

/** A list of attributes goes; the id in it stays where it names a heading. */
function dropAttributes(work: Work, at: number): number {
  const { text } = work;
  const inHeading = /^ {0,3}#{1,6}\s/.test(lineBefore(text, at) ?? '');
  const list = work.source.kind === 'html' ? null : readAttributeList(text, at, inHeading);
  if (list === null) {
    work.parts.push('{');
    return at + 1;
  }
  if (list.isContents) dropListItem(work);
  if (list.id !== null) nameHeading(work, list.id, inHeading);
  return list.end;
}

/** An id stands in the line of a heading, or (Kramdown's) in the one below it. */
function nameHeading(work: Work, id: string, inHeading: boolean): void {
  const last = work.parts.pop() ?? '';
  const [above = '', here] = last.slice(-LINE_END_CHARACTERS_MAX).split('\n').slice(-2);
  const isBelow = here?.trim() === '' && /^ {0,3}#{1,6}\s/.test(above);
  const end = isBelow ? last.lastIndexOf('\n') : last.length;
  work.parts.push(last.slice(0, end));
  if (inHeading || isBelow) {
    work.parts.push(`${PIECE_OPEN}${work.pieces.length}${PIECE_CLOSE}`);
    work.pieces.push(`<a id="${escapeAttribute(id)}"></a>`);
  }
  work.parts.push(last.slice(end));
}

const LINE_END_CHARACTERS_MAX = 500;

/** `* TOC` in front of `{:toc}` is a placeholder for the table of contents. */
function dropListItem(work: Work): void {
  const last = work.parts.pop() ?? '';
  const lineEnd = last.lastIndexOf('\n');
  const line = last.slice(last.slice(0, Math.max(0, lineEnd)).lastIndexOf('\n') + 1, Math.max(0, lineEnd));
  const isItem = /^[ \t]*$/.test(last.slice(lineEnd + 1)) && /^[ \t]*(?:[*+-]|1\.)[ \t]/.test(line);
  work.parts.push(isItem ? last.slice(0, lineEnd - line.length) : last);
}

function expandTag(work: Work, tag: TemplateTag): number {
  if (tag.kind === 'tag' && (tag.name === 'raw' || tag.name === 'verbatim')) return copyRaw(work, tag);
  if (tag.kind === 'output') {
    emit(work, tag, renderOutput(tag.name, work.variables, work.context), tag.end);
    return tag.end;
  }
  if (tag.closes || (tag.kind === 'tag' && tag.name.startsWith('end'))) {
    closeBlock(work, tag);
    return tag.end;
  }
  const enclosure = renderEnclosure(tag);
  if (enclosure !== null) {
    openBlock(work, tag, enclosure);
    return tag.end;
  }
  if (tag.kind === 'tag' && tag.rest.startsWith('(')) remember(work, { name: tag.name, enclosure: null, piece: -1 });
  rememberVariable(tag, work.variables);
  const body = takeBody(work, tag);
  emit(work, tag, renderTag(tag, body?.text ?? null, work.context), body?.end ?? tag.end);
  return body?.end ?? tag.end;
}

/** So many blocks are waited for at once; what opens beyond them stands alone. */
const OPEN_BLOCKS_MAX = 100;

function remember({ openBlocks }: Work, block: OpenBlock): boolean {
  return openBlocks.length < OPEN_BLOCKS_MAX && openBlocks.push(block) > 0;
}

/** What a block says stands behind it up to its end, or where there is no end, in its arguments. */
function openBlock(work: Work, tag: TemplateTag, enclosure: Enclosure): void {
  const closesItself = tag.kind === 'shortcode' && work.text[tag.end - '/>}}'.length] === '/';
  const waits = !closesItself && remember(work, { name: tag.name, enclosure, piece: work.pieces.length });
  emit(work, tag, { html: waits ? enclosure.open : enclosure.alone }, tag.end);
}

/** `{% endquote %}`, `{{< /quote >}}`, and Zola's `{% end %}`, which closes the innermost block. */
function closeBlock(work: Work, tag: TemplateTag): void {
  const name = tag.closes ? tag.name : tag.name.slice('end'.length);
  const place = work.openBlocks.findLastIndex((block) => name === '' || block.name === name);
  if (place === -1) return;
  leaveOpenBlocks(work, place + 1);
  const enclosure = work.openBlocks.pop()?.enclosure;
  if (enclosure) emit(work, tag, { html: enclosure.close }, tag.end);
}

/** The ends of these have not come where they should have. */
function leaveOpenBlocks({ openBlocks, pieces }: Work, from: number): void {
  for (const { enclosure, piece } of openBlocks.splice(from)) {
    if (enclosure !== null) pieces[piece] = enclosure.alone;
  }
}

/** What stands between `{% raw %}` and `{% endraw %}` goes out as it is. */
function copyRaw(work: Work, tag: TemplateTag): number {
  const body = findEnd(work, tag);
  if (body === null) return tag.end;
  work.parts.push(body.text);
  return body.end;
}

/** Blocks whose body the tag itself deals with: code, and what depends on values that nobody here knows. */
const WITH_BODY = new Set([
  ...['highlight', 'codeblock', 'code', 'prism', 'math', 'katex', 'mathjax'],
  ...['comment', 'for', 'if', 'unless', 'case', 'tablerow', 'capture', 'macro', 'javascript', 'style', 'schema'],
]);

interface Body {
  readonly text: string;
  /** The place behind the closing tag. */
  readonly end: number;
}

function takeBody(work: Work, tag: TemplateTag): Body | null {
  return WITH_BODY.has(tag.name) ? findEnd(work, tag) : null;
}

/** The body of a block up to its own end, past blocks of the same name inside it. */
function findEnd(work: Work, tag: TemplateTag): Body | null {
  const { text } = work;
  if (work.endless.has(tag.name)) return null;
  const name = tag.name.replace(/[^\w-]/g, '');
  const fence =
    tag.kind === 'tag'
      ? new RegExp(`\\{%[-~]?\\s*(end)?${name}\\b[^%]*%\\}`, 'g')
      : new RegExp(`\\{\\{[<%]\\s*(/?)\\s*${name}\\b[^>%]*[>%]\\}\\}`, 'g');
  const nests = tag.name !== 'raw' && tag.name !== 'comment';
  fence.lastIndex = tag.end;
  let depth = 1;
  for (let found = fence.exec(text); found !== null; found = fence.exec(text)) {
    if (found[1]) depth -= 1;
    else if (nests) depth += 1;
    if (depth === 0) return { text: text.slice(tag.end, found.index), end: fence.lastIndex };
  }
  work.endless.add(tag.name);
  return null;
}

function emit(work: Work, tag: TemplateTag, rendering: Rendering, end: number): void {
  const isNamed = /^(?:rel)?ref$/i.test(tag.name) && 'text' in rendering && !isInAddress(work.text, tag.start);
  if ('text' in rendering) work.parts.push(isNamed ? spellOut(rendering.text, work) : rendering.text);
  if ('html' in rendering) {
    const place = `${PIECE_OPEN}${work.pieces.length}${PIECE_CLOSE}`;
    work.pieces.push(rendering.html);
    const parts = /^<\/?(?:blockquote|details)>/.test(rendering.html);
    const shown = asBlock(place, work, tag.start, end);
    work.parts.push(parts && shown === place ? apart(place, work, tag.start) : shown);
  }
  if (!('text' in rendering || 'html' in rendering) && isInAddress(work.text, tag.start)) work.parts.push(DEAD_ADDRESS);
  if (rendering.leftOut !== undefined) report(work, tag, rendering.leftOut);
}

/** An address of which a part is unknown leads nowhere, and better to nothing at all than to another page. */
const DEAD_ADDRESS = 'left-out:';

/** An address that stands in a sentence is a link. */
function spellOut(reference: string, { source, context }: Work): string {
  const url = resolveAddress(reference, context)?.url ?? '';
  if (url === '') return '';
  return source.kind === 'markdown' ? `<${url}>` : `<a href="${escapeAttribute(url)}">${escapeText(url)}</a>`;
}

function isInAddress(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - ADDRESS_LABEL_CHARACTERS_MAX), at);
  return /(?:\]\(\s*<?|(?:^|\n) {0,3}\[[^\]\n]+\]:[ \t]*<?|\s(?:href|src)\s*=\s*["']?)$/.test(before);
}

const ADDRESS_LABEL_CHARACTERS_MAX = 200;

/** On a line of its own, blank lines around it keep it from becoming part of a paragraph. */
function asBlock(mark: string, { text, source }: Work, start: number, end: number): string {
  const indent = lineBefore(text, start);
  const isAlone = indent?.trim() === '' && /^[ \t]*(?:\n|$)/.test(text.slice(end, end + 200));
  return isAlone && source.kind === 'markdown' ? `\n${indent}${mark}\n` : mark;
}

/** In the middle of a paragraph, such a block ends it; in a list or a table it has to make do. */
function apart(mark: string, { text, source }: Work, start: number): string {
  const before = lineBefore(text, start);
  const isProse = before !== null && !/^\s*(?:[-*+>|#]|\d+[.)])/.test(before);
  return isProse && source.kind === 'markdown' ? `\n\n${mark}\n\n` : mark;
}

function report({ text, source, context, problems }: Work, tag: TemplateTag, what: string): void {
  if (problems.has(what)) return;
  const problem = createProblem('template-left-out', {
    path: context.key,
    line: lineAfter(text.slice(0, tag.start), source),
    message: `The template code ${what} can't be rendered in a feed, so it was left out.`,
    fix: 'Write what it shows as Markdown or HTML.',
  });
  problems.set(what, problem);
}

const HUGO_ESCAPED = /\{\{([<%])\/\*([\s\S]*?)\*\/([>%])\}\}/;
const ESCAPED_CHARACTERS_MAX = 2_000;

/** Code as the site it was written for would show it: the marks that protect template code there are gone. */
function showCode(code: string): string {
  const shown = unwrap(code, /\{%[-~]?\s*(?:(raw)|(endraw))\s*[-~]?%\}/g, (_, inner) => inner);
  return unwrap(shown, /\{\{([<%])\/\*|\*\/([>%])\}\}/g, (open, inner, close) => `{{${open}${inner}${close}}}`);
}

/** Finds marks that open (the first group) and close (the second) in one pass, and shows what is between them. */
function unwrap(code: string, marks: RegExp, show: (open: string, inner: string, close: string) => string): string {
  const parts: string[] = [];
  let end = 0;
  let opened: RegExpExecArray | null = null;
  for (const mark of code.matchAll(marks)) {
    const [whole, open, close = ''] = mark;
    if (open !== undefined) opened ??= mark;
    else if (opened !== null) {
      const inner = code.slice(opened.index + opened[0].length, mark.index);
      parts.push(code.slice(end, opened.index), show(opened[1] ?? '', inner, close));
      end = mark.index + whole.length;
      opened = null;
    }
  }
  return parts.join('') + code.slice(end);
}

/** Text that is to be shown as it is, whatever Markdown thinks of it. */
function literal(text: string, { source, pieces }: Work): string {
  const html = escapeText(text);
  if (source.kind === 'html') return html;
  pieces.push(html);
  return `${PIECE_OPEN}${pieces.length - 1}${PIECE_CLOSE}`;
}
