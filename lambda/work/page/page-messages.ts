/** What tells the page at an address to look who is there now (page-work.ts). */

import { folderAddress } from '../../address/folder-address.ts';
import { pageAddress, publicAddress } from '../../model/addresses.ts';
import type { Site } from '../../model/site.ts';
import { plainPathOf } from '../../model/variants.ts';
import { ADDRESS_CLAIM, addressesIn } from '../../state/keys.ts';
import type { ArticleRecord } from '../../state/record.ts';
import type { LaneMessage } from '../../store/queue.ts';
import { readOwner } from '../article/claim-work.ts';
import { pageLane } from '../lanes.ts';
import type { Ports } from '../ports.ts';
import { addressMessages, isRedirected } from './redirect-work.ts';

/** What tells the pages at the addresses that a record claims, or has claimed and not let go. */
export function pageMessages({ claims }: Pick<ArticleRecord, 'claims'>): readonly LaneMessage[] {
  return addressMessages(addressesIn(claims));
}

/** What tells the address of a page that was a feed's, and is no more. */
export function formerPageMessage(path: string): LaneMessage {
  return { lane: pageLane(pageAddress('/', path)), key: null };
}

/**
 * What tells the page or the redirect at a file's address, if there may be one, that the file has come or gone: whoever
 * made sure that the file is not public has taken away what was at its path, or a compressed copy of it.
 */
export async function fileMessages(
  ports: Pick<Ports, 'state'>,
  site: Site,
  contentKey: string,
): Promise<readonly LaneMessage[]> {
  const address = folderAddress(publicAddress('/', plainPathOf(contentKey) ?? contentKey));
  const isPage =
    (await isRedirected(ports, site, address)) || (await readOwner(ports, ADDRESS_CLAIM + address)) !== null;
  return isPage ? addressMessages([address]) : [];
}
