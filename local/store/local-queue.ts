/**
 * The work queue of a publisher on one machine: it lives in the process, and is worked off before a command ends. What
 * is lost when the process dies is found again at the next start (work-note.ts).
 *
 * - Article work goes before lane work, so that a feed is written once for many articles and not once for each.
 * - A lane has one batch at a time, several lanes are worked in parallel. What arrives for a lane while its batch runs
 *   waits for the next one.
 * - Failures that may pass are tried again a few times. One that doesn't pass holds up nothing else: the run does all
 *   other work and then rejects.
 */

import { setImmediate, setTimeout } from 'node:timers/promises';
import type { ArticleMessage, HubMessage, LaneMessage, LaneName, WorkQueue } from '../../lambda/store/queue.ts';
import { StoreError } from '../../lambda/store/store.ts';
import { isUpkeep, isWaking } from '../../lambda/work/protocol/lanes.ts';
import { DiskError } from './disk-failure.ts';

const SEND_COUNT_MAX = 10_000;
const ARTICLE_BATCH_COUNT_MAX = 200;
const LANE_BATCH_COUNT_MAX = 5_000;
const LANES_AT_ONCE_MAX = 4;

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
  laneWork(lane: LaneName, messages: readonly LaneMessage[]): Promise<void>;
}

interface RunOptions {
  /** Waits before another try. @default the real time */
  readonly delay?: (ms: number) => Promise<unknown>;
  /** Told after every batch; an article is one piece of work, and so is a lane. The total grows as work makes work. */
  readonly onProgress?: (doneCount: number, totalCount: number) => void;
}

export interface WorkFailure {
  /** The key of an article, or the name of a lane. */
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
    // A refusal of the disk names its place, which says more than the work does.
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
  const pending: Pending = { articles: new Map(), lanes: new Map(), upkeep: new Map(), waking: new Map() };
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

    async sendLaneWork(messages) {
      assertSendable(messages.length);
      for (const message of messages) {
        const lanes = lanesLike(pending, message.lane);
        const waiting = lanes.get(message.lane);
        if (waiting === undefined) lanes.set(message.lane, [message]);
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

    isEmpty: () => pending.articles.size + countLanes(pending) === 0,

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

type Lanes = Map<LaneName, LaneMessage[]>;

interface Pending {
  /** One message for each key: another one of the same kind says nothing new. */
  readonly articles: Map<string, ArticleMessage>;
  readonly lanes: Lanes;
  /** Lanes that reconcile or repair everything: they go before all others. */
  readonly upkeep: Lanes;
  /** Those that only wake articles: all of them go before the articles that they wake, so that each is woken once. */
  readonly waking: Lanes;
}

function lanesLike({ lanes, upkeep, waking }: Pending, lane: LaneName): Lanes {
  if (isWaking(lane)) return waking;
  return isUpkeep(lane) ? upkeep : lanes;
}

function countLanes({ lanes, upkeep, waking }: Pending): number {
  return lanes.size + upkeep.size + waking.size;
}

async function workOff(pending: Pending, worker: Worker, options: RunOptions): Promise<readonly WorkFailure[]> {
  const failures: WorkFailure[] = [];
  const running = new Map<LaneName, Promise<void>>();
  let doneCount = 0;
  let batchCount = 0;
  let isWakingAll = false;

  const finish = (count: number): void => {
    doneCount += count;
    options.onProgress?.(doneCount, doneCount + pending.articles.size + countLanes(pending) + running.size);
  };

  const startLane = (lane: LaneName): void => {
    const messages = takeLane(pending, lane);
    const work = tryLane(worker, lane, messages, options).then((failed) => {
      failures.push(...failed);
      running.delete(lane);
      finish(1);
    });
    running.set(lane, work);
  };

  while (pending.articles.size > 0 || countLanes(pending) > 0 || running.size > 0) {
    if (batchCount++ > RUN_BATCH_COUNT_MAX) throw new Error(`No end of work after ${RUN_BATCH_COUNT_MAX} batches.`);
    const nextLane = findIdleLane(pending, running);
    // Articles are worked off first; what they wake then comes together.
    isWakingAll = pending.waking.size > 0 && (isWakingAll || pending.articles.size === 0);
    const areArticlesNext = pending.articles.size > 0 && !isWakingAll;
    if (areArticlesNext && running.size === 0) {
      const messages = takeArticles(pending);
      failures.push(...(await tryArticles(worker, messages, options)));
      finish(messages.length);
    } else if (!areArticlesNext && nextLane !== null && running.size < LANES_AT_ONCE_MAX) {
      startLane(nextLane);
    } else {
      // Articles wait for the lanes that are under way, and those wait for nobody.
      await Promise.race(running.values());
      // The stores of one machine answer at once: without this, nobody else would have a turn before all is done.
      await setImmediate();
    }
  }
  return failures;
}

/**
 * A lane that wakes articles goes first. A lane that reconciles or repairs everything goes before all others and runs alone: it
 * makes work for articles, and articles make work for feeds.
 */
function findIdleLane(pending: Pending, running: ReadonlyMap<LaneName, unknown>): LaneName | null {
  for (const lane of pending.waking.keys()) if (!running.has(lane)) return lane;
  for (const lane of running.keys()) if (isUpkeep(lane)) return null;
  for (const lane of pending.upkeep.keys()) return lane;
  for (const lane of pending.lanes.keys()) if (!running.has(lane)) return lane;
  return null;
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

function takeLane(pending: Pending, lane: LaneName): readonly LaneMessage[] {
  const lanes = lanesLike(pending, lane);
  const waiting = lanes.get(lane) ?? [];
  lanes.delete(lane);
  if (waiting.length > LANE_BATCH_COUNT_MAX) lanes.set(lane, waiting.slice(LANE_BATCH_COUNT_MAX));
  return waiting.slice(0, LANE_BATCH_COUNT_MAX);
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

async function tryLane(
  worker: Worker,
  lane: LaneName,
  messages: readonly LaneMessage[],
  options: RunOptions,
): Promise<readonly WorkFailure[]> {
  return tryAgain([{ key: lane }], options, async () => {
    try {
      await worker.laneWork(lane, messages);
      return [];
    } catch (error) {
      return [{ what: lane, error }];
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
