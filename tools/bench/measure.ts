/**
 * Measuring so that what is compared is comparable: whoever is compared takes turns within one run, so that a machine
 * that slows down slows all; the median is quoted, with the least and the greatest beside it.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
    min: sorted[0] ?? Number.NaN,
    max: sorted.at(-1) ?? Number.NaN,
  };
}

/** `1.23 (1.1–2)`: three digits, so that nobody takes noise for knowledge. */
export function formatSpread({ median, min, max }: Spread): string {
  return `${formatNumber(median)} (${formatNumber(min)}–${formatNumber(max)})`;
}

export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return '–';
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(value < 0.1 ? 2 : 3)));
}

/** How many times as long `theirs` takes as `ours`. */
export function formatRatio(theirs: number, ours: number): string {
  const ratio = theirs / ours;
  return Number.isFinite(ratio) ? `${formatNumber(ratio)}×` : '–';
}

export interface Contender {
  readonly name: string;
  /** Done before each turn, outside the time. */
  readonly prepare?: () => unknown;
  readonly run: (prepared: unknown) => unknown;
}

/** Milliseconds for one call of each, by name. A turn is as many calls as take about `turnMs`. */
export async function compareCalls(
  contenders: readonly Contender[],
  { turns = 9, turnMs = 40 }: { readonly turns?: number; readonly turnMs?: number } = {},
): Promise<ReadonlyMap<string, Spread>> {
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  const counts = new Map<string, number>();
  for (const contender of contenders) {
    // The first calls compile; they count for nothing.
    const warm = await timeCalls(contender, 3);
    counts.set(contender.name, Math.max(1, Math.min(500, Math.round(turnMs / Math.max(warm, 0.001)))));
    await timeCalls(contender, counts.get(contender.name) ?? 1);
  }
  for (let turn = 0; turn < turns; turn += 1) {
    for (const contender of contenders) {
      times.get(contender.name)?.push(await timeCalls(contender, counts.get(contender.name) ?? 1));
    }
  }
  return new Map([...times].map(([name, values]) => [name, spreadOf(values)]));
}

/**
 * Processor time of a call, not the time on the wall: others may have the processor meanwhile. What is prepared for each
 * call is prepared just before it: inputs that wait in a heap of their own are slower to read than the one input of a
 * contender that needs no other.
 */
async function timeCalls(contender: Contender, count: number): Promise<number> {
  const { prepare, run } = contender;
  if (prepare === undefined) return timeRun(count, () => run(undefined));
  let total = 0;
  for (let call = 0; call < count; call += 1) {
    const prepared = prepare();
    total += await timeRun(1, () => run(prepared));
  }
  return total / count;
}

async function timeRun(count: number, run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  for (let call = 0; call < count; call += 1) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / count;
}

export interface ProcessCost {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMebibytes: number;
}

export interface ProcessContender {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Done before each run, outside the time. */
  readonly prepare?: () => void;
}

export type ProcessSpread = { readonly [Figure in keyof ProcessCost]: Spread };

const PROCESS_MS_MAX = 1_200_000;

/** Runs whole processes in turn, and gives what the system says of each that ended. */
export function compareProcesses(
  contenders: readonly ProcessContender[],
  turns: number,
): ReadonlyMap<string, ProcessSpread> {
  const costs = new Map<string, ProcessCost[]>(contenders.map(({ name }) => [name, []]));
  for (let turn = 0; turn < turns; turn += 1) {
    for (const contender of contenders) costs.get(contender.name)?.push(runProcess(contender));
  }
  return new Map(
    [...costs].map(([name, all]) => [
      name,
      {
        wallSeconds: spreadOf(all.map(({ wallSeconds }) => wallSeconds)),
        cpuSeconds: spreadOf(all.map(({ cpuSeconds }) => cpuSeconds)),
        peakMebibytes: spreadOf(all.map(({ peakMebibytes }) => peakMebibytes)),
      },
    ]),
  );
}

/** Needs GNU time (Debian's package `time`), which asks the system for the processor time and the peak of memory. */
function runProcess({ name, command, args, cwd, env, prepare }: ProcessContender): ProcessCost {
  prepare?.();
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-bench-'));
  try {
    const report = join(folder, 'cost');
    const { status, stderr, error } = spawnSync('time', ['-o', report, '-f', '%e %U %S %M', command, ...args], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
      timeout: PROCESS_MS_MAX,
      ...(cwd !== undefined && { cwd }),
    });
    if (error !== undefined || status !== 0)
      throw new Error(`${name} failed: ${error?.message ?? stderr.slice(-2_000)}`);
    const [wall = 0, user = 0, system = 0, kilobytes = 0] = readFileSync(report, 'utf8').trim().split(' ').map(Number);
    return { wallSeconds: wall, cpuSeconds: user + system, peakMebibytes: kilobytes / 1_024 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
