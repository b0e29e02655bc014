/**
 * Lane work as it travels. The keys of one call for one lane share few messages, so that a feed is updated once for
 * many articles instead of once for each.
 */

import type { LaneMessage, LaneName } from './queue.ts';

/** The keys for one lane that share a message of the FIFO queue, in order. */
export interface LaneParcel {
  readonly lane: LaneName;
  readonly keys: readonly LaneMessage['key'][];
}

/** A batch of FIFO messages is ten, and its records are read in one run. */
export const PARCEL_KEYS_MAX = 100;
/** Of the keys as JSON. Well below what a message may hold, and far above what a hundred usual keys need. */
const PARCEL_BYTES_MAX = 64 * 1024;

/** Packs by lane; lanes in the order in which they were first named. A key is at most 6 kB as JSON, so each fits. */
export function packLaneWork(messages: readonly LaneMessage[], keysMax = PARCEL_KEYS_MAX): readonly LaneParcel[] {
  const byLane = Map.groupBy(messages, ({ lane }) => lane);
  return [...byLane].flatMap(([lane, told]) => cutKeys(told, keysMax).map((keys) => ({ lane, keys })));
}

function cutKeys(messages: readonly LaneMessage[], keysMax: number): readonly LaneMessage['key'][][] {
  const parcels: LaneMessage['key'][][] = [];
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
