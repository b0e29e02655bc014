/** `feedwright build`: publishes what changed since the last build into a folder, and says what became of it. */

import { dirname } from 'node:path';
import { isError } from '../../lambda/model/problem.ts';
import type { Overview } from '../../lambda/publish.ts';
import { SITE_KEY } from '../../lambda/work/protocol/site-work.ts';
import { warnOfLanguage } from '../check/language-doubt.ts';
import type { BuildOptions } from '../cli/arguments/command-line.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { listFeeds } from '../cli/feed-addresses.ts';
import { describeHeld } from '../cli/held-lines.ts';
import { countIfAny, countProblems, renderProblemLine } from '../cli/problem-lines.ts';
import { PROGRAM } from '../cli/program.ts';
import { openGeneratorSite } from '../generators/open-site.ts';
import type { BuildResult } from '../publication/build-result.ts';
import { createLeftOutFiles } from '../publication/left-out-files.ts';
import { createPublication, type ProgressListener, type Publication } from '../publication/publication.ts';
import type { WorkReport } from '../publication/work-report.ts';
import { createFolderStore } from '../store/folder-store.ts';
import { createFolderToken } from '../store/folder-workshop.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import type { Output } from './bucket/bucket-output.ts';
import type { CommandContext } from './context.ts';
import {
  assertContentFolder,
  assertOutputFolder,
  assertStateFile,
  bucketStateFile,
  defaultStateFile,
  makeFolder,
} from './folders.ts';
import { findLargeDocuments } from './large-documents.ts';

export async function build(options: BuildOptions, context: CommandContext): Promise<number> {
  return publishFolder(options, context, 'Publishing', (publication, onProgress) =>
    publication.refresh(onProgress, options.remove),
  );
}

/** The state file of a build, once its folders were found to be fit and are there. */
export function prepareFolders({ folder, out, bucket, state: named }: BuildOptions): string {
  assertContentFolder(folder);
  const state = named ?? (bucket === null ? defaultStateFile(out) : bucketStateFile(bucket));
  if (bucket === null) assertOutputFolder(folder, out, state);
  else assertStateFile(folder, state);
  for (const each of [...(bucket === null ? [out] : []), dirname(state)]) makeFolder(each);
  return state;
}

/** AWS's client takes longer to load than a build of a folder runs. */
async function openOutput({ out, bucket }: BuildOptions): Promise<Output> {
  if (bucket !== null) return (await import('./bucket/bucket-output.ts')).openBucketOutput(bucket);
  const store = createFolderStore({ root: out });
  return { store, objects: store, token: createFolderToken(out), close() {} };
}

/** Has a publication of the folder do some work, says what became of it, and gives the exit code. */
export async function publishFolder(
  options: BuildOptions,
  { terminal, now }: CommandContext,
  title: string,
  work: FolderWork,
): Promise<number> {
  const progress = terminal.startProgress(title);
  const { result, exitCode } = await workOnFolder(options, now, (publication) =>
    work(publication, progress.update),
  ).finally(progress.stop);
  if (options.json) terminal.print(JSON.stringify(result, null, 2));
  else printResult(result, options, terminal);
  return exitCode;
}

type FolderWork = (publication: Publication, onProgress: ProgressListener) => Promise<WorkReport>;

/** The same without a word to anybody. `now` gives milliseconds since the epoch. */
export async function workOnFolder(
  options: BuildOptions,
  now: () => number,
  work: (publication: Publication) => Promise<WorkReport>,
): Promise<{ readonly result: BuildResult; readonly exitCode: number }> {
  const startedAt = performance.now();
  const state = prepareFolders(options);
  const output = await openOutput(options);
  const opened = openSqliteStore(state);
  const leftOut = createLeftOutFiles(options.folder);
  try {
    const content = createFolderStore({ root: options.folder, readOnly: true, onLeftOut: leftOut.suspect });
    const generatorSite = await openGeneratorSite(options.folder, content, opened.store);
    const publication = createPublication({
      content,
      generatorSite,
      leftOut,
      state: opened.store,
      settle: opened.settle,
      public: output.store,
      outputToken: output.token,
      copiesFeeds: true,
      program: PROGRAM,
      url: options.url,
      now,
    });
    const report = await work(publication);
    const overview = await publication.overview();
    const hosted =
      options.host === null || overview.site === null
        ? []
        : await (await import('../hosting/hosts.ts')).writeHostFiles(options.host, options.out, {
            site: overview.site,
            feeds: overview.feeds,
            aliases: publication.aliases(),
            documents: output.objects,
          });
    const large = await findLargeDocuments(output.objects, overview);
    const doubts = overview.site === null ? [] : await warnOfLanguage(overview.site, opened.store);
    const code = exitCodeOf(overview);
    return {
      result: {
        ...summarise(
          report,
          { ...overview, problems: [...overview.problems, ...doubts, ...large, ...hosted] },
          Math.round(performance.now() - startedAt),
        ),
        generator: generatorSite?.told() ?? null,
      },
      exitCode: report.held === null || code !== EXIT.published ? code : EXIT.problems,
    };
  } finally {
    output.close();
    opened.close();
  }
}

/** The signs that there was something to publish. */
const UNREAD: ReadonlySet<string> = new Set(['format-not-read', 'export-not-read', 'site-without-articles']);

/**
 * 3 when site.yaml is broken, or nothing could be published; 1 when some articles could not be, else 0. Warnings are no failure,
 * but where nothing is published and there are posts in a form that is not read.
 */
export function exitCodeOf({ problems, counts }: Overview): number {
  const errors = problems.filter(isError);
  const isUnread = problems.some(({ code }) => UNREAD.has(code));
  if (errors.length === 0) return isUnread && counts.published === 0 ? EXIT.problems : EXIT.published;
  const isSiteBroken = errors.some(({ path }) => path === SITE_KEY);
  return isSiteBroken || counts.published === 0 ? EXIT.nothing : EXIT.problems;
}

function summarise(report: WorkReport, overview: Overview, ms: number): Omit<BuildResult, 'generator'> {
  const { counts, problems } = overview;
  return {
    published: report.published,
    unchanged: Math.max(0, counts.published - report.published),
    removed: report.removed,
    held: report.held,
    drafts: counts.drafts,
    scheduled: counts.scheduled,
    ms,
    problems: problems.map(({ severity, code, path, line, message, fix }) => ({
      severity,
      code,
      path,
      line,
      message,
      fix,
    })),
    feeds: listFeeds(overview),
    documents: { written: report.documents.written, unchanged: report.documents.unchanged },
  };
}

/** Of a build after which nothing is public: what stands in the way, as the end of a sentence. */
export function whyNothing(
  { problems, drafts, scheduled, removed, held }: Omit<BuildResult, 'feeds' | 'documents' | 'ms'>,
  folder: string,
): string {
  const errors = problems.filter(isError);
  if (errors.some(({ path }) => path === SITE_KEY))
    return `${SITE_KEY} has errors; until it is mended, no article is looked at.`;
  const broken = new Set(errors.map(({ path }) => path)).size;
  const reasons = [
    countIfAny(broken, 'file with errors', 'files with errors'),
    countIfAny(drafts, 'draft'),
    countIfAny(scheduled, 'article for later', 'articles for later'),
    countIfAny(removed, 'removed', 'removed'),
  ].filter(Boolean);
  if (reasons.length > 0) return `there are only ${reasons.join(', ')}.`;
  if (held !== null) return 'removals wait for an answer.';
  const isUnread = problems.some(({ code }) => code === 'format-not-read' || code === 'export-not-read');
  if (isUnread) return `${folder} has files that may be articles, and none in a form that is read.`;
  return `${folder} holds no article. An article is a file such as hello.md; feedwright new "Its title" begins one.`;
}

function printResult(
  result: BuildResult,
  { folder, out, remove }: BuildOptions,
  terminal: CommandContext['terminal'],
): void {
  for (const line of result.generator?.news ?? []) terminal.note(line);
  for (const problem of result.problems) terminal.note(renderProblemLine(problem, folder, terminal));
  const entries = result.published + result.unchanged;
  const details = [
    countIfAny(result.published, 'new or changed', 'new or changed'),
    countIfAny(result.unchanged, 'unchanged', 'unchanged'),
    countIfAny(result.removed, 'removed', 'removed'),
    countIfAny(result.drafts, 'draft'),
    countIfAny(result.scheduled, 'scheduled', 'scheduled'),
  ].filter(Boolean);
  if (entries === 0) {
    terminal.print(`${terminal.style('bold', 'Nothing is published:')} ${whyNothing(result, folder)}`);
  } else {
    const heading = terminal.style('bold', countIfAny(entries, 'entry', 'entries'));
    const where = countIfAny(result.feeds.length, 'feed') || 'no feed';
    terminal.print(`${heading} in ${where} (${details.join(', ')})`);
  }
  const { written, unchanged } = result.documents;
  terminal.print(`${out}: ${written} documents written, ${unchanged} looked at and unchanged, in ${result.ms} ms`);
  const [main] = result.feeds;
  if (main !== undefined) terminal.print(`${main.title}: ${main.atom}`);
  const problems = countProblems(result.problems);
  if (problems !== '') terminal.print(terminal.style('yellow', problems));
  const missing = result.generator?.missing ?? [];
  if (missing.length > 0) terminal.note(['Lines for site.yaml:', ...missing].join('\n'));
  if (result.held === null) return;
  const what = { things: 'entries', place: folder, goOn: 'build again with' };
  const [first = '', ...others] = describeHeld(result.held, what, remove);
  terminal.note(terminal.style('red', first));
  for (const line of others) terminal.note(line);
}
