/** Some seeds, one after another. */

import { runHistory } from '../history.ts';
import { MUTANTS } from '../mutants/mutants.ts';
import { addCoverage, type Coverage } from '../trace.ts';
import type { Failure, Findings, Portion } from './campaign.ts';

export async function runPortion({ from, seedCount, mutant, emphasis }: Portion): Promise<Findings> {
  const coverage: Coverage = new Map();
  const failures: Failure[] = [];
  let steps = 0;
  for (let seed = from; seed < from + seedCount; seed += 1) {
    const history = await runHistory(seed, { mutant: mutant === null ? null : (MUTANTS[mutant] ?? null), emphasis });
    steps += history.steps;
    addCoverage(coverage, history.coverage);
    if (history.violations.length > 0) failures.push({ seed, violations: history.violations });
  }
  return { seedCount, steps, coverage, failures };
}
