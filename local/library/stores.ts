/** The stores that a publisher can work on: memory, a folder, one file, a bucket. */

import { ONE_WRITER } from '../../lambda/aws/server-traits.ts';
import type { Store } from '../../lambda/store/store.ts';
import { createVariantStore } from '../../lambda/store/variant-store.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';

export interface ClosableStore {
  readonly store: Store;
  /** Waits until everything is written, and lets go of the file or the connections. */
  close(): Promise<void>;
}

/**
 * A store in one file of SQLite, for the state. Each write is safe before it is answered.
 *
 * @throws where another process has the file open, or it can't be read
 */
export function openFileStore(file: string): ClosableStore {
  const { store, settle, close } = openSqliteStore(file);
  const settled = async <Result>(change: Promise<Result>) => {
    const result = await change;
    settle();
    return result;
  };
  return {
    store: {
      ...store,
      write: (...args) => settled(store.write(...args)),
      remove: (...args) => settled(store.remove(...args)),
    },
    close: async () => close(),
  };
}

export interface BucketStoreOptions {
  readonly bucket: string;
  /** A folder in it, with its slash. @default the whole bucket */
  readonly prefix?: string;
  /** The server. @default Amazon S3 */
  readonly endpoint?: string;
  /** @default `AWS_REGION` */
  readonly region?: string;
  /** Whether texts get compressed copies, `<key>.br` and `<key>.gz`, for public documents. @default false */
  readonly compressed?: boolean;
  /**
   * Whether nobody else writes there meanwhile: then no condition is asked of the server, and each look costs a call more. Say
   * so where `feedwright check-store` finds conditions that are not kept. @default false
   */
  readonly isOnlyWriter?: boolean;
}

/** A store in a bucket of Amazon S3, or of a server that speaks S3. Credentials are those of the AWS SDK. */
export async function openBucketStore(options: BucketStoreOptions): Promise<ClosableStore> {
  // The SDK is loaded where somebody has a bucket.
  const { createS3Store } = await import('../../lambda/aws/s3-store.ts');
  const { openClient } = await import('../commands/bucket/bucket-output.ts');
  const { bucket, prefix = '', endpoint = null, region = null, compressed = false, isOnlyWriter = false } = options;
  const client = openClient({ bucket, prefix, endpoint, region });
  const objects = createS3Store({ client, bucket, prefix, ...(isOnlyWriter && { traits: ONE_WRITER }) });
  return {
    store: compressed ? createVariantStore(objects) : objects,
    close: async () => client.destroy(),
  };
}
