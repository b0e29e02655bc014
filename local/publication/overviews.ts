/**
 * What is published and what is wrong, with the problems that only one machine has. Reading all records would take long, so
 * their outlines are kept from one overview, and from one start, to the next.
 */

import { isError, type Problem } from '../../lambda/model/problem.ts';
import type { Overview, Publisher } from '../../lambda/publish.ts';
import type { KnownOutlines, RecordOutline } from '../../lambda/state/outline.ts';
import type { Store } from '../../lambda/store/store.ts';
import { readOutlines, writeOutlines } from './outlines.ts';

export interface Overviews {
  read(): Promise<Overview>;
  /** Files that, by the last overview, hold drafts or scheduled articles, in order. */
  waiting(): readonly string[];
}

/** @param findProblems what is wrong besides what the publisher knows of */
export function createOverviews(
  publisher: Pick<Publisher, 'overview'>,
  state: Store,
  findProblems: (overview: Overview, records: readonly RecordOutline[]) => readonly Problem[],
): Overviews {
  let known: KnownOutlines | null = null;
  return {
    async read() {
      known ??= await readOutlines(state);
      const before = new Map(known);
      const present = await publisher.overview(known);
      const records = [...known.values()].map(({ outline }) => outline);
      const isSame = known.size === before.size && [...known].every(([key, each]) => before.get(key) === each);
      if (!isSame) await writeOutlines(state, known);
      return withProblems(present, findProblems(present, records));
    },
    waiting() {
      const outlines = [...(known ?? [])].map(([, { outline }]) => outline);
      return outlines.flatMap(({ key, counts }) => (counts.drafts + counts.scheduled > 0 ? [key] : [])).sort();
    },
  };
}

function withProblems(overview: Overview, more: readonly Problem[]): Overview {
  if (more.length === 0) return overview;
  const { problems, counts } = overview;
  return {
    ...overview,
    problems: [...problems, ...more].sort(byPath),
    counts: { ...counts, broken: counts.broken + more.filter(isError).length },
  };
}

/** Those of one file stay in their order. */
function byPath(a: Problem, b: Problem): number {
  if (a.path === b.path) return 0;
  return a.path < b.path ? -1 : 1;
}
