/**
 * From when on a feed is public. Most tags of a large archive are used once or twice, and each feed is twelve files. So the
 * feed of a tag, an author or a section has documents from a number of entries on. Its own root alone decides that. Once
 * its documents were public they stay, however many entries are left.
 */

import { publicAddress } from '../model/addresses.ts';
import type { Site } from '../model/site.ts';
import type { FeedRoot } from '../state/root.ts';

export function mayBeWithheld(feed: string): boolean {
  return /^(?:tags|authors|sections)\//.test(feed);
}

/** How many entries the feed needs before it has documents. One to which a former address leads needs no more than one. */
export function minimumOf(
  feed: string,
  { feedMinimum = 1, redirects }: Pick<Site, 'feedMinimum' | 'redirects'>,
): number {
  if (feedMinimum === 1 || !mayBeWithheld(feed)) return 1;
  const folder = `${publicAddress('/', feed)}/`;
  return Object.values(redirects).some((target) => target.startsWith(folder)) ? 1 : feedMinimum;
}

/**
 * How public the feed is with these entries.
 *
 * @param wasPublic whether it has documents although its root is new
 */
export function openingAfter(
  { opening, pending, revision }: Pick<FeedRoot, 'opening' | 'pending' | 'revision'>,
  entryCount: number,
  minimum: number,
  wasPublic: boolean,
): FeedRoot['opening'] {
  if (opening === 'under way' || opening === 'done') return opening;
  // A publisher that knows no withheld feeds may have written the documents since.
  const isWithheld = opening === 'withheld' ? pending.head : minimum > 1 && revision === 0 && !wasPublic;
  if (isWithheld && entryCount < minimum) return 'withheld';
  return opening === 'withheld' || minimum > 1 ? 'under way' : undefined;
}
