/**
 * Many readers on `feedwright serve`, each answer judged, while articles are written into the folder that it serves.
 * What the readers do comes from a seed; how it meets with the publishing does not.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { createRandom } from '../../tests/simulation/random.ts';
import { walkHistory } from '../../tests/support/history-walk.ts';
import { findFreePort } from '../../tests/support/loopback.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { type Answer, createPoller, type PollerOptions } from './poller.ts';

const ENTRY_POINT = fileURLToPath(new URL('../../bin/feedwright.ts', import.meta.url));
const PATHS = ['/rss.xml', '/atom.xml', '/feed.json', '/tags/sea/atom.xml', '/tags/sea/feed.json', '/', '/feeds.opml'];
/** Written before anybody asks, so that every document is there. */
const FIRST_COUNT = 10;
const WRITE_EVERY_MS = 25;
const PAUSE_MS_MAX = 60;
const ANSWER_MS_MAX = 30_000;
const MINUTE_MS = 60_000;
/** Paths that every reader asks for once more when nothing changes any more: then tags hold, and parts are of one version. */
const POLLS_AT_REST = 10;

export interface LoadOptions {
  readonly pollerCount: number;
  readonly articleCount: number;
  /** Articles that are written at once, every 25 ms. */
  readonly burstCount: number;
  readonly seed: number;
  /** The run is given up after this. */
  readonly runMsMax: number;
}

export interface LoadReport {
  readonly pollCount: number;
  readonly byStatus: Readonly<Record<number, number>>;
  readonly versionCount: number;
  readonly ms: number;
  /** Milliseconds within which 99 of 100 answers came. */
  readonly slow: number;
  /** The faults, one line each; empty when there were none. */
  readonly faults: readonly string[];
}

export async function putUnderLoad(options: LoadOptions): Promise<LoadReport> {
  const base = mkdtempSync(join(tmpdir(), 'feedwright-load-'));
  mkdirSync(join(base, 'content'));
  writeFileSync(join(base, 'content/site.yaml'), 'title: Load\nid: load\npageSize: 20\n');
  writeArticles(base, 0, FIRST_COUNT);
  const server = await startServer(base);
  try {
    return await poll(base, server.port, options);
  } finally {
    server.child.kill('SIGKILL');
    rmSync(base, { recursive: true });
  }
}

async function poll(base: string, port: number, options: LoadOptions): Promise<LoadReport> {
  const { pollerCount, articleCount, seed, runMsMax } = options;
  const startedAt = performance.now();
  const endsAt = startedAt + runMsMax;
  const ledger = createLedger();
  const tally = createTally();
  let isOver = false;
  const agents = [new Agent({ keepAlive: true }), new Agent({ keepAlive: false })];
  const readers = Array.from({ length: pollerCount }, async (_, index) => {
    const random = createRandom(seed * 10_000 + index);
    const ask: PollerOptions['ask'] = (method, path, headers) =>
      tally.count(() => send({ port, method, path, headers, agent: agents[index % agents.length] }));
    const poller = createPoller({ random, ledger, paths: PATHS, ask });
    for (let left = POLLS_AT_REST; left > 0 && performance.now() < endsAt; left -= Number(isOver)) {
      tally.faults.push(...(await poller.poll().catch((error: unknown) => [`no answer: ${error}`])));
      await wait(random.next() * PAUSE_MS_MAX);
    }
  });
  for (let from = FIRST_COUNT; from < articleCount && performance.now() < endsAt; from += options.burstCount) {
    writeArticles(base, from, Math.min(articleCount, from + options.burstCount));
    await wait(WRITE_EVERY_MS);
  }
  await until(() => PATHS.every((path) => isUpToDate(ledger, path, articleCount)), endsAt);
  isOver = true;
  await Promise.all(readers);
  for (const agent of agents) agent.destroy();
  const left = PATHS.filter((path) => !isUpToDate(ledger, path, articleCount)).map(
    (path) => `${path} is not up to date`,
  );
  const faults = [...tally.faults, ...left, ...(await checkHistory(port, articleCount))];
  const ms = Math.round(performance.now() - startedAt);
  return { ...tally.report(), versionCount: ledger.versionCount(), ms, faults };
}

function isUpToDate(ledger: Ledger, path: string, articleCount: number): boolean {
  return path === '/feeds.opml' || ledger.newestOf(path) === articleCount - 1;
}

async function until(isSo: () => boolean, endsAt: number): Promise<void> {
  while (!isSo() && performance.now() < endsAt) await wait(WRITE_EVERY_MS);
}

/** Every article is to be in the history exactly once. */
async function checkHistory(port: number, articleCount: number): Promise<readonly string[]> {
  const siteUrl = `http://localhost:${port}/`;
  const read = async (path: string): Promise<string | null> => {
    const answer = await send({ port, method: 'GET', path: encodeURI(`/${path}`), headers: {}, agent: undefined });
    return answer.status === 200 ? answer.text.toString() : null;
  };
  const { ids } = await walkHistory(read, siteUrl, 'all', 'atom');
  const count = new Set(ids).size;
  return count === articleCount && ids.length === count ? [] : [`${count} articles in the history, of ${articleCount}`];
}

/** Half of them with the tag that has a feed of its own; the last one too. */
function writeArticles(base: string, from: number, to: number): void {
  for (let index = from; index < to; index += 1) {
    const date = new Date(Date.UTC(2020, 0, 1) + index * MINUTE_MS).toISOString();
    const tags = index % 2 === 1 ? 'tags: [sea]\n' : '';
    const text = `Words of ${index}, and waves. `.repeat(20);
    writeFileSync(
      join(base, `content/a${index}.md`),
      `---\ntitle: Article number ${index}\ndate: ${date}\n${tags}---\n${text}\n`,
    );
  }
}

interface Tally {
  readonly faults: string[];
  count(ask: () => Promise<Answer>): Promise<Answer>;
  report(): Pick<LoadReport, 'pollCount' | 'byStatus' | 'slow'>;
}

function createTally(): Tally {
  const byStatus: Record<number, number> = {};
  const took: number[] = [];
  return {
    faults: [],
    async count(ask) {
      const startedAt = performance.now();
      const answer = await ask();
      took.push(performance.now() - startedAt);
      byStatus[answer.status] = (byStatus[answer.status] ?? 0) + 1;
      return answer;
    },
    report() {
      took.sort((a, b) => a - b);
      return { pollCount: took.length, byStatus, slow: Math.round(took[Math.floor(took.length * 0.99)] ?? 0) };
    },
  };
}

interface Sent {
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: Agent | undefined;
}

function send({ port, method, path, headers, agent }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const own = { ...headers, host: `localhost:${port}` };
    const sent = request({ host: '127.0.0.1', port, method, path, headers: own, agent, timeout: ANSWER_MS_MAX });
    sent.on('response', (response) => readAnswer(response).then(resolve, reject));
    sent.on('timeout', () => sent.destroy(new Error(`Nothing for ${ANSWER_MS_MAX} ms.`)));
    sent.on('error', reject);
    sent.end();
  });
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const encoding = response.headers['content-encoding'];
  return { status: response.statusCode ?? 0, headers: response.headers, body, text: unpack(body, encoding) };
}

function unpack(body: Buffer, encoding: string | undefined): Buffer {
  if (body.length === 0) return body;
  if (encoding === 'br') return brotliDecompressSync(body);
  return encoding === 'gzip' ? gunzipSync(body) : body;
}

async function startServer(base: string): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const port = await findFreePort();
  const child = spawn(process.execPath, [ENTRY_POINT, 'serve', 'content', '--port', String(port)], { cwd: base });
  let said = '';
  const ready = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        said += chunk;
        if (said.includes('Ctrl-C ends')) resolve();
      });
    }
    child.once('close', () => reject(new Error(`The server ended: ${said}`)));
  });
  await ready;
  return { child, port };
}
