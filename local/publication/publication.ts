/**
 * The publisher on one machine: its ports wired to a content folder, a state store and a site folder, with an
 * in-process queue that is worked off before anything is reported. Here is which runs there are and what each looks at;
 * run-guard.ts keeps them safe from crashes and from each other.
 */

import { randomUUID } from 'node:crypto';
import { isFileKey } from '../../lambda/address/article-key.ts';
import { isMassRemoval } from '../../lambda/model/mass-removal.ts';
import { createPublisher, type HubOutcome, type Overview, type RepairCounts } from '../../lambda/publish.ts';
import { isFolderFile } from '../../lambda/site/folder/folder-file.ts';
import type { Hub } from '../../lambda/store/hub.ts';
import type { Store } from '../../lambda/store/store.ts';
import { SITE_KEY } from '../../lambda/work/protocol/site-work.ts';
import type { GeneratorSite } from '../generators/generator-site.ts';
import { createLocalQueue, PartialFailure } from '../store/local-queue.ts';
import type { OutputToken } from '../store/pairing.ts';
import { createFeedCopies } from './feed-copies.ts';
import type { LeftOutFiles } from './left-out-files.ts';
import { createOverviews } from './overviews.ts';
import { createParsePool } from './parse-pool.ts';
import { createPathClashes, findPathClashes } from './path-clashes.ts';
import { createRunGuard } from './run-guard.ts';
import { createUnreadableFiles } from './unreadable-files.ts';
import {
  areSettingsKnown,
  countGone,
  findChanges,
  isClockBack,
  markSettings,
  mendNote,
  noteClock,
  presentOf,
  readPresentVersions,
  type Versions,
} from './work-note.ts';
import { createTally, type Tally, type WorkReport } from './work-report.ts';

/** The queue takes at most ten times as many in one call. */
const SEND_COUNT = 1_000;

export interface PublicationOptions {
  readonly content: Store;
  readonly state: Store;
  readonly public: Store;
  /**
   * Makes what the state store was told outlast a crash of this process; called before anything is made public. @default
   * it does at once
   */
  readonly settle?: () => void;
  /** The files that the content folder leaves out. @default it is a store that leaves out nothing */
  readonly leftOut?: LeftOutFiles | null;
  /** Facts of the generator whose whole site the content is. @default it is a folder of articles */
  readonly generatorSite?: GeneratorSite | null;
  /** Says whether the documents are those of this state. @default they are */
  readonly outputToken?: OutputToken;
  /** Ends with a slash. Null for the one in site.yaml. */
  readonly url: string | null;
  /**
   * How long an article waits for one that it may be under another name, in milliseconds. @default to the end of the run:
   * nobody may come back after it
   */
  readonly renameWaitMs?: number;
  /** Tells hubs of changes. @default nobody is told */
  readonly hub?: Hub;
  /** Whether all that is gone may go, however much it is. @default much of it at once waits for a person */
  readonly removesAnything?: boolean;
  /** Differs for each program that may read settings in another way. @default nothing tells: they are read in each run */
  readonly program?: string | null;
  /** Whether feeds lie at their old addresses too, for servers that answer with no redirect. @default there are redirects */
  readonly copiesFeeds?: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface Publication {
  /**
   * Brings everything up to date with the content folder, and publishes what has become due.
   *
   * @param consent how many removals a person has named. @default nobody was asked
   */
  refresh(onProgress?: ProgressListener, consent?: number | null): Promise<WorkReport>;
  /** Puts right what is damaged or missing in the state, then has everything made anew. */
  repair(onProgress?: ProgressListener): Promise<RepairReport>;
  /** Looks at these keys of the content folder again. */
  look(keys: readonly string[]): Promise<WorkReport>;
  /** Publishes what has become due. */
  tick(): Promise<WorkReport>;
  /** Tells hubs what is due to be told. When it rejects, everything has to be looked at again: `refresh`. */
  tellHubs(): Promise<readonly HubOutcome[]>;
  overview(): Promise<Overview>;
  /** Files that, by the last overview, hold drafts or scheduled articles, in order. */
  waiting(): readonly string[];
  /** Former addresses of articles that, by the last overview, are shown. Something else may be there. */
  aliases(): readonly string[];
}

export type ProgressListener = (doneCount: number, totalCount: number) => void;

/** The result of a repair. */
export interface RepairReport extends WorkReport {
  /** Null when there was nothing to repair with: the settings are broken, and there never were good ones. */
  readonly found: RepairCounts | null;
}

/** Each of its runs rejects with an `UnfinishedWorkError` when the platform, or the publisher itself, failed. */
export function createPublication(options: PublicationOptions): Publication {
  const { state, now, settle = () => {}, leftOut = null, outputToken = null, hub = null } = options;
  const { generatorSite = null } = options;
  const content = generatorSite?.content ?? options.content;
  const { removesAnything = false, program = null } = options;
  const queue = createLocalQueue(now);
  const clashes = createPathClashes(options.public, state);
  const guard = createRunGuard({ state, public: clashes.public, outputToken, settle });
  const copies = options.copiesFeeds === true ? createFeedCopies(guard.public, { content, state }) : null;
  const pool = createParsePool();
  let isCounting = false;
  const publisher = createPublisher({
    ...options,
    content,
    siteDefaults: generatorSite?.defaults ?? '',
    doubtsRemovals: () => isCounting,
    public: copies?.public ?? guard.public,
    parse: pool.parse,
    hub,
    renameWaitMs: options.renameWaitMs ?? 0,
    sitemapDelayMs: 0,
    fallbackUrl: null,
    queue,
    nonce: randomUUID,
  });
  const unreadable = createUnreadableFiles();
  const overviews = createOverviews(publisher, state, (overview, records) => [
    ...unreadable.problems(),
    ...(leftOut?.problems() ?? []),
    ...(generatorSite?.problems(isEmpty(overview)) ?? []),
    ...findPathClashes(overview, records),
  ]);

  async function runQueue(tally: Tally, onProgress?: ProgressListener): Promise<void> {
    await queue
      .run(
        {
          async articleWork(messages) {
            const outcomes = await publisher.articleWork(messages);
            tally.addArticles(outcomes);
            const failures = outcomes.flatMap((outcome) =>
              !unreadable.note(outcome) && outcome.change === 'failed'
                ? [{ what: outcome.key, error: outcome.error }]
                : [],
            );
            if (failures.length > 0) throw new PartialFailure(failures);
          },
          async laneWork(feed, messages) {
            tally.addDocuments(await publisher.laneWork(feed, messages));
          },
        },
        onProgress === undefined ? {} : { onProgress },
      )
      .finally(pool.rest);
  }

  /** Works until the queue is empty. The versions were read before. */
  async function workOff(
    versions: Versions,
    looksAtAll: boolean,
    onProgress?: ProgressListener,
    settings: string | null = null,
  ): Promise<WorkReport> {
    const tally = createTally();
    if (queue.isEmpty()) return tally.report();
    const run = await guard.begin(looksAtAll);
    await runQueue(tally, onProgress);
    // An article that waited for an old file to go waits no longer than this run, unless somebody looks after it.
    await publisher.tick();
    await runQueue(tally, onProgress);
    if (await clashes.areFreed()) {
      await publisher.reconcileAll();
      await runQueue(tally, onProgress);
    }
    if (copies !== null) tally.addDocuments(await copies.update());
    const undone = unreadable.keys().map((key) => [key, null] as const);
    isCounting = false;
    const held = await publisher.heldRemovals();
    // The next run finds the files that were not removed.
    const done = held === null ? versions : presentOf(versions);
    await run.end(new Map([...done, ...undone]), settings);
    const report = tally.report();
    const gone = report.files.filter(({ key }) => versions.get(key) === null);
    const vanished = gone.reduce((sum, { removed }) => sum + removed, 0);
    return { ...report, vanished, unreadable: undone.length, held };
  }

  /** A clock that was ahead has published and taken down what was not due yet: only looking at all of it tells what. */
  async function reconcileIfClockIsBack(): Promise<void> {
    if (await isClockBack(state, now())) await publisher.reconcileAll();
    await noteClock(state, now());
  }

  async function sendChanges(versions: Versions): Promise<void> {
    // First what holds for a folder: an article that is looked at before would find it by itself, and then look again.
    const keys = [...versions.keys()].sort((a, b) => Number(isFolderFile(b)) - Number(isFolderFile(a)));
    for (let start = 0; start < keys.length; start += SEND_COUNT) {
      await queue.sendArticleWork(keys.slice(start, start + SEND_COUNT).map((key) => ({ key, told: true })));
    }
  }

  /** Whether a comparison has to count what is gone before any of it is removed. */
  async function mustCount(changes: Versions): Promise<boolean> {
    if (removesAnything) return false;
    // The share is for the comparison to judge: it reads all records.
    return isMassRemoval(await countGone(state, changes), 0) || (await publisher.heldRemovals()) !== null;
  }

  /** Whether a run of which no file tells has nothing to do. Who removes files of the output tells nobody. */
  async function isAtRest(settings: string | null): Promise<boolean> {
    if ((await clashes.areKnown()) || (await copies?.areAsked())) return false;
    return areSettingsKnown(content, state, settings);
  }

  return {
    async refresh(onProgress, consent = null) {
      const changes = await findChanges(content, state);
      const isInDoubt = await guard.mustLookAtAll();
      const isCounted = isInDoubt || (await mustCount(changes));
      isCounting = isCounted && !removesAnything;
      // The settings depend on more than their file: the address to publish at, and the program that reads them.
      const reader = { program, url: options.url, defaults: generatorSite?.defaults ?? '' };
      const settings = await markSettings(content, reader);
      if (isInDoubt || isCounted || !(await isAtRest(settings)))
        await queue.sendArticleWork([{ key: SITE_KEY, told: !isCounted }]);
      guard.forgetFailureBeside();
      if (isInDoubt || !(await publisher.isComplete())) await publisher.reconcileAll();
      else await reconcileIfClockIsBack();
      // The note tells of files that are gone only if they were noted; where it may not be relied on, the records tell.
      if (isCounted) await publisher.reconcile(removesAnything ? 'any' : consent);
      await publisher.tick();
      await sendChanges(isCounted ? presentOf(changes) : changes);
      return workOff(changes, true, onProgress, settings);
    },
    async repair(onProgress) {
      isCounting = !removesAnything;
      await mendNote(state);
      const changes = await findChanges(content, state);
      await publisher.repair();
      const report = await workOff(changes, true, onProgress);
      return { ...report, found: await publisher.lastRepair() };
    },
    async look(keys) {
      // A path that no store could hold is only one to tell of.
      const held = keys.filter((key) => generatorSite?.holds(key) ?? true);
      const versions = await readPresentVersions(content, held.filter(isFileKey));
      for (const key of held) if (!versions.get(key)) leftOut?.suspect(key);
      await sendChanges(versions);
      return workOff(versions, false);
    },
    async tick() {
      await reconcileIfClockIsBack();
      await publisher.tick();
      return workOff(new Map(), false);
    },
    async tellHubs() {
      const messages = queue.takeHubWork();
      if (messages.length === 0) return [];
      try {
        return await publisher.hubWork(messages);
      } catch (error) {
        guard.noteFailureBeside(error);
        throw error;
      }
    },
    overview: overviews.read,
    waiting: overviews.waiting,
    aliases: overviews.aliases,
  };
}

/** Whether nothing is published, and nothing waits to be. */
function isEmpty({ site, counts }: Overview): boolean {
  return site !== null && counts.published + counts.drafts + counts.scheduled + counts.broken === 0;
}
