/**
 * What is published and what is wrong, with the problems that only one machine has. Reading all records would take long, so
 * their outlines are kept from one overview, and from one start, to the next.
 */

import { isError, type Problem } from '../../lambda/model/problem.ts';
import type { Overview, Publisher } from '../../lambda/publish.ts';
import { encodeJson, readJson, STATE_SCHEMA, type StateObject } from '../../lambda/state/json-object.ts';
import type { KnownOutlines, RecordOutline } from '../../lambda/state/outline.ts';
import type { Store } from '../../lambda/store/store.ts';

export interface Overviews {
  read(): Promise<Overview>;
  /** Files that, by the last overview, hold drafts or scheduled articles, in order. */
  waiting(): readonly string[];
  /** Former addresses of articles that, by the last overview, are shown. Something else may be there. */
  aliases(): readonly string[];
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
    aliases: () => [
      ...new Set(
        [...(known?.values() ?? [])].flatMap(({ outline }) => outline.shown.flatMap(({ aliases }) => aliases)),
      ),
    ],
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

interface OutlinesObject extends StateObject {
  readonly outlines: readonly (readonly [string, KnownOutlines extends Map<string, infer Known> ? Known : never])[];
}

const OUTLINES_KEY = 'local/outlines.json';

/** Only a copy: each outline goes by the version of its record, and without them everything is read. */
async function readOutlines(state: Store): Promise<KnownOutlines> {
  const stored = await readJson<OutlinesObject>(state, OUTLINES_KEY);
  return new Map(stored?.value.outlines);
}

async function writeOutlines(state: Store, known: KnownOutlines): Promise<void> {
  const object: OutlinesObject = { schema: STATE_SCHEMA, nonce: '', outlines: [...known] };
  await state.write(OUTLINES_KEY, encodeJson(object));
}
