/** The files as the people have them. */

import type { Store } from '../../../lambda/store/store.ts';
import { SITE_KEY } from '../../../lambda/work/protocol/site-work.ts';
import { createSimulatedStore, type SimulatedStore } from '../simulated-store.ts';
import { archivedArticle, articleKey, FIRST_SITE } from './manuscripts.ts';

export interface Content {
  /** As the publisher sees them. */
  readonly store: SimulatedStore;
  readonly keys: () => readonly string[];
  /** What was there last, also of a file that was removed since; null when nothing ever was. */
  readonly last: (key: string) => string | null;
  put(key: string, body: string): Promise<void>;
  remove(key: string): Promise<void>;
}

export function createContent(from?: SimulatedStore): Content {
  const store = createSimulatedStore(from);
  const texts = new Map<string, string>();
  return {
    store,
    keys: () => store.keys,
    last: (key) => texts.get(key) ?? null,
    async put(key, body) {
      texts.set(key, body);
      await store.write(key, new TextEncoder().encode(body));
    },
    async remove(key) {
      const present = store.objects.get(key);
      if (present !== undefined) texts.set(key, new TextDecoder().decode(present.body));
      await store.remove(key);
    },
  };
}

/** What there is before a history begins. */
export async function writeFirstContent(store: Store, count: number, now: number): Promise<void> {
  const encoder = new TextEncoder();
  await store.write(SITE_KEY, encoder.encode(FIRST_SITE));
  for (let index = 0; index < count; index += 1) {
    await store.write(articleKey(index), encoder.encode(archivedArticle(index, now)));
  }
}
