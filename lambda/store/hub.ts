/** The hub port: telling a WebSub hub that a topic has changed. */

export interface Hub {
  /** Never rejects: what a hub does wrong is an answer too. */
  publish(hub: string, topics: readonly string[]): Promise<HubAnswer>;
}

export type HubAnswer =
  /** The hub will fetch the topics. */
  | { readonly kind: 'accepted' }
  /** It may work later: no connection, no answer in time, or an answer that says so. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** The hub wants nothing of us: asking again would change nothing. */
  | { readonly kind: 'refused'; readonly reason: string };
