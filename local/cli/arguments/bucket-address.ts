/** A place in a bucket, as `s3://bucket/folder` and the options beside it name it. */

import { UsageError } from '../usage.ts';
import type { BucketPlace } from './command-options.ts';

export type { BucketPlace };

type Variables = Readonly<Record<string, string | undefined>>;

/** Null where the address is that of something else. What the options leave out, the environment may name. */
export function parseBucketPlace(
  address: string,
  options: ReadonlyMap<string, string>,
  environment: Variables,
): BucketPlace | null {
  if (!/^s3:/i.test(address)) {
    const strange = ['endpoint', 'region'].find((name) => options.has(name));
    if (strange !== undefined) throw new UsageError('option-unknown', `--${strange}`, '--out s3://bucket/folder');
    return null;
  }
  const [, bucket, path = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(address) ?? [];
  if (bucket === undefined || !/^(?:[A-Za-z0-9!_'()-][A-Za-z0-9!_.'()-]*(?:\/|$))*$/.test(path))
    throw new UsageError('option-value-invalid', `${address} is no place in a bucket`, '--out s3://bucket/folder');
  const endpoint = options.get('endpoint') ?? (environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL || null);
  if (endpoint !== null && !/^https?:$/.test(URL.parse(endpoint)?.protocol ?? ''))
    throw new UsageError('option-value-invalid', `${endpoint} is no web address`, '--endpoint https://s3.example.org');
  const region = options.get('region') ?? (environment.AWS_REGION || environment.AWS_DEFAULT_REGION || null);
  return {
    bucket,
    prefix: path === '' || path.endsWith('/') ? path : `${path}/`,
    endpoint,
    // Elsewhere than at Amazon it is a word in the signature, and R2 has its own.
    region: region ?? (endpoint === null ? null : regionOf(endpoint)),
  };
}

/** Of an argument that can be nothing else. */
export function requireBucketPlace(
  address: string,
  options: ReadonlyMap<string, string>,
  environment: Variables,
): BucketPlace {
  const place = /^s3:/i.test(address) ? parseBucketPlace(address, options, environment) : null;
  if (place === null)
    throw new UsageError('option-value-invalid', `${address} is no place in a bucket`, 's3://bucket/folder');
  return place;
}

function regionOf(endpoint: string): string {
  return /\.r2\.cloudflarestorage\.com$/.test(URL.parse(endpoint)?.hostname ?? '') ? 'auto' : 'us-east-1';
}
