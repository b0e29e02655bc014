/**
 * Notices when most of a folder goes while it is watched: it was emptied, or is not mounted any more. A watcher tells of that
 * in several portions, so what goes within a moment counts together.
 */

import { isMassRemoval } from '../../lambda/model/mass-removal.ts';

/** After this time a person who empties a folder by hand is done, and so is a disk that goes away. */
const MOMENT_MS = 10_000;

export interface Vanishing {
  /**
   * Notes that entries went with their files.
   *
   * @param before how many were published until now
   * @returns how many went in this moment, once in each, when they are so many that somebody has to be warned; else null
   */
  note(vanished: number, before: number, now: number): number | null;
}

export function createVanishing(): Vanishing {
  let moment = { from: Number.NEGATIVE_INFINITY, count: 0, before: 0, isTold: false };
  return {
    note(vanished, before, now) {
      if (vanished === 0) return null;
      if (now - moment.from > MOMENT_MS) moment = { from: now, count: 0, before, isTold: false };
      moment.count += vanished;
      if (moment.isTold || !isMassRemoval(moment.count, moment.before)) return null;
      moment.isTold = true;
      return moment.count;
    },
  };
}
