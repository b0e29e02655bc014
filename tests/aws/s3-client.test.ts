/** The S3 clients against a server that tells what they asked: what the store needs of them, and nothing twice. */

import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createS3Clients } from '../../lambda/aws/s3-client.ts';
import { createS3Store } from '../../lambda/aws/s3-store.ts';
import { MOTO_CLIENT } from '../support/aws/moto.ts';
import { type ScriptedAnswer, startScriptedServer } from '../support/aws/scripted-server.ts';

const BODY = new TextEncoder().encode('bytes');
const WRITES = 12;
const put: ScriptedAnswer = { status: 200, headers: { ETag: '"new"' } };

const closings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

async function scene(...answers: readonly ScriptedAnswer[]) {
  const server = await startScriptedServer(answers);
  closings.push(server.close);
  const clients = createS3Clients({ ...MOTO_CLIENT, endpoint: server.endpoint, maxAttempts: 1 });
  return { open: (bucket: string) => createS3Store({ client: clients.create(), bucket }), requests: server.requests };
}

describe('createS3Clients', () => {
  it('sends calls that cross one another each to its own bucket', async () => {
    const { open, requests } = await scene(...Array.from({ length: 2 * WRITES }, () => put));
    const stores = [open('one'), open('two')];
    await Promise.all(
      Array.from({ length: WRITES }, (_, index) =>
        Promise.all(stores.map((store, bucket) => store.write(`${bucket}-${index}`, BODY))),
      ),
    );
    const paths = requests.map(({ url }) => url.split('?')[0]).sort();
    const expected = ['one', 'two'].flatMap((name, bucket) =>
      Array.from({ length: WRITES }, (_, index) => `/${name}/${bucket}-${index}`),
    );
    expect(paths).toEqual(expected.sort());
  });

  it('signs the hash that goes with the body', async () => {
    const { open, requests } = await scene(put);
    await open('one').write('a', BODY);
    const sha256 = createHash('sha256').update(BODY);
    expect(requests[0]?.headers['x-amz-content-sha256']).toBe(sha256.copy().digest('hex'));
    expect(requests[0]?.headers['x-amz-checksum-sha256']).toBe(sha256.digest('base64'));
    expect(requests[0]?.headers.authorization).toContain('x-amz-content-sha256');
  });

  it('asks for the hash of what it reads, and reads again what has another', async () => {
    const answer = (body: string): ScriptedAnswer => ({
      status: 200,
      headers: {
        ETag: '"old"',
        'Last-Modified': 'Tue, 28 Apr 2026 06:00:00 GMT',
        'Content-Length': '5',
        'x-amz-checksum-sha256': createHash('sha256').update(BODY).digest('base64'),
      },
      body,
    });
    const { open, requests } = await scene(answer('bytez'), answer('bytes'));
    const object = await open('one').read('a');
    expect(new TextDecoder().decode(object?.body)).toBe('bytes');
    expect(requests.map(({ headers }) => headers['x-amz-checksum-mode'])).toEqual(['ENABLED', 'ENABLED']);
  });

  it.each([
    ['by its status', { status: 501 }],
    [
      'by the name of the header',
      {
        status: 400,
        headers: { 'Content-Type': 'application/xml' },
        body: "<Error><Code>InvalidArgument</Code><Message>Unsupported header 'x-amz-checksum-sha256'</Message></Error>",
      },
    ],
  ])('leaves the hash away where the server refuses it, %s, and goes on to sign it', async (_, refusal) => {
    const { open, requests } = await scene(refusal, put, put);
    const store = open('one');
    expect(await store.write('a', BODY)).toMatchObject({ kind: 'written', version: '"new"' });
    await store.write('b', BODY);
    const sent = ['x-amz-checksum-sha256', 'x-amz-content-sha256'].map((name) =>
      requests.map(({ headers }) => headers[name] !== undefined),
    );
    expect(sent).toEqual([
      [true, false, false],
      [true, true, true],
    ]);
    expect(requests.map(({ body }) => body)).toEqual(['bytes', 'bytes', 'bytes']);
  });

  it('does not write twice where the server fails', async () => {
    const { open, requests } = await scene({ status: 500 }, put);
    await expect(open('one').write('a', BODY)).rejects.toThrow('HTTP 500');
    expect(requests).toHaveLength(1);
  });

  it('waits longer for a copy than for any other call, and forgets that afterwards', async () => {
    const copied: ScriptedAnswer = {
      status: 200,
      headers: { 'Content-Type': 'application/xml' },
      body: '<CopyObjectResult><ETag>&quot;new&quot;</ETag></CopyObjectResult>',
      delayMs: 1_000,
    };
    const server = await startScriptedServer([{ status: 404 }, copied, { ...put, delayMs: 1_000 }]);
    closings.push(server.close);
    const clients = createS3Clients({
      ...MOTO_CLIENT,
      endpoint: server.endpoint,
      maxAttempts: 1,
      requestHandler: { requestTimeout: 500, throwOnRequestTimeout: true },
    });
    const content = createS3Store({ client: clients.create(), bucket: 'content' });
    const site = createS3Store({ client: clients.create(), bucket: 'site' });
    const object = { key: 'a', version: '"old"', lengthBytes: 5, modifiedAt: 0 };
    expect(await site.copyFrom?.(content, object, {})).toEqual({ kind: 'written', version: '"new"' });
    await expect(site.write('a', BODY)).rejects.toThrow('TimeoutError');
  });
});
