/**
 * How long a lane takes, and how far it is behind: the real feed work in simulated time, in which every call of a store has
 * a latency and every run its processor time, beside a formula. Nothing here depends on the machine.
 *
 * The formula. A run that applies k articles takes T(k) = t0 + t1 · k. While it runs, λ · T more come, and the next run
 * takes all of them. So runs settle at T = t0 / (1 − λ · t1), as long as λ · t1 < 1: a lane never stays behind for having few
 * writers, but only where one more article costs more time than passes until the next. Who comes while the lane is busy
 * waits half a run and then a whole one; who finds it idle waits for T(1).
 */

import { createPublisher, type Ports } from '../../../lambda/publish.ts';
import type { LaneMessage } from '../../../lambda/store/queue.ts';
import type { Store } from '../../../lambda/store/store.ts';
import { feedLane } from '../../../lambda/work/protocol/lanes.ts';
import { createRandom } from '../../../tests/simulation/random.ts';
import { createScheduler, type Process, type Scheduler } from '../../../tests/simulation/scheduler.ts';
import { createTestPublication } from '../../../tests/support/publication.ts';
import { keyOf, siteOf, textOf } from '../../../tests/support/scale-publication.ts';

/** Milliseconds: assumptions about S3 and SQS in one region, and processor time of decision 021. */
export const LATENCIES = { read: 30, write: 60, list: 60, send: 20, run: 100 } as const;

const ENTRY_COUNT = 60;
const TEXT_BYTES = 2_000;
const FIT_COUNTS = [1, 2, 5, 10, 20];
const ARRIVAL_COUNT = 150;
const KEYS_A_RUN_MAX = 1_000;

export interface LaneTimes {
  /** Milliseconds of a run, whatever it applies. */
  readonly t0: number;
  /** Milliseconds more for each article. */
  readonly t1: number;
}

export interface LagCheck {
  /** Articles that come while a run with one article is under way, on average. */
  readonly load: number;
  readonly predictedMs: number;
  readonly simulatedMs: number;
}

/** Mean milliseconds from the message to the end of the run that has applied it. */
export function predictLag({ t0, t1 }: LaneTimes, arrivalsPerMs: number): number {
  const single = t0 + t1;
  const busy = Math.min(1, arrivalsPerMs * single);
  const share = arrivalsPerMs * t1;
  if (share >= 1) return Number.POSITIVE_INFINITY;
  const long = Math.max(single, t0 / (1 - share));
  return (1 - busy) * single + busy * 1.5 * long;
}

/** By least squares over runs of several sizes. */
export async function measureLane(): Promise<LaneTimes> {
  const points: (readonly [number, number])[] = [];
  for (const count of FIT_COUNTS) {
    const lane = await openLane();
    const keys = await lane.publishRecords(count);
    let tookMs = 0;
    void lane.run(keys).then((ms) => {
      tookMs = ms;
    });
    await lane.scheduler.run(() => tookMs > 0);
    points.push([count, tookMs]);
  }
  const meanX = mean(points.map(([x]) => x));
  const meanY = mean(points.map(([, y]) => y));
  const t1 =
    points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) /
    points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return { t0: meanY - t1 * meanX, t1 };
}

/** Articles arrive at random instants, at several rates; one writer takes what waits. */
export async function checkLag(times: LaneTimes, loads: readonly number[]): Promise<readonly LagCheck[]> {
  const checks: LagCheck[] = [];
  for (const load of loads) {
    const arrivalsPerMs = load / (times.t0 + times.t1);
    const simulatedMs = await simulate(arrivalsPerMs);
    checks.push({ load, predictedMs: predictLag(times, arrivalsPerMs), simulatedMs });
  }
  return checks;
}

async function simulate(arrivalsPerMs: number): Promise<number> {
  const lane = await openLane();
  const { scheduler } = lane;
  const random = createRandom(1);
  const keys = await lane.publishRecords(ARRIVAL_COUNT);
  const waiting: { readonly message: LaneMessage; readonly since: number }[] = [];
  const lags: number[] = [];
  let isBusy = false;

  function next(): void {
    if (isBusy || waiting.length === 0) return;
    isBusy = true;
    const taken = waiting.splice(0, KEYS_A_RUN_MAX);
    void lane.run(taken.map(({ message }) => message)).then(() => {
      lags.push(...taken.map(({ since }) => scheduler.now() - since));
      isBusy = false;
      next();
    });
  }

  let at = scheduler.now();
  for (const message of keys) {
    at += -Math.log(1 - random.next()) / arrivalsPerMs;
    const since = at;
    scheduler.at(since, () => {
      waiting.push({ message, since });
      next();
    });
  }
  await scheduler.run(() => lags.length === keys.length);
  return mean(lags);
}

/** A publication with an archive, whose lane `all` is run in simulated time. */
async function openLane() {
  const publication = await createTestPublication({ sitemapDelayMs: 600_000, url: 'https://example.org/' });
  await publication.put('site.yaml', siteOf(30));
  for (let index = 0; index < ENTRY_COUNT; index += 1) await publication.put(keyOf(index), textOf(index, TEXT_BYTES));
  await publication.settle();
  const scheduler = createScheduler(publication.now);
  const process: Process = { name: 'lane', alive: true };
  const send = () => step(scheduler, process, LATENCIES.send, async () => {});
  const mute = { sendArticleWork: async () => {}, sendLaneWork: async () => {}, sendHubWork: async () => {} };
  const timed: Ports = {
    ...publication.ports,
    content: slow(publication.ports.content, scheduler, process, false),
    state: slow(publication.ports.state, scheduler, process, false),
    public: slow(publication.ports.public, scheduler, process, true),
    queue: { sendArticleWork: send, sendLaneWork: send, sendHubWork: send },
  };
  const publisher = createPublisher(timed);
  const untimed = createPublisher({ ...publication.ports, queue: mute });
  let published = ENTRY_COUNT;
  /** New articles whose records are written, and whose feed was not told. */
  async function publishRecords(count: number): Promise<readonly LaneMessage[]> {
    const indexes = Array.from({ length: count }, () => published++);
    for (const index of indexes) {
      const text = new TextEncoder().encode(textOf(index, TEXT_BYTES));
      await publication.ports.content.write(keyOf(index), text);
    }
    await untimed.articleWork(indexes.map((index) => ({ key: keyOf(index) })));
    return indexes.map((index) => ({ lane: feedLane('all'), key: keyOf(index) }));
  }

  // A first run imports code, which takes real time, and finds what the archive's making has left.
  await untimed.laneWork(feedLane('all'), await publishRecords(1));
  return {
    scheduler,
    publishRecords,
    /** Simulated milliseconds that the run took. */
    async run(messages: readonly LaneMessage[]): Promise<number> {
      const from = scheduler.now();
      await step(scheduler, process, LATENCIES.run, async () => {});
      await publisher.laneWork(feedLane('all'), messages);
      return scheduler.now() - from;
    },
  };
}

/** A public document is looked at, written, and then its two compressed copies at the same time. */
function slow(store: Store, scheduler: Scheduler, process: Process, isPublic: boolean): Store {
  const later = <Result>(ms: number, effect: () => Promise<Result>) => step(scheduler, process, ms, effect);
  const writeMs = isPublic ? LATENCIES.read + 2 * LATENCIES.write : LATENCIES.write;
  return {
    read: (key, options) => later(LATENCIES.read, () => store.read(key, options)),
    inspect: (key) => later(LATENCIES.read, () => store.inspect(key)),
    write: (key, body, options) => later(writeMs, () => store.write(key, body, options)),
    remove: (key, options) => later(LATENCIES.write, () => store.remove(key, options)),
    list: (options) => later(LATENCIES.list, () => store.list(options)),
  };
}

function step<Result>(scheduler: Scheduler, process: Process, ms: number, effect: () => Promise<Result>) {
  return scheduler.step(process, ms, effect, () => {});
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
