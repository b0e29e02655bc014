/** Links to files that are no public articles: a problem for each, with the file that may have been meant. */

import { articlePath, nameOfPath, normalName } from '../../address/article-name.ts';
import { readFileName } from '../../address/file-name.ts';
import { createProblem, type Problem } from '../../model/problem.ts';
import type { RecordOutline } from '../../state/outline.ts';
import type { DeadLink } from '../../state/record.ts';
import { nearestName } from '../../text/nearest-name.ts';

/** A list that nobody would read to its end. */
const PROBLEMS_MAX = 1_000;
/** Names that one is compared with, and how many of them are: comparing takes longest of all in an overview. */
const COMPARED_COUNT_MAX = 2_000;
const GUESSES_MAX = 50;

export function findDeadLinks(records: readonly RecordOutline[]): readonly Problem[] {
  const linking = records.filter(({ deadLinks = [] }) => deadLinks.length > 0);
  if (linking.length === 0) return [];
  const nearest = createNearestFile(records);
  const problems: Problem[] = [];
  for (const { key, deadLinks = [] } of linking) {
    for (const link of deadLinks) {
      if (problems.length >= PROBLEMS_MAX) return problems;
      const guess = nearest(link.written);
      problems.push(linkDead(key, link, guess === null || isNoGuess(guess, key, link.written) ? null : guess));
    }
  }
  return problems;
}

function linkDead(path: string, { written, line }: DeadLink, nearest: string | null): Problem {
  const done = 'the link comes by itself when the article is published.';
  return createProblem('link-dead', {
    path,
    line,
    message: `The link “${written}” names no file of a published article, so its words are shown without a link.`,
    fix: nearest === null ? `Mend the link, or leave it: ${done}` : `Did you mean “${nearest}”? If not, ${done}`,
  });
}

/** The article that links, and what is written already, help nobody. */
function isNoGuess(guess: string, from: string, written: string): boolean {
  return guess === from || articlePath(guess) === articlePath(written.replace(/^(?:\.?\/)+|[?#].*$/g, ''));
}

/** A short name is near to too many. */
const GUESSED_CHARACTERS_MIN = 3;

/** Only of what is public: what is held back is nobody's business. */
function createNearestFile(records: readonly RecordOutline[]): (written: string) => string | null {
  const keys = new Map<string, string>();
  for (const { key, shown } of records) if (shown.length > 0) keys.set(nameOfPath(articlePath(key)), key);
  // A post is often called without the day in the name of its file.
  for (const key of [...keys.values()]) {
    const { slug } = readFileName(key);
    if (slug !== '' && !keys.has(normalName(slug))) keys.set(normalName(slug), key);
  }
  const names = [...keys.keys()];
  const guesses = new Map<string, string | null>();
  const guess = (name: string): string | null => {
    if (guesses.size >= GUESSES_MAX || name.length < GUESSED_CHARACTERS_MIN) return null;
    const few = names.length <= COMPARED_COUNT_MAX ? names : names.filter((each) => each[0] === name[0]);
    return nearestName(name, few.slice(0, COMPARED_COUNT_MAX));
  };
  return (written) => {
    const [path = ''] = written.split(/[?#]/, 1);
    const name = nameOfPath(articlePath(path.replace(/\/+$/, '')));
    const known = guesses.get(name);
    const nearest = keys.has(name) ? name : known === undefined ? guess(name) : known;
    if (known === undefined && !keys.has(name)) guesses.set(name, nearest);
    return nearest === null ? null : (keys.get(nearest) ?? null);
  };
}
