/** The calls of SQS over HTTP, and whether AWS could check who makes them. */

import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from 'vitest';
import { createSqsCalls, type SqsCalls } from '../../lambda/store/sqs-calls.ts';
import { startLoopback } from '../support/loopback.ts';

interface Received {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Answer = readonly [status: number, body: string];

const SECRET = 'secret';
const QUEUE_URL = 'https://sqs.eu-west-1.amazonaws.com/123456789012/articles';
const REQUEST = { QueueUrl: QUEUE_URL, Entries: [{ Id: '0', MessageBody: '{"key":"наш.md"}' }] };
const DONE: Answer = [200, '{"Successful":[{"Id":"0"}]}'];

let close = async () => {};
afterEach(() => close());

/** A server that answers as told, the last answer again and again, and calls that reach it. */
async function scene(...answers: readonly (Answer | 'nothing')[]) {
  const received: Received[] = [];
  const waits: number[] = [];
  const server = await startLoopback(async (request, response) => {
    received.push({ url: request.url ?? '', headers: request.headers, body: await text(request) });
    const answer = answers[Math.min(received.length, answers.length) - 1] ?? DONE;
    if (answer === 'nothing') return void response.destroy();
    response.writeHead(answer[0]).end(answer[1]);
  });
  const endpoint = server.origin;
  const credentials = { accessKeyId: 'ours', secretAccessKey: SECRET, sessionToken: 'session' };
  const client = new S3Client({ region: 'eu-west-1', credentials });
  close = async () => {
    client.destroy();
    await server.close();
  };
  const calls = createSqsCalls({ client: client.config, endpoint, wait: async (delayMs) => void waits.push(delayMs) });
  return { calls, received, waits, endpoint, client };
}

const send = (calls: SqsCalls) => calls.sendMessageBatch(REQUEST);

describe('createSqsCalls', () => {
  it('sends AWS JSON, and gives the answer', async () => {
    const failed = { Id: '0', Code: 'InternalError', SenderFault: false };
    const { calls, received } = await scene([200, JSON.stringify({ Failed: [failed] })]);
    expect(await send(calls)).toEqual({ Failed: [failed] });
    const visibility = { QueueUrl: QUEUE_URL, Entries: [{ Id: '0', ReceiptHandle: 'r', VisibilityTimeout: 2 }] };
    await calls.changeMessageVisibilityBatch(visibility);
    expect(received.map(({ url, headers }) => [url, headers['x-amz-target'], headers['content-type']])).toEqual([
      ['/', 'AmazonSQS.SendMessageBatch', 'application/x-amz-json-1.0'],
      ['/', 'AmazonSQS.ChangeMessageVisibilityBatch', 'application/x-amz-json-1.0'],
    ]);
    expect(received.map(({ body }) => JSON.parse(body))).toEqual([REQUEST, visibility]);
  });

  it('signs what it sends, so that AWS comes to the same signature', async () => {
    const { calls, received } = await scene(DONE);
    await send(calls);
    for (const { headers, body } of received) {
      const [, scope, names, signature] =
        /^AWS4-HMAC-SHA256 Credential=ours\/(\S+), SignedHeaders=(\S+), Signature=(\w+)$/.exec(
          headers.authorization ?? '',
        ) ?? [];
      expect(scope).toMatch(/^\d{8}\/eu-west-1\/sqs\/aws4_request$/);
      const signed = (names ?? '').split(';');
      expect(signed).toEqual(expect.arrayContaining(['host', 'x-amz-date', 'x-amz-security-token', 'x-amz-target']));
      const lines = signed.map((name) => `${name}:${headers[name]}\n`).join('');
      const canonical = `POST\n/\n\n${lines}\n${names}\n${createHash('sha256').update(body).digest('hex')}`;
      expect(signature).toBe(signatureOf(String(headers['x-amz-date']), scope ?? '', canonical));
    }
  });

  it('asks where the URL of the queue says, unless told otherwise', async () => {
    const { client, endpoint, received } = await scene(DONE);
    const calls = createSqsCalls({ client: client.config, endpoint: null });
    await calls.sendMessageBatch({ ...REQUEST, QueueUrl: `${endpoint}/123456789012/articles` });
    expect(received).toHaveLength(1);
  });

  it.each<[string, Answer | 'nothing']>([
    ['no answer', 'nothing'],
    ['a failure of the service', [503, '<html>']],
    ['too many requests', [400, '{"__type":"com.amazonaws.sqs#RequestThrottled"}']],
  ])('tries again after %s', async (_, answer) => {
    const { calls, received, waits } = await scene(answer, answer, DONE);
    expect(await send(calls)).toEqual(JSON.parse(DONE[1]));
    expect(received).toHaveLength(3);
    expect(waits).toEqual([100, 200]);
  });

  it('gives up after four attempts, with what was said', async () => {
    const { calls, received } = await scene([500, '{"__type":"InternalFailure","message":"Sorry"}']);
    const failure = { name: 'InternalFailure', message: 'Sorry', $metadata: { httpStatusCode: 500 } };
    await expect(send(calls)).rejects.toMatchObject(failure);
    expect(received).toHaveLength(4);
  });

  it('does not repeat what is wrong', async () => {
    const { calls, received } = await scene([400, '{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"No."}']);
    await expect(send(calls)).rejects.toMatchObject({ name: 'QueueDoesNotExist', message: 'No.' });
    expect(received).toHaveLength(1);
  });
});

/** As docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html says. */
function signatureOf(date: string, scope: string, canonical: string): string {
  const hmac = (key: string | Buffer, value: string) => createHmac('sha256', key).update(value).digest();
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${SECRET}`);
  const hash = createHash('sha256').update(canonical).digest('hex');
  return hmac(key, ['AWS4-HMAC-SHA256', date, scope, hash].join('\n')).toString('hex');
}
