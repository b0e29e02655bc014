/**
 * Bounds markup that would swallow more than its author can have meant. HTML's parser reads `<title>` up to an end that
 * may never come, and an attribute up to the next quotation mark, wherever that is. Here, where nothing ends it,
 *
 * - an element named in prose (`the <title> element`), or a tag that HTML doesn't know (`List<String>`), is text;
 * - a script or style sheet ends with its paragraph, and of any other element whose text is not shown only the tag goes;
 * - an attribute ends with its tag;
 * - a comment hides the rest: it may be private. The problem says how much that is. One with an end goes to that.
 *
 * Line breaks stay, so that lines keep their numbers.
 */

import type { CodeRange } from './code.ts';
import { createPatternFinder, type Finder } from './pattern-finder.ts';
import { createTagReader, type TagReader, type WrittenTag } from './written-tag.ts';

export interface BoundedMarkup {
  readonly text: string;
  readonly lost: readonly LostMarkup[];
}

/** What is left out because it has no end. */
export interface LostMarkup {
  readonly kind: 'comment' | 'cdata' | 'script' | 'style';
  readonly content: string;
}

/** HTML, before a parser is given it. */
export function boundHtml(html: string): BoundedMarkup {
  return /<[a-z!?/]/i.test(html) ? bound(html, html, false) : { text: html, lost: [] };
}

/** Markdown, before its blocks are told apart: one that begins with such an element would reach to its end tag. */
export function boundMarkdown(text: string, findCode: () => readonly CodeRange[]): BoundedMarkup {
  return KEEPS_BLOCK.test(text) ? bound(text, blankCode(text, findCode()), true) : { text, lost: [] };
}

/** The parser takes what these hold for text. */
const RAW = new Set('iframe noembed noframes plaintext script style textarea title xmp'.split(' '));
/** What these hold is shown by nobody here. */
const SILENT = new Set('button canvas datalist optgroup option select svg template'.split(' '));
const KEEPS_BLOCK =
  /<(?:[?!]|(?:button|canvas|datalist|iframe|noembed|noframes|optgroup|option|plaintext|pre|script|select|style|svg|template|textarea|title|xmp)(?=[\s/>]))/i;
/** Elements without an end, and those whose end may be left out. */
const OPEN_ENDED = new Set(
  'area base basefont bgsound body br caption col colgroup dd dt embed frame head hr html image img input keygen li link meta p param rb rp rt rtc source tbody td tfoot th thead tr track wbr'.split(
    ' ',
  ),
);
/** The end of these may be far away, or missing. */
const PAGE_PARTS = new Set(['body', 'head', 'html']);
const HTML_NAMES = new Set(
  'a abbr acronym address applet article aside audio b bdi bdo big blink blockquote center cite code data del details dfn dialog dir div dl em fieldset figcaption figure font footer form frameset h1 h2 h3 h4 h5 h6 header hgroup i ins kbd label legend main map mark marquee math menu meter nav nobr noscript object ol output picture pre progress q ruby s samp search section slot small span strike strong sub summary sup table time tt u ul var video'.split(
    ' ',
  ),
);

interface MarkupScan {
  /** What is looked at: in Markdown without the code. */
  readonly text: string;
  readonly isMarkdown: boolean;
  readonly lost: LostMarkup[];
  readonly readTag: TagReader;
  /** Where the last end tag of an element stands, by its name. */
  readonly lastEnds: ReadonlyMap<string, number>;
  readonly find: Readonly<Record<'commentEnd' | 'cdataEnd' | 'instructionEnd' | 'bracket' | 'paragraphEnd', Finder>>;
  /** End tags, by the name of the element. */
  readonly findEnd: Map<string, Finder>;
}

const PARAGRAPH_END =
  /\n[ \t]*(?:\n|$)|<\/?(?:article|blockquote|body|div|h[1-6]|head|hr|html|main|ol|p|pre|section|table|ul)\b/gi;
const BLANK_LINE = /\n[ \t]*(?:\n|$)/g;
const START = /<(?:(!--)|[!?]|\/(?![a-z])|([a-z][^\s/>]*))/gi;

function bound(source: string, text: string, isMarkdown: boolean): BoundedMarkup {
  const work: MarkupScan = {
    text,
    isMarkdown,
    lost: [],
    readTag: createTagReader(text),
    lastEnds: findLastEnds(text),
    find: {
      commentEnd: createPatternFinder(text, /--!?>/g),
      cdataEnd: createPatternFinder(text, /\]\]>/g),
      instructionEnd: createPatternFinder(text, /\?>/g),
      bracket: createPatternFinder(text, />/g),
      paragraphEnd: createPatternFinder(text, isMarkdown ? BLANK_LINE : PARAGRAPH_END),
    },
    findEnd: new Map(),
  };
  const parts: string[] = [];
  const start = new RegExp(START);
  let at = 0;
  for (let found = start.exec(text); found !== null; found = start.exec(text)) {
    const { 0: opener, 1: comment, 2: name, index } = found;
    const passed = comment ? passComment(work, index) : name ? passElement(work, index, name) : passOther(work, index);
    const end = passed.end ?? index + opener.length;
    if (passed.shown !== undefined) {
      parts.push(source.slice(at, index), passed.shown);
      at = end;
    }
    start.lastIndex = end;
  }
  return { text: parts.length === 0 ? source : parts.join('') + source.slice(at), lost: work.lost };
}

/** `end` is the place behind the text that was read, if more than the opener was. `shown` replaces that text, if it changes. */
interface Passed {
  readonly end?: number;
  readonly shown?: string;
}

function asText(start: number): Passed {
  return { end: start + 1, shown: '&lt;' };
}

/** Left out with its content; only line breaks stay. */
function leaveOut({ text }: MarkupScan, start: number, end: number): Passed {
  return { end, shown: text.slice(start, end).replace(/[^\n]+/g, '') };
}

function passComment(work: MarkupScan, start: number): Passed {
  const { text, find, isMarkdown } = work;
  // HTML 13.2.5.44: two forms have nothing in them.
  const empty = /^<!---?>/.exec(text.slice(start, start + '<!--->'.length))?.[0];
  if (empty !== undefined) return { end: start + empty.length };
  const end = find.commentEnd(start + '<!--'.length)?.end;
  // A blank line would end a block of HTML around the comment, and then nothing ends that.
  if (end !== undefined)
    return isMarkdown ? { end, shown: text.slice(start, end).replace(/\n[ \t]*(?=\n)/g, '\n.') } : { end };
  // In the middle of a line Markdown shows the mark; at its start the rendered text is dealt with.
  if (isMarkdown) return {};
  work.lost.push({ kind: 'comment', content: text.slice(start + '<!--'.length) });
  return leaveOut(work, start, text.length);
}

/** Declarations, what is meant for other programs, and end tags of nothing. */
function passOther(work: MarkupScan, start: number): Passed {
  const { text, find, isMarkdown, lost } = work;
  if (text.startsWith('<![CDATA[', start)) {
    const end = find.cdataEnd(start)?.end;
    if (end === undefined) return asText(start);
    if (!isMarkdown) lost.push({ kind: 'cdata', content: text.slice(start + '<![CDATA['.length, end - ']]>'.length) });
    return isMarkdown ? { end } : leaveOut(work, start, end);
  }
  const isMeant = /^<(?:\?(?:[a-z=]|$)|![a-z[])/i.test(text.slice(start, start + 3));
  if (!isMeant) return text.startsWith('</>', start) ? {} : asText(start);
  const instructionEnd = text[start + 1] === '?' ? find.instructionEnd(start)?.end : undefined;
  if (instructionEnd !== undefined) return isMarkdown ? { end: instructionEnd } : leaveOut(work, start, instructionEnd);
  const end = find.bracket(start)?.end;
  return end === undefined || endOfParagraph(work, start) < end ? asText(start) : { end };
}

function passElement(work: MarkupScan, start: number, written: string): Passed {
  const { lastEnds, isMarkdown } = work;
  const tag = work.readTag(start, written);
  if (tag === null) return isMarkdown ? {} : asText(start);
  const kept: Passed = isMarkdown ? { end: tag.end } : { end: tag.end, shown: tag.written };
  if (tag.selfCloses) return kept;
  if (RAW.has(tag.name)) return passRaw(work, tag);
  if (isMarkdown && !SILENT.has(tag.name) && tag.name !== 'pre') return kept;
  const isEnded = (lastEnds.get(tag.name) ?? -1) >= tag.end;
  if (isEnded && !PAGE_PARTS.has(tag.name)) return kept;
  if (SILENT.has(tag.name)) return isNamed(work, tag) ? asText(start) : leaveOut(work, start, tag.end);
  if (tag.name === 'pre' && isMarkdown) return isNamed(work, tag) ? asText(start) : closeWithParagraph(work, tag);
  return isSaid(work, tag) ? asText(start) : kept;
}

/** An element that HTML knows has to be named as in a sentence; one that it doesn't know can be nothing else. */
function isSaid(work: MarkupScan, tag: WrittenTag): boolean {
  if (PAGE_PARTS.has(tag.name)) return isNamed(work, tag, 'behind words');
  if (tag.hasValues || OPEN_ENDED.has(tag.name)) return false;
  return HTML_NAMES.has(tag.name) ? isNamed(work, tag) : !/[-:@]/.test(tag.name);
}

function passRaw(work: MarkupScan, tag: WrittenTag): Passed {
  const { text, isMarkdown, find } = work;
  const { name, start } = tag;
  const end = endTagOf(work, tag);
  if (end !== undefined) {
    // Named in one paragraph, and its end in another.
    if (isMarkdown && endOfParagraph(work, tag.end) < end && isNamed(work, tag)) return asText(start);
    return isMarkdown ? { end } : { end, shown: tag.written + text.slice(tag.end, end) };
  }
  if (name === 'plaintext' || isNamed(work, tag)) return asText(start);
  if (name === 'iframe') return { end: tag.end, shown: `${tag.written}</iframe>` };
  if (name !== 'script' && name !== 'style') return leaveOut(work, start, tag.end);
  const paragraphEnd = find.paragraphEnd(tag.end)?.start ?? text.length;
  work.lost.push({ kind: name, content: text.slice(tag.end, paragraphEnd) });
  return leaveOut(work, start, paragraphEnd);
}

/** Where the end tag begins. */
function endTagOf({ text, findEnd }: MarkupScan, { name, end }: WrittenTag): number | undefined {
  const known = findEnd.get(name);
  const finder = known ?? createPatternFinder(text, new RegExp(`</${name}(?=[\\s/>])`, 'gi'));
  if (known === undefined) findEnd.set(name, finder);
  return finder(end)?.start;
}

function closeWithParagraph(work: MarkupScan, tag: WrittenTag): Passed {
  const end = endOfParagraph(work, tag.end);
  return { end, shown: `${work.text.slice(tag.start, end)}</pre>` };
}

function endOfParagraph({ text, find }: MarkupScan, from: number): number {
  return find.paragraphEnd(from)?.start ?? text.length;
}

const LINE_CHARACTERS_MAX = 60;

/** `the <title> element`: bare, with words before or behind it on its line, and a blank or a mark between it and those. */
function isNamed(
  { text }: MarkupScan,
  { name, start, end, hasValues }: WrittenTag,
  where: 'anywhere' | 'behind words' = 'anywhere',
): boolean {
  if (hasValues) return false;
  const [after = ''] = text.slice(end, end + LINE_CHARACTERS_MAX).split('\n', 1);
  if (!/^(?:$|\s|[.,;:!?)”"'’]|<\/)/.test(after)) return false;
  const before = text.slice(Math.max(0, start - LINE_CHARACTERS_MAX), start);
  if (/[\p{L}\p{N}\p{M},;:([“"'’/]\s?$/u.test(before)) return true;
  if (where === 'behind words') return false;
  const isProgram = (name === 'script' || name === 'style') && /[{};=]/.test(after);
  return /^(?:\s|[,;:)”"'’])\s*\p{L}/u.test(after) && !isProgram;
}

function findLastEnds(text: string): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const { 1: name = '', index } of text.matchAll(/<\/([a-z][^\s/>]*)/gi)) last.set(name.toLowerCase(), index);
  return last;
}

/** Blanks in the place of code: what it shows is no markup. */
function blankCode(text: string, code: readonly CodeRange[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of code) {
    parts.push(text.slice(at, start), text.slice(start, end).replace(/[^\n]/g, ' '));
    at = end;
  }
  return parts.join('') + text.slice(at);
}
