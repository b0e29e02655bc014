/**
 * Rules for the callers of the local server: a caller names this machine, and is no web page from elsewhere.
 * Behind the CDN everybody may read; here lies what is not public yet.
 *
 * - A name that somebody made to lead here (DNS rebinding) is not ours: the `Host` of the request tells.
 * - A page elsewhere can ask without any name of its own. Browsers say where a script comes from (`Origin`), and of all
 *   else whether the page that wants it is of another site (`Sec-Fetch-Site`). Following a link from there is no harm,
 *   since the page that is left sees nothing of it.
 * - Documents are read, and a question has no content. What comes all the same is not listened to.
 */

import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** Why a request is not answered. Its words are ours alone: nothing of the request is repeated. */
export interface Refusal {
  readonly status: 403 | 413 | 421;
  readonly title: string;
  readonly text: string;
}

const OWN_NAME = 'localhost|127\\.0\\.0\\.1|\\[::1\\]';
const HOST = new RegExp(`^(?:${OWN_NAME})(?::(\\d+))?$`, 'i');
/** Other programs on this machine may read, such as one that a developer writes beside the feeds. */
const OWN_ORIGIN = new RegExp(`^https?://(?:${OWN_NAME})(?::\\d+)?$`, 'i');

/** Null for a request that is to be answered. */
export function refuse(request: IncomingMessage): Refusal | null {
  const { headers, method } = request;
  if (!isOwnName(headers.host ?? '', request.socket.localPort)) {
    return { status: 421, title: 'Unknown host', text: 'This server answers to localhost only.' };
  }
  if (isFromElsewhere(headers)) {
    return { status: 403, title: 'Not for other sites', text: 'Pages of other sites can’t read what is served here.' };
  }
  // Other methods are refused as such.
  if ((method === 'GET' || method === 'HEAD') && hasContent(headers)) {
    return { status: 413, title: 'Too much', text: 'This server takes questions without content only.' };
  }
  return null;
}

/** The names by which this machine reaches itself, with the port that the request came in on. */
function isOwnName(host: string, port: number | undefined): boolean {
  const match = HOST.exec(host);
  return match !== null && Number(match[1] ?? 80) === port;
}

function isFromElsewhere({ origin, ...headers }: IncomingHttpHeaders): boolean {
  if (origin !== undefined) return !OWN_ORIGIN.test(origin);
  return headers['sec-fetch-site'] === 'cross-site' && headers['sec-fetch-dest'] !== 'document';
}

/** Whether bytes follow the head of the request (RFC 9112, 6.3). */
export function hasContent(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0;
}
