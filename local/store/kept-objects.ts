/**
 * Objects of a store that stay in memory: what was just written is read again soon, each record by every feed it is in.
 * What has been there longest goes first.
 */

import type { StoredObject } from '../../lambda/store/store.ts';

/** Ten thousand records of articles, and a few roots. What is made of them takes several times as much. */
const KEPT_BYTES_MAX = 100_000_000;
/** Of one object. Archive pages are larger: they are written once, and would drive out hundreds of records each. */
const OBJECT_BYTES_MAX = 64_000;

export interface KeptObjects {
  get(key: string): StoredObject | null;
  /** A caller must not change the bytes: other callers read the same ones. */
  put(object: StoredObject): void;
  drop(key: string): void;
  clear(): void;
}

export function createKeptObjects(bytesMax = KEPT_BYTES_MAX): KeptObjects {
  /** In the order in which they came. */
  const objects = new Map<string, StoredObject>();
  let bytes = 0;

  function drop(key: string): void {
    bytes -= objects.get(key)?.lengthBytes ?? 0;
    objects.delete(key);
  }

  return {
    get: (key) => objects.get(key) ?? null,

    put(object) {
      drop(object.key);
      if (object.lengthBytes > OBJECT_BYTES_MAX) return;
      objects.set(object.key, object);
      bytes += object.lengthBytes;
      for (const oldest of objects.keys()) {
        if (bytes <= bytesMax) return;
        drop(oldest);
      }
    },

    drop,

    clear() {
      objects.clear();
      bytes = 0;
    },
  };
}
