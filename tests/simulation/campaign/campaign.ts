/** Many histories: several threads take portions of the seeds, and what they found is added up. */

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Topic } from '../people/author.ts';
import type { Coverage } from '../trace.ts';

export interface Campaign {
  readonly from: number;
  readonly seedCount: number;
  readonly mutant: string | null;
  /** What people are mostly busy with; null for what each seed draws. */
  readonly emphasis: Topic | null;
  /** Threads. */
  readonly workers: number;
  /** After so many failing seeds it ends. */
  readonly failuresMax: number;
}

/** What some seeds gave. */
export interface Findings {
  readonly seedCount: number;
  readonly steps: number;
  readonly coverage: Coverage;
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly seed: number;
  readonly violations: readonly string[];
}

/** Seeds that a thread runs before it tells of them. */
const PORTION_COUNT = 20;
export const WORKERS_MAX = 64;
export const WORKERS_DEFAULT = Math.min(availableParallelism(), 4);

/** @param tell told of each portion as it ends */
export async function runCampaign(campaign: Campaign, tell: (findings: Findings) => void): Promise<void> {
  const { from, seedCount, mutant, emphasis, failuresMax } = campaign;
  let next = from;
  let failed = 0;
  const take = (): Portion | null => {
    if (next >= from + seedCount || failed >= failuresMax) return null;
    const portion = { from: next, seedCount: Math.min(PORTION_COUNT, from + seedCount - next), mutant, emphasis };
    next += portion.seedCount;
    return portion;
  };
  const hear = (findings: Findings): void => {
    failed += findings.failures.length;
    tell(findings);
  };
  const count = Math.min(campaign.workers, Math.ceil(seedCount / PORTION_COUNT));
  await Promise.all(Array.from({ length: count }, () => workOff(take, hear)));
}

/** Seeds for one thread. */
export interface Portion {
  readonly from: number;
  readonly seedCount: number;
  /** One of `MUTANTS`. */
  readonly mutant: string | null;
  readonly emphasis: Topic | null;
}

/** One thread, until there are no portions left. */
function workOff(take: () => Portion | null, hear: (findings: Findings) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('campaign-thread.ts', import.meta.url));
    const giveNext = (): void => {
      const portion = take();
      if (portion === null) worker.terminate().then(() => resolve(), reject);
      else worker.postMessage(portion);
    };
    worker.on('message', (findings: Findings) => {
      hear(findings);
      giveNext();
    });
    worker.on('error', reject);
    giveNext();
  });
}
