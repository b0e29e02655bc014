/**
 * One upload through Lambda's handler, in a process that is just started and in one that is warm, beside the usual
 * function that lists the bucket and reads everything again; and many at once, on stores in memory.
 */

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import type { Store } from '../../lambda/store/store.ts';
import { BUNDLE_FILE, buildPublisher } from '../../lib/bundle/publisher-bundle.ts';
import { createMemoryStore } from '../../local/store/memory-store.ts';
import { startLoopback } from '../../tests/support/loopback.ts';
import { type ImportReport, importArticles } from './bulk-import.ts';
import { formatNumber, formatRatio, formatSpread, type Spread, spreadOf } from './measure.ts';
import { createPost } from './posts.ts';
import type { Section, Table } from './report.ts';
import { type SentMessage, startStoreServer } from './store-server.ts';

export interface HandlerOptions {
  readonly root: string;
  readonly hasPeers: boolean;
  /** How many articles there are. */
  readonly counts: readonly number[];
}

/** Nobody waits for it to read more than these again. */
const PEER_COUNT_MAX = 2_000;
/** Above this, articles are short: what is stored of a hundred thousand long ones would not fit into memory. */
const LONG_COUNT_MAX = 10_000;
const LONG_BYTES = 5_000;
const SHORT_BYTES = 300;

const WARMING_COUNT = 50;

const LATENCIES_MS = [0, 10];
const COLD_STARTS = 3;
const WARM_UPLOADS = 9;
const CHILD_MS_MAX = 300_000;

const BUCKETS = ['content', 'state', 'public'] as const;
const CONTENT_QUEUE = 'articles';
const FEED_QUEUE = 'feeds.fifo';

export async function benchHandler({ root, hasPeers, counts }: HandlerOptions): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-handler-'));
  try {
    const ours = bundleOurs(folder);
    const theirs = hasPeers ? bundlePeer(root, folder) : null;
    // Loads the code and has it compiled, which is no part of what an article costs.
    await importArticles(createStores(), WARMING_COUNT, LONG_BYTES);
    const rows: string[][] = [];
    const imports: string[][] = [];
    for (const count of counts) {
      const stores = createStores();
      const bodyBytes = count > LONG_COUNT_MAX ? SHORT_BYTES : LONG_BYTES;
      const report = await importArticles(stores, count, bodyBytes);
      imports.push(importRow(count, bodyBytes, report));
      for (const latencyMs of LATENCIES_MS) {
        rows.push(
          ...(await compareAt({ stores, count, latencyMs, root }, ours, count > PEER_COUNT_MAX ? null : theirs)),
        );
      }
    }
    return { title: 'One upload through the handler', about: ABOUT, tables: [uploadTable(rows), importTable(imports)] };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function createStores(): Scene['stores'] {
  return { content: createMemoryStore(), state: createMemoryStore(), public: createMemoryStore() };
}

const ABOUT = [
  'From the event of a new article until every feed it belongs to is written, in one process. Both functions are bundled',
  'alike and talk over loopback to the same server that imitates S3 and SQS and answers each call after the same latency.',
  '*List and reread* lists the bucket, reads every post (100 at once), and writes one feed in three formats.',
  '*Feedwright* publishes into its feeds (everything, two tags, the folder), three formats and a page each, compressed',
  'twice, with records, claims and markers, so that nothing is lost by a crash. What is told to its feeds comes in one',
  `batch, as SQS hands over messages of several groups, so they are worked on together. Above ${LONG_COUNT_MAX.toLocaleString('en')} articles, posts have ${SHORT_BYTES} bytes.`,
].join('\n');

interface Scene {
  readonly stores: Readonly<Record<(typeof BUCKETS)[number], Store>>;
  readonly count: number;
  readonly latencyMs: number;
  readonly root: string;
}

async function compareAt(scene: Scene, ours: string, theirs: string | null): Promise<readonly string[][]> {
  const found = new Map<string, Uploads>();
  const bundles = [['Feedwright', ours] as const, ...(theirs === null ? [] : [['List and reread', theirs] as const])];
  for (const [name, bundle] of bundles) found.set(name, await measureUploads(scene, bundle));
  const own = found.get('Feedwright');
  return [...found].map(([name, { cold, warm, warmCpu, calls }]) => [
    formatNumber(scene.count),
    `${scene.latencyMs} ms`,
    name,
    formatSpread(warm),
    formatRatio(warm.median, own?.warm.median ?? Number.NaN),
    formatSpread(warmCpu),
    formatSpread(cold),
    formatRatio(cold.median, own?.cold.median ?? Number.NaN),
    formatNumber(calls),
  ]);
}

interface Uploads {
  readonly cold: Spread;
  readonly warm: Spread;
  readonly warmCpu: Spread;
  /** Calls of S3 and SQS for one upload. */
  readonly calls: number;
}

interface Took {
  readonly wallMs: number;
  readonly cpuMs: number;
}

async function measureUploads(scene: Scene, bundle: string): Promise<Uploads> {
  const cold: number[] = [];
  for (let start = 0; start < COLD_STARTS; start += 1) {
    const { times } = await runProcess(scene, bundle, 1);
    cold.push(times[0]?.wallMs ?? Number.NaN);
  }
  const { times, calls } = await runProcess(scene, bundle, WARM_UPLOADS);
  const warm = times.slice(2);
  return {
    cold: spreadOf(cold),
    warm: spreadOf(warm.map(({ wallMs }) => wallMs)),
    warmCpu: spreadOf(warm.map(({ cpuMs }) => cpuMs)),
    calls: calls / times.length,
  };
}

/** Each upload is a new article, newer than all others. */
let uploads = 0;

async function runProcess(scene: Scene, bundle: string, count: number): Promise<{ times: Took[]; calls: number }> {
  const server = await startStoreServer(scene.stores, scene.latencyMs);
  const control = await startLoopback(async (request, response) => {
    const isUpload = request.url === '/upload';
    const event = isUpload ? await upload(scene.stores.content, scene.count) : null;
    const feeds = server
      .takeMessages()
      .filter(({ queue }) => queue === FEED_QUEUE)
      .map(feedRecord);
    response.end(JSON.stringify({ event, feeds }));
  });
  const child = spawn(process.execPath, [join(scene.root, 'tools', 'bench', 'peers', 'invoke.mjs')], {
    env: environmentOf(server.endpoint, control.origin, bundle, count),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: CHILD_MS_MAX,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  await once(child, 'close');
  await control.close();
  const calls = server.takeCallCount();
  await server.close();
  const printed = /^times (.*)$/m.exec(output)?.[1];
  if (printed === undefined) throw new Error(`The function failed: ${output.slice(-2_000)}`);
  return { times: JSON.parse(printed) as Took[], calls };
}

async function upload(content: Store, count: number): Promise<unknown> {
  uploads += 1;
  const { path, text } = createPost(count + uploads);
  await content.write(path, new TextEncoder().encode(text));
  const s3 = { bucket: { name: 'content' }, object: { key: path } };
  const body = JSON.stringify({ Records: [{ eventTime: '2026-01-01T00:00:00.000Z', s3 }] });
  return { ...recordOf(body), attributes: {}, eventSourceARN: `arn:aws:sqs:us-east-1:123456789012:${CONTENT_QUEUE}` };
}

function feedRecord({ MessageBody, MessageGroupId }: SentMessage): unknown {
  return {
    ...recordOf(MessageBody),
    attributes: {
      MessageGroupId,
      ApproximateReceiveCount: '1',
      ApproximateFirstReceiveTimestamp: String(Date.now()),
    },
    eventSourceARN: `arn:aws:sqs:us-east-1:123456789012:${FEED_QUEUE}`,
  };
}

function recordOf(body: string): { readonly messageId: string; readonly receiptHandle: string; readonly body: string } {
  return { messageId: randomUUID(), receiptHandle: 'none', body };
}

function environmentOf(endpoint: string, control: string, bundle: string, count: number): Record<string, string> {
  return {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'none',
    AWS_SECRET_ACCESS_KEY: 'none',
    AWS_ENDPOINT_URL: endpoint,
    POWERTOOLS_SERVICE_NAME: 'bench',
    POWERTOOLS_LOG_LEVEL: 'ERROR',
    FEEDWRIGHT_S3_LACKS: 'nothing',
    FEEDWRIGHT_CONTENT_BUCKET: 'content',
    FEEDWRIGHT_STATE_BUCKET: 'state',
    FEEDWRIGHT_SITE_BUCKET: 'public',
    FEEDWRIGHT_ARTICLE_QUEUE_URL: `${endpoint}/123456789012/${CONTENT_QUEUE}`,
    FEEDWRIGHT_FEED_QUEUE_URL: `${endpoint}/123456789012/${FEED_QUEUE}`,
    BUNDLE: bundle,
    CONTROL: control,
    UPLOADS: String(count),
  };
}

function bundleOurs(folder: string): string {
  const output = join(folder, 'ours');
  buildPublisher(output);
  return pathToFileURL(join(output, BUNDLE_FILE)).href;
}

function bundlePeer(root: string, folder: string): string {
  const outfile = join(folder, 'theirs.mjs');
  buildSync({
    entryPoints: [join(root, 'tools', 'bench', 'peers', 'list-and-reread.mjs')],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  return pathToFileURL(outfile).href;
}

function uploadTable(rows: readonly (readonly string[])[]): Table {
  return {
    heading: 'One new article, until all its feeds are written',
    columns: [
      'articles',
      'latency',
      '',
      'warm ms',
      'against ours',
      'warm processor ms',
      'cold ms',
      'against ours',
      'calls',
    ],
    rows,
  };
}

function importRow(count: number, bodyBytes: number, { cpuMs, wallMs }: ImportReport): string[] {
  return [
    formatNumber(count),
    formatNumber(bodyBytes),
    formatNumber(cpuMs / 1_000),
    formatNumber(wallMs / 1_000),
    formatNumber((count * 1_000) / cpuMs),
  ];
}

function importTable(rows: readonly (readonly string[])[]): Table {
  return {
    heading: 'Bulk import through the queue worker, stores in memory',
    columns: ['articles', 'bytes each', 'processor s', 'wall s', 'articles a processor second'],
    rows,
  };
}
