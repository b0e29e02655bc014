/**
 * Rules about keys that all adapters share: which keys are valid, in which order they come, how a listing is cut. The
 * rules are those of S3, so that whatever works on one machine works there.
 */

import { type Listing, type ListOptions, type ObjectFacts, StoreError } from './store.ts';

/** The longest key S3 takes, in UTF-8. */
export const KEY_LENGTH_BYTES_MAX = 1_024;

/** The most objects that one listing holds, as in S3. */
const LISTING_COUNT_MAX = 1_000;

/** Refuses what no store can hold: an empty key, one of more than 1,024 bytes, half a surrogate pair, a NUL. */
export function assertKey(key: string): void {
  const lengthBytes = Buffer.byteLength(key);
  if (lengthBytes === 0) throw new StoreError('fatal', 'A key must not be empty.');
  if (lengthBytes > KEY_LENGTH_BYTES_MAX) {
    throw new StoreError('fatal', `A key has ${lengthBytes} bytes, the most is ${KEY_LENGTH_BYTES_MAX}: ${key}`);
  }
  if (!key.isWellFormed() || key.includes('\0')) {
    throw new StoreError('fatal', `A key holds characters that can't be stored: ${JSON.stringify(key)}`);
  }
}

/** The order of the keys' UTF-8 bytes. JavaScript's own order differs: it puts U+1F600 before U+FB01. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const unitA = a.charCodeAt(index);
    const unitB = b.charCodeAt(index);
    if (unitA !== unitB) return rankOf(unitA) - rankOf(unitB);
  }
  return a.length - b.length;
}

/** How many objects a listing may hold: what was asked for, else as many as there may be. */
export function listingLimit(options: ListOptions): number {
  const limit = options.limitCount ?? LISTING_COUNT_MAX;
  if (!Number.isInteger(limit) || limit < 1 || limit > LISTING_COUNT_MAX) {
    throw new RangeError(`A listing holds 1 to ${LISTING_COUNT_MAX} objects, not ${limit}.`);
  }
  return limit;
}

/** The listing made of what was found, in order; one object more than the limit says that there is another part. */
export function cutListing(found: readonly ObjectFacts[], limit: number): Listing {
  if (found.length <= limit) return { objects: found, next: null };
  const objects = found.slice(0, limit);
  return { objects, next: objects.at(-1)?.key ?? null };
}

/** Surrogates stand for U+10000 and above, and so come after U+E000 to U+FFFF. */
function rankOf(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
