/** What tells the page at an address to look who is there now (page-work.ts). */

import { pageAddress } from '../addresses.ts';
import type { ArticleRecord } from '../state/record.ts';
import type { FeedMessage } from '../store/queue.ts';
import { PAGE_FEED_PREFIX } from './redirect-work.ts';

/** How claims of addresses begin. */
export const ADDRESS_CLAIM = 'address ';

/** What tells the pages at the addresses that a record claims, or has claimed and not let go. */
export function pageMessages({ claims }: Pick<ArticleRecord, 'claims'>): readonly FeedMessage[] {
  return claims
    .filter((claim) => claim.startsWith(ADDRESS_CLAIM))
    .map((claim) => ({ feed: PAGE_FEED_PREFIX + claim.slice(ADDRESS_CLAIM.length), key: null }));
}

/** What tells the address of a page that was a feed's, and is no more. */
export function formerPageMessage(path: string): FeedMessage {
  return { feed: PAGE_FEED_PREFIX + pageAddress('/', path), key: null };
}
