/**
 * Simulated time, and who continues when. Every call to a store or a queue is a step; a step happens at its instant, at
 * once and whole, and between two steps of one process any steps of others may happen. Latencies are drawn from the
 * seed and long ones are not rare, so every interleaving can come about, and one seed always gives the same one.
 *
 * Processes are plain promises. One that was killed is never resumed: what it waits for just never comes.
 */

export interface Process {
  readonly name: string;
  alive: boolean;
}

export interface Scheduler {
  /** Simulated milliseconds. */
  readonly now: () => number;
  /** Does something at a later instant, whoever lives then. */
  readonly at: (instant: number, action: () => void) => void;
  /**
   * Resolves with what the effect gives, unless the process is killed before.
   *
   * @param orphan happens instead of the effect when the process is dead by then
   */
  readonly step: <Result>(
    process: Process,
    latencyMs: number,
    effect: () => Promise<Result>,
    orphan: () => void,
  ) => Promise<Result>;
  /** Goes on until nothing is left to do or `isDone`; says how many events there were. */
  readonly run: (isDone: () => boolean) => Promise<number>;
}

interface Event {
  readonly at: number;
  readonly sequence: number;
  readonly action: () => void;
}

/** A history that does not come to rest by then never will. */
const EVENTS_MAX = 30_000;

export function createScheduler(start: number): Scheduler {
  const events: Event[] = [];
  let now = start;
  let sequence = 0;
  const at = (instant: number, action: () => void): void => {
    sequence += 1;
    push(events, { at: instant, sequence, action });
  };
  return {
    now: () => now,
    at,
    step: (process, latencyMs, effect, orphan) =>
      new Promise((resolve, reject) => {
        at(now + latencyMs, () => {
          if (!process.alive) return orphan();
          effect().then(
            (result) => process.alive && resolve(result),
            (error) => process.alive && reject(error),
          );
        });
      }),
    async run(isDone) {
      for (let count = 0; ; count += 1) {
        await everythingElse();
        if (isDone()) return count;
        const event = pop(events);
        if (event === undefined) return count;
        if (count > EVENTS_MAX) throw new Error(`After ${EVENTS_MAX} steps there is still work: it never ends.`);
        now = Math.max(now, event.at);
        event.action();
      }
    },
  };
}

/**
 * Resolves when no promise is left that could go on by itself. Node runs ticks only once the queue of promise jobs is
 * empty, and nothing in the publisher waits for anything but promises.
 */
function everythingElse(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

function isBefore(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.sequence < b.sequence);
}

/** A binary heap, the earliest event at its top. */
function push(heap: Event[], event: Event): void {
  let index = heap.length;
  heap.push(event);
  while (index > 0) {
    const above = (index - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || isBefore(parent, event)) break;
    heap[index] = parent;
    index = above;
  }
  heap[index] = event;
}

function pop(heap: Event[]): Event | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (top === undefined || last === undefined || heap.length === 0) return top;
  let index = 0;
  for (;;) {
    const left = heap[2 * index + 1];
    const right = heap[2 * index + 2];
    const isRight = right !== undefined && left !== undefined && isBefore(right, left);
    const child = isRight ? right : left;
    if (child === undefined || isBefore(last, child)) break;
    heap[index] = child;
    index = 2 * index + (isRight ? 2 : 1);
  }
  heap[index] = last;
  return top;
}
