/**
 * What note-taking programs add to Markdown: `[[Page|text]]`, `![[photo.png|300]]`, `> [!note] Title` (which GitHub has
 * too) and `==marked==`; `remarks.ts` drops its remarks. Where in the vault a note lies is looked up later, as for all files
 * of articles.
 */

import type { MarkdownIt, StateCore, StateInline } from 'markdown-it';
import { notePlace } from '../../../address/named-place.ts';
import { VAULT_FILE } from '../../../model/article.ts';
import { escapeAttribute } from '../../../text/characters.ts';

export function addVaultSyntax(parser: MarkdownIt): void {
  parser.inline.ruler.before('link', 'vault_link', readLink);
  parser.inline.ruler.before('image', 'vault_embed', readEmbed);
  parser.inline.ruler.before('emphasis', 'vault_mark', readMark);
  parser.core.ruler.after('block', 'block_id', dropBlockIds);
  parser.core.ruler.after('block', 'callout', titleCallouts);
}

const REFERENCE_CHARACTERS_MAX = 300;
/** Not `[[1]](#a)`, which is a link whose text stands in brackets, and not `[[ -f a ]]` or `[["a"]]`. */
const LINK = /^\[\[(?=[^\]]*\p{L})(?![\s"'])([^[\]|\n]+?)(?:\\?\|([^[\]\n]+))?\]\](?![([])/u;
const EMBED = /^!\[\[([^[\]|\n]+?)(?:\\?\|([^[\]\n]*))?\]\]/;
/** A file that is read beside the article; a page of it may be named. */
const PAPER = /\.pdf(?:#[^#]*)?$/i;
const IMAGE = /\.(?:png|jpe?g|gif|webp|avif|svg|bmp)$/i;

function readLink(state: StateInline, silent: boolean): boolean {
  const found = matchHere(state, LINK, '[');
  const [written = '', page = '', shown] = found ?? [];
  if (found === null || followsWord(state) || isDefined(state, page)) return false;
  if (!silent) pushNote(state, page.trim(), shown ?? page.replace(/^#+/, '').replace(/#\^?/g, ' › '));
  state.pos += written.length;
  return true;
}

/** `[[Roses#Soil]]`: of headings within one another the last is meant. Paragraphs have no ids. A file is no note. */
function pushNote(state: StateInline, page: string, words: string): void {
  const [name = '', ...headings] = page.split('#');
  const heading = headings.at(-1)?.trim() ?? '';
  // Within a link there is no other; and some write so where a table of contents is to be.
  const isNote = !/\.(?!md$)[a-z][a-z\d]{1,4}$|^_?toc_?$/i.test(name.trim());
  const isLink = isNote && state.linkLevel === 0;
  if (isLink) {
    const place = notePlace(name.trim(), heading.startsWith('^') ? '' : heading);
    state.push('link_open', 'a', 1).attrs = [['href', place]];
  }
  state.push('text', '', 0).content = words;
  if (isLink) state.push('link_close', 'a', -1);
}

/** Programs are written so: `a==1`, `f(x)==2`, `list[[name]]`. Scripts without blanks between words are no programs. */
function followsWord({ src, pos }: StateInline): boolean {
  return /[\w)\]]/.test(src[pos - 1] ?? '');
}

/** `[[#123]]` with a definition of `[#123]` is a link in brackets. */
function isDefined({ env, md }: StateInline, label: string): boolean {
  const { references } = env as { readonly references?: Readonly<Record<string, unknown>> };
  return references !== undefined && Object.hasOwn(references, md.utils.normalizeReference(label));
}

function readEmbed(state: StateInline, silent: boolean): boolean {
  const [written, file = '', said = ''] = matchHere(state, EMBED, '!') ?? [];
  if (written === undefined) return false;
  if (!silent) {
    const player = /\.(?:(mp3|m4a|ogg|opus|wav|flac)|mp4|m4v|webm|mov|ogv)$/i.exec(file.trim());
    if (IMAGE.test(file)) pushImage(state, file.trim(), said);
    else if (player !== null) pushPlayer(state, file.trim(), player[1] === undefined ? 'video' : 'audio');
    else if (PAPER.test(file)) pushLink(state, file.trim());
    else state.push('text', '', 0).content = file.trim();
  }
  state.pos += written.length;
  return true;
}

function pushLink(state: StateInline, file: string): void {
  state.push('link_open', 'a', 1).attrs = [
    ['href', encodeURI(file)],
    [VAULT_FILE, file.replace(/#.*/s, '')],
  ];
  state.push('text', '', 0).content = file.replace(/#.*/s, '');
  state.push('link_close', 'a', -1);
}

function pushPlayer(state: StateInline, file: string, name: 'audio' | 'video'): void {
  state.push('html_inline', '', 0).content =
    `<${name} controls src="${escapeAttribute(encodeURI(file))}" ${VAULT_FILE}="${escapeAttribute(file)}"></${name}>`;
}

/** The words behind an image's name are its alternative text, its width, or its width and height, in this order. */
function pushImage(state: StateInline, file: string, said: string): void {
  const [, text = '', width, height] = /^(.*?)(?:(?:^|\|)\s*(\d+)(?:x(\d+))?\s*)?$/.exec(said) ?? [];
  const alt = state.push('text', '', 0);
  state.tokens.pop();
  alt.content = text.trim();
  const image = state.push('image', 'img', 0);
  image.attrs = [
    ['src', encodeURI(file)],
    ['alt', ''],
    [VAULT_FILE, file],
  ];
  image.children = [alt];
  image.content = alt.content;
  if (width !== undefined) image.attrSet('width', width);
  if (height !== undefined) image.attrSet('height', height);
}

function readMark(state: StateInline, silent: boolean): boolean {
  const written = matchHere(state, /^==(?![=\s])[^=\n]*[^=\s]==(?![=\w])/, '=')?.[0];
  if (written === undefined || state.src[state.pos - 1] === '=' || followsWord(state)) return false;
  if (!silent) {
    const { pos, posMax } = state;
    state.push('mark_open', 'mark', 1);
    state.pos = pos + 2;
    state.posMax = pos + written.length - 2;
    state.md.inline.tokenize(state);
    state.pos = pos;
    state.posMax = posMax;
    state.push('mark_close', 'mark', -1);
  }
  state.pos += written.length;
  return true;
}

function matchHere(state: StateInline, pattern: RegExp, first: string): RegExpExecArray | null {
  if (state.src[state.pos] !== first) return null;
  return pattern.exec(state.src.slice(state.pos, Math.min(state.posMax, state.pos + REFERENCE_CHARACTERS_MAX)));
}

/** ` ^37066d` at the end of a paragraph or an item is what links to it call it. A word, no exponent. */
function dropBlockIds(state: StateCore): void {
  for (const token of state.tokens) {
    if (token.type !== 'inline' || !token.content.includes('^')) continue;
    token.content = token.content.replace(/(?:^|\s)\^(?=[\w-]*[a-z])[a-z\d-]{3,60}$/i, '');
  }
}

/** The first line of a callout becomes its title, in bold; without one its kind does. */
function titleCallouts(state: StateCore): void {
  state.tokens.forEach((token, index) => {
    if (token.type !== 'inline' || state.tokens[index - 2]?.type !== 'blockquote_open') return;
    const [written, kind = '', title = ''] =
      /^\[!([a-z][\w-]{0,30})\][+-]?[ \t]*([^\n]*)(?:\n|$)/i.exec(token.content) ?? [];
    if (written === undefined) return;
    const shown = title.trim() || kind[0]?.toUpperCase() + kind.slice(1).toLowerCase();
    const rest = token.content.slice(written.length);
    token.content = `**${shown}**${rest === '' ? '' : `\\\n${rest}`}`;
  });
}
