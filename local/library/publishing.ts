/** The publisher on stores of one's own, with a queue in this process. */

import { randomUUID } from 'node:crypto';
import type { Problem } from '../../lambda/model/problem.ts';
import { createPublisher as createCore, type Overview } from '../../lambda/publish.ts';
import type { Store } from '../../lambda/store/store.ts';
import { createLocalQueue, PartialFailure } from '../store/local-queue.ts';

export interface PublisherPorts {
  /** Articles, assets, site.yaml. Only read. */
  readonly content: Store;
  /** The state. Nobody else writes there. */
  readonly state: Store;
  /** Where the public documents go. */
  readonly public: Store;
  /** Base address of the site. @default that in site.yaml */
  readonly url?: string;
  /** The time at which is published, in milliseconds since the epoch. @default the clock's */
  readonly now?: () => number;
}

export interface StorePublisher {
  /**
   * Publishes what changed. Mistakes in articles are no failure: `problems` has them, and all else is published. One call at a
   * time; other processes may publish on the same stores at once, where these compare conditions.
   *
   * @param keys the files that may have changed. @default all are compared with what is remembered
   * @throws where a store fails for good; what was published before stays, and the next call does what is left
   */
  publish(keys?: readonly string[]): Promise<PublishedState>;
}

export interface PublishedState {
  readonly problems: readonly Problem[];
  readonly counts: Overview['counts'];
  readonly feeds: Overview['feeds'];
}

export function createPublisher({
  content,
  state,
  public: documents,
  url,
  now = Date.now,
}: PublisherPorts): StorePublisher {
  const queue = createLocalQueue(now);
  const publisher = createCore({
    content,
    state,
    public: documents,
    queue,
    hub: null,
    sitemapDelayMs: 0,
    url: url ?? null,
    fallbackUrl: null,
    now,
    nonce: randomUUID,
  });
  return {
    async publish(keys) {
      if (keys === undefined) await publisher.reconcile();
      else await queue.sendArticleWork(keys.map((key) => ({ key, told: true })));
      await publisher.tick();
      await queue.run({
        async articleWork(messages) {
          const outcomes = await publisher.articleWork(messages);
          const failures = outcomes.flatMap((each) =>
            each.change === 'failed' ? [{ what: each.key, error: each.error }] : [],
          );
          if (failures.length > 0) throw new PartialFailure(failures);
        },
        async laneWork(lane, messages) {
          await publisher.laneWork(lane, messages);
        },
      });
      const { problems, counts, feeds } = await publisher.overview();
      return { problems, counts, feeds };
    },
  };
}
