/**
 * The store port on Amazon S3. Versions are ETags; a condition becomes `If-Match` or `If-None-Match`, so that S3 itself
 * is the compare-and-swap.
 *
 * - 409 (two conditional writes at the same moment) is tried again here, which the SDK doesn't do; 412 and 404 mean
 *   that the condition did not hold, and are the value `conflict`. So is a write that landed while its answer was lost.
 * - A missing key reads as 404 only with the permission to list the bucket. 403 is therefore never taken for absence.
 * - Every object that is written carries its SHA-256, which S3 checks on arrival and returns on request: that is how
 *   `different` knows that the bytes are there already, and a read that the bytes are those that were written.
 * - From the bucket of one of these stores to that of another S3 itself copies.
 */

import { hash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  type HeadObjectCommandOutput,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { type DifferentWrite, writeDifferent } from '../store/different-write.ts';
import {
  type ObjectFacts,
  type ReadOptions,
  type RemoveResult,
  type Store,
  type StoredObject,
  StoreError,
  type WriteOptions,
  type WriteResult,
} from '../store/store.ts';
import { failureOf, statusOf } from './aws-failure.ts';
import {
  ATTEMPTS_MAX,
  type Bucket,
  createFolderListings,
  factsOf,
  hasHeaders,
  head,
  headerFields,
  isAbsent,
  isConflict,
  isRemoved,
  known,
  listObjects,
  openBucket,
  type S3StoreOptions,
} from './s3-bucket.ts';
import { copyObject } from './s3-copy.ts';
import { leavesTombstones, TOMBSTONE } from './server-traits.ts';

/** Of a SHA-256 of the whole object, in base64. */
const CHECKSUM_CHARACTERS = 44;

/** Where the stores of this module are: one that was wrapped is another, whose bytes pass through the wrapping. */
const buckets = new WeakMap<Store, Bucket>();

export function createS3Store(options: S3StoreOptions): Store {
  const bucket = openBucket(options);
  const store: Store = {
    read: (key, readOptions) => readObject(bucket, key, readOptions),
    inspect: (key) => inspectObject(bucket, key),
    write: (key, body, writeOptions) => writeObject(bucket, key, body, writeOptions ?? {}),
    remove: (key, removeOptions) => removeObject(bucket, key, removeOptions?.ifVersion),
    list: (listOptions) => listObjects(bucket, listOptions),
    listFolder: createFolderListings(bucket),
    async copyFrom(source, object, headers) {
      const from = buckets.get(source);
      return from === undefined ? null : copyObject(bucket, from, object, headers);
    },
  };
  buckets.set(store, bucket);
  return store;
}

async function readObject(bucket: Bucket, key: string, options: ReadOptions = {}): Promise<StoredObject | null> {
  const { firstBytes, fromByte = 0 } = options;
  if (firstBytes === 0) return withoutBody(await inspectObject(bucket, key));
  const Range = rangeOf(fromByte, firstBytes);
  const get = async () => {
    const output = await bucket.client.send(new GetObjectCommand({ ...bucket.at(key), Range }));
    return { output, body: await bodyOf(output) };
  };
  try {
    // A body that breaks off fails outside the SDK's own repetition.
    const { output, body } = await bucket.repeat(get, (error) => error instanceof BrokenBody);
    const lengthBytes = wholeLength(output, body);
    if (isRemoved(bucket, output.ETag, lengthBytes)) return null;
    return { ...factsOf(bucket, key, output), lengthBytes, body };
  } catch (error) {
    if (isAbsent(error)) return null;
    // There are no bytes at that place: 416.
    if (statusOf(error) === 416) return withoutBody(await inspectObject(bucket, key));
    throw error instanceof StoreError ? error : failureOf(error, `Reading ${key} from ${bucket.name}`);
  }
}

function rangeOf(fromByte: number, firstBytes: number | undefined): string | undefined {
  if (firstBytes === undefined) return fromByte === 0 ? undefined : `bytes=${fromByte}-`;
  return `bytes=${fromByte}-${fromByte + firstBytes - 1}`;
}

class BrokenBody extends StoreError {
  constructor(cause: unknown) {
    super('retry', 'The body of an object broke off.', { cause });
  }
}

async function bodyOf(output: GetObjectCommandOutput): Promise<Uint8Array> {
  try {
    const body = (await output.Body?.transformToByteArray()) ?? new Uint8Array();
    if (output.ContentLength !== undefined && output.ContentLength !== body.byteLength) {
      throw new Error(`${body.byteLength} bytes came of ${output.ContentLength}.`);
    }
    // Of a part, and of what somebody put there in parts, there is none or that of something else.
    const checksum = output.ContentRange === undefined ? output.ChecksumSHA256 : undefined;
    if (checksum?.length === CHECKSUM_CHARACTERS && checksum !== sha256(body)) throw new Error('The bytes are others.');
    return body;
  } catch (error) {
    throw new BrokenBody(error);
  }
}

/** Of a part, `Content-Range: bytes 0-9/1234` tells how long the whole is. */
function wholeLength(output: GetObjectCommandOutput, body: Uint8Array): number {
  const total = /\/(\d+)$/.exec(output.ContentRange ?? '')?.[1];
  return total === undefined ? body.byteLength : Number(total);
}

function withoutBody(facts: ObjectFacts | null): StoredObject | null {
  return facts === null ? null : { ...facts, body: new Uint8Array() };
}

async function inspectObject(bucket: Bucket, key: string): Promise<ObjectFacts | null> {
  const output = await head(bucket, key);
  if (output === null || isRemoved(bucket, output.ETag, output.ContentLength)) return null;
  return factsOf(bucket, key, output);
}

async function writeObject(
  bucket: Bucket,
  key: string,
  body: Uint8Array,
  { condition, headers }: WriteOptions,
): Promise<WriteResult> {
  const input = {
    ...bucket.at(key),
    ...headerFields(headers),
    Body: body,
    ChecksumSHA256: sha256(body),
  };
  if (condition !== undefined && !bucket.traits.comparesWrites) return putAlone(bucket, key, input, condition);
  switch (condition?.kind) {
    case undefined:
      return put(bucket, input);
    case 'absent':
      return putAbsent(bucket, key, input);
    case 'version':
      return put(bucket, { ...input, IfMatch: condition.version });
    case 'different':
      return putDifferent(bucket, key, input, condition.seal);
  }
}

/** Over nothing, or over what says that there is nothing. */
async function putAbsent(bucket: Bucket, key: string, input: PutObjectCommandInput): Promise<WriteResult> {
  const result = await put(bucket, { ...input, IfNoneMatch: '*' });
  if (result.kind !== 'conflict' || !leavesTombstones(bucket.traits)) return result;
  const there = await head(bucket, key);
  if (there === null || !isRemoved(bucket, there.ETag, there.ContentLength)) return result;
  return put(bucket, { ...input, IfMatch: there.ETag });
}

/** By the only process that writes: what it sees stays until it writes. */
async function putAlone(
  bucket: Bucket,
  key: string,
  input: PutObjectCommandInput,
  condition: NonNullable<WriteOptions['condition']>,
): Promise<WriteResult> {
  const there = await head(bucket, key);
  if (condition.kind === 'absent' && there !== null) return { kind: 'conflict' };
  if (condition.kind === 'version' && there?.ETag !== condition.version) return { kind: 'conflict' };
  if (condition.kind === 'different' && there !== null && isSame(there, input))
    return { kind: 'unchanged', version: known(bucket, key, there.ETag) };
  return put(bucket, input);
}

async function put(bucket: Bucket, input: PutObjectCommandInput): Promise<WriteResult> {
  try {
    const output = await bucket.repeat(
      () => bucket.client.send(new PutObjectCommand(input)),
      (error) => statusOf(error) === 409,
    );
    return { kind: 'written', version: known(bucket, String(input.Key), output.ETag) };
  } catch (error) {
    if (isConditional(input) && isConflict(error)) {
      bucket.observe('conflict');
      return { kind: 'conflict' };
    }
    throw error instanceof StoreError ? error : failureOf(error, `Writing ${input.Key} to ${bucket.name}`);
  }
}

async function putDifferent(
  bucket: Bucket,
  key: string,
  input: PutObjectCommandInput & { readonly ChecksumSHA256: string },
  seal?: string,
): Promise<WriteResult> {
  const write: DifferentWrite = {
    checksum: input.ChecksumSHA256,
    async look() {
      const there = await head(bucket, key);
      return there && { version: known(bucket, key, there.ETag), isSame: isSame(there, input) };
    },
    writeOver: (version) =>
      put(bucket, { ...input, ...(version === null ? { IfNoneMatch: '*' } : { IfMatch: version }) }),
  };
  const result = await writeDifferent(write, seal, ATTEMPTS_MAX);
  if (result !== null) return result;
  throw new StoreError('retry', `${key} in ${bucket.name} kept changing while it was written.`);
}

function isSame(there: HeadObjectCommandOutput, input: PutObjectCommandInput): boolean {
  return hasBytes(there, input) && hasHeaders(there, input);
}

/** By the SHA-256 that S3 keeps; objects that were put there by others may have none, but an ETag that is an MD5. */
function hasBytes(there: HeadObjectCommandOutput, { Body, ChecksumSHA256 }: PutObjectCommandInput): boolean {
  if (!(Body instanceof Uint8Array) || there.ContentLength !== Body.byteLength) return false;
  if (there.ChecksumSHA256 !== undefined) return there.ChecksumSHA256 === ChecksumSHA256;
  return there.ETag === `"${hash('md5', Body)}"`;
}

function sha256(body: Uint8Array): string {
  return hash('sha256', body, 'base64');
}

async function removeObject(bucket: Bucket, key: string, ifVersion?: string): Promise<RemoveResult> {
  if (ifVersion !== undefined && !bucket.traits.comparesRemovals) return removeVersion(bucket, key, ifVersion);
  try {
    await bucket.repeat(
      () => bucket.client.send(new DeleteObjectCommand({ ...bucket.at(key), IfMatch: ifVersion })),
      (error) => statusOf(error) === 409,
    );
    return { kind: 'removed' };
  } catch (error) {
    // What is not there is removed already, perhaps by an attempt of this very call.
    if (isAbsent(error)) return { kind: 'removed' };
    if (statusOf(error) !== 412) throw failureOf(error, `Removing ${key} from ${bucket.name}`);
  }
  if ((await head(bucket, key)) === null) return { kind: 'removed' };
  bucket.observe('conflict');
  return { kind: 'conflict' };
}

/** Where the server would remove whatever is there. */
async function removeVersion(bucket: Bucket, key: string, version: string): Promise<RemoveResult> {
  const there = await inspectObject(bucket, key);
  if (there === null) return { kind: 'removed' };
  if (there.version !== version) return { kind: 'conflict' };
  if (!leavesTombstones(bucket.traits)) return removeObject(bucket, key);
  const put = await writeObject(bucket, key, TOMBSTONE, { condition: { kind: 'version', version } });
  if (put.kind !== 'conflict') return { kind: 'removed' };
  return (await inspectObject(bucket, key)) === null ? { kind: 'removed' } : { kind: 'conflict' };
}

function isConditional(input: PutObjectCommandInput): boolean {
  return input.IfMatch !== undefined || input.IfNoneMatch !== undefined;
}
