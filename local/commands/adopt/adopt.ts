/** `feedwright adopt <old feed>…`: the articles of a publication keep the ids and dates that readers know from old feeds. */

import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { parseArticles } from '../../../lambda/article/parse.ts';
import type { Problem } from '../../../lambda/model/problem.ts';
import type { Site } from '../../../lambda/model/site.ts';
import { adoptedId } from '../../../lambda/site/adopted/adopted.ts';
import { isAdoptedKey } from '../../../lambda/site/adopted/adopted-key.ts';
import { readJson } from '../../../lambda/state/json-object.ts';
import { recordKey } from '../../../lambda/state/keys.ts';
import type { ArticleRecord } from '../../../lambda/state/record.ts';
import type { Store } from '../../../lambda/store/store.ts';
import { addressKeys, basesOf } from '../../adopt/addresses.ts';
import { type WrittenRows, writeAdoptedRows } from '../../adopt/adopted-files.ts';
import { type AdoptedArticle, type Decision, decideRows } from '../../adopt/decide-rows.ts';
import { findFeedIds } from '../../adopt/feed-ids.ts';
import { withFrontMatter } from '../../adopt/front-matter-lines.ts';
import { type Matching, matchEntries, type ShownArticle } from '../../adopt/match-entries.ts';
import { oldEntriesOf } from '../../adopt/old-entries.ts';
import { renderAdoption } from '../../adopt/report.ts';
import { readShownArticles } from '../../adopt/shown-articles.ts';
import type { AdoptOptions } from '../../cli/arguments/command-options.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { renderProblemLine } from '../../cli/problem-lines.ts';
import { UsageError } from '../../cli/usage.ts';
import { openGeneratorSite } from '../../generators/open-site.ts';
import { ImportFailure } from '../../import/model/import-failure.ts';
import { type OldFeed, readOldFeed } from '../../old-feed/read-old-feed.ts';
import { createLeftOutFiles } from '../../publication/left-out-files.ts';
import { createPublication } from '../../publication/publication.ts';
import { createFolderStore } from '../../store/folder-store.ts';
import { createMemoryStore } from '../../store/memory-store.ts';
import { openSqliteStore } from '../../store/sqlite-store.ts';
import { measureBodies } from '../check.ts';
import type { CommandContext } from '../context.ts';
import type { Variables } from '../deployment/deployment.ts';
import { assertContentFolder, defaultStateFile } from '../folders.ts';

export async function adopt(command: AdoptOptions, environment: Variables, context: CommandContext): Promise<number> {
  const { terminal } = context;
  for (const place of command.feeds) {
    if (isFolder(place)) throw new UsageError('feed-is-folder', place, place);
  }
  assertContentFolder(command.folder);
  if (command.state !== null && !existsSync(command.state)) throw new UsageError('state-missing', command.state);
  try {
    return await adoptFeeds(command, environment, context);
  } catch (error) {
    if (!(error instanceof ImportFailure)) throw error;
    terminal.note(`feedwright: ${error.message}\n  ${error.fix}`);
    return EXIT.nothing;
  }
}

async function adoptFeeds(command: AdoptOptions, environment: Variables, context: CommandContext): Promise<number> {
  const { folder } = command;
  const { terminal } = context;
  const feeds: OldFeed[] = [];
  for (const place of command.feeds) feeds.push(await readOldFeed(place));
  const { site, state, problems, feeds: names } = await publishInMemory(folder, context);
  const unreadable = problems.filter(({ path }) => isAdoptedKey(path));
  if (site === null || unreadable.length > 0) {
    for (const problem of site === null ? problems : unreadable)
      terminal.note(renderProblemLine(problem, folder, terminal));
    return EXIT.nothing;
  }
  const articles = await readShownArticles(state, site);
  const matching = matchOldFeeds(feeds, articles, site);
  const decision = refuseOthers(decideRows(matching.matches, site.id), folder, site);
  const published = await findPublished(decision.adopted, site, command, environment);
  const rows = decision.adopted.filter(({ article }) => !published.has(article.key));
  const feedIds = findFeedIds(feeds, names, site);
  const written = command.dryRun ? null : write(rows, command, site);
  for (const line of renderAdoption({
    feeds,
    feedIds,
    matching,
    decision,
    published,
    rows,
    written,
    folder: shownFolder(folder),
  }))
    terminal.print(line);
  const isAllSure =
    matching.unmatched.length + decision.refused.length + published.size === 0 &&
    feeds.every(({ missing }) => missing.length === 0);
  return isAllSure && (written?.kept.length ?? 0) === 0 ? EXIT.published : EXIT.problems;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function shownFolder(folder: string): string {
  return relative('', folder) || '.';
}

/** The publication as it would be, with no state: what each article is called, where it is, and what its id is by itself. */
async function publishInMemory(
  folder: string,
  { terminal, now }: CommandContext,
): Promise<{
  readonly site: Site | null;
  readonly state: Store;
  readonly problems: readonly Problem[];
  /** Names of the feeds. */
  readonly feeds: readonly string[];
}> {
  const leftOut = createLeftOutFiles(folder);
  const content = createFolderStore({ root: folder, readOnly: true, onLeftOut: leftOut.suspect });
  const state = createMemoryStore({ now });
  const generatorSite = await openGeneratorSite(folder, content, state);
  const documents = measureBodies(createMemoryStore({ now }), []);
  const publication = createPublication({ content, generatorSite, leftOut, state, public: documents, url: null, now });
  const progress = terminal.startProgress('Reading the articles');
  try {
    await publication.refresh(progress.update);
    const { site, problems, feeds } = await publication.overview();
    return { site, state, problems, feeds: feeds.map(({ name }) => name) };
  } finally {
    progress.stop();
  }
}

/** Each feed apart: in one feed an article is one entry. */
function matchOldFeeds(feeds: readonly OldFeed[], articles: readonly ShownArticle[], site: Site): Matching {
  const found = feeds.map((feed) => {
    const bases = basesOf(feed.pages[0], site.url);
    return matchEntries(oldEntriesOf(feed), articles, ({ link }) => (link === null ? [] : addressKeys(link, bases)));
  });
  return {
    matches: found.flatMap(({ matches }) => matches),
    unmatched: found.flatMap(({ unmatched }) => unmatched),
  };
}

/** Without the articles that say another id themselves: their word goes first. */
function refuseOthers(decision: Decision, folder: string, site: Site): Decision {
  const refused = [...decision.refused];
  const adopted = decision.adopted.filter(({ article, row }) => {
    const { key } = article;
    const [own] = parseArticles({ key, body: readFileSync(join(folder, key)), site }).articles;
    if (own === undefined || own.id === null) return true;
    const isSame = (own.word ?? own.id) === row.id && row.atomId === null;
    if (!isSame)
      refused.push({ key, why: `It says itself that its id is ${own.word ?? own.id}; the old feed has ${row.id}.` });
    return false;
  });
  return { ...decision, adopted, refused };
}

/** Entries that are public under other ids already, by content key: an id that was shown stays. */
async function findPublished(
  adopted: readonly AdoptedArticle[],
  site: Site,
  { state, stack }: AdoptOptions,
  environment: Variables,
): Promise<ReadonlyMap<string, string>> {
  const known = await openState(state, stack, environment);
  const published = new Map<string, string>();
  try {
    if (known === null) return published;
    for (const { article, row } of adopted) {
      const record = (await readJson<ArticleRecord>(known.store, recordKey(article.key)))?.value;
      const wanted = adoptedId(row, site.id)?.id;
      const shown = Object.values(record?.facts ?? {}).find(({ id }) => id !== null);
      if (shown?.id !== undefined && shown.id !== null && shown.id !== wanted)
        published.set(article.key, shown.guid ?? shown.id);
    }
  } finally {
    known?.close();
  }
  return published;
}

/** The state that was named, else that of a build into `public`, if there was one. */
async function openState(
  file: string | null,
  stack: string | null,
  environment: Variables,
): Promise<{ readonly store: Store; close(): void } | null> {
  if (stack !== null) {
    // AWS's client takes longer to load than all else takes.
    const deployment = (await import('../deployment/deployment.ts')).openDeployment(stack, environment);
    return { store: deployment.state, close: () => deployment.close() };
  }
  const path = file ?? defaultStateFile('public');
  return existsSync(path) ? openSqliteStore(path) : null;
}

interface Written extends WrittenRows {
  /** Keys of the articles whose front matter has the id now. */
  readonly inArticles: readonly string[];
}

function write(rows: readonly AdoptedArticle[], { folder, write: intoArticles }: AdoptOptions, site: Site): Written {
  const edits = new Map<string, Uint8Array>();
  for (const { article, row } of intoArticles ? rows : []) {
    const { key } = article;
    const bytes = withFrontMatter({ key, body: readFileSync(join(folder, key)) }, row, site);
    if (bytes !== null) edits.set(key, bytes);
  }
  const others = rows.filter(({ article }) => !edits.has(article.key));
  const written = writeAdoptedRows(
    folder,
    others.map(({ article, row }) => ({ key: article.key, row })),
  );
  for (const [key, bytes] of edits) {
    const path = join(folder, key);
    // Hidden, and never half.
    const draft = join(dirname(path), `.${basename(path)}.part`);
    writeFileSync(draft, bytes);
    renameSync(draft, path);
  }
  return { ...written, inArticles: [...edits.keys()] };
}
