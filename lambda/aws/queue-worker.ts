/**
 * Batches of queue messages into calls of the publisher, and failures into the list of what must come again.
 *
 * - One bad message never holds up another: a message that can't be parsed is logged and acknowledged, and one that
 *   fails comes again alone (partial batch failures).
 * - Of a FIFO group, everything from the first failure on comes again, so that its order holds.
 * - No new portion begins when less than `RESERVE_MS` of the function's time is left; the rest is given back.
 */

import type { ArticleOutcome, HubOutcome, LaneOutcome, Publisher } from '../publish.ts';
import type { HubMessage, LaneMessage, LaneName } from '../store/queue.ts';
import { type ArticleWork, type ChangedArticle, parseArticleWork, parseLaneWork } from './queue-event.ts';

/** A message as it was received. */
export interface QueueRecord {
  readonly messageId: string;
  readonly body: string;
  /** The message group, on a FIFO queue. */
  readonly group: string | null;
}

/** What the worker reports to logs and metrics. */
export interface WorkObserver {
  articles(outcomes: readonly ArticleOutcome[]): void;
  lane(lane: LaneName, outcome: LaneOutcome, uploadedAt: number | null): void;
  hubs(outcomes: readonly HubOutcome[]): void;
  /** Work on the publication as a whole was done. */
  errand(kind: Errand): void;
  unknown(messageId: string, reason: string): void;
  failed(what: string, error: unknown): void;
  /** Work that begins from here on stems from an upload at this time. */
  beginsWith(uploadedAt: number | null): void;
}

export type Errand = 'reconcile' | 'reconcileAll' | 'repair' | 'tick';

/** What errands ask of the publisher. Reconcile all includes files that disappeared without an event. */
const ERRANDS: Readonly<Record<Errand, readonly Errand[]>> = {
  tick: ['tick'],
  reconcile: ['reconcile'],
  reconcileAll: ['reconcileAll', 'reconcile'],
  repair: ['repair'],
};

export interface WorkerOptions {
  readonly publisher: Pick<Publisher, Errand | 'articleWork' | 'laneWork' | 'hubWork'>;
  readonly contentBucket: string;
  readonly observer: WorkObserver;
}

/** How much of the function's time is left, in milliseconds. */
export type TimeLeft = () => number;

/** Ids of the messages that have to come again. */
export type Returned = ReadonlySet<string>;

export interface QueueWorker {
  articleBatch(records: readonly QueueRecord[], timeLeft: TimeLeft): Promise<Returned>;
  laneBatch(records: readonly QueueRecord[], timeLeft: TimeLeft): Promise<Returned>;
}

/**
 * Articles given to the publisher in one call: enough to send each feed one message for many, and done in some seconds.
 */
const PORTION_ARTICLES_MAX = 100;
/** Messages to hubs in one call: eight are told at once, and each may take its five seconds. */
const PORTION_HUBS_MAX = 32;
/** Time that a portion and its last writes may still need. Calls of S3 give up well within it. */
const RESERVE_MS = 45_000;

export function createQueueWorker(options: WorkerOptions): QueueWorker {
  return {
    articleBatch: (records, timeLeft) => articleBatch(options, records, timeLeft),
    laneBatch: (records, timeLeft) => laneBatch(options, records, timeLeft),
  };
}

async function articleBatch(
  options: WorkerOptions,
  records: readonly QueueRecord[],
  timeLeft: TimeLeft,
): Promise<Returned> {
  const returned = new Set<string>();
  const articles: Waiting[] = [];
  const hubs: Telling[] = [];
  for (const record of records) {
    const work = parseArticleWork(record.body, options.contentBucket);
    if (work.kind === 'articles') articles.push(...work.articles.map((article) => ({ ...article, record })));
    else if (work.kind === 'hub') hubs.push({ message: work.message, record });
    else if (!(await doErrand(options, work, record, timeLeft))) returned.add(record.messageId);
  }
  for (const portion of portionsOf(articles)) {
    const failed = timeLeft() < RESERVE_MS ? null : await doPortion(options, portion);
    for (const { key, record } of portion) {
      if (failed === null || failed.has(key)) returned.add(record.messageId);
    }
  }
  // Last, since hubs are somebody else's machines and may be slow.
  for (const record of await tellHubs(options, hubs, timeLeft)) returned.add(record.messageId);
  return returned;
}

interface Telling {
  readonly message: HubMessage;
  readonly record: QueueRecord;
}

/** Gives the messages that have to come again. In portions: even hubs that answer at the last moment let others begin. */
async function tellHubs(
  { publisher, observer }: WorkerOptions,
  hubs: readonly Telling[],
  timeLeft: TimeLeft,
): Promise<readonly QueueRecord[]> {
  const returned: QueueRecord[] = [];
  for (let start = 0; start < hubs.length; start += PORTION_HUBS_MAX) {
    const portion = hubs.slice(start, start + PORTION_HUBS_MAX);
    const records = portion.map(({ record }) => record);
    if (timeLeft() < RESERVE_MS) {
      returned.push(...records);
      continue;
    }
    try {
      observer.hubs(await publisher.hubWork(portion.map(({ message }) => message)));
    } catch (error) {
      observer.failed('telling hubs', error);
      returned.push(...records);
    }
  }
  return returned;
}

/** Work on the publication as a whole. Gives whether the message is done. */
async function doErrand(
  { publisher, observer }: WorkerOptions,
  work: Exclude<ArticleWork, { kind: 'articles' | 'hub' }>,
  record: QueueRecord,
  timeLeft: TimeLeft,
): Promise<boolean> {
  if (work.kind === 'unknown') observer.unknown(record.messageId, work.reason);
  if (work.kind === 'unknown' || work.kind === 'test') return true;
  if (timeLeft() < RESERVE_MS) return false;
  try {
    observer.beginsWith(null);
    for (const errand of ERRANDS[work.kind]) {
      await (errand === 'reconcile' && work.kind === 'reconcile'
        ? publisher.reconcile(work.consent)
        : publisher[errand]());
    }
    observer.errand(work.kind);
    return true;
  } catch (error) {
    observer.failed(work.kind, error);
    return false;
  }
}

interface Waiting extends ChangedArticle {
  readonly record: QueueRecord;
}

/** Portions of different keys. Messages that name one key twice, as bursts of events do, are one piece of work. */
function portionsOf(articles: readonly Waiting[]): Waiting[][] {
  const byKey = Map.groupBy(articles, (article) => article.key);
  const keys = [...byKey.values()];
  const portions: Waiting[][] = [];
  for (let start = 0; start < keys.length; start += PORTION_ARTICLES_MAX) {
    portions.push(keys.slice(start, start + PORTION_ARTICLES_MAX).flat());
  }
  return portions;
}

/** Keys whose work failed, or null when all of it did. */
async function doPortion(
  { publisher, observer }: WorkerOptions,
  portion: readonly Waiting[],
): Promise<ReadonlySet<string> | null> {
  const keys = [...new Set(portion.map((article) => article.key))];
  const told = new Set(portion.flatMap((article) => (article.told ? article.key : [])));
  try {
    observer.beginsWith(oldestUpload(portion));
    const outcomes = await publisher.articleWork(keys.map((key) => ({ key, told: told.has(key) })));
    observer.articles(outcomes);
    const failed = outcomes.filter((outcome) => outcome.change === 'failed');
    for (const outcome of failed) observer.failed(outcome.key, outcome.error);
    return new Set(failed.map((outcome) => outcome.key));
  } catch (error) {
    observer.failed(`${keys.length} articles`, error);
    return null;
  }
}

/** Lanes of a batch in parallel; the messages of one lane together, as they were queued. */
async function laneBatch(
  options: WorkerOptions,
  records: readonly QueueRecord[],
  timeLeft: TimeLeft,
): Promise<Returned> {
  const groups = [...Map.groupBy(records, (record) => record.group ?? record.messageId).values()];
  const returned = await Promise.all(groups.map((group) => laneGroup(options, group, timeLeft)));
  return new Set(returned.flat().map((record) => record.messageId));
}

/** One message group; gives back from the first failure on. A group is one lane's, unless somebody sent by hand. */
async function laneGroup(
  { publisher, observer }: WorkerOptions,
  group: readonly QueueRecord[],
  timeLeft: TimeLeft,
): Promise<readonly QueueRecord[]> {
  const understood = group.flatMap((record) => {
    const work = parseLaneWork(record.body);
    if (work.kind === 'lane') return [{ ...work, record }];
    observer.unknown(record.messageId, work.reason);
    return [];
  });
  const byLane = [...Map.groupBy(understood, (work) => work.lane)];
  for (const [index, [lane, works]] of byLane.entries()) {
    const rest = () => byLane.slice(index).flatMap(([, later]) => later.map((work) => work.record));
    if (timeLeft() < RESERVE_MS) return rest();
    try {
      const messages = works.flatMap(({ keys }) => keys.map((key): LaneMessage => ({ lane, key })));
      observer.lane(lane, await publisher.laneWork(lane, messages), oldestUpload(works));
    } catch (error) {
      observer.failed(lane, error);
      return rest();
    }
  }
  return [];
}

function oldestUpload(works: readonly { readonly uploadedAt: number | null }[]): number | null {
  const known = works.flatMap((work) => work.uploadedAt ?? []);
  return known.length === 0 ? null : Math.min(...known);
}
