/**
 * The bundle as Lambda runs it (a process that asks the runtime API for work), on an S3 and queues that speak HTTP: from
 * uploads through both queues to documents.
 */

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasVariants } from '../../lambda/address/variants.ts';
import { createS3Store } from '../../lambda/aws/s3-store.ts';
import { CACHE_CONTROL } from '../../lambda/work/protocol/documents.ts';
import { buildPublisher } from '../../lib/bundle/publisher-bundle.ts';
import { type LambdaFunction, startLambdaFunction } from '../support/aws/lambda-function.ts';
import { MOTO_CLIENT, startMoto } from '../support/aws/moto.ts';
import { notificationBody, queueEvent } from '../support/aws/notification.ts';
import { type SqsServer, startSqsServer } from '../support/aws/sqs-server.ts';
import { createTestPublication, readTexts } from '../support/publication.ts';
import { readSample } from '../support/sample-content.ts';

const SITE_URL = 'https://feeds.example.org/';
/** A part of the sample that has every kind of file: all of it would take moto a minute. `npm run test:deploy` has all. */
const PART =
  /^(?:site\.yaml|audio\/ten-.*|briefs\/.*|images\/(?:favicon|listening-post)\.png|letters\/.*\.html|links\/.*|listening\/ten-.*)$/;
/** Batches handed over; work that never ends would be a failure. */
const ROUNDS_MAX = 500;

const moto = await startMoto();
const s3 = new S3Client({ ...MOTO_CLIENT, endpoint: moto?.endpoint ?? 'http://127.0.0.1:9' });
const names = {
  content: `content-${randomUUID()}`,
  state: `state-${randomUUID()}`,
  site: `site-${randomUUID()}`,
  articles: 'articles',
  feeds: 'feeds.fifo',
};
const site = createS3Store({ client: s3, bucket: names.site });

let folder = '';
let environment: Record<string, string> = {};
let lambda: LambdaFunction | undefined;
let sqs: SqsServer | undefined;

beforeAll(async () => {
  if (moto === null) return;
  for (const bucket of [names.content, names.state, names.site]) {
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  }
  sqs = await startSqsServer();
  environment = {
    AWS_ENDPOINT_URL: moto.endpoint,
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'moto',
    AWS_SECRET_ACCESS_KEY: 'moto',
    POWERTOOLS_SERVICE_NAME: 'test',
    FEEDWRIGHT_CONTENT_BUCKET: names.content,
    FEEDWRIGHT_STATE_BUCKET: names.state,
    FEEDWRIGHT_SITE_BUCKET: names.site,
    FEEDWRIGHT_SITE_URL: SITE_URL,
    FEEDWRIGHT_ARTICLE_QUEUE_URL: sqs.queueUrl(names.articles),
    FEEDWRIGHT_FEED_QUEUE_URL: sqs.queueUrl(names.feeds),
  };
  folder = await mkdtemp(join(tmpdir(), 'feedwright-bundle-'));
  buildPublisher(folder);
  lambda = await startLambdaFunction({ folder, environment });
}, 60_000);

afterAll(async () => {
  s3.destroy();
  await lambda?.close();
  await sqs?.close();
  await moto?.stop();
  if (folder !== '') await rm(folder, { recursive: true });
});

async function upload(key: string, body: Uint8Array | string): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: names.content, Key: key, Body: body }));
  sqs?.send(names.articles, [notificationBody(names.content, [key])]);
}

async function remove(key: string): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket: names.content, Key: key }));
  sqs?.send(names.articles, [notificationBody(names.content, [key])]);
}

/** Does what Lambda does: hands over batches of both queues until there is nothing left. */
async function settle(): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    if ((await deliver(names.articles, 100)) + (await deliver(names.feeds, 10)) === 0) return;
  }
  throw new Error(`There was still work after ${ROUNDS_MAX} rounds.`);
}

async function deliver(queueName: string, count: number): Promise<number> {
  const messages = sqs?.take(queueName, count) ?? [];
  if (messages.length === 0) return 0;
  expect(await lambda?.invoke(queueEvent(queueName, messages))).toEqual({ batchItemFailures: [] });
  return messages.length;
}

/** What waits for its time is done by a tick that comes when that has passed. */
async function passTime(): Promise<void> {
  const late = await startLambdaFunction({ folder, environment: { ...environment, CLOCK_AHEAD_MS: '3600000' } });
  await late.invoke({ kind: 'tick' });
  await late.close();
  await settle();
}

async function bodyAt(path: string): Promise<Uint8Array> {
  return (await site.read(path))?.body ?? new Uint8Array();
}

describe.skipIf(moto === null)('the bundle, on moto', () => {
  it('publishes the sample as one machine does, byte for byte, and every text compressed as well', async () => {
    const files = [...readSample()].filter(([key]) => PART.test(key));
    for (const [key, body] of files) await upload(key, body);
    await settle();
    await passTime();
    const local = await createTestPublication({ url: SITE_URL, now: Date.now() });
    for (const [key, body] of files) await local.put(key, body);
    await local.settle();
    const expected = await local.documents();
    const published = await readTexts(site);
    for (const [path, text] of expected) {
      expect(published.get(path), path).toBe(text);
      if (!hasVariants(path)) continue;
      expect(brotliDecompressSync(await bodyAt(`${path}.br`)).toString(), path).toBe(text);
      expect(gunzipSync(await bodyAt(`${path}.gz`)).toString(), path).toBe(text);
    }
    const plain = [...published.keys()].filter((path) => !/\.(br|gz)$/.test(path));
    expect(plain.sort()).toEqual([...expected.keys()].sort());
  }, 300_000);

  it('has found out what the server compares, and notes it once', async () => {
    const state = createS3Store({ client: s3, bucket: names.state });
    const note = JSON.parse(Buffer.from((await state.read('server.json'))?.body ?? '').toString());
    expect(note).toMatchObject({
      endpoint: moto?.endpoint,
      allowsSeveral: true,
      traits: { comparesWrites: true, comparesRemovals: true, comparesCopies: false },
    });
    expect((await state.list({ prefix: 'trials/' })).objects).toEqual([]);
  });

  it('takes an article in, and out again, whatever its name is', async () => {
    const key = 'новости/a b+c.md';
    await upload(key, '---\ntitle: Rain at last\ndate: 2026-04-28\n---\nIt rained.\n');
    await settle();
    expect(Buffer.from(await bodyAt('rss.xml')).toString()).toContain('Rain at last');
    await remove(key);
    await settle();
    expect(Buffer.from(await bodyAt('rss.xml')).toString()).not.toContain('Rain at last');
  }, 60_000);

  it('leaves the feeds of a batch alone that came so late that another may have it', async () => {
    await upload('late.md', '---\ntitle: Too late\ndate: 2026-04-28\n---\nText.\n');
    await deliver(names.articles, 100);
    const messages = sqs?.take(names.feeds, 10) ?? [];
    const ids = messages.map(({ id }) => ({ itemIdentifier: id }));
    sqs?.giveAway(messages[0]?.id ?? null);
    expect(await lambda?.invoke(queueEvent(names.feeds, messages))).toEqual({ batchItemFailures: ids });
    expect(Buffer.from(await bodyAt('rss.xml')).toString()).not.toContain('Too late');
    sqs?.giveAway(null);
    expect(await lambda?.invoke(queueEvent(names.feeds, messages))).toEqual({ batchItemFailures: [] });
    await settle();
    expect(Buffer.from(await bodyAt('rss.xml')).toString()).toContain('Too late');
  }, 60_000);

  it('has S3 copy a sound, whatever its name is, and copy it again when it changes', async () => {
    const key = 'звук/a b+c (1).m4a';
    const sound = readFileSync(new URL('../article/media/files/silence.m4a', import.meta.url));
    const article = '---\ntitle: Fog\ndate: 2026-04-28\naudio: "звук/a b+c (1).m4a"\n---\nFog.\n';
    await upload(key, sound);
    await upload('fog.md', article);
    await settle();
    expect(await bodyAt(key)).toEqual(new Uint8Array(sound));
    const head = await s3.send(new HeadObjectCommand({ Bucket: names.site, Key: key, ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({ ContentType: 'audio/mp4', CacheControl: CACHE_CONTROL.asset });
    // What the publisher itself writes has one.
    expect(head.ChecksumSHA256).toBeUndefined();
    const longer = Buffer.concat([sound, Buffer.alloc(100)]);
    await upload(key, longer);
    await settle();
    expect(await bodyAt(key)).toEqual(new Uint8Array(longer));
    await remove('fog.md');
    await settle();
    expect(await site.inspect(key)).toBeNull();
  }, 120_000);

  it('acknowledges an article that can not be published, and publishes the others', async () => {
    await upload('bad.md', '---\ntitle: [unclosed\n---\nText.\n');
    await upload('good.md', '---\ntitle: All is well\ndate: 2026-04-28\n---\nText.\n');
    await settle();
    expect(Buffer.from(await bodyAt('rss.xml')).toString()).toContain('All is well');
  }, 60_000);

  it('logs lines of JSON, and what it has done as metrics', async () => {
    const lines = lambda?.log.map((line) => JSON.parse(line)) ?? [];
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'INFO', message: 'Looked at an article', key: 'good.md', change: 'published' }),
    );
    expect(lines).toContainEqual(expect.objectContaining({ service: 'test', ArticlesPublished: expect.anything() }));
  });

  it('says all that is wrong with its environment', async () => {
    const { FEEDWRIGHT_STATE_BUCKET: _, ...rest } = environment;
    const broken = await startLambdaFunction({ folder, environment: { ...rest, FEEDWRIGHT_SITE_BUCKET: '-' } });
    const failure = expect(broken.invoke({ kind: 'tick' })).rejects;
    await failure.toThrow(/FEEDWRIGHT_STATE_BUCKET is missing[\s\S]*FEEDWRIGHT_SITE_BUCKET is "-"/);
    await broken.close();
  });

  it('starts again after its process has died', async () => {
    await lambda?.kill();
    await upload('again.md', '---\ntitle: Up again\ndate: 2026-04-28\n---\nText.\n');
    await settle();
    expect(Buffer.from(await bodyAt('rss.xml')).toString()).toContain('Up again');
  }, 60_000);
});
