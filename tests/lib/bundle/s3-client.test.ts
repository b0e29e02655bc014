/** The S3 client as it is after trimming: what the publisher relies on without saying so. */

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { GetObjectCommand, GetObjectCommandOutput, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Store } from '../../../lambda/store/store.ts';
import { BUNDLE_FILE, buildBundle } from '../../../lib/publisher-bundle.ts';
import { type ScriptedAnswer, type ScriptedServer, startScriptedServer } from '../../aws/scripted-server.ts';

type Handler = () => Promise<[S3Client, typeof GetObjectCommand, typeof PutObjectCommand]>;

const TEXT = 'hello';
const CHECKSUM = createHash('sha256').update(TEXT).digest('base64');
const FOUND: ScriptedAnswer = {
  status: 200,
  headers: {
    'content-length': String(TEXT.length),
    'content-type': 'text/plain',
    etag: '"1"',
    expires: 'Thu, 01 Jan 1970 00:00:00 GMT',
    'last-modified': 'Fri, 01 May 2026 10:00:00 GMT',
    'x-amz-checksum-sha256': CHECKSUM,
    'x-amz-meta-link': 'a',
    'x-amz-version-id': 'v1',
  },
  body: TEXT,
};

let folder = '';
let server: ScriptedServer;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'feedwright-s3-'));
  buildBundle('tests/bench/least-function.ts', folder);
  buildBundle('tests/lib/bundle/bundled-store.ts', join(folder, 'store'));
}, 60_000);

afterEach(async () => {
  await server.close();
  vi.unstubAllEnvs();
});

afterAll(() => rmSync(folder, { recursive: true }));

let clientCount = 0;

async function answerWith(answers: readonly ScriptedAnswer[]): Promise<void> {
  server = await startScriptedServer(answers);
  vi.stubEnv('AWS_ENDPOINT_URL', server.endpoint);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
}

/** A client of its own for each test, which makes it from the environment. */
async function openClient(...answers: readonly ScriptedAnswer[]) {
  await answerWith(answers);
  clientCount += 1;
  const { handler }: { handler: Handler } = await import(
    `${pathToFileURL(join(folder, BUNDLE_FILE)).href}?client=${clientCount}`
  );
  const [client, Get, Put] = await handler();
  return {
    get: () => client.send(new Get({ Bucket: 'content', Key: 'a b/ü.md', ChecksumMode: 'ENABLED' })),
    put: (fields: object) => client.send(new Put({ Bucket: 'site', Key: 'k', Body: Buffer.from('x'), ...fields })),
  };
}

/** The store of a bundle, which compares by itself what it reads; the SDK's own comparison is left out. */
async function openStore(...answers: readonly ScriptedAnswer[]): Promise<Store> {
  await answerWith(answers);
  const { createS3Clients, createS3Store }: typeof import('./bundled-store.ts') = await import(
    pathToFileURL(join(folder, 'store', BUNDLE_FILE)).href
  );
  return createS3Store({ client: createS3Clients({}).create(), bucket: 'content', wait: async () => {} });
}

async function textOf({ Body }: GetObjectCommandOutput): Promise<string> {
  return Buffer.from((await Body?.transformToByteArray()) ?? '').toString();
}

describe('the S3 client of a bundle', () => {
  it('reads an object and what is said of it', async () => {
    const output = await (await openClient(FOUND)).get();
    expect(await textOf(output)).toBe(TEXT);
    expect(output).toMatchObject({ ETag: '"1"', ContentType: 'text/plain', ContentLength: 5, Metadata: { link: 'a' } });
    expect(output.LastModified).toEqual(new Date('2026-05-01T10:00:00Z'));
    expect(server.requests[0]).toMatchObject({ method: 'GET', url: '/content/a%20b/%C3%BC.md?x-id=GetObject' });
  });

  it('asks again when S3 is busy, whatever date it names', async () => {
    const headers = { 'retry-after': new Date(Date.now() - 60_000).toUTCString() };
    const busy = { status: 503, headers, body: '<Error><Code>SlowDown</Code><Message>Less.</Message></Error>' };
    const { get } = await openClient(busy, FOUND);
    expect(await textOf(await get())).toBe(TEXT);
    expect(server.requests).toHaveLength(2);
  });

  it('names errors and their status', async () => {
    const body = '<?xml version="1.0"?><Error><Code>PreconditionFailed</Code><Message>It changed.</Message></Error>';
    const { put } = await openClient({ status: 412, body });
    await expect(put({ IfMatch: '"1"' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
      message: 'It changed.',
      $metadata: { httpStatusCode: 412 },
    });
  });

  it('sends every field that the store sets', async () => {
    const { put } = await openClient({ status: 200, headers: { etag: '"2"' } }, { status: 200 });
    const ChecksumSHA256 = 'LXEWQrcmsEQBYnyp++q2Q7SxBTN5JWb5qWMZfPZPl7U=';
    const fields = {
      ContentType: 'text/css',
      CacheControl: 'no-cache',
      ContentEncoding: 'br',
      Metadata: { link: 'a' },
    };
    expect(await put({ ...fields, ChecksumSHA256, IfMatch: '"1"' })).toMatchObject({ ETag: '"2"' });
    await put({ IfNoneMatch: '*' });
    expect(server.requests.map(({ headers }) => headers)).toMatchObject([
      {
        'cache-control': 'no-cache',
        'content-encoding': 'br',
        'content-type': 'text/css',
        'if-match': '"1"',
        'x-amz-checksum-sha256': ChecksumSHA256,
        'x-amz-meta-link': 'a',
      },
      { 'if-none-match': '*' },
    ]);
  });
});

describe('the store of a bundle', () => {
  it('reads again where the bytes are not those of the checksum', async () => {
    const damaged = { ...FOUND, body: 'hullo' };
    const read = await (await openStore(damaged, FOUND)).read('a.md');
    expect(Buffer.from(read?.body ?? '').toString()).toBe(TEXT);
    expect(server.requests.map(({ headers }) => headers['x-amz-checksum-mode'])).toEqual(['ENABLED', 'ENABLED']);
  });

  it('sends the checksum of what it writes, and signs it', async () => {
    const store = await openStore({ status: 200, headers: { etag: '"2"' } });
    await store.write('a.md', Buffer.from(TEXT));
    expect(server.requests[0]?.headers).toMatchObject({
      'x-amz-checksum-sha256': CHECKSUM,
      'x-amz-content-sha256': createHash('sha256').update(TEXT).digest('hex'),
    });
  });
});
