/**
 * The publisher as it runs on AWS, without AWS: the worker that takes batches, the adapter that sends to SQS, queues with
 * the rules of SQS, ticks, and a clock of its own, so that an hour's outage takes no time. Faults are struck by call.
 */

import type { SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import { createQueueWorker, type Returned } from '../../lambda/aws/queue-worker.ts';
import type { SqsCalls } from '../../lambda/aws/sqs-client.ts';
import { createSqsQueue, RECEIVE_COUNT_MAX, returnToQueue } from '../../lambda/aws/sqs-queue.ts';
import { createPublisher, type Publisher } from '../../lambda/publish.ts';
import type { Hub } from '../../lambda/store/hub.ts';
import type { Store } from '../../lambda/store/store.ts';
import { createVariantStore } from '../../lambda/store/variant-store.ts';
import { createMemoryStore } from '../../local/store/memory-store.ts';
import { createFifoQueue, createStandardQueue, type Message, type SimulatedQueue } from '../simulation/queues.ts';
import { createRandom, type Random } from '../simulation/random.ts';
import { notificationBody } from '../support/aws/notification.ts';
import { createTestPublication, readTexts, TEST_NOW } from '../support/publication.ts';
import { createFaultyStore, type Strike } from './faulty-store.ts';

export const MINUTE_MS = 60_000;
const TICK_MS = 5 * MINUTE_MS;
const SITEMAP_DELAY_MS = 5 * MINUTE_MS;
/** What a run has; it is over in no time here. */
const FUNCTION_MS = 120_000;
const ARTICLE_BATCH_COUNT = 100;
const FEED_BATCH_COUNT = 10;
const SITE_URL = 'https://example.org/';
/** Work that never ends would be a failure. */
const BATCH_COUNT_MAX = 20_000;

export interface Cloud {
  readonly stores: Readonly<Record<'content' | 'state' | 'public', Store>>;
  /** What calls meet from here on. */
  strike: Strike;
  readonly random: Random;
  /** Milliseconds since the epoch; setting it moves the clock of the publisher, not that of the queues. */
  now: number;
  readonly publisher: Publisher;
  /** Writes a file (null removes it), and S3 tells the queue so many times. */
  upload(key: string, text: string | null, times?: number): Promise<void>;
  /** Lets so much time pass, with all work that falls into it. */
  pass(ms: number): Promise<void>;
  /** Messages there are, waiting or under way. */
  waitingCount(): number;
  readonly deadCount: number;
  /** What the log would say of failed work. */
  readonly failures: readonly string[];
  documents(): Promise<ReadonlyMap<string, string>>;
  /** Sends messages that are done already once more, in any order; those that came of it too, the next time. */
  repeatAll(): void;
}

export interface CloudOptions {
  readonly seed?: number;
  readonly hub?: Hub | null;
  /** Keeps documents compressed as well, which takes most of the time. @default false */
  readonly withVariants?: boolean;
}

export function createCloud({ seed = 1, hub = null, withVariants = false }: CloudOptions = {}): Cloud {
  const random = createRandom(seed);
  const stores = { content: createMemoryStore(), state: createMemoryStore(), public: createMemoryStore() };
  const timeline = createTimeline();
  const queueOptions = { scheduler: timeline, random, receiveCountMax: RECEIVE_COUNT_MAX, onVisible: () => undefined };
  const articles = createStandardQueue(queueOptions);
  const feeds = createFifoQueue(queueOptions);
  const failures: string[] = [];
  const done: { readonly queue: SimulatedQueue; readonly message: Message }[] = [];
  let deadCount = 0;
  let batchCount = 0;
  let nonces = 0;
  let offsetMs = 0;
  const strike: Strike = (call) => cloud.strike(call);
  const faulty = (place: 'content' | 'state' | 'public'): Store => createFaultyStore(stores[place], place, strike);
  const calls = createCalls(articles, feeds, strike);
  const nonce = (): string => `nonce-${++nonces}`;
  const publisher = createPublisher({
    content: faulty('content'),
    state: faulty('state'),
    public: withVariants ? createVariantStore(faulty('public')) : faulty('public'),
    queue: createSqsQueue({
      calls,
      articleQueueUrl: 'articles',
      feedQueueUrl: 'feeds',
      deduplicationId: nonce,
      wait: async () => undefined,
    }),
    hub,
    sitemapDelayMs: SITEMAP_DELAY_MS,
    url: SITE_URL,
    fallbackUrl: null,
    now: () => timeline.now() + offsetMs,
    nonce,
  });
  const worker = createQueueWorker({
    publisher,
    contentBucket: 'content',
    observer: {
      articles: () => undefined,
      lane: () => undefined,
      hubs: () => undefined,
      errand: () => undefined,
      unknown: (_, reason) => void failures.push(reason),
      failed: (what, error) => void failures.push(`${what}: ${error instanceof Error ? error.message : error}`),
      beginsWith: () => undefined,
    },
  });

  async function deliver(queue: SimulatedQueue, countMax: number): Promise<boolean> {
    const messages = queue.receive(countMax);
    deadCount += queue.takeDead().length;
    if (messages.length === 0) return false;
    batchCount += 1;
    if (batchCount > BATCH_COUNT_MAX) throw new Error(`No end of work after ${BATCH_COUNT_MAX} batches.`);
    const records = messages.map(({ id, body, group }) => ({ messageId: id, body, group }));
    const returned: Returned = await (queue === feeds ? worker.laneBatch : worker.articleBatch)(
      records,
      () => FUNCTION_MS,
    );
    const left = messages.filter(({ id }) => returned.has(id));
    const finished = messages.filter(({ id }) => !returned.has(id));
    done.push(...finished.map((message) => ({ queue, message })));
    if (left.length > 0) {
      calls.inFlight = left;
      const received = left.map(({ id, receiveCount }) => ({ receiptHandle: id, receiveCount }));
      await returnToQueue(calls, queue === feeds ? 'feeds' : 'articles', received).catch(() => undefined);
    }
    queue.delete(finished);
    return true;
  }

  const cloud: Cloud = {
    stores,
    strike: () => null,
    random,
    publisher,
    failures,
    get now() {
      return timeline.now() + offsetMs;
    },
    set now(at) {
      offsetMs = at - timeline.now();
    },
    get deadCount() {
      return deadCount;
    },
    async upload(key, text, times = 1) {
      if (text === null) await stores.content.remove(key);
      else await stores.content.write(key, new TextEncoder().encode(text));
      for (let time = 0; time < times; time += 1) articles.send(notificationBody('content', [key]), null, 0);
    },
    async pass(ms) {
      const until = timeline.now() + ms;
      for (let at = timeline.now() + TICK_MS; at <= until; at += TICK_MS) {
        timeline.at(at, () => articles.send(JSON.stringify({ kind: 'tick' }), null, 0));
      }
      do {
        while ((await deliver(articles, ARTICLE_BATCH_COUNT)) || (await deliver(feeds, FEED_BATCH_COUNT)));
      } while (timeline.goOn(until));
    },
    waitingCount: () => articles.size() + feeds.size(),
    documents: () => readTexts(stores.public),
    repeatAll() {
      const again = done.splice(0);
      while (again.length > 0) {
        const [{ queue, message } = { queue: articles, message: null }] = again.splice(random.below(again.length), 1);
        if (message !== null) queue.send(message.body, message.group, 0);
      }
    },
  };
  return cloud;
}

/** The clock of the queues: it jumps from one thing that falls due to the next. */
function createTimeline() {
  let now = TEST_NOW;
  const events: { readonly at: number; readonly happen: () => void }[] = [];
  return {
    now: () => now,
    at: (at: number, happen: () => void) => void events.push({ at, happen }),
    /** Moves to what is next; false when nothing is until then. */
    goOn(until: number): boolean {
      const next = Math.min(...events.map(({ at }) => Math.max(at, now)));
      now = Math.min(next, until);
      const due = events.filter(({ at }) => at <= now);
      for (const event of due) events.splice(events.indexOf(event), 1);
      for (const { happen } of due) happen();
      return next <= until;
    },
  };
}

/** SQS as the adapter calls it. Messages under way are known by their ids. */
function createCalls(articles: SimulatedQueue, feeds: SimulatedQueue, strike: Strike) {
  const meet = (url: string): void => {
    const failure = strike({ place: 'queue', kind: 'write', key: url });
    if (failure !== null) throw failure;
  };
  const send = (
    url: string,
    { MessageBody = '', MessageGroupId, DelaySeconds = 0 }: SendMessageBatchRequestEntry,
  ): void => (url === 'feeds' ? feeds : articles).send(MessageBody, MessageGroupId ?? null, DelaySeconds * 1000);
  const calls: SqsCalls & { inFlight: readonly Message[] } = {
    inFlight: [],
    async sendMessageBatch({ QueueUrl = '', Entries = [] }) {
      meet(QueueUrl);
      for (const entry of Entries) send(QueueUrl, entry);
      return {};
    },
    async changeMessageVisibilityBatch({ QueueUrl, Entries = [] }) {
      meet(String(QueueUrl));
      for (const { ReceiptHandle, VisibilityTimeout = 0 } of Entries) {
        const message = calls.inFlight.filter(({ id }) => id === ReceiptHandle);
        (QueueUrl === 'feeds' ? feeds : articles).giveBack(message, VisibilityTimeout * 1000);
      }
      return {};
    },
  };
  return calls;
}

/** What a publication has that knew no fault. */
export async function publishUndisturbed(
  files: Readonly<Record<string, string>>,
  { withVariants = false }: CloudOptions = {},
): Promise<ReadonlyMap<string, string>> {
  const publication = await createTestPublication({
    files,
    wrap: (store, name) => (withVariants && name === 'public' ? createVariantStore(store) : store),
  });
  await publication.settle();
  return publication.documents();
}
