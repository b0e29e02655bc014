/**
 * MDX, read and never evaluated: `import` and `export` go, components give way to what they enclose, expressions that
 * are plain values become those. JSX attributes in otherwise plain Markdown are tidied up the same way.
 */

import { createProblem, type Problem } from '../../problem.ts';
import { escapeAttribute, escapeText, lineBefore, TEASER_MARK } from './characters.ts';
import { type CodeRange, findCode } from './code.ts';
import { type ContentSource, lineAfter } from './context.ts';
import { vimeo, youtube } from './embed.ts';
import { endOfBraces, type JsxTag, parseJsxTag, plainValue } from './jsx.ts';
import { renderPhrase } from './markdown.ts';

export interface UnwrappedText {
  readonly text: string;
  /** Whether the text is MDX, by its name or by its imports. */
  readonly mdx: boolean;
  readonly problems: readonly Problem[];
}

export function unwrapComponents(text: string, source: ContentSource, key: string): UnwrappedText {
  const mayBeMdx = source.mdx === true || (text.includes('import') && IMPORT.test(text));
  if (source.kind === 'html' || (!mayBeMdx && !/<[^<>]*=\{/.test(text))) return { text, mdx: false, problems: [] };
  const code = findCode(text, mayBeMdx ? 'mdx' : 'markdown');
  const mdx = source.mdx === true || importsOutside(text, code);
  const work: Work = {
    text,
    mdx,
    imports: mdx ? new Map([...(source.imports ?? []), ...readImports(text, code)]) : new Map(),
    parts: [],
    leftOut: new Set(),
    endless: 0,
  };
  let at = 0;
  for (const range of [...code, { start: text.length, end: text.length }]) {
    while (at < range.start) at = step(work, at, range.start);
    work.parts.push(text.slice(at, range.end));
    at = Math.max(at, range.end);
  }
  const problems = [...work.leftOut].map((name) => componentLeftOut(name, source, key));
  return { text: work.parts.join(''), mdx, problems };
}

interface Work {
  readonly text: string;
  readonly mdx: boolean;
  /** Addresses of imported files, by the name that they are imported as. */
  readonly imports: ReadonlyMap<string, string>;
  readonly parts: string[];
  /** Components of which nothing is left. */
  readonly leftOut: Set<string>;
  /** How many tags and expressions had no end. */
  endless: number;
}

/** After so many without an end, what looks like tags and expressions is text. */
const ENDLESS_MAX = 100;

const IMPORT = /^import\s(?:[^\n'"]*\sfrom\s+)?['"][^'"\n]+['"];?[ \t]*$/m;
const IMPORTS = new RegExp(IMPORT, 'gm');

function importsOutside(text: string, code: readonly CodeRange[]): boolean {
  return [...text.matchAll(IMPORTS)].some(({ index }) => isOutside(index, code));
}

function isOutside(place: number, code: readonly CodeRange[]): boolean {
  return !code.some(({ start, end }) => start <= place && place < end);
}

/** `import photo from '../photo.jpg'`: photo → ./photo.jpg. */
function readImports(text: string, code: readonly CodeRange[]): Map<string, string> {
  const found = text.matchAll(/^import\s+(\w+)\s+from\s+['"](\.[^'"\n]+\.\w+)['"]/gm);
  const outside = [...found].filter(({ index }) => isOutside(index, code));
  return new Map(outside.map(([, name = '', path = '']) => [name, path]));
}

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

/** An `import` or `export` reaches to the next blank line outside its braces. */
function dropStatement({ text }: Work, at: number): number | null {
  if (
    !/^(?:import\s[^\n]*(?:['"]|\{)|export\s+(?:const|let|var|default|function|async|class|\*|\{))/.test(
      text.slice(at, at + 200),
    )
  )
    return null;
  let end = at;
  while (end < text.length) {
    const lineEnd = text.indexOf('\n', end);
    const brace = text.slice(end, lineEnd === -1 ? text.length : lineEnd).search(/[{]/);
    const closed = brace === -1 ? null : endOfBraces(text, end + brace);
    end = closed ?? (lineEnd === -1 ? text.length : lineEnd + 1);
    if (closed === null && /^[ \t]*(?:\n|$|import\s|export\s)/.test(text.slice(end, end + 200))) return end;
  }
  return end;
}

function unwrapTag(work: Work, at: number): number | null {
  const tag = parseJsxTag(work.text, at);
  if (tag === null) return null;
  const isComponent = tag.name === '' || /^[A-Z]|\./.test(tag.name);
  if (!work.mdx && !hasExpression(tag)) work.parts.push(work.text.slice(at, tag.end));
  else work.parts.push(isComponent ? renderComponent(work, tag) : renderElement(tag, work.imports));
  return work.mdx && PHRASE_HOLDERS.has(tag.name) && !tag.closes ? renderContents(work, tag) : tag.end;
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

/** Images and players become what they show; other components become what they enclose. */
function renderComponent({ imports, leftOut }: Work, tag: JsxTag): string {
  if (tag.closes) return '';
  const value = (name: string) => plainValue(tag.attributes[name], imports);
  const source = value('src') ?? value('img') ?? value('image');
  if (source !== null && /image|img|figure|picture|photo/i.test(tag.name)) {
    return `<img src="${escapeAttribute(source)}" alt="${escapeAttribute(value('alt') ?? value('caption') ?? '')}">`;
  }
  const video = value('id') ?? value('videoId') ?? value('youTubeId') ?? value('video');
  if (video !== null && /youtube|vimeo/i.test(tag.name)) return renderPlayer(tag, video, value('title'));
  if (tag.selfCloses) leftOut.add(tag.name);
  return '';
}

function renderPlayer(tag: JsxTag, id: string, title: string | null): string {
  const address = /vimeo/i.test(tag.name) ? vimeo(id) : youtube(id);
  return `<a href="${escapeAttribute(address)}">${escapeText(title ?? address)}</a>`;
}

/** `{' '}` is a blank, `{/* … *\/}` nothing, `{count}` not known here. In a formula braces are just braces. */
function unwrapExpression(work: Work, at: number): number | null {
  const { text, parts } = work;
  if (isTex(text, at)) return null;
  const end = endOfBraces(text, at);
  if (end === null) return null;
  const written = text.slice(at, end);
  if (/^\{\s*\/\*\s*truncate\s*\*\/\s*\}$/.test(written)) parts.push(TEASER_MARK);
  else parts.push(escapeText(plainValue(written, work.imports) ?? ''));
  return end;
}

/** Whether the brace here belongs to a formula or is escaped: `\\{`, `x_{i}`, `\\frac{a}{b}`. */
function isTex(text: string, at: number): boolean {
  const before = lineBefore(text, at) ?? '';
  return /(?:[\\_^$]|\\[A-Za-z]+)$/.test(before) || /\\[A-Za-z]+\{[^$]*\}$/.test(before);
}

function componentLeftOut(name: string, source: ContentSource, key: string): Problem {
  const at = source.text.indexOf(`<${name}`);
  return createProblem('template-left-out', {
    path: key,
    line: at === -1 ? null : lineAfter(source.text.slice(0, at), source),
    message: `The component <${name} /> can't be rendered in a feed, so it was left out.`,
    fix: 'Write what it shows as Markdown or HTML.',
  });
}
