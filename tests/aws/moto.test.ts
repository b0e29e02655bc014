/** The adapters on an S3 and an SQS that speak HTTP. */

import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, describe, expect, it } from 'vitest';
import { createS3Store } from '../../lambda/aws/s3-store.ts';
import { createSqsCalls } from '../../lambda/aws/sqs-client.ts';
import { createSqsQueue, messageGroupId } from '../../lambda/aws/sqs-queue.ts';
import { feedLane } from '../../lambda/work/protocol/lanes.ts';
import { describeStore } from '../contract/store.ts';
import { MOTO_CLIENT, startMoto } from '../support/aws/moto.ts';

const moto = await startMoto();
const endpoint = moto?.endpoint ?? 'http://127.0.0.1:9';
const s3 = new S3Client({ ...MOTO_CLIENT, endpoint });
const sqs = new SQSClient({ ...MOTO_CLIENT, endpoint });

afterAll(async () => {
  s3.destroy();
  sqs.destroy();
  await moto?.stop();
});

async function createBucket(): Promise<string> {
  const bucket = `feedwright-${randomUUID()}`;
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  return bucket;
}

async function createQueue(attributes: Record<string, string>, ending = ''): Promise<string> {
  const QueueName = `feedwright-${randomUUID()}${ending}`;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes: attributes }));
  if (QueueUrl === undefined) throw new Error('moto made no queue.');
  return QueueUrl;
}

async function receiveAll(queueUrl: string): Promise<Message[]> {
  const all: Message[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['MessageGroupId'],
        VisibilityTimeout: 600,
      }),
    );
    if (Messages.length === 0) return all;
    all.push(...Messages);
  }
}

describe.skipIf(moto === null)('on moto', () => {
  const makeStore = (prefix: string) => async () => {
    const store = createS3Store({ client: s3, bucket: await createBucket(), prefix });
    return { store, close: async () => {} };
  };
  // moto's routes don't match line breaks; S3 takes them.
  describeStore('S3', makeStore(''), { versionsOfBytes: true, lineBreaksInKeys: false, roundCount: 3 });

  // As a server is written to that would remove and copy whatever is there.
  const lacking = { comparesWrites: true, comparesRemovals: false, comparesCopies: false };
  const makeLacking = async () => {
    const store = createS3Store({ client: s3, bucket: await createBucket(), traits: lacking });
    return { store, close: async () => {} };
  };
  describeStore('S3 with tombstones', makeLacking, { versionsOfBytes: true, lineBreaksInKeys: false, roundCount: 3 });

  describe('createS3Store', () => {
    it('keeps headers and metadata, and writes again when only they differ', async () => {
      const bucket = await createBucket();
      const store = createS3Store({ client: s3, bucket });
      const body = new TextEncoder().encode('<rss/>');
      const condition = { kind: 'different' } as const;
      const headers = {
        contentType: 'application/rss+xml; charset=utf-8',
        cacheControl: 'max-age=300',
        contentEncoding: 'br',
        metadata: { link: '<https://example.org/>; rel="self"' },
      };
      expect(await store.write('rss.xml', body, { condition, headers })).toMatchObject({ kind: 'written' });
      expect(await store.write('rss.xml', body, { condition, headers })).toMatchObject({ kind: 'unchanged' });
      const fresher = { ...headers, cacheControl: 'max-age=30' };
      expect(await store.write('rss.xml', body, { condition, headers: fresher })).toMatchObject({ kind: 'written' });
      const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'rss.xml' }));
      expect(head).toMatchObject({
        ContentType: headers.contentType,
        CacheControl: 'max-age=30',
        ContentEncoding: 'br',
        Metadata: headers.metadata,
      });
    });

    it('copies what another bucket holds, whatever its name is', async () => {
      const [content, site] = [await createBucket(), await createBucket()];
      const from = createS3Store({ client: s3, bucket: content });
      const to = createS3Store({ client: s3, bucket: site, prefix: 'a/' });
      const body = new TextEncoder().encode('a sound');
      const headers = { contentType: 'audio/mpeg', cacheControl: 'max-age=300' };
      for (const key of ['звук/a b+c.mp3', 'a%2Bb?c=d#e&f;g.mp3', "it's (1)!*~/ü 😀.mp3", 'a+b.mp3']) {
        await from.write(key, body, { headers: { contentType: 'text/plain', metadata: { by: 'somebody' } } });
        const seen = await from.inspect(key);
        if (seen === null) throw new Error('It is not there.');
        expect(await to.copyFrom?.(from, seen, headers), key).toMatchObject({ kind: 'written' });
        const copy = await to.read(key);
        expect(copy?.body, key).toEqual(body);
        expect(await to.copyFrom?.(from, seen, headers), key).toEqual({ kind: 'unchanged', version: copy?.version });
        const head = await s3.send(new HeadObjectCommand({ Bucket: site, Key: `a/${key}` }));
        expect(head).toMatchObject({ ContentType: 'audio/mpeg', CacheControl: 'max-age=300', Metadata: {} });
        await from.remove(key);
        const changed = { ...seen, version: '"another"' };
        expect(await to.copyFrom?.(from, changed, headers), key).toEqual({ kind: 'conflict' });
      }
    });

    it('keeps to its prefix', async () => {
      const bucket = await createBucket();
      const one = createS3Store({ client: s3, bucket, prefix: 'one/' });
      const two = createS3Store({ client: s3, bucket, prefix: 'two/' });
      await one.write('a', new Uint8Array(1));
      await two.write('b', new Uint8Array(1));
      expect((await one.list({ prefix: '' })).objects.map(({ key }) => key)).toEqual(['a']);
      expect((await two.list({ prefix: '', after: 'a' })).objects.map(({ key }) => key)).toEqual(['b']);
      expect(await one.read('b')).toBeNull();
    });

    it('calls a bucket that is not there a fatal failure', async () => {
      const store = createS3Store({ client: s3, bucket: `nowhere-${randomUUID()}` });
      await expect(store.read('a')).rejects.toMatchObject({ name: 'StoreError', kind: 'fatal' });
      await expect(store.write('a', new Uint8Array(1))).rejects.toMatchObject({ kind: 'fatal' });
      await expect(store.list({ prefix: '' })).rejects.toMatchObject({ kind: 'fatal' });
    });
  });

  describe('createSqsQueue', () => {
    it('queues every message, and never takes one for a repetition', async () => {
      const articleQueueUrl = await createQueue({});
      const feedQueueUrl = await createQueue({ FifoQueue: 'true' }, '.fifo');
      const calls = createSqsCalls(sqs);
      const queue = createSqsQueue({ calls, articleQueueUrl, feedQueueUrl, deduplicationId: randomUUID });
      const keys = Array.from({ length: 25 }, (_, index) => `статьи/${index} & co.md`);
      await queue.sendArticleWork(keys.map((key) => ({ key })));
      await queue.sendLaneWork([
        { lane: feedLane('all'), key: 'a.md' },
        { lane: feedLane('tags/погода'), key: null },
      ]);
      await queue.sendLaneWork([{ lane: feedLane('all'), key: 'a.md' }]);
      const articles = (await receiveAll(articleQueueUrl)).map(({ Body }) => JSON.parse(Body ?? '').key);
      expect(articles.sort()).toEqual(keys.sort());
      const feeds = await receiveAll(feedQueueUrl);
      expect(feeds.map(({ Attributes }) => Attributes?.MessageGroupId).sort()).toEqual(
        ['all', 'all', messageGroupId(feedLane('tags/погода'))].sort(),
      );
    });
  });
});
