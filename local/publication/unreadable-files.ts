/**
 * Files of the content that are there and may not be read. To this machine that is a failure of the file system; to whoever
 * publishes it is something to mend in one file, and no reason to hold up the others.
 */

import { createProblem, type Problem } from '../../lambda/model/problem.ts';
import type { ArticleOutcome } from '../../lambda/publish.ts';
import { UnreadableFileError } from '../store/folder-store.ts';

export interface UnreadableFiles {
  /** Notes what became of a file; gives whether it failed only because it, or an asset of it, may not be read. */
  note(outcome: ArticleOutcome): boolean;
  /** The files that could not be worked on for that, by content key. */
  keys(): readonly string[];
  problems(): readonly Problem[];
}

export function createUnreadableFiles(): UnreadableFiles {
  /** Files that the system does not let us read, by the key of the file that was worked on. */
  const unreadable = new Map<string, string>();
  return {
    note(outcome) {
      unreadable.delete(outcome.key);
      if (outcome.change !== 'failed' || !(outcome.error instanceof UnreadableFileError)) return false;
      unreadable.set(outcome.key, outcome.error.key);
      return true;
    },
    keys: () => [...unreadable.keys()],
    problems: () => [...new Set(unreadable.values())].map(fileUnreadable),
  };
}

function fileUnreadable(path: string): Problem {
  const message = 'The file system does not permit this file to be read.';
  return createProblem('file-unreadable', { path, line: null, message, fix: 'See who may read it, and add yourself.' });
}
