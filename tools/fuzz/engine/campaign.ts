/** Fuzzes one target for some time: starts its thread, hears what it finds, and ends a run that does not end by itself. */

import { Worker } from 'node:worker_threads';
import type { ThreadNews, ThreadTask } from './campaign-thread.ts';
import type { Finding, Tally } from './fuzzer.ts';
import { shareInput } from './shared-input.ts';

export interface Campaign {
  readonly target: string;
  /** Path of the module that exports it. */
  readonly module: string;
  readonly seed: number;
  readonly ms: number;
  readonly folder: string;
  readonly regressions: readonly Uint8Array[];
  readonly find: (finding: Finding) => void;
  readonly progress: (tally: Tally) => void;
}

/** By so much CPU time without an end a run is taken for endless. */
const SILENCE_MS_MAX = 20_000;
const LOOK_EVERY_MS = 1_000;
/** Instrumenting takes seconds; a thread that is not even there by then won't come. */
const START_MS_MAX = 180_000;
/** After so many endless runs or deaths the target is left alone. */
const DEATHS_MAX = 5;
const MEMORY_MB_MAX = 1_024;

const NOTHING_DONE: Tally = { executions: 0, corpus: 0, branches: 0, slowestMs: 0 };

/** The total of all threads, including those that had to be ended. */
export async function runCampaign(campaign: Campaign): Promise<Tally> {
  let sum = NOTHING_DONE;
  let msLeft = campaign.ms;
  for (let deaths = 0; deaths < DEATHS_MAX && msLeft > 0; deaths += 1) {
    const { tally, death, input, ms } = await runThread(campaign, campaign.seed + deaths, msLeft);
    sum = {
      ...tally,
      executions: sum.executions + tally.executions,
      slowestMs: Math.max(sum.slowestMs, tally.slowestMs),
    };
    if (death === null) break;
    campaign.find({ offences: [death], input });
    msLeft -= ms;
  }
  return sum;
}

interface ThreadEnd {
  readonly tally: Tally;
  /** Why it ended before its time; null when it didn't. */
  readonly death: string | null;
  readonly input: Uint8Array;
  /** How long it fuzzed. */
  readonly ms: number;
}

function runThread(campaign: Campaign, seed: number, ms: number): Promise<ThreadEnd> {
  const { target, module, folder, regressions, find, progress } = campaign;
  const shared = shareInput();
  const task: ThreadTask = { target, module, seed, ms, folder, input: shared.buffer, regressions };
  const worker = new Worker(new URL('campaign-thread.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB_MAX },
  });
  return new Promise((resolve, reject) => {
    let tally = NOTHING_DONE;
    let since: number | null = null;
    const watch = watchOver(shared.count, () => end('does not end'));
    const end = (death: string | null): void => {
      clearInterval(watch);
      worker.removeAllListeners();
      // The thread's own end may come with an error that was already told.
      worker.on('error', () => {});
      void worker.terminate().then(() => {
        const isStarted = death === null || shared.count() > 0;
        if (!isStarted) return reject(new Error(`The target ${target} can't be run: it ${death}`));
        const executions = Math.max(tally.executions, shared.count());
        const ran = since === null ? 0 : performance.now() - since;
        resolve({ tally: { ...tally, executions }, death, input: shared.read(), ms: ran });
      });
    };
    worker.on('message', (news: ThreadNews) => {
      since ??= performance.now();
      if (news.kind === 'finding') return find(news.finding);
      tally = news.tally;
      progress(tally);
      if (news.kind === 'end') end(null);
    });
    worker.on('error', (error: unknown) => end(`ends the process: ${error instanceof Error ? error.stack : error}`));
    worker.on('exit', (code) => end(`ends the process with ${code}`));
  });
}

/** Calls when CPU time goes by while nothing new begins. */
function watchOver(count: () => number, giveUp: () => void): NodeJS.Timeout {
  let seen = 0;
  let since = process.cpuUsage();
  return setInterval(() => {
    if (count() !== seen) {
      seen = count();
      since = process.cpuUsage();
      return;
    }
    const { user, system } = process.cpuUsage(since);
    if ((user + system) / 1_000 > (seen === 0 ? START_MS_MAX : SILENCE_MS_MAX)) giveUp();
  }, LOOK_EVERY_MS);
}
