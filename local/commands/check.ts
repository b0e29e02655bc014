/**
 * `feedwright check`: the problems of a folder and nothing else. The whole publication is built, since some problems
 * only show between articles, but in memory: nothing is written anywhere.
 */

import { createHash } from 'node:crypto';
import { createProblem, type Problem } from '../../lambda/problem.ts';
import type { Overview } from '../../lambda/publish.ts';
import type { Store } from '../../lambda/store/store.ts';
import { SITE_KEY } from '../../lambda/work/site-work.ts';
import { countProblems, renderProblemLine } from '../problem-lines.ts';
import { createPublication, type ProgressListener } from '../publication.ts';
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
  const content = createFolderStore({ root: folder, readOnly: true });
  const progress = terminal.startProgress('Checking');
  const { overview, problems } = await examine(content, now, progress.update);
  // Broken settings keep everything from being published; what is wrong with the articles is of interest all the same.
  const others = overview.site === null ? await examine(withoutSettings(content), now, progress.update) : null;
  progress.stop();
  const all = [...problems, ...(others?.problems.filter(({ path }) => path !== SITE_KEY) ?? [])];
  for (const problem of all) terminal.print(renderProblemLine(problem, folder, terminal));
  terminal.note(countProblems(all) || 'No problems.');
  return exitCodeOf(overview);
}

/** Publishes into memory, and gives what became of it with all that is wrong. */
async function examine(
  content: Store,
  now: () => number,
  onProgress: ProgressListener,
): Promise<{ readonly overview: Overview; readonly problems: readonly Problem[] }> {
  const large: string[] = [];
  const state = createMemoryStore({ now });
  const site = measureBodies(createMemoryStore({ now }), large);
  const publication = createPublication({ content, state, site, url: null, now });
  await publication.refresh(onProgress);
  const overview = await publication.overview();
  const podcasts = overview.site === null ? [] : await checkPodcasts(overview.site, content, state);
  return { overview, problems: [...overview.problems, ...podcasts, ...large.sort().map(documentTooLarge)] };
}

/** The content as if it had no settings. */
function withoutSettings(content: Store): Store {
  return {
    ...content,
    read: async (key, options) => (key === SITE_KEY ? null : content.read(key, options)),
    inspect: async (key) => (key === SITE_KEY ? null : content.inspect(key)),
    async list(options) {
      const { objects, next } = await content.list(options);
      return { objects: objects.filter(({ key }) => key !== SITE_KEY), next };
    },
  };
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
