/**
 * When so much is gone that it looks like an accident (an emptied folder, one that is mounted by half, a listing that
 * came back empty), it takes a person to say that it is meant.
 */

/** So many may always go: somebody tidied up. */
const FREE_COUNT = 10;
/** Of what is there; more of it going at once is seldom meant. */
const FREE_SHARE = 1 / 4;

/** @param presentCount of what is there, what would go included */
export function isMassRemoval(goneCount: number, presentCount: number): boolean {
  return goneCount > FREE_COUNT && goneCount > presentCount * FREE_SHARE;
}

/**
 * What may go all the same: a person has named the very number, or nobody minds. Null where nobody was asked.
 */
export type RemovalConsent = number | 'any' | null;

export function mayRemove(goneCount: number, presentCount: number, consent: RemovalConsent): boolean {
  return !isMassRemoval(goneCount, presentCount) || consent === 'any' || consent === goneCount;
}

/** Removals that wait for a person. */
export interface HeldRemovals {
  /** Entries that would go. */
  readonly count: number;
  /** Entries that are published, these included. */
  readonly publishedCount: number;
  /** Content keys of the first files that are gone, in order. */
  readonly files: readonly string[];
}
