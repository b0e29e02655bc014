/**
 * How long each input takes to be read. The reading happens in a thread of its own, so that one that never ends can be
 * told, and ended.
 */

import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { isArticleKey, parseArticles } from '../../lambda/article/parse.ts';
import { parseSite } from '../../lambda/site/parse-site.ts';
import type { HostileInput } from './hostile-input.ts';

/** The CPU time that a reader may take: other work on the machine doesn't count. */
const READING_MS_MAX = 2_000;
/** By then it is taken for endless. */
const SILENCE_MS_MAX = 60_000;

/** The inputs that take too long; after one that is endless no other is looked at. */
export async function findSlow(inputs: readonly HostileInput[]): Promise<readonly string[]> {
  const slow: string[] = [];
  const worker = new Worker(new URL(import.meta.url), { workerData: inputs });
  let done = 0;
  await new Promise<void>((resolve, reject) => {
    const giveUp = () => {
      slow.push(`${inputs[done]?.name}: does not end`);
      void worker.terminate();
    };
    let silence = setTimeout(giveUp, SILENCE_MS_MAX);
    worker.on('message', (ms: number) => {
      if (ms > READING_MS_MAX) slow.push(`${inputs[done]?.name}: ${Math.round(ms)} ms`);
      done += 1;
      clearTimeout(silence);
      silence = setTimeout(giveUp, SILENCE_MS_MAX);
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      clearTimeout(silence);
      resolve();
    });
  });
  return slow;
}

function readAll(inputs: readonly HostileInput[]): void {
  const { site } = parseSite(null, { url: 'https://example.org/' });
  if (site === null) throw new Error('There are no settings.');
  for (const { key, body } of inputs) {
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    const before = process.cpuUsage();
    if (isArticleKey(key)) parseArticles({ key, body: bytes, site });
    const { user, system } = process.cpuUsage(before);
    parentPort?.postMessage((user + system) / 1_000);
  }
}

if (!isMainThread) readAll(workerData);
