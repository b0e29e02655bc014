/** What the probe finds on moto, as it is and where conditions are lost on the way, as servers ignore them. */

import { request as httpRequest } from 'node:http';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createS3Store } from '../../../lambda/aws/s3-store.ts';
import { listAll } from '../../../lambda/store/store.ts';
import { probeStore } from '../../../local/commands/bucket/store-probe.ts';
import { MOTO_CLIENT, startMoto } from '../../support/aws/moto.ts';
import { startLoopback } from '../../support/loopback.ts';
import { runCommand } from '../../support/run-command.ts';

const moto = await startMoto();
const endpoint = moto?.endpoint ?? 'http://127.0.0.1:9';
const s3 = new S3Client({ ...MOTO_CLIENT, endpoint });
let Bucket: string;
let bucketCount = 0;

beforeEach(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'moto').stubEnv('AWS_SECRET_ACCESS_KEY', 'moto');
  bucketCount += 1;
  Bucket = `probed-${bucketCount}`;
  if (moto !== null) await s3.send(new CreateBucketCommand({ Bucket }));
});

afterEach(() => vi.unstubAllEnvs());

afterAll(async () => {
  s3.destroy();
  await moto?.stop();
});

interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly query: Record<string, string>;
}

/** A client whose calls lose what `spoil` takes away. */
function spoiled(spoil: (call: Call) => void): S3Client {
  const client = new S3Client({ ...MOTO_CLIENT, endpoint });
  client.middlewareStack.add(
    (next) => (call) => {
      spoil(call.request as Call);
      return next(call);
    },
    { step: 'build', priority: 'low' },
  );
  return client;
}

async function failing(client: S3Client): Promise<readonly string[]> {
  const { findings } = await probeStore(client, Bucket, 'p/');
  client.destroy();
  return findings.filter(({ holds }) => !holds).map(({ what }) => what);
}

/** What stands before a server and refuses to write some keys. */
function startRefusing(target: string, keys: RegExp) {
  return startLoopback(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    if (method === 'PUT' && keys.test(url.split('?')[0] ?? '')) {
      response.writeHead(400, { 'Content-Type': 'application/xml' });
      response.end('<Error><Code>InvalidArgument</Code><Message>No such\n  header.</Message></Error>');
      return;
    }
    const passed = httpRequest(target + url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    passed.end(Buffer.concat(parts));
  });
}

const COPIES = ['copies only the version that was seen', 'copies only over the version that was seen'];

describe.skipIf(moto === null)('check-store', () => {
  it('names what moto does not compare, what that costs and what to set, and leaves nothing behind', async () => {
    const { code, printed } = await runCommand(['check-store', `s3://${Bucket}/site`, '--endpoint', endpoint], 0);
    expect(code).toBe(1);
    expect(printed.match(/^yes/gm)).toHaveLength(9);
    expect(printed).toContain('no   copies only the version that was seen\n     Pictures and sounds pass through');
    expect(printed).toMatch(/several publishers at once where FEEDWRIGHT_S3_LACKS=copy is set\.\n$/);
    for await (const { key } of listAll(createS3Store({ client: s3, bucket: Bucket }), '')) expect(key).toBe('');
  });

  it('finds removals that are not compared', async () => {
    const client = spoiled(({ method, headers }) => method === 'DELETE' && delete headers['if-match']);
    expect(await failing(client)).toEqual(['removes only the version that was seen', ...COPIES]);
  });

  it('finds writes that are not compared, and allows one writer only', async () => {
    const client = spoiled(({ method, headers }) => {
      if (method === 'PUT') delete headers['if-none-match'];
    });
    const report = await probeStore(client, Bucket, 'p/');
    client.destroy();
    expect(report).toMatchObject({ allowsOne: true, allowsSeveral: false, traits: { comparesWrites: false } });
    expect(report.findings.filter(({ holds }) => !holds).map(({ what }) => what)).toEqual([
      'writes only where nothing is (If-None-Match)',
      'lets one of 16 writers at once through',
      ...COPIES,
    ]);
  });

  it('finds header fields that are lost', async () => {
    const client = spoiled(({ headers }) => delete headers['cache-control']);
    expect(await failing(client)).toEqual([...COPIES, 'keeps types, life times, encodings and metadata']);
  });

  it('takes a server that fails at listings for one that does not list, and leaves nothing behind all the same', async () => {
    const client = spoiled(({ query }) => {
      if ('max-keys' in query && query['max-keys'] !== '1000')
        throw Object.assign(new Error('InternalError'), { $metadata: { httpStatusCode: 500 } });
    });
    const report = await probeStore(client, Bucket, 'p/');
    client.destroy();
    expect(report).toMatchObject({ allowsOne: true, allowsSeveral: false, traits: { comparesWrites: true } });
    for await (const { key } of listAll(createS3Store({ client: s3, bucket: Bucket }), '')) expect(key).toBe('');
  });

  it('finds that a file and a folder can not have one name, which says nothing of the order of listings', async () => {
    // As servers on a file system do: whoever comes later is refused.
    const files = new Set<string>();
    const client = spoiled(({ method, path }) => {
      if (method !== 'PUT') return;
      if ([...files].some((file) => path.startsWith(`${file}/`)))
        throw Object.assign(new Error('The parent is a file'), {
          name: 'ObjectParentIsFile',
          $metadata: { httpStatusCode: 409 },
        });
      files.add(path);
    });
    const { findings, ...report } = await probeStore(client, Bucket, 'p/');
    client.destroy();
    expect(report.allowsSeveral).toBe(true);
    const lacking = findings.filter(({ holds }) => !holds);
    expect(lacking.map(({ what }) => what)).toEqual([...COPIES, 'takes a key beside a folder of the same name']);
    expect(lacking.at(-1)?.answer).toBe('HTTP 409 ObjectParentIsFile: The parent is a file');
  });

  it('prints what the server answered where it failed', async () => {
    const refused =
      /^no {3}takes a key .*\n {5}.*\n {5}The server answered: HTTP 400 InvalidArgument: No such header\.$/m;
    const server = await startRefusing(endpoint, /\/same\/inside$/);
    try {
      const { printed } = await runCommand(['check-store', `s3://${Bucket}`, '--endpoint', server.origin], 0);
      expect(printed).toMatch(refused);
    } finally {
      await server.close();
    }
  });

  it('says that a bucket is not there, and takes nothing else for a place', async () => {
    const answer = await runCommand(['check-store', 's3://there-is-none', '--endpoint', endpoint], 0);
    expect(answer).toMatchObject({ code: 3, noted: expect.stringContaining('NoSuchBucket') });
    expect(await runCommand(['check-store', 'folder'], 0)).toMatchObject({ code: 2 });
  });
});
