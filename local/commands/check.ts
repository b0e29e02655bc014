/**
 * `feedwright check`: the problems of a folder and nothing else. The whole publication is built, since some problems
 * only show between articles, but in memory: nothing is written anywhere.
 */

import { createHash } from 'node:crypto';
import type { Store } from '../../lambda/store/store.ts';
import { countProblems, renderProblemLine } from '../problem-lines.ts';
import { createPublication } from '../publication.ts';
import { createFolderStore } from '../store/folder-store.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { exitCodeOf } from './build.ts';
import type { CommandContext } from './context.ts';
import { assertContentFolder } from './folders.ts';

export async function check(folder: string, { terminal, now }: CommandContext): Promise<number> {
  assertContentFolder(folder);
  const publication = createPublication({
    content: createFolderStore({ root: folder, readOnly: true }),
    state: createMemoryStore({ now }),
    site: forgetBodies(createMemoryStore({ now })),
    url: null,
    now,
  });
  const progress = terminal.startProgress('Checking');
  await publication.refresh(progress.update);
  progress.stop();
  const overview = await publication.overview();
  for (const problem of overview.problems) terminal.print(renderProblemLine(problem, folder, terminal));
  terminal.note(countProblems(overview.problems) || 'No problems.');
  return exitCodeOf(overview);
}

/** A store that keeps a hash in place of each body, so that a folder full of films fits into memory. */
function forgetBodies(store: Store): Store {
  return {
    ...store,
    write: (key, body, options) => store.write(key, createHash('sha256').update(body).digest(), options),
  };
}
