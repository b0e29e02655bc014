/**
 * MDX, read and never evaluated: `import` and `export` go, components give way to what they enclose, expressions that
 * are plain values become those. JSX attributes in otherwise plain Markdown are tidied up the same way.
 */

import { escapeAttribute, lineBefore } from '../../../text/characters.ts';
import { renderPhrase } from '../../markdown/markdown.ts';
import { type JsxTag, parseJsxTag, plainValue } from '../../markdown/syntax/jsx.ts';
import { FLOW } from '../../markdown/syntax/mdx-blocks.ts';
import { put } from '../shape/body-text.ts';
import type { Dialect } from '../shape/dialect.ts';
import { renderComponent, tellComponents } from './mdx-components.ts';
import { tellExpressions, unwrapExpression } from './mdx-expressions.ts';
import { endOfStatement, importsComponents, readImports } from './mdx-statements.ts';
import { createWork, endsLine, type Work } from './mdx-work.ts';

const JSX_ATTRIBUTE = /<[^<>]*=\{/;

export const mdx: Dialect = {
  name: 'MDX',
  applies: (text, { kind, mdx }) => kind === 'markdown' && (mdx || /^import\s/m.test(text) || JSX_ATTRIBUTE.test(text)),
  expand: (body, { fields }) => {
    if (!body.mdx && importsComponents(body.text, () => body.codeOfMdx())) body.becomeMdx();
    if (!body.mdx && !JSX_ATTRIBUTE.test(body.text)) return;
    const { text, code } = body;
    const imports = body.mdx ? new Map([...body.imports, ...readImports(text, code)]) : new Map<string, string>();
    const work = createWork(body, imports, fields);
    let at = 0;
    for (const range of [...code, { start: text.length, end: text.length }]) {
      while (at < range.start) at = step(work, at, range.start);
      at = Math.max(at, range.end);
    }
    tellComponents(work);
    tellExpressions(work);
    body.edit(work.edits);
  },
};

/** After so many without an end, what looks like tags and expressions is text. */
const ENDLESS_MAX = 100;

const CANDIDATE = /<(?=[A-Za-z/>])|\{|^(?:import|export)\s/gm;
const TAG_CANDIDATE = /<(?=[A-Za-z])/g;

/** Deals with the next tag, expression or statement before `limit` and gives the place behind it. */
function step(work: Work, at: number, limit: number): number {
  const { text } = work;
  const candidate = work.mdx ? CANDIDATE : TAG_CANDIDATE;
  candidate.lastIndex = at;
  const next = candidate.exec(text)?.index ?? limit;
  if (next >= limit || work.endless >= ENDLESS_MAX) return limit;
  const end =
    text[next] === '<'
      ? unwrapTag(work, next)
      : text[next] === '{'
        ? unwrapExpression(work, next)
        : dropStatement(work, next);
  if (end !== null) return end;
  work.endless += 1;
  return next + 1;
}

/** More of them are text. */
const STATEMENTS_MAX = 1_000;

function dropStatement(work: Work, at: number): number | null {
  work.statements += 1;
  const end = work.statements > STATEMENTS_MAX ? null : endOfStatement(work.text, at);
  return end === null ? null : put(work, at, end, '');
}

function unwrapTag(work: Work, at: number): number | null {
  const tag = parseJsxTag(work.text, at);
  if (tag === null) return null;
  const isComponent = tag.name === '' || /^[A-Z]|\./.test(tag.name);
  if (!work.mdx && !hasExpression(tag)) return tag.end;
  const shown = isComponent ? renderComponent(work, tag, at) : renderElement(tag, work.imports);
  put(work, at, tag.end, apart(shown, work, at, tag));
  return work.mdx && PHRASE_HOLDERS.has(tag.name) && !tag.closes ? renderContents(work, tag) : tag.end;
}

/** What may stand in the place of a paragraph. */
const PARAGRAPH_LIKE = /^<(?:a|audio|iframe|img|video)\b/;

/** In MDX the lines after a tag that stands alone on its own are Markdown; in Markdown a blank line makes them so. */
function apart(html: string, { mdx, text }: Work, at: number, { name, closes, end }: JsxTag): string {
  if (!mdx || html === '' || !endsLine(text, end)) return html;
  if (lineBefore(text, at)?.trim() !== '') return closes && FLOW.test(name) ? `${html}\n` : html;
  if (FLOW.test(name)) return `\n${lineBefore(text, at)}${html}\n`;
  const isFirst = /(?:^|\n)[ \t]*\n[ \t]*$/.test(`\n${text.slice(Math.max(0, at - LINE_CHARACTERS_MAX), at)}`);
  return isFirst && PARAGRAPH_LIKE.test(html) ? `${html}\n` : html;
}

const LINE_CHARACTERS_MAX = 200;

/** Elements whose text on the same line is Markdown in MDX. */
const PHRASE_HOLDERS = new Set([
  'summary',
  'figcaption',
  'caption',
  'p',
  'td',
  'th',
  'dt',
  'dd',
  'li',
  'h1',
  'h2',
  'h3',
]);
const PHRASE_CHARACTERS_MAX = 2_000;

function renderContents(work: Work, { name, end }: JsxTag): number {
  const here = work.text.slice(end, end + PHRASE_CHARACTERS_MAX);
  const phrase = /^[^<>{\n]*(?=<\/)/.exec(here)?.[0];
  if (phrase === undefined || !/[*_`[]/.test(phrase) || !here.startsWith(`</${name}>`, phrase.length)) return end;
  return put(work, end, end + phrase.length, renderPhrase(phrase));
}

/** JSX braces, not Liquid's: `style={{ width: 3 }}`, but not `src={{ site.url }}`. */
function hasExpression({ attributes }: JsxTag): boolean {
  return Object.values(attributes).some((value) => value !== true && /^\{(?!\{\s*[\w.]+\s*(?:\||\}))/.test(value));
}

/** An HTML element keeps the attributes whose values are known. */
function renderElement({ name, closes, selfCloses, attributes }: JsxTag, imports: ReadonlyMap<string, string>): string {
  if (closes) return `</${name}>`;
  const kept = Object.entries(attributes).flatMap(([attribute, written]) => {
    if (written === true) return [` ${attribute}`];
    const value = plainValue(written, imports);
    return value === null
      ? []
      : [` ${attribute === 'className' ? 'class' : attribute}="${escapeAttribute(value.replaceAll('&quot;', '"'))}"`];
  });
  return `<${name}${kept.join('')}>${selfCloses && !VOID.has(name) ? `</${name}>` : ''}`;
}

const VOID = new Set(['area', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);
