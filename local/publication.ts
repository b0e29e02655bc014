/**
 * The publisher on one machine: its ports wired to a content folder, a state store and a site folder, with an
 * in-process queue that is worked off before anything is reported.
 */

import { randomUUID } from 'node:crypto';
import { publicAddress, subscriptionPath } from '../lambda/addresses.ts';
import { isError, type Problem } from '../lambda/problem.ts';
import {
  type ArticleOutcome,
  createPublisher,
  type DocumentCounts,
  type HubOutcome,
  type Overview,
  type RebuildCounts,
} from '../lambda/publish.ts';
import type { FeedFormat } from '../lambda/render/document.ts';
import type { KnownOutlines } from '../lambda/state/outline.ts';
import type { Hub } from '../lambda/store/hub.ts';
import type { Store } from '../lambda/store/store.ts';
import { SITE_KEY } from '../lambda/work/site-work.ts';
import { readOutlines, writeOutlines } from './outlines.ts';
import { createPairing, type SiteToken } from './pairing.ts';
import { createParsePool } from './parse-pool.ts';
import { createPathClashes, findPathClashes } from './path-clashes.ts';
import { createLocalQueue, PartialFailure } from './store/local-queue.ts';
import { createUnreadableFiles } from './unreadable-files.ts';
import {
  beginWork,
  endWork,
  findChanges,
  isClockBack,
  isInterrupted,
  mendNote,
  noteClock,
  noteVersions,
  readPresentVersions,
  type Versions,
} from './work-note.ts';

/** The queue takes at most ten times as many in one call. */
const SEND_COUNT = 1_000;

export interface PublicationOptions {
  readonly content: Store;
  readonly state: Store;
  readonly site: Store;
  /**
   * Makes what the state store was told outlast a crash of this process; called before anything is made public. @default
   * it does at once
   */
  readonly settle?: () => void;
  /** Says whether the documents are those of this state. @default they are */
  readonly siteToken?: SiteToken;
  /** Ends with a slash. Null for the one in site.yaml. */
  readonly url: string | null;
  /** Tells hubs of changes. @default nobody is told */
  readonly hub?: Hub;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface Publication {
  /** Brings everything up to date with the content folder, and publishes what has become due. */
  refresh(onProgress?: ProgressListener): Promise<WorkReport>;
  /** Puts right what is damaged or missing in the state, then has everything made anew. */
  rebuild(onProgress?: ProgressListener): Promise<RebuildReport>;
  /** Looks at these keys of the content folder again. */
  look(keys: readonly string[]): Promise<WorkReport>;
  /** Publishes what has become due. */
  tick(): Promise<WorkReport>;
  /** Tells hubs what is due to be told. When it rejects, everything has to be looked at again: `refresh`. */
  tellHubs(): Promise<readonly HubOutcome[]>;
  overview(): Promise<Overview>;
  /** Files that, by the last overview, hold drafts or scheduled articles, in order. */
  waiting(): readonly string[];
}

export type ProgressListener = (doneCount: number, totalCount: number) => void;

/** What one run of the publisher did. */
export interface WorkReport {
  /** Entries that are new or changed, each counted once however often it was looked at. */
  readonly published: number;
  readonly removed: number;
  readonly documents: DocumentCounts;
  /** Of each source file that changed what is published: how many entries are new or changed, and how many gone. */
  readonly files: readonly { readonly key: string; readonly published: number; readonly removed: number }[];
  /** How many files could not be worked on because they, or assets of theirs, may not be read. */
  readonly unreadable: number;
  /** How many source files and feeds were looked at. */
  readonly looked: number;
}

/** What a rebuild did, and what it found. */
export interface RebuildReport extends WorkReport {
  /** Null when there was nothing to rebuild with: the settings are broken, and there never were good ones. */
  readonly found: RebuildCounts | null;
}

/** Each of its runs rejects with an `UnfinishedWorkError` when the platform, or the publisher itself, failed. */
export function createPublication(options: PublicationOptions): Publication {
  const queue = createLocalQueue(options.now);
  const pairing = createPairing(options.state, options.siteToken ?? null);
  const clashes = createPathClashes(options.site, options.state);
  /** Whether this run has changed documents. */
  let hasChanged = false;
  const noteChange = async (): Promise<void> => {
    if (hasChanged) return;
    hasChanged = true;
    await pairing.renew();
  };
  const pool = createParsePool();
  /**
   * Hubs are told beside the runs, and a write to the state store that fails undoes all that was not settled, that of a
   * run too. Until everything was looked at again, no run may make anything public, or end.
   */
  let failureBeside: unknown = null;
  const settle = (): void => {
    if (failureBeside !== null) throw failureBeside;
    options.settle?.();
  };
  const publisher = createPublisher({
    ...options,
    site: aroundChanges(clashes.site, { before: settle, after: noteChange }),
    parse: pool.parse,
    hub: options.hub ?? null,
    sitemapDelayMs: 0,
    fallbackUrl: null,
    queue,
    nonce: randomUUID,
  });
  const unreadable = createUnreadableFiles();
  let known: KnownOutlines | null = null;

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
          async feedWork(feed, messages) {
            tally.addDocuments(await publisher.feedWork(feed, messages));
          },
        },
        onProgress === undefined ? {} : { onProgress },
      )
      .finally(pool.rest);
  }

  /**
   * Works until the queue is empty. The versions were read before, and are noted before the work counts as ended: a
   * process that is killed anywhere leaves nothing out. Where an earlier run failed, nobody knows what it left undone:
   * its mark stays until everything was looked at.
   */
  async function workOff(versions: Versions, looksAtAll: boolean, onProgress?: ProgressListener): Promise<WorkReport> {
    const tally = createTally();
    if (queue.isEmpty()) return tally.report();
    const isEnd = looksAtAll || !(await isInterrupted(options.state));
    await beginWork(options.state);
    settle();
    hasChanged = false;
    await runQueue(tally, onProgress);
    if (await clashes.areFreed()) {
      await publisher.renew();
      await runQueue(tally, onProgress);
    }
    // First what was worked out: a failure beside the run may still undo what is noted of it, and no more.
    settle();
    const undone = unreadable.keys().map((key) => [key, null] as const);
    await noteVersions(options.state, new Map([...versions, ...undone]));
    if (looksAtAll && !(await pairing.isSound())) await pairing.renew();
    if (isEnd) await endWork(options.state);
    options.settle?.();
    return { ...tally.report(), unreadable: undone.length };
  }

  /** A clock that was ahead has published and taken down what was not due yet: only looking at all of it tells what. */
  async function renewIfClockIsBack(): Promise<void> {
    if (await isClockBack(options.state, options.now())) await publisher.renew();
    await noteClock(options.state, options.now());
  }

  async function lookAt(versions: Versions, looksAtAll: boolean, onProgress?: ProgressListener): Promise<WorkReport> {
    const keys = [...versions.keys()];
    for (let start = 0; start < keys.length; start += SEND_COUNT) {
      await queue.sendArticleWork(keys.slice(start, start + SEND_COUNT).map((key) => ({ key })));
    }
    return workOff(versions, looksAtAll, onProgress);
  }

  return {
    async refresh(onProgress) {
      // The settings depend on more than their file: the address to publish at, and the version of the renderers.
      await queue.sendArticleWork([{ key: SITE_KEY }]);
      const isAfterCrash = failureBeside !== null || (await isInterrupted(options.state)) || !(await pairing.isSound());
      failureBeside = null;
      // What is said of a crash below holds where the state is another's, or an older one, too.
      if (isAfterCrash || !(await publisher.isComplete())) await publisher.renew();
      else await renewIfClockIsBack();
      // The note tells of files that are gone only if they were noted; after a crash the records tell.
      if (isAfterCrash) await publisher.reconcile();
      await publisher.tick();
      return lookAt(await findChanges(options.content, options.state), true, onProgress);
    },
    async rebuild(onProgress) {
      await mendNote(options.state);
      const changes = await findChanges(options.content, options.state);
      await publisher.rebuild();
      const report = await workOff(changes, true, onProgress);
      return { ...report, found: await publisher.lastRebuild() };
    },
    async look(keys) {
      return lookAt(await readPresentVersions(options.content, keys), false);
    },
    async tick() {
      await renewIfClockIsBack();
      await publisher.tick();
      return workOff(new Map(), false);
    },
    async tellHubs() {
      const messages = queue.takeHubWork();
      if (messages.length === 0) return [];
      try {
        return await publisher.hubWork(messages);
      } catch (error) {
        failureBeside = error;
        throw error;
      }
    },
    async overview() {
      known ??= await readOutlines(options.state);
      const before = new Map(known);
      const present = await publisher.overview(known);
      const records = [...known.values()].map(({ outline }) => outline);
      const overview = withProblems(present, [...unreadable.problems(), ...findPathClashes(present, records)]);
      const isSame = known.size === before.size && [...known].every(([key, each]) => before.get(key) === each);
      if (!isSame) await writeOutlines(options.state, known);
      return overview;
    },
    waiting() {
      const outlines = [...(known ?? [])].map(([, { outline }]) => outline);
      return outlines.flatMap(({ key, counts }) => (counts.drafts + counts.scheduled > 0 ? [key] : [])).sort();
    },
  };
}

/**
 * A site store to which nothing comes `before` what it was made of is settled: no crash leaves it ahead of the state. What
 * it takes `after` a change is done before the next.
 */
function aroundChanges(
  site: Store,
  { before, after }: { readonly before: () => void; readonly after: () => Promise<void> },
): Store {
  return {
    ...site,
    async write(key, body, options) {
      before();
      const result = await site.write(key, body, options);
      if (result.kind === 'written') await after();
      return result;
    },
    async remove(key, options) {
      // The publisher removes what may be there; what is not needs nothing settled.
      if ((await site.inspect(key)) === null) return { kind: 'removed' };
      before();
      const result = await site.remove(key, options);
      await after();
      return result;
    },
  };
}

function withProblems(overview: Overview, more: readonly Problem[]): Overview {
  if (more.length === 0) return overview;
  const { problems, counts } = overview;
  return {
    ...overview,
    problems: [...problems, ...more].sort(byPath),
    counts: { ...counts, broken: counts.broken + more.filter(isError).length },
  };
}

/** Those of one file stay in their order. */
function byPath(a: Problem, b: Problem): number {
  if (a.path === b.path) return 0;
  return a.path < b.path ? -1 : 1;
}

interface Tally {
  addArticles(outcomes: readonly ArticleOutcome[]): void;
  addDocuments(counts: DocumentCounts): void;
  report(): WorkReport;
}

/** One file may be worked on several times in a run (a claim that comes free wakes it): its greatest counts stand. */
function createTally(): Tally {
  const files = new Map<string, { readonly published: number; readonly removed: number }>();
  let documents: DocumentCounts = { written: 0, unchanged: 0 };
  let feeds = 0;
  const sum = (count: 'published' | 'removed'): number =>
    [...files.values()].reduce((total, file) => total + file[count], 0);
  return {
    addArticles(outcomes) {
      for (const outcome of outcomes) {
        const before = files.get(outcome.key) ?? { published: 0, removed: 0 };
        const counts = outcome.change === 'failed' ? before : outcome.counts;
        files.set(outcome.key, {
          published: Math.max(before.published, counts.published),
          removed: Math.max(before.removed, counts.removed),
        });
      }
    },
    addDocuments({ written, unchanged }) {
      documents = { written: documents.written + written, unchanged: documents.unchanged + unchanged };
      feeds += 1;
    },
    report: () => ({
      unreadable: 0,
      published: sum('published'),
      removed: sum('removed'),
      documents,
      files: [...files]
        .map(([key, counts]) => ({ key, ...counts }))
        .filter(({ published, removed }) => published + removed > 0),
      looked: files.size + feeds,
    }),
  };
}

/** A feed and the absolute addresses of its subscription documents. */
export interface FeedAddresses {
  readonly name: string;
  readonly title: string;
  readonly entries: number;
  readonly rss: string;
  readonly atom: string;
  readonly json: string;
}

export function listFeeds({ site, feeds }: Overview): FeedAddresses[] {
  if (site === null) return [];
  return feeds.map(({ name, title, entries }) => {
    const addressIn = (format: FeedFormat): string => publicAddress(site.url, subscriptionPath(name, format));
    return { name, title, entries, rss: addressIn('rss'), atom: addressIn('atom'), json: addressIn('json') };
  });
}
