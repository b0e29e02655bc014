/**
 * `feedwright check`: the problems of a folder and nothing else. The whole publication is built, since some problems
 * only show between articles, but in memory: nothing is written anywhere.
 */

import { createHash } from 'node:crypto';
import { createProblem, type Problem } from '../../lambda/problem.ts';
import type { Store } from '../../lambda/store/store.ts';
import { SITE_KEY } from '../../lambda/work/site-work.ts';
import { countProblems, renderProblemLine } from '../problem-lines.ts';
import { createPublication } from '../publication.ts';
import { createFolderStore } from '../store/folder-store.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { exitCodeOf } from './build.ts';
import type { CommandContext } from './context.ts';
import { assertContentFolder } from './folders.ts';
import { checkPodcasts } from './podcast-check.ts';

/** Readers complain of feeds of several megabytes; every poll pays for each byte. */
const DOCUMENT_BYTES_MAX = 512 * 1024;
const FEED_DOCUMENT = /(?:^|\/)(?:rss\.xml|atom\.xml|feed\.json)$/;

export async function check(folder: string, { terminal, now }: CommandContext): Promise<number> {
  assertContentFolder(folder);
  const large: string[] = [];
  const content = createFolderStore({ root: folder, readOnly: true });
  const state = createMemoryStore({ now });
  const publication = createPublication({
    content,
    state,
    site: measureBodies(createMemoryStore({ now }), large),
    url: null,
    now,
  });
  const progress = terminal.startProgress('Checking');
  await publication.refresh(progress.update);
  progress.stop();
  const overview = await publication.overview();
  const podcasts = overview.site === null ? [] : await checkPodcasts(overview.site, content, state);
  const problems = [...overview.problems, ...podcasts, ...large.sort().map(documentTooLarge)];
  for (const problem of problems) terminal.print(renderProblemLine(problem, folder, terminal));
  terminal.note(countProblems(problems) || 'No problems.');
  return exitCodeOf(overview);
}

/**
 * A store that keeps a hash in place of each body, so that a folder full of films fits into memory, and gathers the
 * feed documents that are too large.
 */
function measureBodies(store: Store, large: string[]): Store {
  return {
    ...store,
    write(key, body, options) {
      if (FEED_DOCUMENT.test(key) && body.byteLength > DOCUMENT_BYTES_MAX && !large.includes(key)) large.push(key);
      return store.write(key, createHash('sha256').update(body).digest(), options);
    },
  };
}

function documentTooLarge(document: string): Problem {
  return createProblem('document-too-large', {
    path: SITE_KEY,
    line: null,
    message: `The document ${document} has more than ${DOCUMENT_BYTES_MAX / 1024} kB, which some readers refuse.`,
    fix: 'Lower “pageSize”, or let the feed carry summaries: content: summary.',
  });
}
