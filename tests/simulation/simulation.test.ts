import { describe, expect, it } from 'vitest';
import { runHistory } from './history.ts';
import { MUTANTS } from './mutants.ts';

const SEED_COUNT = 16;

/**
 * The first seed that catches each mutant, as found by `simulate.ts --mutant`; more are tried when it moved.
 * Rarer ones are left to long runs: no second look at the file, the asset before the marker, claims before the announcement.
 */
const CAUGHT_BY: Readonly<Record<string, number>> = {
  'two workers on one feed': 1,
  'messages deduplicated by content': 2,
  'no second look at the settings': 276,
  'messages trusted instead of records': 115,
  'records written without comparing': 1,
  'claims written without comparing': 3,
  'records deleted': 1,
  'no places': 1,
  'places trimmed before the root is written': 3,
  'nothing pending in the root': 16,
  'subscription page before archive pages': 3,
  'claim before record': 20,
  'nothing marked as due': 1,
  'addresses that were left not told': 1,
  'own write not recognised after a lost answer': 2,
};
const TRIES_MAX = 100;

describe('a publication that many change at once, in any weather', () => {
  it('replays one history from one seed', async () => {
    const first = await runHistory(7);
    const second = await runHistory(7);
    expect(second).toEqual(first);
    expect((await runHistory(8)).trace).not.toBe(first.trace);
  });

  it.each(Array.from({ length: SEED_COUNT }, (_, index) => index + 1))(
    'is right in the end (seed %i)',
    async (seed) => {
      expect((await runHistory(seed)).violations).toEqual([]);
    },
  );
});

describe('the simulation', () => {
  it.each(Object.entries(CAUGHT_BY))('sees a publisher with this mistake: %s', async (name, firstSeed) => {
    expect(await findSeed(name, firstSeed)).not.toBeNull();
  });
});

async function findSeed(name: string, firstSeed: number): Promise<number | null> {
  const mutant = MUTANTS[name];
  if (mutant === undefined) throw new Error(`There is no mutant ${name}.`);
  for (let seed = firstSeed; seed < firstSeed + TRIES_MAX; seed += 1) {
    if ((await runHistory(seed, { mutant })).violations.length > 0) return seed;
  }
  return null;
}
