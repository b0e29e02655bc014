/** What a publisher finds out of the server of its buckets, on moto, and where conditions are lost on the way. */

import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createS3Store } from '../../lambda/aws/s3-store.ts';
import { endpointOf, knowServer, readServerNote } from '../../lambda/aws/server-note.ts';
import { AMAZON_S3 } from '../../lambda/aws/server-traits.ts';
import { MOTO_CLIENT, startMoto } from '../support/aws/moto.ts';

const moto = await startMoto();
const endpoint = moto?.endpoint ?? 'http://127.0.0.1:9';
const s3 = new S3Client({ ...MOTO_CLIENT, endpoint });
const OF_MOTO = { comparesWrites: true, comparesRemovals: true, comparesCopies: false };
let Bucket: string;
let bucketCount = 0;

beforeEach(async () => {
  bucketCount += 1;
  Bucket = `known-${bucketCount}`;
  if (moto !== null) await s3.send(new CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  s3.destroy();
  await moto?.stop();
});

/** A client that counts its calls, and whose writes lose their conditions. */
function countingClient(losesConditions = false) {
  const client = new S3Client({ ...MOTO_CLIENT, endpoint });
  let callCount = 0;
  client.middlewareStack.add(
    (next) => (call) => {
      callCount += 1;
      const { headers } = call.request as { readonly headers: Record<string, string> };
      if (losesConditions) delete headers['if-match'];
      return next(call);
    },
    { step: 'build', priority: 'low' },
  );
  return { client, callCount: () => callCount };
}

describe('knowServer', () => {
  it('asks nothing of Amazon’s', async () => {
    const { client, callCount } = countingClient();
    expect(await knowServer(client, 'any', endpointOf({ AWS_ENDPOINT_URL: '' }))).toEqual(AMAZON_S3);
    expect(callCount()).toBe(0);
  });

  it('goes by the endpoint of S3 before that of all services', () => {
    const both = { AWS_ENDPOINT_URL: 'http://all.example', AWS_ENDPOINT_URL_S3: 'http://s3.example' };
    expect(endpointOf(both)).toBe('http://s3.example');
  });
});

describe.skipIf(moto === null)('knowServer, on moto', () => {
  it('tries a server once, and again at another address', async () => {
    const { client, callCount } = countingClient();
    expect(await knowServer(client, Bucket, endpoint)).toEqual(OF_MOTO);
    expect(callCount()).toBeGreaterThan(100);
    const tried = callCount();
    expect(await knowServer(client, Bucket, endpoint)).toEqual(OF_MOTO);
    expect(callCount()).toBe(tried + 1);
    await knowServer(client, Bucket, `${endpoint}/`);
    expect(callCount()).toBeGreaterThan(tried + 100);
    const state = createS3Store({ client: s3, bucket: Bucket });
    expect(await readServerNote(state)).toMatchObject({ endpoint: `${endpoint}/`, trial: { sources: false } });
    expect((await state.list({ prefix: '' })).objects.map(({ key }) => key)).toEqual(['server.json']);
  });

  it('refuses one that compares no writes, names what it lacks, and refuses it again without another trial', async () => {
    const { client, callCount } = countingClient(true);
    const refusal = {
      kind: 'fatal',
      message: expect.stringMatching(/\(version, races, removals, sources, destinations\)/),
    };
    await expect(knowServer(client, Bucket, endpoint)).rejects.toMatchObject(refusal);
    const tried = callCount();
    await expect(knowServer(client, Bucket, endpoint)).rejects.toMatchObject(refusal);
    expect(callCount()).toBe(tried + 1);
  });

  it('fails where the bucket is not there, and notes nothing', async () => {
    await expect(knowServer(s3, 'there-is-none', endpoint)).rejects.toMatchObject({ kind: 'fatal' });
  });
});
