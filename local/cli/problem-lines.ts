/** Problems as lines that editors and terminals make links of: `path:line: severity code message — fix`. */

import { join } from 'node:path';
import { isError, type Problem } from '../../lambda/model/problem.ts';
import type { Terminal } from './terminal.ts';

/** `folder` as the person has typed it, which the path begins with. A problem without a line points to the first one. */
export function renderProblemLine(problem: Problem, folder: string, terminal: Pick<Terminal, 'style'>): string {
  const { severity, code, path, line, message, fix } = problem;
  const place = terminal.style('bold', `${join(folder, path)}:${line ?? 1}:`);
  const label = terminal.style(isError(problem) ? 'red' : 'yellow', severity);
  return `${place} ${label} ${code} ${message} — ${fix}`;
}

/** `2 errors, 1 warning`; empty when there are none. */
export function countProblems(problems: readonly Problem[]): string {
  const errors = problems.filter(isError).length;
  return [countIfAny(errors, 'error'), countIfAny(problems.length - errors, 'warning')].filter(Boolean).join(', ');
}

/** `3 faults`; empty when there are none. */
export function countIfAny(count: number, noun: string, plural = `${noun}s`): string {
  return count === 0 ? '' : `${count} ${count === 1 ? noun : plural}`;
}
