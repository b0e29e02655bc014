/**
 * Template code in articles that come from other systems: what can be rendered here is, the rest is left out with a
 * warning, and none is shown raw, save in code, where the author shows it to the reader.
 */

import { TEASER_MARK } from '../../../text/characters.ts';
import { amountOf, proseIn } from '../../markdown/amount.ts';
import { renderMarkdown } from '../../markdown/markdown.ts';
import { put } from '../shape/body-text.ts';
import type { Dialect } from '../shape/dialect.ts';
import { renderEnclosure } from './template-blocks.ts';
import { closeBlock, findEnd, leaveOpenBlocks, openBlock, openUnknown, takeBody } from './template-ends.ts';
import { findEscaped, showCode, unwrapRawStrings } from './template-escapes.ts';
import { withoutLeftBlanks } from './template-lines.ts';
import { type Output, rememberVariable, renderOutput, showOutput } from './template-output.ts';
import { endOfRemark } from './template-remark.ts';
import { createFinder, parseTag, type TemplateTag } from './template-tag.ts';
import { isKnownTag, renderTag } from './template-tags.ts';
import { asBlock, emit, literal, tellLeftOut, type Work } from './template-work.ts';

export const template: Dialect = {
  name: 'template code',
  applies: (text) => /\{[{%#]|\{>>|\{\/\*|\{::|<!--|<%#|\[_?TOC_?\]|:::/i.test(text),
  expand: (body, context) => {
    unwrapRawStrings(body);
    const { text } = body;
    const work: Work = {
      body,
      text,
      context,
      code: body.code,
      codePassed: 0,
      candidate: 0,
      find: createFinder(text),
      hasTeaserMark: false,
      printed: 0,
      edits: [],
      leftOut: new Map(),
      variables: new Map(),
      unprinted: new Map(),
      endless: new Set(),
      openBlocks: [],
    };
    let at = 0;
    while (at < text.length) at = step(work, at);
    leaveOpenBlocks(work, 0);
    tellLeftOut(work);
    body.edit(body.kind === 'markdown' ? withoutLeftBlanks(text, work.edits) : work.edits);
  },
};

const CANDIDATE =
  /\{(?:[{%#]|::|>>|\/\*)|<!--|<%#|<[a-z][\w-]*\s(?:[^<>]{0,500}\s)?v-pre[\s=>]|^\[(?:TOC|\[_?TOC_?\])\][ \t]*$|^[ \t]*:{3,}[^\n]*$/gim;

/** Deals with the next code or template code and gives the place behind it. */
function step(work: Work, at: number): number {
  const { text } = work;
  // Far behind many pieces of code, it is looked for once.
  if (work.candidate <= at) {
    CANDIDATE.lastIndex = at;
    work.candidate = CANDIDATE.exec(text)?.index ?? text.length;
  }
  const next = work.candidate;
  while ((work.code[work.codePassed]?.end ?? Number.POSITIVE_INFINITY) <= at) work.codePassed += 1;
  const code = work.code[work.codePassed];
  if (code !== undefined && code.start <= next && code.end > at) {
    const from = Math.max(code.start, at);
    const written = text.slice(from, code.end);
    const shown = showCode(written);
    return shown === written ? code.end : put(work, from, code.end, shown);
  }
  return next === text.length ? next : expandAt(work, next);
}

function expandAt(work: Work, at: number): number {
  const { text } = work;
  if (text.startsWith('<!--', at)) return expandComment(work, at);
  if (text[at] === '[') {
    return put(work, at, text.indexOf(']', at + '[TOC]'.length - 1) + (text[at + 1] === '[' ? 2 : 1), '');
  }
  const remark = endOfRemark(text, at, work.find);
  if (remark !== null) return put(work, at, remark, '');
  if (PROTECTED.test(text.slice(at, at + TAG_CHARACTERS_MAX))) return copyElement(work, at);
  if (text[at] === '<') return at + 1;
  if (text[at] !== '{') return expandContainer(work, at);
  const isEscaped = /^\{\{[<%]\/\*/.test(text.slice(at, at + 5)) && work.find('*/', at) !== -1;
  const escaped = isEscaped ? findEscaped(text.slice(at)) : null;
  if (escaped !== null) return put(work, at, at + escaped.length, literal(showCode(escaped), work));
  const tag = parseTag(text, at, work.find);
  return tag === null ? at + 1 : expandTag(work, tag);
}

const MORE = /^<!--\s*(?:more|truncate|excerpt|teaser_end|pelican_end_summary)\b[^>]{0,200}?-->/i;

/** The first "more" mark ends the teaser; comments as such are left to the sanitiser. */
function expandComment(work: Work, at: number): number {
  const mark = MORE.exec(work.text.slice(at, at + 300))?.[0];
  if (mark === undefined) return at + '<!--'.length;
  const end = at + mark.length;
  const shown = work.hasTeaserMark ? '' : asBlock(TEASER_MARK, work, at, end);
  work.hasTeaserMark = true;
  return put(work, at, end, shown);
}

/** `:::tip Title` … `:::` (Docusaurus, VuePress, Pandoc): the box goes, its title and its contents stay. */
function expandContainer(work: Work, at: number): number {
  const end = work.text.indexOf('\n', at);
  const line = work.text.slice(at, end === -1 ? work.text.length : end);
  if (/^[ \t]*:{3,}[ \t]*v-pre[ \t]*$/.test(line)) return copyContainer(work, at, at + line.length);
  const [, attributes = '', label, rest = ''] = CONTAINER.exec(line) ?? [];
  // Zenn's “alert” is a colour.
  const said = rest.replace(/(?:\{[^{}]*\})?[ \t]*:*$|(?<=^[ \t]*)alert$/g, '').trim();
  const shown = label?.trim() || said || (/\stitle="([^"]*)"/.exec(attributes.replace('{', ' '))?.[1] ?? '');
  return put(work, at, at + line.length, shown === '' ? '' : `\n**${shown}**\n`);
}

/** Its kind, its attributes or label, and what else stands there. */
const CONTAINER = /^[ \t]*:{3,}[ \t]*[\w-]*(\{[^}]*\})?(?:\[([^\]]*)\])?([^\n]*)$/;

/** VuePress: what stands in it goes out as it is, up to the line that ends it. */
function copyContainer(work: Work, at: number, contents: number): number {
  const { text } = work;
  put(work, at, contents, '');
  const end = work.find('\n:::', contents);
  if (end === -1) return text.length;
  const lineEnd = text.indexOf('\n', end + 1);
  return put(work, end, lineEnd === -1 ? text.length : lineEnd, '');
}

/** `<span v-pre>{{ kept }}</span>`, likewise up to the end tag. */
function copyElement(work: Work, at: number): number {
  const [opener = '<', name = ''] = PROTECTED.exec(work.text.slice(at, at + TAG_CHARACTERS_MAX)) ?? [];
  const end = work.find(`</${name}>`, at);
  return end === -1 ? at + opener.length : end;
}

const TAG_CHARACTERS_MAX = 1_000;
const PROTECTED = /^<([a-z][\w-]*)\s(?:[^<>]*\s)?v-pre(?=[\s=>])[^<>]*>/i;

function expandTag(work: Work, tag: TemplateTag): number {
  if (tag.kind === 'output') {
    printValue(work, tag);
    return tag.end;
  }
  if (/^(?:raw|verbatim)$/.test(tag.name) && !tag.closes) return copyRaw(work, tag);
  if (tag.closes || (tag.kind === 'tag' && tag.name.startsWith('end'))) {
    return closeBlock(work, tag);
  }
  const enclosure = renderEnclosure(tag);
  if (enclosure !== null) {
    return openBlock(work, tag, enclosure);
  }
  if (!isKnownTag(tag)) openUnknown(work, tag);
  const body = takeBody(work, tag);
  if (body === null && tag.name === 'comment' && tag.rest.trim() === '') return leaveRest(work, tag);
  const variable = rememberVariable(tag, body?.text ?? null, work.variables);
  if (variable !== null && body !== null) {
    const what = `{% ${tag.name} ${variable.slice(0, NAME_CHARACTERS_MAX)} %}`;
    work.unprinted.set(variable, { what, line: work.body.lineAt(tag.start), prose: proseIn(body.text) });
  }
  emit(work, tag, renderTag(tag, body?.text ?? null, work.context), body?.end ?? tag.end, body?.text);
  return body?.end ?? tag.end;
}

/** What is written for no reader is not shown, though nobody knows where it was to end. */
function leaveRest(work: Work, { start, end }: TemplateTag): number {
  const { text, body } = work;
  const code = text.slice(start, end);
  const rest = amountOf(proseIn(text.slice(end)));
  const message = `A remark begins with “${code}” here and has no end, so the text from here on was left out${rest && `: ${rest}`}.`;
  const close = code.startsWith('{%') ? '{% endcomment %}' : code.replace('comment', '/comment');
  body.report('markup-left-out', body.lineAt(start), message, `Put “${close}” where the remark ends.`);
  return put(work, start, text.length, '');
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
  put(work, tag.start, tag.end, '');
  const body = findEnd(work, tag);
  return body === null ? tag.end : put(work, tag.end + body.text.length, body.end, '');
}
