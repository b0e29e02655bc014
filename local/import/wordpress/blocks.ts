/**
 * The source of WordPress' block editor: HTML between comments that name blocks. The comments go; blocks that WordPress
 * makes anew at every look (lists of posts, widgets) are told; what a block shows to some readers only is left out.
 */

import { escapeAttribute } from '../../../lambda/text/characters.ts';
import { addParagraphs } from './paragraphs.ts';
import { type ShortcodeContext, showShortcodes } from './shortcodes.ts';

export interface BlockContext extends ShortcodeContext {
  readonly sharedBlock: (id: string) => string | null;
  /** The post's footnotes as its meta has them: JSON, or nothing. */
  readonly footnotes: string | null;
}

const BLOCK = /<!--\s+(\/?)wp:([a-z][a-z0-9_-]*(?:\/[a-z][a-z0-9_-]*)?)\s+(?:(\{(?:(?!-->)[\s\S])*?\})\s+)?(\/?)-->/g;
const DEPTH_MAX = 20;

interface OpenBlock {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly parts: string[];
}

export function hasBlocks(text: string): boolean {
  return /<!--\s+wp:/.test(text);
}

/** `depth` counts shared blocks inside one another. */
export function showBlocks(text: string, context: BlockContext, depth = 0): string {
  const root: OpenBlock = { name: '', attributes: {}, parts: [] };
  const stack: OpenBlock[] = [root];
  let at = 0;
  let isCut = false;
  const add = (html: string) => void stack.at(-1)?.parts.push(html);
  const addBetween = (html: string) => {
    if (html.trim() === '') add(html === '' ? '' : '\n');
    else add(stack.length === 1 ? showClassic(html, context) : html.replace(/^\n+|\n+$/g, '\n'));
  };
  for (const { 0: whole, 1: closing, 2: name = '', 3: json, 4: selfClosing, index } of text.matchAll(BLOCK)) {
    addBetween(text.slice(at, index));
    at = index + whole.length;
    if (closing === '/') {
      if (stack.length === 1 || stack.at(-1)?.name !== plainName(name)) continue;
      const block = stack.pop();
      if (block !== undefined) add(showBlock(block, context));
    } else if (selfClosing === '/') {
      if (plainName(name) === 'jetpack/paywall' && stack.length === 1) {
        context.report.leave(ONLY_SOME, `${plainName(name)} in ${context.place}`);
        isCut = true;
        break;
      }
      add(showMade(plainName(name), readJson(json), context, depth));
    } else stack.push({ name: plainName(name), attributes: readJson(json), parts: [] });
  }
  if (!isCut) addBetween(text.slice(at));
  // Blocks that are never closed end with the text.
  while (stack.length > 1) {
    const block = stack.pop();
    if (block !== undefined) add(showBlock(block, context));
  }
  return showShortcodes(root.parts.join('').replace(/\n{2,}(?=<)/g, '\n'), context);
}

/** A text of the classic editor. */
export function showClassic(html: string, context: ShortcodeContext): string {
  return html.trim() === '' ? html : linkAloneAddresses(addParagraphs(showShortcodes(html, context)));
}

/** WordPress embeds what is at an address that stands alone in a paragraph. */
function linkAloneAddresses(html: string): string {
  return html.replace(/<p>\s*(https?:\/\/[^\s<>"]+)\s*<\/p>/g, '<p><a href="$1">$1</a></p>');
}

const ONLY_SOME = 'parts that a block showed to some readers only: they are not imported';
const GATED =
  /^(?:premium-content\/subscriber-view|jetpack\/premium-content-subscriber|[\w-]+\/(?:restrict|member|private|paid|subscriber)[\w-]*)$/;

function showBlock({ name, attributes, parts }: OpenBlock, context: BlockContext): string {
  const html = parts.join('');
  const { metadata } = attributes;
  if (
    typeof metadata === 'object' &&
    metadata !== null &&
    'blockVisibility' in metadata &&
    metadata.blockVisibility === false
  ) {
    context.report.leave('blocks that were hidden: they are not imported', `${name} in ${context.place}`);
    return '';
  }
  if (GATED.test(name)) {
    context.report.leave(ONLY_SOME, `${name} in ${context.place}`);
    return '';
  }
  if (name === 'freeform') return showClassic(html, context);
  if (name === 'embed' || name.startsWith('core-embed/')) return showEmbed(html);
  if (name === 'shortcode') return addParagraphs(showShortcodes(html.trim(), context));
  if (name === 'more') return '<!--more-->';
  return html;
}

/** The address alone in the block's inner box becomes a link. */
function showEmbed(html: string): string {
  return html.replace(
    /(<div class="wp-block-embed__wrapper">)\s*(https?:\/\/[^\s<>"]+)\s*(<\/div>)/g,
    (_, open, address, close) => {
      const plain = String(address).replaceAll('&amp;', '&');
      return `${open}<a href="${escapeAttribute(plain)}">${escapeAttribute(plain)}</a>${close}`;
    },
  );
}

/** A block without a text of its own. */
function showMade(
  name: string,
  attributes: Readonly<Record<string, unknown>>,
  context: BlockContext,
  depth: number,
): string {
  if (name === 'block') {
    const text = depth < DEPTH_MAX ? context.sharedBlock(String(attributes.ref ?? '')) : null;
    if (text !== null) return showBlocks(text, context, depth + 1);
    context.report.leave(
      'shared blocks that the export does not hold',
      `block ${String(attributes.ref)} in ${context.place}`,
    );
    return '';
  }
  if (name === 'footnotes') return showFootnotes(context.footnotes);
  if (name === 'spacer' || name === 'separator') return '';
  context.report.leave(
    'blocks that WordPress makes at every look, and that have no text of their own',
    `${name} in ${context.place}`,
  );
  return '';
}

function showFootnotes(json: string | null): string {
  if (json === null) return '';
  const notes = tryParse(json);
  if (!Array.isArray(notes)) return '';
  const items = notes.flatMap((note: unknown) => {
    if (typeof note !== 'object' || note === null || !('id' in note) || !('content' in note)) return [];
    const id = escapeAttribute(String(note.id));
    return [`<li id="${id}">${String(note.content)} <a href="#${id}-link">↩︎</a></li>`];
  });
  return items.length === 0 ? '' : `<ol>${items.join('')}</ol>`;
}

function plainName(name: string): string {
  return name.replace(/^core\//, '');
}

function readJson(text: string | undefined): Readonly<Record<string, unknown>> {
  const value = text === undefined ? null : tryParse(text);
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
