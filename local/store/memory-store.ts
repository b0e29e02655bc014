/**
 * A store in memory, for tests and simulations. It reads no clock of its own: the same calls give the same versions
 * and times.
 */

import { assertKey, compareKeys, cutListing, listingLimit } from '../../lambda/store/keys.ts';
import type { ObjectFacts, Store, StoredObject, WriteOptions } from '../../lambda/store/store.ts';

export interface MemoryStoreOptions {
  /** Milliseconds since the epoch. @default every object is of the epoch */
  readonly now?: () => number;
  /** Must never give the same version twice. @default 1, 2, 3… */
  readonly nextVersion?: () => string;
}

export function createMemoryStore(options: MemoryStoreOptions = {}): Store {
  const now = options.now ?? (() => 0);
  const nextVersion = options.nextVersion ?? createCounter();
  const objects = new Map<string, StoredObject>();
  let sortedKeys: readonly string[] | null = null;

  return {
    async read(key, { firstBytes = Number.POSITIVE_INFINITY, fromByte = 0 } = {}) {
      assertKey(key);
      const object = objects.get(key);
      return object === undefined ? null : { ...object, body: object.body.slice(fromByte, fromByte + firstBytes) };
    },

    async inspect(key) {
      assertKey(key);
      const object = objects.get(key);
      return object === undefined ? null : factsOf(object);
    },

    async write(key, body, { condition } = {}) {
      assertKey(key);
      const present = objects.get(key);
      if (condition?.kind === 'different' && present !== undefined && sameBytes(present.body, body)) {
        return { kind: 'unchanged', version: present.version };
      }
      if (!mayWrite(present, condition)) return { kind: 'conflict' };
      if (present === undefined) sortedKeys = null;
      const version = nextVersion();
      objects.set(key, { key, version, lengthBytes: body.length, modifiedAt: now(), body: body.slice() });
      return { kind: 'written', version };
    },

    async remove(key, { ifVersion } = {}) {
      assertKey(key);
      const present = objects.get(key);
      if (present === undefined) return { kind: 'removed' };
      if (ifVersion !== undefined && present.version !== ifVersion) return { kind: 'conflict' };
      objects.delete(key);
      sortedKeys = null;
      return { kind: 'removed' };
    },

    async list(options) {
      const limit = listingLimit(options);
      sortedKeys ??= [...objects.keys()].sort(compareKeys);
      const found: ObjectFacts[] = [];
      const after = options.after ?? '';
      const first = firstIndexFrom(sortedKeys, compareKeys(after, options.prefix) > 0 ? after : options.prefix);
      for (let index = first; index < sortedKeys.length && found.length <= limit; index++) {
        const object = objects.get(sortedKeys[index] ?? '');
        if (!object?.key.startsWith(options.prefix)) break;
        if (object.key !== after) found.push(factsOf(object));
      }
      return cutListing(found, limit);
    },
  };
}

/** Whether a conditional write of the kinds `absent` and `version` may go ahead. */
function mayWrite(present: ObjectFacts | undefined, condition: WriteOptions['condition']): boolean {
  if (condition?.kind === 'absent') return present === undefined;
  if (condition?.kind === 'version') return present?.version === condition.version;
  return true;
}

/** Where the keys begin that do not come before `key`. */
function firstIndexFrom(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareKeys(keys[middle] ?? '', key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function factsOf({ key, version, lengthBytes, modifiedAt }: StoredObject): ObjectFacts {
  return { key, version, lengthBytes, modifiedAt };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function createCounter(): () => string {
  let count = 0;
  return () => String(++count);
}
