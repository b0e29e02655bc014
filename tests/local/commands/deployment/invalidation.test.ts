/** CloudFront's API as far as a takedown calls it. */

import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { invalidateAll } from '../../../../local/commands/deployment/invalidation.ts';
import { type ScriptedAnswer, startScriptedServer } from '../../../support/aws/scripted-server.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };

/** What becomes of an invalidation, and what was asked for it. */
async function invalidate(answers: readonly ScriptedAnswer[], region = 'eu-central-1') {
  const server = await startScriptedServer(answers);
  const client = new S3Client({ region, credentials }).config;
  const cdn = { distributionId: 'E1', client, endpoint: server.endpoint, retryDelayMs: 1 };
  const reason = await invalidateAll(cdn);
  await server.close();
  return { reason, requests: server.requests };
}

describe('invalidateAll', () => {
  it('orders one path for everything, signed for the region of CloudFront', async () => {
    const { reason, requests } = await invalidate([{ status: 201, body: '<Invalidation/>' }]);
    expect(reason).toBeNull();
    const [request] = requests;
    expect(request).toMatchObject({ method: 'POST', url: '/2020-05-31/distribution/E1/invalidation' });
    expect(request?.body).toContain('<Quantity>1</Quantity><Items><Path>/*</Path></Items>');
    expect(request?.headers).toMatchObject({ 'content-type': 'text/xml', 'x-amz-security-token': 'token' });
    expect(request?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/cloudfront\/aws4_request, SignedHeaders=.*host/,
    );
  });

  it('signs for China where the stack is there', async () => {
    const { requests } = await invalidate([{ status: 201 }], 'cn-north-1');
    expect(requests[0]?.headers.authorization).toContain('/cn-northwest-1/cloudfront/');
  });

  it('tries again what may pass, with the same reference, and not what stays', async () => {
    const passing = await invalidate([{ status: 503 }, { status: 0 }, { status: 201 }]);
    expect(passing.reason).toBeNull();
    expect(new Set(passing.requests.map(({ body }) => body)).size).toBe(1);
    const refusal =
      '<ErrorResponse><Error><Code>AccessDenied</Code><Message>Not you.</Message></Error></ErrorResponse>';
    const refused = await invalidate([{ status: 403, body: refusal }]);
    expect(refused).toMatchObject({ reason: 'HTTP 403 Not you.', requests: { length: 1 } });
  });

  it('says why, when nothing helps', async () => {
    const { reason, requests } = await invalidate([]);
    expect(reason).toBe('HTTP 500');
    expect(requests).toHaveLength(4);
  });
});
