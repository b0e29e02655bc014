/**
 * The local web server: the publication's documents with the header fields that they have behind the CDN, and the
 * pages under `/_preview/`. It listens on 127.0.0.1 only and answers only to the names of this machine, so that no web
 * page elsewhere can read drafts through a name that it points here (DNS rebinding).
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type Compression, chooseCompression, chooseRange, isNotModified, wholeSeconds } from './conditions.ts';
import { fixedFields, isFeed, isText, PREFLIGHT_FIELDS } from './headers.ts';
import { createSiteFiles, parseTarget, type SiteFile, type SiteFiles } from './site-files.ts';

const HOST = '127.0.0.1';
const PORT_TRIES_MAX = 20;
/** Larger documents are sent as they are: they would have to be held in memory to be compressed. */
const COMPRESSED_BYTES_MAX = 16 * 1024 * 1024;
/** Smaller ones fit into one packet anyway. */
const COMPRESSED_BYTES_MIN = 512;
const VARIANTS_COUNT_MAX = 200;

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
  /** Where an address that has moved is now, or null. */
  readonly redirectOf: (path: string) => string | null;
}

export interface SiteServer {
  readonly port: number;
  /** Ends at once, open connections included. */
  close(): Promise<void>;
}

/** Starts to listen. Gives null when the port, or every port that was tried, is taken. */
export async function startSiteServer(options: SiteServerOptions): Promise<SiteServer | null> {
  const documents = createDocuments(createSiteFiles(options.root), options);
  const server = createServer((request, response) => {
    answer(request, response, options, documents).catch((error: unknown) => endAfterFailure(response, error));
  });
  const ports =
    options.port === null ? Array.from({ length: PORT_TRIES_MAX }, (_, i) => options.firstPort + i) : [options.port];
  for (const port of ports) {
    if (!(await listen(server, port))) continue;
    return { port: (server.address() as AddressInfo).port, close: () => close(server) };
  }
  return null;
}

async function listen(server: Server, port: number): Promise<boolean> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: HOST, port, exclusive: true }, () => {
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
  if (!isOwnName(request)) {
    return sendPage(request, response, 421, 'Unknown host', 'This server answers to localhost only.');
  }
  const path = parseTarget(request.url ?? '');
  if (path === null) return sendNotFound(request, response);
  if (request.method === 'OPTIONS') return sendOptions(response, path);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD, OPTIONS');
    return sendPage(request, response, 405, 'Not allowed', 'Documents can be read here, not changed.');
  }
  if (path.startsWith('_preview/')) {
    if (!(await options.preview(path, request, response))) sendNotFound(request, response);
    return;
  }
  if (await documents.send(path, request, response)) return;
  const place = options.redirectOf(path) ?? (await findElsewhere(path, documents));
  if (place !== null) return sendRedirect(response, place);
  sendNotFound(request, response);
}

/** The names by which this machine reaches itself, with the port that the request came in on. */
function isOwnName(request: IncomingMessage): boolean {
  const match = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::(\d+))?$/i.exec(request.headers.host ?? '');
  return match !== null && Number(match[1] ?? 80) === request.socket.localPort;
}

/** A publication without a home page shows the preview instead; a folder is found without its slash. */
async function findElsewhere(path: string, documents: Documents): Promise<string | null> {
  if (path === 'index.html') return '/_preview/';
  if (path === '_preview') return '/_preview/';
  return (await documents.has(`${path}/index.html`)) ? `/${path.split('/').map(encodeURIComponent).join('/')}/` : null;
}

interface Documents {
  has(path: string): Promise<boolean>;
  /** False when there is no such document. */
  send(path: string, request: IncomingMessage, response: ServerResponse): Promise<boolean>;
}

function createDocuments(files: SiteFiles, { linkOf }: Pick<SiteServerOptions, 'linkOf'>): Documents {
  const compress = createCompressor();
  return {
    async has(path) {
      const file = await files.open(path);
      await file?.handle.close();
      return file !== null;
    },
    async send(path, request, response) {
      const file = await files.open(path);
      if (file === null) return false;
      try {
        for (const [name, value] of Object.entries(fixedFields(path))) response.setHeader(name, value);
        const link = isFeed(path) ? linkOf(path) : null;
        if (link !== null) response.setHeader('Link', link);
        await sendFile(file, compress, request, response);
      } finally {
        await file.handle.close();
      }
      return true;
    },
  };
}

async function sendFile(
  file: SiteFile,
  compress: Compressor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const isCompressible =
    isText(String(response.getHeader('Content-Type'))) &&
    file.lengthBytes >= COMPRESSED_BYTES_MIN &&
    file.lengthBytes <= COMPRESSED_BYTES_MAX;
  const compression = isCompressible ? chooseCompression(request.headers) : null;
  // Each variant has a tag of its own, since a strong tag stands for the very bytes (RFC 9110, 8.8.1).
  const etag = `"${file.hash}${compression === null ? '' : `-${compression}`}"`;
  const validators = { etag, modifiedAt: file.modifiedAt };
  response.setHeader('ETag', etag);
  response.setHeader('Last-Modified', new Date(wholeSeconds(file.modifiedAt)).toUTCString());
  if (isCompressible) response.setHeader('Vary', 'Accept-Encoding');
  else response.setHeader('Accept-Ranges', 'bytes');

  if (isNotModified(request.headers, validators)) {
    response.removeHeader('Content-Type');
    response.writeHead(304).end();
    return;
  }
  if (compression !== null) return sendCompressed(file, compression, compress, request, response);
  const part = isCompressible
    ? ({ kind: 'whole' } as const)
    : chooseRange(request.headers, validators, file.lengthBytes);
  if (part.kind === 'unsatisfiable') {
    response.writeHead(416, { 'Content-Range': `bytes */${file.lengthBytes}` }).end();
    return;
  }
  const first = part.kind === 'range' ? part.first : 0;
  const last = part.kind === 'range' ? part.last : file.lengthBytes - 1;
  if (part.kind === 'range') response.setHeader('Content-Range', `bytes ${first}-${last}/${file.lengthBytes}`);
  response.writeHead(part.kind === 'range' ? 206 : 200, { 'Content-Length': last - first + 1 });
  if (request.method === 'HEAD' || last < first) {
    response.end();
    return;
  }
  await pipeline(file.handle.createReadStream({ start: first, end: last, autoClose: false }), response);
}

async function sendCompressed(
  file: SiteFile,
  compression: Compression,
  compress: Compressor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await compress(file, compression);
  response.writeHead(200, { 'Content-Encoding': compression, 'Content-Length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

type Compressor = (file: SiteFile, compression: Compression) => Promise<Uint8Array>;

/** Compresses each version of a document once, and keeps the latest ones. */
function createCompressor(): Compressor {
  const variants = new Map<string, Uint8Array>();
  return async (file, compression) => {
    const name = `${file.hash}-${compression}`;
    const known = variants.get(name);
    if (known !== undefined) return known;
    const body = await file.handle.readFile();
    const compressed =
      compression === 'br'
        ? await promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
        : await promisify(gzip)(body);
    const [oldest] = variants.keys();
    if (variants.size >= VARIANTS_COUNT_MAX && oldest !== undefined) variants.delete(oldest);
    variants.set(name, compressed);
    return compressed;
  };
}

function sendOptions(response: ServerResponse, path: string): void {
  response.writeHead(204, { Allow: 'GET, HEAD, OPTIONS', ...(isFeed(path) ? PREFLIGHT_FIELDS : {}) }).end();
}

function sendRedirect(response: ServerResponse, place: string): void {
  response.writeHead(302, { Location: place, 'Cache-Control': 'no-store', 'Content-Length': 0 }).end();
}

function sendNotFound(request: IncomingMessage, response: ServerResponse): void {
  sendPage(request, response, 404, 'Nothing here', 'There is no document at this address.');
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
  response.writeHead(status, {
    ...fixedFields('error.html'),
    'Cache-Control': 'no-store',
    'Content-Length': body.length,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** A reader that went away is no failure; anything else ends this answer only, and is said. */
function endAfterFailure(response: ServerResponse, error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code !== 'ERR_STREAM_PREMATURE_CLOSE') process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  if (response.headersSent) response.destroy();
  else response.writeHead(500, { 'Cache-Control': 'no-store' }).end();
}
