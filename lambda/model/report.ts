/** Collects the problems of one file while it is read, so that all of them are told at once. */

import { createProblem, isError, type Problem, type ProblemCode } from './problem.ts';

export interface Report {
  readonly problems: readonly Problem[];
  /** Line counted from 1, or null where there is no one place. */
  add(code: ProblemCode, line: number | null, message: string, fix: string): void;
  /** Takes over problems that another part found. */
  include(problems: readonly Problem[]): void;
  hasErrors(): boolean;
}

/** A report about the file at `path`. What is said twice is kept once. */
export function createReport(path: string): Report {
  const problems: Problem[] = [];
  const said = new Set<string>();
  const keep = (problem: Problem) => {
    const words = `${problem.code}\n${problem.line}\n${problem.message}`;
    if (said.has(words)) return;
    said.add(words);
    problems.push(problem);
  };
  return {
    problems,
    add: (code, line, message, fix) => keep(createProblem(code, { path, line, message, fix })),
    include: (others) => others.forEach(keep),
    hasErrors: () => problems.some(isError),
  };
}
