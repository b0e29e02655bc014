/** How far a sweep over everything has come (work/sweep-work.ts). */

import type { StateObject } from './json-object.ts';

/** Message groups of sweeps: this and the sweep's name. */
export const SWEEP_FEED_PREFIX = '@sweep/';
export const ANNOUNCEMENT_FEED = `${SWEEP_FEED_PREFIX}announcement`;
export const COMPARISON_FEED = `${SWEEP_FEED_PREFIX}comparison`;

export interface SweepState extends StateObject {
  /** What the sweep is for: the revision of the settings, or a text that is new with each comparison. */
  readonly subject: string;
  readonly phase: 'contents' | 'records' | 'feeds' | 'done';
  /** The key, or name, up to which the phase is done. */
  readonly after: string;
}
