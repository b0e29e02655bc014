/**
 * `npm run simulate -- --seeds N [--from S] [--workers W] [--failures-max F] [--mutant NAME] [--emphasis TOPIC]`: runs
 * many histories, and prints what was found and at which steps processes died. With `--trace` it prints every step of one history.
 */

import { parseArgs } from 'node:util';
import { type Failure, runCampaign, WORKERS_DEFAULT, WORKERS_MAX } from './campaign/campaign.ts';
import { runHistory } from './history.ts';
import { MUTANTS } from './mutants/mutants.ts';
import { TOPICS } from './people/author.ts';
import { addCoverage, type Coverage, OUTCOMES } from './trace.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(WORKERS_DEFAULT) },
    'failures-max': { type: 'string', default: '1' },
    mutant: { type: 'string' },
    emphasis: { type: 'string' },
    trace: { type: 'boolean', default: false },
  },
});
const PROGRESS_MS = 10_000;

const mutant = values.mutant ?? null;
const emphasis = TOPICS.find((topic) => topic === values.emphasis) ?? null;
const from = wholeNumber(values.from, -Number.MAX_SAFE_INTEGER);
const seedCount = wholeNumber(values.seeds, 1);
const workers = wholeNumber(values.workers, 1, WORKERS_MAX);
const failuresMax = wholeNumber(values['failures-max'], 1);
if (mutant !== null && MUTANTS[mutant] === undefined) {
  usage(`There is no mutant ${mutant}. There are:\n${Object.keys(MUTANTS).join('\n')}`);
}
if (values.emphasis !== undefined && emphasis === null) usage(`The topics are: ${TOPICS.join(', ')}.`);

if (values.trace) await traceOne();
else await runAll();

async function traceOne(): Promise<void> {
  const { violations, trace, steps } = await runHistory(from, {
    mutant: mutant === null ? null : (MUTANTS[mutant] ?? null),
    emphasis,
    onStep: (line) => console.log(line),
  });
  for (const violation of violations) console.log(`- ${violation}`);
  console.log(`Seed ${from}: ${violations.length} violations; ${steps} steps; trace ${trace}`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}

async function runAll(): Promise<void> {
  const coverage: Coverage = new Map();
  const started = performance.now();
  const failed: number[] = [];
  let done = 0;
  let steps = 0;
  let told = started;
  const report = (): string => {
    const seconds = (performance.now() - started) / 1_000;
    const rate = `${((1_000 * seconds) / done).toFixed(1)} ms a seed`;
    return `${done} of ${seedCount} seeds, ${failed.length} failed; ${steps} steps, ${seconds.toFixed(0)} s, ${rate}`;
  };
  await runCampaign({ from, seedCount, mutant, emphasis, workers, failuresMax }, (findings) => {
    done += findings.seedCount;
    steps += findings.steps;
    addCoverage(coverage, findings.coverage);
    failed.push(...findings.failures.map(({ seed }) => seed));
    for (const failure of findings.failures) printFailure(failure);
    if (performance.now() - told < PROGRESS_MS) return;
    told = performance.now();
    console.log(report());
  });
  printCoverage(coverage);
  console.log(report());
  if (failed.length > 0) console.log(`Failing seeds: ${failed.sort((a, b) => a - b).join(' ')}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

function printFailure({ seed, violations }: Failure): void {
  console.log(`Seed ${seed} fails:\n${violations.map((each) => `- ${each}`).join('\n')}`);
  const named = `${mutant === null ? '' : ` --mutant "${mutant}"`}${emphasis === null ? '' : ` --emphasis ${emphasis}`}`;
  console.log(`Replay: npm run -s simulate -- --trace --from ${seed}${named}\n`);
}

/** How often each kind of step happened, and how often it failed, lost its answer, or was where a process died. */
function printCoverage(coverage: Coverage): void {
  const cells = (counts: readonly unknown[]): string => counts.map((count) => String(count).padStart(13)).join('');
  console.log(`${cells(OUTCOMES)}  step`);
  for (const [step, counts] of [...coverage].sort(([a], [b]) => (a < b ? -1 : 1)))
    console.log(`${cells(counts)}  ${step}`);
}

function wholeNumber(text: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= least && number <= most) return number;
  return usage(`${JSON.stringify(text)} is no whole number from ${least} to ${most}.`);
}

function usage(mistake: string): never {
  console.error(
    `${mistake}\nUsage: --seeds N --from S --workers W --failures-max F --mutant NAME --emphasis TOPIC, or --trace --from S`,
  );
  process.exit(2);
}
