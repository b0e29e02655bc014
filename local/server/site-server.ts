/**
 * The local web server: the publication's documents with the header fields that they have behind the CDN, and the
 * pages under `/_preview/`. It listens on 127.0.0.1 only; callers.ts says whom it answers, and limits.ts how much of it
 * they may take.
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { plainPathOf } from '../../lambda/address/variants.ts';
import { NOT_FOUND_PATH } from '../../lambda/model/addresses.ts';
import type { EdgeResponse } from '../../lib/edge/event.ts';
import { POLICY_FIELDS } from '../../lib/edge/policy.ts';
import { hasContent, refuse } from './callers.ts';
import { createDocuments, type Documents } from './documents.ts';
import { plainFields, settle } from './edge.ts';
import { limit, limitOptions, SERVER_LIMITS, type ServerLimits } from './limits.ts';
import { createSiteFiles, parseTarget } from './site-files.ts';

const HOST = '127.0.0.1';
const PORT_TRIES_MAX = 20;

export interface SiteServerOptions {
  /** Folder of the public documents; it must exist. */
  readonly root: string;
  /** The port to listen on, or null for `firstPort` or the next free one after it. */
  readonly port: number | null;
  readonly firstPort: number;
  /** Answers the paths under `/_preview/`; gives false for one that it does not know. */
  readonly preview: (path: string, request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  /** Value of the `Link` field of a feed document (hubs and self), or null for none. */
  readonly linkOf: (path: string) => string | null;
  /** @default those of limits.ts */
  readonly limits?: ServerLimits;
  /** Milliseconds since the epoch. @default the clock */
  readonly now?: () => number;
}

export interface SiteServer {
  readonly port: number;
  /** Ends at once, open connections included. */
  close(): Promise<void>;
}

/** Starts to listen. Gives null when the port, or every port that was tried, is taken. */
export async function startSiteServer(options: SiteServerOptions): Promise<SiteServer | null> {
  const { limits = SERVER_LIMITS, now = Date.now } = options;
  const documents = createDocuments(createSiteFiles(options.root), options.linkOf, now);
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response, options, documents).catch((error: unknown) => endAfterFailure(response, error));
  };
  const server = createServer(limitOptions(limits), take);
  limit(server, limits);
  // A client that asks whether to send its content (`Expect: 100-continue`) learns it from the answer.
  server.on('checkContinue', take);
  const ports =
    options.port === null ? Array.from({ length: PORT_TRIES_MAX }, (_, i) => options.firstPort + i) : [options.port];
  for (const port of ports) {
    if ((await isTakenBeside(port)) || !(await listen(server, HOST, port))) continue;
    return { port: (server.address() as AddressInfo).port, close: () => close(server) };
  }
  return null;
}

/**
 * Whether another program has the port at the other address that `localhost` stands for: browsers ask there first, and would
 * show what that program says.
 */
async function isTakenBeside(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    if (!(await listen(probe, '::1', port))) return true;
    await close(probe);
    return false;
  } catch {
    // This machine has no such address.
    return false;
  }
}

/** False when the port is taken. */
async function listen(server: Server, host: string, port: number): Promise<boolean> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, exclusive: true }, () => {
        server.off('error', reject);
        resolve();
      });
    });
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EADDRINUSE' || code === 'EACCES') return false;
    throw error;
  }
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: SiteServerOptions,
  documents: Documents,
): Promise<void> {
  // What follows the head is not read, so the connection can't be used again.
  if (hasContent(request.headers)) response.setHeader('Connection', 'close');
  const refusal = refuse(request);
  if (refusal !== null) return sendPage(request, response, refusal.status, refusal.title, refusal.text);
  const preview = parseTarget(request.url ?? '');
  if (preview?.startsWith('_preview/') && (request.method === 'GET' || request.method === 'HEAD')) {
    if (!(await options.preview(preview, request, response))) await sendNotFound(request, response, documents);
    return;
  }
  const settled = settle(request);
  if (settled.kind === 'answer') return sendFromEdge(request, response, settled.response);
  if (await documents.send(settled.path, settled.request, request, response)) return;
  // A publication without a home page shows the preview instead.
  const isHome = (plainPathOf(settled.path) ?? settled.path) === 'index.html';
  if (isHome || preview === '_preview') return sendRedirect(response, '/_preview/');
  await sendNotFound(request, response, documents);
}

/** The answers that the edge gives by itself. */
function sendFromEdge(request: IncomingMessage, response: ServerResponse, answer: EdgeResponse): void {
  const body = answer.body?.data ?? '';
  response.writeHead(answer.statusCode, {
    ...plainFields(answer.headers),
    ...POLICY_FIELDS,
    ...(answer.statusCode === 204 ? {} : { 'Content-Length': Buffer.byteLength(body) }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function sendRedirect(response: ServerResponse, place: string): void {
  response.writeHead(302, { Location: place, 'Cache-Control': 'no-store', 'Content-Length': 0 }).end();
}

/** The publication's own page for it, as behind the CDN, once there is one. */
async function sendNotFound(request: IncomingMessage, response: ServerResponse, documents: Documents): Promise<void> {
  const page = await documents.read(NOT_FOUND_PATH);
  if (page === null) return sendPage(request, response, 404, 'Nothing here', 'There is no document at this address.');
  sendBody(request, response, 404, page);
}

/** A small page for what went wrong. Its words are ours alone: nothing of the request is repeated. */
function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  title: string,
  text: string,
): void {
  const body = Buffer.from(
    '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n' +
      '<meta name="viewport" content="width=device-width">\n' +
      `<title>${title}</title>\n<link rel="stylesheet" href="/_preview/preview.css">\n` +
      `<main class="opening">\n<h1>${title}</h1>\n<p>${text}</p>\n<p><a href="/_preview/">To the preview</a></p>\n</main>\n</html>\n`,
  );
  sendBody(request, response, status, body);
}

function sendBody(request: IncomingMessage, response: ServerResponse, status: number, body: Uint8Array): void {
  response.writeHead(status, {
    ...POLICY_FIELDS,
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Length': body.length,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

const READER_GONE_CODES: readonly unknown[] = [
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_UNABLE_TO_PIPE',
  'ECONNRESET',
  'EPIPE',
];

/** A reader that went away is no failure; anything else ends this answer only, and is said. */
function endAfterFailure(response: ServerResponse, error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (!READER_GONE_CODES.includes(code)) process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  if (response.headersSent) response.destroy();
  else response.writeHead(500, { 'Cache-Control': 'no-store' }).end();
}
