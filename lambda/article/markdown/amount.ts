/** How much text was left out, for the problem that tells of it. */

import { collapseSpace } from '../../text/characters.ts';

/** Runs of letters and digits. */
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** Letters of scripts that put no blanks between words: each counts. */
const LETTER = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]\p{M}*/u;

/** Tags, and template code within one line: neither is a word that somebody reads. */
const MARKUP = /<\/?[a-z][^<>]*>|\{%[^%\n]*%\}|\{\{[^{}\n]*\}\}/gi;

const SHOWN_CHARACTERS_MAX = 60;

export function countWords(text: string): number {
  let count = 0;
  for (const [run] of text.matchAll(WORD)) count += LETTER.test(run) ? countLetters(run) : 1;
  return count;
}

function countLetters(run: string): number {
  const [others, letters] = [run.split(LETTER).filter((part) => part !== ''), run.match(new RegExp(LETTER, 'gu'))];
  return others.length + (letters?.length ?? 0);
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
