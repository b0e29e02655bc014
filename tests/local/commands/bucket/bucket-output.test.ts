/** `feedwright build --out s3://…`, on a server that speaks HTTP. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createS3Store } from '../../../../lambda/aws/s3-store.ts';
import { listAll } from '../../../../lambda/store/store.ts';
import { createMemoryStore } from '../../../../local/store/memory-store.ts';
import { MOTO_CLIENT, startMoto } from '../../../support/aws/moto.ts';
import { runCommand } from '../../../support/run-command.ts';

const NOW = Date.UTC(2026, 5, 1, 12);
const moto = await startMoto();
const endpoint = moto?.endpoint ?? 'http://127.0.0.1:9';
const s3 = new S3Client({ ...MOTO_CLIENT, endpoint });
let base: string;
let Bucket: string;
let bucketCount = 0;

afterAll(async () => {
  s3.destroy();
  await moto?.stop();
});

beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'feedwright-bucket-'));
  put('site.yaml', 'title: Tides\nurl: https://tides.example/blog/\n');
  put('one.md', '---\ntitle: One\ndate: 2026-01-01\n---\nFirst, with ![a map](map.png).\n');
  put('map.png', 'no picture');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'moto').stubEnv('AWS_SECRET_ACCESS_KEY', 'moto');
  bucketCount += 1;
  Bucket = `site-${bucketCount}`;
  if (moto !== null) await s3.send(new CreateBucketCommand({ Bucket }));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(base, { recursive: true });
});

function put(path: string, text: string): void {
  mkdirSync(dirname(join(base, 'content', path)), { recursive: true });
  writeFileSync(join(base, 'content', path), text);
}

async function build(out = `s3://${Bucket}/blog`) {
  const options = ['--endpoint', endpoint, '--state', join(base, 'state.db'), '--json'];
  const { code, printed, noted } = await runCommand(['build', join(base, 'content'), '--out', out, ...options], NOW);
  return { code, noted, result: printed === '' ? null : JSON.parse(printed) };
}

async function keys(): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { key } of listAll(createS3Store({ client: s3, bucket: Bucket }), '')) found.push(key);
  return found;
}

describe.skipIf(moto === null)('build into a bucket', () => {
  it('puts every document under its place, with its type, its life time and its compressed copies', async () => {
    expect(await build()).toMatchObject({ code: 0, result: { published: 1, problems: [] } });
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'blog/atom.xml' }));
    expect(got).toMatchObject({ ContentType: 'application/atom+xml; charset=utf-8', CacheControl: expect.any(String) });
    const text = (await got.Body?.transformToString()) ?? '';
    expect(text).toContain('<title>One</title>');
    const copy = await s3.send(new GetObjectCommand({ Bucket, Key: 'blog/atom.xml.br' }));
    expect(copy).toMatchObject({ ContentType: got.ContentType, ContentEncoding: 'br', CacheControl: got.CacheControl });
    expect(brotliDecompressSync((await copy.Body?.transformToByteArray()) ?? '').toString()).toBe(text);
    const picture = await s3.send(new GetObjectCommand({ Bucket, Key: 'blog/map.png' }));
    expect(picture.ContentType).toBe('image/png');
    expect((await keys()).filter((key) => !key.startsWith('blog/'))).toEqual([]);
  });

  it('writes only what differs, and removes what is gone', async () => {
    await build();
    expect((await build()).result).toMatchObject({ published: 0, unchanged: 1, documents: { written: 0 } });
    put('two.md', '---\ntitle: Two\ndate: 2026-01-02\n---\nSecond.\n');
    expect((await build()).result).toMatchObject({ published: 1, unchanged: 1 });
    expect(await keys()).toContain('blog/two/index.html');
    rmSync(join(base, 'content/two.md'));
    expect((await build()).result).toMatchObject({ removed: 1 });
    expect((await keys()).filter((key) => key.startsWith('blog/two/'))).toEqual([]);
  });

  it('makes good what a build left that was ended, and what another has put there', async () => {
    await build();
    const whole = await keys();
    const store = createS3Store({ client: s3, bucket: Bucket, prefix: 'blog/' });
    await store.remove('rss.xml');
    await store.write('feed.json', Buffer.from('{}'));
    // As when an older state was put back: the token there is another.
    await store.write('.feedwright/token', Buffer.from('another'));
    expect((await build()).code).toBe(0);
    expect(await keys()).toEqual(whole);
    expect(Buffer.from((await store.read('feed.json'))?.body ?? '').toString()).toContain('"title":"One"');
  });

  it('says what is wrong with the place', async () => {
    expect(await build('s3://No_Bucket/x')).toMatchObject({
      code: 2,
      noted: expect.stringContaining('no place in a bucket'),
    });
    expect(await build(`s3://${Bucket}/a//b`)).toMatchObject({ code: 2 });
    expect(await build('s3://there-is-none')).toMatchObject({
      code: 3,
      noted: expect.stringContaining('NoSuchBucket'),
    });
    const folder = ['build', join(base, 'content'), '--out', join(base, 'public'), '--endpoint', endpoint];
    expect(await runCommand(folder, NOW)).toMatchObject({ code: 2 });
  });
});

it.skipIf(moto === null)('needs no condition of the server', async () => {
  const sent: string[] = [];
  const client = new S3Client({ ...MOTO_CLIENT, endpoint });
  client.middlewareStack.add(
    (next) => (call) => {
      const { headers } = call.request as { readonly headers: Record<string, string> };
      sent.push(...Object.keys(headers).filter((name) => /^if-|-if-/.test(name)));
      return next(call);
    },
    { step: 'build' },
  );
  const { ONE_WRITER } = await import('../../../../lambda/aws/server-traits.ts');
  const store = createS3Store({ client, bucket: Bucket, traits: ONE_WRITER });
  const one = Buffer.from('one');
  const first = await store.write('a', one, { condition: { kind: 'absent' } });
  expect(first).toMatchObject({ kind: 'written' });
  expect(await store.write('a', one, { condition: { kind: 'absent' } })).toEqual({ kind: 'conflict' });
  expect(await store.write('a', one, { condition: { kind: 'version', version: '"x"' } })).toEqual({ kind: 'conflict' });
  expect(await store.write('a', one, { condition: { kind: 'different' } })).toMatchObject({ kind: 'unchanged' });
  expect(await store.remove('a', { ifVersion: '"x"' })).toEqual({ kind: 'conflict' });
  const version = first.kind === 'written' ? first.version : '';
  expect(await store.remove('a', { ifVersion: version })).toEqual({ kind: 'removed' });
  expect(await store.inspect('a')).toBeNull();
  expect(
    await store.copyFrom?.(createMemoryStore(), { key: 'a', version, lengthBytes: 1, modifiedAt: 0 }, {}),
  ).toBeNull();
  expect(sent).toEqual([]);
  client.destroy();
});
