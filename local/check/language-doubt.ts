/**
 * Whether the newest entries are in the language that the feeds say. A site that states none is said to be English: then
 * readers break the words of Japanese texts wrongly, and voices read German ones as English.
 *
 * Scripts tell most languages, and the small words of those that are written in Latin letters tell the others. Nothing is told of
 * few words, of two languages beside one another, and of a language that is not known here.
 */

import { ALL_FEED } from '../../lambda/feed/membership.ts';
import type { PlacedEntry } from '../../lambda/model/entry.ts';
import { createProblem, type Problem } from '../../lambda/model/problem.ts';
import type { Site } from '../../lambda/model/site.ts';
import { SITE_KEY } from '../../lambda/site/setting.ts';
import { readJson } from '../../lambda/state/json-object.ts';
import { rootKey } from '../../lambda/state/keys.ts';
import type { FeedRoot } from '../../lambda/state/root.ts';
import type { Store } from '../../lambda/store/store.ts';

const ENTRIES_MIN = 3;
/** Of each entry. */
const CHARACTERS_MAX = 2_000;
const LETTERS_MIN = 300;
/** The part of all letters that a script must have. */
const SCRIPT_LEAST = 0.4;
/** Japanese has these in every sentence, Chinese has none. */
const KANA_LEAST = 0.1;

const SCRIPTS: readonly (readonly [RegExp, (text: string) => string])[] = [
  [/\p{sc=Hangul}+/gu, () => 'ko'],
  [/\p{sc=Hebrew}+/gu, () => 'he'],
  [/\p{sc=Greek}+/gu, () => 'el'],
  [/\p{sc=Thai}+/gu, () => 'th'],
  [/\p{sc=Arabic}+/gu, (text) => (/[\u067e\u0686\u0698\u06af]/.test(text) ? 'fa' : 'ar')],
  [/\p{sc=Cyrillic}+/gu, (text) => (/[\u0456\u0457\u0454]/.test(text) ? 'uk' : 'ru')],
  [/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]+/gu, (text) => (partOf(text, KANA) > KANA_LEAST ? 'ja' : 'zh')],
];
const LETTERS = /\p{L}+/gu;
const KANA = /[\p{sc=Hiragana}\p{sc=Katakana}]+/gu;
const ASCII = /[\0-\x7f]+/g;

/** Words that stand in nearly every sentence, and seldom in another of these languages. */
const SMALL_WORDS: Readonly<Record<string, string>> = {
  de: 'und der die das ist nicht ein eine mit auf für dem den sich auch wir',
  en: 'the and of to is in that for it with this you are be',
  es: 'el la los las que una por con para es se del como más',
  fr: 'le les des est une dans que pour pas sur avec vous et il',
  it: 'il di che è una per non sono della con gli nel più anche',
  nl: 'het een van en niet dat op te zijn met voor ook je maar',
  pt: 'o os uma não que para com é do da em mais você isso',
  pl: 'się nie jest na że to do jak ale przez są dla który tak',
  sv: 'och att det som är på en inte för med av den jag har',
};
/** The part of all words that are such words, and how many times as many as those of the next language. */
const WORDS_LEAST = 0.1;
const WORDS_LEAD = 1.5;

/** One warning at most; none before anything is published. */
export async function warnOfLanguage(site: Site, state: Store): Promise<readonly Problem[]> {
  const root = await readJson<FeedRoot>(state, rootKey(ALL_FEED));
  const texts = (root?.value.newest ?? []).flatMap(({ entry }: PlacedEntry) =>
    entry.language === null ? [textOf(entry)] : [],
  );
  const found = texts.length < ENTRIES_MIN ? null : languageOf(texts.join('\n'));
  if (found === null || found === new Intl.Locale(site.language).language) return [];
  const names = new Intl.DisplayNames('en', { type: 'language' });
  return [
    createProblem('language-doubtful', {
      path: SITE_KEY,
      line: null,
      message: `The feeds say that their language is ${names.of(site.language)}, and the newest entries look like ${names.of(found)}.`,
      fix: `Write “language: ${found}” in ${SITE_KEY}, or “language” into the articles that are in another.`,
    }),
  ];
}

function textOf({ title, contentHtml }: PlacedEntry['entry']): string {
  const prose = contentHtml.replace(/<(pre|code)\b[^>]*>.*?<\/\1>|<[^>]*>/gs, ' ');
  return `${title}\n${prose.slice(0, CHARACTERS_MAX)}`;
}

/** A tag of BCP 47; null where nothing is certain. */
export function languageOf(text: string): string | null {
  const letters = lengthOf(text, LETTERS);
  if (letters < LETTERS_MIN) return null;
  // Most texts have few of those that the scripts are looked for in.
  const others = text.replace(ASCII, '');
  for (const [script, languageIn] of others.length > LETTERS_MIN * SCRIPT_LEAST ? SCRIPTS : [])
    if (lengthOf(others, script) > SCRIPT_LEAST * letters) return languageIn(text);
  const [first, second] = countSmallWords(text).sort(([, a], [, b]) => b - a);
  return first !== undefined && first[1] > WORDS_LEAST && first[1] > WORDS_LEAD * (second?.[1] ?? 0) ? first[0] : null;
}

/** Of each language, the part of all words that are its small words. */
function countSmallWords(text: string): (readonly [language: string, part: number])[] {
  const words = text.toLowerCase().match(LETTERS) ?? [];
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.entries(SMALL_WORDS).map(([language, small]) => {
    const count = small.split(' ').reduce((sum, word) => sum + (counts.get(word) ?? 0), 0);
    return [language, count / words.length];
  });
}

function partOf(text: string, script: RegExp): number {
  return lengthOf(text, script) / Math.max(1, lengthOf(text, LETTERS));
}

/** The characters of a text that belong to runs of one kind. Without a list of them: there are tens of thousands. */
function lengthOf(text: string, runs: RegExp): number {
  return text.length - text.replace(runs, '').length;
}
