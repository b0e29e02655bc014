/**
 * What holds on a server of S3 that is named (tools/stores): the contract of stores and a whole publication, byte for byte. A
 * server on which several may not write is refused, and one build publishes there all the same.
 */

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, DeleteBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createS3Clients } from '../../lambda/aws/s3-client.ts';
import { createS3Store } from '../../lambda/aws/s3-store.ts';
import { knowServer } from '../../lambda/aws/server-note.ts';
import { allowsSeveral, traitsOf, tryServer } from '../../lambda/aws/server-trial.ts';
import { createPublisher } from '../../lambda/publish.ts';
import { listAll, type Store } from '../../lambda/store/store.ts';
import { createVariantStore } from '../../lambda/store/variant-store.ts';
import { createFolderStore } from '../../local/store/folder-store.ts';
import { describeStore } from '../contract/store.ts';
import { namedServer } from '../support/aws/named-server.ts';
import { createTestPublication, createTestQueue, readTexts } from '../support/publication.ts';
import { runCommand } from '../support/run-command.ts';
import { readSample, SAMPLE_NOW } from '../support/sample-content.ts';

const PUBLICATION_MS_MAX = 600_000;
const REMOVED_KEY = [...readSample().keys()].find((key) => /\.md$/.test(key)) ?? '';

const server = namedServer();
/** As the publisher's own. A client is for one bucket; the first makes them. */
const clients = createS3Clients(server ?? {});
const client = clients.create();
const trial = server === null ? null : await tryServer(clients.create(), await createBucket(), '');
const isForSeveral = trial !== null && allowsSeveral(trial);
const traits = trial === null ? undefined : traitsOf(trial);

afterAll(() => client.destroy());

async function createBucket(): Promise<string> {
  const Bucket = `feedwright-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket }));
  return Bucket;
}

/** In a bucket of its own, which goes with it: some servers hold few. */
async function openStore(): Promise<{ readonly store: Store; close(): Promise<void> }> {
  const bucket = await createBucket();
  const own = clients.create();
  const store = createS3Store({ client: own, bucket, ...(traits === undefined ? {} : { traits }) });
  const close = async () => {
    const plain = createS3Store({ client: own, bucket });
    for await (const { key } of listAll(plain, '')) await plain.remove(key);
    await client.send(new DeleteBucketCommand({ Bucket: bucket })).catch(() => {});
  };
  return { store, close };
}

describe.skipIf(!isForSeveral)('a server for several publishers', () => {
  describeStore('the named server', openStore, { versionsOfBytes: true, roundCount: 5 });

  it(
    'publishes the sample as memory does, byte for byte, again when nothing has changed, and takes a file out',
    async () => {
      const files = [...readSample()];
      const memory = await createTestPublication({ now: SAMPLE_NOW });
      for (const [key, body] of files) await memory.put(key, body);
      await memory.settle();
      const [content, state, documents] = await Promise.all([openStore(), openStore(), openStore()]);
      const queue = createTestQueue();
      let nonceCount = 0;
      const publisher = createPublisher({
        ...memory.ports,
        content: content.store,
        state: state.store,
        public: createVariantStore(documents.store),
        queue,
        nonce: () => `nonce-${++nonceCount}`,
      });
      for (const [key, body] of files) await content.store.write(key, body);
      const work = async (keys: readonly string[]) => {
        await queue.sendArticleWork(keys.map((key) => ({ key })));
        await queue.work(publisher, 10);
      };
      await work(files.map(([key]) => key));
      await expectSame(documents.store, memory.public);
      const before = await versionsIn(documents.store);
      await publisher.reconcileAll();
      await queue.work(publisher, 10);
      await expectSame(documents.store, memory.public);
      // Where a server keeps other header fields than it was given, what differs is written again: how much is told.
      const again = [...(await versionsIn(documents.store))].filter(([key, at]) => before.get(key) !== at);
      console.info(`${again.length} written again`);
      await content.store.remove(REMOVED_KEY);
      await memory.put(REMOVED_KEY, null);
      await work([REMOVED_KEY]);
      await memory.settle();
      await expectSame(documents.store, memory.public);
      for (const each of [content, state, documents]) await each.close();
    },
    PUBLICATION_MS_MAX,
  );
});

/** Compressed copies, which memory and folders have none of, are looked at by the tests of variants. */
async function expectSame(documents: Store, memory: Store, about?: string): Promise<void> {
  const expected = await readTexts(memory);
  const published = await readTexts(documents);
  for (const [path, text] of expected) expect(published.get(path), path).toBe(text);
  const paths = [...published.keys()].filter((path) => !/\.(?:br|gz)$/.test(path));
  expect(paths.sort(), about).toEqual([...expected.keys()].sort());
}

async function versionsIn(store: Store): Promise<ReadonlyMap<string, number>> {
  const versions = new Map<string, number>();
  for await (const { key, modifiedAt } of listAll(store, '')) versions.set(key, modifiedAt);
  return versions;
}

describe.skipIf(server === null || isForSeveral)('a server for one build', () => {
  it('is refused by the publisher, and says why', async () => {
    await expect(knowServer(clients.create(), await createBucket(), server?.endpoint ?? '')).rejects.toMatchObject({
      kind: 'fatal',
      message: expect.stringContaining('lacks what several publishers at once need'),
    });
  });

  it(
    'takes the sample from a build as a folder does, byte for byte',
    async () => {
      const base = mkdtempSync(join(tmpdir(), 'feedwright-one-build-'));
      const { accessKeyId = '', secretAccessKey = '' } = server?.credentials ?? {};
      vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId).stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
      try {
        const bucket = await createBucket();
        const site = ['build', 'content', '--url', 'https://example.org/', '--out'];
        const endpoint = ['--endpoint', server?.endpoint ?? '', '--state', join(base, 'bucket.db')];
        await runCommand([...site, join(base, 'folder')], SAMPLE_NOW);
        const { noted } = await runCommand([...site, `s3://${bucket}`, ...endpoint], SAMPLE_NOW);
        const bucketStore = createS3Store({ client: clients.create(), bucket });
        await bucketStore.remove('.feedwright/token');
        await expectSame(bucketStore, createFolderStore({ root: join(base, 'folder') }), noted);
      } finally {
        vi.unstubAllEnvs();
        rmSync(base, { recursive: true });
      }
    },
    PUBLICATION_MS_MAX,
  );
});
