/**
 * The store port on Amazon S3. Versions are ETags; a condition becomes `If-Match` or `If-None-Match`, so that S3 itself
 * is the compare-and-swap.
 *
 * - 409 (two conditional writes at the same moment) is tried again here, which the SDK doesn't do; 412 and 404 mean
 *   that the condition did not hold, and are the value `conflict`. So is a write that landed while its answer was lost.
 * - A missing key reads as 404 only with the permission to list the bucket. 403 is therefore never taken for absence.
 * - Every object carries its SHA-256, which S3 checks on arrival and returns on request: that is how `different` knows
 *   that the bytes are there already, and a read that the bytes are those that were written.
 */

import { hash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { failureName, failureOf, statusOf } from './aws-failure.ts';
import { assertKey, listingLimit } from './keys.ts';
import {
  type Listing,
  type ListOptions,
  type ObjectFacts,
  type ObjectHeaders,
  type ReadOptions,
  type RemoveResult,
  type Store,
  type StoredObject,
  StoreError,
  type WriteOptions,
  type WriteResult,
} from './store.ts';

export interface S3StoreOptions {
  readonly client: S3Client;
  readonly bucket: string;
  /** What stands before every key in the bucket; default nothing. */
  readonly prefix?: string;
  /** 0 to 1, for the waits between attempts; default `Math.random`. */
  readonly random?: () => number;
  /** Handed in so that tests don't wait. */
  readonly wait?: (delayMs: number) => Promise<void>;
  /** Told of each attempt that is repeated and of each condition that did not hold, for the metrics. */
  readonly observe?: (event: 'retry' | 'conflict') => void;
}

/** Attempts of a call that answers 409, and of a body that breaks off; the SDK repeats the rest by itself. */
const ATTEMPTS_MAX = 6;
const RETRY_DELAY_MS = 50;
const RETRY_DELAY_MS_MAX = 2_000;
/** Of a SHA-256 of the whole object, in base64. */
const CHECKSUM_CHARACTERS = 44;

export function createS3Store(options: S3StoreOptions): Store {
  const bucket = openBucket(options);
  return {
    read: (key, readOptions) => readObject(bucket, key, readOptions),
    inspect: (key) => inspectObject(bucket, key),
    write: (key, body, writeOptions) => writeObject(bucket, key, body, writeOptions ?? {}),
    remove: (key, removeOptions) => removeObject(bucket, key, removeOptions?.ifVersion),
    list: (listOptions) => listObjects(bucket, listOptions),
  };
}

/** A bucket as the operations below use it: names in, failures as `StoreError`s, bounded repetition. */
interface Bucket {
  readonly client: S3Client;
  readonly name: string;
  readonly prefix: string;
  readonly observe: (event: 'retry' | 'conflict') => void;
  /** Where a key is: the `Bucket` and `Key` of every call. */
  at(key: string): { readonly Bucket: string; readonly Key: string };
  /** Does the call again, later each time, as long as `again` says so of its failure. */
  repeat<Result>(call: () => Promise<Result>, again: (error: unknown) => boolean): Promise<Result>;
}

function openBucket(options: S3StoreOptions): Bucket {
  const { client, bucket: name, prefix = '', random = Math.random, wait = sleep, observe = () => {} } = options;
  return {
    client,
    name,
    prefix,
    observe,
    at: (key) => {
      assertKey(key);
      assertKey(prefix + key);
      return { Bucket: name, Key: prefix + key };
    },
    async repeat(call, again) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await call();
        } catch (error) {
          if (attempt === ATTEMPTS_MAX || !again(error)) throw error;
          observe('retry');
          await wait(random() * Math.min(RETRY_DELAY_MS_MAX, RETRY_DELAY_MS * 2 ** attempt));
        }
      }
    },
  };
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
    return { ...factsOf(bucket, key, output), lengthBytes: wholeLength(output, body), body };
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
  return output === null ? null : factsOf(bucket, key, output);
}

async function head(bucket: Bucket, key: string): Promise<HeadObjectCommandOutput | null> {
  try {
    return await bucket.client.send(new HeadObjectCommand({ ...bucket.at(key), ChecksumMode: 'ENABLED' }));
  } catch (error) {
    if (isAbsent(error)) return null;
    throw failureOf(error, `Looking at ${key} in ${bucket.name}`);
  }
}

function factsOf(bucket: Bucket, key: string, output: HeadObjectCommandOutput | GetObjectCommandOutput): ObjectFacts {
  return {
    key,
    version: known(bucket, key, output.ETag),
    lengthBytes: output.ContentLength ?? 0,
    modifiedAt: known(bucket, key, output.LastModified).getTime(),
  };
}

function known<Value>(bucket: Bucket, key: string, value: Value | undefined): Value {
  if (value === undefined)
    throw new StoreError('fatal', `${bucket.name} answered for ${key} without its ETag or date.`);
  return value;
}

async function writeObject(
  bucket: Bucket,
  key: string,
  body: Uint8Array,
  { condition, headers }: WriteOptions,
): Promise<WriteResult> {
  const input: PutObjectCommandInput = {
    ...bucket.at(key),
    ...headerFields(headers),
    Body: body,
    ChecksumSHA256: sha256(body),
  };
  switch (condition?.kind) {
    case undefined:
      return put(bucket, input);
    case 'absent':
      return put(bucket, { ...input, IfNoneMatch: '*' });
    case 'version':
      return put(bucket, { ...input, IfMatch: condition.version });
    case 'different':
      return putDifferent(bucket, key, input);
  }
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

/**
 * Looks first, and writes only over what was seen to differ. On conflict somebody else wrote, or an earlier attempt of
 * this write landed without an answer: the next look tells.
 */
async function putDifferent(bucket: Bucket, key: string, input: PutObjectCommandInput): Promise<WriteResult> {
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const there = await head(bucket, key);
    if (there !== null && isSame(there, input)) {
      return { kind: attempt === 1 ? 'unchanged' : 'written', version: known(bucket, key, there.ETag) };
    }
    const result = await put(bucket, {
      ...input,
      ...(there === null ? { IfNoneMatch: '*' } : { IfMatch: there.ETag }),
    });
    if (result.kind !== 'conflict') return result;
  }
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

/** Not asked for is as good as S3's default for it. */
function hasHeaders(there: HeadObjectCommandOutput, input: PutObjectCommandInput): boolean {
  const type = (value: string | undefined) => value ?? 'application/octet-stream';
  return (
    type(there.ContentType) === type(input.ContentType) &&
    (there.CacheControl ?? '') === (input.CacheControl ?? '') &&
    (there.ContentEncoding ?? '') === (input.ContentEncoding ?? '') &&
    sortedPairs(there.Metadata) === sortedPairs(input.Metadata)
  );
}

function sortedPairs(metadata: Readonly<Record<string, string>> | undefined): string {
  return JSON.stringify(Object.entries(metadata ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function headerFields(headers: ObjectHeaders | undefined): Partial<PutObjectCommandInput> {
  return {
    ContentType: headers?.contentType,
    CacheControl: headers?.cacheControl,
    ContentEncoding: headers?.contentEncoding,
    Metadata: headers?.metadata === undefined ? undefined : { ...headers.metadata },
  };
}

function sha256(body: Uint8Array): string {
  return hash('sha256', body, 'base64');
}

async function removeObject(bucket: Bucket, key: string, ifVersion?: string): Promise<RemoveResult> {
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

async function listObjects(bucket: Bucket, options: ListOptions): Promise<Listing> {
  const limit = listingLimit(options);
  const after = options.after ?? '';
  try {
    const output = await bucket.client.send(
      new ListObjectsV2Command({
        Bucket: bucket.name,
        Prefix: bucket.prefix + options.prefix,
        StartAfter: after === '' ? undefined : bucket.prefix + after,
        MaxKeys: limit,
        // XML can't hold every character that a key may have.
        EncodingType: 'url',
      }),
    );
    const objects = (output.Contents ?? []).map((item): ObjectFacts => {
      const key = decodeListed(known(bucket, options.prefix, item.Key)).slice(bucket.prefix.length);
      return factsOf(bucket, key, {
        ETag: item.ETag,
        ContentLength: item.Size,
        LastModified: item.LastModified,
        $metadata: {},
      });
    });
    return { objects, next: output.IsTruncated === true ? (objects.at(-1)?.key ?? null) : null };
  } catch (error) {
    throw error instanceof StoreError ? error : failureOf(error, `Listing ${options.prefix}* in ${bucket.name}`);
  }
}

/** Listings encode keys as forms do: a space is `+`, and a plus is `%2B`. */
function decodeListed(key: string): string {
  return decodeURIComponent(key.replaceAll('+', ' '));
}

function isAbsent(error: unknown): boolean {
  return statusOf(error) === 404 && failureName(error) !== 'NoSuchBucket';
}

function isConditional(input: PutObjectCommandInput): boolean {
  return input.IfMatch !== undefined || input.IfNoneMatch !== undefined;
}

/** 412: another version is there. 404 on a write: nothing is there, though a version was asked for. */
function isConflict(error: unknown): boolean {
  return statusOf(error) === 412 || isAbsent(error);
}

function sleep(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}
