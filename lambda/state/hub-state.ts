/** What hubs were told of a feed. */

import { STATE_SCHEMA, type StateObject } from './json-object.ts';

export interface HubState extends StateObject {
  /** By the address of the hub: the versions of the documents that it was last told of. */
  readonly told: Readonly<Record<string, string>>;
  /** Since when a change waits for the feed to stop changing, in milliseconds since the epoch; null if none waits. */
  readonly waitingSince: number | null;
}

/** The state of a feed that no hub was told of yet. */
export function createHubState(): HubState {
  return { schema: STATE_SCHEMA, nonce: '', told: {}, waitingSince: null };
}
