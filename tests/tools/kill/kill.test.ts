import { expect, it } from 'vitest';
import { killManyTimes } from '../../../tools/kill/kills.ts';

it('the build after a kill ends in the documents of an undisturbed one', async () => {
  expect(await killManyTimes({ articleCount: 20, times: 2, seed: 1 })).toEqual([]);
}, 120_000);
