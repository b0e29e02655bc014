/**
 * What is wrong with all articles of a folder, or with many, has one cause, and is told once: at the first of them, with their
 * number.
 */

import { createProblem, type Problem, type ProblemCode } from '../../model/problem.ts';
import type { RecordOutline } from '../../state/outline.ts';

interface Folder {
  /** `in posts/`, or `here` for all there are. */
  readonly name: string;
  readonly count: number;
  readonly first: Problem;
}

interface Kind {
  /** Whether it is told of the highest folder in which it is so of every article, or of each folder in which it is so of many. */
  readonly isOf: 'all' | 'many';
  readonly say: (about: Folder) => Pick<Problem, 'message' | 'fix'>;
}

const KINDS: Readonly<Partial<Record<ProblemCode, Kind>>> = {
  'date-missing': {
    isOf: 'all',
    say: ({ name, count, first }) => ({
      message: first.message.replace(
        /^[^.]*\./,
        `None of the ${count} articles ${name} has a date, so each is dated by the time it was first seen.`,
      ),
      fix: first.fix.replace(/^Write its date into it/, 'Write its date into each'),
    }),
  },
  'sound-missing': {
    isOf: 'many',
    say: ({ name, count, first }) => ({
      message: `${count} articles ${name} say much that only episodes of a podcast say, and name no sound that is understood.`,
      fix: first.fix,
    }),
  },
};

const ALL_MIN = 2;
const MANY_MIN = 5;

/** The problems of all records, in their order. */
export function problemsOf(records: readonly RecordOutline[]): readonly Problem[] {
  const told = new Map(Object.keys(KINDS).map((code) => [code, findFolders(code as ProblemCode, records)]));
  return records.flatMap((record) =>
    record.problems.flatMap((problem) => {
      const folder = told.get(problem.code)?.get(record.key);
      if (folder === undefined) return [problem];
      return folder.first === problem ? [sayOfFolder(problem, folder)] : [];
    }),
  );
}

function sayOfFolder(first: Problem, folder: Folder): Problem {
  const said = KINDS[first.code]?.say(folder) ?? first;
  return createProblem(first.code, { path: first.path, line: first.line, ...said });
}

/** By key of a record: the folder of which it is told together with others. */
function findFolders(code: ProblemCode, records: readonly RecordOutline[]): ReadonlyMap<string, Folder> {
  const all = records.filter(({ shown }) => shown.length > 0);
  const concerned = all.flatMap((record) => record.problems.find((problem) => problem.code === code) ?? []);
  const total = countUnder(all.map(({ key }) => key));
  const wrong = countUnder(concerned.map(({ path }) => path));
  const isOfAll = KINDS[code]?.isOf === 'all';
  const folderOf = (key: string) =>
    isOfAll ? foldersOf(key).find((each) => wrong.get(each) === total.get(each)) : foldersOf(key).at(-1);
  const folders = new Map<string, Folder>();
  const told = new Map<string, Folder>();
  for (const problem of concerned) {
    const folder = folderOf(problem.path);
    const count = folder === undefined ? 0 : (wrong.get(folder) ?? 0);
    if (folder === undefined || count < (isOfAll ? ALL_MIN : MANY_MIN)) continue;
    const found = folders.get(folder) ?? { name: folder === '' ? 'here' : `in ${folder}`, count, first: problem };
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
