/** A store that counts what is asked of it. */

import type { Store } from '../../lambda/store/store.ts';

export interface StoreCounts {
  reads: number;
  inspections: number;
  writes: number;
  removals: number;
  listings: number;
  bytesRead: number;
  /** Whether or not the store found them to be there already. */
  bytesWritten: number;
}

export function createCounts(): StoreCounts {
  return { reads: 0, inspections: 0, writes: 0, removals: 0, listings: 0, bytesRead: 0, bytesWritten: 0 };
}

export function countRequests({ reads, inspections, writes, removals, listings }: StoreCounts): number {
  return reads + inspections + writes + removals + listings;
}

/** The store, adding all that is asked of it to the counts. */
export function countStore(store: Store, counts: StoreCounts): Store {
  return {
    async read(key, options) {
      counts.reads += 1;
      const object = await store.read(key, options);
      counts.bytesRead += object?.body.length ?? 0;
      return object;
    },
    inspect(key) {
      counts.inspections += 1;
      return store.inspect(key);
    },
    write(key, body, options) {
      counts.writes += 1;
      counts.bytesWritten += body.length;
      return store.write(key, body, options);
    },
    remove(key, options) {
      counts.removals += 1;
      return store.remove(key, options);
    },
    list(options) {
      counts.listings += 1;
      return store.list(options);
    },
  };
}
