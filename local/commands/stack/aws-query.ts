/**
 * Calls of AWS's Query protocol (a signed form, an answer in XML), which STS and CloudFormation speak. The few calls that a
 * deployment takes need the SDK's signature, and no client of its own for each of the two.
 */

import { S3Client } from '@aws-sdk/client-s3';
import { SignatureV4 } from '@smithy/signature-v4';
import { decodeXML } from 'entities';
import type { Variables } from '../deployment/deployment.ts';

/** The caller's credentials, region and endpoint. */
export interface AwsCaller {
  readonly client: Pick<S3Client['config'], 'credentials' | 'sha256'>;
  readonly region: string;
  /** Where what imitates AWS listens; null for AWS itself. */
  readonly endpoint: string | null;
}

const VERSIONS = { sts: '2011-06-15', cloudformation: '2010-05-15' } as const;
const REQUEST_MS_MAX = 20_000;
/** Where the CDK deploys to if nothing names a region. */
const DEFAULT_REGION = 'us-east-1';

/** AWS has refused. `name` is its code, such as `AccessDenied`. */
export class AwsRefusal extends Error {
  override readonly name: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = code;
  }
}

/** By the credentials and the region of the environment, as the CDK finds them. */
export async function createCaller(environment: Variables): Promise<AwsCaller> {
  const named = environment.AWS_REGION || environment.AWS_DEFAULT_REGION;
  const { config } = new S3Client(named ? { region: named } : {});
  const region = await config.region().catch(() => DEFAULT_REGION);
  return { client: config, region, endpoint: environment.AWS_ENDPOINT_URL || null };
}

/**
 * @returns the answer, as XML
 * @throws AwsRefusal
 */
export async function queryAws(
  { client, region, endpoint }: AwsCaller,
  service: keyof typeof VERSIONS,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const url = new URL(endpoint ?? `https://${service}.${region}.${domain}`);
  const body = new URLSearchParams({ ...parameters, Version: VERSIONS[service] }).toString();
  const signer = new SignatureV4({ service, region, credentials: client.credentials, sha256: client.sha256 });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: '/',
    query: {},
    headers: { host: url.host, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body,
  });
  const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(REQUEST_MS_MAX) });
  const text = await response.text();
  if (response.ok) return text;
  throw new AwsRefusal(readElement(text, 'Code') ?? `HTTP ${response.status}`, readElement(text, 'Message') ?? text);
}

/** The text of the first element of this name that holds text only; null where there is none. */
export function readElement(xml: string, name: string): string | null {
  const [, written] = new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)</${name}>`).exec(xml) ?? [];
  return written === undefined ? null : decodeXML(written);
}
