/**
 * The queue port on Amazon SQS: article work on a standard queue, lane work on a FIFO queue with the lane as message
 * group. A message is in the queue when the call returns; what SQS refuses for the moment is sent again, as long as
 * the bounds below allow, and then it is an error.
 */

import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BatchResultErrorEntry, SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import { type LaneParcel, packLaneWork } from '../store/lane-parcels.ts';
import {
  type ArticleMessage,
  DELAY_SECONDS_MAX,
  type HubMessage,
  type LaneName,
  type WorkQueue,
} from '../store/queue.ts';
import { StoreError } from '../store/store.ts';
import { failureOf } from './aws-failure.ts';
import type { SqsCalls } from './sqs-client.ts';

export interface SqsQueueOptions {
  readonly calls: SqsCalls;
  readonly articleQueueUrl: string;
  /** A FIFO queue. */
  readonly feedQueueUrl: string;
  /**
   * A new value for every message, so that SQS never takes one for the repetition of another. Letters, digits and
   * punctuation of ASCII, 128 at most.
   */
  readonly deduplicationId: () => string;
  /** Waits between attempts; handed in so that tests don't. */
  readonly wait?: (delayMs: number) => Promise<void>;
  /** When the upload that the present work stems from was made, carried along to measure the lag. */
  readonly uploadedAt?: () => number | null;
}

/** The body of a message of article work, as `queue-event.ts` reads it. */
export type ArticleBody = { readonly kind: 'article'; readonly uploadedAt?: number } & ArticleMessage;

/** The body of a message of lane work. Older versions read it too, so the lane's name is still called `feed`. */
export interface LaneBody {
  readonly kind: 'feed';
  readonly feed: LaneName;
  readonly keys: LaneParcel['keys'];
  readonly uploadedAt?: number;
}

/** The body of a message that has hubs told. */
export type HubBody = { readonly kind: 'hub' } & HubMessage;

const BATCH_COUNT_MAX = 10;
/** The limit of every region and emulator; newer regions take 1 MiB. */
const BATCH_BYTES_MAX = 256 * 1024;
const GROUP_ID_CHARACTERS_MAX = 128;
const SEND_ATTEMPTS_MAX = 5;
const SEND_DELAY_MS = 100;
/** Batches under way at once: 10,000 messages are sent in some seconds, without a storm of connections. */
const BATCHES_AT_ONCE_MAX = 4;

export function createSqsQueue(options: SqsQueueOptions): WorkQueue {
  const uploaded = () => {
    const at = options.uploadedAt?.() ?? null;
    return at === null ? {} : { uploadedAt: at };
  };
  return {
    sendArticleWork: (messages) =>
      send(
        options,
        options.articleQueueUrl,
        messages.map((message) => articleEntry(message, uploaded())),
      ),
    sendLaneWork: (messages) =>
      send(
        options,
        options.feedQueueUrl,
        packLaneWork(messages).map((parcel) => laneEntry(parcel, uploaded(), options)),
      ),
    sendHubWork: (messages, delaySeconds) =>
      send(
        options,
        options.articleQueueUrl,
        messages.map((message) => hubEntry(message, delaySeconds)),
      ),
  };
}

type Uploaded = { readonly uploadedAt?: number };
type Message = Omit<SendMessageBatchRequestEntry, 'Id'> & { readonly MessageBody: string };

function articleEntry({ key, told = false }: ArticleMessage, uploaded: Uploaded): Message {
  const body: ArticleBody = { kind: 'article', key, ...(told ? { told } : {}), ...uploaded };
  return { MessageBody: JSON.stringify(body) };
}

function laneEntry({ lane, keys }: LaneParcel, uploaded: Uploaded, options: SqsQueueOptions): Message {
  const body: LaneBody = { kind: 'feed', feed: lane, keys, ...uploaded };
  return {
    MessageBody: JSON.stringify(body),
    MessageGroupId: messageGroupId(lane),
    MessageDeduplicationId: options.deduplicationId(),
  };
}

function hubEntry({ feed, hub, attempt }: HubMessage, delaySeconds: number): Message {
  const body: HubBody = { kind: 'hub', feed, hub, attempt };
  return { MessageBody: JSON.stringify(body), DelaySeconds: Math.min(DELAY_SECONDS_MAX, Math.ceil(delaySeconds)) };
}

/**
 * The message group of a lane: its name, percent-encoded since SQS takes printable ASCII only, or a hash where that is
 * too long. Different lanes never share a group: the encoding never begins with `#`.
 */
export function messageGroupId(lane: LaneName): string {
  const encoded = encodeURIComponent(lane);
  if (encoded.length <= GROUP_ID_CHARACTERS_MAX) return encoded;
  return `#${createHash('sha256').update(lane).digest('hex')}`;
}

/** Sends in order; of a FIFO queue only the order within a group matters, and one call names each pair once. */
async function send(options: SqsQueueOptions, queueUrl: string, messages: readonly Message[]): Promise<void> {
  const batches = cutBatches(messages);
  for (let start = 0; start < batches.length; start += BATCHES_AT_ONCE_MAX) {
    const portion = batches.slice(start, start + BATCHES_AT_ONCE_MAX);
    await Promise.all(portion.map((batch) => sendBatch(options, queueUrl, batch)));
  }
}

/** Runs of messages that fit one call by number and by size. */
export function cutBatches<Each extends { readonly MessageBody: string }>(messages: readonly Each[]): Each[][] {
  const batches: Each[][] = [];
  let batch: Each[] = [];
  let batchBytes = 0;
  for (const message of messages) {
    const bytes = Buffer.byteLength(message.MessageBody);
    if (bytes > BATCH_BYTES_MAX) {
      throw new StoreError(
        'fatal',
        `A message of ${bytes} bytes is larger than the ${BATCH_BYTES_MAX} that SQS takes.`,
      );
    }
    if (batch.length === BATCH_COUNT_MAX || batchBytes + bytes > BATCH_BYTES_MAX) {
      batches.push(batch);
      batch = [];
      batchBytes = 0;
    }
    batch.push(message);
    batchBytes += bytes;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

/**
 * One batch, until every message of it is taken. SQS may take some and refuse others; those are sent again as they
 * are, deduplication id included, so that one whose answer was lost isn't queued twice.
 */
async function sendBatch(options: SqsQueueOptions, queueUrl: string, batch: readonly Message[]): Promise<void> {
  const wait = options.wait ?? sleep;
  let entries: SendMessageBatchRequestEntry[] = batch.map((message, index) => ({ Id: String(index), ...message }));
  for (let attempt = 1; ; attempt += 1) {
    const answer = await options.calls
      .sendMessageBatch({ QueueUrl: queueUrl, Entries: entries })
      .catch((cause: unknown) => {
        throw failureOf(cause, `Sending ${entries.length} messages to ${queueUrl}`);
      });
    const refused = answer.Failed ?? [];
    if (refused.length === 0) return;
    const reasons = [...new Set(refused.map((entry) => `${entry.Code}: ${entry.Message ?? ''}`))].join('; ');
    if (refused.some((entry) => entry.SenderFault === true)) {
      throw new StoreError('fatal', `SQS refused ${refused.length} messages (${reasons}).`);
    }
    if (attempt === SEND_ATTEMPTS_MAX) {
      throw new StoreError('retry', `SQS refused ${refused.length} messages ${attempt} times (${reasons}).`);
    }
    const refusedIds = new Set(refused.map((entry) => entry.Id));
    entries = entries.filter((entry) => refusedIds.has(entry.Id));
    await wait(SEND_DELAY_MS * 2 ** (attempt - 1));
  }
}

/** A message that was received. */
export interface ReceivedMessage {
  readonly receiptHandle: string;
  /** How often the message has been received, this time included. */
  readonly receiveCount: number;
}

/** Visibility timeout of a received message: six times the function's timeout, as AWS asks for. */
export const VISIBILITY_SECONDS = 720;
/** A message received this recently stays invisible for much longer than a run takes. */
const FRESH_MS_MAX = (VISIBILITY_SECONDS * 1000) / 2;

export interface FirstReceivedMessage extends ReceivedMessage {
  /** When the message was received for the first time, in milliseconds since the epoch. */
  readonly firstReceivedAt: number;
}

/**
 * Makes sure that messages stay invisible to others for a whole run from now on: Lambda may have kept the batch for
 * minutes before it had room. SQS is asked only for messages that were not received a short time ago. False if another
 * worker may have them already.
 */
export async function holdMessages(
  calls: SqsCalls,
  queueUrl: string,
  messages: readonly FirstReceivedMessage[],
  now: number,
): Promise<boolean> {
  const isFresh = ({ receiveCount, firstReceivedAt }: FirstReceivedMessage) =>
    receiveCount === 1 && now - firstReceivedAt < FRESH_MS_MAX;
  if (messages.every(isFresh)) return true;
  const refused = await changeVisibility(calls, queueUrl, messages, VISIBILITY_SECONDS);
  return !refused.some((entry) => entry.SenderFault === true);
}

const RETURN_DELAY_SECONDS_MAX = 300;

/**
 * Attempts before a queue sets a message aside. With the delays below this is more than an hour, the longest outage after
 * which everything is right again by itself (docs/decisions/017).
 */
export const RECEIVE_COUNT_MAX = 20;

/**
 * Makes messages that could not be done visible again soon (2, 4, 8… seconds by the number of attempts) and not only
 * when the queue's visibility timeout, which is made for crashes, has passed. A hint: without it they come back later.
 */
export async function returnToQueue(
  calls: SqsCalls,
  queueUrl: string,
  messages: readonly ReceivedMessage[],
): Promise<void> {
  // One delay for all keeps the order of a message group: none overtakes another.
  const receiveCount = Math.max(1, ...messages.map((message) => message.receiveCount));
  const VisibilityTimeout = Math.min(RETURN_DELAY_SECONDS_MAX, 2 ** Math.min(receiveCount, 10));
  await changeVisibility(calls, queueUrl, messages, VisibilityTimeout);
}

/** Sets the visibility timeout of messages; gives those for which SQS refuses. */
async function changeVisibility(
  calls: SqsCalls,
  queueUrl: string,
  messages: readonly ReceivedMessage[],
  VisibilityTimeout: number,
): Promise<readonly BatchResultErrorEntry[]> {
  const refused: BatchResultErrorEntry[] = [];
  for (let start = 0; start < messages.length; start += BATCH_COUNT_MAX) {
    const Entries = messages.slice(start, start + BATCH_COUNT_MAX).map((message, index) => ({
      Id: String(index),
      ReceiptHandle: message.receiptHandle,
      VisibilityTimeout,
    }));
    const { Failed = [] } = await calls.changeMessageVisibilityBatch({ QueueUrl: queueUrl, Entries });
    refused.push(...Failed);
  }
  return refused;
}
