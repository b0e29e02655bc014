/** Copies that S3 itself makes from one bucket to another, so that no bytes pass through this process. */

import { CopyObjectCommand, type CopyObjectCommandInput } from '@aws-sdk/client-s3';
import { type ObjectFacts, type ObjectHeaders, StoreError, type WriteResult } from '../store/store.ts';
import { failureOf, statusOf } from './aws-failure.ts';
import { type Bucket, hasHeaders, head, headerFields, isConflict, known } from './s3-bucket.ts';

/** S3 copies no more in one call. A larger object is copied in parts, by calls for which the publisher has no rights. */
const COPY_BYTES_MAX = 5 * 1024 ** 3;
/**
 * S3 answers when it has copied, so the time of a copy goes by its bytes: more than any other call has, and no more than
 * the function, which is ended after two minutes, can give. It is that of all attempts together.
 */
const COPY_MS_MIN = 8_000;
const COPY_MS_MAX = 90_000;
const COPY_BYTES_PER_MS = 50_000;

/**
 * Looks first, as a write of what is different does. An attempt that landed without an answer shows as a conflict, and
 * the next look finds its copy, or, where the ETag of what was uploaded in parts tells nothing, copies again, which does
 * no harm. A copy that S3 still makes when nobody waits for it any more is only put over what was there before it.
 */
export async function copyObject(
  bucket: Bucket,
  from: Bucket,
  object: ObjectFacts,
  headers: ObjectHeaders,
): Promise<WriteResult | null> {
  if (!bucket.traits.comparesCopies) return null;
  const doing = `Copying ${object.key} from ${from.name} to ${bucket.name}`;
  if (object.lengthBytes > COPY_BYTES_MAX) {
    throw new StoreError('fatal', `${doing} is impossible: it has over 5 GiB, the most that S3 copies at once.`);
  }
  const there = await head(bucket, object.key);
  const fields = headerFields(headers);
  const isThere = there?.ETag === object.version && there.ContentLength === object.lengthBytes;
  if (isThere && hasHeaders(there, fields)) return { kind: 'unchanged', version: object.version };
  const input: CopyObjectCommandInput = {
    ...bucket.at(object.key),
    ...fields,
    CopySource: copySource(from, object.key),
    CopySourceIfMatch: object.version,
    MetadataDirective: 'REPLACE',
    // To take tags along is a right of its own.
    TaggingDirective: 'REPLACE',
    ...(there === null ? { IfNoneMatch: '*' } : { IfMatch: there.ETag }),
  };
  const requestTimeout = copyTimeMs(object.lengthBytes);
  const abortSignal = AbortSignal.timeout(requestTimeout);
  try {
    const output = await bucket.repeat(
      () => bucket.client.send(new CopyObjectCommand(input), { requestTimeout, abortSignal }),
      (error) => statusOf(error) === 409,
    );
    return { kind: 'written', version: known(bucket, object.key, output.CopyObjectResult?.ETag) };
  } catch (error) {
    if (isConflict(error)) {
      bucket.observe('conflict');
      return { kind: 'conflict' };
    }
    throw error instanceof StoreError ? error : failureOf(error, doing);
  }
}

/** The value of a header field: what is not a plain letter or digit is encoded, and what divides folders is not. */
function copySource(from: Bucket, key: string): string {
  const { Bucket, Key } = from.at(key);
  return [Bucket, ...Key.split('/')].map(encodeURIComponent).join('/');
}

function copyTimeMs(lengthBytes: number): number {
  return Math.min(COPY_MS_MAX, COPY_MS_MIN + Math.ceil(lengthBytes / COPY_BYTES_PER_MS));
}
