/** Stores of a process that is killed: from some write on nothing is written any more. */

import type { Store } from '../../lambda/store/store.ts';

/** Counts the writes to all stores that it is put around; the one with the number `killedAt` is not made, and none after it. */
export function createKiller(killedAt: number): (store: Store) => Store {
  let writes = 0;
  return (store) => ({
    ...store,
    async write(key, body, options) {
      writes += 1;
      if (writes >= killedAt) throw new Error('killed');
      return store.write(key, body, options);
    },
    async remove(key, options) {
      if (writes >= killedAt) throw new Error('killed');
      return store.remove(key, options);
    },
  });
}
