/**
 * A store in memory, made for many short lives: it begins as a copy of another at little cost, and never copies bytes,
 * since nobody here changes what was written. Versions are made from the bytes, as S3's are: what is written back as it
 * was has its old version again.
 */

import { hash } from 'node:crypto';
import { assertKey, compareKeys, cutListing, listingLimit } from '../../lambda/store/keys.ts';
import type { ObjectFacts, Store, StoredObject } from '../../lambda/store/store.ts';

export interface SimulatedStore extends Store {
  readonly objects: ReadonlyMap<string, StoredObject>;
  /** The keys in the order of their UTF-8 bytes. */
  readonly keys: readonly string[];
}

export function createSimulatedStore(from?: SimulatedStore): SimulatedStore {
  const objects = new Map(from?.objects);
  const keys = [...(from?.keys ?? [])];
  return {
    objects,
    keys,
    async read(key, { fromByte = 0, firstBytes } = {}) {
      assertKey(key);
      const object = objects.get(key) ?? null;
      if (object === null || (fromByte === 0 && firstBytes === undefined)) return object;
      const end = firstBytes === undefined ? undefined : fromByte + firstBytes;
      return { ...object, body: object.body.subarray(fromByte, end) };
    },
    async inspect(key) {
      assertKey(key);
      const object = objects.get(key);
      return object === undefined ? null : factsOf(object);
    },
    async write(key, body, { condition } = {}) {
      assertKey(key);
      const present = objects.get(key);
      if (condition?.kind === 'absent' && present !== undefined) return { kind: 'conflict' };
      if (condition?.kind === 'version' && present?.version !== condition.version) return { kind: 'conflict' };
      const version = versionOf(body);
      if (condition?.kind === 'different' && present?.version === version) return { kind: 'unchanged', version };
      if (present === undefined) keys.splice(indexFrom(keys, key), 0, key);
      objects.set(key, { key, version, lengthBytes: body.length, modifiedAt: 0, body });
      return { kind: 'written', version };
    },
    async remove(key, { ifVersion } = {}) {
      assertKey(key);
      const present = objects.get(key);
      if (present === undefined) return { kind: 'removed' };
      if (ifVersion !== undefined && present.version !== ifVersion) return { kind: 'conflict' };
      objects.delete(key);
      keys.splice(indexFrom(keys, key), 1);
      return { kind: 'removed' };
    },
    async list(options) {
      const limit = listingLimit(options);
      const { prefix, after = '' } = options;
      const found: ObjectFacts[] = [];
      const first = indexFrom(keys, compareKeys(after, prefix) > 0 ? after : prefix);
      for (let index = first; index < keys.length && found.length <= limit; index += 1) {
        const object = objects.get(keys[index] ?? '');
        if (!object?.key.startsWith(prefix)) break;
        if (object.key !== after) found.push(factsOf(object));
      }
      return cutListing(found, limit);
    },
    async listFolder(folder) {
      const found = new Map<string, ObjectFacts>();
      const folders = new Set<string>();
      for (let index = indexFrom(keys, folder); keys[index]?.startsWith(folder) === true; index += 1) {
        const key = keys[index] ?? '';
        const end = key.indexOf('/', folder.length);
        const object = objects.get(key);
        if (end !== -1) folders.add(key.slice(0, end + 1));
        else if (object !== undefined) found.set(key, factsOf(object));
      }
      return { objects: found, folders };
    },
  };
}

const versions = new WeakMap<Uint8Array, string>();

/** As the store has it of these bytes. */
export function versionOf(body: Uint8Array): string {
  const version = versions.get(body) ?? hash('md5', body);
  versions.set(body, version);
  return version;
}

function factsOf({ key, version, lengthBytes, modifiedAt }: StoredObject): ObjectFacts {
  return { key, version, lengthBytes, modifiedAt };
}

/** Index of the first key that does not come before this one. */
function indexFrom(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareKeys(keys[middle] ?? '', key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
