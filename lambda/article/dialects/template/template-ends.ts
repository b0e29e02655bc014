/** Template code that goes on to an end of its own: what waits for it, and what is looked for at once. */

import { lineBefore } from '../../../text/characters.ts';
import { type Enclosure, renderTitle } from './template-blocks.ts';
import type { TemplateTag } from './template-tag.ts';
import { emit, type OpenBlock, type Work } from './template-work.ts';

/** So many blocks are waited for at once; what opens beyond them stands alone. */
const OPEN_BLOCKS_MAX = 100;

function remember({ openBlocks }: Work, block: OpenBlock): boolean {
  return openBlocks.length < OPEN_BLOCKS_MAX && openBlocks.push(block) > 0;
}

/** What a block says stands behind it up to its end, or where there is no end, in its arguments. */
export function openBlock(work: Work, tag: TemplateTag, enclosure: Enclosure): number {
  const closesItself = tag.kind === 'shortcode' && work.text[tag.end - '/>}}'.length] === '/';
  const waits = !closesItself && remember(work, { name: tag.name, enclosure, piece: work.body.pieces.length });
  return emit(work, tag, { html: waits ? enclosure.open : enclosure.alone }, tag.end);
}

/**
 * Of a block that nobody here knows the title stays, as its contents do; one within a line has a title for the mouse.
 * Zola's blocks are waited for because all end alike.
 */
export function openUnknown(work: Work, tag: TemplateTag): void {
  const title = lineBefore(work.text, tag.start)?.trim() === '' ? renderTitle(tag) : '';
  if (title !== '') openBlock(work, tag, { open: title, close: '', alone: '' });
  else if (tag.kind === 'tag' && tag.rest.startsWith('(')) {
    remember(work, { name: tag.name, enclosure: null, piece: -1 });
  }
}

/** `{% endquote %}`, `{{< /quote >}}`, and Zola's `{% end %}`, which closes the innermost block. */
export function closeBlock(work: Work, tag: TemplateTag): number {
  const name = tag.closes ? tag.name : tag.name.slice('end'.length);
  const place = work.openBlocks.findLastIndex((block) => name === '' || block.name === name);
  const block = place === -1 ? undefined : work.openBlocks[place];
  if (block !== undefined) leaveOpenBlocks(work, place + 1);
  if (block !== undefined) work.openBlocks.pop();
  return emit(work, tag, block?.enclosure?.close ? { html: block.enclosure.close } : {}, tag.end);
}

/** The ends of these have not come where they should have. */
export function leaveOpenBlocks({ openBlocks, body: { pieces } }: Work, from: number): void {
  for (const { enclosure, piece } of openBlocks.splice(from)) {
    if (enclosure !== null) pieces[piece] = enclosure.alone;
  }
}

/** Blocks whose body the tag itself deals with: code, and what depends on values that nobody here knows. */
const WITH_BODY = new Set([
  ...['highlight', 'codeblock', 'code', 'mermaid', 'prism', 'math', 'katex', 'mathjax'],
  ...['comment', 'for', 'if', 'unless', 'case', 'tablerow', 'capture', 'macro', 'javascript', 'style', 'schema'],
  ...['css', 'js', 'set'],
]);

export interface Body {
  readonly text: string;
  /** The place behind the closing tag. */
  readonly end: number;
}

export function takeBody(work: Work, tag: TemplateTag): Body | null {
  const isWhole = tag.name === 'set' && tag.rest.includes('=');
  return WITH_BODY.has(tag.name) && !isWhole ? findEnd(work, tag) : null;
}

/** The body of a block up to its own end, past blocks of the same name inside it. */
export function findEnd(work: Work, tag: TemplateTag): Body | null {
  const { text } = work;
  // A remark in one language is none in another.
  const kept = `${tag.kind} ${tag.name}`;
  if (work.endless.has(kept)) return null;
  const name = tag.name.replace(/[^\w-]/g, '');
  const fence =
    tag.kind === 'tag'
      ? new RegExp(`\\{%[-~]?\\s*(end)?${name}\\b[^%]*%\\}`, 'g')
      : new RegExp(`\\{\\{[<%]\\s*(/?)\\s*${name}\\b[^>%]*[>%]\\}\\}`, 'g');
  const nests = tag.name !== 'raw' && tag.name !== 'comment';
  fence.lastIndex = tag.end;
  let depth = 1;
  for (let found = fence.exec(text); found !== null; found = fence.exec(text)) {
    if (found[1]) depth -= 1;
    else if (nests) depth += 1;
    if (depth === 0) return { text: text.slice(tag.end, found.index), end: fence.lastIndex };
  }
  work.endless.add(kept);
  return null;
}
