/**
 * The id of a feed: made from the site's id and the feed's name, and from nothing else, so that it stays the same in
 * all its documents and wherever they are served.
 */

import { nameUuid } from '../../text/uuid.ts';

/** The namespace in which feeds are named. */
const NAMESPACE = '5b0bba3ee4a64a5b9bd0dd6a3c6c1d0f';

/** `urn:uuid:…`, a UUID of version 5. */
export function createFeedId(siteId: string, feedName: string): string {
  return `urn:uuid:${nameUuid(NAMESPACE, `${siteId}\n${feedName}`)}`;
}
