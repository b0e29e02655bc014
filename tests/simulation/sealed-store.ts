/**
 * The condition `different` as the S3 store makes it of calls of their own, between which others write and processes die.
 * Seals name the bytes by their version.
 */

import { writeDifferent } from '../../lambda/store/different-write.ts';
import { type Store, StoreError } from '../../lambda/store/store.ts';
import { versionOf } from './simulated-store.ts';

const ATTEMPTS_MAX = 6;

export function withSeals(store: Store): Store {
  return {
    ...store,
    async write(key, body, options) {
      const condition = options?.condition;
      if (condition?.kind !== 'different') return store.write(key, body, options);
      const checksum = versionOf(body);
      const result = await writeDifferent(
        {
          checksum,
          async look() {
            const there = await store.inspect(key);
            return there && { version: there.version, isSame: there.version === checksum };
          },
          writeOver: (version) =>
            store.write(key, body, {
              ...options,
              condition: version === null ? { kind: 'absent' } : { kind: 'version', version },
            }),
        },
        condition.seal,
        ATTEMPTS_MAX,
      );
      if (result !== null) return result;
      throw new StoreError('retry', `${key} kept changing while it was written.`);
    },
  };
}
