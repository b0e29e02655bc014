/** Fingerprints: whether something is still what it was. */

import { hash } from 'node:crypto';

const CHARACTERS = 22;

/** Short, and long enough that no two contents of one article ever have the same. */
export function fingerprintOf(content: string | Uint8Array): string {
  return hash('sha256', content, 'base64url').slice(0, CHARACTERS);
}
