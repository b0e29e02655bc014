/**
 * Has feeds be public again that were, however few entries they have: a publisher without its state would withhold them. Roots
 * are swapped on the version that was read; a run of the feed at the same time stops and comes again.
 */

import { readJson, swapJson } from '../../../lambda/state/json-object.ts';
import { rootKey } from '../../../lambda/state/keys.ts';
import { createRoot, type FeedRoot, NOTHING_PENDING } from '../../../lambda/state/root.ts';
import { mapBounded } from '../../../lambda/store/bounded.ts';
import { StoreError } from '../../../lambda/store/store.ts';
import { feedLane } from '../../../lambda/work/protocol/lanes.ts';
import type { Ports } from '../../../lambda/work/protocol/ports.ts';

const FEEDS_AT_ONCE_MAX = 16;
const ATTEMPTS_MAX = 10;
/** Of a feed without an archive; the feed's own work takes that of the settings. */
const HALF_PAGE = 15;

export async function restoreFeeds(ports: Ports, feeds: readonly string[]): Promise<void> {
  const isChanged = await mapBounded(feeds, FEEDS_AT_ONCE_MAX, (feed) => restoreFeed(ports, feed));
  const changed = feeds.filter((_, index) => isChanged[index]);
  if (changed.length > 0) await ports.queue.sendLaneWork(changed.map((feed) => ({ lane: feedLane(feed), key: null })));
}

async function restoreFeed(ports: Ports, feed: string): Promise<boolean> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const stored = await readJson<FeedRoot>(ports.state, rootKey(feed));
    if (stored !== null && stored.value.opening !== 'withheld') return false;
    const present = stored?.value ?? createRoot(feed, HALF_PAGE);
    const next: FeedRoot = {
      ...present,
      nonce: ports.nonce(),
      revision: present.revision + 1,
      opening: 'under way',
      pending: { ...NOTHING_PENDING, head: true },
    };
    if ((await swapJson(ports.state, rootKey(feed), next, stored?.version ?? null)) !== null) return true;
  }
  throw new StoreError('retry', `The feed ${feed} kept changing.`);
}
