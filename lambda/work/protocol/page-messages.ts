/** The message that has an address decide what is there now (page/page-work.ts). */

import { pageAddress } from '../../model/addresses.ts';
import { addressesIn } from '../../state/keys.ts';
import type { ArticleRecord } from '../../state/record.ts';
import type { LaneMessage } from '../../store/queue.ts';
import { pageLane } from './lanes.ts';

/** The messages to the pages at all addresses that a record claims, or has claimed and not released. */
export function pageMessages({ claims }: Pick<ArticleRecord, 'claims'>): readonly LaneMessage[] {
  return addressMessages(addressesIn(claims));
}

/** The message to the address of a former page of a feed. */
export function formerPageMessage(path: string): LaneMessage {
  return { lane: pageLane(pageAddress('/', path)), key: null };
}

/** The messages that have addresses decide what is there now. */
export function addressMessages(addresses: Iterable<string>): readonly LaneMessage[] {
  return [...new Set(addresses)].map((address) => ({ lane: pageLane(address), key: null }));
}
