/**
 * What is wrong with all articles of a folder, or with many, has one cause, and is told once: at the first of them, with their
 * number. So are files of one form that is not read.
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
  /**
   * Whether it is told of the highest folder in which it is so of every article, of each folder in which it is so of many, or
   * of each in which the same is said of several files.
   */
  readonly isOf: 'all' | 'many' | 'same';
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
      message: `${count} articles ${name} have fields that only podcast episodes have, but name no audio file that is understood.`,
      fix: first.fix,
    }),
  },
  'format-not-read': {
    isOf: 'same',
    say: ({ name, count, first }) => ({
      message: first.message
        .replace('This file is', `${count} files ${name} are`)
        .replace('This file lies', `${count} files lie`)
        .replace(
          ': it is not read, and nothing of it is published',
          ': they are not read, and nothing of them is published',
        )
        .replace(
          'looks like a post, under names that are not read: nothing of it',
          'looks like posts, under names that are not read: nothing of it',
        ),
      fix: first.fix,
    }),
  },
};

const COUNT_MIN = { all: 2, many: 5, same: 2 };

/** The problems of all records, in their order. */
export function problemsOf(all: readonly RecordOutline[]): readonly Problem[] {
  const used = new Set(all.flatMap(({ shown }) => shown.flatMap(({ assets }) => assets)));
  // What an article refers to is something to load, and no post.
  const records = all.map((record) => (used.has(record.key) ? withoutUnread(record) : record));
  const told = new Map(Object.keys(KINDS).map((code) => [code, findFolders(code as ProblemCode, records)]));
  return records.flatMap((record) =>
    record.problems.flatMap((problem) => {
      const folder = told.get(problem.code)?.get(record.key);
      if (folder === undefined) return [problem];
      return folder.first === problem ? [sayOfFolder(problem, folder)] : [];
    }),
  );
}

function withoutUnread(record: RecordOutline): RecordOutline {
  return { ...record, problems: record.problems.filter(({ code }) => code !== 'format-not-read') };
}

function sayOfFolder(first: Problem, folder: Folder): Problem {
  const said = KINDS[first.code]?.say(folder) ?? first;
  return createProblem(first.code, { path: first.path, line: first.line, ...said });
}

/** By key of a record: the folder of which it is told together with others. */
function findFolders(code: ProblemCode, records: readonly RecordOutline[]): ReadonlyMap<string, Folder> {
  const { isOf } = KINDS[code] ?? { isOf: 'many' };
  const all = records.filter(({ shown }) => isOf === 'same' || shown.length > 0);
  const concerned = all.flatMap((record) => record.problems.find((problem) => problem.code === code) ?? []);
  if (isOf === 'all') return findWhole(concerned, countUnder(all.map(({ key }) => key)));
  const groups = Map.groupBy(concerned, ({ path, message }) => {
    return JSON.stringify([folderOf(path), ...(isOf === 'same' ? [message] : [])]);
  });
  return new Map(
    [...groups.values()].flatMap((problems) => {
      const [first] = problems;
      if (first === undefined || problems.length < COUNT_MIN[isOf]) return [];
      const folder = { name: nameOf(folderOf(first.path)), count: problems.length, first };
      return problems.map(({ path }) => [path, folder] as const);
    }),
  );
}

function findWhole(concerned: readonly Problem[], total: ReadonlyMap<string, number>): ReadonlyMap<string, Folder> {
  const wrong = countUnder(concerned.map(({ path }) => path));
  const folders = new Map<string, Folder>();
  const told = new Map<string, Folder>();
  for (const problem of concerned) {
    const folder = foldersOf(problem.path).find((each) => wrong.get(each) === total.get(each));
    const count = folder === undefined ? 0 : (wrong.get(folder) ?? 0);
    if (folder === undefined || count < COUNT_MIN.all) continue;
    const found = folders.get(folder) ?? { name: nameOf(folder), count, first: problem };
    folders.set(folder, found);
    told.set(problem.path, found);
  }
  return told;
}

/** That of a post, which may have a folder of its own. */
function folderOf(key: string): string {
  return foldersOf(key.replace(/\/(?:index|contents)\.[^/]+$/, '')).at(-1) ?? '';
}

function nameOf(folder: string): string {
  return folder === '' ? 'here' : `in ${folder}`;
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
