/**
 * The Lambda's entry point: batches of queue messages in, those that must come again out. Everything that is not wiring is in
 * `queue-worker.ts` and `publish.ts`.
 */

import { randomUUID } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { createPublisher } from '../publish.ts';
import { joinReads } from '../store/joined-reads.ts';
import { createVariantStore } from '../store/variant-store.ts';
import { createWebHub } from '../store/web-hub.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { METRIC_NAMESPACE, METRICS } from './metric-names.ts';
import { createQueueWorker, type QueueRecord, type QueueWorker, type WorkObserver } from './queue-worker.ts';
import { createS3Clients, type S3Clients } from './s3-client.ts';
import { createS3Store } from './s3-store.ts';
import { endpointOf, knowServer } from './server-note.ts';
import type { ServerTraits } from './server-traits.ts';
import { createSqsCalls, type SqsCalls } from './sqs-client.ts';
import { createSqsQueue, type FirstReceivedMessage, holdMessages, returnToQueue } from './sqs-queue.ts';

/** What starts the function: a batch of either queue, or by hand one errand such as `{"kind":"reconcile"}`. */
export type Invocation = SQSEvent | { readonly kind: 'tick' | 'reconcile' | 'renew' | 'repair' | 'rebuild' };

/** How long a call may take, repetitions included, before the SDK gives up; far below the reserve. */
const CONNECTION_TIMEOUT_MS = 2_000;
const REQUEST_TIMEOUT_MS = 8_000;
const ATTEMPTS_MAX = 4;
const SOCKETS_MAX = 100;
/** How long changes are gathered before the sitemaps are made: crawlers come by the hour. */
const SITEMAP_DELAY_MS = 5 * 60 * 1000;

/** Both take the name of the service from `POWERTOOLS_SERVICE_NAME`. */
const logger = new Logger();
const metrics = new Metrics({ namespace: METRIC_NAMESPACE });

/** Made at the first invocation and kept, as Lambda keeps the process. */
let kept: Handler | undefined;

/** Lambda's entry point. */
export async function handler(event: Invocation, context: Context): Promise<SQSBatchResponse> {
  kept ??= createHandler(readEnvironment(process.env), endpointOf(process.env));
  logger.addContext(context);
  try {
    return await kept.handle(event, () => context.getRemainingTimeInMillis());
  } finally {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}

interface Handler {
  handle(event: Invocation, timeLeft: () => number): Promise<SQSBatchResponse>;
}

function createHandler(environment: Environment, endpoint: string | null): Handler {
  // Machines that imitate S3 have no host name for each bucket.
  const forcePathStyle = endpoint !== null;
  const s3 = createS3Clients({ maxAttempts: ATTEMPTS_MAX, requestHandler: timeouts(), forcePathStyle });
  const sqs = createSqsCalls(new SQSClient({ maxAttempts: ATTEMPTS_MAX, requestHandler: timeouts() }));
  let worker: QueueWorker | undefined;
  const open = async () => {
    const traits = environment.traits ?? (await knowServer(s3.create(), environment.stateBucket, endpoint));
    return createWorker(environment, traits, s3, sqs);
  };
  return {
    async handle(event, timeLeft) {
      worker ??= await open();
      if (!('Records' in event)) return runErrand(worker, event.kind, timeLeft);
      const isLaneWork = event.Records.every((record) => isFrom(record, environment.feedQueueUrl));
      // The queue guarantees one worker at a time per lane, as long as the messages are invisible to others.
      const isOurs = !isLaneWork || (await hold(sqs, environment.feedQueueUrl, event.Records));
      const batch = isLaneWork ? worker.laneBatch : worker.articleBatch;
      const returned = isOurs ? await batch(event.Records.map(recordOf), timeLeft) : null;
      const failed = event.Records.filter((record) => returned === null || returned.has(record.messageId));
      if (failed.length > 0) countMetric(metrics, METRICS.failed, failed.length);
      await giveBack(sqs, isLaneWork ? environment.feedQueueUrl : environment.articleQueueUrl, failed);
      return { batchItemFailures: failed.map((record) => ({ itemIdentifier: record.messageId })) };
    },
  };
}

function createWorker(environment: Environment, traits: ServerTraits, s3: S3Clients, sqs: SqsCalls): QueueWorker {
  const observe = (event: 'retry' | 'conflict') =>
    countMetric(metrics, event === 'retry' ? METRICS.retries : METRICS.conflicts, 1);
  const store = (bucket: string, prefix = '') =>
    createS3Store({ client: s3.create(), bucket, prefix, traits, observe });
  let uploadedAt: number | null = null;
  const publisher = createPublisher({
    content: store(environment.contentBucket),
    state: joinReads(store(environment.stateBucket)),
    public: createVariantStore(store(environment.publicBucket, environment.publicPrefix)),
    queue: createSqsQueue({
      calls: sqs,
      articleQueueUrl: environment.articleQueueUrl,
      feedQueueUrl: environment.feedQueueUrl,
      deduplicationId: randomUUID,
      uploadedAt: () => uploadedAt,
    }),
    hub: createWebHub(),
    sitemapDelayMs: SITEMAP_DELAY_MS,
    url: environment.siteUrl,
    fallbackUrl: environment.cdnUrl,
    basePath: `/${environment.publicPrefix}`,
    now: Date.now,
    nonce: randomUUID,
  });
  const observer = createObserver(metrics, logger, (at) => {
    uploadedAt = at;
  });
  return createQueueWorker({ publisher, contentBucket: environment.contentBucket, observer });
}

function timeouts() {
  return {
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    throwOnRequestTimeout: true,
    httpsAgent: { maxSockets: SOCKETS_MAX },
  };
}

/**
 * Logs and metrics of the work.
 *
 * @param beginsWith is told from which upload the work stems that begins
 */
export function createObserver(
  metrics: Metrics,
  logger: Logger,
  beginsWith: (uploadedAt: number | null) => void,
): WorkObserver {
  const count = (metric: string, value: number) => countMetric(metrics, metric, value);
  return {
    beginsWith,
    articles(outcomes) {
      const done = outcomes.filter((outcome) => outcome.change !== 'failed');
      const sum = (numberOf: (outcome: (typeof done)[number]) => number) =>
        done.reduce((total, each) => total + numberOf(each), 0);
      count(
        METRICS.published,
        sum(({ counts }) => counts.published),
      );
      count(
        METRICS.removed,
        sum(({ counts }) => counts.removed),
      );
      count(
        METRICS.problems,
        sum(({ errorCount }) => errorCount),
      );
      for (const { key, change, counts, errorCount } of done) {
        logger.info('Looked at an article', { key, change, counts, errorCount });
      }
    },
    lane(lane, { heldCount, ...documents }, uploadedAt) {
      if (heldCount !== undefined) count(METRICS.held, heldCount);
      if (heldCount) logger.warn('Removals wait for a person', { count: heldCount });
      if (uploadedAt !== null) metrics.addMetric(METRICS.lag, MetricUnit.Milliseconds, Date.now() - uploadedAt);
      logger.info('Worked on a lane', { lane, documents });
    },
    hubs(outcomes) {
      const givenUp = outcomes.filter(({ result }) => result === 'given-up');
      if (givenUp.length > 0) count(METRICS.hubsGivenUp, givenUp.length);
      for (const { feed, hub, result, reason } of outcomes) {
        if (result === 'nothing' || result === 'waits') continue;
        logger[result === 'given-up' ? 'warn' : 'info']('Told a hub', { feed, hub, result, reason });
      }
    },
    errand(kind) {
      if (kind === 'tick') count(METRICS.ticks, 1);
    },
    unknown(messageId, reason) {
      count(METRICS.unknown, 1);
      logger.warn('A message was not understood and is acknowledged', { messageId, reason });
    },
    failed(what, error) {
      logger.error('Work failed and comes again', { what, error });
    },
  };
}

export function countMetric(metrics: Metrics, metric: string, value: number): void {
  metrics.addMetric(metric, MetricUnit.Count, value);
}

/** An errand asked for without a queue fails as a whole, so that whoever asked sees it. */
async function runErrand(worker: QueueWorker, kind: string, timeLeft: () => number): Promise<SQSBatchResponse> {
  const record = { messageId: kind, body: JSON.stringify({ kind }), group: null };
  const returned = await worker.articleBatch([record], timeLeft);
  if (returned.size > 0) throw new Error(`The errand ${kind} failed; the log says why.`);
  return { batchItemFailures: [] };
}

function recordOf(record: SQSRecord): QueueRecord {
  return { messageId: record.messageId, body: record.body, group: record.attributes.MessageGroupId ?? null };
}

/** Queues are named by an ARN in events and by a URL everywhere else; both end with the name. */
function isFrom(record: SQSRecord, queueUrl: string): boolean {
  return record.eventSourceARN.split(':').at(-1) === queueUrl.split('/').at(-1);
}

/** Whether the messages stay invisible to others for the whole run. If SQS does not say, the usual time counts. */
async function hold(sqs: SqsCalls, queueUrl: string, records: readonly SQSRecord[]): Promise<boolean> {
  try {
    const isOurs = await holdMessages(sqs, queueUrl, records.map(receivedOf), Date.now());
    if (!isOurs) logger.warn('A batch came so late that its messages are left to others', { count: records.length });
    return isOurs;
  } catch (error) {
    logger.warn('Messages may come to another before they are done', { error });
    return true;
  }
}

function receivedOf({ receiptHandle, attributes }: SQSRecord): FirstReceivedMessage {
  return {
    receiptHandle,
    receiveCount: Number(attributes.ApproximateReceiveCount),
    firstReceivedAt: Number(attributes.ApproximateFirstReceiveTimestamp),
  };
}

/** Asks for failed messages to come again soon. If that fails, they come when their visibility timeout ends. */
async function giveBack(sqs: SqsCalls, queueUrl: string, records: readonly SQSRecord[]): Promise<void> {
  if (records.length === 0) return;
  await returnToQueue(sqs, queueUrl, records.map(receivedOf)).catch((error: unknown) => {
    logger.warn('Failed messages come again only when their visibility timeout is over', { error });
  });
}
