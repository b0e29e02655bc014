/** The findings of `feedwright check-store` about a server, each with the cost of its absence. */

import { HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { failureName, statusOf } from '../../../lambda/aws/aws-failure.ts';
import { hasHeaders } from '../../../lambda/aws/s3-bucket.ts';
import { createS3Store } from '../../../lambda/aws/s3-store.ts';
import type { ServerTraits } from '../../../lambda/aws/server-traits.ts';
import {
  allowsSeveral,
  holds,
  RIVALS,
  type ServerTrial,
  traitsOf,
  tryServer,
} from '../../../lambda/aws/server-trial.ts';

export interface StoreFinding {
  readonly what: string;
  readonly holds: boolean;
  /** The cost where the server lacks it. */
  readonly cost: string;
  /** The server's answer where it failed. @default it did not fail */
  readonly answer?: string;
}

export interface StoreReport {
  readonly findings: readonly StoreFinding[];
  /** The conditions that the server compares. */
  readonly traits: ServerTraits;
  /** Whether a build may publish there, which writes alone. */
  readonly allowsOne: boolean;
  /** Whether several may write at once, as the publisher on Lambda does; where `traits` says so, by other means. */
  readonly allowsSeveral: boolean;
}

const ALONE = 'Two publishers at once would undo what the other wrote: only one may write.';
const PASSED_ON = 'Pictures and sounds pass through the publisher, which reads and writes them.';

/** Only this command tries this: the publisher does not depend on it. */
const OF_HEADERS = {
  what: 'keeps types, life times, encodings and metadata',
  cost: 'Documents are written again by each run that looks at them, and readers get what the server makes of them.',
};

/** Servers that keep objects as files have a file or a folder of a name, not both. */
const OF_FOLDERS = {
  what: 'takes a key beside a folder of the same name',
  cost: 'Of a file `a` and a file `a/b`, the one that comes later is refused.',
};

const HEADERS = {
  ContentType: 'application/atom+xml; charset=utf-8',
  CacheControl: 'public, max-age=300',
  ContentEncoding: 'br',
  Metadata: { link: '<https://example.org/>; rel="self"' },
};

const FINDINGS: readonly { readonly fact: keyof ServerTrial; readonly what: string; readonly cost: string }[] = [
  { fact: 'bytes', what: 'gives back the bytes that it was given', cost: 'Nothing can be published there.' },
  { fact: 'names', what: 'lists keys as they are called', cost: 'Files with such names are taken for removed.' },
  {
    fact: 'order',
    what: 'lists in the order of bytes, part by part',
    cost: 'A publisher that keeps its state there would miss what comes in another order.',
  },
  { fact: 'absent', what: 'writes only where nothing is (If-None-Match)', cost: ALONE },
  { fact: 'version', what: 'writes only over the version that was seen (If-Match)', cost: ALONE },
  { fact: 'races', what: `lets one of ${RIVALS} writers at once through`, cost: ALONE },
  {
    fact: 'removals',
    what: 'removes only the version that was seen',
    cost: 'A removed object is overwritten by a tombstone of 20 bytes, which stays.',
  },
  { fact: 'sources', what: 'copies only the version that was seen', cost: PASSED_ON },
  { fact: 'destinations', what: 'copies only over the version that was seen', cost: PASSED_ON },
];

/** @param prefix a folder that holds nothing, with its slash */
export async function probeStore(client: S3Client, bucket: string, prefix: string): Promise<StoreReport> {
  const answers = new Map<keyof ServerTrial, string>();
  const trial = await tryServer(client, bucket, prefix, (fact, failure) => answers.set(fact, answerOf(failure)));
  return {
    findings: [
      ...describeTrial(trial, answers),
      await find(OF_FOLDERS, () => takesFolders(client, bucket, prefix)),
      await find(OF_HEADERS, () => keepsHeaders(client, bucket, `${prefix}headers`)),
    ],
    traits: traitsOf(trial),
    allowsOne: trial.bytes,
    allowsSeveral: allowsSeveral(trial),
  };
}

async function find(words: { readonly what: string; readonly cost: string }, attempt: () => Promise<boolean>) {
  const said: { answer?: string } = {};
  const held = await holds(attempt, (failure) => {
    said.answer = answerOf(failure);
  });
  return { ...words, holds: held, ...said };
}

/** On one line, however the server broke it. */
function answerOf(failure: unknown): string {
  const message = failure instanceof Error ? failure.message : String(failure);
  return `HTTP ${statusOf(failure)} ${failureName(failure)}: ${message.replace(/\s+/g, ' ').trim()}`;
}

/** @param answers what the server said where it failed */
export function describeTrial(
  trial: ServerTrial,
  answers: ReadonlyMap<keyof ServerTrial, string> = new Map(),
): readonly StoreFinding[] {
  return FINDINGS.map(({ fact, what, cost }) => {
    const answer = answers.get(fact);
    return { what, holds: trial[fact], cost, ...(answer === undefined ? {} : { answer }) };
  });
}

async function takesFolders(client: S3Client, bucket: string, prefix: string): Promise<boolean> {
  const store = createS3Store({ client, bucket, prefix });
  const keys = ['same', 'same/inside'];
  try {
    for (const key of keys) await store.write(key, Buffer.from(key));
    for (const key of keys) if (Buffer.from((await store.read(key))?.body ?? '').toString() !== key) return false;
    return true;
  } finally {
    for (const key of keys.reverse()) await store.remove(key);
  }
}

async function keepsHeaders(client: S3Client, Bucket: string, Key: string): Promise<boolean> {
  try {
    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'text', ...HEADERS }));
    return hasHeaders(await client.send(new HeadObjectCommand({ Bucket, Key })), HEADERS);
  } finally {
    await createS3Store({ client, bucket: Bucket }).remove(Key);
  }
}
