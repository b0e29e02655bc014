/**
 * `npm run bench:scale`: what it costs to publish, edit and remove one article, and to end a page, in feeds of 100 to
 * 1,000,000 entries. Every size runs in a process of its own, so that its peak of memory is its own.
 *
 * `-- --sizes 100,10000` takes other sizes, `-- --text 5000` other lengths of articles, in bytes. `-- --bulk 10000`
 * publishes so many articles at once instead, in batches of several sizes, and walks their history; with
 * `--sample <folder>` some of the documents are written there, for other validators.
 *
 * Compared are archives whose newest page is equally long before the measurement (one page's size), because that page
 * lies in the root and is most of it: 16 to 94 entries, whatever the length of the archive.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openSqliteStore } from '../../../local/store/sqlite-store.ts';
import {
  type Cost,
  createScalePublication,
  keyOf,
  type ScalePublication,
  textOf,
} from '../../../tests/support/scale-publication.ts';
import { measureBulk } from './scale-bulk.ts';

const PAGE_SIZE = 30;
const FRONT_COUNT = 40;
const MIDDLE_COUNT = 9;
const PAGE_END_TRIES_MAX = 200;

interface Result {
  readonly entryCount: number;
  readonly costs: Readonly<Record<Act, Cost>>;
  readonly buildSeconds: number;
  readonly stateBytes: number;
  readonly peakBytes: number;
}

const ACTS = ['new', 'new, a page ends', 'edited in the middle', 'removed in the middle'] as const;
type Act = (typeof ACTS)[number];

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100,10000,100000,1000000' },
    text: { type: 'string', default: '5000' },
    only: { type: 'boolean', default: false },
    bulk: { type: 'string' },
    sample: { type: 'string' },
  },
});
const textBytes = Number(values.text);
const sizes = values.sizes.split(',').map(Number);

if (values.bulk !== undefined) await measureBulk(Number(values.bulk), values.sample ?? null);
else if (values.only) console.log(JSON.stringify(await measure(sizes[0] ?? 0)));
else compare(sizes.map(measureApart));

function measureApart(size: number): Result {
  const args = [import.meta.filename, '--only', '--sizes', String(size), '--text', String(textBytes)];
  const run = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (run.status !== 0) throw new Error(`The measurement of ${size} entries has failed.`);
  const result = JSON.parse(run.stdout) as Result;
  print(result);
  return result;
}

async function measure(size: number): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-scale-'));
  const file = join(folder, 'state.sqlite');
  const { store, close } = openSqliteStore(file);
  try {
    const started = performance.now();
    const publication = await createScalePublication({
      entryCount: size,
      pageSize: PAGE_SIZE,
      textBytes,
      state: store,
    });
    const buildSeconds = (performance.now() - started) / 1000;
    const stateBytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    const costs = {
      new: median(await publishNew(publication)),
      ...(await changeMiddle(publication)),
      'new, a page ends': await endPage(publication),
    };
    const peakBytes = process.resourceUsage().maxRSS * 1024;
    return { entryCount: publication.entryCount, costs, buildSeconds, stateBytes, peakBytes };
  } finally {
    close();
    rmSync(folder, { recursive: true });
  }
}

/** One article at a time at the end, gone again before the next, so that the newest page has one length. */
async function publishNew({ entryCount, put }: ScalePublication): Promise<readonly Cost[]> {
  const costs: Cost[] = [];
  for (let index = entryCount; index < entryCount + FRONT_COUNT; index += 1) {
    costs.push(await put(keyOf(index), textOf(index, textBytes)));
    await put(keyOf(index), null);
  }
  return costs;
}

/** Articles one after another, each on a page of its own, are published as they stand, then edited, then removed. */
async function changeMiddle({ entryCount, put }: ScalePublication) {
  const edited: Cost[] = [];
  const removed: Cost[] = [];
  const apart = Math.min(10 * PAGE_SIZE, Math.floor(entryCount / (4 * MIDDLE_COUNT)));
  for (let count = 0; count < MIDDLE_COUNT; count += 1) {
    const index = Math.floor(entryCount / 2) - count * apart;
    await put(keyOf(index), textOf(index, textBytes));
    edited.push(await put(keyOf(index), textOf(index, textBytes, 2)));
    removed.push(await put(keyOf(index), null));
  }
  return { 'edited in the middle': median(edited), 'removed in the middle': median(removed) };
}

/** The publication that ended a page: it asks for more than the others. */
async function endPage({ entryCount, put }: ScalePublication): Promise<Cost> {
  const costs: Cost[] = [];
  for (let index = entryCount + FRONT_COUNT; costs.length < PAGE_END_TRIES_MAX; index += 1) {
    costs.push(await put(keyOf(index), textOf(index, textBytes)));
    const last = costs.at(-1);
    if (last !== undefined && last.requests > (costs[0]?.requests ?? 0)) return last;
  }
  throw new Error(`No page has ended within ${PAGE_END_TRIES_MAX} articles.`);
}

/** The median of each figure. */
function median(costs: readonly Cost[]): Cost {
  const of = (figure: keyof Cost): number => {
    const sorted = costs.map((cost) => cost[figure]).sort((a, b) => a - b);
    return sorted[sorted.length >> 1] ?? 0;
  };
  return { requests: of('requests'), bytesRead: of('bytesRead'), bytesWritten: of('bytesWritten'), cpuMs: of('cpuMs') };
}

function print({ entryCount, costs, buildSeconds, stateBytes, peakBytes }: Result): void {
  console.log(
    `${entryCount} entries: state ${megabytes(stateBytes)} MB on disk, made in ${buildSeconds.toFixed(0)} s; peak of memory ${megabytes(peakBytes)} MB`,
  );
  for (const act of ACTS) {
    const { requests, bytesRead, bytesWritten, cpuMs } = costs[act];
    console.log(
      `  ${act.padEnd(22)} ${String(requests).padStart(4)} requests  ${kilobytes(bytesRead)} kB read  ${kilobytes(bytesWritten)} kB written  ${cpuMs.toFixed(1).padStart(6)} ms CPU`,
    );
  }
}

/** The longest archive beside the shortest, and the goals. */
function compare(results: readonly Result[]): void {
  const first = results[0];
  const last = results.at(-1);
  if (first === undefined || last === undefined || first === last) return;
  console.log(`${last.entryCount} entries beside ${first.entryCount}:`);
  for (const act of ACTS) {
    const [a, b] = [first.costs[act], last.costs[act]];
    const more = b.requests - a.requests;
    const bytes = (b.bytesRead + b.bytesWritten) / (a.bytesRead + a.bytesWritten);
    console.log(
      `  ${act.padEnd(22)} ${more >= 0 ? '+' : ''}${more} requests, ${bytes.toFixed(2)} times the bytes, ${(b.cpuMs / a.cpuMs).toFixed(2)} times the CPU`,
    );
  }
  console.log('goals: new +0 requests, 1.2 times the bytes and the CPU at most; edited +3 requests at most');
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0);
}

function kilobytes(bytes: number): string {
  return (bytes / 1e3).toFixed(1).padStart(8);
}
