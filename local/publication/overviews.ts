/**
 * What is published and what is wrong, with the problems that only one machine has. Reading all records would take long, so
 * their outlines are kept from one overview, and from one start, to the next.
 */

import { randomUUID } from 'node:crypto';
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
  let kept: KeptOutlines | null = null;
  return {
    async read() {
      kept ??= await readOutlines(state);
      known ??= new Map([...kept.most, ...kept.later]);
      const present = await publisher.overview(known);
      const records = [...known.values()].map(({ outline }) => outline);
      kept = await writeOutlines(state, kept, known);
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
  /** Nonce of the object that these belong to. */
  readonly of?: string;
  readonly outlines: readonly (readonly [string, KnownOutlines extends Map<string, infer Known> ? Known : never])[];
}

/** As they are written down: those that changed since most were written lie apart, so that little has to be written. */
interface KeptOutlines {
  /** Of the object that holds most. */
  readonly nonce: string;
  readonly most: KnownOutlines;
  readonly later: KnownOutlines;
}

const OUTLINES_KEY = 'local/outlines.json';
const LATER_OUTLINES_KEY = 'local/later-outlines.json';
/** With more, all are written together. */
const LATER_COUNT_MAX = 1_000;

/** Only a copy: each outline goes by the version of its record, and without them everything is read. */
async function readOutlines(state: Store): Promise<KeptOutlines> {
  const most = (await readJson<OutlinesObject>(state, OUTLINES_KEY))?.value;
  const later = (await readJson<OutlinesObject>(state, LATER_OUTLINES_KEY))?.value;
  const nonce = most?.nonce ?? '';
  const isPart = nonce !== '' && later?.of === nonce;
  return { nonce, most: new Map(most?.outlines), later: new Map(isPart ? later.outlines : []) };
}

async function writeOutlines(state: Store, kept: KeptOutlines, known: KnownOutlines): Promise<KeptOutlines> {
  const later = new Map([...known].filter(([key, each]) => kept.most.get(key) !== each));
  const isGone = [...kept.most.keys()].some((key) => !known.has(key));
  if (kept.nonce === '' || isGone || later.size > LATER_COUNT_MAX) {
    const nonce = randomUUID();
    await writeObject(state, OUTLINES_KEY, { nonce, outlines: [...known] });
    return { nonce, most: new Map(known), later: new Map() };
  }
  const isSame = later.size === kept.later.size && [...later].every(([key, each]) => kept.later.get(key) === each);
  if (!isSame) await writeObject(state, LATER_OUTLINES_KEY, { nonce: '', of: kept.nonce, outlines: [...later] });
  return { ...kept, later };
}

async function writeObject(state: Store, key: string, object: Omit<OutlinesObject, 'schema'>): Promise<void> {
  await state.write(key, encodeJson({ schema: STATE_SCHEMA, ...object }));
}
