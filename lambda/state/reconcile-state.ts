/** How far a sweep over everything has come (work/reconcile-work.ts). */

import type { HeldRemovals, RemovalConsent } from '../model/mass-removal.ts';
import type { StateObject } from './json-object.ts';

export interface ReconcileState extends StateObject {
  /** What the sweep is for: the revision of the settings, or a text that is new with each comparison. */
  readonly subject: string;
  readonly phase: 'contents' | 'records' | 'removals' | 'feeds' | 'done';
  /** The key, or name, up to which the phase is done. */
  readonly after: string;
  /** What a comparison has found to be gone; absent before it has looked at the first record. */
  readonly gone?: GoneFiles;
  /** What the person who asked for a comparison said may go. */
  readonly consent?: RemovalConsent;
  /** What the last comparison that came so far did not remove. In force until the next one has counted. */
  readonly held?: HeldRemovals | null;
}

export interface GoneFiles extends HeldRemovals {
  /** Versions of the lists that name all of them, and the assets that are gone. */
  readonly lists: readonly string[];
}

/** What a portion of the records showed to be gone. */
export interface GoneList extends StateObject {
  /** Content keys of articles and assets. */
  readonly keys: readonly string[];
}
