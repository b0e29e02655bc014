/** Under which date an article is shown: its own, else one that freezes when it is first shown. Pure. */

import type { Article } from '../../model/article.ts';
import { createProblem, type Problem } from '../../model/problem.ts';
import type { FrozenFacts, ShownEntry } from '../../state/record.ts';
import type { Moment } from '../../time/moment.ts';
import { sourceFingerprint } from './frozen-facts.ts';

interface DateInput {
  readonly body: Uint8Array;
  /** What is shown of the file so far. */
  readonly shown: readonly ShownEntry[];
  /** When it was published as subscribers know it; null where nothing says so. */
  readonly adopted: Moment | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * What freezes of its date. Where it only says when it was changed, that is when it was published, as far as anybody knows:
 * from then on it stays so. A source that an older publisher read otherwise keeps the date under which it was shown.
 */
export function settleDate(
  article: Article,
  seen: FrozenFacts,
  { body, shown, adopted, now }: DateInput,
): Pick<FrozenFacts, 'stated' | 'keptDate'> {
  const { published, updated } = article;
  const stated = published?.at ?? null;
  const kept = (keptDate: Moment | null | undefined) => ({ stated, ...(keptDate && { keptDate }) });
  if (seen.stated !== undefined) return kept(seen.stated === stated ? seen.keptDate : null);
  // What its author has scheduled was in no feed.
  if (seen.id === null && adopted !== null && Math.max(adopted.at, stated ?? 0) <= now) return kept(adopted);
  if (seen.id === null) return kept(published === null && updated !== null && updated.at <= now ? updated : null);
  const isSame = seen.fingerprint === sourceFingerprint(article, body) || seen.wording === article.wording;
  const standing = shown.find(({ entry }) => entry.id === seen.id)?.entry.published ?? null;
  return kept(isSame && published !== null && standing?.at !== stated ? standing : null);
}

export function dateMissing(key: string, { dateHint }: Article, published: Moment): Problem {
  const message = 'The article has no date, so it is dated by the time it was first seen.';
  if (dateHint === undefined) {
    const fix = `Write its date into it, for example: date: ${new Date(published.at).toISOString().slice(0, 10)}`;
    return createProblem('date-missing', { path: key, line: null, message, fix });
  }
  const { name, text, line } = dateHint;
  return createProblem('date-missing', {
    path: key,
    line,
    message: `${message} The field “${name}” holds a date (${text}), and its name doesn’t say that this is when it was published.`,
    fix: `If it is, write “date: ${text}”.`,
  });
}
