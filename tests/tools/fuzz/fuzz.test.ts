/**
 * The short form of `npm run fuzz`: inputs of each format's shape as property tests, a few rounds of mutations from a
 * fixed seed, and everything that was ever found.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutate } from '../../../tools/fuzz/engine/mutations.ts';
import { tryInput } from '../../../tools/fuzz/engine/target.ts';
import { readRegressions } from '../../../tools/fuzz/findings.ts';
import { loadTarget, TARGET_NAMES } from '../../../tools/fuzz/targets.ts';
import { createRandom } from '../../simulation/random.ts';

const SHAPED_COUNT = 25;
const MUTANT_COUNT = 25;
const SEED = 1;

describe.each(TARGET_NAMES)('%s', (name) => {
  it('takes inputs of its own shape', async () => {
    const target = await loadTarget(name);
    const law = fc.asyncProperty(target.inputs, async (input) => {
      expect((await tryInput(target, input, { again: true })).offences).toEqual([]);
    });
    await fc.assert(law, { seed: SEED, numRuns: SHAPED_COUNT });
  });

  it('takes what well-meant inputs become by chance', async () => {
    const target = await loadTarget(name);
    const random = createRandom(SEED);
    const seeds = target.seeds();
    const tokens = target.dictionary.map((word) => new TextEncoder().encode(word));
    for (let count = 0; count < MUTANT_COUNT; count += 1) {
      const mutant = mutate(random.pick(seeds), { random, tokens, other: () => random.pick(seeds) });
      expect((await tryInput(target, mutant)).offences, new TextDecoder().decode(mutant)).toEqual([]);
    }
  });

  const regressions = readRegressions(name);
  it.skipIf(regressions.length === 0).each(regressions)('takes $name', async ({ input }) => {
    expect((await tryInput(await loadTarget(name), input, { again: true })).offences).toEqual([]);
  });
});
