/** UUIDs of version 5 (RFC 9562, section 5.5): the same for the same name, in every place and at every time. */

import { hash } from 'node:crypto';

/**
 * The UUID of a name, in lower case.
 *
 * @param namespace another UUID, as 32 hexadecimal digits
 */
export function nameUuid(namespace: string, name: string): string {
  const bytes = hash('sha1', Buffer.concat([Buffer.from(namespace, 'hex'), Buffer.from(name)]), 'buffer').subarray(
    0,
    16,
  );
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
