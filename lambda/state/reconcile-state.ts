/** How far reconcile or reconcile all has come (work/upkeep/reconcile-work.ts). */

import type { HeldRemovals, RemovalConsent } from '../model/mass-removal.ts';
import type { StateObject } from './json-object.ts';

export interface ReconcileState extends StateObject {
  /** What it is for: of reconcile all, the revision of the settings; of reconcile, a text that is new each time. */
  readonly subject: string;
  readonly phase: 'contents' | 'records' | 'removals' | 'feeds' | 'done';
  /** The last key, or name, that the phase has done. */
  readonly after: string;
  /** What reconcile has found to be gone; absent before it has looked at the first record. */
  readonly gone?: GoneFiles;
  /** The number of removals that the person who asked for it agreed to. */
  readonly consent?: RemovalConsent;
  /** The removals that the last complete count held. In force until the next count is complete. */
  readonly held?: HeldRemovals | null;
}

export interface GoneFiles extends HeldRemovals {
  /** Versions of the lists that name all of them, and the assets that are gone. */
  readonly lists: readonly string[];
}

/** What is gone, by a portion of the records. */
export interface GoneList extends StateObject {
  /** Content keys of articles and assets. */
  readonly keys: readonly string[];
}
