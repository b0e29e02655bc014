/** How far a repair has come (work/upkeep/repair-work.ts). */

import type { Position } from '../model/entry.ts';
import { STATE_SCHEMA, type StateObject } from './json-object.ts';

/** The key of the message that has a feed made again from the records. */
export const REPAIR_FEED_KEY = '@remake';

export interface RepairState extends StateObject {
  readonly phase: 'objects' | 'feeds' | 'records' | 'claims' | 'names' | 'remaking' | 'done';
  /** The key in the state store up to which the phase is done. */
  readonly after: string;
  /** In the phase `feeds`: the last page that was inspected of the next feed; null from the start. */
  readonly page: Position | null;
  /** Feeds that have to be made again. */
  readonly damaged: readonly string[];
  readonly counts: RepairCounts;
}

/** What a repair found. */
export interface RepairCounts {
  /** Feeds with objects that can't be read. */
  readonly feeds: number;
  /** Records that can't be read, made again from the feeds that show their articles. */
  readonly recovered: number;
  /** Unreadable records that no feed knows of. Their articles get a new date if they state none. */
  readonly lost: number;
  /** Claims, markers and notes that were damaged or missing. */
  readonly others: number;
}

const NOTHING_DAMAGED: RepairCounts = { feeds: 0, recovered: 0, lost: 0, others: 0 };

export function createRepair(nonce: string): RepairState {
  return {
    schema: STATE_SCHEMA,
    nonce,
    phase: 'objects',
    after: '',
    page: null,
    damaged: [],
    counts: NOTHING_DAMAGED,
  };
}
