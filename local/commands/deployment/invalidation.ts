/**
 * Has CloudFront let go of its copies: CreateInvalidation, one signed call
 * (docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateInvalidation.html). For one call the SDK's signature is
 * enough: its client for CloudFront would be one more package to install.
 */

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { SignatureV4 } from '@smithy/signature-v4';

export interface Invalidation {
  readonly distributionId: string;
  /** The caller's credentials, and the region of the stack. */
  readonly client: Pick<S3Client['config'], 'credentials' | 'region' | 'sha256'>;
  /** Where what imitates CloudFront listens; null for CloudFront itself. */
  readonly endpoint: string | null;
  /** @default 1000 */
  readonly retryDelayMs?: number;
}

const ATTEMPTS_MAX = 4;
const REQUEST_MS_MAX = 20_000;
const REASON_CHARACTERS_MAX = 300;
const NAMESPACE = 'http://cloudfront.amazonaws.com/doc/2020-05-31/';

/** Null when CloudFront has taken the order, else why it has not. One path for everything costs as much as one's. */
export async function invalidateAll(invalidation: Invalidation): Promise<string | null> {
  const { distributionId, retryDelayMs = 1_000 } = invalidation;
  const { endpoint, region } = await placeOf(invalidation);
  const url = new URL(`/2020-05-31/distribution/${encodeURIComponent(distributionId)}/invalidation`, endpoint);
  // The same reference in each attempt, so that an answer that was lost costs no second order.
  const body =
    `<InvalidationBatch xmlns="${NAMESPACE}"><Paths><Quantity>1</Quantity><Items><Path>/*</Path></Items></Paths>` +
    `<CallerReference>${randomUUID()}</CallerReference></InvalidationBatch>`;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await post(url, body, region, invalidation).catch((error: unknown) => ({
      reason: `${error instanceof Error ? error.message : error}`,
      isPassing: !isCredentialsError(error),
    }));
    if (outcome === null) return null;
    if (!outcome.isPassing || attempt === ATTEMPTS_MAX) return outcome.reason;
    await wait(retryDelayMs * 2 ** (attempt - 1));
  }
}

/** CloudFront is one for all regions, and signed for where it lives; China has its own. */
async function placeOf({ client, endpoint }: Invalidation): Promise<{ endpoint: string; region: string }> {
  const isChina = (await client.region()).startsWith('cn-');
  const host = isChina ? 'cloudfront.cn-northwest-1.amazonaws.com.cn' : 'cloudfront.amazonaws.com';
  return { endpoint: endpoint ?? `https://${host}`, region: isChina ? 'cn-northwest-1' : 'us-east-1' };
}

/** One attempt. */
async function post(
  url: URL,
  body: string,
  region: string,
  { client }: Invalidation,
): Promise<{ readonly reason: string; readonly isPassing: boolean } | null> {
  const { credentials, sha256 } = client;
  const signer = new SignatureV4({ service: 'cloudfront', region, credentials, sha256 });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: {},
    headers: { host: url.host, 'content-type': 'text/xml' },
    body,
  });
  const signal = AbortSignal.timeout(REQUEST_MS_MAX);
  const response = await fetch(url, { method: 'POST', headers, body, signal });
  const text = await response.text();
  if (response.ok) return null;
  const message = /<Message>([^<]*)<\/Message>/.exec(text)?.[1] ?? text.slice(0, REASON_CHARACTERS_MAX);
  return {
    reason: `HTTP ${response.status} ${message}`.trim(),
    isPassing: response.status === 429 || response.status >= 500,
  };
}

/** Missing credentials are still missing a second later: such a call is not repeated. */
function isCredentialsError(error: unknown): boolean {
  return error instanceof Error && error.name === 'CredentialsProviderError';
}
