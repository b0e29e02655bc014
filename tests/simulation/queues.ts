/**
 * Two queues in memory with the rules of SQS. The standard queue delivers in any order, at least once. The FIFO queue
 * delivers each group in order, and while a batch of a group is under way nobody else gets messages of it. What was
 * received and not deleted comes back when its visibility time-out is over; what comes back too often is set aside
 * among the dead letters.
 */

import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** As in the stack: six times what a run may take. */
const VISIBILITY_TIMEOUT_MS = 720_000;
/** For which a FIFO queue that compares contents drops what looks the same. */
const DEDUPLICATION_MS = 300_000;

export interface Message {
  readonly id: string;
  readonly body: string;
  /** The message group, on the FIFO queue. */
  readonly group: string | null;
  receiveCount: number;
}

export interface SimulatedQueue {
  send(body: string, group: string | null, delayMs: number): void;
  /** Some messages to work on, or none. Of a FIFO queue: all of one group. */
  receive(countMax: number): readonly Message[];
  delete(messages: readonly Message[]): void;
  /** Makes what was received visible again after a while. */
  giveBack(messages: readonly Message[], delayMs: number): void;
  /** Messages there are, visible or not, without the dead letters. */
  size(): number;
  /** Takes all dead letters away. */
  takeDead(): readonly Message[];
}

export interface QueueOptions {
  readonly scheduler: Pick<Scheduler, 'now' | 'at'>;
  readonly random: Random;
  /** How often a message may be received. */
  readonly receiveCountMax: number;
  /** Told when a message may have become visible. */
  readonly onVisible: () => void;
  /** Mutants of the FIFO queue. */
  readonly withoutGroups?: boolean;
  readonly deduplicatesByContent?: boolean;
}

export function createStandardQueue({ scheduler, random, receiveCountMax, onVisible }: QueueOptions): SimulatedQueue {
  const waiting = new Map<Message, { visibleAt: number }>();
  const dead: Message[] = [];
  let count = 0;
  const hide = (messages: readonly Message[], forMs: number): void => {
    for (const message of messages) {
      const entry = waiting.get(message);
      if (entry !== undefined) entry.visibleAt = scheduler.now() + forMs;
    }
    scheduler.at(scheduler.now() + forMs, onVisible);
  };
  return {
    send(body, group, delayMs) {
      count += 1;
      waiting.set({ id: `article-${count}`, body, group, receiveCount: 0 }, { visibleAt: scheduler.now() + delayMs });
      scheduler.at(scheduler.now() + delayMs, onVisible);
    },
    receive(countMax) {
      const visible: Message[] = [];
      for (const [message, { visibleAt }] of waiting) {
        if (visibleAt > scheduler.now()) continue;
        if (message.receiveCount < receiveCountMax) visible.push(message);
        else {
          waiting.delete(message);
          dead.push(message);
        }
      }
      const messages: Message[] = [];
      while (visible.length > 0 && messages.length < countMax) {
        messages.push(...visible.splice(random.below(visible.length), 1));
      }
      for (const message of messages) message.receiveCount += 1;
      if (messages.length > 0) hide(messages, VISIBILITY_TIMEOUT_MS);
      return messages;
    },
    delete(messages) {
      for (const message of messages) waiting.delete(message);
    },
    giveBack: hide,
    size: () => waiting.size,
    takeDead: () => dead.splice(0),
  };
}

export function createFifoQueue(options: QueueOptions): SimulatedQueue {
  const { scheduler, random, receiveCountMax, onVisible } = options;
  const { withoutGroups = false, deduplicatesByContent = false } = options;
  const groups = new Map<string, { messages: Message[]; lockedUntil: number }>();
  const sent = new Map<string, number>();
  const dead: Message[] = [];
  let count = 0;
  const lock = (group: string, forMs: number): void => {
    const found = groups.get(group);
    if (found === undefined) return;
    found.lockedUntil = withoutGroups ? 0 : scheduler.now() + forMs;
    scheduler.at(scheduler.now() + forMs, onVisible);
  };
  return {
    send(body, group, delayMs) {
      const name = group ?? '';
      if (deduplicatesByContent) {
        if (scheduler.now() - (sent.get(body) ?? -Infinity) < DEDUPLICATION_MS) return;
        sent.set(body, scheduler.now());
      }
      count += 1;
      const found = groups.get(name) ?? { messages: [], lockedUntil: 0 };
      groups.set(name, found);
      found.messages.push({ id: `feed-${count}`, body, group, receiveCount: 0 });
      scheduler.at(scheduler.now() + delayMs, onVisible);
    },
    receive(countMax) {
      const free: [string, { messages: Message[] }][] = [];
      for (const [name, group] of groups) {
        if (group.messages.length === 0) groups.delete(name);
        else if (group.lockedUntil <= scheduler.now()) free.push([name, group]);
      }
      if (free.length === 0) return [];
      const [name, group] = random.pick(free);
      dead.push(...group.messages.filter(({ receiveCount }) => receiveCount >= receiveCountMax));
      group.messages = group.messages.filter(({ receiveCount }) => receiveCount < receiveCountMax);
      const messages = group.messages.slice(0, countMax);
      for (const message of messages) message.receiveCount += 1;
      lock(name, messages.length === 0 ? 0 : VISIBILITY_TIMEOUT_MS);
      return messages;
    },
    delete(messages) {
      const gone = new Set(messages);
      for (const name of new Set(messages.map(({ group }) => group ?? ''))) {
        const group = groups.get(name);
        if (group === undefined) continue;
        const left = group.messages.filter((message) => !gone.has(message));
        if (left.length === group.messages.length) continue;
        group.messages = left;
        lock(name, 0);
      }
    },
    giveBack(messages, delayMs) {
      for (const name of new Set(messages.map(({ group }) => group ?? ''))) lock(name, delayMs);
    },
    size: () => [...groups.values()].reduce((sum, { messages }) => sum + messages.length, 0),
    takeDead: () => dead.splice(0),
  };
}
