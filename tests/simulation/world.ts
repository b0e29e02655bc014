/**
 * The publication as it runs on AWS, in simulated time: two queues, several workers at once, each a process of its own
 * that may die at any call, and what they share: content, state, site.
 */

// Imported when they are needed, which takes time that the scheduler does not know of, unless they are there already.
import '../../lambda/article/media/media.ts';
import '../../lambda/article/parse.ts';
import '../../lambda/site/adopted/adopted.ts';
import '../../lambda/site/folder/bundle-page.ts';
import '../../lambda/site/folder/readers/read-folder-file.ts';
import '../../lambda/site/parse-site.ts';
import '../../lambda/work/article/article-work.ts';
import '../../lambda/work/lane-work.ts';
import '../../lambda/work/feed/feed-repair.ts';
import '../../lambda/work/feed/takedown-work.ts';
import '../../lambda/work/upkeep/repair-work.ts';
import { createQueueWorker } from '../../lambda/aws/queue-worker.ts';
import { messageGroupId } from '../../lambda/aws/sqs-queue.ts';
import { createPublisher, type Ports } from '../../lambda/publish.ts';
import { type LaneParcel, PARCEL_KEYS_MAX, packLaneWork } from '../../lambda/store/lane-parcels.ts';
import { type ArticleMessage, type LaneName, laneNamed } from '../../lambda/store/queue.ts';
import { type Store, StoreError } from '../../lambda/store/store.ts';
import { parseLane } from '../../lambda/work/protocol/lanes.ts';
import { createFaultyQueue, createFaultyStore, type FaultContext } from './faulty-ports.ts';
import type { Mutant } from './mutants/mutants.ts';
import { createFifoQueue, createStandardQueue, type Message, type SimulatedQueue } from './queues.ts';
import type { Random } from './random.ts';
import type { Process, Scheduler } from './scheduler.ts';
import { withSeals } from './sealed-store.ts';
import type { Trace } from './trace.ts';
import { withVariants } from './variants.ts';
import { CALM, type Weather } from './weather.ts';

export interface WorldOptions {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly content: Store;
  readonly state: Store;
  readonly public: Store;
  readonly mutant: Mutant | null;
  readonly observe: Trace['note'];
  readonly report: (violation: string) => void;
}

export interface World {
  weather: Weather;
  /** By how much the clock of the machines was set forward. */
  skewMs: number;
  readonly now: () => number;
  /** As content events, ticks and reconciles come. */
  readonly sendArticleQueue: (body: string, delayMs: number) => void;
  /** Ends all faults, and lets the workers take much at once. */
  readonly becomeCalm: () => void;
  readonly isIdle: () => boolean;
  /** How many messages the workers have sent. */
  readonly sentCount: () => number;
  readonly deadLetters: () => DeadLetters;
  /** What the workers have, without faults. */
  readonly ports: Ports;
}

/** What was received too often, taken away from the queues. */
export interface DeadLetters {
  /** There are some, and none of them is the only one to know of a page that has to go. */
  readonly canBeLost: boolean;
  /** Sends them back to be worked on. */
  readonly redrive: () => void;
}

/** As in the stack. */
const RUN_MS_MAX = 120_000;
/** Fewer than in the stack, so that more becomes a dead letter. */
const RECEIVE_COUNT_MAX = 8;
/** In the end, when nothing can go wrong any more. */
const CALM_BATCH_COUNT = 100;

export function createWorld(options: WorldOptions): World {
  const { scheduler, random, mutant } = options;
  let nonces = 0;
  let started = 0;
  const busy = { article: 0, lane: 0 };
  const slots = { article: 1 + random.below(3), lane: 1 + random.below(4) };
  const articleBatchCount = random.pick([1, 4, 10, 30]);
  const receiveCountMax = random.pick([2, 5, RECEIVE_COUNT_MAX, RECEIVE_COUNT_MAX]);
  let isCalm = false;
  let sent = 0;
  const ends = new Map<Process, () => void>();
  const queueOptions = { scheduler, random, receiveCountMax, onVisible: () => dispatch() };
  const articleQueue = createStandardQueue(queueOptions);
  const laneQueue = createFifoQueue({ ...queueOptions, ...mutant?.queue });

  const sendArticle = (body: string): void => {
    sent += 1;
    const { delayRate, duplicateRate } = world.weather;
    const delayMs = random.chance(delayRate) ? 60_000 * random.next() : 0;
    articleQueue.send(body, null, delayMs);
    if (random.chance(duplicateRate)) articleQueue.send(body, null, 60_000 * random.next());
  };
  const send = {
    article: (message: ArticleMessage) => sendArticle(JSON.stringify({ kind: 'article', ...message })),
    lane: ({ lane, keys }: LaneParcel) => {
      sent += 1;
      laneQueue.send(JSON.stringify({ kind: 'feed', feed: lane, keys }), messageGroupId(lane), 0);
    },
    // One alone, as if each were told by somebody else, is where most things can come in between.
    parcelKeysMax: random.pick([1, 1, 2, PARCEL_KEYS_MAX]),
  };
  const common = {
    hub: null,
    sitemapDelayMs: 0,
    url: 'https://example.org/',
    fallbackUrl: null,
    now: () => world.now(),
    nonce: () => `n${++nonces}`,
  };
  const world: World = {
    weather: CALM,
    skewMs: 0,
    now: () => Math.floor(scheduler.now()) + world.skewMs,
    sendArticleQueue: (body, delayMs) => articleQueue.send(body, null, delayMs),
    becomeCalm() {
      world.weather = CALM;
      isCalm = true;
    },
    sentCount: () => sent,
    deadLetters() {
      const article = articleQueue.takeDead();
      const lane = laneQueue.takeDead();
      const redrive = (): void => {
        for (const { body } of article) articleQueue.send(body, null, 0);
        for (const { body, group } of lane) laneQueue.send(body, group, 0);
      };
      const isPage = lane.some(({ group }) => parseLane(laneOfGroup(group)).kind === 'page');
      return { canBeLost: article.length + lane.length > 0 && !isPage, redrive };
    },
    isIdle: () => articleQueue.size() + laneQueue.size() + busy.article + busy.lane === 0,
    ports: {
      ...common,
      content: options.content,
      state: options.state,
      public: withVariants(options.public),
      queue: {
        sendArticleWork: async (messages) => messages.forEach(send.article),
        sendLaneWork: async (messages) => packLaneWork(messages, send.parcelKeysMax).forEach(send.lane),
        sendHubWork: async () => undefined,
      },
    },
  };
  const note: FaultContext['note'] = (process, step, outcome, detail) => {
    options.observe(scheduler.now(), process.name, step, outcome, detail);
    if (outcome.startsWith('crash')) ends.get(process)?.();
  };
  const around = { scheduler, random, weather: () => world.weather, note };

  const portsOf = (process: Process, lane: LaneName | null): Ports => {
    const barePublic = withSeals(createFaultyStore(options.public, 'public', process, around));
    const ports: Ports = {
      ...common,
      content: createFaultyStore(options.content, 'content', process, around),
      state: createFaultyStore(options.state, 'state', process, around),
      public: withVariants(barePublic),
      queue: createFaultyQueue(send, process, around),
    };
    return mutant?.ports?.(ports, { lane, shared: world.ports, barePublic: barePublic }) ?? ports;
  };

  const start = (kind: 'article' | 'lane', queue: SimulatedQueue, messages: readonly Message[]): void => {
    started += 1;
    busy[kind] += 1;
    const process: Process = { name: `${kind} ${started}`, alive: true };
    const deadline = scheduler.now() + RUN_MS_MAX;
    const end = (): void => {
      if (!ends.delete(process)) return;
      busy[kind] -= 1;
      scheduler.at(scheduler.now() + 1, dispatch);
    };
    ends.set(process, end);
    // A run that ends in a failure may leave calls under way; they go on until the process ends.
    scheduler.at(deadline, () => {
      process.alive = false;
      end();
    });
    const lane = kind === 'lane' ? laneOfGroup(messages[0]?.group ?? null) : null;
    const publisher = createPublisher(portsOf(process, lane));
    const worker = createQueueWorker({ publisher, contentBucket: 'content', observer: observerOf(options.report) });
    const timeLeft = (): number => deadline - scheduler.now();
    const records = messages.map(({ id, body, group }) => ({ messageId: id, body, group }));
    const work = kind === 'lane' ? worker.laneBatch(records, timeLeft) : worker.articleBatch(records, timeLeft);
    work.then(
      (returned) => {
        const failed = messages.filter(({ id }) => returned.has(id));
        queue.delete(messages.filter(({ id }) => !returned.has(id)));
        if (failed.length > 0) queue.giveBack(failed, 1_000 * 2 ** Math.min(8, failed[0]?.receiveCount ?? 1));
        end();
      },
      (error: unknown) => {
        options.report(`a batch failed as a whole: ${String(error)}`);
        end();
      },
    );
  };

  const dispatch = (): void => {
    for (const [kind, queue] of [
      ['article', articleQueue],
      ['lane', laneQueue],
    ] as const) {
      while (busy[kind] < slots[kind]) {
        const countMax = kind === 'lane' ? world.weather.laneBatchCount : articleBatchCount;
        const messages = queue.receive(isCalm ? CALM_BATCH_COUNT : 1 + random.below(countMax));
        if (messages.length === 0) break;
        start(kind, queue, messages);
      }
    }
  };
  return world;
}

function laneOfGroup(group: string | null): LaneName {
  return laneNamed(decodeURIComponent(group ?? ''));
}

/** Failures of the simulated services are expected; any other is a mistake of the publisher. */
function observerOf(report: (violation: string) => void): Parameters<typeof createQueueWorker>[0]['observer'] {
  const isExpected = (error: unknown): boolean =>
    error instanceof StoreError && error.kind === 'retry' && !/by somebody else/.test(error.message);
  return {
    articles: () => undefined,
    lane: () => undefined,
    hubs: () => undefined,
    errand: () => undefined,
    beginsWith: () => undefined,
    unknown: (_, reason) => report(`a message was not understood: ${reason}`),
    failed: (what, error) => {
      if (!isExpected(error)) report(`work on ${what} failed: ${error instanceof Error ? error.stack : String(error)}`);
    },
  };
}
