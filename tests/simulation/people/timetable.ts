/** When who acts on the publication from outside: the authors, the timers, and whoever sets the clock. */

import type { Random } from '../random.ts';
import type { Scheduler } from '../scheduler.ts';
import type { World } from '../world.ts';
import type { Act, Author } from './author.ts';

export interface Timetable {
  /** Whether all have done what they wanted to do. */
  readonly isOver: () => boolean;
  /** Events of the content store that never came. */
  readonly lostCount: () => number;
}

export interface TimetableOptions {
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly world: World;
  readonly author: Author;
  readonly actCount: number;
  readonly tell: (line: string) => void;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Between two acts, at most. */
const PAUSES_MS = [
  [0, 30, 200],
  [0, 200, 5_000],
  [1_000, 60_000, 400_000],
];
const ERRANDS = ['tick', 'tick', 'tick', 'reconcile', 'reconcile', 'rebuild'];

export function keepTimetable({ random, scheduler, world, author, actCount, tell }: TimetableOptions): Timetable {
  let own = actCount;
  let left = own;
  let lost = 0;
  const pauses = random.pick(PAUSES_MS);
  const sendEvent = (keys: readonly string[]): void => {
    const { dropRate, duplicateRate, delayRate } = world.weather;
    if (random.chance(dropRate)) {
      lost += 1;
      tell(`the event of ${keys.join(', ')} is lost`);
      return;
    }
    const body = eventBody(keys);
    world.sendArticleQueue(body, random.chance(delayRate) ? 100_000 * random.next() : 100 * random.next());
    if (random.chance(duplicateRate)) world.sendArticleQueue(body, 300_000 * random.next());
  };
  const change = async (act: () => Promise<Act>): Promise<void> => {
    const { keys, next: after } = await act();
    tell(`somebody changed ${keys.join(', ')}`);
    // S3 tells of each alone, though a notification has room for several.
    if (random.chance(0.1)) sendEvent(keys);
    else for (const key of keys) sendEvent([key]);
    if (after === undefined) return;
    left += 1;
    scheduler.at(scheduler.now() + after.afterMs, () => {
      left -= 1;
      void change(after.act);
    });
  };
  const act = async (): Promise<void> => {
    if (random.chance(0.08)) {
      world.skewMs += random.pick([HOUR_MS, DAY_MS, 31 * DAY_MS]);
      tell(`the clock is set to ${new Date(world.now()).toISOString()}`);
    } else if (random.chance(0.12)) {
      world.sendArticleQueue(JSON.stringify({ kind: random.pick(ERRANDS) }), 0);
    } else {
      await change(author.act);
    }
    own -= 1;
    left -= 1;
    if (own > 0) next();
  };
  const next = (): void =>
    scheduler.at(scheduler.now() + random.pick(pauses) * random.next(), () => {
      void act();
    });
  next();
  return { isOver: () => left === 0, lostCount: () => lost };
}

/** An event as S3 sends it. */
function eventBody(keys: readonly string[]): string {
  return JSON.stringify({
    Records: keys.map((key) => ({ s3: { bucket: { name: 'content' }, object: { key: encodeURIComponent(key) } } })),
  });
}
