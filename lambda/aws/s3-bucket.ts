/**
 * A bucket of S3 as the operations on it use it (`s3-store.ts`, `s3-copy.ts`), and what they share: looks, conditions,
 * listings, header fields.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import {
  type GetObjectCommandOutput,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  type ListObjectsV2CommandOutput,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { decodePercent } from '../address/percent-encoding.ts';
import { assertKey, listingLimit } from '../store/keys.ts';
import {
  type FolderListing,
  type Listing,
  type ListOptions,
  type ObjectFacts,
  type ObjectHeaders,
  StoreError,
} from '../store/store.ts';
import { failureName, failureOf, statusOf } from './aws-failure.ts';
import { AMAZON_S3, isTombstone, leavesTombstones, type ServerTraits } from './server-traits.ts';

export interface S3StoreOptions {
  readonly client: S3Client;
  readonly bucket: string;
  /** What stands before every key in the bucket; default nothing. */
  readonly prefix?: string;
  /** 0 to 1, for the waits between attempts; default `Math.random`. */
  readonly random?: () => number;
  /** Handed in so that tests don't wait. */
  readonly wait?: (delayMs: number) => Promise<void>;
  /** What the server compares. @default everything */
  readonly traits?: ServerTraits;
  /** Told of each attempt that is repeated and of each condition that did not hold, for the metrics. */
  readonly observe?: (event: 'retry' | 'conflict') => void;
}

/** Attempts of a call that answers 409, and of a body that breaks off; the SDK repeats the rest by itself. */
export const ATTEMPTS_MAX = 6;
const RETRY_DELAY_MS = 50;
const RETRY_DELAY_MS_MAX = 2_000;

/** As many as one call tells; reading them takes as long as some twenty looks. */
const FOLDER_COUNT_MAX = 1_000;
/** Folders that are remembered for having more. */
const CROWDED_COUNT_MAX = 1_000;

/** A bucket as the operations use it: names in, failures as `StoreError`s, bounded repetition. */
export interface Bucket {
  readonly client: S3Client;
  readonly name: string;
  readonly prefix: string;
  readonly traits: ServerTraits;
  readonly observe: (event: 'retry' | 'conflict') => void;
  /** Where a key is: the `Bucket` and `Key` of every call. */
  at(key: string): { readonly Bucket: string; readonly Key: string };
  /** Does the call again, later each time, as long as `again` says so of its failure. */
  repeat<Result>(call: () => Promise<Result>, again: (error: unknown) => boolean): Promise<Result>;
}

export function openBucket(options: S3StoreOptions): Bucket {
  const { client, bucket: name, prefix = '', random = Math.random, wait = sleep, observe = () => {} } = options;
  const { traits = AMAZON_S3 } = options;
  return {
    client,
    name,
    prefix,
    traits,
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

export async function head(bucket: Bucket, key: string): Promise<HeadObjectCommandOutput | null> {
  try {
    return await bucket.client.send(new HeadObjectCommand({ ...bucket.at(key), ChecksumMode: 'ENABLED' }));
  } catch (error) {
    if (isAbsent(error)) return null;
    throw failureOf(error, `Looking at ${key} in ${bucket.name}`);
  }
}

/** Whether what is there only says that nothing is. */
export function isRemoved(bucket: Bucket, etag: string | undefined, lengthBytes: number | undefined): boolean {
  return leavesTombstones(bucket.traits) && isTombstone(etag, lengthBytes);
}

export function factsOf(
  bucket: Bucket,
  key: string,
  output: HeadObjectCommandOutput | GetObjectCommandOutput,
): ObjectFacts {
  return {
    key,
    version: known(bucket, key, output.ETag),
    lengthBytes: output.ContentLength ?? 0,
    modifiedAt: known(bucket, key, output.LastModified).getTime(),
  };
}

export function known<Value>(bucket: Bucket, key: string, value: Value | undefined): Value {
  if (value === undefined)
    throw new StoreError('fatal', `${bucket.name} answered for ${key} without its ETag or date.`);
  return value;
}

/** Not asked for is as good as S3's default for it. */
export function hasHeaders(there: HeadObjectCommandOutput, input: HeaderFields): boolean {
  const type = (value: string | undefined) => plainType(value ?? 'application/octet-stream');
  return (
    type(there.ContentType) === type(input.ContentType) &&
    (there.CacheControl ?? '') === (input.CacheControl ?? '') &&
    (there.ContentEncoding ?? '') === (input.ContentEncoding ?? '') &&
    sortedPairs(there.Metadata) === sortedPairs(input.Metadata)
  );
}

/** RFC 9110, 8.3.1: case and the blanks around semicolons mean nothing, but in a quoted value, which is left alone. */
function plainType(type: string): string {
  return type.includes('"') ? type : type.toLowerCase().replace(/\s*;\s*/g, ';');
}

function sortedPairs(metadata: Readonly<Record<string, string>> | undefined): string {
  return JSON.stringify(Object.entries(metadata ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export type HeaderFields = Pick<PutObjectCommandInput, 'ContentType' | 'CacheControl' | 'ContentEncoding' | 'Metadata'>;

export function headerFields(headers: ObjectHeaders | undefined): HeaderFields {
  return {
    ContentType: headers?.contentType,
    CacheControl: headers?.cacheControl,
    ContentEncoding: headers?.contentEncoding,
    Metadata: headers?.metadata === undefined ? undefined : { ...headers.metadata },
  };
}

export function isAbsent(error: unknown): boolean {
  return statusOf(error) === 404 && failureName(error) !== 'NoSuchBucket';
}

/** 412: another version is there. 404 on a write: nothing is there, though a version was asked for. */
export function isConflict(error: unknown): boolean {
  return statusOf(error) === 412 || isAbsent(error);
}

export async function listObjects(bucket: Bucket, options: ListOptions): Promise<Listing> {
  const limit = listingLimit(options);
  const after = options.after ?? '';
  try {
    const output = await ask(bucket, options.prefix, {
      StartAfter: after === '' ? undefined : bucket.prefix + after,
      MaxKeys: limit,
    });
    const objects = objectsIn(bucket, options.prefix, output);
    return {
      objects: objects.filter((object) => isThere(bucket, object)),
      next: output.IsTruncated === true ? (objects.at(-1)?.key ?? null) : null,
    };
  } catch (error) {
    throw error instanceof StoreError ? error : failureOf(error, `Listing ${options.prefix}* in ${bucket.name}`);
  }
}

/**
 * What lies in a folder itself, for who has several names to look for there. Which folders hold more than one call tells is
 * remembered by the store, so that this is found out once.
 */
export function createFolderListings(bucket: Bucket): (folder: string) => Promise<FolderListing | null> {
  const crowded = new Set<string>();
  return async (folder) => {
    if (crowded.has(folder)) return null;
    try {
      const output = await ask(bucket, folder, { Delimiter: '/', MaxKeys: FOLDER_COUNT_MAX });
      if (output.IsTruncated === true) {
        if (crowded.size < CROWDED_COUNT_MAX) crowded.add(folder);
        return null;
      }
      const objects = objectsIn(bucket, folder, output).filter((object) => isThere(bucket, object));
      const folders = (output.CommonPrefixes ?? []).map(({ Prefix }) => keyOf(bucket, folder, Prefix, output));
      return { objects: new Map(objects.map((object) => [object.key, object])), folders: new Set(folders) };
    } catch (error) {
      throw error instanceof StoreError ? error : failureOf(error, `Listing ${folder}* in ${bucket.name}`);
    }
  };
}

function ask(
  bucket: Bucket,
  prefix: string,
  more: Partial<ListObjectsV2CommandInput>,
): Promise<ListObjectsV2CommandOutput> {
  // XML can't hold every character that a key may have.
  const asked = { Bucket: bucket.name, Prefix: bucket.prefix + prefix, EncodingType: 'url', ...more } as const;
  return bucket.client.send(new ListObjectsV2Command(asked));
}

function objectsIn(bucket: Bucket, prefix: string, output: ListObjectsV2CommandOutput): readonly ObjectFacts[] {
  return (output.Contents ?? []).map((item) =>
    factsOf(bucket, keyOf(bucket, prefix, item.Key, output), {
      ETag: item.ETag,
      ContentLength: item.Size,
      LastModified: item.LastModified,
      $metadata: {},
    }),
  );
}

function isThere(bucket: Bucket, { version, lengthBytes }: ObjectFacts): boolean {
  return !isRemoved(bucket, version, lengthBytes);
}

/** Some servers ignore what was asked. The answer says whether its keys are encoded (API_ListObjectsV2). */
function keyOf(
  bucket: Bucket,
  prefix: string,
  listed: string | undefined,
  { EncodingType }: ListObjectsV2CommandOutput,
): string {
  const key = known(bucket, prefix, listed);
  return (EncodingType === 'url' ? decodeListed(key, bucket) : key).slice(bucket.prefix.length);
}

/** Listings encode keys as forms do: a space is `+`, and a plus is `%2B`. */
function decodeListed(key: string, { name }: Bucket): string {
  const decoded = decodePercent(key.replaceAll('+', ' '));
  if (decoded !== null) return decoded;
  // To go on with another key would be worse: what is not found counts as removed.
  throw new StoreError('fatal', `The listing of ${name} says that its keys are encoded, and this one is not: ${key}`);
}
