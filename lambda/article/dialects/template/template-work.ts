/** Template code at work: what has become of the text so far, and how what a piece of code becomes gets into it. */

import { escapeAttribute, escapeText, lineBefore } from '../../../text/characters.ts';
import type { ContentContext } from '../../html/context.ts';
import { findFileLink } from '../../html/file-link.ts';
import { resolveAddress } from '../../html/reference.ts';
import { amountOf, countWords, proseIn } from '../../markdown/amount.ts';
import type { CodeRange } from '../../markdown/code.ts';
import { type BodyText, type Edit, put } from '../shape/body-text.ts';
import type { Enclosure } from './template-blocks.ts';
import type { Finder, TemplateTag } from './template-tag.ts';
import type { Rendering } from './template-tags.ts';

export interface Work {
  readonly body: BodyText;
  /** As it was before any of this. */
  readonly text: string;
  readonly context: ContentContext;
  readonly code: readonly CodeRange[];
  /** How much of the code has been passed. */
  codePassed: number;
  /** Where the next template code is, as far as it was looked for. */
  candidate: number;
  hasTeaserMark: boolean;
  /** How many characters values have become. */
  printed: number;
  readonly find: Finder;
  readonly edits: Edit[];
  /** By what was left out, so that each is reported once, with all the text that went with it. */
  readonly leftOut: Map<string, LeftOutCode>;
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

/**
 * Puts what the code becomes in its place, and gives `end`. `enclosed` is the text in it, where all of that becomes the
 * rendering too.
 */
export function emit(work: Work, tag: TemplateTag, rendering: Rendering, end: number, enclosed = ''): number {
  put(work, tag.start, end, show(work, tag, rendering, end));
  if (rendering.leftOut === undefined) return end;
  const isShown = 'text' in rendering || 'html' in rendering;
  leaveOut(work, rendering.leftOut, tag, isShown ? '' : [enclosed, ...textsIn(tag.rest)].join(' '));
  return end;
}

function show(work: Work, tag: TemplateTag, rendering: Rendering, end: number): string {
  const inAddress = isInAddress(work.text, tag.start);
  if ('text' in rendering) {
    const isNamed = /^(?:(?:rel)?ref|post_(?:url|path)|link)$/i.test(tag.name) && !inAddress;
    return isNamed ? spellOut(rendering.text, work) : rendering.text;
  }
  if (!('html' in rendering)) return inAddress ? DEAD_ADDRESS : '';
  // In an address, no piece of HTML can stand: a link is where it leads, and all else leads nowhere.
  if (inAddress) return /^<a href="([^"]+)"/.exec(rendering.html)?.[1] ?? DEAD_ADDRESS;
  const place = work.body.addPiece(rendering.html);
  const isPart = /^<(?:\/?(?:blockquote|details)|strong)>/.test(rendering.html);
  const shown = asBlock(place, work, tag.start, end);
  return isPart && shown === place ? apart(place, work, tag.start) : shown;
}

/** An address of which a part is unknown leads nowhere, and better to nothing at all than to another page. */
const DEAD_ADDRESS = 'left-out:';

/** An address that stands in a sentence is a link. */
function spellOut(reference: string, { body, context }: Work): string {
  const file = findFileLink(reference, context);
  if (file !== null && typeof file !== 'string' && file.otherwise === null) {
    return `<a href="${escapeAttribute(reference)}">${escapeText(file.written)}</a>`;
  }
  const url = typeof file === 'string' ? file : (resolveAddress(reference, context)?.url ?? '');
  if (url === '') return '';
  return body.kind === 'markdown' ? `<${url}>` : `<a href="${escapeAttribute(url)}">${escapeText(url)}</a>`;
}

function isInAddress(text: string, at: number): boolean {
  return IN_ADDRESS.test(text.slice(Math.max(0, at - ADDRESS_LABEL_CHARACTERS_MAX), at));
}

/** Where an address has begun, which may hold other code already: `[a]({{ site.url }}{% post_url … %})`. */
const IN_ADDRESS =
  /(?:\]\(\s*<?|(?:^|\n) {0,3}\[[^\]\n]+\]:[ \t]*<?|\s(?:href|src)\s*=\s*["']?)(?:[^\s()<>{}"']|\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\})*$/;

const ADDRESS_LABEL_CHARACTERS_MAX = 200;

/** On a line of its own, blank lines around it keep it from becoming part of a paragraph. */
export function asBlock(mark: string, { text, body }: Work, start: number, end: number): string {
  const indent = lineBefore(text, start);
  const isAlone = indent?.trim() === '' && /^[ \t]*(?:\n|$)/.test(text.slice(end, end + 200));
  // Below a tag it is set in for the eye, and behind the blank line it would be code.
  const isBelowTag = /[>}][ \t]*\n {4,}$/.test(text.slice(Math.max(0, start - 200), start));
  return isAlone && body.kind === 'markdown' ? `\n${isBelowTag ? '' : indent}${mark}\n` : mark;
}

/** In the middle of a paragraph, such a block ends it; in a list or a table it has to make do. */
function apart(mark: string, { text, body }: Work, start: number): string {
  const before = lineBefore(text, start);
  const isProse = before !== null && !/^\s*(?:[-*+>|#]|\d+[.)])/.test(before);
  return isProse && body.kind === 'markdown' ? `\n\n${mark}\n\n` : mark;
}

/** Arguments that are sentences: three words or more. */
function textsIn(args: string): readonly string[] {
  const quoted = args.matchAll(/"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|`([^`]*)`/gs);
  const texts = [...quoted].map(([, double, single, back]) => double ?? single ?? back ?? '');
  return texts.filter((text) => countWords(text) >= 3 && /\s/.test(text) && !/^(?:\/|\.|https?:)/.test(text));
}

function leaveOut({ leftOut, body }: Work, what: string, tag: TemplateTag, prose: string): void {
  const known = leftOut.get(what);
  if (known === undefined) leftOut.set(what, { line: body.lineAt(tag.start), prose });
  else known.prose += ` ${prose}`;
}

/** What was left out, one problem for each kind of code. */
export function tellLeftOut({ body, leftOut, unprinted }: Work): void {
  const named = [...unprinted.values()].filter(({ prose }) => countWords(prose) > 0);
  for (const [what, { line, prose }] of [...leftOut, ...named.map((code) => [code.what, code] as const)]) {
    const amount = amountOf(proseIn(prose));
    const message = `The template code ${what} can't be rendered in a feed, so it was left out${amount && `, with ${amount}`}.`;
    body.report('template-left-out', line, message, 'Write what it shows as Markdown or HTML.');
  }
}

/** Text that is to be shown as it is, whatever Markdown thinks of it. */
export function literal(text: string, { body }: Work): string {
  const html = escapeText(text);
  return body.kind === 'html' ? html : body.addPiece(html);
}
