/**
 * What was heard of one site, by all pollers together, and what contradicts it. A version of a document is told by the
 * newest article in it: articles are only added, each newer than the one before, so it never goes back.
 *
 * - Whoever asks after somebody has been given a version is given that one or a newer one, whether as a document or by
 *   "not modified".
 * - An entity tag stands for the very bytes (RFC 9110, 8.8.1), of one encoding, and a part of it is a part of these.
 */

import { createHash } from 'node:crypto';

interface Version {
  readonly hash: string;
  readonly lengthBytes: number;
  /** Number of the newest article in it. */
  readonly newest: number;
}

/** Bodies that are kept to compare parts with; a part is asked for right after the whole. */
const BODIES_COUNT_MAX = 500;

export interface Ledger {
  /** To be told to the judges of the answer: how new a document must be that is asked for now. */
  floorOf(path: string): number;
  /** A whole document, as it came. Gives what is wrong with it. */
  whole(path: string, floor: number, tag: string, body: Buffer, text: Buffer): readonly string[];
  /** The answer to a condition, or to HEAD: a tag alone. */
  known(path: string, floor: number, tag: string): readonly string[];
  part(tag: string, first: number, body: Buffer): readonly string[];
  /** Number of the newest article that anybody was given. */
  newestOf(path: string): number;
  readonly versionCount: () => number;
}

export function createLedger(): Ledger {
  const versions = new Map<string, Version>();
  const bodies = new Map<string, Buffer>();
  const newest = new Map<string, number>();
  const floorOf = (path: string): number => newest.get(path) ?? -1;

  function judge(path: string, floor: number, version: Version): readonly string[] {
    newest.set(path, Math.max(floorOf(path), version.newest));
    return version.newest < floor ? [`goes back from article ${floor} to ${version.newest}`] : [];
  }

  return {
    floorOf,
    newestOf: floorOf,
    versionCount: () => versions.size,
    whole(path, floor, tag, body, text) {
      const version = {
        hash: createHash('sha256').update(body).digest('hex'),
        lengthBytes: body.length,
        newest: newestArticle(text),
      };
      const before = versions.get(tag);
      versions.set(tag, version);
      if (!bodies.has(tag) && bodies.size >= BODIES_COUNT_MAX) bodies.delete([...bodies.keys()][0] ?? '');
      bodies.set(tag, body);
      const faults = [...judge(path, floor, version)];
      if (before !== undefined && before.hash !== version.hash) faults.push(`has other bytes under ${tag}`);
      const plain = createHash('sha256').update(text).digest('base64url');
      if (!tag.startsWith(`"${plain}`)) faults.push(`is not what ${tag} was made from`);
      return faults;
    },
    known(path, floor, tag) {
      const version = versions.get(tag);
      return version === undefined ? [] : judge(path, floor, version);
    },
    part(tag, first, body) {
      const whole = bodies.get(tag);
      if (whole === undefined || whole.subarray(first, first + body.length).equals(body)) return [];
      return [`has a part from ${first} that is not of ${tag}`];
    },
  };
}

/** -1 in a document without articles. */
function newestArticle(text: Buffer): number {
  let newest = -1;
  for (const [, number] of text.toString().matchAll(/Article number (\d+)/g)) newest = Math.max(newest, Number(number));
  return newest;
}
