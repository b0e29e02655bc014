/** A program that has read all of one document, and then finds another one at its address. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLoopback } from '../../../tests/support/loopback.ts';
import type { SeenEntry, Subscriber } from './subscriber.ts';

export interface Exchange {
  /** The entries that it showed of the first document. */
  readonly first: readonly SeenEntry[];
  /** The entries that it shows of the other document; for a program that mails, its mails. */
  readonly then: readonly SeenEntry[];
}

/** Null where the program is not installed, or fails. */
export async function exchangeDocument(
  { reload, end }: Subscriber,
  before: string,
  after: string,
): Promise<Exchange | null> {
  const folder = mkdtempSync(join(tmpdir(), 'feedwright-exchange-'));
  let document = before;
  const server = await startLoopback(({ url }, response) => {
    if (url === '/feed.xml') response.writeHead(200, { 'content-type': typeOf(document) }).end(document);
    else response.writeHead(404).end();
  });
  try {
    const address = `${server.origin}/feed.xml`;
    const first = await reload(folder, address);
    if (first === null || first.length === 0) return null;
    document = after;
    const then = await reload(folder, address);
    return then === null ? null : { first, then };
  } finally {
    await end?.(folder);
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function typeOf(document: string): string {
  if (document.startsWith('{')) return 'application/feed+json; charset=utf-8';
  return `${document.includes('<rss') ? 'application/rss+xml' : 'application/atom+xml'}; charset=utf-8`;
}
