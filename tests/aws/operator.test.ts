/** The operator's commands on an S3 and an SQS that speak HTTP. */

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createS3Store } from '../../lambda/aws/s3-store.ts';
import { TAKEDOWNS_KEY } from '../../lambda/site/takedowns.ts';
import { encodeJson } from '../../lambda/state/json-object.ts';
import { upkeepKey } from '../../lambda/state/keys.ts';
import { RECONCILE_LANE } from '../../lambda/work/protocol/lanes.ts';
import type { Terminal } from '../../local/cli/terminal.ts';
import { main } from '../../local/main.ts';
import { MOTO_CLIENT, startMoto } from '../support/aws/moto.ts';

const moto = await startMoto();
const endpoint = moto?.endpoint ?? 'http://127.0.0.1:9';
const s3 = new S3Client({ ...MOTO_CLIENT, endpoint });
const sqs = new SQSClient({ ...MOTO_CLIENT, endpoint });
let folder = '';

const buckets = { content: `content-${randomUUID()}`, state: `state-${randomUUID()}`, site: `site-${randomUUID()}` };
let environment: Record<string, string> = {};
let articlesDead = '';
let feedsDead = '';

beforeAll(async () => {
  if (moto === null) return;
  folder = mkdtempSync(join(tmpdir(), 'feedwright-operator-'));
  for (const Bucket of Object.values(buckets)) await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(
    new PutBucketVersioningCommand({ Bucket: buckets.content, VersioningConfiguration: { Status: 'Enabled' } }),
  );
  articlesDead = await createQueue('articles-dead', {});
  feedsDead = await createQueue('feeds-dead.fifo', { FifoQueue: 'true' });
  environment = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: MOTO_CLIENT.region,
    FEEDWRIGHT_CONTENT_BUCKET: buckets.content,
    FEEDWRIGHT_STATE_BUCKET: buckets.state,
    FEEDWRIGHT_SITE_BUCKET: buckets.site,
    FEEDWRIGHT_ARTICLE_QUEUE_URL: await createQueue('articles', await redriveTo(articlesDead)),
    FEEDWRIGHT_FEED_QUEUE_URL: await createQueue('feeds.fifo', { FifoQueue: 'true', ...(await redriveTo(feedsDead)) }),
  };
  // The SDK takes credentials from the process.
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'moto', AWS_SECRET_ACCESS_KEY: 'moto' });
  writeFileSync(join(folder, 'a b.md'), '# A\n\nOne.\n');
  writeFileSync(join(folder, 'photo.jpg'), Buffer.from([0xff, 0xd8, 0xff, 0xe0]));
});

afterAll(async () => {
  s3.destroy();
  sqs.destroy();
  if (folder !== '') rmSync(folder, { recursive: true });
  await moto?.stop();
});

async function createQueue(QueueName: string, Attributes: Record<string, string>): Promise<string> {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  if (QueueUrl === undefined) throw new Error('moto made no queue.');
  return QueueUrl;
}

async function redriveTo(queueUrl: string): Promise<Record<string, string>> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }),
  );
  return { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: Attributes?.QueueArn, maxReceiveCount: 20 }) };
}

/** Runs a command as the command line does. */
async function run(...args: string[]): Promise<{ readonly code: number; readonly said: string }> {
  const lines: string[] = [];
  const terminal: Terminal = {
    print: (line) => void lines.push(line),
    note: (line) => void lines.push(line),
    style: (_, text) => text,
    startProgress: () => ({ update() {}, stop() {} }),
  };
  const code = await main(args, environment, { terminal, now: Date.now, waitForInterrupt: async () => {} });
  return { code, said: lines.join('\n') };
}

/** Takes messages for good: on a slow machine they would come again in the next test. */
async function takeBodies(QueueUrl: string | undefined): Promise<readonly unknown[]> {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  return Messages.map(({ Body = '' }) => JSON.parse(Body));
}

describe.skipIf(moto === null)('the operator’s commands, on moto', () => {
  it('push: upload with types, and only what changed', async () => {
    expect(await run('push', folder, '--dry-run')).toMatchObject({
      code: 0,
      said: expect.stringMatching(/2 would be/),
    });
    expect(await run('push', folder)).toMatchObject({ code: 0, said: expect.stringContaining('2 uploaded') });
    const { ContentType } = await s3.send(new GetObjectCommand({ Bucket: buckets.content, Key: 'photo.jpg' }));
    expect(ContentType).toBe('image/jpeg');
    writeFileSync(join(folder, 'a b.md'), '# A\n\nTwo.\n');
    const { said } = await run('push', folder);
    expect(said).toContain('uploaded a b.md');
    expect(said).toContain('1 uploaded, 0 removed, 1 unchanged');
  });

  it('push: leave what others uploaded, unless told to remove it', async () => {
    await s3.send(new PutObjectCommand({ Bucket: buckets.content, Key: 'old.md', Body: 'x' }));
    expect((await run('push', folder)).said).toContain('--delete removes them');
    expect((await run('push', folder, '--delete')).said).toContain('removed old.md');
  });

  it('status: tell what the server of the buckets lacks, and that the publisher refuses it', async () => {
    const state = createS3Store({ client: s3, bucket: buckets.state });
    const holds = { bytes: true, names: true, order: true, absent: true, version: true, races: true, removals: true };
    const trial = { ...holds, sources: false, destinations: false };
    const note = { schema: 1, nonce: 'n', endpoint, trial, allowsSeveral: true };
    await state.write('server.json', encodeJson(note));
    const allowed = await run('status');
    expect(allowed).toMatchObject({
      code: 0,
      said: expect.stringContaining('lacks this: “copies only the version that was seen”.'),
    });
    expect(allowed.said).not.toContain('refuses');
    await state.write('server.json', encodeJson({ ...note, trial: { ...trial, races: false }, allowsSeveral: false }));
    const refused = await run('status');
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('refuses the server') });
    expect(JSON.parse((await run('status', '--json')).said).server).toMatchObject({ isAllowed: false });
    await state.remove('server.json');
  });

  it('status: show what waits before anything is published', async () => {
    const { code, said } = await run('status', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(said)).toMatchObject({
      counts: { published: 0 },
      queues: { articles: { waitingCount: 0, deadCount: 0 }, feeds: { deadCount: 0 } },
      behind: { count: 1 },
    });
  });

  it('reconcile and rebuild: send an errand to the article queue', async () => {
    await run('reconcile');
    expect(await takeBodies(environment.FEEDWRIGHT_ARTICLE_QUEUE_URL)).toEqual([{ kind: 'reconcile' }]);
    await run('rebuild');
    expect(await takeBodies(environment.FEEDWRIGHT_ARTICLE_QUEUE_URL)).toEqual([{ kind: 'rebuild' }]);
  });

  it('status and reconcile: removals that wait, and the number that lets them go', async () => {
    const state = createS3Store({ client: s3, bucket: buckets.state });
    const held = { count: 40, publishedCount: 45, files: ['a.md', 'b.md'] };
    const reconcile = { schema: 1, nonce: 'n', subject: 's', phase: 'done', after: '', held };
    await state.write(upkeepKey(RECONCILE_LANE), encodeJson(reconcile));
    const { code, said } = await run('status');
    expect(code).toBe(1);
    expect(said.split('\n')[0]).toContain('40 of 45 entries would be removed');
    expect(said).toContain('feedwright reconcile --remove 40');
    expect(JSON.parse((await run('status', '--json')).said)).toMatchObject({ held });
    expect(await run('reconcile', '--remove', '39')).toMatchObject({
      code: 1,
      said: expect.stringContaining('--remove 39 is another number'),
    });
    expect((await run('reconcile', '--remove', '40')).code).toBe(0);
    expect(await takeBodies(environment.FEEDWRIGHT_ARTICLE_QUEUE_URL)).toEqual([{ kind: 'reconcile', remove: 40 }]);
    await state.write(upkeepKey(RECONCILE_LANE), encodeJson({ ...reconcile, held: null }));
    expect(await run('reconcile', '--remove', '40')).toMatchObject({
      code: 1,
      said: expect.stringContaining('No removals wait'),
    });
  });

  it('redrive: send the dead letters back', async () => {
    expect((await run('redrive')).said).toContain('There are no dead letters.');
    await sqs.send(new SendMessageCommand({ QueueUrl: articlesDead, MessageBody: '{"kind":"article","key":"a.md"}' }));
    expect(await run('status')).toMatchObject({ code: 1, said: expect.stringContaining('1 dead letters') });
    await sqs.send(new ReceiveMessageCommand({ QueueUrl: articlesDead, VisibilityTimeout: 3 }));
    expect(await run('redrive')).toMatchObject({ code: 1, said: expect.stringContaining('1 dead letters are hidden') });
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect((await run('redrive')).said).toContain('Sent back: 1 of articles, 0 of feeds.');
    expect(await takeBodies(environment.FEEDWRIGHT_ARTICLE_QUEUE_URL)).toEqual([{ kind: 'article', key: 'a.md' }]);
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: feedsDead,
        MessageBody: '{"kind":"feed","feed":"all","key":null}',
        MessageGroupId: 'all',
        MessageDeduplicationId: '1',
      }),
    );
    expect((await run('redrive')).said).toContain('Sent back: 0 of articles, 1 of feeds.');
    expect((await run('redrive')).said).toContain('There are no dead letters.');
  });

  it('takedown: remove a file, and look through the whole site', async () => {
    const Body = '<a class="u-url p-name" href="/kept/">Kept</a>';
    await s3.send(new PutObjectCommand({ Bucket: buckets.site, Key: 'index.html', Body }));
    const { code, said } = await run('takedown', 'photo.jpg');
    expect(said).toContain('No public document has photo.jpg any more.');
    expect(code).toBe(0);
    expect(await takeBodies(environment.FEEDWRIGHT_ARTICLE_QUEUE_URL)).toEqual([
      { kind: 'article', key: TAKEDOWNS_KEY },
      { kind: 'article', key: 'photo.jpg', told: true },
    ]);
    expect((await run('push', folder)).said).toMatch(/not uploaded photo\.jpg: This file was taken down/);
    expect((await run('push', folder, '--delete')).said).not.toContain(TAKEDOWNS_KEY);
    expect(await run('takedown', 'photo.jpg')).toMatchObject({ code: 0 });
    expect((await run('takedown', '--list')).said).toMatch(/^photo\.jpg: taken down on 2/);
    expect(await run('takedown', 'nothing.md')).toMatchObject({ code: 2 });
    await takeBodies(environment.FEEDWRIGHT_ARTICLE_QUEUE_URL);
  });

  it('takedown --restore: bring the file back from the versions of the bucket, and tell the publisher', async () => {
    expect(await run('takedown', '--restore', 'photo.jpg')).toMatchObject({ code: 2 });
    const { code, said } = await run('takedown', '--restore', 'photo.jpg', '--yes');
    expect(said).toContain('photo.jpg is restored, and will be published again.');
    expect(code).toBe(0);
    expect(await takeBodies(environment.FEEDWRIGHT_ARTICLE_QUEUE_URL)).toEqual(
      [TAKEDOWNS_KEY, 'photo.jpg'].map((key) => ({ kind: 'article', key })),
    );
    const { ContentType } = await s3.send(new GetObjectCommand({ Bucket: buckets.content, Key: 'photo.jpg' }));
    expect(ContentType).toBe('image/jpeg');
    expect((await run('takedown', '--list')).said).toBe('Nothing is taken down.');
    expect(await run('takedown', '--restore', 'photo.jpg', '--yes')).toMatchObject({ code: 2 });
  });

  it.each([
    ['push'],
    ['takedown', 'a b.md'],
    ['takedown', '--restore', 'a b.md', '--yes'],
    ['undelete', '--since', '2026-01-01T00:00:00Z'],
    ['restore'],
  ])('%s: change nothing once the stack is gone, and say so', async (...args) => {
    const bucket = createS3Store({ client: s3, bucket: buckets.content });
    const before = await bucket.list({ prefix: '' });
    const queue = environment.FEEDWRIGHT_ARTICLE_QUEUE_URL ?? '';
    environment = { ...environment, FEEDWRIGHT_ARTICLE_QUEUE_URL: `${queue}-of-a-stack-that-is-gone` };
    try {
      const { code, said } = await run(...args, ...(args[0] === 'push' ? [folder] : []));
      expect(said).toMatch(/^feedwright: the stack is gone.*\n {2}npm run deploy makes it again/);
      expect(code).toBe(3);
      expect(await bucket.list({ prefix: '' })).toEqual(before);
    } finally {
      environment = { ...environment, FEEDWRIGHT_ARTICLE_QUEUE_URL: queue };
    }
  });

  it('say what is missing', async () => {
    const { code, said } = await run('status', '--stack', 'Nowhere');
    expect(code).toBe(2);
    expect(said).toContain('stack Nowhere is not known');
  });
});
