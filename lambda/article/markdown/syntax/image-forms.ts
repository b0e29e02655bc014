/**
 * Images as CommonMark doesn't have them: with blanks in the address, `![Boat](/img/old boat.png)`, which kramdown and note-taking
 * programs read, with the width behind the text, `![Boat|200](boat.png)`, which is Obsidian's, and with the size behind the
 * address, `![Boat](boat.png =200x100)`, as HackMD and markdown-it's plugin for sizes have it.
 */

import type { MarkdownIt, StateCore, StateInline, Token } from 'markdown-it';

export function addImageForms(parser: MarkdownIt): void {
  parser.inline.ruler.before('image', 'image_with_blanks', readImage);
  parser.core.ruler.after('inline', 'image_width', readWidths);
}

const CHARACTERS_MAX = 1_000;
/** A file by its ending, whose path has blanks in it; a title may follow. */
const IMAGE =
  /^!\[([^[\]\n]*)\]\(\s*([^\s()<>"'](?:[^()<>"'\n]|\([^()<>"'\n]*\))*?[ \t](?:[^()<>"'\n]|\([^()<>"'\n]*\))*?\.(?:png|jpe?g|gif|webp|avif|svg|bmp))(?:\s+["']([^"'\n]*)["'])?\s*\)/i;

/** A share of the page says nothing about the picture. */
const SIZED =
  /^!\[([^[\]\n]*)\]\(\s*([^\s()<>"']+)(?:\s+["']([^"'\n]*)["'])?\s+=(?=[\dx]*\d)(?:(\d{1,5})|\d+%)?(?:x(?:(\d{1,5})|\d+%)?)?\s*\)/;

function readImage(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== '!' || state.src[state.pos + 1] !== '[') return false;
  const here = state.src.slice(state.pos, Math.min(state.posMax, state.pos + CHARACTERS_MAX));
  const [written, alt = '', address = '', title, width, height] = IMAGE.exec(here) ?? SIZED.exec(here) ?? [];
  if (written === undefined) return false;
  if (!silent) {
    const text = state.push('text', '', 0);
    state.tokens.pop();
    text.content = alt;
    const image = state.push('image', 'img', 0);
    const src = state.md.normalizeLink(address.trim().replaceAll(' ', '%20').replaceAll('\t', '%09'));
    image.attrs = [
      ['src', src],
      ['alt', ''],
    ];
    image.children = [text];
    image.content = alt;
    if (title !== undefined) image.attrSet('title', title);
    if (width !== undefined) image.attrSet('width', width);
    if (height !== undefined) image.attrSet('height', height);
  }
  state.pos += written.length;
  return true;
}

const WIDTH = /^(.*?)\|\s*(\d{1,5})(?:x(\d{1,5}))?\s*$/s;

function readWidths(state: StateCore): void {
  for (const token of state.tokens)
    for (const inner of token.children ?? []) if (inner.type === 'image') readWidth(inner);
}

function readWidth(image: Token): void {
  const last = image.children?.at(-1);
  const [, words, width, height] = last?.type === 'text' ? (WIDTH.exec(last.content) ?? []) : [];
  if (last === undefined || words === undefined || width === undefined || image.attrGet('width') !== null) return;
  last.content = words.trimEnd();
  image.content = image.content.replace(/\s*\|[^|]*$/, '');
  image.attrSet('width', width);
  if (height !== undefined) image.attrSet('height', height);
}
