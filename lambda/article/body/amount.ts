/** How much text was left out, for the problem that tells of it. */

import { collapseSpace } from './characters.ts';

/** Runs of letters and digits. Scripts that put no blanks between words are counted by letter. */
const WORD =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]\p{M}*|[\p{L}\p{M}\p{N}](?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}])[\p{L}\p{M}\p{N}])*/gu;

/** Tags, and template code within one line: neither is a word that somebody reads. */
const MARKUP = /<\/?[a-z][^<>]*>|\{%[^%\n]*%\}|\{\{[^{}\n]*\}\}/gi;

const SHOWN_CHARACTERS_MAX = 60;

export function countWords(text: string): number {
  let count = 0;
  for (const _ of text.matchAll(WORD)) count += 1;
  return count;
}

/** The text without the markup in it. */
export function proseIn(markup: string): string {
  return collapseSpace(markup.replace(MARKUP, ' '));
}

/** `12 words, “Mind the tide …”`; '' where there are none. */
export function amountOf(prose: string): string {
  const words = countWords(prose);
  if (words === 0) return '';
  const shown = collapseSpace(prose);
  const cut = shown.slice(0, SHOWN_CHARACTERS_MAX).replace(/(?:\s\S*|[\ud800-\udbff])$/, '');
  const first = shown.length > SHOWN_CHARACTERS_MAX ? `${cut} …` : shown;
  return `${words.toLocaleString('en')} ${words === 1 ? 'word' : 'words'}, “${first}”`;
}
