/**
 * Whether two entries are one article, as far as their words can tell. A sketch of an entry is small and can be kept:
 * it holds no word, only numbers made from words.
 */

import { createHash } from 'node:crypto';
import type { Entry, Likeness } from '../../model/entry.ts';

/** Enough to tell nine tenths from eight, whatever the length of the text. */
const WORDS_COUNT_MAX = 128;
const TITLE_CHARACTERS = 16;
/** The part of the words that two texts must share. */
const SHARED_LEAST = 0.9;

/** Scripts that put no space between words: there, each letter counts as a word. */
const UNSPACED = String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]`;
const WORD = new RegExp(String.raw`${UNSPACED}|(?:(?!${UNSPACED})[\p{L}\p{M}\p{N}])+`, 'gu');

export function sketchEntry({ title, contentHtml }: Pick<Entry, 'title' | 'contentHtml'>): Likeness {
  const titleWords = wordsOf(title).join(' ');
  const words = new Set(wordsOf(contentHtml.replace(/<[^>]*>/g, ' ')));
  const numbers = new Set([...words].map((word) => hash(word).readUInt32BE()));
  return {
    title: titleWords === '' ? null : hash(titleWords).toString('base64url').slice(0, TITLE_CHARACTERS),
    words: [...numbers].sort((a, b) => a - b).slice(0, WORDS_COUNT_MAX),
  };
}

/** The titles are the same, or nine tenths of the words are. An entry that has neither is like no other. */
export function areAlike(a: Likeness, b: Likeness): boolean {
  return (a.title !== null && a.title === b.title) || sharedPart(a.words, b.words) >= SHARED_LEAST;
}

/**
 * The part of the different words of two texts that both have. The smallest numbers of both together are a fair sample
 * of all words, since a number says nothing of its word.
 */
function sharedPart(a: readonly number[], b: readonly number[]): number {
  const inA = new Set(a);
  const inB = new Set(b);
  const sample = [...new Set([...a, ...b])].sort((x, y) => x - y).slice(0, WORDS_COUNT_MAX);
  const shared = sample.filter((number) => inA.has(number) && inB.has(number)).length;
  return sample.length === 0 ? 0 : (2 * shared) / (sample.length + shared);
}

function wordsOf(text: string): readonly string[] {
  return text.normalize('NFKC').toLowerCase().match(WORD) ?? [];
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
