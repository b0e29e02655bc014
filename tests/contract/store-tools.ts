/** Short words for what the contract of stores says again and again. */

import { listAll, type Store, type WriteResult } from '../../lambda/store/store.ts';

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export async function textAt(store: Store, key: string, firstBytes?: number): Promise<string | null> {
  const object = await store.read(key, firstBytes === undefined ? {} : { firstBytes });
  return object === null ? null : new TextDecoder().decode(object.body);
}

export async function written(result: Promise<WriteResult>): Promise<{ readonly version: string }> {
  const settled = await result;
  if (settled.kind !== 'written') throw new Error(`The write came back as ${settled.kind}.`);
  return settled;
}

export async function keysUnder(store: Store, prefix: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of listAll(store, prefix)) keys.push(key);
  return keys;
}
