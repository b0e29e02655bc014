/**
 * One call for what several ask for at the same moment. The lanes of a batch begin together, and all read the settings and
 * the record of the article that they were told of.
 *
 * A read joins another only before that one has been sent. So it still sees every write that had returned when it was asked for.
 * All who joined get the same bytes, and so the same decoded object (`state/json-object.ts`).
 */

import { setImmediate } from 'node:timers/promises';
import type { Store, StoredObject } from './store.ts';

export function joinReads(store: Store): Store {
  const unsent = new Map<string, Promise<StoredObject | null>>();
  const send = async (key: string): Promise<StoredObject | null> => {
    await setImmediate();
    unsent.delete(key);
    return store.read(key);
  };
  return {
    ...store,
    read(key, options) {
      if (options !== undefined) return store.read(key, options);
      const reading = unsent.get(key) ?? send(key);
      unsent.set(key, reading);
      return reading;
    },
  };
}
