/** Where the bundle's client looks for S3: where the SDK's own does, in every region and for every bucket of ours. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { narrow } from '../../../lib/bundle/endpoint-rules.ts';
import { BUNDLE_FILE, buildBundle } from '../../../lib/publisher-bundle.ts';

type EndpointProvider = S3Client['config']['endpointProvider'];
type Parameters = Exclude<globalThis.Parameters<EndpointProvider>[0], undefined>;

let folder = '';
let narrowed: EndpointProvider;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'feedwright-endpoints-'));
  buildBundle('tests/bench/least-function.ts', folder);
  const { handler } = await import(pathToFileURL(join(folder, BUNDLE_FILE)).href);
  const [client]: [S3Client] = await handler();
  narrowed = client.config.endpointProvider;
}, 30_000);

afterAll(() => rmSync(folder, { recursive: true }));

const REGIONS = [
  ...['us-east-1', 'us-west-2', 'eu-central-1', 'ap-southeast-5', 'me-central-1', 'il-central-1', 'mx-central-1'],
  ...['cn-north-1', 'us-gov-west-1', 'us-iso-east-1', 'us-isob-east-1', 'eu-isoe-west-1', 'us-isof-south-1'],
  ...['eusc-de-east-1', 'eu-central-9', 'nowhere'],
];
const BUCKETS = ['feedwright-statebucket77825682-x1', 'with.dots', 'UPPER', 'a_b'];
const ENDPOINTS = [undefined, 'http://localhost:5000', 'https://s3.example.org', 'https://example.org/path'];

function* everyQuestion(): Generator<Parameters> {
  for (const Region of REGIONS) {
    for (const Bucket of BUCKETS) {
      for (const Endpoint of ENDPOINTS) {
        for (const flags of [0, 1, 2, 3, 4, 5, 6, 7]) {
          const [UseFIPS, UseDualStack, ForcePathStyle] = [1, 2, 4].map((flag) => (flags & flag) > 0);
          yield {
            ...{ Region, Bucket, UseFIPS, UseDualStack, ForcePathStyle, UseGlobalEndpoint: false, Accelerate: false },
            ...(Endpoint === undefined ? {} : { Endpoint }),
          } as Parameters;
        }
      }
    }
  }
}

/** What a provider says, its refusals included. */
function answerOf(provider: EndpointProvider, question: Parameters): unknown {
  try {
    const { url, properties, headers } = provider(question);
    return { url: url.href, properties, headers };
  } catch (error) {
    return { refused: (error as Error).message };
  }
}

describe('narrowEndpoints', () => {
  it('answers as the SDK does', () => {
    const whole = new S3Client({ region: 'us-east-1' }).config.endpointProvider;
    for (const question of everyQuestion()) {
      expect(answerOf(narrowed, question), JSON.stringify(question)).toEqual(answerOf(whole, question));
    }
    expect(answerOf(narrowed, { Region: 'cn-north-1', Bucket: 'a-bucket' } as Parameters)).toMatchObject({
      url: 'https://a-bucket.s3.cn-north-1.amazonaws.com.cn/',
    });
  });
});

describe('narrow', () => {
  it('stops when the SDK asks something else', () => {
    const rules = { nodes: Int32Array.of(-1, 1, -1), root: 1, conditions: [], results: [] };
    expect(() => narrow(rules)).toThrow('look at lib/bundle/endpoint-rules.ts again');
  });
});
