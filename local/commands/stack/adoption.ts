/**
 * The buckets of a stack that is gone: they outlive it, and the next stack of its name takes them over by their names. S3
 * goes on to tell the queue of the former stack, so the bucket of articles is told of the new one.
 */

import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
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

/** The buckets that a stack has or had, by its outputs. */
export function namesOf(outputs: StackOutputs[string]): LeftBuckets {
  const pairs = Object.entries(BUCKETS).map(([option, output]) => [option, outputs[output]] as const);
  return Object.fromEntries(pairs.filter(([, name]) => name !== undefined));
}

/** Which buckets of a former stack, by its outputs, are still there. */
export async function findLeftBuckets(s3: S3Client, outputs: StackOutputs[string]): Promise<LeftBuckets> {
  const found: Partial<Record<BucketOption, string>> = {};
  for (const [option, name] of Object.entries(namesOf(outputs)) as [BucketOption, string][]) {
    if (await isThere(s3, name)) found[option] = name;
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

const NAMED_REMARK = '# Buckets of an earlier deployment. Without these lines the next one would make new, empty ones.';

/** Writes the names into the file of options, where the next deployments find them too. */
export function writeBucketNames(file: string, buckets: LeftBuckets): void {
  const lines = Object.entries(buckets).map(([option, name]) => `${option}: ${name}`);
  appendFileSync(file, `\n${[NAMED_REMARK, ...lines].join('\n')}\n`);
}

/** Of an option that names a bucket, alone on its line. */
const BUCKET_LINE = new RegExp(`^(?:${Object.keys(BUCKETS).join('|')}):.*\\n?`, 'gm');

/**
 * Takes the names of buckets out of the file of options, so that the next deployment makes new ones. The names of those that
 * are left behind stay in the file as comments: nothing else may know them any more.
 */
export function leaveBuckets(file: string, left: LeftBuckets): void {
  const lines = Object.entries(left).map(([option, name]) => `#   ${option}: ${name}`);
  const remark = '# Buckets of an earlier deployment, which --new-buckets has left where they are:';
  const block = `${[remark, ...lines].join('\n')}\n`;
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const rest = text.replace(BUCKET_LINE, '').replace(`${NAMED_REMARK}\n`, '').replace(block, '').trimEnd();
  writeFileSync(file, rest === '' ? block : `${rest}\n\n${block}`);
}

/** How what is in buckets that were left comes into those of the present stack; nothing where it has the same. */
export function describeCopy(
  former: StackOutputs[string] | undefined,
  present: StackOutputs[string],
): readonly string[] {
  const [before, after] = [former?.ContentBucketName, present.ContentBucketName];
  if (before === undefined || after === undefined || before === after) return [];
  return [
    `The buckets are new and empty, and the articles are still in ${before}. To have them here, with their ids and first dates:`,
    `  aws s3 sync s3://${before} s3://${after}`,
    '  npm run -s feedwright -- restore',
  ];
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
