/**
 * What is wrong with every article of a folder has one cause, and is told once: at the first of them, with their number, for
 * the highest folder of which it is true.
 */

import { createProblem, type Problem, type ProblemCode } from '../../model/problem.ts';
import type { RecordOutline } from '../../state/outline.ts';

/** By code: what is said of a whole folder. */
const SAID: Readonly<Partial<Record<ProblemCode, (about: Folder) => Pick<Problem, 'message' | 'fix'>>>> = {
  'date-missing': ({ name, count, first }) => ({
    message: first.message.replace(
      /^[^.]*\./,
      `None of the ${count} articles ${name} has a date, so each is dated by the time it was first seen.`,
    ),
    fix: first.fix.replace(/^Write its date into it/, 'Write its date into each'),
  }),
};

interface Folder {
  /** `in posts/`, or `here` for all there are. */
  readonly name: string;
  readonly count: number;
  readonly first: Problem;
}

/** The problems of all records, in their order. */
export function problemsOf(records: readonly RecordOutline[]): readonly Problem[] {
  const told = new Map(Object.keys(SAID).map((code) => [code, tellFolders(code as ProblemCode, records)]));
  return records.flatMap((record) =>
    record.problems.flatMap((problem) => {
      const folder = told.get(problem.code)?.get(record.key);
      if (folder === undefined) return [problem];
      return folder.first === problem ? [sayOfFolder(problem, folder)] : [];
    }),
  );
}

function sayOfFolder(first: Problem, folder: Folder): Problem {
  const said = SAID[first.code]?.(folder) ?? first;
  return createProblem(first.code, { path: first.path, line: first.line, ...said });
}

/** By key of a record: the folder of which it is told together with others. */
function tellFolders(code: ProblemCode, records: readonly RecordOutline[]): ReadonlyMap<string, Folder> {
  const all = records.filter(({ shown }) => shown.length > 0);
  const concerned = all.flatMap((record) => record.problems.find((problem) => problem.code === code) ?? []);
  const total = countUnder(all.map(({ key }) => key));
  const wrong = countUnder([...new Set(concerned.map(({ path }) => path))]);
  const folders = new Map<string, Folder>();
  const told = new Map<string, Folder>();
  for (const problem of concerned) {
    const folder = foldersOf(problem.path).find((each) => wrong.get(each) === total.get(each));
    const count = folder === undefined ? 0 : (wrong.get(folder) ?? 0);
    if (folder === undefined || count < 2) continue;
    const name = folder === '' ? 'here' : `in ${folder}`;
    const found = folders.get(folder) ?? { name, count, first: problem };
    folders.set(folder, found);
    told.set(problem.path, found);
  }
  return told;
}

function countUnder(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) for (const folder of foldersOf(key)) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  return counts;
}

/** From the top down. */
function foldersOf(key: string): readonly string[] {
  const parts = key.split('/').slice(0, -1);
  return ['', ...parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}/`)];
}
