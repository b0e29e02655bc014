/**
 * State objects, parsed once for the same bytes, or not at all by who wrote them: entries keep their identity, and so
 * what was rendered of them. Stands in for `lambda/state/json-object.ts` in campaigns.
 */

import * as original from '../../lambda/state/json-object.ts';

export * from '../../lambda/state/json-object.ts';

const kept = new WeakMap<Uint8Array, object>();

export async function readJson<T extends original.StateObject>(
  ...[store, key]: Parameters<typeof original.readJson>
): Promise<original.Stored<T> | null> {
  const object = await store.read(key);
  if (object === null) return null;
  const known = kept.get(object.body) as T | undefined;
  if (known !== undefined) return { value: known, version: object.version };
  const stored = await original.readJson<T>({ ...store, read: async () => object }, key);
  if (stored !== null) kept.set(object.body, stored.value);
  return stored;
}

export function swapJson<T extends original.StateObject>(
  store: Parameters<typeof original.swapJson>[0],
  key: string,
  value: T,
  version: string | null,
): Promise<string | null> {
  const write: typeof store.write = (path, body, options) => {
    kept.set(body, value);
    return store.write(path, body, options);
  };
  return original.swapJson({ ...store, write }, key, value, version);
}

export function encodeJson(value: object): Uint8Array {
  const body = original.encodeJson(value);
  kept.set(body, value);
  return body;
}
