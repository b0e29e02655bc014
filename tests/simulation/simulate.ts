/** `node tests/simulation/simulate.ts --seeds N [--from S] [--mutant NAME] [--trace]`: runs histories one after another. */

import { parseArgs } from 'node:util';
import { runHistory } from './history.ts';
import { MUTANTS } from './mutants.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    mutant: { type: 'string' },
    trace: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const PROGRESS_MS = 10_000;

const from = Number(values.from);
const count = Number(values.seeds);
const mutant = values.mutant === undefined ? null : (MUTANTS[values.mutant] ?? null);
if (!Number.isSafeInteger(from) || !(count >= 1) || (values.mutant !== undefined && mutant === null)) {
  console.error(
    `Usage: --seeds N [--from S] [--trace] [--keep] [--mutant NAME], one of:\n${Object.keys(MUTANTS).join('\n')}`,
  );
  process.exit(2);
}

const coverage = new Map<string, number>();
const started = performance.now();
let told = started;
let steps = 0;
let failed = 0;
for (let seed = from; seed < from + count; seed += 1) {
  const history = await runHistory(seed, { mutant, ...(values.trace && { onStep: (line) => console.log(line) }) });
  steps += history.steps;
  for (const [kind, times] of history.coverage) coverage.set(kind, (coverage.get(kind) ?? 0) + times);
  if (history.violations.length > 0) {
    failed += 1;
    console.log(`Seed ${seed} fails:\n${history.violations.map((each) => `- ${each}`).join('\n')}`);
    console.log(`Replay: node tests/simulation/simulate.ts --seeds 1 --from ${seed} --trace\n`);
    if (!values.keep) break;
  }
  if (performance.now() - told < PROGRESS_MS) continue;
  told = performance.now();
  console.log(`${seed - from + 1} of ${count} seeds, ${failed} failed, ${steps} steps, ${seconds()} s`);
}
for (const [kind, times] of [...coverage].sort())
  if (!values.trace && !kind.startsWith('done')) console.log(`${String(times).padStart(9)} ${kind}`);
console.log(`${count} seeds from ${from}: ${failed} failed; ${steps} steps, ${seconds()} s`);
process.exitCode = failed === 0 ? 0 : 1;

function seconds(): string {
  return ((performance.now() - started) / 1000).toFixed(1);
}
