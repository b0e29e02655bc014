/**
 * One history: people change files while workers publish them in some weather; then it becomes calm, everything is
 * worked off, and what is public is compared with what a fresh build gives. Everything comes from the seed.
 */

import { createMemoryStore } from '../../local/store/memory-store.ts';
import { createAuditor } from './auditor.ts';
import { type Act, createAuthor, createContent, writeFirstContent } from './content.ts';
import { createPlainQueue, readTexts } from './fresh-build.ts';
import { inspectRest } from './inspection.ts';
import type { Mutant } from './mutants.ts';
import { createRandom, type Random } from './random.ts';
import { createScheduler } from './scheduler.ts';
import { CALM, drawWeather } from './weather.ts';
import { createWorld, type World } from './world.ts';

export interface History {
  readonly seed: number;
  /** What must not be; empty when all was right. */
  readonly violations: readonly string[];
  /** The same for the same history. */
  readonly trace: string;
  readonly steps: number;
  /** How often each kind of step happened, and how often a process died at it, by `<outcome> <step>`. */
  readonly coverage: ReadonlyMap<string, number>;
}

export interface HistoryOptions {
  readonly mutant?: (() => Mutant) | null;
  /** Told of every step, to see how a history went. */
  readonly onStep?: (line: string) => void;
}

const START = Date.UTC(2026, 5, 1, 12);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const KEY_COUNT = 36;
const FIRST_COUNTS = [0, 12, 28];
const ROUNDS_MAX = 4;

export async function runHistory(seed: number, options: HistoryOptions = {}): Promise<History> {
  const random = createRandom(seed);
  const scheduler = createScheduler(START);
  const violations: string[] = [];
  const report = (violation: string): void => {
    violations.push(violation);
  };
  const trace = createTrace();
  const coverage = new Map<string, number>();
  const auditor = createAuditor(report);
  const content = createContent();
  const state = createMemoryStore();
  const site = auditor.watch(createMemoryStore());
  await startFrom(await firstPublication(random.pick(FIRST_COUNTS)), { content, state, site });
  const world = createWorld({
    scheduler,
    random,
    content,
    state,
    site,
    mutant: options.mutant?.() ?? null,
    report,
    observe: (process, step, outcome, detail) => {
      const line = `${scheduler.now().toFixed(3)} ${process.name} ${outcome} ${step} ${detail}`;
      trace.add(line);
      options.onStep?.(line);
      const kind = `${outcome} ${step}`;
      coverage.set(kind, (coverage.get(kind) ?? 0) + 1);
    },
  });
  world.weather = drawWeather(random);
  const plan = scheduleActs(random, scheduler, world, createAuthor(content, random, world.now, KEY_COUNT), options);
  let steps = 0;
  const run = async (isDone: () => boolean): Promise<boolean> => {
    steps += await scheduler.run(() => violations.length > 0 || isDone());
    return violations.length === 0;
  };
  try {
    await run(() => plan.left === 0);
    world.weather = CALM;
    await comeToRest(world, run, plan.lost > 0);
    if (violations.length === 0) violations.push(...(await inspectRest(world.ports, auditor)));
  } catch (error) {
    report(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  return { seed, violations, trace: trace.digest(), steps, coverage };
}

interface Plan {
  /** Acts to come. */
  left: number;
  /** Content events that never came. */
  lost: number;
}

/** Everybody who acts on the publication from outside: authors, the clock, the timers. */
function scheduleActs(
  random: Random,
  scheduler: ReturnType<typeof createScheduler>,
  world: World,
  author: ReturnType<typeof createAuthor>,
  { onStep }: HistoryOptions,
): Plan {
  let own = 10 + random.below(20);
  const plan = { left: own, lost: 0 };
  const pauses = random.pick([
    [0, 30, 200],
    [0, 200, 5_000],
    [1_000, 60_000, 400_000],
  ]);
  const change = async (act: () => Promise<Act>): Promise<void> => {
    const { dropRate, duplicateRate, delayRate } = world.weather;
    const { keys, next: after } = await act();
    onStep?.(`somebody changed ${keys.join(', ')}`);
    for (const key of keys) {
      if (random.chance(dropRate)) {
        plan.lost += 1;
        onStep?.(`the event of ${key} is lost`);
        continue;
      }
      world.sendArticleQueue(eventBody(key), random.chance(delayRate) ? 100_000 * random.next() : 100 * random.next());
      if (random.chance(duplicateRate)) world.sendArticleQueue(eventBody(key), 300_000 * random.next());
    }
    if (after === undefined) return;
    plan.left += 1;
    scheduler.at(scheduler.now() + after.afterMs, () => {
      plan.left -= 1;
      void change(after.act);
    });
  };
  const act = async (): Promise<void> => {
    if (random.chance(0.08)) {
      world.skewMs += random.pick([HOUR_MS, DAY_MS, 31 * DAY_MS]);
      onStep?.(`the clock is set to ${new Date(world.now()).toISOString()}`);
    } else if (random.chance(0.15)) {
      world.sendArticleQueue(JSON.stringify({ kind: random.pick(['tick', 'tick', 'reconcile']) }), 0);
    } else {
      await change(author.act);
    }
    own -= 1;
    plan.left -= 1;
    if (own > 0) next();
  };
  const next = (): void =>
    scheduler.at(scheduler.now() + random.pick(pauses) * random.next(), () => {
      void act();
    });
  next();
  return plan;
}

/** An event as S3 sends it. */
function eventBody(key: string): string {
  return JSON.stringify({
    Records: [{ s3: { bucket: { name: 'content' }, object: { key: encodeURIComponent(key) } } }],
  });
}

/**
 * Until there is nothing to do: all queues empty and all that is due done. Only when events were lost is everything
 * looked at again, since without that it has to be right all the same. It ends at half past an hour, and what authors
 * schedule is due at full ones.
 */
async function comeToRest(
  world: World,
  run: (isDone: () => boolean) => Promise<boolean>,
  isReconciled: boolean,
): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    if (!(await run(world.isIdle))) return;
    world.skewMs += 1.5 * HOUR_MS - (world.now() % HOUR_MS);
    for (const kind of isReconciled ? ['reconcile', 'tick'] : ['tick']) {
      world.sendArticleQueue(JSON.stringify({ kind }), 0);
      if (!(await run(world.isIdle))) return;
    }
  }
}

interface Publication {
  readonly content: ReadonlyMap<string, string>;
  readonly state: ReadonlyMap<string, string>;
  readonly site: ReadonlyMap<string, string>;
}

const publications = new Map<number, Promise<Publication>>();

/** What was published before: made once for each size, since most histories begin with an archive. */
function firstPublication(count: number): Promise<Publication> {
  const made = publications.get(count) ?? makePublication(count);
  publications.set(count, made);
  return made;
}

async function makePublication(count: number): Promise<Publication> {
  const content = createContent();
  await writeFirstContent(content, count, START);
  if (count === 0) return { content: await readTexts(content.store), state: new Map(), site: new Map() };
  const state = createMemoryStore();
  const site = createMemoryStore();
  const queue = createPlainQueue();
  let nonces = 0;
  await queue.sendArticleWork(content.keys().map((key) => ({ key })));
  const now = (): number => START - HOUR_MS;
  const nonce = (): string => `first-${++nonces}`;
  await queue.workOff({
    content: content.store,
    state,
    site,
    queue,
    fallbackUrl: null,
    url: 'https://example.org/',
    now,
    nonce,
  });
  return { content: await readTexts(content.store), state: await readTexts(state), site: await readTexts(site) };
}

async function startFrom(
  publication: Publication,
  to: Pick<Parameters<typeof createWorld>[0], 'content' | 'state' | 'site'>,
): Promise<void> {
  for (const [key, text] of publication.content) await to.content.put(key, text);
  for (const [key, text] of publication.state) await to.state.write(key, new TextEncoder().encode(text));
  const inOrder = [...publication.site].sort(
    ([a], [b]) => Number(b.includes('archive/')) - Number(a.includes('archive/')),
  );
  for (const [key, text] of inOrder) await to.site.write(key, new TextEncoder().encode(text));
}

/** A hash of lines in their order (FNV-1a, twice over, for 64 bits). */
function createTrace(): { add(line: string): void; digest(): string } {
  let a = 0x811c9dc5;
  let b = 0x01234567;
  return {
    add(line) {
      for (let index = 0; index < line.length; index += 1) {
        const code = line.charCodeAt(index);
        a = Math.imul(a ^ code, 0x01000193);
        b = Math.imul(b ^ code, 0x01000197);
      }
    },
    digest: () => [a, b].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join(''),
  };
}
