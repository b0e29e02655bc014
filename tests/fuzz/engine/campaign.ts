/** Fuzzes one target for some time: starts its thread, hears what it finds, and ends a run that does not end by itself. */

import { Worker } from 'node:worker_threads';
import type { ThreadNews, ThreadTask } from './campaign-thread.ts';
import type { Finding, Tally } from './fuzzer.ts';
import { shareInput } from './shared-input.ts';

export interface Campaign {
  readonly target: string;
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

/** What was done in all, those threads included that had to be ended. */
export async function runCampaign(campaign: Campaign): Promise<Tally> {
  const endsAt = Date.now() + campaign.ms;
  let sum: Tally = { executions: 0, corpus: 0, branches: 0, slowestMs: 0 };
  for (let deaths = 0; deaths < DEATHS_MAX && Date.now() < endsAt; deaths += 1) {
    const { tally, death, input } = await runThread(campaign, campaign.seed + deaths, endsAt);
    sum = {
      ...tally,
      executions: sum.executions + tally.executions,
      slowestMs: Math.max(sum.slowestMs, tally.slowestMs),
    };
    if (death === null) break;
    campaign.find({ offences: [death], input });
  }
  return sum;
}

interface ThreadEnd {
  readonly tally: Tally;
  /** Why it ended before its time; null when it didn't. */
  readonly death: string | null;
  readonly input: Uint8Array;
}

function runThread(
  { target, folder, regressions, find, progress }: Campaign,
  seed: number,
  endsAt: number,
): Promise<ThreadEnd> {
  const shared = shareInput();
  const task: ThreadTask = { target, seed, endsAt, folder, input: shared.buffer, regressions };
  const worker = new Worker(new URL('campaign-thread.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB_MAX },
  });
  return new Promise((resolve, reject) => {
    let tally: Tally = { executions: 0, corpus: 0, branches: 0, slowestMs: 0 };
    const watch = watchOver(shared.count, () => end('does not end'));
    const end = (death: string | null): void => {
      clearInterval(watch);
      worker.removeAllListeners();
      // The thread's own end may come with an error that was already told.
      worker.on('error', () => {});
      const isStarted = death === null || shared.count() > 0;
      void worker.terminate().then(() => {
        const executions = Math.max(tally.executions, shared.count());
        if (isStarted) resolve({ tally: { ...tally, executions }, death, input: shared.read() });
        else reject(new Error(`The target ${target} can't be run: it ${death}`));
      });
    };
    worker.on('message', (news: ThreadNews) => {
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
