/**
 * The buckets of a stack that is gone: they outlive it, and the next stack of its name takes them over by their names. S3
 * goes on to tell the queue of the former stack, so the bucket of articles is told of the new one.
 */

import { appendFileSync } from 'node:fs';
import {
  GetBucketNotificationConfigurationCommand,
  HeadBucketCommand,
  PutBucketNotificationConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { failureOf } from '../../../lambda/aws/aws-failure.ts';
import type { StackOutputs } from '../../cli/stack-outputs.ts';
import type { GuardedOption } from './stack-options.ts';

/** By the credentials of the environment. */
export function createS3(region: string): S3Client {
  const endpoint = process.env.AWS_ENDPOINT_URL;
  return new S3Client({ region, ...(endpoint ? { endpoint, forcePathStyle: true } : {}) });
}

/** Options that name buckets, and the outputs of a stack that say the same. */
const BUCKETS = {
  contentBucket: 'ContentBucketName',
  stateBucket: 'StateBucketName',
  siteBucket: 'SiteBucketName',
} as const satisfies Partial<Record<GuardedOption, string>>;

export type BucketOption = keyof typeof BUCKETS;

export type LeftBuckets = Readonly<Partial<Record<BucketOption, string>>>;

export function hasNamedBuckets(options: Readonly<Record<BucketOption, string | null>>): boolean {
  return (Object.keys(BUCKETS) as BucketOption[]).some((name) => options[name] !== null);
}

/** Which buckets of a former stack, by its outputs, are still there. */
export async function findLeftBuckets(s3: S3Client, outputs: StackOutputs[string]): Promise<LeftBuckets> {
  const found: Partial<Record<BucketOption, string>> = {};
  for (const [option, output] of Object.entries(BUCKETS) as [BucketOption, string][]) {
    const name = outputs[output];
    if (name !== undefined && (await isThere(s3, name))) found[option] = name;
  }
  return found;
}

async function isThere(s3: S3Client, Bucket: string): Promise<boolean> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket }));
    return true;
  } catch (error) {
    if (error instanceof Error && /^(?:NotFound|NoSuchBucket|404)$/.test(error.name)) return false;
    throw failureOf(error, `Looking for ${Bucket}`);
  }
}

/** Writes the names into the file of options, where the next deployments find them too. */
export function writeBucketNames(file: string, buckets: LeftBuckets): void {
  const lines = Object.entries(buckets).map(([option, name]) => `${option}: ${name}`);
  const remark = '# Buckets of an earlier deployment. Without these lines the next one would make new, empty ones.';
  appendFileSync(file, `\n${[remark, ...lines].join('\n')}\n`);
}

const EVENTS = ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'] as const;

/**
 * Has S3 tell a queue of every change in a bucket, where it does not yet: a bucket that is taken over keeps what it was
 * set up with. Other receivers stay, but for the queue of the former stack, which is gone.
 *
 * @returns whether anything had to be changed
 */
export async function tellQueue(s3: S3Client, Bucket: string, queueUrl: string): Promise<boolean> {
  try {
    const present = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    const arn = arnOf(queueUrl);
    const queues = present.QueueConfigurations ?? [];
    const told = queues.filter(({ QueueArn }) => QueueArn === arn).flatMap(({ Events = [] }) => Events);
    if (EVENTS.every((event) => told.includes(event))) return false;
    await s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket,
        NotificationConfiguration: {
          ...(present.TopicConfigurations && { TopicConfigurations: present.TopicConfigurations }),
          ...(present.LambdaFunctionConfigurations && {
            LambdaFunctionConfigurations: present.LambdaFunctionConfigurations,
          }),
          ...(present.EventBridgeConfiguration && { EventBridgeConfiguration: present.EventBridgeConfiguration }),
          QueueConfigurations: EVENTS.map((event) => ({ QueueArn: arn, Events: [event] })),
        },
      }),
    );
    return true;
  } catch (error) {
    throw failureOf(error, `Having S3 tell the publisher of changes in ${Bucket}`);
  }
}

/** `https://sqs.<region>.amazonaws.com/<account>/<name>`; the partition follows from the region. */
function arnOf(queueUrl: string): string {
  const { hostname, pathname } = new URL(queueUrl);
  const [, account = '', name = ''] = pathname.split('/');
  const region = /^sqs\.([a-z0-9-]+)\./.exec(hostname)?.[1] ?? process.env.AWS_REGION ?? 'us-east-1';
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return `arn:${partition}:sqs:${region}:${account}:${name}`;
}
