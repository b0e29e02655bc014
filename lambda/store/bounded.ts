/**
 * Runs `work` on all items, at most `limitCount` at a time; results in the order of the items.
 *
 * The first failure fails the whole call, but only once everything under way has ended. Otherwise another run could
 * start while a write is still on its way, and that write would land over a newer one.
 */
export async function mapBounded<T, R>(
  items: readonly T[],
  limitCount: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Array<R>(items.length);
  const failures: unknown[] = [];
  let next = 0;
  const runner = async (): Promise<void> => {
    for (let index = next++; index < items.length && failures.length === 0; index = next++) {
      try {
        results[index] = await work(items[index] as T);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limitCount, items.length) }, runner));
  if (failures.length > 0) throw failures[0];
  return results;
}

/** Both results, as `mapBounded` gives them: a failure of either is told when both have ended. */
export async function both<One, Other>(one: Promise<One>, other: Promise<Other>): Promise<readonly [One, Other]> {
  const [first, second] = await Promise.allSettled([one, other]);
  if (first.status === 'rejected') throw first.reason;
  if (second.status === 'rejected') throw second.reason;
  return [first.value, second.value];
}

/** Runs what it is given, at most `limitCount` at a time, in the order in which it came. */
export function createTurns(limitCount: number): <R>(work: () => Promise<R>) => Promise<R> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running === limitCount) await new Promise<void>((begin) => waiting.push(begin));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
