/**
 * `npm run test:drill [-- step …]`: a publication on an emulator loses its articles, its state, its documents and its stack, one
 * after the other, moves to another region, and is brought back each time as docs/runbook.md says, by the commands that an
 * operator types. Prints the seconds of every step, and every id, address and date that subscribers would see changed; exit
 * code 1 if there is one.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createS3Store } from '../../lambda/aws/s3-store.ts';
import { mapBounded } from '../../lambda/store/bounded.ts';
import { listAll, type Store } from '../../lambda/store/store.ts';
import type { StatusResult } from '../../local/commands/operator/status.ts';
import { startMiniStack } from '../../tests/support/aws/ministack.ts';
import { readTexts } from '../../tests/support/publication.ts';
import { comparePublished, type PublishedFeeds, readPublished } from '../upgrade/published-entries.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** A function that was ended gives its messages back after twelve minutes. */
const SETTLE_MS_MAX = 1_200_000;
const POLL_MS = 2_000;
const CALLS_AT_ONCE = 8;
const OTHER_REGION = 'eu-west-1';
/** The address stays, whatever distribution is in front: as with a domain of one's own. */
const SETTINGS = 'siteUrl: https://feeds.example.org/\n';
/** Some articles have a date and an id only because the publisher remembers them, and one has a picture. */
const CONTENT: Readonly<Record<string, string>> = {
  'site.yaml': 'title: The drill\nlanguage: en\nauthor: A. Writer\n',
  'pictures/sea.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>\n',
  'notes/with-a-picture.md': '---\ntitle: With a picture\ndate: 2026-01-05\n---\n![Sea](/pictures/sea.svg)\n',
  'notes/an-id.md': '---\ntitle: With an id\nid: urn:drill:1\ndate: 2026-01-06\n---\nIt has one.\n',
  ...Object.fromEntries(
    [1, 2, 3, 4].flatMap((number) => [
      [
        `notes/dated-${number}.md`,
        `---\ntitle: Dated ${number}\ndate: 2026-02-0${number}\ntags: [sea]\n---\nNumber ${number}.\n`,
      ],
      [`notes/undated-${number}.md`, `---\ntitle: Undated ${number}\n---\nIt says nothing of when it was written.\n`],
    ]),
  ),
};

const isArticle = (key: string) => key.endsWith('.md');

interface Drill {
  /** Runs a script of this project as an operator does, in the operator's folder. */
  run(script: string, ...args: readonly string[]): string;
  /** Where the stack is now. */
  region: string;
}

interface Step {
  readonly name: string;
  /** Causes the damage. */
  readonly harm: (drill: Drill) => Promise<void>;
  /** Follows the runbook. */
  readonly cure: (drill: Drill) => Promise<void>;
}

const feedwright = (drill: Drill, ...args: readonly string[]) => drill.run('bin/feedwright.ts', ...args);
const deploy = (drill: Drill, ...args: readonly string[]) =>
  drill.run('local/deploy.ts', '--progress', 'events', ...args);

/** The operator's folder, and where the emulator listens. */
let here = { folder: '', endpoint: '' };
let removedSince = '';

const STEPS: readonly Step[] = [
  {
    name: 'content lost: every file removed',
    async harm(drill) {
      removedSince = new Date(Date.now() - 1_000).toISOString();
      await empty(storeOf(drill, 'ContentBucketName'));
      await settle(drill, ({ counts }) => counts.published === 0);
    },
    async cure(drill) {
      feedwright(drill, 'undelete', '--since', removedSince);
    },
  },
  {
    name: 'state lost: every object removed',
    async harm(drill) {
      await empty(storeOf(drill, 'StateBucketName'));
    },
    async cure(drill) {
      feedwright(drill, 'restore');
    },
  },
  {
    name: 'site lost: every document removed',
    async harm(drill) {
      await empty(storeOf(drill, 'SiteBucketName'));
    },
    async cure(drill) {
      feedwright(drill, 'repair');
    },
  },
  {
    name: 'stack lost: destroyed, and deployed again',
    async harm(drill) {
      drill.run('local/destroy.ts', '--yes');
    },
    async cure(drill) {
      const former = storeOf(drill, 'ContentBucketName');
      if (isTakenOver(drill)) return proveThatItListens(drill);
      console.log('  CloudFormation (here: the emulator) refuses to take the buckets over, so new ones are made');
      deploy(drill, '--new-buckets');
      await copyAll(former, storeOf(drill, 'ContentBucketName'));
      feedwright(drill, 'restore');
      await settle(drill, ({ counts }) => counts.published === Object.keys(CONTENT).filter(isArticle).length);
      await proveThatItListens(drill);
    },
  },
  {
    name: `region left: ${OTHER_REGION} in its place`,
    async harm(drill) {
      feedwright(drill, 'backup');
    },
    async cure(drill) {
      const former = storeOf(drill, 'ContentBucketName');
      drill.region = OTHER_REGION;
      // Buckets are of one region: the names that the last step has written are not for this one.
      deploy(drill, '-c', 'contentBucket=', '-c', 'stateBucket=', '-c', 'siteBucket=');
      await copyAll(former, storeOf(drill, 'ContentBucketName'));
      feedwright(drill, 'restore', '--stack', 'Feedwright');
    },
  },
];

const ministack = await startMiniStack();
if (ministack !== null) process.exitCode = await tryAll(ministack.environment).finally(() => ministack.stop());

async function tryAll(aws: Readonly<Record<string, string>>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-drill-'));
  try {
    return await drillIn(folder, aws);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function drillIn(folder: string, aws: Readonly<Record<string, string>>): Promise<number> {
  const drill: Drill = {
    region: aws.AWS_REGION ?? 'us-east-1',
    run(script, ...args) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, script), ...args], {
        ...{ cwd: folder, encoding: 'utf8' },
        env: { ...process.env, ...aws, AWS_REGION: drill.region, CDK_DISABLE_CLI_TELEMETRY: 'true' },
      });
      // A command says by 1 that articles have problems; a deployment that it did not go through.
      if (status === 0 || (status === 1 && script.startsWith('bin/'))) return stdout;
      throw new Error(`${script} ${args.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`);
    },
  };
  here = { folder, endpoint: aws.AWS_ENDPOINT_URL ?? '' };
  const settings = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8'));
  const app = `"${process.execPath}" "${join(ROOT, 'bin/app.ts')}"`;
  writeFileSync(join(folder, 'cdk.json'), JSON.stringify({ ...settings, app }));
  writeFileSync(join(folder, 'deployment.yaml'), SETTINGS);
  for (const [key, text] of Object.entries(CONTENT)) {
    const file = join(folder, 'content', key);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  await timed('deployed, and ten articles published', async () => {
    deploy(drill);
    feedwright(drill, 'push', 'content');
    await settle(drill, ({ counts }) => counts.published === 10);
  });
  await timed('backup', async () => void feedwright(drill, 'backup'));
  const before = await publishedBy(drill);
  const asked = process.argv.slice(2);
  const steps = STEPS.filter(({ name }) => asked.length === 0 || asked.some((word) => name.startsWith(word)));
  let differenceCount = 0;
  for (const { name, harm, cure } of steps) {
    await timed(`${name}: harm`, () => harm(drill));
    await timed(`${name}: cure`, async () => {
      await cure(drill);
      await settle(drill, ({ counts }) => counts.published === countOf(before));
    });
    const differences = comparePublished(before, await publishedBy(drill));
    for (const difference of differences) console.log(`  ${difference}`);
    console.log(`  ${countOf(before)} entries, ${before.size} feeds: ${differences.length} differences`);
    differenceCount += differences.length;
  }
  return differenceCount === 0 && countOf(before) > 0 ? 0 : 1;
}

async function timed(name: string, work: () => Promise<void>): Promise<void> {
  const began = Date.now();
  await work();
  console.log(`${name}: ${Math.round((Date.now() - began) / 1_000)} s`);
}

/** Entries of the feed of all articles. */
function countOf(feeds: PublishedFeeds): number {
  return feeds.get('feed.json')?.length ?? 0;
}

type BucketOutput = 'ContentBucketName' | 'StateBucketName' | 'SiteBucketName';

/** A bucket of the stack as it is by now. */
function storeOf({ region }: Drill, output: BucketOutput): Store {
  const outputs = JSON.parse(readFileSync(join(here.folder, 'feedwright-outputs.json'), 'utf8')).Feedwright;
  return createS3Store({ client: clientIn(region), bucket: outputs[output] });
}

function clientIn(region: string): S3Client {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return new S3Client({ endpoint: here.endpoint, region, credentials, forcePathStyle: true });
}

async function put(drill: Drill, key: string, text: string): Promise<void> {
  const outputs = JSON.parse(readFileSync(join(here.folder, 'feedwright-outputs.json'), 'utf8')).Feedwright;
  const command = new PutObjectCommand({ Bucket: outputs.ContentBucketName, Key: key, Body: text });
  await clientIn(drill.region).send(command);
}

async function empty(store: Store): Promise<void> {
  const keys: string[] = [];
  // A backup beside the articles goes with them; what the bucket keeps of it is behind delete markers too.
  for await (const { key } of listAll(store, '')) if (!key.startsWith('.feedwright/')) keys.push(key);
  await mapBounded(keys, CALLS_AT_ONCE, (key) => store.remove(key));
}

/** As `aws s3 sync` does. */
async function copyAll(from: Store, to: Store): Promise<void> {
  const keys: string[] = [];
  for await (const { key } of listAll(from, '')) keys.push(key);
  await mapBounded(keys, CALLS_AT_ONCE, async (key) => {
    const object = await from.read(key);
    if (object !== null) await to.write(key, object.body);
  });
}

/** Deploys again, as `npm run deploy` does it without being told how. */
function isTakenOver(drill: Drill): boolean {
  try {
    deploy(drill);
    return true;
  } catch (error) {
    if (/The buckets were not taken over/.test(String(error))) return false;
    throw error;
  }
}

/** An upload after the stack was deployed again appears, so S3 tells its queue; then it goes again. */
async function proveThatItListens(drill: Drill): Promise<void> {
  const key = 'notes/after-the-fall.md';
  await put(drill, key, '---\ntitle: After the fall\ndate: 2026-05-02\n---\nIt came through.\n');
  await settle(
    drill,
    () => true,
    async () => (await feedText(drill)).includes('It came through.'),
  );
  await storeOf(drill, 'ContentBucketName').remove(key);
}

async function feedText(drill: Drill): Promise<string> {
  return new TextDecoder().decode((await storeOf(drill, 'SiteBucketName').read('rss.xml'))?.body);
}

async function publishedBy(drill: Drill): Promise<PublishedFeeds> {
  return readPublished(await readTexts(storeOf(drill, 'SiteBucketName')));
}

/** Waits until nothing is queued, twice in a row, and what is asked for holds. */
async function settle(
  drill: Drill,
  holds: (status: StatusResult) => boolean,
  also: () => Promise<boolean> = async () => true,
): Promise<void> {
  const deadline = Date.now() + SETTLE_MS_MAX;
  for (let restCount = 0; restCount < 2; ) {
    const status: StatusResult = JSON.parse(feedwright(drill, 'status', '--json', '--stack', 'Feedwright'));
    const { articles, feeds } = status.queues;
    const open = articles.waitingCount + articles.workingCount + feeds.waitingCount + feeds.workingCount;
    const isAtRest = open - articles.delayedCount + status.behind.count === 0 && (status.rebuild?.isDone ?? true);
    restCount = isAtRest && holds(status) && (await also()) ? restCount + 1 : 0;
    if (Date.now() > deadline)
      throw new Error(`Not settled: ${JSON.stringify({ ...status, feeds: [], problems: [] })}`);
    await wait(POLL_MS);
  }
}
