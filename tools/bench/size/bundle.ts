/**
 * `npm run size`: how large the publisher's bundle is, and how long a new process takes until its clients are made and
 * until its first article is published; beside the smallest bundle that only makes an S3 client. Starts take turns, so
 * that a busy machine slows both; the medians are compared. `npm run size -- --beside FOLDER` has a bundle of another
 * commit take its turns too.
 */

import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { BUNDLE_FILE, buildBundle, buildPublisher } from '../../../lib/bundle/publisher-bundle.ts';
import { notificationBody, queueEvent } from '../../../tests/support/aws/notification.ts';
import { type SqsServer, startSqsServer } from '../../../tests/support/aws/sqs-server.ts';
import { type MemoryS3, startMemoryS3 } from './memory-s3.ts';

const STARTS = 15;
const GOAL_BYTES_MAX = 1_250_000;
const LEAST = 'tools/bench/size/least-function.ts';
const LEAST_NAME = 'S3 client alone';
const CONTENT_BUCKET = 'content';

interface Subject {
  readonly name: string;
  readonly folder: string;
  /** Milliseconds until the clients are made. */
  readonly starts: number[];
  /** Milliseconds of processor time of the whole process until then, Node's own start included. */
  readonly processor: number[];
  /** Milliseconds until, after that, an article is worked off; none for what has no work. */
  readonly articles: number[];
}

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-size-'));
  const s3 = await startMemoryS3();
  const sqs = await startSqsServer();
  try {
    const { beside } = parseArgs({ options: { beside: { type: 'string' } } }).values;
    const [publisher, least] = build(folder);
    const other =
      beside === undefined
        ? []
        : [{ name: 'the other', folder: resolve(beside), starts: [], processor: [], articles: [] }];
    const subjects: readonly Subject[] = [publisher, least, ...other];
    // The first makes the settings; it counts for nothing.
    for (const subject of subjects) await start(subject, s3, sqs, 0);
    for (let round = 1; round <= STARTS; round += 1) {
      for (const subject of subjects) {
        const [ready = Number.NaN, processor = Number.NaN, ...article] = await start(subject, s3, sqs, round);
        subject.starts.push(ready);
        subject.processor.push(processor);
        subject.articles.push(...article);
      }
    }
    for (const subject of subjects) print(subject);
    const times = (medianOf(publisher.starts) / medianOf(least.starts)).toFixed(2);
    for (const { starts, processor } of other) {
      const [wall, work] = [
        medianOf(publisher.starts) / medianOf(starts),
        medianOf(publisher.processor) / medianOf(processor),
      ];
      console.log(
        `beside the other: ${work.toFixed(2)} times the processor time of a process until its clients are made; ` +
          `${wall.toFixed(2)} times the wall time without Node's own start`,
      );
    }
    console.log(`goal: under ${GOAL_BYTES_MAX / 1_000} kB in all`);
    console.log(`here: ${kilobytesOf(publisher.folder)} kB; ${times} times the start of an S3 client alone`);
  } finally {
    await s3.close();
    await sqs.close();
    rmSync(folder, { recursive: true });
  }
}

function build(folder: string): readonly [Subject, Subject] {
  const subject = (name: string, place: string): Subject => ({
    name,
    folder: join(folder, place),
    starts: [],
    processor: [],
    articles: [],
  });
  const publisher = subject('publisher', 'publisher');
  const least = subject(LEAST_NAME, 'least');
  buildPublisher(publisher.folder);
  buildBundle(LEAST, least.folder);
  return [publisher, least];
}

/**
 * What Lambda does: it loads the file and hands over a batch; an empty one has the clients made. HTTP without TLS, which
 * is only needed here, is loaded before.
 */
const SCRIPT = `
const { file, event } = JSON.parse(process.argv[1]);
await import('node:http');
const context = { getRemainingTimeInMillis: () => 120000 };
const began = performance.now();
const { handler } = await import(file);
await handler({ Records: [] }, context);
const took = [performance.now() - began];
const { user, system } = process.cpuUsage();
took.push((user + system) / 1000);
if (event !== null) {
  const { batchItemFailures } = await handler(event, context);
  if (batchItemFailures.length > 0) throw new Error('The article failed.');
  took.push(performance.now() - began);
}
console.log('took', ...took);
process.exit();
`;

/** Milliseconds of each step, in a process of its own. */
async function start(subject: Subject, s3: MemoryS3, sqs: SqsServer, round: number): Promise<readonly number[]> {
  const key = `notes/${round}.md`;
  s3.put(CONTENT_BUCKET, key, ARTICLE);
  const message = { id: String(round), body: notificationBody(CONTENT_BUCKET, [key]) };
  const event = subject.name === LEAST_NAME ? null : queueEvent('articles', [message]);
  const file = pathToFileURL(join(subject.folder, BUNDLE_FILE)).href;
  const child = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT, JSON.stringify({ file, event })], {
    env: environment(s3, sqs),
  });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  await new Promise((resolve) => child.on('close', resolve));
  const took = /^took ([\d. ]+)$/m.exec(said)?.[1];
  if (took === undefined) throw new Error(`${subject.name} did not start: ${said}`);
  return took.split(' ').map(Number);
}

/** As Lambda sets it, with stores and queues of this machine. */
function environment(s3: MemoryS3, sqs: SqsServer): Record<string, string> {
  return {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'none',
    AWS_SECRET_ACCESS_KEY: 'none',
    AWS_ENDPOINT_URL: s3.endpoint,
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
    POWERTOOLS_SERVICE_NAME: 'size',
    FEEDWRIGHT_S3_LACKS: 'nothing',
    FEEDWRIGHT_CONTENT_BUCKET: CONTENT_BUCKET,
    FEEDWRIGHT_STATE_BUCKET: 'state',
    FEEDWRIGHT_SITE_BUCKET: 'site',
    FEEDWRIGHT_SITE_URL: 'https://example.org/',
    FEEDWRIGHT_ARTICLE_QUEUE_URL: sqs.queueUrl('articles'),
    FEEDWRIGHT_FEED_QUEUE_URL: sqs.queueUrl('feeds.fifo'),
  };
}

/** Five kilobytes of Markdown. */
const PARAGRAPH = 'It has *rained* since [the morning](https://example.org/rain), and nobody knows for how long.\n\n';
const ARTICLE = `---\ntitle: Rain\ndate: 2026-04-28\ntags: [weather]\n---\n\n${PARAGRAPH.repeat(52)}`;

function print({ name, folder, starts, processor, articles }: Subject): void {
  const article = articles.length === 0 ? '' : `; with its first article ${timesOf(articles)}`;
  console.log(
    `${name.padEnd(16)} ${kilobytesOf(folder)} kB, start ${timesOf(starts)}, processor ${timesOf(processor)}${article}`,
  );
}

function timesOf(times: readonly number[]): string {
  return `${medianOf(times).toFixed(0)} ms (${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)})`;
}

/** Of all files. */
function kilobytesOf(folder: string): number {
  // Without the licences, which nothing reads.
  const files = readdirSync(folder).filter((file) => file.endsWith('.mjs'));
  const bytes = files.map((file) => statSync(join(folder, file)).size);
  return Math.round(bytes.reduce((total, each) => total + each, 0) / 1_000);
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

await measure();
