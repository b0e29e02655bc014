/** What hubs know of a feed, as far as they were told. */

import { STATE_SCHEMA, type StateObject } from './json-object.ts';

export interface HubState extends StateObject {
  /** By the address of the hub: the versions of the documents that it was last told of. */
  readonly told: Readonly<Record<string, string>>;
  /** Since when a change waits for the feed to come to rest; null when none does. Milliseconds since the epoch. */
  readonly waitingSince: number | null;
}

/** The state of a feed of which no hub was ever told. */
export function createHubState(): HubState {
  return { schema: STATE_SCHEMA, nonce: '', told: {}, waitingSince: null };
}
