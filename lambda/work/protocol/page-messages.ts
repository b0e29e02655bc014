/** What tells the page at an address to look who is there now (page/page-work.ts). */

import { pageAddress } from '../../model/addresses.ts';
import { addressesIn } from '../../state/keys.ts';
import type { ArticleRecord } from '../../state/record.ts';
import type { LaneMessage } from '../../store/queue.ts';
import { pageLane } from './lanes.ts';

/** What tells the pages at the addresses that a record claims, or has claimed and not let go. */
export function pageMessages({ claims }: Pick<ArticleRecord, 'claims'>): readonly LaneMessage[] {
  return addressMessages(addressesIn(claims));
}

/** What tells the address of a page that was a feed's, and is no more. */
export function formerPageMessage(path: string): LaneMessage {
  return { lane: pageLane(pageAddress('/', path)), key: null };
}

/** What tells the addresses to look at what they are now. */
export function addressMessages(addresses: Iterable<string>): readonly LaneMessage[] {
  return [...new Set(addresses)].map((address) => ({ lane: pageLane(address), key: null }));
}
