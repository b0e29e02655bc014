/**
 * Which conditions a server that speaks S3 compares. Amazon S3 compares all; others ignore some of them, and answer as if they
 * had held. What a store does where one is not compared (s3-store.ts, s3-copy.ts):
 *
 * - removals: what is removed under a condition is overwritten under that condition, by a tombstone, which reads as nothing;
 * - copies: bytes are read and written by this process;
 * - writes: only one process may write. It looks before it writes, and sends no condition.
 */

import { hash } from 'node:crypto';

export interface ServerTraits {
  readonly comparesWrites: boolean;
  readonly comparesRemovals: boolean;
  readonly comparesCopies: boolean;
}

export const AMAZON_S3: ServerTraits = { comparesWrites: true, comparesRemovals: true, comparesCopies: true };

/** For a bucket that one process alone writes, whatever the server compares. */
export const ONE_WRITER: ServerTraits = { comparesWrites: false, comparesRemovals: false, comparesCopies: false };

export const TOMBSTONE = Buffer.from('feedwright: removed\n');
/** Such servers have the MD5 of what was put as its ETag; Amazon S3 has not always, and needs no tombstones. */
const TOMBSTONE_ETAG = `"${hash('md5', TOMBSTONE)}"`;

export function leavesTombstones({ comparesWrites, comparesRemovals }: ServerTraits): boolean {
  return comparesWrites && !comparesRemovals;
}

/** @param lengthBytes of the whole object */
export function isTombstone(etag: string | undefined, lengthBytes: number | undefined): boolean {
  return etag === TOMBSTONE_ETAG && lengthBytes === TOMBSTONE.byteLength;
}

const LACKS = ['delete', 'copy'] as const;

/** By the words of `FEEDWRIGHT_S3_LACKS`, divided by commas, or `nothing`; null where there is another word. */
export function parseTraits(lacks: string): ServerTraits | null {
  if (lacks.trim() === 'nothing') return AMAZON_S3;
  const words = lacks.split(',').map((word) => word.trim());
  if (!words.every((word) => word === '' || LACKS.some((known) => known === word))) return null;
  return {
    comparesWrites: true,
    comparesRemovals: !words.includes('delete'),
    comparesCopies: !words.includes('copy'),
  };
}
