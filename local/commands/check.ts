/**
 * `feedwright check`: the problems of a folder and nothing else. The whole publication is built, since some problems
 * only show between articles, but in memory: nothing is written anywhere. With `--feeds` every feed document is judged too.
 */

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Problem } from '../../lambda/model/problem.ts';
import type { Overview } from '../../lambda/publish.ts';
import type { Store } from '../../lambda/store/store.ts';
import { SITE_KEY } from '../../lambda/work/protocol/site-work.ts';
import { type DocumentReport, inspectDocument, isFeedDocument, judgeDocuments } from '../check/feed-documents.ts';
import { warnOfLanguage } from '../check/language-doubt.ts';
import { checkLinks } from '../check/links.ts';
import { warnOfReaders } from '../check/reader-warnings.ts';
import type { CheckOptions } from '../cli/arguments/command-line.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { countIfAny, countProblems, renderProblemLine } from '../cli/problem-lines.ts';
import { openGeneratorSite } from '../generators/open-site.ts';
import { createLeftOutFiles, type LeftOutFiles } from '../publication/left-out-files.ts';
import { createPublication, type ProgressListener } from '../publication/publication.ts';
import { createFolderStore } from '../store/folder-store.ts';
import { SLICE_BYTES_MAX } from '../store/folder-workshop.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { exitCodeOf } from './build.ts';
import type { CommandContext } from './context.ts';
import { assertContentFolder } from './folders.ts';
import { DOCUMENT_BYTES_MAX, documentTooLarge } from './large-documents.ts';
import { checkPodcasts } from './podcast-check.ts';

/** The output of `--json`. */
export interface CheckResult {
  /** The path is that of the file, as the folder was typed; `key` is its key in the publication. */
  readonly problems: readonly (Problem & { readonly key: string })[];
  readonly counts: Overview['counts'];
  /** With `--feeds`: the judgement of every feed document; null where it was not asked for. */
  readonly feeds: { readonly documents: number; readonly faults: readonly DocumentFault[] } | null;
}

interface DocumentFault {
  /** Of the document, with a slash in front. */
  readonly path: string;
  readonly fault: string;
}

export async function check({ folder, feeds, json }: CheckOptions, { terminal, now }: CommandContext): Promise<number> {
  assertContentFolder(folder);
  const leftOut = createLeftOutFiles(folder);
  const content = createFolderStore({ root: folder, readOnly: true, onLeftOut: leftOut.suspect });
  const progress = terminal.startProgress('Checking');
  const { overview, problems, documents } = await examine({ content, leftOut, folder }, now, progress.update, feeds);
  // Broken settings keep everything from being published; what is wrong with the articles is of interest all the same.
  const others =
    overview.site === null
      ? await examine({ content: withoutSettings(content), leftOut: null, folder }, now, progress.update, false)
      : null;
  progress.stop();
  const all = [...problems, ...(others?.problems.filter(({ path }) => path !== SITE_KEY) ?? [])];
  const faults = feeds ? judge(documents, overview.site?.url ?? '') : [];
  if (json) {
    const result: CheckResult = {
      problems: all.map((problem) => ({ ...problem, path: join(folder, problem.path), key: problem.path })),
      counts: overview.counts,
      feeds: feeds ? { documents: documents.size, faults } : null,
    };
    terminal.print(JSON.stringify(result, null, 2));
  } else {
    for (const problem of all) terminal.print(renderProblemLine(problem, folder, terminal));
    terminal.note(countProblems(all) || 'No problems.');
    if (feeds) printFaults(faults, documents.size, terminal);
  }
  return exitCodeOf(overview) || (faults.length > 0 ? EXIT.problems : EXIT.published);
}

/** The mistakes of the documents: no author can have meant them. */
function judge(documents: ReadonlyMap<string, DocumentReport>, siteUrl: string): readonly DocumentFault[] {
  const judged = judgeDocuments(documents, siteUrl, (path) => documents.has(path));
  return [...judged]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, findings]) => findings.map((fault) => ({ path: `/${path}`, fault })));
}

function printFaults(
  faults: readonly DocumentFault[],
  documentCount: number,
  terminal: CommandContext['terminal'],
): void {
  for (const { path, fault } of faults) terminal.print(`${terminal.style('bold', `${path}:`)} ${fault}`);
  const count = countIfAny(documentCount, 'feed document') || 'No feed documents';
  terminal.note(
    faults.length === 0
      ? `${count}, each valid.`
      : `${count}: ${countIfAny(faults.length, 'fault')} of Feedwright’s; please report them.`,
  );
}

/** Publishes into memory, and gives what became of it with all that is wrong. */
async function examine(
  {
    content,
    leftOut,
    folder,
  }: { readonly content: Store; readonly leftOut: LeftOutFiles | null; readonly folder: string },
  now: () => number,
  onProgress: ProgressListener,
  feeds: boolean,
): Promise<Examination> {
  const large: string[] = [];
  const documents = new Map<string, DocumentReport>();
  const state = createMemoryStore({ now });
  const measured = measureBodies(createMemoryStore({ now }), large);
  const store = feeds ? inspectBodies(measured, documents) : measured;
  const generatorSite = await openGeneratorSite(folder, content, state);
  const publication = createPublication({ content, generatorSite, leftOut, state, public: store, url: null, now });
  await publication.refresh(onProgress);
  const overview = await publication.overview();
  const podcasts = overview.site === null ? [] : await checkPodcasts(overview.site, content, state);
  const links = overview.site === null ? [] : await checkLinks(overview.site, { content, state, public: store });
  const readers = overview.site === null || !feeds ? [] : await warnOfReaders(overview.site, state);
  const languages = overview.site === null ? [] : await warnOfLanguage(overview.site, state);
  const others = [...podcasts, ...languages, ...links, ...readers, ...large.sort().map(documentTooLarge)];
  return { overview, documents, problems: [...overview.problems, ...others] };
}

interface Examination {
  readonly overview: Overview;
  readonly problems: readonly Problem[];
  /** Of the feed documents by path, where they were asked for. */
  readonly documents: ReadonlyMap<string, DocumentReport>;
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
export function measureBodies(store: Store, large: string[]): Store {
  return {
    ...store,
    write(key, body, options) {
      if (isFeedDocument(key) && body.byteLength > DOCUMENT_BYTES_MAX && !large.includes(key)) large.push(key);
      return store.write(key, hashOf(body), options);
    },
  };
}

/** Hashes take less than 2 GiB in one call. */
function hashOf(body: Uint8Array): Uint8Array {
  const hash = createHash('sha256');
  for (let from = 0; from < body.length; from += SLICE_BYTES_MAX)
    hash.update(body.subarray(from, from + SLICE_BYTES_MAX));
  return hash.digest();
}

/** A store that has a report on each feed document that is in it. */
function inspectBodies(store: Store, documents: Map<string, DocumentReport>): Store {
  return {
    ...store,
    write(key, body, options) {
      if (isFeedDocument(key)) documents.set(key, inspectDocument(key, body));
      return store.write(key, body, options);
    },
    remove(key, options) {
      documents.delete(key);
      return store.remove(key, options);
    },
  };
}
