/**
 * The editor's desk under `/_preview/`: its pages, their two assets, and a stream of events that tells open pages when
 * something was published.
 */

import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { renderCommonRules } from '../../lambda/render/html/style/stylesheet.ts';
import { type DocumentModel, renderDocument } from './document-page.ts';
import { type DocumentsModel, renderDocuments } from './documents-page.ts';
import { type PreviewModel, renderPreview } from './page.ts';

/** Pages that can wait for news at once; a browser opens one connection for each tab. */
const LISTENERS_COUNT_MAX = 100;
/** A comment now and then, so that connections whose reader is gone are noticed. */
const HEARTBEAT_MS = 20_000;
const RECONNECT_MS = 1000;

export interface Preview {
  /** Answers a request for a path under `_preview/`; false when there is nothing at it. */
  answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** Tells open pages that the publication is now at `revision`. */
  announce(revision: string): void;
  close(): void;
}

/** Reads the present state, at each request anew. */
export interface DeskReader {
  preview(): Promise<PreviewModel>;
  documents(): Promise<DocumentsModel>;
  /** Null for what is no document. */
  document(path: string): Promise<DocumentModel | null>;
}

export function createPreview(reader: DeskReader): Preview {
  const assets = new Map([
    ['_preview/preview.css', createAsset('text/css; charset=utf-8', renderCommonRules(), readOwn('preview.css'))],
    ['_preview/preview.js', createAsset('text/javascript; charset=utf-8', readOwn('preview.js'))],
  ]);
  const listeners = new Set<ServerResponse>();
  let announced: string | null = null;
  const heartbeat = setInterval(() => sendAll(listeners, ': still here\n\n'), HEARTBEAT_MS);
  heartbeat.unref();

  function listen(request: IncomingMessage, response: ServerResponse): void {
    const isWelcome = request.method === 'GET' && listeners.size < LISTENERS_COUNT_MAX;
    response.writeHead(isWelcome ? 200 : 503, { 'Content-Type': 'text/event-stream', ...COMMON_FIELDS });
    if (!isWelcome) {
      response.end();
      return;
    }
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
    response.write(`retry: ${RECONNECT_MS}\n\n${announced === null ? '' : renderEvent(announced)}`);
  }

  return {
    async answer(path, request, response) {
      const asset = assets.get(path);
      if (asset !== undefined) {
        send(request, response, asset.contentType, asset.body);
        return true;
      }
      if (path === '_preview/events') {
        listen(request, response);
        return true;
      }
      const page = await renderAt(path, request, reader);
      if (page === null) return false;
      response.setHeader('Content-Security-Policy', pagePolicy(request.headers.host ?? ''));
      send(request, response, 'text/html; charset=utf-8', Buffer.from(page));
      return true;
    },
    announce(revision) {
      if (revision === announced) return;
      announced = revision;
      sendAll(listeners, renderEvent(revision));
    },
    close() {
      clearInterval(heartbeat);
      for (const listener of listeners) listener.end();
    },
  };
}

/** Null where there is no page. */
async function renderAt(path: string, { url }: IncomingMessage, reader: DeskReader): Promise<string | null> {
  switch (path) {
    case '_preview/index.html':
      return renderPreview(await reader.preview());
    case '_preview/documents/index.html':
      return renderDocuments(await reader.documents());
    case '_preview/document/index.html': {
      const asked = new URL(url ?? '', 'http://localhost').searchParams.get('path');
      const model = asked === null ? null : await reader.document(asked);
      return model === null ? null : renderDocument(model);
    }
    default:
      return null;
  }
}

function renderEvent(revision: string): string {
  return `event: published\ndata: ${revision}\n\n`;
}

function sendAll(listeners: ReadonlySet<ServerResponse>, text: string): void {
  for (const listener of listeners) listener.write(text);
}

const COMMON_FIELDS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/**
 * The page may run its own script and nothing else, whatever an entry's content holds: not even a script that lies
 * among the publication's assets. `host` has been checked by the server.
 */
function pagePolicy(host: string): string {
  return [
    "default-src 'none'",
    `script-src http://${host}/_preview/preview.js`,
    `style-src http://${host}/_preview/preview.css`,
    "connect-src 'self'",
    'img-src http: https: data:',
    'media-src http: https:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

interface Asset {
  readonly contentType: string;
  readonly body: Buffer;
}

function createAsset(contentType: string, ...parts: readonly Uint8Array[]): Asset {
  return { contentType, body: Buffer.concat(parts) };
}

function readOwn(name: string): Uint8Array {
  return readFileSync(new URL(name, import.meta.url));
}

function send(request: IncomingMessage, response: ServerResponse, contentType: string, body: Buffer): void {
  response.writeHead(200, { 'Content-Type': contentType, 'Content-Length': body.length, ...COMMON_FIELDS });
  response.end(request.method === 'HEAD' ? undefined : body);
}
