/**
 * A whole deployment without an account: `npm run test:deploy`. The stack is deployed to an emulator by the CDK, articles
 * are uploaded, and documents appear through S3's notification, both queues and Lambda.
 *
 * What the emulator hasn't: CloudFront in front of the site bucket (tests/lib/edge.test.ts), encoded keys in events
 * (tests/aws/queue-event.test.ts), rights that are checked (tests/lib/feedwright-stack.test.ts).
 */

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DeleteObjectCommand, HeadBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import cdkJson from '../../cdk.json' with { type: 'json' };
import { createS3Store } from '../../lambda/aws/s3-store.ts';
import { adoptedKeyFor } from '../../lambda/site/adopted/adopted-key.ts';
import { mapBounded } from '../../lambda/store/bounded.ts';
import type { StatusResult } from '../../local/commands/operator/status.ts';
import { createFolderStore } from '../../local/store/folder-store.ts';
import { type MiniStack, startMiniStack } from '../support/aws/ministack.ts';
import { createTestPublication, readTexts } from '../support/publication.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CONTENT = join(ROOT, 'content');
const STEP_MS_MAX = 300_000;
const SETTLE_MS_MAX = 120_000;
const POLL_MS = 1_000;
/** To ask for the status reads everything, which takes the emulator's time from the work. */
const BURST_POLL_MS = 20_000;
/** The emulator works off a FIFO queue one batch after another, whatever their groups; SQS hands many out at once. */
const BURST_COUNT = Number(process.env.BURST ?? 500);
const BURST_MS_MAX = 1_800_000;
const PUTS_AT_ONCE_MAX = 16;

const ministack: MiniStack | null = process.env.DEPLOY === 'ministack' ? await startMiniStack() : null;
/** Where the commands run, so that the outputs of a real stack stay as they are. */
let folder = '';
let s3: S3Client;
let outputs: Record<string, string> = {};

beforeAll(() => {
  if (ministack === null) return;
  folder = mkdtempSync(join(tmpdir(), 'feedwright-deployment-'));
  const app = `"${process.execPath}" "${join(ROOT, 'bin/app.ts')}"`;
  writeFileSync(join(folder, 'cdk.json'), JSON.stringify({ ...cdkJson, app }));
  s3 = new S3Client({
    endpoint: ministack.environment.AWS_ENDPOINT_URL ?? '',
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    forcePathStyle: true,
  });
});

afterAll(async () => {
  s3?.destroy();
  await ministack?.stop();
  if (folder !== '') rmSync(folder, { recursive: true });
});

/** Runs a script of this project and gives what it printed; a failure fails the test with all that was said. */
async function run(script: string, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [join(ROOT, script), ...args], {
    cwd: folder,
    env: { ...process.env, ...ministack?.environment, CDK_DISABLE_CLI_TELEMETRY: 'true' },
  });
  let printed = '';
  let noted = '';
  child.stdout.on('data', (chunk) => (printed += chunk));
  child.stderr.on('data', (chunk) => (noted += chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0 && code !== 1)
    throw new Error(`${script} ${args.join(' ')} ended with ${code}:\n${printed}\n${noted}`);
  return printed;
}

const feedwright = (...args: string[]) => run('bin/feedwright.ts', ...args);

async function put(key: string, text: string): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: outputs.ContentBucketName, Key: key, Body: text }));
}

/** Waits until the publisher has nothing left to do and what is asked for holds. */
async function settle(
  holds: (status: StatusResult, rss: string) => boolean,
  withinMs = SETTLE_MS_MAX,
  pollMs = POLL_MS,
): Promise<StatusResult> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const status: StatusResult = JSON.parse(await feedwright('status', '--json'));
    const { articles, feeds } = status.queues;
    const isAtRest = status.behind.count + articles.waitingCount + articles.workingCount + feeds.waitingCount === 0;
    const rss = await documentAt('rss.xml');
    if (isAtRest && feeds.workingCount === 0 && holds(status, rss)) return status;
    if (Date.now() > deadline) throw new Error(`Not settled: ${JSON.stringify(status.queues)}`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

async function documentAt(path: string): Promise<string> {
  const site = createS3Store({ client: s3, bucket: outputs.SiteBucketName ?? '' });
  return new TextDecoder().decode((await site.read(path))?.body);
}

async function documents(): Promise<ReadonlyMap<string, string>> {
  return readTexts(createS3Store({ client: s3, bucket: outputs.SiteBucketName ?? '' }));
}

/** Titles of a JSON feed's whole history. */
async function titlesFrom(first: string): Promise<string[]> {
  const titles: string[] = [];
  for (let path: string | null = first; path !== null; ) {
    const feed: { items: { title: string }[]; next_url?: string } = JSON.parse(await documentAt(path));
    titles.push(...feed.items.map(({ title }) => title));
    path = feed.next_url === undefined ? null : new URL(feed.next_url).pathname.slice(1);
  }
  return titles;
}

describe.skipIf(ministack === null)('a deployment, on MiniStack', { timeout: STEP_MS_MAX }, () => {
  it('bootstraps, deploys and prints the addresses', async () => {
    const printed = await run('local/deploy.ts', '--progress', 'events');
    outputs = JSON.parse(readFileSync(join(folder, 'feedwright-outputs.json'), 'utf8')).Feedwright;
    expect(printed).toContain(outputs.RssUrl);
  });

  it('publishes the sample as one machine does, byte for byte', async () => {
    expect(await feedwright('push', CONTENT)).toContain(' 0 unchanged');
    const status = await settle(({ counts }) => counts.published > 0);
    const local = await createTestPublication({
      url: outputs.SiteUrl ?? null,
      now: Date.now(),
      // The first sitemaps come at once, with the articles that are there; the others minutes later, by a tick.
      sitemapDelayMs: 3_600_000,
    });
    const content = createFolderStore({ root: CONTENT, readOnly: true });
    for (const { key } of (await content.list({ prefix: '' })).objects) {
      await local.put(key, (await content.read(key))?.body ?? null);
    }
    await local.settle();
    const published = await documents();
    for (const [path, text] of await local.documents()) {
      if (path.startsWith('sitemap')) expect(published.get(path), path).toBeDefined();
      else expect(published.get(path), path).toBe(text);
    }
    expect(status.queues).toMatchObject({ articles: { deadCount: 0 }, feeds: { deadCount: 0 } });
  });

  it('takes in what is added and edited, and out what is removed', async () => {
    await put('notes/rain.md', '---\ntitle: Rain at last\ndate: 2026-04-28\n---\nIt rained.\n');
    await settle((_, rss) => rss.includes('It rained.'));
    await put('notes/rain.md', '---\ntitle: Rain at last\ndate: 2026-04-28\n---\nIt poured.\n');
    await settle((_, rss) => rss.includes('It poured.'));
    await s3.send(new DeleteObjectCommand({ Bucket: outputs.ContentBucketName, Key: 'notes/rain.md' }));
    await settle((_, rss) => !rss.includes('It poured.'));
  });

  it('publishes what was adopted under the ids and dates that subscribers know', async () => {
    const moved = mkdtempSync(join(tmpdir(), 'feedwright-moved-'));
    const rows = { 'notes/fog.md': 'http://old.example/?p=64', 'notes/lamps.md': '64b7f0c2a1d3e40001c9a8b7' };
    mkdirSync(join(moved, 'notes'));
    mkdirSync(join(moved, '.adopted'));
    for (const [key, id] of Object.entries(rows)) {
      writeFileSync(join(moved, key), `---\ntitle: Of ${id}\n---\nAs before.\n`);
      writeFileSync(join(moved, adoptedKeyFor(key)), `${key}:\n  id: ${id}\n  published: 2026-04-27T08:00:00Z\n`);
    }
    await feedwright('push', moved);
    rmSync(moved, { recursive: true });
    await settle((_, rss) => Object.values(rows).every((id) => rss.includes(`>${id}</guid>`)));
    const { items }: { items: { id: string; title: string; date_published: string }[] } = JSON.parse(
      await documentAt('feed.json'),
    );
    for (const id of Object.values(rows))
      expect(items).toContainEqual(
        expect.objectContaining({ id, title: `Of ${id}`, date_published: '2026-04-27T08:00:00Z' }),
      );
    expect([...(await documents()).keys()].filter((path) => path.startsWith('.adopted'))).toEqual([]);
  });

  it('keeps a poison article from holding up others, and says what is wrong with it', async () => {
    await put('notes/poison.md', '---\ntitle: Poison\ndate: 2026-02-31\n---\nNever.\n');
    await put('notes/cure.md', '---\ntitle: Cure\ndate: 2026-04-29\n---\nWell again.\n');
    const { problems, queues } = await settle((_, rss) => rss.includes('Well again.'));
    expect(problems).toContainEqual(expect.objectContaining({ code: 'date-impossible', path: 'notes/poison.md' }));
    expect(queues.articles.deadCount).toBe(0);
  });

  it('takes an article down', async () => {
    const said = await feedwright('takedown', 'notes/cure.md');
    expect(said).toContain('No public document has notes/cure.md');
    expect(said).toContain('The CDN is dropping its copies now');
    expect([...(await documents()).values()].filter((text) => text.includes('Well again.'))).toEqual([]);
  });

  it(
    `publishes ${BURST_COUNT} articles that come at once`,
    async () => {
      // Not just numbers: 404.md and its like are a site's error pages, and no articles.
      const keys = Array.from({ length: BURST_COUNT }, (_, index) => `burst/note-${index}.md`);
      const text = (key: string) => `---\ntitle: ${key}\ndate: 2026-04-30\ntags: [burst]\n---\n${key} came.\n`;
      const began = Date.now();
      await mapBounded(keys, PUTS_AT_ONCE_MAX, (key) => put(key, text(key)));
      const { queues } = await settle(({ counts }) => counts.published >= BURST_COUNT, BURST_MS_MAX, BURST_POLL_MS);
      console.info(`${BURST_COUNT} articles in ${Math.round((Date.now() - began) / 1_000)} s`);
      expect(queues).toMatchObject({ articles: { deadCount: 0 }, feeds: { deadCount: 0 } });
      expect((await titlesFrom('tags/burst/feed.json')).sort()).toEqual(keys.sort());
    },
    BURST_MS_MAX,
  );

  it('is deployed again with another option, and goes without its content', async () => {
    await run('local/deploy.ts', '--progress', 'events', '-c', 'tickMinutes=10');
    await run('node_modules/aws-cdk/bin/cdk', 'destroy', '--force', '--all');
    await s3.send(new HeadBucketCommand({ Bucket: outputs.ContentBucketName }));
    const content = createS3Store({ client: s3, bucket: outputs.ContentBucketName ?? '' });
    expect(await content.inspect('site.yaml')).not.toBeNull();
  });
});
