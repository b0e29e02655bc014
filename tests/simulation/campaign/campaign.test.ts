import { expect, it } from 'vitest';
import { runHistory } from '../history.ts';
import { addCoverage, type Coverage } from '../trace.ts';
import { type Findings, runCampaign } from './campaign.ts';

const SEED_COUNT = 6;

it('runs in threads that keep results the same histories as without', async () => {
  const found: Findings[] = [];
  const campaign = { from: 1, seedCount: SEED_COUNT, mutant: null, emphasis: null, workers: 2, failuresMax: 1 };
  await runCampaign(campaign, (findings) => found.push(findings));
  const coverage: Coverage = new Map();
  let steps = 0;
  for (let seed = 1; seed <= SEED_COUNT; seed += 1) {
    const history = await runHistory(seed);
    addCoverage(coverage, history.coverage);
    steps += history.steps;
  }
  expect(found).toEqual([{ seedCount: SEED_COUNT, steps, coverage, failures: [] }]);
});
