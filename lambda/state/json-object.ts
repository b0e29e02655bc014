/**
 * JSON objects in a store, changed by compare-and-swap. Knows nothing of what the objects mean.
 *
 * A conditional write can land although its answer is lost, and the retry then says "conflict". Every object carries a
 * nonce that is new with each write. So a run that meets a conflict reads again and recognises its own write.
 *
 * A store that keeps bytes in memory (local/store/sqlite-store.ts) returns the same array again. Then the object
 * decoded from it is returned again too, because state objects are immutable. So an entry keeps its identity, and with
 * it its rendered pieces, wherever it stands.
 */

import { type Store, StoreError } from '../store/store.ts';

/** The fields of every object in the state store. */
export interface StateObject {
  /** Version of the object's form. An older publisher refuses a newer one. */
  readonly schema: number;
  /** New with every write. */
  readonly nonce: string;
}

export interface Stored<T> {
  readonly value: T;
  /** The store's version, or null for an object that does not exist yet. */
  readonly version: string | null;
}

/** The object at a key of the state store. */
export type Found<T> =
  | { readonly kind: 'sound'; readonly value: T; readonly version: string }
  /** The bytes are not a state object. */
  | { readonly kind: 'damaged'; readonly version: string }
  | { readonly kind: 'absent'; readonly version: null };

/** A state object that can't be read, or is missing although another refers to it. Only a repair mends that. */
export class DamageError extends StoreError {}

/** The schema this publisher reads and writes. */
export const STATE_SCHEMA = 1;

/** Decoded objects by the bytes that a store may return again. Weak: bytes that nobody keeps are dropped. */
const known = new WeakMap<Uint8Array, object>();

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The object, or null if there is none. Throws a fatal `StoreError` for one that a newer publisher wrote. */
export async function readJson<T extends StateObject>(store: Store, key: string): Promise<Stored<T> | null> {
  const found = await findJson<T>(store, key);
  if (found.kind === 'damaged') {
    throw new DamageError('fatal', `The state object ${key} is damaged. \`feedwright repair\` mends it.`);
  }
  return found.kind === 'absent' ? null : found;
}

/** Like `readJson`, for callers that can mend damage. Throws as well for an object that a newer publisher wrote. */
export async function findJson<T extends StateObject>(store: Store, key: string): Promise<Found<T>> {
  const object = await store.read(key);
  if (object === null) return { kind: 'absent', version: null };
  const value = parseState<T>(key, object.body);
  const { version } = object;
  return value === null ? { kind: 'damaged', version } : { kind: 'sound', value, version };
}

/**
 * Writes the object if the stored one is still the version that was read (or absent, for null).
 *
 * @returns the new version, or null if somebody else has written since
 */
export async function swapJson<T extends StateObject>(
  store: Store,
  key: string,
  value: T,
  version: string | null,
): Promise<string | null> {
  const condition = version === null ? ({ kind: 'absent' } as const) : ({ kind: 'version', version } as const);
  const result = await store.write(key, encodeJson(value), { condition, headers: { contentType: 'application/json' } });
  if (result.kind !== 'conflict') return result.version;
  const present = await readJson<T>(store, key);
  return present !== null && present.value.nonce === value.nonce ? present.version : null;
}

export function encodeJson(value: object): Uint8Array {
  const body = encoder.encode(JSON.stringify(value));
  known.set(body, value);
  return body;
}

/** Null if the bytes are not a state object. */
function parseState<T extends StateObject>(key: string, body: Uint8Array): T | null {
  const value = (known.get(body) as T | undefined) ?? parseObject<T>(body);
  if (value === null || typeof value.schema !== 'number') return null;
  if (value.schema > STATE_SCHEMA) {
    throw new StoreError(
      'fatal',
      `The state object ${key} was written by a newer Feedwright (form ${value.schema}, this one knows ${STATE_SCHEMA}): upgrade this one.`,
    );
  }
  known.set(body, value);
  return value;
}

function parseObject<T>(body: Uint8Array): T | null {
  try {
    const value: unknown = JSON.parse(decoder.decode(body));
    return typeof value === 'object' ? (value as T | null) : null;
  } catch {
    // The old value does not matter: the object is made again.
    return null;
  }
}
