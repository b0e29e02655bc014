/** Runs `work` on all items, at most `limitCount` at a time; results in the order of the items. The first failure fails all. */
export async function mapBounded<T, R>(
  items: readonly T[],
  limitCount: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const runner = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await work(items[index] as T);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limitCount, items.length) }, runner));
  return results;
}
