/** A store of which calls can be made to fail, one by one, before anything is done. */

import type { Store } from '../../lambda/store/store.ts';

export type FaultPlace = 'content' | 'state' | 'public' | 'queue';

export interface Call {
  readonly place: FaultPlace;
  readonly kind: 'read' | 'write';
  /** Of a listing the prefix; of a queue its name. */
  readonly key: string;
}

/** The failure that a call meets now; null where it goes through. */
export type Strike = (call: Call) => Error | null;

export function createFaultyStore(store: Store, place: FaultPlace, strike: Strike): Store {
  const call = async <Result>(kind: Call['kind'], key: string, effect: () => Promise<Result>): Promise<Result> => {
    const failure = strike({ place, kind, key });
    if (failure !== null) throw failure;
    return effect();
  };
  return {
    read: (key, options) => call('read', key, () => store.read(key, options)),
    inspect: (key) => call('read', key, () => store.inspect(key)),
    write: (key, body, options) => call('write', key, () => store.write(key, body, options)),
    remove: (key, options) => call('write', key, () => store.remove(key, options)),
    list: (options) => call('read', options.prefix, () => store.list(options)),
  };
}
