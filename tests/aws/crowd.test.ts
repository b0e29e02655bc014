/**
 * Four functions on one S3 and its queues, killed again and again while files come, change and go: at the end every
 * document is what a fresh build gives. `npm run test:crowd` uploads a thousand times, `CROWD=16` in front of it less.
 * moto answers one request at a time, so this is no part of `npm test`. STORE_ENDPOINT names another server for the objects
 * (tools/stores), which sends no events: uploads then say themselves what came. The queues stay moto's.
 */

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasVariants } from '../../lambda/address/variants.ts';
import { createS3Store } from '../../lambda/aws/s3-store.ts';
import type { Ports } from '../../lambda/publish.ts';
import { readJson } from '../../lambda/state/json-object.ts';
import type { FeedRoot } from '../../lambda/state/root.ts';
import { mapBounded } from '../../lambda/store/bounded.ts';
import { listAll, type Store } from '../../lambda/store/store.ts';
import { buildPublisher } from '../../lib/bundle/publisher-bundle.ts';
import { createMemoryStore } from '../../local/store/memory-store.ts';
import { buildAnew } from '../simulation/judges/fresh-build.ts';
import { createRandom } from '../simulation/random.ts';
import { type Crowd, type Queue, startCrowd } from '../support/aws/crowd.ts';
import { startLambdaFunction } from '../support/aws/lambda-function.ts';
import { MOTO_CLIENT, startMoto } from '../support/aws/moto.ts';
import { namedServer } from '../support/aws/named-server.ts';
import { notificationBody } from '../support/aws/notification.ts';

const UPLOADS_COUNT = Number(process.env.CROWD ?? 0);
const SEED = Number(process.env.SEED ?? 1);
const FUNCTION_COUNT = 4;
const SITE_URL = 'https://feeds.example.org/';
const TEST_MS_MAX = 45 * 60_000;
const READS_AT_ONCE_MAX = 8;

const moto = UPLOADS_COUNT === 0 ? null : await startMoto();
const endpoint = moto?.endpoint ?? 'http://127.0.0.1:9';
const server = namedServer();
const s3 = new S3Client({ ...MOTO_CLIENT, endpoint, ...server });
const sqs = new SQSClient({ ...MOTO_CLIENT, endpoint });
const buckets = { content: `content-${randomUUID()}`, state: `state-${randomUUID()}`, site: `site-${randomUUID()}` };
const storeOf = (bucket: string): Store => createS3Store({ client: s3, bucket });

let folder = '';
let queues: { readonly articles: Queue; readonly feeds: Queue };
let environment: Record<string, string> = {};
let crowd: Crowd | undefined;

beforeAll(async () => {
  if (moto === null) return;
  folder = mkdtempSync(join(tmpdir(), 'feedwright-crowd-'));
  buildPublisher(folder);
  for (const Bucket of Object.values(buckets)) await s3.send(new CreateBucketCommand({ Bucket }));
  queues = {
    articles: await createQueue('articles', {}),
    feeds: await createQueue('feeds.fifo', { FifoQueue: 'true' }),
  };
  environment = {
    AWS_ENDPOINT_URL: endpoint,
    ...(server === null ? {} : { AWS_ENDPOINT_URL_S3: server.endpoint }),
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: server?.credentials.accessKeyId ?? 'moto',
    AWS_SECRET_ACCESS_KEY: server?.credentials.secretAccessKey ?? 'moto',
    POWERTOOLS_SERVICE_NAME: 'crowd',
    FEEDWRIGHT_CONTENT_BUCKET: buckets.content,
    FEEDWRIGHT_STATE_BUCKET: buckets.state,
    FEEDWRIGHT_SITE_BUCKET: buckets.site,
    FEEDWRIGHT_SITE_URL: SITE_URL,
    FEEDWRIGHT_ARTICLE_QUEUE_URL: queues.articles.url,
    FEEDWRIGHT_FEED_QUEUE_URL: queues.feeds.url,
  };
  await s3.send(new PutObjectCommand({ Bucket: buckets.content, Key: 'site.yaml', Body: SITE }));
  if (server === null) await notify(queues.articles.url);
}, 60_000);

afterAll(async () => {
  await crowd?.close();
  s3.destroy();
  sqs.destroy();
  await moto?.stop();
  if (folder !== '') rmSync(folder, { recursive: true });
});

/** Messages come again when they are given back, and else not before the test is over. */
async function createQueue(name: string, attributes: Record<string, string>): Promise<Queue> {
  const Attributes = { ...attributes, VisibilityTimeout: '3600' };
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  if (QueueUrl === undefined) throw new Error('moto made no queue.');
  return { name, url: QueueUrl };
}

/** Has S3 tell the queue of everything that changes in the content bucket. */
async function notify(QueueUrl: string): Promise<void> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const QueueArn = Attributes?.QueueArn;
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: buckets.content,
      NotificationConfiguration: {
        QueueConfigurations: [{ QueueArn, Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'] }],
      },
    }),
  );
}

const SITE = 'title: A crowd\nauthors: [Ada]\npageSize: 20\n';

/** One file in ten is uploaded twice and changed by that, one in twenty is removed afterwards. */
async function upload(): Promise<void> {
  const random = createRandom(SEED);
  for (let index = 0; index < UPLOADS_COUNT; index += 1) {
    const again = index > 0 && random.chance(0.1);
    const number = again ? random.below(index) : index;
    const Key = `notes ${number % 3}/nº ${number}.md`;
    const Body = articleOf(number, again ? `Changed by upload ${index}.` : 'As it was at first.');
    await s3.send(new PutObjectCommand({ Bucket: buckets.content, Key, Body }));
    await tellOf(Key);
    if (!random.chance(0.05)) continue;
    await s3.send(new DeleteObjectCommand({ Bucket: buckets.content, Key }));
    await tellOf(Key);
  }
}

/** The event that another server than moto does not send. */
async function tellOf(key: string): Promise<void> {
  if (server === null) return;
  const MessageBody = notificationBody(buckets.content, [key]);
  await sqs.send(new SendMessageCommand({ QueueUrl: queues.articles.url, MessageBody }));
}

function articleOf(number: number, text: string): string {
  const day = new Date(Date.UTC(2026, 0, 1, number % 24) + (number % 90) * 86_400_000).toISOString();
  return `---\ntitle: Note ${number}\ndate: ${day}\ntags: [tag ${number % 4}]\n---\n\n${text}\n`;
}

/** What waits for its time (sitemaps) is done by a tick that comes when that has passed. */
async function passTime(): Promise<void> {
  const late = await startLambdaFunction({ folder, environment: { ...environment, CLOCK_AHEAD_MS: '3600000' } });
  await late.invoke({ kind: 'tick' });
  await late.close();
}

/** A bucket as it is now, in memory. */
async function copyOf(bucket: string): Promise<Store> {
  const from = storeOf(bucket);
  const copy = createMemoryStore();
  const keys: string[] = [];
  for await (const { key } of listAll(from, '')) keys.push(key);
  await mapBounded(keys, READS_AT_ONCE_MAX, async (key) =>
    copy.write(key, (await from.read(key))?.body ?? new Uint8Array()),
  );
  return copy;
}

async function keysOf(store: Store): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of listAll(store, '')) keys.push(key);
  return keys;
}

/** Folders of archive pages that are no more, and keep their last documents for a while. */
async function supersededFolders(state: Store): Promise<ReadonlySet<string>> {
  const folders = new Set<string>();
  for (const key of (await keysOf(state)).filter((each) => /^feeds\/.*\/root\.json$/.test(each))) {
    const { feed = '', superseded = [] } = (await readJson<FeedRoot>(state, key))?.value ?? {};
    for (const { name } of superseded) folders.add(`${feed === 'all' ? '' : `${feed}/`}archive/${name}`);
  }
  return folders;
}

describe.skipIf(moto === null)(`four functions at once, on ${server?.endpoint ?? 'moto'}`, () => {
  it(
    `end as a fresh build does after ${UPLOADS_COUNT} uploads, however often they are killed`,
    async () => {
      const lambda = { folder, environment };
      crowd = await startCrowd({ sqs, queues, lambda, functionCount: FUNCTION_COUNT, seed: SEED });
      const began = Date.now();
      await upload();
      await crowd.settle();
      await passTime();
      await crowd.settle();
      const seconds = Math.round((Date.now() - began) / 1_000);
      const [content, state, documents] = await Promise.all(Object.values(buckets).map(copyOf));
      if (content === undefined || state === undefined || documents === undefined)
        throw new Error('A bucket is missing.');
      const ports = {
        content,
        state,
        public: documents,
        queue: NO_QUEUE,
        url: SITE_URL,
        fallbackUrl: null,
        now: Date.now,
        nonce: randomUUID,
      };
      const fresh = await buildAnew({ ...ports, hub: null, sitemapDelayMs: 0 } as Ports);
      const expected = await keysOf(fresh);
      for (const path of expected) {
        const text = textOf(await fresh.read(path));
        expect(textOf(await documents.read(path)), path).toBe(text);
        if (!hasVariants(path)) continue;
        expect(brotliDecompressSync((await documents.read(`${path}.br`))?.body ?? '').toString(), path).toBe(text);
        expect(gunzipSync((await documents.read(`${path}.gz`))?.body ?? '').toString(), path).toBe(text);
      }
      const superseded = await supersededFolders(state);
      const others = (await keysOf(documents)).filter((path) => !/\.(?:br|gz)$/.test(path) && !expected.includes(path));
      expect(others.filter((path) => !superseded.has(path.slice(0, path.lastIndexOf('/'))))).toEqual([]);
      console.info(`${UPLOADS_COUNT} uploads, ${crowd.killCount()} kills, ${expected.length} documents, ${seconds} s`);
    },
    TEST_MS_MAX,
  );
});

const NO_QUEUE = { sendArticleWork: async () => {}, sendLaneWork: async () => {}, sendHubWork: async () => {} };

function textOf(object: { readonly body: Uint8Array } | null): string {
  return Buffer.from(object?.body ?? '').toString();
}
