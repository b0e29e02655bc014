/**
 * A bucket of any server that speaks S3 as the place that a build publishes into: Amazon's, Cloudflare R2, MinIO, Backblaze,
 * Hetzner. One build at a time writes it, as one state file belongs to it, so no condition is asked of the server: the store
 * looks, and writes what differs.
 */

import type { S3Client } from '@aws-sdk/client-s3';
import { createS3Clients } from '../../../lambda/aws/s3-client.ts';
import { createS3Store } from '../../../lambda/aws/s3-store.ts';
import { ONE_WRITER } from '../../../lambda/aws/server-traits.ts';
import type { Store } from '../../../lambda/store/store.ts';
import { createVariantStore } from '../../../lambda/store/variant-store.ts';
import type { BucketPlace } from '../../cli/arguments/bucket-address.ts';
import type { OutputToken } from '../../store/pairing.ts';

/** Where a build publishes, whatever it is. */
export interface Output {
  readonly store: Store;
  /** The same without a thought of compressed copies: for a look at one document. */
  readonly objects: Store;
  readonly token: OutputToken;
  close(): void;
}

/** Hidden from who reads the site; only a build reads it. */
const TOKEN_KEY = '.feedwright/token';
const ATTEMPTS_MAX = 5;

export function openBucketOutput(place: BucketPlace): Output {
  const client = openClient(place);
  const objects = createS3Store({ client, bucket: place.bucket, prefix: place.prefix, traits: ONE_WRITER });
  return {
    store: createVariantStore(objects),
    objects,
    token: {
      async read() {
        const object = await objects.read(TOKEN_KEY);
        return object === null ? null : Buffer.from(object.body).toString();
      },
      async write(token) {
        await objects.write(TOKEN_KEY, Buffer.from(token), { headers: { cacheControl: 'no-store' } });
      },
    },
    close: () => client.destroy(),
  };
}

export function openClient({ endpoint, region }: BucketPlace): S3Client {
  return createS3Clients({
    maxAttempts: ATTEMPTS_MAX,
    // A server that imitates S3 may have no host name for each bucket.
    ...(endpoint !== null && { endpoint, forcePathStyle: true }),
    ...(region !== null && { region }),
  }).create();
}
