/**
 * The boundary that untrusted HTML passes: it is read once, by a real parser, and of what the parser tells only the
 * elements and attributes on the lists become a tree, every address absolute. What is not on the lists goes; the text in
 * it stays, save for elements whose text is no prose (scripts, styles). The elements are among those that the W3C feed
 * validator accepts without a warning.
 *
 * Safety rests on three things: names come from the lists and never from the input, every address from
 * `resolveAddress`, and `serialiseTree` escapes all text and all values. No element is on the list whose contents a
 * browser reads by other rules than HTML's usual ones (raw text, SVG, MathML), so it reads back what is written here.
 */

import { Parser } from 'htmlparser2';
import type { ArticleLink } from '../../model/article.ts';
import { isInline, type Named, readAttributes } from './attributes.ts';
import type { ContentContext } from './context.ts';
import { findEmbedded } from './embed.ts';
import type { SilencedText } from './left-out.ts';
import { createMathNode, isTwin, type MathNode, type MathPart, renderMath } from './mathml.ts';
import { settleLateImages } from './tree/late-images.ts';
import { dropPageParts, type PageParts, partOf } from './tree/page-parts.ts';
import { settlePictures } from './tree/source-sets.ts';
import type { Attributes, Fragment } from './tree/tree.ts';
import { createTreeBuilder, type TreeBuilder } from './tree/tree-builder.ts';

/** Elements deeper than this are taken out and their contents left in place: no reader nests like that. */
export const DEPTH_MAX = 100;

const ALLOWED_ELEMENTS: ReadonlySet<string> = new Set([
  ...['a', 'abbr', 'address', 'article', 'aside', 'audio', 'b', 'bdi', 'blockquote', 'br', 'caption', 'cite', 'code'],
  ...['col', 'colgroup', 'dd', 'del', 'details', 'dfn', 'div', 'dl', 'dt', 'em', 'figcaption', 'figure', 'footer'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'i', 'img', 'ins', 'kbd', 'li', 'mark', 'nav', 'ol', 'p'],
  ...['picture', 'pre', 'q', 'rp', 'rt', 'ruby', 's', 'samp', 'section', 'small', 'source', 'span', 'strong', 'sub'],
  ...['summary', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'time', 'tr', 'track', 'u', 'ul', 'var'],
  ...['video', 'wbr'],
]);

/** Elements that lose their text too. */
const SILENT_ELEMENTS: ReadonlySet<string> = new Set([
  ...['script', 'style', 'title', 'textarea', 'select', 'option', 'button', 'svg', 'template', 'canvas', 'datalist'],
  ...['annotation', 'annotation-xml', 'noembed', 'noframes'],
]);

/** Programs, and what says once more what is shown beside it: nobody calls that text. */
const TEXTLESS: ReadonlySet<string> = new Set(['script', 'style', 'annotation', 'annotation-xml']);

/** Elements of former times, and what they are called today. */
const RENAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    acronym: 'abbr',
    center: 'div',
    dir: 'ul',
    hgroup: 'div',
    main: 'div',
    strike: 's',
    tt: 'code',
  }),
);

export function isKnownElement(name: string): boolean {
  return ALLOWED_ELEMENTS.has(name) || SILENT_ELEMENTS.has(name) || RENAMED.has(name);
}

export interface SanitisedHtml {
  readonly root: Fragment;
  /** Local files that are linked or shown, by key, each once, in order of appearance. */
  readonly assetKeys: readonly string[];
  /** Links that may name files of articles, as the text numbers them. */
  readonly links: readonly ArticleLink[];
  /** What notes name alone, by the key that it would have beside the note. */
  readonly vaultFiles: ReadonlyMap<string, string>;
  /** Whether elements were nested so deep that they were taken out. */
  readonly flattened: boolean;
  /** Whether an image that was written out in the article is lost. */
  readonly lostImage: boolean;
  /** The first address of an image by which it lies outside of the site, or null. */
  readonly imageOutside: string | null;
  readonly silenced: SilencedText;
}

export function sanitise(html: string, context: ContentContext): SanitisedHtml {
  const builder = createTreeBuilder();
  const work: Sanitation = {
    context,
    builder,
    named: { assetKeys: new Set(), links: [], vaultFiles: new Map() },
    depth: 0,
    depthReached: 0,
    lostImage: false,
    outside: null,
    silenced: new Map(),
    parts: new Map(),
    hasMath: false,
  };
  readHtml(html, work, 0);
  settleLateImages(builder.root);
  settlePictures(builder.root);
  dropPageParts(builder.root, work.parts);
  return {
    root: builder.root,
    assetKeys: [...work.named.assetKeys],
    links: work.named.links,
    vaultFiles: work.named.vaultFiles,
    flattened: work.depthReached > DEPTH_MAX,
    lostImage: work.lostImage,
    imageOutside: work.outside,
    silenced: new Map([...work.silenced].map(([name, parts]) => [name, parts.join(' ')])),
  };
}

interface Sanitation {
  readonly context: ContentContext;
  readonly builder: TreeBuilder;
  readonly named: Named;
  depth: number;
  depthReached: number;
  lostImage: boolean;
  outside: string | null;
  readonly silenced: Map<string, string[]>;
  readonly parts: PageParts;
  /** Whether a formula was shown. */
  hasMath: boolean;
}

/** An element that the parser has opened. */
interface Opened {
  /** As the parser calls it. */
  readonly tag: string;
  /** As it is called in the tree; null where it was taken out. */
  readonly name: string | null;
  /** Its own text goes: it is known already. */
  readonly isTold: boolean;
}

/** What frames hold for those who can't show them is HTML that the parser takes for text; they may hold frames again. */
const FRAMES_MAX = 8;

function readHtml(html: string, work: Sanitation, frames: number): void {
  const { builder, depth } = work;
  const opened: Opened[] = [];
  /** The formula that is being read, from the outside in. */
  const math: MathNode[] = [];
  let silentDepth = 0;
  let silentIn = '';
  const parser = new Parser(
    {
      onopentag: (tag, written) => {
        work.depth += 1;
        if (work.depth > work.depthReached) work.depthReached = work.depth;
        if (silentDepth > 0) silentDepth += 1;
        else if (math.length > 0 || tag === 'math') {
          math.push(beginMath(tag, written, math));
        } else {
          const isTold = work.hasMath && isTwin(written);
          opened.push(isTold ? { tag, name: null, isTold } : open(tag, written, work));
          silentIn = isTold ? 'annotation' : SILENT_ELEMENTS.has(tag) ? tag : isHidden(tag, written) ? 'hidden' : '';
          if (silentIn !== '') silentDepth = 1;
        }
      },
      ontext: (given) => {
        // Where an end tag is never closed, the parser may give the second half of a character alone.
        const text = given.toWellFormed();
        if (silentDepth > 0) {
          if (!TEXTLESS.has(silentIn) && text.trim() !== '') silence(text, silentIn, work);
          return;
        }
        if (math.length > 0) {
          math.at(-1)?.children.push(text);
          return;
        }
        const around = opened.at(-1);
        if (around?.isTold) return;
        if (around?.tag === 'iframe' && frames < FRAMES_MAX) readHtml(text, work, frames + 1);
        else builder.text(text);
      },
      onclosetag: (tag) => {
        work.depth -= 1;
        const isSilent = silentDepth > 0;
        if (isSilent) silentDepth -= 1;
        const formula = isSilent ? undefined : math.pop();
        if (formula !== undefined) {
          if (math.length === 0) showMath(formula, work);
          return;
        }
        // A tag in the middle of which the text ends was never opened, and is closed all the same.
        if (silentDepth > 0 || opened.at(-1)?.tag !== tag) return;
        const name = opened.pop()?.name ?? null;
        if (name !== null) builder.close(name);
      },
    },
    // Who writes `<iframe … />` or `<div />` means it closed; read as HTML, it would take in the rest of the article.
    { recognizeSelfClosing: true },
  );
  parser.end(html);
  work.depth = depth;
}

/** What is raised above what is raised, and so on, is no formula that somebody could read. */
const MATH_DEPTH_MAX = 10;

/** Elements deeper than this add their text to the one around them. */
const MATH_ELEMENTS_MAX = 100;

function beginMath(tag: string, written: Attributes, math: readonly MathNode[]): MathNode {
  const around = math.at(-1);
  if (around !== undefined && math.length >= MATH_ELEMENTS_MAX) return around;
  const node = createMathNode(tag, written);
  around?.children.push(node);
  return node;
}

function showMath(formula: MathNode, work: Sanitation): void {
  work.hasMath = true;
  const show = (parts: readonly MathPart[], depth: number) => {
    for (const part of parts) {
      if (typeof part === 'string') work.builder.text(part);
      else if (depth >= MATH_DEPTH_MAX) show(part.parts, depth);
      else {
        work.builder.open(part.name, {});
        show(part.parts, depth + 1);
        work.builder.close(part.name);
      }
    }
  };
  show(renderMath(formula), 0);
}

function silence(text: string, name: string, { silenced }: Sanitation): void {
  const texts = silenced.get(name);
  if (texts === undefined) silenced.set(name, [text]);
  else texts.push(text);
}

function open(tag: string, written: Attributes, work: Sanitation): Opened {
  const { builder, context, named, depth } = work;
  // A known player becomes a link to what it plays; any other frame goes.
  const page = findEmbedded(tag, written);
  const name = page === null ? (RENAMED.get(tag) ?? tag) : 'a';
  const isKept = (ALLOWED_ELEMENTS.has(name) || name === 'noscript') && depth <= DEPTH_MAX && !isTracker(tag, written);
  if (isKept) {
    const attributes = readAttributes(name, page === null ? written : { href: page }, context, named);
    if (name === 'img' && attributes.src === undefined) {
      if (isPicture(written)) work.lostImage = true;
      if (/^[^:?#]*\.\.\//.test(written.src ?? '')) work.outside ??= written.src ?? null;
    }
    const element = builder.open(name, attributes);
    const part = partOf(tag, written);
    if (part !== null) work.parts.set(element, part);
  }
  if (page !== null) builder.text(written.title?.trim() || page);
  return { tag, name: isKept ? name : null, isTold: page !== null };
}

/** Shorter ones hold the place of an image that a script loads. */
const PICTURE_CHARACTERS_MIN = 1_000;

function isPicture(written: Attributes): boolean {
  return isInline(written) && (written.src?.length ?? 0) >= PICTURE_CHARACTERS_MIN;
}

/** What no browser shows: a newsletter's preview text for the mailbox, for one. Images may only wait to be loaded. */
function isHidden(tag: string, { hidden, style = '' }: Attributes): boolean {
  if (tag === 'img' || tag === 'source') return false;
  return (hidden !== undefined && hidden !== 'until-found') || /(?:^|;)\s*display\s*:\s*none/i.test(style);
}

/** An image of one pixel, there to count readers; one that waits to be loaded may be as small at first. */
function isTracker(tag: string, written: Attributes): boolean {
  const isDot = (size: string | undefined) => size !== undefined && /^[01](?:px)?$/.test(size.trim());
  const names = Object.keys(written);
  return tag === 'img' && isDot(written.width) && isDot(written.height) && !names.some((name) => /^data-/.test(name));
}
