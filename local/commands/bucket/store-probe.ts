/**
 * What a server that speaks S3 keeps of what the publisher relies on, found out by trying it on keys of the probe's own. They
 * are removed at the end. Each finding says what follows where it does not hold.
 */

import { hash } from 'node:crypto';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { failureName, statusOf } from '../../../lambda/aws/aws-failure.ts';
import { hasHeaders } from '../../../lambda/aws/s3-bucket.ts';
import { createS3Store } from '../../../lambda/aws/s3-store.ts';
import { ONE_WRITER, type ServerTraits } from '../../../lambda/aws/server-traits.ts';
import { listAll, type Store, StoreError } from '../../../lambda/store/store.ts';

export interface StoreFinding {
  readonly what: string;
  readonly holds: boolean;
  /** What follows where it does not hold. */
  readonly cost: string;
}

export interface StoreReport {
  readonly findings: readonly StoreFinding[];
  /** What the server compares. */
  readonly traits: ServerTraits;
  /** Whether a build may publish there, which writes alone. */
  readonly allowsOne: boolean;
  /** Whether several may write at once, as the publisher on Lambda does; where `traits` says so, by other means. */
  readonly allowsSeveral: boolean;
}

/** What people call files, and how the publisher encodes keys of its own. */
const ODD_KEYS = ['a b+c.md', '100%25 a%2Fb.md', 'Ünï/привет/你好.md', "q?x=1&y='(a)[b].md", 'two..dots.md', '~tilde'];
/** In the order of their bytes. Some servers list by folders, and some by the units of UTF-16. */
const ORDERED_KEYS = ['Z', 'a', 'a!b', 'a/b', 'b', '\uff5e', '😀'];
const PAGE_COUNT = 3;
const RIVALS = 16;
const RACE_ROUNDS = 5;

const HEADERS = {
  ContentType: 'application/atom+xml; charset=utf-8',
  CacheControl: 'public, max-age=300',
  ContentEncoding: 'br',
  Metadata: { link: '<https://example.org/>; rel="self"' },
};

/** A place in the bucket that nobody else knows of. */
interface Probe {
  readonly client: S3Client;
  readonly store: Store;
  /** Keys that have to be removed at the end. */
  readonly written: Set<string>;
  at(key: string): { readonly Bucket: string; readonly Key: string };
}

/** @param prefix a folder that holds nothing, with its slash */
export async function probeStore(client: S3Client, bucket: string, prefix: string): Promise<StoreReport> {
  const store = createS3Store({ client, bucket, prefix, traits: ONE_WRITER });
  // Not found by a listing, which may name them otherwise, or fail.
  const written = new Set<string>();
  const at = (key: string) => ({ Bucket: bucket, Key: prefix + key });
  try {
    return await tryEverything({ client, store, written, at });
  } finally {
    for (const key of written) await store.remove(key);
  }
}

async function tryEverything(probe: Probe): Promise<StoreReport> {
  const keepsBytes = await holds(() => keepBytes(probe));
  const keepsHeaders = await holds(() => keepHeaders(probe));
  const namesKeys = await holds(() => nameKeys(probe));
  const orders = await holds(() => orderKeys(probe));
  const absent = await holds(() => refusesWrite(probe, 'absent', { IfNoneMatch: '*' }));
  const version = await holds(() => refusesWrite(probe, 'version', { IfMatch: '"0123456789abcdef0123456789abcdef"' }));
  const races = absent && version && (await holds(() => raceOnce(probe)));
  const removal = await holds(() => refusesRemoval(probe));
  const source = await holds(() => refusesCopy(probe, 'source', { CopySourceIfMatch: '"0123456789abcdef"' }));
  const destination = await holds(() => refusesCopy(probe, 'destination', { IfNoneMatch: '*' }));
  const traits = {
    comparesWrites: absent && version && races,
    comparesRemovals: removal,
    comparesCopies: source && destination,
  };
  const alone = 'Two publishers at once would undo what the other wrote: only one may write.';
  return {
    findings: [
      { what: 'gives back the bytes that it was given', holds: keepsBytes, cost: 'Nothing can be published there.' },
      {
        what: 'keeps types, life times, encodings and metadata',
        holds: keepsHeaders,
        cost: 'Documents are written again by each run that looks at them, and readers get what the server makes of them.',
      },
      { what: 'lists keys as they are called', holds: namesKeys, cost: 'Files with such names are taken for removed.' },
      {
        what: 'lists in the order of bytes, part by part',
        holds: orders,
        cost: 'A publisher that keeps its state there would miss what comes in another order.',
      },
      { what: 'writes only where nothing is (If-None-Match)', holds: absent, cost: alone },
      { what: 'writes only over the version that was seen (If-Match)', holds: version, cost: alone },
      { what: `lets one of ${RIVALS} writers at once through`, holds: races, cost: alone },
      {
        what: 'removes only the version that was seen',
        holds: removal,
        cost: 'What is removed is overwritten by a tombstone of 20 bytes, which stays.',
      },
      {
        what: 'copies only the version that was seen',
        holds: source,
        cost: 'Pictures and sounds pass through the publisher, which reads and writes them.',
      },
      {
        what: 'copies only over the version that was seen',
        holds: destination,
        cost: 'Pictures and sounds pass through the publisher, which reads and writes them.',
      },
    ],
    traits,
    allowsOne: keepsBytes,
    allowsSeveral: keepsBytes && namesKeys && orders && traits.comparesWrites,
  };
}

/**
 * A server that knows nothing of what it is asked may say so, or fail: then that does not hold. No answer, no right and no
 * bucket are another matter.
 */
async function holds(attempt: () => Promise<boolean>): Promise<boolean> {
  try {
    return await attempt();
  } catch (error) {
    const failure = error instanceof StoreError ? error.cause : error;
    const status = statusOf(failure);
    if (status === null || status === 401 || status === 403 || failureName(failure) === 'NoSuchBucket') throw error;
    return false;
  }
}

async function isRefused(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return false;
  } catch (error) {
    if (statusOf(error) === 412) return true;
    throw error;
  }
}

async function put({ client, written, at }: Probe, key: string, text: string, fields: object = {}): Promise<string> {
  written.add(key);
  const Body = Buffer.from(text);
  const { ETag } = await client.send(
    new PutObjectCommand({ ...at(key), Body, ChecksumSHA256: hash('sha256', Body, 'base64'), ...fields }),
  );
  return ETag ?? '';
}

async function textAt({ store }: Probe, key: string): Promise<string | null> {
  const object = await store.read(key);
  return object === null ? null : Buffer.from(object.body).toString();
}

async function keepBytes(probe: Probe): Promise<boolean> {
  await put(probe, 'bytes', 'one');
  await put(probe, 'bytes', 'second');
  const part = await probe.store.read('bytes', { fromByte: 1, firstBytes: 3 });
  return (
    (await textAt(probe, 'bytes')) === 'second' &&
    Buffer.from(part?.body ?? '').toString() === 'eco' &&
    (await textAt(probe, 'nothing')) === null
  );
}

async function keepHeaders(probe: Probe): Promise<boolean> {
  await put(probe, 'headers', 'text', HEADERS);
  return hasHeaders(await probe.client.send(new HeadObjectCommand(probe.at('headers'))), HEADERS);
}

async function nameKeys(probe: Probe): Promise<boolean> {
  for (const key of ODD_KEYS) await put(probe, `odd/${key}`, key);
  const found: string[] = [];
  for await (const { key } of listAll(probe.store, 'odd/')) found.push(key.slice('odd/'.length));
  const isNamed = found.length === ODD_KEYS.length && ODD_KEYS.every((key) => found.includes(key));
  for (const key of ODD_KEYS) if ((await textAt(probe, `odd/${key}`)) !== key) return false;
  return isNamed;
}

async function orderKeys(probe: Probe): Promise<boolean> {
  for (const key of ORDERED_KEYS) await put(probe, `o/${key}`, key);
  const found: string[] = [];
  let after: string | null = '';
  while (after !== null && found.length <= ORDERED_KEYS.length) {
    const listing = await probe.store.list({ prefix: 'o/', after, limitCount: PAGE_COUNT });
    found.push(...listing.objects.map(({ key }) => key.slice('o/'.length)));
    after = listing.next;
  }
  return found.join('\n') === ORDERED_KEYS.join('\n');
}

/** The object is what it was, besides: some refuse and write all the same. */
async function refusesWrite(probe: Probe, key: string, condition: object): Promise<boolean> {
  const version = await put(probe, key, 'first');
  if (!(await isRefused(() => put(probe, key, 'second', condition)))) return false;
  if ((await textAt(probe, key)) !== 'first') return false;
  // The right version is let through.
  await put(probe, key, 'third', { IfMatch: version });
  return (await textAt(probe, key)) === 'third';
}

/** First writes, and swaps of one version. */
async function raceOnce(probe: Probe): Promise<boolean> {
  for (let round = 0; round < RACE_ROUNDS; round += 1) {
    const key = `race/${round}`;
    if ((await countWinners(probe, key, { IfNoneMatch: '*' })) !== 1) return false;
    const facts = await probe.store.inspect(key);
    if ((await countWinners(probe, key, { IfMatch: facts?.version })) !== 1) return false;
  }
  return true;
}

async function countWinners(probe: Probe, key: string, condition: object): Promise<number> {
  const attempts = Array.from({ length: RIVALS }, (_, rival) =>
    put(probe, key, `${JSON.stringify(condition)} ${rival}`, condition).then(
      () => 1,
      (error: unknown) => {
        // 409: another is just writing; who is told so tries again.
        if (statusOf(error) === 412 || statusOf(error) === 409) return 0;
        throw error;
      },
    ),
  );
  return (await Promise.all(attempts)).reduce((sum: number, each) => sum + each, 0);
}

async function refusesRemoval(probe: Probe): Promise<boolean> {
  await put(probe, 'removal', 'first');
  const IfMatch = '"0123456789abcdef0123456789abcdef"';
  const remove = () => probe.client.send(new DeleteObjectCommand({ ...probe.at('removal'), IfMatch }));
  return (await isRefused(remove)) && (await textAt(probe, 'removal')) === 'first';
}

async function refusesCopy(probe: Probe, key: string, condition: object): Promise<boolean> {
  await put(probe, 'copied', 'copied');
  await put(probe, key, 'first');
  const { Bucket, Key } = probe.at('copied');
  const copy = () =>
    probe.client.send(
      new CopyObjectCommand({ ...probe.at(key), CopySource: encodeURI(`${Bucket}/${Key}`), ...condition }),
    );
  return (await isRefused(copy)) && (await textAt(probe, key)) === 'first';
}
