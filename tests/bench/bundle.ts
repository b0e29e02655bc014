/**
 * `npm run size`: how large the publisher's bundle is and how long a new process takes to load it and to make its
 * clients, beside the smallest bundle that only makes an S3 client. Starts take turns, so that a busy machine slows
 * both; the medians are compared.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BUNDLE_FILE, buildBundle } from '../../lib/publisher-bundle.ts';

const STARTS = 15;
const GOAL_BYTES_MAX = 700_000;
const GOAL_TIMES_MAX = 1.5;

/** What Lambda does first: it loads the file, and hands over a batch. An empty one has the clients made. */
const FIRST_INVOCATION = 'handler({Records:[]},{getRemainingTimeInMillis:()=>120000})';

function measure(): void {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-size-'));
  try {
    const ours = join(folder, 'ours');
    const least = join(folder, 'least');
    buildBundle('lambda/handler.ts', ours);
    buildBundle('tests/bench/least-function.ts', least);
    const times = { ours: [] as number[], least: [] as number[] };
    for (let start = 0; start < STARTS; start += 1) {
      times.ours.push(timeStart(ours));
      times.least.push(timeStart(least));
    }
    print('publisher', ours, times.ours);
    print('S3 client alone', least, times.least);
    const ratio = medianOf(times.ours) / medianOf(times.least);
    console.log(
      `goals: under ${GOAL_BYTES_MAX / 1_000} kB, and at most ${GOAL_TIMES_MAX} times as long as the S3 client alone`,
    );
    console.log(`here: ${kilobytesOf(ours)} kB, and ${ratio.toFixed(2)} times as long`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function print(name: string, folder: string, times: readonly number[]): void {
  const range = `${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)}`;
  console.log(`${name.padEnd(16)} ${kilobytesOf(folder)} kB, ${medianOf(times).toFixed(0)} ms (${range})`);
}

function kilobytesOf(folder: string): number {
  return Math.round(statSync(join(folder, BUNDLE_FILE)).size / 1_000);
}

/** Milliseconds from before the import until the clients are there, in a process of its own. */
function timeStart(folder: string): number {
  const script = `const t=performance.now();const {handler}=await import(${JSON.stringify(
    pathToFileURL(join(folder, BUNDLE_FILE)).href,
  )});await ${FIRST_INVOCATION};console.log('took',performance.now()-t)`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: ENVIRONMENT,
  });
  const took = /^took ([\d.]+)$/m.exec(stdout)?.[1];
  if (took === undefined) throw new Error(`The bundle did not start: ${stderr}`);
  return Number(took);
}

/** As Lambda sets it; no call is made. */
const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  POWERTOOLS_SERVICE_NAME: 'size',
  FEEDWRIGHT_CONTENT_BUCKET: 'content',
  FEEDWRIGHT_STATE_BUCKET: 'state',
  FEEDWRIGHT_SITE_BUCKET: 'site',
  FEEDWRIGHT_ARTICLE_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/123456789012/articles',
  FEEDWRIGHT_FEED_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/123456789012/feeds.fifo',
};

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

measure();
