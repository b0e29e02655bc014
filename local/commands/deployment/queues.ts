/** The queues of a deployed stack, as the operator's commands look at them. */

import { randomUUID } from 'node:crypto';
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { failureOf } from '../../../lambda/aws/aws-failure.ts';
import { cutBatches } from '../../../lambda/aws/sqs-queue.ts';
import { isStackGone } from '../../cli/access-failure.ts';
import type { Deployment } from './deployment.ts';

export interface QueueState {
  /** Messages to be worked on, those that wait for another attempt included. */
  readonly waitingCount: number;
  /** Those of them that come later on purpose: a hub is told some minutes after a change. */
  readonly delayedCount: number;
  /** Messages that somebody works on. */
  readonly workingCount: number;
  /** Messages that were given up. */
  readonly deadCount: number;
}

/** How much is in a queue and in its dead-letter queue. SQS counts roughly while messages come and go. */
export async function readQueueState(sqs: SQSClient, queueUrl: string): Promise<QueueState> {
  const own = await readAttributes(sqs, queueUrl);
  const dead = await findDeadLetters(sqs, own);
  const deadCount = dead === null ? 0 : numberIn(await readAttributes(sqs, dead.url), VISIBLE);
  return {
    waitingCount: numberIn(own, VISIBLE) + numberIn(own, DELAYED),
    delayedCount: numberIn(own, DELAYED),
    workingCount: numberIn(own, NOT_VISIBLE),
    deadCount,
  };
}

/**
 * Refuses to go on where the stack is gone: its buckets outlive it, so a file could be put there that nobody publishes. Whoever
 * may not look at the queue goes on.
 *
 * @throws the failure that `findAccessFailure` knows
 */
export async function assertStackThere({
  sqs,
  environment: { articleQueueUrl },
}: Pick<Deployment, 'sqs' | 'environment'>): Promise<void> {
  try {
    await readAttributes(sqs, articleQueueUrl);
  } catch (error) {
    if (isStackGone(error)) throw error;
  }
}

const BATCH_COUNT_MAX = 10;
/** Far more than fourteen days of failures; what is still there then is for the next call. */
const BATCHES_MAX = 10_000;
const MOVE_SECONDS_MAX = 60;

export interface MovedLetters {
  readonly movedCount: number;
  /** Why SQS did not take some of them, once for each: those are dead letters still. */
  readonly refusals: readonly string[];
}

/** How many dead letters nobody is given for now, since somebody has just been: the console, or a look by the runbook. */
export async function countHiddenLetters(sqs: SQSClient, queueUrl: string): Promise<number> {
  const dead = await findDeadLetters(sqs, await readAttributes(sqs, queueUrl));
  return dead === null ? 0 : numberIn(await readAttributes(sqs, dead.url), NOT_VISIBLE);
}

/**
 * Sends what was given up back to its queue. Sent first and deleted after: should this stop in between, a message is there
 * twice, which does no harm. (SQS can move messages by itself, but what imitates it can't.)
 */
export async function moveDeadLettersBack(sqs: SQSClient, queueUrl: string): Promise<MovedLetters> {
  const dead = await findDeadLetters(sqs, await readAttributes(sqs, queueUrl));
  let movedCount = 0;
  const refusals: string[] = [];
  for (let batch = 0; dead !== null && batch < BATCHES_MAX; batch += 1) {
    const moved = await moveBatch(sqs, dead.url, queueUrl).catch((error: unknown) => {
      throw failureOf(error, `Moving messages from ${dead.url}`);
    });
    movedCount += moved.movedCount;
    refusals.push(...moved.refusals);
    if (moved.movedCount === 0) break;
  }
  return { movedCount, refusals };
}

async function moveBatch(sqs: SQSClient, from: string, to: string): Promise<MovedLetters> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: from,
      MaxNumberOfMessages: BATCH_COUNT_MAX,
      MessageSystemAttributeNames: ['MessageGroupId'],
      VisibilityTimeout: MOVE_SECONDS_MAX,
      WaitTimeSeconds: 1,
    }),
  );
  if (Messages.length === 0) return { movedCount: 0, refusals: [] };
  const entries = Messages.map(({ Body = '', Attributes }, index) => ({
    Id: String(index),
    MessageBody: Body,
    ...fifoFields(Attributes?.MessageGroupId),
  }));
  const taken = new Set<string | undefined>();
  const refusals: string[] = [];
  // Ten are received together whatever their size, and may be too large to be sent together.
  for (const Entries of cutBatches(entries)) {
    const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl: to, Entries }));
    for (const { Id } of sent.Successful ?? []) taken.add(Id);
    refusals.push(...(sent.Failed ?? []).map(({ Code, Message = '' }) => `${Code} ${Message}`.trim()));
  }
  if (taken.size === 0) return { movedCount: 0, refusals };
  const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: from, Entries: Entries.filter(({ Id }) => taken.has(Id)) }));
  return { movedCount: taken.size, refusals };
}

/** Of a FIFO queue: the message stays in its group, under an id that is never taken for a repetition. */
function fifoFields(group: string | undefined): { MessageGroupId?: string; MessageDeduplicationId?: string } {
  return group === undefined ? {} : { MessageGroupId: group, MessageDeduplicationId: randomUUID() };
}

const VISIBLE = 'ApproximateNumberOfMessages';
const NOT_VISIBLE = 'ApproximateNumberOfMessagesNotVisible';
const DELAYED = 'ApproximateNumberOfMessagesDelayed';

type Attributes = Readonly<Record<string, string>>;

async function readAttributes(sqs: SQSClient, queueUrl: string): Promise<Attributes> {
  const command = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] });
  const { Attributes = {} } = await sqs.send(command).catch((error: unknown) => {
    throw failureOf(error, `Looking at ${queueUrl}`);
  });
  return Attributes;
}

/** The dead-letter queue, which a queue names by its ARN; null when it has none. */
async function findDeadLetters(
  sqs: SQSClient,
  { RedrivePolicy }: Attributes,
): Promise<{ readonly url: string } | null> {
  if (RedrivePolicy === undefined) return null;
  const arn = String((JSON.parse(RedrivePolicy) as { deadLetterTargetArn?: string }).deadLetterTargetArn);
  const QueueName = arn.split(':').at(-1);
  try {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    return QueueUrl === undefined ? null : { url: QueueUrl };
  } catch (error) {
    if (error instanceof QueueDoesNotExist) return null;
    throw failureOf(error, `Looking for ${QueueName}`);
  }
}

function numberIn(attributes: Attributes, name: string): number {
  return Number(attributes[name] ?? 0);
}
