/** The publisher's words on pages in other languages than English. */

import type { Words } from './words.ts';

const WORDS: readonly Words[] = [];

/** By language. */
export const TRANSLATIONS: ReadonlyMap<string, Words> = new Map(WORDS.map((words) => [words.language, words]));
