import { describe, expect, it } from 'vitest';
import { predictLag } from '../../../../tools/bench/scale/lane-model.ts';

const TIMES = { t0: 600, t1: 4 };

describe('the lag of a lane', () => {
  it('is one run where articles come seldom', () => {
    expect(predictLag(TIMES, 1e-9)).toBeCloseTo(604, 3);
  });

  it('is at most one and a half runs where a batch takes hardly longer than one article', () => {
    expect(predictLag(TIMES, 2 / 604)).toBeLessThan(1.5 * 610);
  });

  it('never falls with more articles, and has no bound where each takes longer than passes until the next', () => {
    const rates = [0.0001, 0.001, 0.01, 0.1, 0.2, 0.24];
    const lags = rates.map((rate) => predictLag(TIMES, rate));
    expect(lags).toEqual(lags.toSorted((a, b) => a - b));
    expect(predictLag(TIMES, 0.25)).toBe(Number.POSITIVE_INFINITY);
  });
});
