/**
 * The queue port: work to do. Messages are hints that something may have changed. The publisher reads the present
 * state, so a message may come twice, late, or in any order.
 *
 * Lane work is delivered one batch at a time per lane, in order; lanes run in parallel.
 */

/** Find out what the content at this key now is. `site.yaml` is a key like any other. */
export interface ArticleMessage {
  readonly key: string;
  /**
   * Whether something was seen to happen to this very file, so that it counts as gone if it is not there. A message
   * that only wakes an article (an asset changed, a claim was released) says nothing of its file. @default false
   */
  readonly told?: boolean;
}

declare const brand: unique symbol;

/** The name of a lane: of something that has one writer at a time. `work/protocol/lanes.ts` makes and reads these names. */
export type LaneName = string & { readonly [brand]: 'lane' };

/** A name as a queue or a marker holds it: another version of the publisher, or a person, may have written it. */
export function laneNamed(name: string): LaneName {
  return name as LaneName;
}

/**
 * Bring one lane up to date. The key says what may have changed: in a feed, the article at that content key. Null asks
 * for whatever the lane has left unfinished. `work/protocol/lanes.ts` says what the keys of other lanes are.
 */
export interface LaneMessage {
  readonly lane: LaneName;
  readonly key: string | null;
}

/** Tell hubs that the documents of a feed may have changed. */
export interface HubMessage {
  readonly feed: string;
  /** Address of the one hub to be told; null for all that the site names. */
  readonly hub: string | null;
  /** Counts from 1. */
  readonly attempt: number;
}

/** The longest that SQS holds a message back. */
export const DELAY_SECONDS_MAX = 900;

export interface WorkQueue {
  /** Resolves once the messages are safely queued; at most 10,000 a call. */
  sendArticleWork(messages: readonly ArticleMessage[]): Promise<void>;
  /** Resolves once the messages are safely queued; at most 10,000 a call. No message is ever dropped as a duplicate. */
  sendLaneWork(messages: readonly LaneMessage[]): Promise<void>;
  /** Resolves once the messages are safely queued, to be delivered after the delay: at most `DELAY_SECONDS_MAX`. */
  sendHubWork(messages: readonly HubMessage[], delaySeconds: number): Promise<void>;
}
