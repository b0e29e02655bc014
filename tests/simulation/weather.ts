/** What goes wrong in one history, and how often: drawn from the seed, from a calm day to a bad one. */

import type { Topic } from './people/author.ts';
import type { Random } from './random.ts';

export interface Weather {
  /** Of a store or queue call: it fails and did nothing. */
  readonly errorRate: number;
  /** Of a write: it lands, and its answer says that it failed or, if it was conditional, that there was a conflict. */
  readonly lostAnswerRate: number;
  /** Of a call: its process dies, before it or just after it. */
  readonly crashRate: number;
  /** Of a call: it takes very long. */
  readonly sleepRate: number;
  /** The kind of steps that often take very long, so that much happens just before them. */
  readonly slowStep: string | null;
  /** Of an event of the content store: it never comes. */
  readonly dropRate: number;
  /** Of a message of the standard queue: it comes twice. */
  readonly duplicateRate: number;
  /** Of a message: it comes late. */
  readonly delayRate: number;
  /** Messages of a feed that one run is given at most. */
  readonly laneBatchCount: number;
}

/** As in the stack. */
const FEED_BATCH_COUNT = 10;

export const CALM: Weather = {
  errorRate: 0,
  lostAnswerRate: 0,
  crashRate: 0,
  sleepRate: 0,
  slowStep: null,
  dropRate: 0,
  duplicateRate: 0,
  delayRate: 0,
  laneBatchCount: FEED_BATCH_COUNT,
};

const SLOW_STEPS = [
  'state write articles',
  'state write uses',
  'state write claims',
  'state write feed root',
  'queue send',
  'public write asset',
  'public remove asset',
];
const SLOW_RATE = 0.6;
/** Long enough for everybody else to do something, and short enough to be in the middle of it. */
const SLOW_MS_MAX = 5_000;

/** What has to be slow for the mistakes to show that people of each kind could meet. */
const SLOW_BY_TOPIC: Readonly<Partial<Record<Topic, readonly string[]>>> = {
  files: ['state write articles'],
  pictures: ['state write uses', 'state write uses', 'public write asset', 'public remove asset'],
  names: ['queue send'],
  successors: ['queue send'],
};

export function drawWeather(random: Random, emphasis: Topic | null): Weather {
  if (emphasis === 'renames' && random.chance(0.4)) {
    // What is to be known of renamed files in the end is known only where nothing comes too late.
    return {
      ...CALM,
      duplicateRate: random.pick([0, 0.3]),
      delayRate: random.pick([0, 0.3]),
      slowStep: random.pick(SLOW_STEPS),
    };
  }
  const telling = emphasis === null ? undefined : SLOW_BY_TOPIC[emphasis];
  return {
    errorRate: random.pick([0, 0.002, 0.01, 0.03]),
    lostAnswerRate: random.pick([0, 0.005, 0.02, 0.05]),
    crashRate: random.pick([0, 0.001, 0.003, 0.01]),
    sleepRate: random.pick([0, 0.005, 0.02, 0.05]),
    slowStep: random.chance(0.5) ? random.pick((random.chance(0.6) && telling) || SLOW_STEPS) : null,
    // A comparison has to find what nobody was told of.
    dropRate: random.pick(emphasis === 'moves' ? [0, 0.5] : [0, 0, 0, 0.1]),
    duplicateRate: random.pick([0, 0.05, 0.3]),
    delayRate: random.pick([0, 0.05, 0.3]),
    laneBatchCount: emphasis === 'successors' ? 1 : FEED_BATCH_COUNT,
  };
}

/** Nothing fails, and nothing comes later than within minutes. */
export function isMild({ errorRate, crashRate, sleepRate, dropRate, lostAnswerRate }: Weather): boolean {
  return errorRate + crashRate + sleepRate + dropRate + lostAnswerRate === 0;
}

/** How long a call takes. */
export function drawLatencyMs(random: Random, { sleepRate, slowStep }: Weather, step: string): number {
  if (slowStep !== null && step.startsWith(slowStep) && random.chance(SLOW_RATE)) return SLOW_MS_MAX * random.next();
  if (random.chance(sleepRate)) return random.pick([2_000, 20_000, 60_000, 100_000]) * random.next();
  return 2 + 60 * random.next() ** 3;
}
