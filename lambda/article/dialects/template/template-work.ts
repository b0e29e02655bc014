/** Template code at work: what has become of the text so far, and how what a piece of code becomes gets into it. */

import { createProblem, type Problem } from '../../../model/problem.ts';
import { escapeAttribute, escapeText, lineBefore, PIECE_CLOSE, PIECE_OPEN } from '../../../text/characters.ts';
import type { ContentContext, ContentSource } from '../../html/context.ts';
import { resolveAddress } from '../../html/reference.ts';
import { amountOf, countWords, proseIn } from '../../markdown/amount.ts';
import type { CodeRange } from '../../markdown/code.ts';
import type { Enclosure } from './template-blocks.ts';
import type { Finder, TemplateTag } from './template-tag.ts';
import type { Rendering } from './template-tags.ts';

export interface Work {
  readonly text: string;
  readonly source: ContentSource;
  readonly context: ContentContext;
  readonly code: readonly CodeRange[];
  /** How much of the code has been passed. */
  codePassed: number;
  hasTeaserMark: boolean;
  /** How many characters values have become. */
  printed: number;
  readonly find: Finder;
  readonly parts: string[];
  readonly pieces: string[];
  /** By what was left out, so that each is reported once, with all the text that went with it. */
  readonly leftOut: Map<string, LeftOutCode>;
  /** Line in the file of a place in the text. */
  readonly lineAt: (place: number) => number;
  /** Values given by `{% assign %}`. */
  readonly variables: Map<string, string>;
  /** Texts that were given a name, and are not printed so far, by that name. */
  readonly unprinted: Map<string, LeftOutCode & { readonly what: string }>;
  /** Names of blocks that are known to have no end from here on. */
  readonly endless: Set<string>;
  /** Blocks whose end has not come yet, Zola's among them, which all end alike; the innermost last. */
  readonly openBlocks: OpenBlock[];
}

export interface OpenBlock {
  readonly name: string;
  /** What it is, and the piece that opens it; null where it is nothing that is known here. */
  readonly enclosure: Enclosure | null;
  readonly piece: number;
}

export interface LeftOutCode {
  readonly line: number;
  prose: string;
}

/** `body` is the text that the code encloses, where all of it becomes the rendering. */
export function emit(
  work: Work,
  tag: TemplateTag,
  rendering: Rendering,
  end: number,
  body: string | null = null,
): void {
  const isNamed = /^(?:rel)?ref$/i.test(tag.name) && 'text' in rendering && !isInAddress(work.text, tag.start);
  if ('text' in rendering) work.parts.push(isNamed ? spellOut(rendering.text, work) : rendering.text);
  if ('html' in rendering) {
    const place = `${PIECE_OPEN}${work.pieces.length}${PIECE_CLOSE}`;
    work.pieces.push(rendering.html);
    const parts = /^<(?:\/?(?:blockquote|details)|strong)>/.test(rendering.html);
    const shown = asBlock(place, work, tag.start, end);
    work.parts.push(parts && shown === place ? apart(place, work, tag.start) : shown);
  }
  if (!('text' in rendering || 'html' in rendering) && isInAddress(work.text, tag.start)) work.parts.push(DEAD_ADDRESS);
  if (rendering.leftOut === undefined) return;
  const isShown = 'text' in rendering || 'html' in rendering;
  leaveOut(work, rendering.leftOut, tag, isShown ? '' : [body ?? '', ...textsIn(tag.rest)].join(' '));
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
export function asBlock(mark: string, { text, source }: Work, start: number, end: number): string {
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

/** Arguments that are sentences: three words or more. */
function textsIn(args: string): readonly string[] {
  const quoted = args.matchAll(/"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|`([^`]*)`/gs);
  const texts = [...quoted].map(([, double, single, back]) => double ?? single ?? back ?? '');
  return texts.filter((text) => countWords(text) >= 3 && /\s/.test(text) && !/^(?:\/|\.|https?:)/.test(text));
}

function leaveOut({ leftOut, lineAt }: Work, what: string, tag: TemplateTag, prose: string): void {
  const known = leftOut.get(what);
  if (known === undefined) leftOut.set(what, { line: lineAt(tag.start), prose });
  else known.prose += ` ${prose}`;
}

/** What was left out, one problem for each kind of code. */
export function tellLeftOut({ context, leftOut, unprinted }: Work): readonly Problem[] {
  const named = [...unprinted.values()].filter(({ prose }) => countWords(prose) > 0);
  const codes = [...leftOut, ...named.map((code) => [code.what, code] as const)];
  return codes.map(([what, { line, prose }]) => {
    const amount = amountOf(proseIn(prose));
    return createProblem('template-left-out', {
      path: context.key,
      line,
      message: `The template code ${what} can't be rendered in a feed, so it was left out${amount && `, with ${amount}`}.`,
      fix: 'Write what it shows as Markdown or HTML.',
    });
  });
}

/** Text that is to be shown as it is, whatever Markdown thinks of it. */
export function literal(text: string, { source, pieces }: Work): string {
  const html = escapeText(text);
  if (source.kind === 'html') return html;
  pieces.push(html);
  return `${PIECE_OPEN}${pieces.length - 1}${PIECE_CLOSE}`;
}
