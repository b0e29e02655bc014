/**
 * The work queue of a publisher on one machine: it lives in the process, and is worked off before a command ends. What
 * is lost when the process dies is found again at the next start (work-note.ts).
 *
 * - Article work goes before feed work, so that a feed is written once for many articles and not once for each.
 * - A feed has one batch at a time, several feeds are worked in parallel. What arrives for a feed while its batch runs
 *   waits for the next one.
 * - Failures that may pass are tried again a few times. One that doesn't pass holds up nothing else: the run does all
 *   other work and then rejects.
 */

import { setImmediate, setTimeout } from 'node:timers/promises';
import { SWEEP_FEED_PREFIX } from '../../lambda/state/sweep-state.ts';
import type { ArticleMessage, FeedMessage, HubMessage, WorkQueue } from '../../lambda/store/queue.ts';
import { StoreError } from '../../lambda/store/store.ts';
import { DiskError } from './disk-failure.ts';

const SEND_COUNT_MAX = 10_000;
const ARTICLE_BATCH_COUNT_MAX = 200;
const FEED_BATCH_COUNT_MAX = 5_000;
const FEEDS_AT_ONCE_MAX = 4;

/** A message is for somebody to read. */
const REASONS_SHOWN_MAX = 10;

const TRIES_MAX = 5;
const RETRY_DELAY_MS = 100;

/** Work that makes work without end is a mistake in the publisher, not a big publication. */
const RUN_BATCH_COUNT_MAX = 1_000_000;

export interface LocalQueue extends WorkQueue {
  /** Takes the messages to hubs whose time has come. They wait for nobody, and no run waits for them. */
  takeHubWork(): readonly HubMessage[];
  /** Whether nothing is waiting to be worked on. */
  isEmpty(): boolean;
  /**
   * Works until there is nothing left, what is sent meanwhile included. One run at a time.
   * @throws UnfinishedWorkError after everything else is done, when some of the work failed for good
   */
  run(worker: Worker, options?: RunOptions): Promise<void>;
}

export interface Worker {
  /** May throw a `PartialFailure` when only some of the keys failed. */
  articleWork(messages: readonly ArticleMessage[]): Promise<void>;
  feedWork(feed: string, messages: readonly FeedMessage[]): Promise<void>;
}

interface RunOptions {
  /** Waits before another try. @default the real time */
  readonly delay?: (ms: number) => Promise<unknown>;
  /** Told after every batch; an article is one piece of work, and so is a feed. The total grows as work makes work. */
  readonly onProgress?: (doneCount: number, totalCount: number) => void;
}

export interface WorkFailure {
  /** The key of an article, or the name of a feed. */
  readonly what: string;
  readonly error: unknown;
}

/** Thrown by a worker: all articles of the batch are done, but these. */
export class PartialFailure extends Error {
  override readonly name = 'PartialFailure';
  readonly failures: readonly WorkFailure[];

  constructor(failures: readonly WorkFailure[]) {
    super(`${failures.length} articles of a batch failed.`);
    this.failures = failures;
  }
}

/** Everything was tried, and this is what could not be done. */
export class UnfinishedWorkError extends Error {
  override readonly name = 'UnfinishedWorkError';
  readonly failures: readonly WorkFailure[];

  constructor(failures: readonly WorkFailure[]) {
    super(`${summarise(failures)}\nWhat was published before stays. The next run does what is left.`, {
      cause: failures[0]?.error,
    });
    this.failures = failures;
  }
}

/** Each reason once: a full disk fails for every feed. */
function summarise(failures: readonly WorkFailure[]): string {
  const byReason = Map.groupBy(failures, ({ error }) => reasonOf(error));
  const lines = [...byReason].map(([reason, [first, ...others]]) => {
    const more = others.length === 0 ? '' : ` (and ${others.length} more like it)`;
    // What a disk refuses names its place, which says more than the work.
    return `${first?.error instanceof DiskError ? first.error.message : `${first?.what}: ${reason}`}${more}`;
  });
  const left = lines.length - REASONS_SHOWN_MAX;
  const rest = left > 0 ? [`and ${left} other failures`] : [];
  return ['Some work could not be done.', ...lines.slice(0, REASONS_SHOWN_MAX), ...rest].join('\n');
}

function reasonOf(error: unknown): string {
  if (error instanceof DiskError) return error.reason;
  return error instanceof Error ? error.message : String(error);
}

/** @param now milliseconds since the epoch; for what is held back */
export function createLocalQueue(now: () => number = Date.now): LocalQueue {
  const pending: Pending = { articles: new Map(), feeds: new Map(), sweeps: new Map() };
  let hubs: readonly { readonly message: HubMessage; readonly at: number }[] = [];
  let isRunning = false;

  return {
    async sendArticleWork(messages) {
      assertSendable(messages.length);
      for (const message of messages) {
        // Being told of a file says more than being woken.
        if (pending.articles.get(message.key)?.told !== true) pending.articles.set(message.key, message);
      }
    },

    async sendFeedWork(messages) {
      assertSendable(messages.length);
      for (const message of messages) {
        const lane = laneOf(pending, message.feed);
        const waiting = lane.get(message.feed);
        if (waiting === undefined) lane.set(message.feed, [message]);
        else waiting.push(message);
      }
    },

    async sendHubWork(messages, delaySeconds) {
      assertSendable(messages.length);
      hubs = [...hubs, ...messages.map((message) => ({ message, at: now() + delaySeconds * 1000 }))];
    },

    takeHubWork() {
      const due = hubs.filter(({ at }) => at <= now());
      hubs = hubs.filter(({ at }) => at > now());
      return due.map(({ message }) => message);
    },

    isEmpty: () => pending.articles.size + countFeeds(pending) === 0,

    async run(worker, options = {}) {
      if (isRunning) throw new Error('The queue is being worked off already; one run at a time.');
      isRunning = true;
      try {
        const failures = await workOff(pending, worker, options);
        if (failures.length > 0) throw new UnfinishedWorkError(failures);
      } finally {
        isRunning = false;
      }
    },
  };
}

interface Pending {
  /** One message for each key: another one of the same kind says nothing new. */
  readonly articles: Map<string, ArticleMessage>;
  readonly feeds: Map<string, FeedMessage[]>;
  /** Those of the feeds that are sweeps: they go before all others. */
  readonly sweeps: Map<string, FeedMessage[]>;
}

function laneOf({ feeds, sweeps }: Pending, feed: string): Map<string, FeedMessage[]> {
  return isSweep(feed) ? sweeps : feeds;
}

function countFeeds({ feeds, sweeps }: Pending): number {
  return feeds.size + sweeps.size;
}

async function workOff(pending: Pending, worker: Worker, options: RunOptions): Promise<readonly WorkFailure[]> {
  const failures: WorkFailure[] = [];
  const running = new Map<string, Promise<void>>();
  let doneCount = 0;
  let batchCount = 0;

  const finish = (count: number): void => {
    doneCount += count;
    options.onProgress?.(doneCount, doneCount + pending.articles.size + countFeeds(pending) + running.size);
  };

  const startFeed = (feed: string): void => {
    const messages = takeFeed(pending, feed);
    const work = tryFeed(worker, feed, messages, options).then((failed) => {
      failures.push(...failed);
      running.delete(feed);
      finish(1);
    });
    running.set(feed, work);
  };

  while (pending.articles.size > 0 || countFeeds(pending) > 0 || running.size > 0) {
    if (batchCount++ > RUN_BATCH_COUNT_MAX) throw new Error(`No end of work after ${RUN_BATCH_COUNT_MAX} batches.`);
    const nextFeed = findIdleFeed(pending, running);
    if (pending.articles.size > 0 && running.size === 0) {
      const messages = takeArticles(pending);
      failures.push(...(await tryArticles(worker, messages, options)));
      finish(messages.length);
    } else if (pending.articles.size === 0 && nextFeed !== null && running.size < FEEDS_AT_ONCE_MAX) {
      startFeed(nextFeed);
    } else {
      // Articles wait for the feeds that are under way, and those wait for nobody.
      await Promise.race(running.values());
      // The stores of one machine answer at once: without this, nobody else would have a turn before all is done.
      await setImmediate();
    }
  }
  return failures;
}

/** A sweep goes before all feeds and has the floor to itself: it makes work for articles, and that for feeds. */
function findIdleFeed(pending: Pending, running: ReadonlyMap<string, unknown>): string | null {
  for (const feed of running.keys()) if (isSweep(feed)) return null;
  for (const feed of pending.sweeps.keys()) return feed;
  for (const feed of pending.feeds.keys()) if (!running.has(feed)) return feed;
  return null;
}

function isSweep(feed: string): boolean {
  return feed.startsWith(SWEEP_FEED_PREFIX);
}

function takeArticles(pending: Pending): readonly ArticleMessage[] {
  const messages: ArticleMessage[] = [];
  for (const message of pending.articles.values()) {
    if (messages.length === ARTICLE_BATCH_COUNT_MAX) break;
    messages.push(message);
    pending.articles.delete(message.key);
  }
  return messages;
}

function takeFeed(pending: Pending, feed: string): readonly FeedMessage[] {
  const lane = laneOf(pending, feed);
  const waiting = lane.get(feed) ?? [];
  lane.delete(feed);
  if (waiting.length > FEED_BATCH_COUNT_MAX) lane.set(feed, waiting.slice(FEED_BATCH_COUNT_MAX));
  return waiting.slice(0, FEED_BATCH_COUNT_MAX);
}

async function tryArticles(
  worker: Worker,
  messages: readonly ArticleMessage[],
  options: RunOptions,
): Promise<readonly WorkFailure[]> {
  return tryAgain(messages, options, async (batch) => {
    try {
      await worker.articleWork(batch);
      return [];
    } catch (error) {
      if (error instanceof PartialFailure) return error.failures;
      return batch.map(({ key }) => ({ what: key, error }));
    }
  });
}

async function tryFeed(
  worker: Worker,
  feed: string,
  messages: readonly FeedMessage[],
  options: RunOptions,
): Promise<readonly WorkFailure[]> {
  return tryAgain([{ key: feed }], options, async () => {
    try {
      await worker.feedWork(feed, messages);
      return [];
    } catch (error) {
      return [{ what: feed, error }];
    }
  });
}

/** Tries what failed again, as long as it may pass; gives what failed for good. */
async function tryAgain<Item extends { readonly key: string }>(
  items: readonly Item[],
  { delay = setTimeout }: RunOptions,
  attempt: (items: readonly Item[]) => Promise<readonly WorkFailure[]>,
): Promise<readonly WorkFailure[]> {
  const final: WorkFailure[] = [];
  let left = items;
  for (let tries = 1; left.length > 0; tries++) {
    const failures = await attempt(left);
    const passing = failures.filter(({ error }) => tries < TRIES_MAX && mayPass(error));
    final.push(...failures.filter((failure) => !passing.includes(failure)));
    const names = new Set(passing.map(({ what }) => what));
    left = left.filter(({ key }) => names.has(key));
    if (left.length > 0) await delay(RETRY_DELAY_MS * 2 ** (tries - 1));
  }
  return final;
}

function mayPass(error: unknown): boolean {
  return error instanceof StoreError && error.kind === 'retry';
}

function assertSendable(count: number): void {
  if (count > SEND_COUNT_MAX) throw new RangeError(`At most ${SEND_COUNT_MAX} messages a call, not ${count}.`);
}
