import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SqsCalls } from '../../lambda/aws/sqs-client.ts';
import {
  createSqsQueue,
  holdMessages,
  messageGroupId,
  returnToQueue,
  VISIBILITY_SECONDS,
} from '../../lambda/aws/sqs-queue.ts';
import { laneNamed } from '../../lambda/store/queue.ts';
import { feedLane } from '../../lambda/work/protocol/lanes.ts';

interface Sent {
  readonly QueueUrl: string;
  readonly Entries: readonly {
    readonly Id: string;
    readonly MessageBody?: string;
    readonly MessageGroupId?: string;
    readonly MessageDeduplicationId?: string;
    readonly VisibilityTimeout?: number;
  }[];
}

type Answer = (sent: Sent) => Awaited<ReturnType<SqsCalls['sendMessageBatch']>>;

/** Calls that keep what was sent and answer as told; after the last answer everything is taken. */
function scene(...answers: readonly Answer[]) {
  const left = [...answers];
  const sent: Sent[] = [];
  const waits: number[] = [];
  let ids = 0;
  const send = async (request: object) => {
    sent.push(request as Sent);
    return left.shift()?.(request as Sent) ?? {};
  };
  const calls: SqsCalls = { sendMessageBatch: send, changeMessageVisibilityBatch: send };
  const queue = createSqsQueue({
    calls,
    articleQueueUrl: 'https://sqs/articles',
    feedQueueUrl: 'https://sqs/feeds.fifo',
    deduplicationId: () => `id-${ids++}`,
    wait: async (delayMs) => {
      waits.push(delayMs);
    },
    uploadedAt: () => 1_000,
  });
  return { calls, queue, sent, waits };
}

const bodies = (sent: readonly Sent[]) =>
  sent.flatMap(({ Entries }) => Entries.map(({ MessageBody }) => JSON.parse(MessageBody ?? '')));

describe('createSqsQueue', () => {
  it('sends ten at a time', async () => {
    const { queue, sent } = scene();
    await queue.sendArticleWork(Array.from({ length: 23 }, (_, index) => ({ key: `${index}.md` })));
    expect(sent.map(({ Entries }) => Entries.length)).toEqual([10, 10, 3]);
    expect(bodies(sent).map(({ key }) => key)).toEqual(Array.from({ length: 23 }, (_, index) => `${index}.md`));
  });

  it('keeps a batch within the size that every region takes', async () => {
    const { queue, sent } = scene();
    const key = 'x'.repeat(100_000);
    await queue.sendArticleWork([{ key }, { key }, { key }]);
    expect(sent.map(({ Entries }) => Entries.length)).toEqual([2, 1]);
    await expect(queue.sendArticleWork([{ key: 'x'.repeat(300_000) }])).rejects.toMatchObject({ kind: 'fatal' });
  });

  it('carries the time of the upload along', async () => {
    const { queue, sent } = scene();
    await queue.sendLaneWork([{ lane: feedLane('all'), key: 'a.md' }]);
    expect(bodies(sent)).toEqual([{ kind: 'feed', feed: 'all', keys: ['a.md'], uploadedAt: 1_000 }]);
  });

  it('tells a feed of many articles in one message', async () => {
    const { queue, sent } = scene();
    const keys = ['a.md', 'b.md', 'c.md'];
    await queue.sendLaneWork(keys.flatMap((key) => ['all', 'tags/x'].map((feed) => ({ lane: feedLane(feed), key }))));
    expect(bodies(sent)).toMatchObject(['all', 'tags/x'].map((feed) => ({ feed, keys })));
  });

  it('sends again what was refused, under the same deduplication id', async () => {
    const refusal = { Id: '1', SenderFault: false, Code: 'ServiceUnavailable' };
    const { queue, sent, waits } = scene(() => ({ Failed: [refusal] }));
    await queue.sendLaneWork([
      { lane: feedLane('all'), key: 'a.md' },
      { lane: feedLane('tags/x'), key: 'a.md' },
    ]);
    expect(sent.map(({ Entries }) => Entries.map(({ MessageDeduplicationId }) => MessageDeduplicationId))).toEqual([
      ['id-0', 'id-1'],
      ['id-1'],
    ]);
    expect(waits).toEqual([100]);
  });

  it('throws what may pass when it was refused too often, and what will not at once', async () => {
    const refuse = (SenderFault: boolean) => () => ({ Failed: [{ Id: '0', SenderFault, Code: 'Refused' }] });
    const busy = scene(...Array.from({ length: 9 }, () => refuse(false)));
    await expect(busy.queue.sendArticleWork([{ key: 'a' }])).rejects.toMatchObject({ kind: 'retry' });
    expect(busy.sent).toHaveLength(5);
    const wrong = scene(refuse(true));
    await expect(wrong.queue.sendArticleWork([{ key: 'a' }])).rejects.toMatchObject({ kind: 'fatal' });
    expect(wrong.sent).toHaveLength(1);
  });

  it('takes being asked too often for what may pass, though SQS says 400', async () => {
    const throttled = Object.assign(new Error('Rate exceeded'), {
      name: 'ThrottlingException',
      $metadata: { httpStatusCode: 400 },
    });
    const { queue } = scene(() => {
      throw throttled;
    });
    await expect(queue.sendArticleWork([{ key: 'a' }])).rejects.toMatchObject({
      kind: 'retry',
      message: expect.stringContaining('It may pass'),
    });
  });

  it('throws when SQS does not answer', async () => {
    const { queue } = scene(() => {
      throw new Error('socket hang up');
    });
    await expect(queue.sendArticleWork([{ key: 'a' }])).rejects.toMatchObject({ name: 'StoreError', kind: 'retry' });
  });
});

describe('messageGroupId', () => {
  const lane = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 200 })
    .filter((name) => name.isWellFormed())
    .map(laneNamed);

  it('is always one that SQS takes', () => {
    const allowed = /^[A-Za-z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/;
    fc.assert(fc.property(lane, (name) => allowed.test(messageGroupId(name))));
  });

  it('is different for different lanes', () => {
    fc.assert(fc.property(lane, lane, (a, b) => (messageGroupId(a) === messageGroupId(b)) === (a === b)));
  });
});

describe('returnToQueue', () => {
  const received = (count: number, receiveCount: number) =>
    Array.from({ length: count }, (_, index) => ({ receiptHandle: `handle-${index}`, receiveCount }));

  it('brings messages back later with each attempt, and within five minutes', async () => {
    const { calls, sent } = scene();
    for (const receiveCount of [1, 2, 7, 20]) await returnToQueue(calls, 'https://sqs/q', received(1, receiveCount));
    expect(sent.flatMap(({ Entries }) => Entries.map((entry) => entry.VisibilityTimeout))).toEqual([2, 4, 128, 300]);
  });

  it('takes ten at a time', async () => {
    const { calls, sent } = scene();
    await returnToQueue(calls, 'https://sqs/q', received(12, 1));
    expect(sent.map(({ Entries }) => Entries.length)).toEqual([10, 2]);
  });
});

describe('holdMessages', () => {
  const NOW = 10_000_000;
  const received = (count: number, receiveCount: number, agoMs: number) =>
    Array.from({ length: count }, (_, index) => ({
      receiptHandle: `handle-${index}`,
      receiveCount,
      firstReceivedAt: NOW - agoMs,
    }));

  it('asks SQS for nothing when the messages have just come', async () => {
    const { calls, sent } = scene();
    expect(await holdMessages(calls, 'https://sqs/q', received(10, 1, 5_000), NOW)).toBe(true);
    expect(sent).toEqual([]);
  });

  it.each([
    ['were kept for minutes', received(10, 1, 400_000)],
    ['come again, so that nobody knows how long they were kept', received(10, 2, 5_000)],
    ['do not say when they came', received(10, 1, Number.NaN)],
  ])('hides them in one call for a whole run when they %s', async (_, messages) => {
    const { calls, sent } = scene();
    expect(await holdMessages(calls, 'https://sqs/q', messages, NOW)).toBe(true);
    expect(sent.map(({ Entries }) => Entries.length)).toEqual([10]);
    expect(sent[0]?.Entries[9]).toEqual({
      Id: '9',
      ReceiptHandle: 'handle-9',
      VisibilityTimeout: VISIBILITY_SECONDS,
    });
  });

  it('says when another may have one of them, and not when SQS is only busy', async () => {
    const refuse = (SenderFault: boolean) => () => ({ Failed: [{ Id: '1', SenderFault, Code: 'Refused' }] });
    const { calls } = scene(refuse(true), refuse(false));
    expect(await holdMessages(calls, 'https://sqs/q', received(2, 2, 0), NOW)).toBe(false);
    expect(await holdMessages(calls, 'https://sqs/q', received(2, 2, 0), NOW)).toBe(true);
  });
});
