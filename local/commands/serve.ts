/** `feedwright serve`: builds, serves, and publishes again whenever the folder changes or something becomes due. */

import { dirname } from 'node:path';
import type { Problem } from '../../lambda/model/problem.ts';
import type { Overview } from '../../lambda/publish.ts';
import { renderLinkField } from '../../lambda/render/link-field.ts';
import { StoreError } from '../../lambda/store/store.ts';
import { createWebHub } from '../../lambda/store/web-hub.ts';
import type { ServeOptions } from '../cli/arguments/command-line.ts';
import { DEFAULT_PORT } from '../cli/arguments/command-table.ts';
import { countIfAny, countProblems, renderProblemLine } from '../cli/problem-lines.ts';
import { PROGRAM } from '../cli/program.ts';
import type { Terminal } from '../cli/terminal.ts';
import { UsageError } from '../cli/usage.ts';
import { openGeneratorSite } from '../generators/open-site.ts';
import { createJournal } from '../preview/journal.ts';
import { createPreview } from '../preview/preview.ts';
import { createDeskReader } from '../preview/read-model.ts';
import { createLeftOutFiles } from '../publication/left-out-files.ts';
import { createPublication, type Publication } from '../publication/publication.ts';
import { createVanishing } from '../publication/vanishing.ts';
import { watchFolder } from '../publication/watcher.ts';
import type { WorkReport } from '../publication/work-report.ts';
import { type SiteServer, type SiteServerOptions, startSiteServer } from '../server/site-server.ts';
import { createFolderStore } from '../store/folder-store.ts';
import { createFolderToken } from '../store/folder-workshop.ts';
import { StateBusyError, StateDamagedError } from '../store/sqlite-failure.ts';
import { openSqliteStore, type SqliteStore } from '../store/sqlite-store.ts';
import type { CommandContext } from './context.ts';
import { assertContentFolder, assertOutputFolder, makeFolder, serveFolders } from './folders.ts';

/** How often the publisher looks for what has become due: scheduled articles, expiries. */
const TICK_MS = 1_000;
/** A folder that is synchronised may show a file under its new name before the old one is gone. */
const RENAME_WAIT_MS = 10_000;
/** After a failure of the platform, everything is compared again. */
const RETRY_MS = 5_000;

export async function serve(options: ServeOptions, context: CommandContext): Promise<number> {
  const { out, state } = serveFolders(options.folder);
  assertContentFolder(options.folder);
  assertOutputFolder(options.folder, out, state);
  for (const folder of [out, dirname(state)]) makeFolder(folder);
  const opened = openState(state, options.folder);
  try {
    await serveFrom(options, { root: out, opened }, context);
  } finally {
    opened.close();
  }
  return 0;
}

/** Nobody who serves a folder has named a state file, or can name another one. */
function openState(state: string, folder: string): SqliteStore {
  try {
    return openSqliteStore(state);
  } catch (error) {
    const options = { cause: error };
    if (error instanceof StateBusyError) {
      const who = error.processId === null ? '' : `, by process ${error.processId}`;
      const message = `${folder} is being served from here already${who}. Use that server, or end it first (Ctrl-C).`;
      throw new StoreError('fatal', message, options);
    }
    if (error instanceof StateDamagedError) {
      const message =
        `What was remembered of ${folder} is damaged. Delete the folder ${dirname(state)}: all of it is made anew, and only ` +
        'articles without a date get a new one.';
      throw new StoreError('fatal', message, options);
    }
    throw error;
  }
}

/** The port comes before the publication: it is part of every address in the documents. */
async function serveFrom(
  options: ServeOptions,
  { root, opened }: { readonly root: string; readonly opened: SqliteStore },
  context: CommandContext,
): Promise<void> {
  const { terminal, now } = context;
  const documents = createFolderStore({ root });
  let present: Overview | null = null;
  /** By a clock that nobody sets. */
  let retryAt: number | null = null;
  const server = await startServer(options, terminal, {
    root,
    preview: (path, request, response) => preview.answer(path, request, response),
    linkOf: (path) => (present?.site ? renderLinkField(present.site, path) : null),
  });
  const siteUrl = options.url ?? `http://localhost:${server.port}/`;
  const leftOut = createLeftOutFiles(options.folder);
  const content = createFolderStore({ root: options.folder, readOnly: true, onLeftOut: leftOut.suspect });
  const generatorSite = await openGeneratorSite(options.folder, content, opened.store);
  for (const line of generatorSite?.told().news ?? []) terminal.note(line);
  const journal = createJournal(documents, opened.store);
  const publication = createPublication({
    content,
    generatorSite,
    leftOut,
    state: opened.store,
    settle: opened.settle,
    public: journal.documents,
    outputToken: createFolderToken(root),
    url: siteUrl,
    now,
    renameWaitMs: RENAME_WAIT_MS,
    hub: createWebHub(),
    program: PROGRAM,
    // A file that is gone from the folder is gone from the preview. A folder that comes back brings all of them back.
    removesAnything: true,
  });
  const vanishing = createVanishing();
  const revisions = createRevisions(now());
  const preview = createPreview(
    createDeskReader({
      publication,
      content,
      documents,
      journal,
      folder: options.folder,
      siteUrl,
      port: server.port,
      revision: revisions.present,
      now,
    }),
  );

  const runInTurn = createTurns();
  /** @param isAside whether nobody waits for it: it is told only when something came of it */
  const run = (work: () => Promise<WorkReport>, about: string, isAside = false): Promise<void> =>
    runInTurn(async () => {
      const report = await work();
      // Nobody tells of a file that may be read now.
      if (report.unreadable > 0) retryAt ??= performance.now() + RETRY_MS;
      if (report.looked === 0 && present !== null && !isAside) return;
      const before = present;
      present = await publication.overview();
      await journal.close(report, about, now());
      preview.announce(revisions.next());
      tell(report, { before, present, about, isAside, folder: options.folder }, terminal);
      const published = present.counts.published + report.vanished;
      const gone = vanishing.note(report.vanished, published, performance.now());
      if (gone !== null) warnOfVanishing(gone, options.folder, terminal);
    }).catch((error: unknown) => {
      terminal.note(`${about}: ${describeFailure(error)}`);
      retryAt = performance.now() + RETRY_MS;
    });

  const watcher = await watchFolder(options.folder, {
    changed: (keys) => run(() => publication.look(keys), describeKeys(keys)),
    suspicious: leftOut.suspect,
    polling: (reason) => terminal.note(`Changes are looked for twice a second: ${describeFailure(reason)}`),
  });
  const progress = terminal.startProgress('Publishing');
  await run(() => publication.refresh(progress.update).finally(progress.stop), options.folder);
  terminal.print(renderWelcome(options, server.port, terminal));
  const ticking = startTicking(() => {
    if (retryAt !== null && performance.now() >= retryAt) {
      retryAt = null;
      return run(publication.refresh, 'Another try', true);
    }
    // Nobody tells of a link whose target has come.
    const changed = leftOut.review();
    if (changed.length > 0) return run(() => publication.look(changed), describeKeys(changed), true);
    return run(publication.tick, 'Due');
  });

  const telling = startTicking(() =>
    tellHubs(publication, terminal).catch((error: unknown) => {
      terminal.note(`Hubs: ${describeFailure(error)}`);
      retryAt = performance.now() + RETRY_MS;
    }),
  );

  await context.waitForInterrupt();
  ticking.stop();
  telling.stop();
  await watcher.close();
  await runInTurn(async () => {});
  preview.close();
  await server.close();
}

async function startServer(
  options: ServeOptions,
  terminal: Terminal,
  rest: Omit<SiteServerOptions, 'port' | 'firstPort'>,
): Promise<SiteServer> {
  const server = await startSiteServer({ ...rest, port: options.port, firstPort: DEFAULT_PORT });
  if (server === null) throw new UsageError('port-taken', String(options.port ?? DEFAULT_PORT));
  if (options.port === null && server.port !== DEFAULT_PORT) {
    terminal.note(`Port ${DEFAULT_PORT} is in use; serving on port ${server.port} instead.`);
  }
  return server;
}

/** Beside all other work: hubs may be slow, and what they do is no failure of the publication. */
async function tellHubs(publication: Publication, terminal: Terminal): Promise<void> {
  for (const { feed, hub, result, reason } of await publication.tellHubs()) {
    if (result === 'told') terminal.note(`${hub}: told of ${feed}`);
    if (result === 'later' || result === 'given-up') terminal.note(`${hub}: not told of ${feed} (${reason})`);
  }
}

/** Does something every so often, unless it is still being done. */
function startTicking(work: () => Promise<void>): { stop(): void } {
  let isBusy = false;
  const timer = setInterval(async () => {
    if (isBusy) return;
    isBusy = true;
    await work();
    isBusy = false;
  }, TICK_MS);
  return { stop: () => clearInterval(timer) };
}

/** Runs one thing after the other, whoever asks. */
function createTurns(): (work: () => Promise<void>) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
}

/** Names of what is published: they differ between starts too, so that an open page notices a restart. */
function createRevisions(startedAt: number): { present(): string; next(): string } {
  let count = 0;
  const present = (): string => `${startedAt.toString(36)}-${count}`;
  return {
    present,
    next() {
      count += 1;
      return present();
    },
  };
}

interface Change {
  readonly before: Overview | null;
  readonly present: Overview;
  readonly about: string;
  readonly isAside: boolean;
  readonly folder: string;
}

/** One line for what was done, every problem that was not there before, and how many are not there any more. */
function tell(report: WorkReport, { before, present, about, isAside, folder }: Change, terminal: Terminal): void {
  const details = [
    countIfAny(report.published, 'entry published', 'entries published'),
    countIfAny(report.removed, 'entry removed', 'entries removed'),
    countIfAny(report.documents.written, 'document written', 'documents written'),
  ].filter(Boolean);
  const known = before?.problems ?? [];
  const fresh = findOthers(present.problems, known, (problem) => JSON.stringify(problem));
  // One that has only moved to another line is still there.
  const solved = findOthers(known, present.problems, (problem) => JSON.stringify({ ...problem, line: null }));
  if (isAside && details.length + fresh.length + solved.length === 0) return;
  terminal.note(`${about}: ${details.join(', ') || 'nothing new to publish'}`);
  for (const problem of fresh) terminal.note(`  ${renderProblemLine(problem, folder, terminal)}`);
  if (solved.length === 0) return;
  const left = countProblems(present.problems) || 'none';
  terminal.note(`  ${terminal.style('green', countIfAny(solved.length, 'problem'))} solved, ${left} left`);
}

function warnOfVanishing(count: number, folder: string, terminal: Terminal): void {
  const first = `WARNING: ${count} entries are gone at once, with their files. Was ${folder} emptied, or is it not mounted?`;
  terminal.note(terminal.style('red', first));
  terminal.note(
    '  When the files are back, everything is as it was. `feedwright build` would ask before it removes as much.',
  );
}

/** Those of some problems that are not among others. */
function findOthers(
  problems: readonly Problem[],
  others: readonly Problem[],
  identify: (problem: Problem) => string,
): readonly Problem[] {
  const known = new Set(others.map(identify));
  return problems.filter((problem) => !known.has(identify(problem)));
}

function describeKeys(keys: readonly string[]): string {
  const [first = '', ...others] = keys;
  return others.length === 0 ? first : `${first} and ${countIfAny(others.length, 'other file')}`;
}

function describeFailure(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}

function renderWelcome({ folder }: ServeOptions, port: number, terminal: Terminal): string {
  const address = `http://localhost:${port}/`;
  return [
    '',
    `  ${terminal.style('bold', 'Open')}       ${terminal.style('green', address)}`,
    `  Preview    ${address}_preview/ shows entries, problems, what comes, and every feed document.`,
    `  Subscribe  ${address}atom.xml, rss.xml or feed.json`,
    `  Watching   ${folder}; a change is live within a second. Ctrl-C ends.`,
    '',
  ].join('\n');
}
