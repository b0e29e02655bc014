import { describe, expect, it } from 'vitest';
import { runHistory } from './history.ts';

const SEED_COUNT = 20;

describe('a publication that is changed by many, in any weather', () => {
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
