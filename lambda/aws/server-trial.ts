/**
 * What a server that speaks S3 keeps of what the publisher relies on, found out by trying it on keys of the trial's own, which
 * are removed at the end. Some 210 calls.
 */

import { CopyObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type Store, StoreError, type WriteOptions } from '../store/store.ts';
import { failureName, statusOf } from './aws-failure.ts';
import { createS3Store } from './s3-store.ts';
import type { ServerTraits } from './server-traits.ts';

/** Whether each holds. */
export interface ServerTrial {
  /** Gives back the bytes that it was given. */
  readonly bytes: boolean;
  /** Lists keys as they are called. */
  readonly names: boolean;
  /** Lists in the order of bytes, part by part. */
  readonly order: boolean;
  /** Writes only where nothing is, when asked to. */
  readonly absent: boolean;
  /** Writes only over the version that was named. */
  readonly version: boolean;
  /** Lets one of `RIVALS` writers at once through. */
  readonly races: boolean;
  /** Removes only the version that was named. */
  readonly removals: boolean;
  /** Copies only the version that was named. */
  readonly sources: boolean;
  /** Copies only over the version that was named. */
  readonly destinations: boolean;
}

export const RIVALS = 16;

/** What people call files, and how the publisher encodes keys of its own. */
const ODD_KEYS = ['a b+c.md', '100%25 a%2Fb.md', 'Ünï/привет/你好.md', "q?x=1&y='(a)[b].md", 'two..dots.md', '~tilde'];
/**
 * In the order of their bytes. Some servers list by folders, and some by the units of UTF-16. None is a folder of another: servers
 * on a file system refuse that, whatever their order.
 */
const ORDERED_KEYS = ['Z', 'a!b', 'a/b', 'a0', 'b', '\uff5e', '😀'];
const PAGE_COUNT = 3;
const RACE_ROUNDS = 5;
const NO_VERSION = '"0123456789abcdef0123456789abcdef"';

type WriteCondition = NonNullable<WriteOptions['condition']>;

export type TellFailure = (fact: keyof ServerTrial, failure: unknown) => void;

/** A place in the bucket that nobody else knows of. */
interface Probe {
  /** Sends all conditions. */
  readonly store: Store;
  readonly client: S3Client;
  /** Is told what the server answered where something does not hold because it failed. */
  readonly tell?: TellFailure | undefined;
  /** Keys that have to be removed at the end. */
  readonly written: Set<string>;
  at(key: string): { readonly Bucket: string; readonly Key: string };
}

/** @param prefix a folder that holds nothing, with its slash */
export async function tryServer(
  client: S3Client,
  bucket: string,
  prefix: string,
  tell?: TellFailure,
): Promise<ServerTrial> {
  const store = createS3Store({ client, bucket, prefix });
  // Not found by a listing, which may name them otherwise, or fail.
  const written = new Set<string>();
  const at = (key: string) => ({ Bucket: bucket, Key: prefix + key });
  try {
    return await tryEverything({ client, store, written, at, tell });
  } finally {
    for (const key of written) await store.remove(key);
  }
}

export function traitsOf(trial: ServerTrial): ServerTraits {
  return {
    comparesWrites: trial.absent && trial.version && trial.races,
    comparesRemovals: trial.removals,
    comparesCopies: trial.sources && trial.destinations,
  };
}

/** Whether several may write at once, as the publisher on Lambda does; where a condition lacks, by other means. */
export function allowsSeveral(trial: ServerTrial): boolean {
  return trial.bytes && trial.names && trial.order && traitsOf(trial).comparesWrites;
}

async function tryEverything(probe: Probe): Promise<ServerTrial> {
  const check = (fact: keyof ServerTrial, attempt: () => Promise<boolean>) =>
    holds(attempt, (failure) => probe.tell?.(fact, failure));
  const bytes = await check('bytes', () => keepBytes(probe));
  const names = await check('names', () => nameKeys(probe));
  const order = await check('order', () => orderKeys(probe));
  const absent = await check('absent', () => refusesWrite(probe, 'absent', { kind: 'absent' }));
  const version = await check('version', () =>
    refusesWrite(probe, 'version', { kind: 'version', version: NO_VERSION }),
  );
  const races = absent && version && (await check('races', () => raceOnce(probe)));
  const removals = await check('removals', () => refusesRemoval(probe));
  const sources = await check('sources', () => refusesCopy(probe, 'source', { CopySourceIfMatch: NO_VERSION }));
  const destinations = await check('destinations', () => refusesCopy(probe, 'destination', { IfNoneMatch: '*' }));
  return { bytes, names, order, absent, version, races, removals, sources, destinations };
}

/**
 * A server that knows nothing of what it is asked may say so, or fail: then that does not hold. No answer, no right and no
 * bucket are another matter.
 *
 * @param tell is given what the server answered, where it failed
 */
export async function holds(attempt: () => Promise<boolean>, tell?: (failure: unknown) => void): Promise<boolean> {
  try {
    return await attempt();
  } catch (error) {
    const failure = error instanceof StoreError ? error.cause : error;
    const status = statusOf(failure);
    if (status === null || status === 401 || status === 403 || failureName(failure) === 'NoSuchBucket') throw error;
    tell?.(failure);
    return false;
  }
}

/** @returns the new version; null where the condition did not hold */
async function put({ store, written }: Probe, key: string, text: string, condition?: WriteCondition) {
  written.add(key);
  const result = await store.write(key, Buffer.from(text), condition === undefined ? {} : { condition });
  return result.kind === 'conflict' ? null : result.version;
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

async function nameKeys(probe: Probe): Promise<boolean> {
  const found = await listParts(probe, 'odd/', ODD_KEYS);
  for (const key of ODD_KEYS) if ((await textAt(probe, `odd/${key}`)) !== key) return false;
  return found.length === ODD_KEYS.length && ODD_KEYS.every((key) => found.includes(key));
}

async function orderKeys(probe: Probe): Promise<boolean> {
  const found = await listParts(probe, 'o/', ORDERED_KEYS, PAGE_COUNT);
  return found.join('\n') === ORDERED_KEYS.join('\n');
}

/** Writes the keys, and lists them; one part more than they need at most. */
async function listParts(probe: Probe, prefix: string, keys: readonly string[], limitCount = 1_000) {
  for (const key of keys) await put(probe, prefix + key, key);
  const found: string[] = [];
  let after: string | null = '';
  while (after !== null && found.length <= keys.length) {
    const listing = await probe.store.list({ prefix, after, limitCount });
    found.push(...listing.objects.map(({ key }) => key.slice(prefix.length)));
    after = listing.next;
  }
  return found;
}

/** The object is what it was, besides: some refuse and write all the same. */
async function refusesWrite(probe: Probe, key: string, condition: WriteCondition): Promise<boolean> {
  const version = (await put(probe, key, 'first')) ?? '';
  if ((await put(probe, key, 'second', condition)) !== null || (await textAt(probe, key)) !== 'first') return false;
  // The right version is let through.
  await put(probe, key, 'third', { kind: 'version', version });
  return (await textAt(probe, key)) === 'third';
}

/** First writes, and swaps of one version. */
async function raceOnce(probe: Probe): Promise<boolean> {
  for (let round = 0; round < RACE_ROUNDS; round += 1) {
    const key = `race/${round}`;
    const [version, ...others] = await race(probe, key, { kind: 'absent' });
    if (version === undefined || others.length > 0) return false;
    if ((await race(probe, key, { kind: 'version', version })).length !== 1) return false;
  }
  return true;
}

/** @returns the versions of those that were let through */
async function race(probe: Probe, key: string, condition: WriteCondition): Promise<readonly string[]> {
  const rivals = Array.from({ length: RIVALS }, (_, rival) => put(probe, key, condition.kind + rival, condition));
  return (await Promise.all(rivals)).filter((version) => version !== null);
}

async function refusesRemoval(probe: Probe): Promise<boolean> {
  await put(probe, 'removal', 'first');
  const { kind } = await probe.store.remove('removal', { ifVersion: NO_VERSION });
  return kind === 'conflict' && (await textAt(probe, 'removal')) === 'first';
}

async function refusesCopy(probe: Probe, key: string, condition: object): Promise<boolean> {
  await put(probe, 'copied', 'copied');
  await put(probe, key, 'first');
  const { Bucket, Key } = probe.at('copied');
  const copy = new CopyObjectCommand({ ...probe.at(key), CopySource: encodeURI(`${Bucket}/${Key}`), ...condition });
  try {
    await probe.client.send(copy);
    return false;
  } catch (error) {
    if (statusOf(error) !== 412) throw error;
  }
  return (await textAt(probe, key)) === 'first';
}
