/**
 * As much of SQS over HTTP as the publisher calls: it sends, and it asks for how long messages stay hidden. The tests
 * take the messages out and hand them over as Lambda does. (moto's FIFO queues take longer with every message.)
 */

import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { startLoopback } from '../loopback.ts';
import type { QueuedMessage } from './notification.ts';

export interface SqsServer {
  readonly endpoint: string;
  /** URL of a queue; any name will do. */
  queueUrl(name: string): string;
  /** Lets nobody change a message of this id, as if its time were over and another had it, or lets everybody again. */
  giveAway(id: string | null): void;
  /** Puts messages into a queue. */
  send(name: string, bodies: readonly string[]): void;
  /** Takes the oldest messages out of a queue; of one message group only, where there are groups. */
  take(name: string, count: number): readonly QueuedMessage[];
  close(): Promise<void>;
}

interface SqsRequest {
  readonly QueueUrl: string;
  readonly Entries: readonly {
    readonly Id: string;
    readonly MessageBody: string;
    readonly MessageGroupId?: string;
    /** Its id, in what the tests hand over. */
    readonly ReceiptHandle?: string;
  }[];
}

export async function startSqsServer(): Promise<SqsServer> {
  const queues = new Map<string, QueuedMessage[]>();
  const queueOf = (name: string): QueuedMessage[] => {
    const queue = queues.get(name) ?? [];
    queues.set(name, queue);
    return queue;
  };
  let givenAway: string | null = null;
  const { origin, close } = await startLoopback(async (request, response) => {
    const { QueueUrl, Entries } = await readRequest(request);
    if (request.headers['x-amz-target'] === 'AmazonSQS.SendMessageBatch') {
      const messages = Entries.map(({ MessageBody, MessageGroupId }) => createMessage(MessageBody, MessageGroupId));
      queueOf(QueueUrl.split('/').at(-1) ?? '').push(...messages);
    }
    const isRefused = ({ ReceiptHandle = '' }) => ReceiptHandle === givenAway;
    const Failed = Entries.filter(isRefused).map(({ Id }) => ({ Id, SenderFault: true, Code: 'MessageNotInflight' }));
    const taken = Entries.filter((entry) => !isRefused(entry));
    const Successful = taken.map(({ Id, MessageBody = '' }) => ({
      Id,
      MessageId: Id,
      MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
    }));
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify({ Successful, Failed }));
  });
  return {
    endpoint: origin,
    giveAway(id) {
      givenAway = id;
    },
    queueUrl: (name) => `${origin}/123456789012/${name}`,
    send: (name, bodies) => void queueOf(name).push(...bodies.map((body) => createMessage(body))),
    take(name, count) {
      const queue = queueOf(name);
      const group = queue[0]?.group;
      const taken = queue.filter((message) => message.group === group).slice(0, count);
      queues.set(
        name,
        queue.filter((message) => !taken.includes(message)),
      );
      return taken;
    },
    close,
  };
}

function createMessage(body: string, group?: string): QueuedMessage {
  return { id: randomUUID(), body, ...(group === undefined ? {} : { group }) };
}

async function readRequest(request: IncomingMessage): Promise<SqsRequest> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString());
}
