/**
 * Feed work as it travels: what one call says of a feed goes in few messages, so that a feed is brought up to date once
 * for many articles and not once for each.
 */

import type { FeedMessage } from './queue.ts';

/** What one message of a FIFO queue says of its feed, in the order in which it was said. */
export interface FeedParcel {
  readonly feed: string;
  readonly keys: readonly FeedMessage['key'][];
}

/** A batch of FIFO messages is ten, and its records are read in one run. */
export const PARCEL_KEYS_MAX = 100;
/** Of the keys as JSON. Well below what a message may hold, and far above what a hundred usual keys need. */
const PARCEL_BYTES_MAX = 64 * 1024;

/** Packs by feed; feeds in the order in which they were first named. A key is at most 6 kB as JSON, so each fits. */
export function packFeedWork(messages: readonly FeedMessage[], keysMax = PARCEL_KEYS_MAX): readonly FeedParcel[] {
  const byFeed = Map.groupBy(messages, ({ feed }) => feed);
  return [...byFeed].flatMap(([feed, told]) => cutKeys(told, keysMax).map((keys) => ({ feed, keys })));
}

function cutKeys(messages: readonly FeedMessage[], keysMax: number): readonly FeedMessage['key'][][] {
  const parcels: FeedMessage['key'][][] = [];
  let bytesLeft = 0;
  for (const { key } of messages) {
    const bytes = Buffer.byteLength(JSON.stringify(key)) + 1;
    const last = parcels.at(-1);
    if (last === undefined || last.length === keysMax || bytes > bytesLeft) {
      parcels.push([key]);
      bytesLeft = PARCEL_BYTES_MAX - bytes;
    } else {
      last.push(key);
      bytesLeft -= bytes;
    }
  }
  return parcels;
}
