/**
 * One history: people change files while workers publish them in some weather; then it becomes calm, everything is
 * worked off, and what is public is compared with what a fresh build gives. Everything comes from the seed.
 */

import { readSite, readStoredSite } from '../../lambda/work/protocol/site-work.ts';
import { firstPublication } from './first-publication.ts';
import { createAuditor } from './judges/auditor.ts';
import { inspectRest } from './judges/inspection.ts';
import type { Mutant } from './mutants/mutants.ts';
import { createAuthor, type Topic } from './people/author.ts';
import { createContent } from './people/content.ts';
import { createMovers, inspectMovers } from './people/movers.ts';
import { createSecrets } from './people/secrets.ts';
import { keepTimetable } from './people/timetable.ts';
import { createWanderers, inspectWanderers } from './people/wanderers.ts';
import { createRandom, type Random } from './random.ts';
import { createScheduler } from './scheduler.ts';
import { createSimulatedStore } from './simulated-store.ts';
import { type Coverage, createTrace } from './trace.ts';
import { ENDINGS } from './variants.ts';
import { drawWeather, isMild } from './weather.ts';
import { createWorld, type World } from './world.ts';

export interface History {
  readonly seed: number;
  /** What must not be; empty when all was right. */
  readonly violations: readonly string[];
  /** The same for the same history. */
  readonly trace: string;
  readonly steps: number;
  readonly coverage: Coverage;
}

export interface HistoryOptions {
  readonly mutant?: (() => Mutant) | null;
  /** What people are mostly busy with. @default drawn from the seed */
  readonly emphasis?: Topic | null;
  /** Told of every step, to see how a history went. */
  readonly onStep?: (line: string) => void;
}

const START = Date.UTC(2026, 5, 1, 12);
const HOUR_MS = 3_600_000;
const ROUNDS_MAX = 8;
/** A file that was renamed is known again for a day, and some hours of it pass at the end of a history. */
const SKEW_MS_MAX = 8 * HOUR_MS;
/** Few files meet more often, many make archives; of most seeds the first kind. */
const SIZES = [
  { keyCount: 3, firstCount: 0 },
  { keyCount: 5, firstCount: 3 },
  { keyCount: 5, firstCount: 3 },
  { keyCount: 7, firstCount: 6 },
  { keyCount: 7, firstCount: 6 },
  { keyCount: 10, firstCount: 6 },
  { keyCount: 14, firstCount: 12 },
  { keyCount: 28, firstCount: 24 },
];

/** An id that passes from one page of the archive to another. */
const LONG = { keyCount: 40, firstCount: 36 };
const OFTEN = [
  'names',
  'files',
  'pictures',
  'settings',
  'folders',
  'takedowns',
  'renames',
  'links',
  'openings',
  'parts',
  'adopted',
] as const;
const EMPHASES: readonly (Topic | null)[] = [null, null, null, ...OFTEN];

export async function runHistory(seed: number, options: HistoryOptions = {}): Promise<History> {
  const { mutant, onStep } = options;
  const random = createRandom(seed);
  const scheduler = createScheduler(START);
  const violations: string[] = [];
  const report = (violation: string): void => {
    violations.push(violation);
  };
  const trace = createTrace();
  const ending = random.pick(ENDINGS);
  const drawn = random.pick(EMPHASES);
  const emphasis = options.emphasis ?? drawn;
  const isLong = emphasis === 'successors' || (emphasis === 'names' && random.chance(0.5));
  const { keyCount, firstCount } = isLong ? LONG : random.pick(SIZES);
  const first = await firstPublication(firstCount, START);
  const content = createContent(first.content);
  const secrets = createSecrets(content.keys());
  const auditor = createAuditor(report, ending, secrets, emphasis === 'openings');
  const documents = createSimulatedStore(first.public);
  const state = createSimulatedStore(first.state);
  const world = createWorld({
    scheduler,
    random,
    content: content.store,
    state,
    public: auditor.watch(documents),
    mutant: mutant?.() ?? null,
    report,
    observe: (at, process, step, outcome, detail) => {
      trace.note(at, process, step, outcome, detail);
      onStep?.(`${at.toFixed(3)} ${process} ${outcome} ${step} ${detail}`);
    },
  });
  const weather = drawWeather(random, emphasis);
  world.weather = weather;
  const wanderers = createWanderers({ content, random, now: world.now, onReturn: auditor.expectBack });
  const movers = createMovers({ content, random });
  const timetable = keepTimetable({
    random,
    scheduler,
    world,
    author: createAuthor({
      ...{ content, state, public: documents, random, now: world.now, keyCount, emphasis, secrets, wanderers, movers },
      onReturn: auditor.expectBack,
      onCopy: auditor.expectCopy,
    }),
    actCount: 5 + random.below(14),
    tell: (line) => onStep?.(line),
  });
  let steps = 0;
  const run = async (isDone: () => boolean): Promise<boolean> => {
    steps += await scheduler.run(() => violations.length > 0 || isDone());
    return violations.length === 0;
  };
  try {
    await run(timetable.isOver);
    const skewMs = world.skewMs;
    world.becomeCalm();
    const areLettersLost = await comeToRest(world, run, random, timetable.lostCount() > 0);
    if (violations.length === 0) violations.push(...(await inspectRest(world.ports, documents, auditor)));
    violations.push(...inspectMovers(movers.expected(), auditor.idsOf));
    const hasSettings = (await readStoredSite(world.ports))?.site != null;
    // The folder file at the top may hold back every article.
    const isOpen = hasSettings && !content.keys().includes('.meta.yml');
    const isKnown = timetable.lostCount() === 0 && !areLettersLost && skewMs < SKEW_MS_MAX && isOpen;
    if (violations.length === 0 && isKnown) {
      const expected = wanderers.expected().filter(({ needsCalm }) => !needsCalm || (isMild(weather) && skewMs === 0));
      violations.push(...inspectWanderers(expected, auditor.idsOf, auditor.walk('all', 'json') ?? []));
    }
  } catch (error) {
    report(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  return { seed, violations, trace: trace.digest(), steps, coverage: trace.coverage };
}

/**
 * Until there is nothing to do: all queues empty and all that is due done. Only when events were lost is everything
 * looked at again, since without that it has to be right all the same. Each time is at half past an hour, and what
 * authors schedule is due at full ones.
 *
 * @returns whether messages were lost
 */
async function comeToRest(
  world: World,
  run: (isDone: () => boolean) => Promise<boolean>,
  random: Random,
  areEventsLost: boolean,
): Promise<boolean> {
  if (!(await run(world.isIdle))) return false;
  const dead = world.deadLetters();
  // To compare everything does not find a record that was written and never announced; to make everything anew
  // does. Nothing finds a page at an address that nobody has any more.
  const areLettersLost = dead.canBeLost && random.chance(0.5);
  if (!areLettersLost) dead.redrive();
  const errands = [...(areLettersLost ? ['rebuild'] : areEventsLost ? ['reconcile'] : []), 'tick'];
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    world.skewMs += 1.5 * HOUR_MS - (world.now() % HOUR_MS);
    const sentBefore = world.sentCount();
    for (const kind of round === 0 ? errands : ['tick']) {
      world.sendArticleQueue(JSON.stringify({ kind }), 0);
      if (!(await run(world.isIdle))) return areLettersLost;
    }
    if (world.sentCount() === sentBefore) return areLettersLost;
  }
  // A rebuild that somebody asked for waits until there are settings, and every tick looks after it.
  if ((await readSite(world.ports)).value.site === null) return areLettersLost;
  throw new Error(`After ${ROUNDS_MAX} ticks there is still something due.`);
}
