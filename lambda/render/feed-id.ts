/**
 * The id of a feed: made from the site's id and the feed's name, and from nothing else, so that it stays the same in
 * all its documents and wherever they are served.
 */

import { createHash } from 'node:crypto';

/** The namespace in which feeds are named (RFC 9562, section 5.5). */
const NAMESPACE = Buffer.from('5b0bba3ee4a64a5b9bd0dd6a3c6c1d0f', 'hex');

/** `urn:uuid:…`, a UUID of version 5. */
export function createFeedId(siteId: string, feedName: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(`${siteId}\n${feedName}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const digits = bytes.toString('hex');
  const groups = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ];
  return `urn:uuid:${groups.join('-')}`;
}
