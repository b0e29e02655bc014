/**
 * The construct in apps of other people, deployed to an emulator from folders that have nothing but the package:
 * `npm run test:deploy`. One app is an ES module and has two publications in a stack of a stage. The other is CommonJS, and has one
 * with a bucket that was there, on a path of a distribution. Files are pushed by the program of the package, and the documents are
 * those that it builds on this machine.
 *
 * What the emulator hasn't: CloudFront in front of the buckets (tests/lib/edge.test.ts), rights that are checked
 * (tests/lib/least-privilege.test.ts), metrics that are made of the publisher's log: they are read out of the log here.
 */

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  CreateBucketCommand,
  GetBucketNotificationConfigurationCommand,
  HeadObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METRIC_NAMESPACE, METRICS } from '../../lambda/aws/metric-names.ts';
import { createS3Store } from '../../lambda/aws/s3-store.ts';
import { createFolderStore } from '../../local/store/folder-store.ts';
import { type AlarmProperties, readEmbeddedMetrics } from '../support/aws/alarm-arithmetic.ts';
import { type MiniStack, startMiniStack } from '../support/aws/ministack.ts';
import { installPackage, lendPeers, PROGRAM, ROOT } from '../support/packed-package.ts';
import { readTexts } from '../support/publication.ts';

const STEP_MS_MAX = 600_000;
const SETTLE_MS_MAX = 240_000;
const POLL_MS = 1_000;
/** The bucket that was there. */
const ARTICLES = 'articles-of-ours';

/** What an app says after its imports, by its file. */
const APPS: Readonly<Record<string, string>> = {
  'app.mjs': `import { App, CfnOutput, Stack, Stage } from 'aws-cdk-lib';
import { Feedwright } from 'feedwright/cdk';
const stack = new Stack(new Stage(new App(), 'Prod'), 'Site');
for (const id of ['One', 'Two']) {
  const { outputs } = new Feedwright(stack, id);
  for (const [name, value] of Object.entries(outputs)) new CfnOutput(stack, id + name, { value });
}
`,
  'app.cjs': `const { App, CfnOutput, Stack } = require('aws-cdk-lib');
const { Distribution } = require('aws-cdk-lib/aws-cloudfront');
const { S3BucketOrigin } = require('aws-cdk-lib/aws-cloudfront-origins');
const { Bucket } = require('aws-cdk-lib/aws-s3');
const { Feedwright } = require('feedwright/cdk');
const stack = new Stack(new App(), 'Own');
const origin = S3BucketOrigin.withOriginAccessControl(new Bucket(stack, 'Pages'));
const distribution = new Distribution(stack, 'Web', { defaultBehavior: { origin } });
const contentBucket = Bucket.fromBucketName(stack, 'Articles', '${ARTICLES}');
const { outputs } = new Feedwright(stack, 'Feeds', { contentBucket, distribution, path: '/feeds' });
for (const [name, value] of Object.entries(outputs)) new CfnOutput(stack, 'Feeds' + name, { value });
`,
};

interface Publication {
  /** Its name in its metrics. */
  readonly service: string;
  readonly app: string;
  readonly stack: string;
  /** What the names of its outputs begin with. */
  readonly id: string;
}

const PUBLICATIONS: readonly Publication[] = [
  { service: 'Prod-Site-One', app: 'app.mjs', stack: 'Prod-Site', id: 'One' },
  { service: 'Prod-Site-Two', app: 'app.mjs', stack: 'Prod-Site', id: 'Two' },
  { service: 'Own-Feeds', app: 'app.cjs', stack: 'Own', id: 'Feeds' },
];

const ministack: MiniStack | null = process.env.DEPLOY === 'ministack' ? await startMiniStack() : null;
let folder = '';
let s3: S3Client;

beforeAll(async () => {
  if (ministack === null) return;
  folder = mkdtempSync(join(tmpdir(), 'feedwright-construct-'));
  installPackage(folder);
  lendPeers(folder);
  for (const [file, source] of Object.entries(APPS)) writeFileSync(join(folder, file), source);
  const { AWS_ENDPOINT_URL: endpoint = '', AWS_REGION: region = '' } = ministack.environment;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: ARTICLES }));
}, STEP_MS_MAX);

afterAll(async () => {
  s3?.destroy();
  await ministack?.stop();
  if (folder !== '') rmSync(folder, { recursive: true });
});

/** Gives what was printed, on both streams; a code that is not 0 fails the test with all that was said. */
async function run(script: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const env = { ...process.env, ...ministack?.environment, CDK_DISABLE_CLI_TELEMETRY: 'true', ...environment };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, ...args], { cwd: folder, env });
  return stdout + stderr;
}

const cdk = (app: string, ...args: readonly string[]) =>
  run(join(ROOT, 'node_modules/aws-cdk/bin/cdk'), [
    ...['--app', `"${process.execPath}" ${app}`, '--output', `${app}.out`, '--no-notices', '--progress', 'events'],
    ...args,
  ]);

const outputsFile = (app: string) => `${app}.json`;

/** The outputs of one publication, by its own names. */
function outputsOf({ app, stack, id }: Publication): Readonly<Record<string, string>> {
  const all: Record<string, string> = JSON.parse(readFileSync(join(folder, outputsFile(app)), 'utf8'))[stack];
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (name.startsWith(id) ? [[name.slice(id.length), value]] : [])),
  );
}

/** What the program takes in place of a file of outputs. */
function variablesOf(outputs: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return {
    FEEDWRIGHT_CONTENT_BUCKET: outputs.ContentBucketName ?? '',
    FEEDWRIGHT_STATE_BUCKET: outputs.StateBucketName ?? '',
    FEEDWRIGHT_SITE_BUCKET: outputs.SiteBucketName ?? '',
    FEEDWRIGHT_SITE_PREFIX: outputs.SitePrefix ?? '',
    FEEDWRIGHT_ARTICLE_QUEUE_URL: outputs.ArticleQueueUrl ?? '',
    FEEDWRIGHT_FEED_QUEUE_URL: outputs.FeedQueueUrl ?? '',
    FEEDWRIGHT_DISTRIBUTION_ID: outputs.DistributionId ?? '',
  };
}

/** Files of a publication, which name it, so that a document of another one would be seen. */
function writeContent({ service, id }: Publication): string {
  const place = join(folder, `content-${id}`);
  mkdirSync(join(place, 'notes'), { recursive: true });
  const article = (title: string) => `---\ntitle: ${title}\ndate: 2026-04-28\ntags: [sea]\n---\nOf ${service}.\n`;
  writeFileSync(join(place, 'site.yaml'), `title: ${service}\nlanguage: en\nauthor: A. Writer\n`);
  writeFileSync(join(place, 'notes/fog.md'), article('Fog'));
  writeFileSync(join(place, 'notes/rain.md'), article('Rain'));
  return place;
}

/** Paths of documents that are not as expected. The sitemap comes with the first articles, and again minutes later by a tick. */
function differences(expected: ReadonlyMap<string, string>, published: ReadonlyMap<string, string>): readonly string[] {
  const paths = [...expected.keys()].filter((path) => path !== 'sitemap.xml' || !published.has(path));
  return paths.filter((path) => published.get(path) !== expected.get(path));
}

/** Waits until nothing is told. */
async function settle(tell: () => Promise<readonly string[]>): Promise<void> {
  const deadline = Date.now() + SETTLE_MS_MAX;
  for (let told = await tell(); told.length > 0; told = await tell()) {
    if (Date.now() > deadline) throw new Error(`Not as expected: ${told.join(', ')}`);
    await wait(POLL_MS);
  }
}

/** The dimensions under which a publisher's log has metrics, as the emulator keeps it, each with the names that it has there. */
async function readCounted(stack: string, id: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { logGroups } = await askLogs('DescribeLogGroups', {});
  const group = logGroups.find(({ logGroupName }: { logGroupName: string }) =>
    logGroupName.startsWith(`/aws/cloudformation/${stack}/${id}PublisherLog`),
  );
  const { events } = await askLogs('FilterLogEvents', { logGroupName: group?.logGroupName });
  const counted = new Map<string, Set<string>>();
  for (const { message } of events as readonly { message: string }[]) {
    if (!message.startsWith('{"_aws"')) continue;
    for (const { name, dimensions } of readEmbeddedMetrics(message, 0)) {
      const key = JSON.stringify(dimensions);
      counted.set(key, (counted.get(key) ?? new Set()).add(name));
    }
  }
  return counted;
}

/** A call of CloudWatch Logs, for which the emulator wants no signature that is right, but one that names the service. */
async function askLogs(call: string, body: object) {
  const answer = await fetch(ministack?.environment.AWS_ENDPOINT_URL ?? '', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `Logs_20140328.${call}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/logs/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(body),
  });
  return JSON.parse(await answer.text());
}

/** The dimensions of the metrics of ours that alarms of this publication watch. An app has one stack. */
function watchedDimensions({ app, id }: Publication): ReadonlySet<string> {
  const output = join(folder, `${app}.out`);
  const file = readdirSync(output, { recursive: true, encoding: 'utf8' }).find((path) =>
    path.endsWith('.template.json'),
  );
  const { Resources }: { Resources: Readonly<Record<string, { Type: string; Properties: AlarmProperties }>> } =
    JSON.parse(readFileSync(join(output, file ?? ''), 'utf8'));
  const alarms = Object.entries(Resources).filter(
    ([name, { Type }]) => Type === 'AWS::CloudWatch::Alarm' && name.startsWith(id),
  );
  const dimensions = alarms
    .filter(([, { Properties }]) => Properties.Namespace === METRIC_NAMESPACE)
    .map(([, { Properties }]) => Object.fromEntries(Properties.Dimensions.map(({ Name, Value }) => [Name, Value])));
  return new Set(dimensions.map((each) => JSON.stringify(each)));
}

describe.skipIf(ministack === null)('publications in apps of others, on MiniStack', { timeout: STEP_MS_MAX }, () => {
  it.each(Object.keys(APPS))('are deployed without a warning: %s', async (app) => {
    await cdk(app, 'bootstrap');
    // The stacks of a stage are not among --all.
    const options = ['**', '--require-approval', 'never', '--outputs-file', outputsFile(app)];
    expect(await cdk(app, 'deploy', ...options)).not.toMatch(/\[(?:warning|error) at|deprecated/i);
  });

  it.each(PUBLICATIONS)('publish what is pushed, as it is built here: $service', async (publication) => {
    const outputs = outputsOf(publication);
    const content = writeContent(publication);
    expect(await run(PROGRAM, ['push', content], variablesOf(outputs))).toContain(' 0 unchanged');
    const built = join(folder, `public-${publication.id}`);
    await run(PROGRAM, ['build', content, '--out', built, '--url', outputs.SiteUrl ?? '']);
    const expected = await readTexts(createFolderStore({ root: built, readOnly: true }));
    expect(expected.get('rss.xml')).toContain(`Of ${publication.service}.`);
    const site = createS3Store({ client: s3, bucket: outputs.SiteBucketName ?? '', prefix: outputs.SitePrefix ?? '' });
    await settle(async () => differences(expected, await readTexts(site)));
  });

  it.each(PUBLICATIONS)('count under the name that their alarms watch: $service', async (publication) => {
    const counted = await readCounted(publication.stack, publication.id);
    expect([...counted.keys()]).toEqual([JSON.stringify({ service: publication.service })]);
    expect([...counted.values()][0]).toContain(METRICS.published);
    expect([...watchedDimensions(publication)]).toEqual([...counted.keys()]);
  });

  it('leave a bucket that was there, with all that is in it, when they go', async () => {
    await cdk('app.cjs', 'destroy', '**', '--force');
    await s3.send(new HeadObjectCommand({ Bucket: ARTICLES, Key: 'notes/fog.md' }));
    const { QueueConfigurations = [] } = await s3.send(
      new GetBucketNotificationConfigurationCommand({ Bucket: ARTICLES }),
    );
    expect(QueueConfigurations).toEqual([]);
  });
});
