/** One reader that asks for documents again and again, each time in another of the ways in which readers do. */

import type { IncomingHttpHeaders } from 'node:http';
import type { Random } from '../../tests/simulation/random.ts';
import type { Ledger } from './ledger.ts';

const ENCODINGS = ['identity', 'gzip', 'br', 'gzip, deflate, br'] as const;

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** As it came. */
  readonly body: Buffer;
  /** Without its content encoding. */
  readonly text: Buffer;
}

export interface PollerOptions {
  readonly random: Random;
  readonly ledger: Ledger;
  readonly paths: readonly string[];
  readonly ask: (method: string, path: string, headers: Readonly<Record<string, string>>) => Promise<Answer>;
}

/** The copy that this reader has of a document. */
interface Copy {
  readonly etag: string;
  readonly modified: string | undefined;
  readonly encoding: string;
  readonly lengthBytes: number;
}

export interface Poller {
  /** Asks once; gives what was wrong with the answer. */
  poll(): Promise<readonly string[]>;
}

type Manner = 'plain' | 'tag' | 'date' | 'head' | 'part';

export function createPoller({ random, ledger, paths, ask }: PollerOptions): Poller {
  const copies = new Map<string, Copy>();

  async function poll(): Promise<readonly string[]> {
    const path = random.pick(paths);
    const copy = copies.get(path);
    const manner = copy === undefined ? 'plain' : chooseManner(random, copy);
    const encoding = manner === 'plain' ? random.pick(ENCODINGS) : (copy?.encoding ?? '');
    const first = copy === undefined ? 0 : random.below(copy.lengthBytes);
    const floor = ledger.floorOf(path);
    const answer = await ask(manner === 'head' ? 'HEAD' : 'GET', path, fieldsOf(manner, encoding, copy, first));
    const faults = judge(path, floor, manner, copy, first, answer);
    return faults.map((fault) => `${manner} ${path} (${encoding}): ${fault}`);
  }

  function judge(
    path: string,
    floor: number,
    manner: Manner,
    copy: Copy | undefined,
    first: number,
    { status, headers, body, text }: Answer,
  ): readonly string[] {
    const etag = headers.etag ?? '';
    if (!/^"[^"]+"$/.test(etag)) return [`${status}, and no strong tag but ${etag}`];
    if (status === 304) {
      const isOurs = manner === 'tag' || manner === 'date' ? etag === copy?.etag : false;
      return isOurs ? ledger.known(path, floor, etag) : [`304 for ${copy?.etag}, which is ${etag}`];
    }
    if (Number(headers['content-length']) !== body.length && manner !== 'head') return ['is cut short'];
    if (status === 206) return etag === copy?.etag ? ledger.part(etag, first, body) : ['a part of another version'];
    if (status !== 200) return [`status ${status}`];
    if (manner === 'head') return body.length === 0 ? ledger.known(path, floor, etag) : ['a body for HEAD'];
    copies.set(path, {
      etag,
      modified: headers['last-modified'],
      // Parts are of what was asked for: a range of the plain bytes.
      encoding: headers['content-encoding'] ?? 'identity',
      lengthBytes: body.length,
    });
    const whole = ledger.whole(path, floor, etag, body, text);
    return isWhole(path, text.toString()) ? whole : [...whole, 'is no whole document'];
  }

  return { poll };
}

function chooseManner(random: Random, copy: Copy): Manner {
  const manners: Manner[] = ['plain', 'tag', 'tag', 'head'];
  if (copy.modified !== undefined) manners.push('date');
  if (copy.encoding === 'identity' && copy.lengthBytes > 0) manners.push('part');
  return random.pick(manners);
}

function fieldsOf(
  manner: Manner,
  encoding: string,
  copy: Copy | undefined,
  first: number,
): Readonly<Record<string, string>> {
  const accepted = { 'accept-encoding': encoding };
  switch (manner) {
    case 'tag':
      return { ...accepted, 'if-none-match': `"other", ${copy?.etag}` };
    case 'date':
      return { ...accepted, 'if-modified-since': copy?.modified ?? '' };
    case 'part':
      return { ...accepted, range: `bytes=${first}-${first + 999}`, 'if-range': copy?.etag ?? '' };
    default:
      return accepted;
  }
}

const ENDINGS: Readonly<Record<string, RegExp>> = {
  xml: /^<\?xml [\s\S]*<\/(?:rss|feed|urlset|sitemapindex)>\s*$/,
  opml: /^<\?xml [\s\S]*<\/opml>\s*$/,
  html: /^<!doctype html>[\s\S]*<\/html>\s*$/i,
};

function isWhole(path: string, text: string): boolean {
  const ending = path.endsWith('/') ? 'html' : path.slice(path.lastIndexOf('.') + 1);
  if (ending !== 'json') return ENDINGS[ending]?.test(text) ?? false;
  try {
    return Array.isArray((JSON.parse(text) as { items: unknown }).items);
  } catch {
    return false;
  }
}
