/**
 * The operator: takes articles down and restores them, by what `feedwright takedown` does to the stores. And those who put
 * back what was taken down, since they know nothing of it.
 */

import { TAKEDOWNS_KEY } from '../../../lambda/site/takedowns.ts';
import type { Store } from '../../../lambda/store/store.ts';
import { listTarget } from '../../../local/commands/takedown/takedown-entry.ts';
import { bucketList, changeList, readList } from '../../../local/commands/takedown/takedown-list.ts';
import { readTarget } from '../../../local/commands/takedown/takedown-target.ts';
import type { Random } from '../random.ts';
import type { Act } from './author.ts';
import type { Content } from './content.ts';

export interface OperatorOptions {
  readonly content: Content;
  readonly state: Store;
  readonly public: Store;
  readonly random: Random;
  /** By the clock of the people, in milliseconds since the epoch. */
  readonly now: () => number;
  readonly articleKeys: readonly string[];
  /** Told that any entry may go and come back as it was: a takedown holds others with its own. */
  readonly onReturn: () => void;
  /** Told of the text of a file that is put under another name. */
  readonly onCopy: (text: string) => void;
}

export interface Operator {
  takeDown(): Promise<Act>;
  restore(): Promise<Act>;
  /** As a push does that knows no list, or a copy under another name. */
  putBack(): Promise<Act>;
  /** Somebody damages the list, or removes it, and sees it. */
  spoilList(): Promise<Act>;
}

const SOON_MS = 120_000;

export function createOperator(options: OperatorOptions): Operator {
  const { content, state, public: documents, random, now, articleKeys, onReturn, onCopy } = options;
  const stores = { content: content.store, state, publicObjects: documents };
  const list = bucketList(stores);
  const listedKeys = async (): Promise<readonly string[]> => (await readList(list)).list.map(({ key }) => key);
  const presentKeys = (): readonly string[] => content.keys().filter((key) => articleKeys.includes(key));
  const soon = (keys: readonly string[], act: () => Promise<Act>): Act => ({
    keys,
    next: { afterMs: random.chance(0.5) ? 600 * random.next() : SOON_MS * random.next(), act },
  });
  const nothing: Act = { keys: [] };

  const putBack = async (): Promise<Act> => {
    const known = (await listedKeys()).filter((key) => content.last(key) !== null);
    if (known.length === 0) return nothing;
    const from = random.pick(known);
    const sameKind = articleKeys.filter((key) => key.split('.').at(-1) === from.split('.').at(-1));
    const to = random.chance(0.5) ? from : random.pick(sameKind);
    const text = content.last(from) ?? '';
    if (to !== from) onCopy(text);
    await content.put(to, text);
    return { keys: [to] };
  };
  const restore = async (): Promise<Act> => {
    const listed = await listedKeys();
    if (listed.length === 0) return nothing;
    onReturn();
    const key = random.pick(listed);
    const last = content.last(key);
    if (last !== null && !content.keys().includes(key)) await content.put(key, last);
    await changeList(list, (present) => present.filter((takedown) => takedown.key !== key));
    return { keys: [TAKEDOWNS_KEY, key] };
  };
  return {
    putBack,
    restore,
    async takeDown() {
      const present = presentKeys();
      if (present.length === 0) return nothing;
      onReturn();
      const key = random.pick(present);
      const target = await readTarget(stores, key);
      if ((await listTarget(stores, target, { now })) !== null) return nothing;
      // The command may be killed between the two.
      if (random.chance(0.8)) await content.remove(key);
      return random.chance(0.7) ? soon([TAKEDOWNS_KEY, key], putBack) : { keys: [TAKEDOWNS_KEY, key] };
    },
    async spoilList() {
      const body = (await list.read())?.body;
      if (body === undefined) return nothing;
      onReturn();
      if (random.chance(0.5)) await content.store.remove(TAKEDOWNS_KEY);
      else await content.store.write(TAKEDOWNS_KEY, new TextEncoder().encode('{'));
      return soon([TAKEDOWNS_KEY], async () => {
        const present = await readList(list);
        // Who has taken down something meanwhile has mended it.
        if (present.version === null || present.fault !== null) await content.store.write(TAKEDOWNS_KEY, body);
        return { keys: [TAKEDOWNS_KEY] };
      });
    },
  };
}
