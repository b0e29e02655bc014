import { expect, it } from 'vitest';
import { createTurns } from '../../lambda/store/bounded.ts';

it('runs no more at a time than it may, in the order in which they came, and goes on after a failure', async () => {
  const inTurn = createTurns(2);
  const begun: number[] = [];
  const ends: PromiseWithResolvers<void>[] = [];
  const work = (number: number) =>
    inTurn(async () => {
      begun.push(number);
      const end = Promise.withResolvers<void>();
      ends.push(end);
      await end.promise;
      return number;
    });
  const all = [1, 2, 3, 4].map(work);
  const results = Promise.allSettled(all);
  await Promise.resolve();
  expect(begun).toEqual([1, 2]);
  ends[0]?.reject(new Error('broken'));
  await expect(all[0]).rejects.toThrow('broken');
  expect(begun).toEqual([1, 2, 3]);
  ends[1]?.resolve();
  await all[1];
  expect(begun).toEqual([1, 2, 3, 4]);
  for (const { resolve } of ends) resolve();
  expect((await results).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
});
