/** The hub port: telling a WebSub hub that a topic has changed. */

export interface Hub {
  /** Never rejects: a hub's failure is an answer too. */
  publish(hub: string, topics: readonly string[]): Promise<HubAnswer>;
}

export type HubAnswer =
  /** The hub will fetch the topics. */
  | { readonly kind: 'accepted' }
  /** It may work later: no connection, no answer in time, or an answer that says so. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** The hub refuses for good: asking again would change nothing. */
  | { readonly kind: 'refused'; readonly reason: string };
