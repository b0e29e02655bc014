/**
 * Whether a state and an output folder belong together. Each run that changes documents leaves the same token in both. Where
 * they differ, an older state was put back, or another folder is there, and what is public is not what the state takes it for.
 */

import { randomUUID } from 'node:crypto';
import { encodeJson, findJson, STATE_SCHEMA, type StateObject } from '../../lambda/state/json-object.ts';
import type { Store } from '../../lambda/store/store.ts';

const TOKEN_KEY = 'local/token.json';

/** The token in an output folder. */
export interface OutputToken {
  /** Null when there is none. */
  read(): Promise<string | null>;
  write(token: string): Promise<void>;
}

export interface Pairing {
  /** Also where neither has a token yet. */
  isSound(): Promise<boolean>;
  /** Gives both a new token. */
  renew(): Promise<void>;
}

interface TokenNote extends StateObject {
  readonly token: string;
}

/** @param site null where no state was ever made for another: both are in memory */
export function createPairing(state: Store, site: OutputToken | null): Pairing {
  return {
    async isSound() {
      if (site === null) return true;
      const found = await findJson<TokenNote>(state, TOKEN_KEY);
      return (found.kind === 'sound' ? found.value.token : null) === (await site.read());
    },
    async renew() {
      if (site === null) return;
      const token = randomUUID();
      await state.write(TOKEN_KEY, encodeJson({ schema: STATE_SCHEMA, nonce: '', token } satisfies TokenNote));
      await site.write(token);
    },
  };
}
