/**
 * A news article as plain text: a headline, perhaps a date line and a byline, paragraphs, and the address of the
 * original. Inline Markdown in it is rendered; tags are text. Repairs what typing and copying did to it: lines
 * wrapped at some width, and sentences cut by a blank line.
 */

import { cleanText, collapseSpace, escapeText } from '../../text/characters.ts';
import { LEAD_CHARACTERS_MAX, shorten } from '../html/summary.ts';
import { inlineText } from '../markdown/inline-text.ts';
import { renderInline } from '../markdown/markdown.ts';

export interface PlainText {
  /** Exactly the first line of text; '' when that is a paragraph rather than a headline. */
  readonly title: string;
  /** The date line as it stands there, and its line in the file. */
  readonly date: { readonly text: string; readonly line: number } | null;
  /** The name in a line `By Jane Doe` under the headline. */
  readonly byline: string | null;
  readonly originalUrl: string | null;
  /** HTML not yet sanitised: for `renderContent` as kind `html`. */
  readonly html: string;
  /** Plain text of the first paragraph that is neither caption nor aside; may be empty. */
  readonly lead: string;
  /** Line in the file of the first line of the content. */
  readonly firstLine: number;
}

const HEADLINE_CHARACTERS_MAX = 300;
/** A date line or byline stands among this many paragraphs after the headline, a caption among as many after those. */
const TOP_PARAGRAPHS_MAX = 3;
const TOP_LINE_CHARACTERS_MAX = 500;
/** Longer paragraphs are shown as they are: marks that pair up badly would cost too much there. */
const MARKED_UP_CHARACTERS_MAX = 20_000;
/** Paragraphs whose lines are all this short were broken on purpose: a poem, an address. */
const BROKEN_LINE_CHARACTERS_MAX = 40;

export function parsePlainText(text: string, firstLine: number): PlainText {
  const paragraphs = splitParagraphs(cleanText(text), firstLine);
  const title = takeHeadline(paragraphs);
  const date = takeTop(paragraphs, DATE_LINE);
  const byline = takeTop(paragraphs, BYLINE);
  const originalUrl = takeOriginalUrl(paragraphs);
  const blocks = joinCutSentences(paragraphs.map(readBlock));
  const lead = blocks.find((block) => block.kind === 'prose')?.text ?? '';
  return {
    title,
    date,
    byline: byline?.text ?? null,
    originalUrl,
    html: blocks.map(renderBlock).join('\n'),
    lead: shorten(inlineText(lead), LEAD_CHARACTERS_MAX),
    firstLine: paragraphs[0]?.line ?? firstLine,
  };
}

interface Paragraph {
  lines: readonly string[];
  /** Line of its first line in the file. */
  line: number;
}

function splitParagraphs(text: string, firstLine: number): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let lines: string[] = [];
  [...text.split('\n'), ''].forEach((line, index) => {
    if (line.trim() !== '') lines.push(line.trimEnd());
    else if (lines.length > 0) {
      paragraphs.push({ lines, line: firstLine + index - lines.length });
      lines = [];
    }
  });
  return paragraphs;
}

/** The first line of text, taken out with the line of `=` or `-` that may underline it. */
function takeHeadline(paragraphs: Paragraph[]): string {
  const first = paragraphs[0];
  const headline = first?.lines[0]?.trim() ?? '';
  if (first === undefined || headline.length > HEADLINE_CHARACTERS_MAX) return '';
  dropLines(paragraphs, 0, /^(?:={3,}|-{3,}|\*{3,})$/.test(first.lines[1] ?? '') ? 2 : 1);
  return headline.replace(/^#{1,6}\s+/, '');
}

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const WEEKDAY = '(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\\.?,?\\s+)?';
const CLOCK =
  '(?:(?:,|\\s+at|\\s*[|–—-])?[T\\s]+\\d{1,2}:\\d{2}(?::\\d{2})?(?:\\.\\d+)?\\s*(?:[ap]\\.?m\\.?)?\\s*(?:Z|[A-Z]{2,5}|(?:UTC|GMT)?\\s*[+-]\\d{1,2}(?::?\\d{2})?)?)?';
const DAY = [
  `${MONTH}\\s+\\d{1,2}(?:st|nd|rd|th)?,?\\s+\\d{4}`,
  `\\d{1,2}(?:st|nd|rd|th)?\\.?\\s+${MONTH},?\\s+\\d{4}`,
  '\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}',
  '\\d{4}\\s?[年년]\\s?\\d{1,2}\\s?[月월]\\s?\\d{1,2}\\s?[日일号號]',
].join('|');
/** A line that is a date and nothing else, with or without a label. */
const DATE_LINE = new RegExp(
  `^(?:(?:date|published|posted)(?:\\s+on)?\\s*:?\\s+)?(${WEEKDAY}(?:${DAY})${CLOCK})$`,
  'i',
);
/** `By Jane Doe`, `By Jane Doe and John Roe`: names begin with a capital, and no sentence ends there. */
const BYLINE =
  /^(?:[Bb]y|BY|Author:|Written by)\s+((?:\p{Lu}[\p{L}\p{M}.'’-]*|and|&|de|van|von|der|la|,)(?:\s+(?:\p{Lu}[\p{L}\p{M}.'’-]*|and|&|de|van|von|der|la)|,)*)$/u;

/** Takes out a line of its own near the top and gives what the pattern holds, with its line. */
function takeTop(paragraphs: Paragraph[], pattern: RegExp): { text: string; line: number } | null {
  for (const [index, { lines, line }] of paragraphs.slice(0, TOP_PARAGRAPHS_MAX).entries()) {
    const top = lines[0]?.trim() ?? '';
    const text = top.length > TOP_LINE_CHARACTERS_MAX ? undefined : pattern.exec(top)?.[1];
    if (text === undefined) continue;
    dropLines(paragraphs, index, 1);
    return { text, line };
  }
  return null;
}

const ORIGINAL_LABEL = /^(?:\*\*|__)?(?:original|source)\s+(?:url|link|address)\s*:\s*(?:\*\*|__)?\s*/i;

/** `Original url:` and the address behind it, on the next line, or in the next paragraph. */
function takeOriginalUrl(paragraphs: Paragraph[]): string | null {
  const index = paragraphs.findIndex(({ lines }) => ORIGINAL_LABEL.test(lines[0] ?? ''));
  const label = paragraphs[index];
  if (label === undefined) return null;
  const here = addressIn(label.lines.join(' ').replace(ORIGINAL_LABEL, ''));
  const next =
    here === null && label.lines.length === 1 ? addressIn(paragraphs[index + 1]?.lines.join(' ') ?? '') : null;
  if (here === null && next === null) return null;
  paragraphs.splice(index, here === null ? 2 : 1);
  return here ?? next;
}

/** The address that is all of the text: bare, in angle brackets, or a link. */
function addressIn(text: string): string | null {
  const [, angled, linked, bare] = /^(?:<([^<>\s]+)>|\[[^\]]*\]\(([^()\s]+)\)|(\S+))$/.exec(text.trim()) ?? [];
  const address = angled ?? linked ?? bare ?? '';
  return /^https?:\/\/./i.test(address) ? (URL.parse(address)?.href ?? null) : null;
}

function dropLines(paragraphs: Paragraph[], index: number, count: number): void {
  const paragraph = paragraphs[index];
  if (paragraph === undefined) return;
  paragraph.lines = paragraph.lines.slice(count);
  paragraph.line += count;
  if (paragraph.lines.length === 0) paragraphs.splice(index, 1);
}

type Block =
  | { readonly kind: 'prose'; readonly text: string }
  | { readonly kind: 'broken'; readonly text: string; readonly lines: readonly string[] }
  | { readonly kind: 'aside'; readonly text: string }
  | { readonly kind: 'caption'; readonly text: string; readonly credit: string }
  | { readonly kind: 'list'; readonly text: string; readonly ordered: boolean; readonly items: readonly string[] };

/** A caption ends in its credit, set bold: `**Name / AGENCY**`. */
const CREDIT = /(\*\*|__)([^*_]{1,200}\s\/\s[^*_]{1,200})\1\s*\.?$/;
const ASIDE =
  /^(?:related(?:\s+(?:article|story|stories|articles|news|reading))?|read (?:more|also|next)|see also|also read)\s*:\s*\S/i;
const BULLET = /^\s*[-*•‣–—]\s+(?=\S)/;
const NUMBER = /^\s*\d{1,3}[.)]\s+(?=\S)/;

function readBlock({ lines }: Paragraph, index: number): Block {
  const text = collapseSpace(lines.join(' '));
  const credit = index < TOP_PARAGRAPHS_MAX ? CREDIT.exec(text) : null;
  if (credit !== null) {
    return { kind: 'caption', text: text.slice(0, credit.index).trimEnd(), credit: credit[2] ?? '' };
  }
  if (ASIDE.test(text)) return { kind: 'aside', text };
  for (const marker of [BULLET, NUMBER]) {
    if (!marker.test(lines[0] ?? '') || (lines.length === 1 && marker === NUMBER)) continue;
    return { kind: 'list', text, ordered: marker === NUMBER, items: splitItems(lines, marker) };
  }
  const isBroken = lines.length > 1 && lines.every((line) => line.length <= BROKEN_LINE_CHARACTERS_MAX);
  return isBroken ? { kind: 'broken', text, lines } : { kind: 'prose', text };
}

/** One item per marker; a line without one goes on with the item before. */
function splitItems(lines: readonly string[], marker: RegExp): string[] {
  const items: string[] = [];
  for (const line of lines) {
    if (marker.test(line)) items.push(line.replace(marker, ''));
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  return items.map(collapseSpace);
}

/** A paragraph that stops without an end, followed by one that begins in lower case, is one cut in two. */
function joinCutSentences(blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  let cut: string[] = [];
  const join = () => {
    if (cut.length > 0) joined.push({ kind: 'prose', text: cut.join(' ') });
    cut = [];
  };
  for (const block of blocks) {
    const before = cut.at(-1);
    if (before !== undefined && !(block.kind === 'prose' && !ENDS.test(before) && GOES_ON.test(block.text))) join();
    if (block.kind === 'prose') cut.push(block.text);
    else joined.push(block);
  }
  join();
  return joined;
}

const ENDS = /[.!?…:;。！？]["'”’»)\]*_]*$/;
const GOES_ON = /^["'“‘«([*_]*\p{Ll}/u;

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'prose':
      return `<p>${inline(block.text)}</p>`;
    case 'broken':
      return `<p>${block.lines.map((line) => inline(line.trim())).join('<br>\n')}</p>`;
    case 'aside':
      return `<aside><p>${inline(block.text)}</p></aside>`;
    case 'caption':
      return `<figure><figcaption>${inline(`${block.text} `)}<cite>${escapeText(block.credit.trim())}</cite></figcaption></figure>`;
    case 'list': {
      const name = block.ordered ? 'ol' : 'ul';
      return `<${name}>${block.items.map((item) => `<li>${inline(item)}</li>`).join('')}</${name}>`;
    }
  }
}

/** Braces are written as references so that nobody takes them for template code. */
function inline(text: string): string {
  return (text.length > MARKED_UP_CHARACTERS_MAX ? escapeText(text) : renderInline(text)).replaceAll('{', '&#123;');
}
