/**
 * Plays CloudFront over HTTP on the loopback: the viewer-request function, an origin that answers as S3 does from what
 * the publisher has stored, the viewer-response function, and the headers policy of the stack. It has no cache, so every
 * answer is one of the present documents.
 */

import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { runInNewContext } from 'node:vm';
import type { ObjectHeaders, Store } from '../../lambda/store/store.ts';
import { buildEdgeFunction, type EdgeFunctionName } from '../../lib/bundle/edge-function-code.ts';
import type { EdgeHeaders, EdgeRequest, EdgeResponse } from '../../lib/edge/event.ts';
import { createMemoryStore } from '../../local/store/memory-store.ts';
import { startLoopback } from '../support/loopback.ts';

export interface SiteBucket {
  readonly store: Store;
  readonly objects: ReadonlyMap<string, SiteObject>;
}

export interface SiteObject {
  readonly body: Uint8Array;
  readonly headers: ObjectHeaders;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

/** A store that keeps header fields and metadata, as S3 does. */
export function createSiteBucket(now: () => number): SiteBucket {
  const memory = createMemoryStore({ now });
  const objects = new Map<string, SiteObject>();
  return {
    objects,
    store: {
      ...memory,
      async write(path, body, options = {}) {
        const before = objects.get(path);
        const headers = options.headers ?? {};
        const isOther = JSON.stringify(before?.headers ?? {}) !== JSON.stringify(headers);
        const { condition, ...rest } = options;
        const isForced = condition?.kind === 'different' && isOther;
        const result = await memory.write(path, body, isForced ? rest : options);
        if (result.kind === 'written') objects.set(path, { body: body.slice(), headers, modifiedAt: now() });
        return result;
      },
      async remove(path, options) {
        const result = await memory.remove(path, options);
        if (result.kind === 'removed') objects.delete(path);
        return result;
      },
    },
  };
}

type Fields = Readonly<Record<string, string>>;

export interface CdnServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * @param policy fields that the stack's headers policy adds to every answer
 * @param notFoundPath the page of the stack's error response
 */
export async function startCdnServer(
  objects: ReadonlyMap<string, SiteObject>,
  policy: Fields,
  notFoundPath: string,
): Promise<CdnServer> {
  const settleRequest = loadFunction('viewer-request');
  const settleResponse = loadFunction('viewer-response');

  const answer = (message: IncomingMessage, response: ServerResponse): void => {
    const request = edgeRequest(message);
    const settled = settleRequest({ request }) as EdgeRequest | EdgeResponse;
    if ('statusCode' in settled) {
      const body = settled.body?.data ?? '';
      send(message, response, settled.statusCode, plainFields(settled.headers), Buffer.from(body));
      return;
    }
    const origin = askOrigin(objects, settled);
    if (origin.status >= 400) {
      // CloudFront fetches the error page without asking the functions.
      const page = origin.status === 404 ? objects.get(notFoundPath) : undefined;
      const fields = page ? storedFields(page) : origin.fields;
      send(message, response, origin.status, fields, page?.body ?? Buffer.alloc(0));
      return;
    }
    const event = { request: settled, response: { statusCode: origin.status, headers: edgeHeaders(origin.fields) } };
    const { statusCode, headers } = settleResponse(event) as EdgeResponse;
    send(message, response, statusCode, plainFields(headers), origin.body);
  };
  const send = (
    message: IncomingMessage,
    response: ServerResponse,
    status: number,
    fields: Fields,
    body: Uint8Array,
  ) => {
    const hasBody = status !== 304 && status !== 204;
    response.writeHead(status, {
      ...fields,
      ...policy,
      ...(hasBody && { 'Content-Length': body.byteLength }),
    });
    response.end(message.method === 'HEAD' || !hasBody ? undefined : body);
  };
  return startLoopback(answer);
}

function loadFunction(name: EdgeFunctionName): (event: unknown) => unknown {
  return runInNewContext(`${buildEdgeFunction(name)};handler`, {});
}

function edgeRequest({ method = 'GET', url = '/', headers }: IncomingMessage): EdgeRequest {
  const [uri = '/', query = ''] = url.split('?', 2);
  const pairs = query.split('&').map((pair) => pair.split('=', 2));
  const fields = Object.entries(headers).map(([name, value]) => [name, { value: String(value) }]);
  return {
    method,
    uri,
    querystring: Object.fromEntries(pairs.map(([name = '', value = '']) => [name, { value }])),
    headers: Object.fromEntries(fields),
  };
}

interface OriginAnswer {
  readonly status: number;
  readonly fields: Fields;
  readonly body: Uint8Array;
}

/** GetObject of S3: If-None-Match before If-Modified-Since, one range, If-Range; `*` is for writes alone there. */
function askOrigin(objects: ReadonlyMap<string, SiteObject>, { uri, headers }: EdgeRequest): OriginAnswer {
  const nothing = Buffer.alloc(0);
  const object = objects.get(decodeURIComponent(uri.replaceAll('+', ' ')).slice(1));
  if (object === undefined) return { status: 404, fields: {}, body: nothing };
  const fields = storedFields(object);
  const { ETag: etag = '', 'Last-Modified': modified = '' } = fields;
  const value = (name: string) => headers[name]?.value ?? null;
  if (isKnown(value('if-none-match'), value('if-modified-since'), etag, modified)) {
    return { status: 304, fields: withoutBody(fields), body: nothing };
  }
  const range = /^bytes=(\d*)-(\d*)$/.exec(value('range') ?? '');
  const condition = value('if-range');
  if (range === null || (condition !== null && condition !== etag && condition !== modified)) {
    return { status: 200, fields, body: object.body };
  }
  const { length } = object.body;
  const [, from = '', to = ''] = range;
  const first = from === '' ? Math.max(0, length - Number(to)) : Number(from);
  const last = from === '' || to === '' ? length - 1 : Math.min(Number(to), length - 1);
  if (first >= length || first > last) {
    return { status: 416, fields: { 'Content-Range': `bytes */${length}` }, body: nothing };
  }
  const part = { ...fields, 'Content-Range': `bytes ${first}-${last}/${length}` };
  return { status: 206, fields: part, body: object.body.subarray(first, last + 1) };
}

function isKnown(tags: string | null, since: string | null, etag: string, modified: string): boolean {
  if (tags !== null)
    return tags.trim() === '*' || tags.split(/\s*,\s*/).some((tag) => tag.replace(/^W\//, '') === etag);
  return since !== null && Date.parse(modified) <= Date.parse(since);
}

function storedFields({ body, headers, modifiedAt }: SiteObject): Fields {
  const { contentType, cacheControl, contentEncoding, metadata = {} } = headers;
  const own = Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]);
  return {
    ...(contentType !== undefined && { 'Content-Type': contentType }),
    ...(cacheControl !== undefined && { 'Cache-Control': cacheControl }),
    ...(contentEncoding !== undefined && { 'Content-Encoding': contentEncoding }),
    ...Object.fromEntries(own),
    ETag: `"${createHash('md5').update(body).digest('hex')}"`,
    'Last-Modified': new Date(Math.floor(modifiedAt / 1000) * 1000).toUTCString(),
    'Accept-Ranges': 'bytes',
  };
}

function withoutBody(fields: Fields): Fields {
  const left = Object.entries(fields).filter(([name]) => !/^(?:Content-|Accept-Ranges)/.test(name));
  return Object.fromEntries(left);
}

function edgeHeaders(fields: Fields): EdgeHeaders {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), { value }]));
}

function plainFields(headers: EdgeHeaders): Fields {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, field]) => (field ? [[name, field.value]] : [])));
}
