/** The limits of the local server, for one client and for all of them together. Slow and greedy clients are cut off. */

import type { Server, ServerOptions } from 'node:http';

export interface ServerLimits {
  /** Until a request has told its header fields; it has no content, so this is all of it. */
  readonly requestMs: number;
  /** Without a byte in either direction: a reader that does not read, or has gone without a word. */
  readonly idleMs: number;
  /** How often the first limit is looked after. */
  readonly checkMs: number;
  /** Open at once; more are closed as they come. */
  readonly connectionsCount: number;
  /** Target and header fields of a request together; more is answered 431. */
  readonly headerBytes: number;
  readonly headersCount: number;
}

export const SERVER_LIMITS: ServerLimits = {
  requestMs: 15_000,
  // The stream of the preview says something every 20 seconds.
  idleMs: 60_000,
  checkMs: 5_000,
  connectionsCount: 500,
  headerBytes: 16 * 1024,
  headersCount: 100,
};

/** Options that Node takes when it makes the server. */
export function limitOptions({ requestMs, checkMs, headerBytes }: ServerLimits): ServerOptions {
  return {
    headersTimeout: requestMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: checkMs,
    maxHeaderSize: headerBytes,
  };
}

/** Options that the server takes afterwards. */
export function limit(server: Server, { idleMs, connectionsCount, headersCount }: ServerLimits): void {
  server.maxConnections = connectionsCount;
  server.maxHeadersCount = headersCount;
  server.setTimeout(idleMs);
}
