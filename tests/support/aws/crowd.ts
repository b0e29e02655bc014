/**
 * A crowd: several functions, each a process that runs the bundle, on one S3 and its queues, while files come, change
 * and go, and processes die at any moment. What hands messages to them is as Lambda's event source mapping is: what a
 * function has not acknowledged comes again, and of a FIFO group nothing else comes before it.
 */

import { setTimeout as wait } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSBatchResponse } from 'aws-lambda';
import { createRandom, type Random } from '../../simulation/random.ts';
import { type LambdaFunction, type LambdaFunctionOptions, startLambdaFunction } from './lambda-function.ts';
import { queueEvent } from './notification.ts';

export interface CrowdOptions {
  readonly sqs: SQSClient;
  readonly queues: { readonly articles: Queue; readonly feeds: Queue };
  readonly lambda: LambdaFunctionOptions;
  readonly functionCount: number;
  /** Decides who dies and when. */
  readonly seed: number;
}

export interface Queue {
  readonly name: string;
  readonly url: string;
}

export interface Crowd {
  /** Waits until both queues are empty and nobody is at work. */
  settle(): Promise<void>;
  /** How often a process was killed at work. */
  killCount(): number;
  close(): Promise<void>;
}

/** One invocation in so many is killed. */
const KILL_ONE_IN = 6;
const KILL_AFTER_MS_MAX = 1_500;
/** A call that a dead process had sent may still arrive. On AWS its messages come again only after minutes. */
const KILLED_DELAY_MS = 1_000;
const IDLE_MS = 150;
const SETTLE_MS_MAX = 40 * 60_000;
const MESSAGE_COUNT = 10;

export async function startCrowd(options: CrowdOptions): Promise<Crowd> {
  const random = createRandom(options.seed);
  const functions: LambdaFunction[] = [];
  let isOpen = true;
  let busyCount = 0;
  let killCount = 0;

  const work = async (member: LambdaFunction): Promise<void> => {
    while (isOpen) {
      busyCount += 1;
      const batches = [
        await deliver(options, member, random, 'articles'),
        await deliver(options, member, random, 'feeds'),
      ];
      busyCount -= 1;
      killCount += batches.filter((outcome) => outcome === 'killed').length;
      if (batches.every((outcome) => outcome === 'nothing')) await wait(IDLE_MS);
    }
  };
  for (let count = 0; count < options.functionCount; count += 1)
    functions.push(await startLambdaFunction(options.lambda));
  const members = functions.map(work);
  return {
    async settle() {
      const deadline = Date.now() + SETTLE_MS_MAX;
      for (let restCount = 0; restCount < 3; ) {
        if (Date.now() > deadline) throw new Error('The crowd does not come to rest.');
        await wait(IDLE_MS);
        restCount = busyCount === 0 && (await isEmpty(options)) ? restCount + 1 : 0;
      }
    },
    killCount: () => killCount,
    async close() {
      isOpen = false;
      await Promise.all(members);
      await Promise.all(functions.map((member) => member.close()));
    },
  };
}

/** One batch of a queue to one function, which may be killed over it. */
async function deliver(
  { sqs, queues }: CrowdOptions,
  member: LambdaFunction,
  random: Random,
  kind: 'articles' | 'feeds',
): Promise<'nothing' | 'done' | 'killed'> {
  const queue = queues[kind];
  const messages = await receive(sqs, queue.url);
  if (messages.length === 0) return 'nothing';
  const death = random.chance(1 / KILL_ONE_IN)
    ? setTimeout(() => void member.kill(), random.below(KILL_AFTER_MS_MAX))
    : null;
  try {
    const { batchItemFailures } = (await member.invoke(eventOf(queue.name, messages))) as SQSBatchResponse;
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    await acknowledge(
      sqs,
      queue.url,
      messages.filter(({ MessageId = '' }) => !failed.has(MessageId)),
    );
    return 'done';
  } catch {
    await wait(KILLED_DELAY_MS);
    for (const { ReceiptHandle } of messages) {
      await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: queue.url, ReceiptHandle, VisibilityTimeout: 0 }));
    }
    return 'killed';
  } finally {
    if (death !== null) clearTimeout(death);
  }
}

async function receive(sqs: SQSClient, QueueUrl: string): Promise<readonly Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl,
    MaxNumberOfMessages: MESSAGE_COUNT,
    MessageSystemAttributeNames: ['MessageGroupId'],
  });
  return (await sqs.send(command)).Messages ?? [];
}

function eventOf(queueName: string, messages: readonly Message[]) {
  const queued = messages.map(
    ({ MessageId: id = '', Body: body = '', ReceiptHandle: receiptHandle = '', Attributes }) => {
      const group = Attributes?.MessageGroupId;
      return { id, body, receiptHandle, ...(group === undefined ? {} : { group }) };
    },
  );
  return queueEvent(queueName, queued);
}

async function acknowledge(sqs: SQSClient, QueueUrl: string, messages: readonly Message[]): Promise<void> {
  if (messages.length === 0) return;
  const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
}

async function isEmpty({ sqs, queues }: CrowdOptions): Promise<boolean> {
  for (const { url: QueueUrl } of Object.values(queues)) {
    const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    const waiting = [
      Attributes.ApproximateNumberOfMessages,
      Attributes.ApproximateNumberOfMessagesNotVisible,
      Attributes.ApproximateNumberOfMessagesDelayed,
    ];
    if (waiting.some((count) => Number(count ?? 0) > 0)) return false;
  }
  return true;
}
