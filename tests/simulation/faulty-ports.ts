/**
 * Stores and queue as one process sees them: every call is a step, and the weather decides what becomes of it. Lost
 * answers are those of the S3 adapter: a conditional write that landed may say "conflict".
 */

import { type LaneParcel, packLaneWork } from '../../lambda/store/lane-parcels.ts';
import type { ArticleMessage, WorkQueue } from '../../lambda/store/queue.ts';
import { type Store, StoreError } from '../../lambda/store/store.ts';
import { keyClass } from './key-class.ts';
import type { Random } from './random.ts';
import type { Process, Scheduler } from './scheduler.ts';
import type { Outcome } from './trace.ts';
import { drawLatencyMs, type Weather } from './weather.ts';

export interface FaultContext {
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** Read at every call: it clears up at the end of a history. */
  readonly weather: () => Weather;
  /** Told of every step that happened: what it was, and what became of it. */
  readonly note: (process: Process, step: string, outcome: Outcome, detail: string) => void;
}

/** A LIST of so few keys that others can write between two of them. */
const LIST_COUNT_MAX = 25;
/** The messages of one call of SQS. */
const SEND_COUNT_MAX = 10;

export function createFaultyStore(
  store: Store,
  name: 'content' | 'state' | 'public',
  process: Process,
  around: FaultContext,
): Store {
  const call = <Result>(
    verb: string,
    key: string,
    effect: () => Promise<Result>,
    lost?: () => Result,
  ): Promise<Result> => {
    const step = `${name} ${verb} ${keyClass(name, key)}`;
    return takeStep(process, around, step, key, effect, lost);
  };
  return {
    read: (key, options) => call('read', key, () => store.read(key, options)),
    inspect: (key) => call('inspect', key, () => store.inspect(key)),
    write: (key, body, options) => {
      const kind = options?.condition?.kind;
      const lost = kind === 'absent' || kind === 'version' ? () => ({ kind: 'conflict' }) as const : loseAnswer;
      return call('write', key, () => store.write(key, body, options), lost);
    },
    remove: (key, options) => call('remove', key, () => store.remove(key, options), loseAnswer),
    list: (options) =>
      call('list', options.prefix, () =>
        store.list({ ...options, limitCount: Math.min(options.limitCount ?? LIST_COUNT_MAX, LIST_COUNT_MAX) }),
      ),
    listFolder: (folder) => call('list folder', folder, async () => (await store.listFolder?.(folder)) ?? null),
  };
}

/** What a call of SQS takes is in the queue; a call that fails may have left a part of its messages there. */
export function createFaultyQueue(
  send: {
    readonly article: (message: ArticleMessage) => void;
    readonly lane: (parcel: LaneParcel) => void;
    /** Keys that travel in one message. */
    readonly parcelKeysMax: number;
  },
  process: Process,
  around: FaultContext,
): WorkQueue {
  const sendAll = async <Item>(what: string, messages: readonly Item[], sendOne: (message: Item) => void) => {
    for (let start = 0; start < messages.length; start += SEND_COUNT_MAX) {
      const batch = messages.slice(start, start + SEND_COUNT_MAX);
      const effect = async (): Promise<void> => batch.forEach(sendOne);
      await takeStep(process, around, `queue send ${what}`, JSON.stringify(batch), effect, loseAnswer);
    }
  };
  return {
    sendArticleWork: (messages) => sendAll('article', messages, send.article),
    sendLaneWork: (messages) => sendAll('lane', packLaneWork(messages, send.parcelKeysMax), send.lane),
    sendHubWork: async () => undefined,
  };
}

function loseAnswer(): never {
  throw new StoreError('retry', 'simulated: no answer, though the call was obeyed');
}

/** @param lost for calls that change something: what the caller is told when the answer got lost */
function takeStep<Result>(
  process: Process,
  around: FaultContext,
  step: string,
  detail: string,
  effect: () => Promise<Result>,
  lost?: () => Result,
): Promise<Result> {
  const { scheduler, random, note } = around;
  const latencyMs = drawLatencyMs(random, around.weather(), step);
  // A request that was on its way when its sender died may arrive all the same.
  const orphan = (): void => {
    if (lost !== undefined && random.chance(0.5)) effect().catch(() => undefined);
  };
  const happen = async (): Promise<Result> => {
    const { errorRate, lostAnswerRate, crashRate } = around.weather();
    const fate = random.next();
    if (fate < crashRate) {
      const isBefore = random.chance(0.5);
      note(process, step, isBefore ? 'crash-before' : 'crash-after', detail);
      if (!isBefore) await effect();
      process.alive = false;
      throw new Error('Nobody hears this.');
    }
    if (fate < crashRate + errorRate) {
      note(process, step, 'error', detail);
      throw new StoreError('retry', 'simulated: nothing was done');
    }
    const result = await effect();
    const isLost = lost !== undefined && fate > 1 - lostAnswerRate;
    note(process, step, isLost ? 'lost' : 'done', detail);
    return isLost ? lost() : result;
  };
  return scheduler.step(process, latencyMs, happen, orphan);
}
