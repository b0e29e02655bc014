/**
 * Template code in articles that come from other systems: what can be rendered here is, the rest is left out with a
 * warning, and none is shown raw, save in code, where the author shows it to the reader.
 */

import type { Problem } from '../../../model/problem.ts';
import { escapeAttribute, lineBefore, PIECE_CLOSE, PIECE_OPEN, TEASER_MARK } from '../../../text/characters.ts';
import { type ContentContext, type ContentSource, createLineCounter } from '../../html/context.ts';
import { proseIn } from '../../markdown/amount.ts';
import { readAttributeList } from '../../markdown/attribute-list.ts';
import { findCode } from '../../markdown/code.ts';
import { renderMarkdown } from '../../markdown/markdown.ts';
import { renderEnclosure } from './template-blocks.ts';
import { closeBlock, findEnd, leaveOpenBlocks, openBlock, openUnknown, takeBody } from './template-ends.ts';
import { findEscaped, showCode, unwrapRawStrings } from './template-escapes.ts';
import { type Output, rememberVariable, renderOutput, showOutput } from './template-output.ts';
import { endOfRemark } from './template-remark.ts';
import { createFinder, parseTag, type TemplateTag } from './template-tag.ts';
import { isKnownTag, renderTag } from './template-tags.ts';
import { asBlock, emit, literal, tellLeftOut, type Work } from './template-work.ts';

export interface ExpandedText {
  /** With the mark for the teaser's end, and numbered places where pieces go once Markdown is done. */
  readonly text: string;
  /** Pieces of HTML, not yet sanitised. */
  readonly pieces: readonly string[];
  readonly problems: readonly Problem[];
}

export function expandTemplateCode(written: string, source: ContentSource, context: ContentContext): ExpandedText {
  const text = unwrapRawStrings(written);
  if (!/\{[{%:#.]|<!--|<%#|\[_?TOC_?\]|:::/i.test(text)) return { text, pieces: [], problems: [] };
  const work: Work = {
    text,
    source,
    context,
    code: findCode(text, source.kind),
    codePassed: 0,
    find: createFinder(text),
    hasTeaserMark: false,
    printed: 0,
    parts: [],
    pieces: [],
    leftOut: new Map(),
    lineAt: createLineCounter(text, source),
    variables: new Map(),
    unprinted: new Map(),
    endless: new Set(),
    openBlocks: [],
  };
  let at = 0;
  while (at < text.length) at = step(work, at);
  leaveOpenBlocks(work, 0);
  return { text: work.parts.join(''), pieces: work.pieces, problems: tellLeftOut(work) };
}

const CANDIDATE =
  /\{[{%:#.]|<!--|<%#|<[a-z][\w-]*\s(?:[^<>]{0,500}\s)?v-pre[\s=>]|^\[(?:TOC|\[_?TOC_?\])\][ \t]*$|^[ \t]*:{3,}[^\n]*$/gim;

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
  if (text[at] === '[') return text.indexOf(']', at + '[TOC]'.length - 1) + (text[at + 1] === '[' ? 2 : 1);
  const remark = endOfRemark(text, at, work.find);
  if (remark !== null) return remark;
  if (PROTECTED.test(text.slice(at, at + TAG_CHARACTERS_MAX))) return copyElement(work, at);
  if (text[at] === '<') {
    work.parts.push('<');
    return at + 1;
  }
  if (text[at] !== '{') return expandContainer(work, at);
  if (/^\{[:#.]/.test(text.slice(at, at + 2))) return dropAttributes(work, at);
  const isEscaped = /^\{\{[<%]\/\*/.test(text.slice(at, at + 5)) && work.find('*/', at) !== -1;
  const escaped = isEscaped ? findEscaped(text.slice(at)) : null;
  if (escaped !== null) {
    work.parts.push(literal(showCode(escaped), work));
    return at + escaped.length;
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
  if (/^[ \t]*:{3,}[ \t]*v-pre[ \t]*$/.test(line)) return copyContainer(work, at + line.length);
  const [, attributes = '', label, rest = ''] = CONTAINER.exec(line) ?? [];
  const said = rest.replace(/(?:\{[^{}]*\})?[ \t]*:*$/, '').trim();
  const shown = label?.trim() || said || (/\stitle="([^"]*)"/.exec(attributes.replace('{', ' '))?.[1] ?? '');
  work.parts.push(shown === '' ? '' : `\n**${shown}**\n`);
  return at + line.length;
}

/** Its kind, its attributes or label, and what else stands there. */
const CONTAINER = /^[ \t]*:{3,}[ \t]*[\w-]*(\{[^}]*\})?(?:\[([^\]]*)\])?([^\n]*)$/;

/** VuePress: what stands in it goes out as it is, up to the line that ends it. */
function copyContainer(work: Work, from: number): number {
  const { text } = work;
  const end = work.find('\n:::', from);
  work.parts.push(text.slice(from, end === -1 ? text.length : end));
  if (end === -1) return text.length;
  const lineEnd = text.indexOf('\n', end + 1);
  return lineEnd === -1 ? text.length : lineEnd;
}

/** `<span v-pre>{{ kept }}</span>`, likewise up to the end tag. */
function copyElement(work: Work, at: number): number {
  const [opener = '<', name = ''] = PROTECTED.exec(work.text.slice(at, at + TAG_CHARACTERS_MAX)) ?? [];
  const end = work.find(`</${name}>`, at);
  const shown = work.text.slice(at, end === -1 ? at + opener.length : end);
  work.parts.push(shown);
  return at + shown.length;
}

const TAG_CHARACTERS_MAX = 1_000;
const PROTECTED = /^<([a-z][\w-]*)\s(?:[^<>]*\s)?v-pre(?=[\s=>])[^<>]*>/i;

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
  if (tag.kind === 'output') {
    printValue(work, tag);
    return tag.end;
  }
  if (/^(?:raw|verbatim)$/.test(tag.name) && !tag.closes) return copyRaw(work, tag);
  if (tag.closes || (tag.kind === 'tag' && tag.name.startsWith('end'))) {
    closeBlock(work, tag);
    return tag.end;
  }
  const enclosure = renderEnclosure(tag);
  if (enclosure !== null) {
    openBlock(work, tag, enclosure);
    return tag.end;
  }
  if (!isKnownTag(tag)) openUnknown(work, tag);
  const body = takeBody(work, tag);
  const variable = rememberVariable(tag, body?.text ?? null, work.variables);
  if (variable !== null && body !== null) {
    const what = `{% ${tag.name} ${variable.slice(0, NAME_CHARACTERS_MAX)} %}`;
    work.unprinted.set(variable, { what, line: work.lineAt(tag.start), prose: proseIn(body.text) });
  }
  emit(work, tag, renderTag(tag, body?.text ?? null, work.context), body?.end ?? tag.end, body?.text);
  return body?.end ?? tag.end;
}

const NAME_CHARACTERS_MAX = 60;

/** All values of an article together: a text that is long and printed often would become one without end. */
const PRINTED_CHARACTERS_MAX = 200_000;

function printValue(work: Work, tag: TemplateTag): void {
  const tooMuch = { leftOut: showOutput(tag.name) };
  const value = work.printed > PRINTED_CHARACTERS_MAX ? tooMuch : renderOutput(tag.name, work.variables, work.context);
  work.printed += lengthOf(value);
  if (!('leftOut' in value)) for (const name of tag.name.split(/[^\w.-]+/)) work.unprinted.delete(name);
  if (work.printed > PRINTED_CHARACTERS_MAX) emit(work, tag, tooMuch, tag.end);
  else emit(work, tag, 'markdown' in value ? { html: renderMarkdown(value.markdown, { docId: '' }) } : value, tag.end);
}

function lengthOf(value: Output): number {
  if ('markdown' in value) return value.markdown.length;
  return 'text' in value ? value.text.length : 'html' in value ? value.html.length : 0;
}

/** What stands between `{% raw %}` and `{% endraw %}` goes out as it is. */
function copyRaw(work: Work, tag: TemplateTag): number {
  const body = findEnd(work, tag);
  if (body === null) return tag.end;
  work.parts.push(body.text);
  return body.end;
}
