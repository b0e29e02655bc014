/** `statuses` in site.yaml: what the words with which articles tell their state mean for their being published. */

import { stateWord } from '../article/fields/visibility/state-words.ts';
import type { Article } from '../model/article.ts';
import type { Site } from '../model/site.ts';
import { STATUSES_MAX } from '../model/site-limits.ts';
import { mapOf, oneOf, type Reader, report } from './setting.ts';

const visibility = oneOf<Article['visibility']>(['published', 'draft', 'hidden']);

const meanings = mapOf((name, node, place) => {
  const meaning = visibility(node, place);
  return meaning && { word: stateWord(name), meaning, place };
}, STATUSES_MAX);

/** By the words as `stateWord` has them: `In Review` and `in-review` are one, and must not mean two things. */
export const statusMeanings: Reader<NonNullable<Site['statuses']>> = (node, place) => {
  const stated = meanings(node, place);
  if (stated === null) return null;
  const byWord = new Map<string, Article['visibility']>();
  for (const { word, meaning, place: here } of stated) {
    if ((byWord.get(word) ?? meaning) !== meaning) {
      return report(here, `“${here.name}” is there twice, with two meanings.`, 'Keep one of the two lines.');
    }
    byWord.set(word, meaning);
  }
  return Object.fromEntries(byWord);
};
