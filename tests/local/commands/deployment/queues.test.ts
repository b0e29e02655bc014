import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { moveDeadLettersBack } from '../../../../local/commands/deployment/queues.ts';

const KIB = 1_024;

/** An SQS whose dead-letter queue has these bodies, and which takes 256 KiB in one call. */
function scene(bodies: readonly string[], refused: readonly string[] = []) {
  let dead: Message[] = bodies.map((Body, index) => ({ Body, ReceiptHandle: String(index) }));
  const sent: string[][] = [];
  const hidden = new Set<string>();
  const send = async (command: object): Promise<object> => {
    if (command instanceof GetQueueAttributesCommand) {
      return { Attributes: { RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:dead"}' } };
    }
    if (command instanceof GetQueueUrlCommand) return { QueueUrl: 'https://sqs/dead' };
    if (command instanceof ReceiveMessageCommand) {
      const Messages = dead.filter(({ ReceiptHandle = '' }) => !hidden.has(ReceiptHandle)).slice(0, 10);
      for (const { ReceiptHandle = '' } of Messages) hidden.add(ReceiptHandle);
      return { Messages };
    }
    if (command instanceof SendMessageBatchCommand) {
      const entries = command.input.Entries ?? [];
      const batch = entries.map(({ MessageBody = '' }) => MessageBody);
      if (batch.join('').length > 256 * KIB) throw new Error('BatchRequestTooLong');
      sent.push(batch);
      const isRefused = ({ MessageBody = '' }) => refused.includes(MessageBody);
      return {
        Successful: entries.filter((entry) => !isRefused(entry)).map(({ Id }) => ({ Id })),
        Failed: entries.filter(isRefused).map(({ Id }) => ({ Id, Code: 'InternalError' })),
      };
    }
    if (!(command instanceof DeleteMessageBatchCommand)) throw new Error('Nobody asks for this.');
    if (command.input.Entries?.length === 0) throw new Error('EmptyBatchRequest');
    const handles = new Set(command.input.Entries?.map(({ ReceiptHandle }) => ReceiptHandle));
    dead = dead.filter(({ ReceiptHandle }) => !handles.has(ReceiptHandle));
    return {};
  };
  return { sqs: { send } as unknown as SQSClient, sent, dead: () => dead };
}

describe('moveDeadLettersBack', () => {
  it('sends no more at once than SQS takes, however large the messages are', async () => {
    const bodies = Array.from({ length: 12 }, (_, index) => String(index % 10).repeat(64 * KIB));
    const { sqs, sent, dead } = scene(bodies);
    expect(await moveDeadLettersBack(sqs, 'https://sqs/articles')).toEqual({ movedCount: 12, refusals: [] });
    expect(sent.flat()).toEqual(bodies);
    expect(sent.map((batch) => batch.length)).toEqual([4, 4, 2, 2]);
    expect(dead()).toEqual([]);
  });

  it('tells what SQS does not take, and leaves that where it was', async () => {
    const some = scene(['a', 'b', 'c'], ['b']);
    expect(await moveDeadLettersBack(some.sqs, 'https://sqs/articles')).toEqual({
      movedCount: 2,
      refusals: ['InternalError'],
    });
    expect(some.dead()).toMatchObject([{ Body: 'b' }]);
    const all = scene(['a'], ['a']);
    expect(await moveDeadLettersBack(all.sqs, 'https://sqs/articles')).toMatchObject({ movedCount: 0 });
    expect(all.dead()).toHaveLength(1);
  });
});
