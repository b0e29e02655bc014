/**
 * MDX, read and never evaluated: `import` and `export` go, components give way to what they enclose, expressions that
 * are plain values become those. JSX attributes in otherwise plain Markdown are tidied up the same way.
 */

import { type Fields, findField, NO_FIELDS } from '../../../model/fields.ts';
import { createProblem, type Problem } from '../../../model/problem.ts';
import { collapseSpace, escapeAttribute, escapeText, lineBefore, TEASER_MARK } from '../../../text/characters.ts';
import { type ContentContext, type ContentSource, createLineCounter, lineAfter } from '../../html/context.ts';
import { findVideo, vimeo, youtube } from '../../html/embed.ts';
import { amountOf, countWords, proseIn } from '../../markdown/amount.ts';
import { findCode } from '../../markdown/code.ts';
import { renderPhrase } from '../../markdown/markdown.ts';
import { endOfBraces, type JsxTag, parseJsxTag, plainValue } from './jsx.ts';
import { FLOW } from './mdx-blocks.ts';
import { endOfStatement, importsComponents, readImports } from './mdx-statements.ts';

export interface UnwrappedText {
  readonly text: string;
  /** Whether the text is MDX, by its name or by its imports. */
  readonly mdx: boolean;
  readonly problems: readonly Problem[];
}

export function unwrapComponents(
  text: string,
  source: ContentSource,
  { key, fields = NO_FIELDS }: Pick<ContentContext, 'key' | 'fields'>,
): UnwrappedText {
  if (source.kind === 'html') return { text, mdx: false, problems: [] };
  const mdx = source.mdx === true || importsComponents(text, () => findCode(text, 'mdx'));
  if (!mdx && !/<[^<>]*=\{/.test(text)) return { text, mdx: false, problems: [] };
  const code = findCode(text, mdx ? 'mdx' : 'markdown');
  const work: Work = {
    text,
    mdx,
    imports: mdx ? new Map([...(source.imports ?? []), ...readImports(text, code)]) : new Map(),
    parts: [],
    leftOut: new Map(),
    fields,
    unknown: new Map(),
    open: [],
    lastEnds: new Map(),
    endless: 0,
    statements: 0,
  };
  let at = 0;
  for (const range of [...code, { start: text.length, end: text.length }]) {
    while (at < range.start) at = step(work, at, range.start);
    work.parts.push(text.slice(at, range.end));
    at = Math.max(at, range.end);
  }
  const problems = findComponents([...work.leftOut.keys()], source).map(([name, line]) =>
    componentLeftOut(name, line, work.leftOut.get(name) ?? '', key),
  );
  for (const [shown, unknown] of work.unknown) problems.push(expressionLeftOut(shown, unknown, source, key));
  return { text: work.parts.join(''), mdx, problems };
}

interface Work {
  readonly text: string;
  readonly mdx: boolean;
  /** Addresses of imported files, by the name that they are imported as. */
  readonly imports: ReadonlyMap<string, string>;
  readonly parts: string[];
  /** Components of which nothing is left, and the sentences in their attributes. */
  readonly leftOut: Map<string, string>;
  /** What the article says of itself. */
  readonly fields: Fields;
  /** Expressions whose values nobody here knows, as they are shown to the author, and where the first of each stands. */
  readonly unknown: Map<string, Unknown>;
  /** Components whose end has not come yet, and what it becomes. */
  readonly open: { readonly name: string; readonly close: string }[];
  /** Where the last end of a component stands, by its name. */
  readonly lastEnds: Map<string, number>;
  /** How many tags and expressions had no end. */
  endless: number;
  statements: number;
}

/** After so many without an end, what looks like tags and expressions is text. */
const ENDLESS_MAX = 100;

const CANDIDATE = /<(?=[A-Za-z/>])|\{|^(?:import|export)\s/gm;
const TAG_CANDIDATE = /<(?=[A-Za-z])/g;

/** Deals with the next tag, expression or statement before `limit` and gives the place behind it. */
function step(work: Work, at: number, limit: number): number {
  const { text, parts } = work;
  const candidate = work.mdx ? CANDIDATE : TAG_CANDIDATE;
  candidate.lastIndex = at;
  const next = candidate.exec(text)?.index ?? limit;
  parts.push(text.slice(at, Math.min(next, limit)));
  if (next >= limit) return limit;
  if (work.endless >= ENDLESS_MAX) {
    parts.push(text.slice(next, limit));
    return limit;
  }
  const end =
    text[next] === '<'
      ? unwrapTag(work, next)
      : text[next] === '{'
        ? unwrapExpression(work, next)
        : dropStatement(work, next);
  if (end !== null) return end;
  work.endless += 1;
  parts.push(text[next] ?? '');
  return next + 1;
}

/** More of them are text. */
const STATEMENTS_MAX = 1_000;

function dropStatement(work: Work, at: number): number | null {
  work.statements += 1;
  return work.statements > STATEMENTS_MAX ? null : endOfStatement(work.text, at);
}

function unwrapTag(work: Work, at: number): number | null {
  const tag = parseJsxTag(work.text, at);
  if (tag === null) return null;
  const isComponent = tag.name === '' || /^[A-Z]|\./.test(tag.name);
  if (!work.mdx && !hasExpression(tag)) work.parts.push(work.text.slice(at, tag.end));
  else if (isComponent) work.parts.push(apart(renderComponent(work, tag, at), work, at, tag));
  else work.parts.push(apart(renderElement(tag, work.imports), work, at, tag));
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

function isAlone(text: string, start: number, end: number): boolean {
  return lineBefore(text, start)?.trim() === '' && endsLine(text, end);
}

function endsLine(text: string, end: number): boolean {
  return /^[ \t]*(?:\n|$)/.test(text.slice(end, end + LINE_CHARACTERS_MAX));
}

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

function renderContents({ text, parts }: Work, { name, end }: JsxTag): number {
  const here = text.slice(end, end + PHRASE_CHARACTERS_MAX);
  const phrase = /^[^<>{\n]*(?=<\/)/.exec(here)?.[0];
  if (phrase === undefined || !/[*_`[]/.test(phrase) || !here.startsWith(`</${name}>`, phrase.length)) return end;
  parts.push(renderPhrase(phrase));
  return end + phrase.length;
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

/** So many components are waited for at once. */
const OPEN_MAX = 100;

/** Images, players and links become what they show; other components become their title and what they enclose. */
function renderComponent(work: Work, tag: JsxTag, at: number): string {
  const { imports, leftOut } = work;
  if (tag.closes) return closeComponent(work, tag.name);
  const value = (name: string) => plainValue(tag.attributes[name], imports);
  const source = value('src') ?? value('img') ?? value('image');
  if (source !== null && /image|img|figure|picture|photo/i.test(tag.name)) {
    return `<img src="${escapeAttribute(source)}" alt="${escapeAttribute(value('alt') ?? value('caption') ?? '')}">`;
  }
  const video = value('id') ?? value('videoId') ?? value('youTubeId') ?? value('video');
  if (video !== null && /youtube|vimeo/i.test(tag.name)) return renderPlayer(tag, video, value('title'));
  const href = value('href') ?? value('to');
  const title = value('title') ?? value('label');
  if (tag.selfCloses) {
    if (href !== null) return [linked(href, title ?? href), escapeText(value('description') ?? '')].join(' ').trim();
    leftOut.set(tag.name, `${leftOut.get(tag.name) ?? ''} ${sentencesIn(tag, imports)}`.trim());
    return '';
  }
  const links = href !== null && title === null && endsLater(work, tag);
  if (work.open.length < OPEN_MAX) work.open.push({ name: tag.name, close: links ? '</a>' : '' });
  if (links) return `<a href="${escapeAttribute(href)}">`;
  return title === null ? '' : renderTitle(work, href === null ? escapeText(title) : linked(href, title), at, tag.end);
}

const SENTENCE_WORDS_MIN = 3;

/** What its attributes say in several words. */
function sentencesIn({ attributes }: JsxTag, imports: ReadonlyMap<string, string>): string {
  const values = Object.values(attributes).map((written) => plainValue(written, imports) ?? '');
  return values.filter((value) => /\s/.test(value) && countWords(value) >= SENTENCE_WORDS_MIN).join(' ');
}

function closeComponent({ open }: Work, name: string): string {
  const place = open.findLastIndex((component) => component.name === name);
  return place === -1 ? '' : (open.splice(place)[0]?.close ?? '');
}

function endsLater({ text, lastEnds }: Work, { name, end }: JsxTag): boolean {
  const last = lastEnds.get(name) ?? text.lastIndexOf(`</${name}>`);
  lastEnds.set(name, last);
  return last >= end;
}

/** A component that begins a line is a box, a tab or a card; one within a line has a title for the mouse. */
function renderTitle({ text }: Work, title: string, start: number, end: number): string {
  const indent = lineBefore(text, start);
  if (indent?.trim() !== '') return '';
  const shown = `<strong>${title}</strong>`;
  if (!isAlone(text, start, end)) return `${shown} `;
  // As far in as what it stands above, so that both are parts of one list item, or none is.
  const within = /^\s*?\n([ \t]*)\S/.exec(text.slice(end, end + LINE_CHARACTERS_MAX))?.[1] ?? indent;
  return `\n${within}${shown}\n`;
}

function linked(href: string, text: string): string {
  return `<a href="${escapeAttribute(href)}">${escapeText(text)}</a>`;
}

function renderPlayer(tag: JsxTag, id: string, title: string | null): string {
  const isAddress = /^(?:https?:)?\/\//.test(id);
  const address = isAddress ? (findVideo(id) ?? id) : /vimeo/i.test(tag.name) ? vimeo(id) : youtube(id);
  return linked(address, title ?? address);
}

/** `{' '}` is a blank, `{/* … *\/}` nothing, `{count}` not known here. In a formula braces are just braces. */
function unwrapExpression(work: Work, at: number): number | null {
  const { text, parts } = work;
  if (isTex(text, at)) return null;
  const end = endOfComment(text, at) ?? endOfBraces(text, at);
  if (end === null) return null;
  const written = text.slice(at, end);
  const value = plainValue(written, work.imports) ?? ownValue(written, work.fields);
  if (/^\{\s*\/\*\s*truncate\s*\*\/\s*\}$/.test(written)) parts.push(TEASER_MARK);
  else if (value !== null) parts.push(escapeText(value));
  else if (/[^\s{}]/.test(written.replace(COMMENTS, ''))) leaveOutExpression(work, written);
  return end;
}

/** A comment is private, however long it is. */
function endOfComment(text: string, at: number): number | null {
  const close = /^\{\s{0,50}\/\*/.test(text.slice(at, at + 60)) ? text.indexOf('*/', at) : -1;
  const [blanks] = close === -1 ? [] : (/^\*\/\s{0,50}\}/.exec(text.slice(close, close + 60)) ?? []);
  return blanks === undefined ? null : close + blanks.length;
}

const COMMENTS = /\/\*[\s\S]*?\*\//g;

/** `{frontMatter.title}` (Docusaurus), `{frontmatter.title}` (Astro), `{props.frontmatter.title}`, `{meta.title}`. */
function ownValue(written: string, fields: Fields): string | null {
  const name = /^\{\s*(?:props\.)?(?:front[mM]atter|meta|metadata)\.([A-Za-z]\w*)\s*\}$/.exec(written)?.[1];
  const value = name === undefined ? undefined : findField(fields, [name])?.value;
  return typeof value === 'string' ? value : null;
}

interface Unknown {
  readonly written: string;
  prose: string;
}

function leaveOutExpression({ unknown }: Work, written: string): void {
  const shown = collapseSpace(written.slice(0, SHOWN_CHARACTERS_MAX * 2)).slice(0, SHOWN_CHARACTERS_MAX);
  const known = unknown.get(shown);
  const prose = proseOfExpression(written);
  if (known !== undefined) known.prose += ` ${prose}`;
  else if (unknown.size < UNKNOWN_MAX) unknown.set(shown, { written: written.slice(0, SHOWN_CHARACTERS_MAX), prose });
}

/** So many are told of. */
const UNKNOWN_MAX = 100;

/** What readers would read of it: text between tags, and in quotes what has several words. */
function proseOfExpression(written: string): string {
  const program = written.replace(COMMENTS, '');
  const texts = [...program.matchAll(/>([^<>{}]+)(?=[<{])/g)].map(([, text]) => text);
  const quoted = [...program.matchAll(/(["'])((?:(?!\1)[^\\\n])*)\1/g)].map(([, , text = '']) => text);
  return proseIn([...texts, ...quoted.filter((text) => /\s/.test(text))].join(' '));
}

/** Whether the brace here belongs to a formula or is escaped: `\\{`, `x_{i}`, `\\frac{a}{b}`. */
function isTex(text: string, at: number): boolean {
  const before = lineBefore(text, at) ?? '';
  return /(?:[\\_^$]|\\[A-Za-z]+)$/.test(before) || /\\[A-Za-z]+\{[^$]*\}$/.test(before);
}

/** Each was left out behind those before it, so thousands are looked for in one reading. */
function findComponents(
  names: readonly string[],
  source: ContentSource,
): readonly (readonly [string, number | null])[] {
  const lineAt = createLineCounter(source.text, source);
  let last = 0;
  return names.map((name) => {
    const place = source.text.indexOf(`<${name}`, last);
    if (place === -1) return [name, null];
    last = place;
    return [name, lineAt(place)];
  });
}

function componentLeftOut(name: string, line: number | null, prose: string, key: string): Problem {
  const amount = amountOf(proseIn(prose));
  return createProblem('template-left-out', {
    path: key,
    line,
    message: `The component <${name} /> can't be rendered in a feed, so it was left out${amount && `, with ${amount}`}.`,
    fix: 'Write what it shows as Markdown or HTML.',
  });
}

function expressionLeftOut(shown: string, { written, prose }: Unknown, source: ContentSource, key: string): Problem {
  const place = source.text.indexOf(written);
  const amount = amountOf(prose);
  return createProblem('template-left-out', {
    path: key,
    line: place === -1 ? null : lineAfter(source.text.slice(0, place), source),
    message: `The value of ${shown} is not known in a feed, so it was left out${amount && `, with ${amount}`}.`,
    fix: 'Write what it shows as text.',
  });
}

const SHOWN_CHARACTERS_MAX = 60;
