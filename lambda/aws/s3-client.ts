/**
 * S3 clients of the SDK that do no more for a call than the store needs. A client resolves the middleware of each kind of
 * call once (`cacheMiddleware`). To sign a body it takes the SHA-256 that the store has computed already.
 *
 * The cached middleware holds the destination of a call, and all calls of a client share it. So each bucket has a
 * client of its own: otherwise concurrent calls of two buckets could go to the wrong one. The clients share their
 * connections.
 */

import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { statusOf } from './aws-failure.ts';

const CHECKSUM_HEADER = 'x-amz-checksum-sha256';
const CHECKSUM_MODE_HEADER = 'x-amz-checksum-mode';
const PAYLOAD_HASH_HEADER = 'x-amz-content-sha256';

export interface S3Clients {
  /** A client for calls of one bucket. */
  create(): S3Client;
}

export function createS3Clients(config: S3ClientConfig): S3Clients {
  const first = createClient(config);
  let isTaken = false;
  return {
    create() {
      if (isTaken) return createClient({ ...config, requestHandler: first.config.requestHandler });
      isTaken = true;
      return first;
    },
  };
}

function createClient(config: S3ClientConfig): S3Client {
  const client = new S3Client({
    ...config,
    cacheMiddleware: true,
    // The store hashes what it writes, and compares what it reads: the SDK would do so in a stream of its own.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  // The hash that a body has already is signed, and that of what is read is asked for.
  let takesChecksums = true;
  client.middlewareStack.add(
    (next) => async (call) => {
      const { method, headers } = call.request as HashedRequest;
      const checksum = headers[CHECKSUM_HEADER];
      if (checksum === undefined) {
        if (method === 'GET') headers[CHECKSUM_MODE_HEADER] = 'ENABLED';
        return next(call);
      }
      headers[PAYLOAD_HASH_HEADER] = Buffer.from(checksum, 'base64').toString('hex');
      if (takesChecksums) {
        try {
          return await next(call);
        } catch (error) {
          if (!isChecksumUnknown(error)) throw error;
        }
      }
      delete headers[CHECKSUM_HEADER];
      const answer = await next(call);
      takesChecksums = false;
      return answer;
    },
    { step: 'build', name: 'feedwrightHashHeaders' },
  );
  return client;
}

interface HashedRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
}

/**
 * Some servers refuse a header that they don't know: by 501, or by naming it. The hash that is signed still guards the bytes on
 * their way.
 */
function isChecksumUnknown(error: unknown): boolean {
  return statusOf(error) === 501 || String(error).includes(CHECKSUM_HEADER);
}
