/**
 * A deployed stack as the operator's commands reach it. Its region, buckets and queues are named by the environment, as
 * the Lambda's are, or by the file that `npm run deploy` writes, where a stack is named or the environment names no
 * bucket. Any endpoint will do (AWS_ENDPOINT_URL).
 */

import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type Environment, EnvironmentError, readEnvironment } from '../../../lambda/aws/environment.ts';
import { createS3Clients } from '../../../lambda/aws/s3-client.ts';
import { createS3Store } from '../../../lambda/aws/s3-store.ts';
import { endpointOf, readServerNote, type ServerNote } from '../../../lambda/aws/server-note.ts';
import { AMAZON_S3 } from '../../../lambda/aws/server-traits.ts';
import { createSqsCalls } from '../../../lambda/aws/sqs-client.ts';
import { createSqsQueue } from '../../../lambda/aws/sqs-queue.ts';
import type { WorkQueue } from '../../../lambda/store/queue.ts';
import type { Store } from '../../../lambda/store/store.ts';
import { createVariantStore } from '../../../lambda/store/variant-store.ts';
import { readStackOutputs } from '../../cli/stack-outputs.ts';
import { UsageError } from '../../cli/usage.ts';
import { listRemoved, undeleteObject } from './content-versions.ts';
import type { Invalidation } from './invalidation.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

export interface Deployment {
  readonly environment: Environment;
  readonly content: Store;
  readonly state: Store;
  readonly public: Store;
  /** The same bucket as it is: compressed copies are objects like any other. */
  readonly publicObjects: Store;
  /** The trial of the buckets' server; null for Amazon's, and for a server that was not tried yet. */
  readServer(): Promise<ServerNote | null>;
  readonly queue: WorkQueue;
  readonly sqs: SQSClient;
  /** The CDN, to make it forget; null where there is none. */
  readonly cdn: Invalidation | null;
  /** Brings back a file that was removed from the content bucket; says whether it is there now. */
  bringBack(key: string): Promise<boolean>;
  /** Files that were removed from the content bucket since then, in milliseconds since the epoch, and are gone. */
  listRemoved(since: number, prefix: string): Promise<readonly string[]>;
  close(): void;
}

/** Written by `npm run deploy` into the current folder. */
export const OUTPUTS_FILE = 'feedwright-outputs.json';

/** Outputs of the stack, and the variables of the environment that say the same. */
const VARIABLES = {
  ContentBucketName: 'FEEDWRIGHT_CONTENT_BUCKET',
  StateBucketName: 'FEEDWRIGHT_STATE_BUCKET',
  SiteBucketName: 'FEEDWRIGHT_SITE_BUCKET',
  SitePrefix: 'FEEDWRIGHT_SITE_PREFIX',
  ArticleQueueUrl: 'FEEDWRIGHT_ARTICLE_QUEUE_URL',
  FeedQueueUrl: 'FEEDWRIGHT_FEED_QUEUE_URL',
  DistributionId: 'FEEDWRIGHT_DISTRIBUTION_ID',
  Region: 'AWS_REGION',
} as const;

/** Opens the stack of this name, or, for null, the only one that `folder`, the current one unless given, knows of. */
export function openDeployment(stack: string | null, environment: Variables, folder = ''): Deployment {
  // The names of a stack go together, and with its region: that of the shell may be another.
  const outputs = readOutputs(stack, environment, join(folder, OUTPUTS_FILE));
  const known = { ...defined(environment), ...defined(outputs) };
  const publisher = environmentOf(known);
  const endpoint = endpointOf(known) ?? undefined;
  const region = known.AWS_REGION ?? known.AWS_DEFAULT_REGION;
  const place = { ...(region === undefined ? {} : { region }), ...(endpoint === undefined ? {} : { endpoint }) };
  // A server that imitates S3 has no host name for each bucket.
  const clients = createS3Clients({ ...place, forcePathStyle: endpoint !== undefined });
  const s3 = clients.create();
  const sqsEndpoint = known.AWS_ENDPOINT_URL_SQS ?? known.AWS_ENDPOINT_URL;
  const sqs = new SQSClient({ ...place, ...(sqsEndpoint === undefined ? {} : { endpoint: sqsEndpoint }) });
  const named = publisher.traits ?? AMAZON_S3;
  const store = (bucket: string, prefix = '', traits = named) =>
    createS3Store({ client: clients.create(), bucket, prefix, traits });
  const state = store(publisher.stateBucket);
  const readServer = async () => (endpoint === undefined ? null : readServerNote(state));
  const publicObjects = store(publisher.publicBucket, publisher.publicPrefix);
  const content = store(publisher.contentBucket);
  const { articleQueueUrl, feedQueueUrl } = publisher;
  const distributionId = known.FEEDWRIGHT_DISTRIBUTION_ID;
  const cdnEndpoint = known.AWS_ENDPOINT_URL_CLOUDFRONT ?? known.AWS_ENDPOINT_URL;
  return {
    environment: publisher,
    content,
    // Tombstones lie nowhere else, and no other bucket's objects are removed under a condition.
    state: publisher.traits
      ? state
      : createLateStore(async () => store(publisher.stateBucket, '', (await readServer())?.traits)),
    readServer,
    public: createVariantStore(publicObjects),
    publicObjects: publicObjects,
    queue: createSqsQueue({ calls: createSqsCalls(sqs), articleQueueUrl, feedQueueUrl, deduplicationId: randomUUID }),
    sqs,
    cdn: distributionId === undefined ? null : { distributionId, client: s3.config, endpoint: cdnEndpoint ?? null },
    bringBack: async (key) => (await content.inspect(key)) !== null || undeleteObject(s3, publisher.contentBucket, key),
    listRemoved: (since, prefix) => listRemoved(s3, publisher.contentBucket, since, prefix),
    close() {
      s3.destroy();
      sqs.destroy();
    },
  };
}

/**
 * A store that is opened when it is first used: a command that does not use it asks for nothing.
 *
 * @param open is called again where it failed
 */
function createLateStore(open: () => Promise<Store>): Store {
  let opened: Promise<Store> | undefined;
  const store = () => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  return {
    read: async (...args) => (await store()).read(...args),
    inspect: async (...args) => (await store()).inspect(...args),
    write: async (...args) => (await store()).write(...args),
    remove: async (...args) => (await store()).remove(...args),
    list: async (...args) => (await store()).list(...args),
  };
}

function environmentOf(known: Variables): Environment {
  try {
    return readEnvironment(known);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    throw new UsageError('deployment-unknown', error.mistakes.join('\n  '), OUTPUTS_FILE);
  }
}

/** The file of outputs, under the names of the environment. */
function readOutputs(stack: string | null, environment: Variables, file: string): Variables {
  if (stack === null && Object.values(VARIABLES).some((name) => name.includes('BUCKET') && environment[name]))
    return {};
  if (!existsSync(file)) {
    if (stack !== null) throw new UsageError('stack-unknown', stack, `there is no ${OUTPUTS_FILE} in this folder`);
    return {};
  }
  const stacks = readStackOutputs(file);
  const names = Object.keys(stacks);
  const name = stack ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined) throw new UsageError('option-required', '--stack', `--stack ${names.join(', or --stack ')}`);
  const outputs = Object.hasOwn(stacks, name) ? stacks[name] : undefined;
  if (outputs === undefined) throw new UsageError('stack-unknown', name, `${OUTPUTS_FILE} has ${names.join(', ')}`);
  return Object.fromEntries(Object.entries(VARIABLES).map(([output, variable]) => [variable, outputs[output]]));
}

/** Variables that are set: an empty one is as good as none. */
function defined(environment: Variables): Variables {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
}
