/**
 * As much of S3 and SQS over HTTP as the publisher and its peer call, over memory stores that can be filled beforehand.
 * Every answer waits for the same time, whoever asks: the latency of a network that this machine has not.
 */

import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { Listing, ObjectFacts, Store } from '../../lambda/store/store.ts';
import { startLoopback } from '../../tests/support/loopback.ts';

export interface StoreServer {
  readonly endpoint: string;
  /** Calls since it was last asked. */
  takeCallCount(): number;
  /** Messages that were sent since it was last asked. */
  takeMessages(): readonly SentMessage[];
  close(): Promise<void>;
}

export interface SentMessage {
  readonly queue: string;
  readonly MessageBody: string;
  readonly MessageGroupId?: string;
}

interface Served {
  readonly stores: Readonly<Record<string, Store>>;
  /** S3 keeps headers, which memory stores do without. */
  readonly headers: Map<string, Readonly<Record<string, string>>>;
  readonly messages: SentMessage[];
}

/** @param latencyMs what every call waits before it is answered */
export async function startStoreServer(
  stores: Readonly<Record<string, Store>>,
  latencyMs: number,
): Promise<StoreServer> {
  const served: Served = { stores, headers: new Map(), messages: [] };
  let calls = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    calls += 1;
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    if (latencyMs > 0) await setTimeout(latencyMs);
    if (request.headers['x-amz-target'] !== undefined) answerQueue(served, body, response);
    else await answerStore(served, request, body, response);
  };
  const { origin, close } = await startLoopback(answer, { keepAliveTimeout: 60_000 });
  return {
    endpoint: origin,
    takeCallCount: () => {
      const count = calls;
      calls = 0;
      return count;
    },
    takeMessages: () => served.messages.splice(0),
    close,
  };
}

function answerQueue({ messages }: Served, body: Buffer, response: ServerResponse): void {
  const { QueueUrl, Entries } = JSON.parse(body.toString()) as {
    readonly QueueUrl: string;
    readonly Entries: readonly (SentMessage & { readonly Id: string })[];
  };
  const queue = QueueUrl.split('/').at(-1) ?? '';
  messages.push(...Entries.map((entry) => ({ ...entry, queue })));
  const Successful = Entries.map(({ Id, MessageBody }) => ({
    Id,
    MessageId: Id,
    MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
  }));
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify({ Successful, Failed: [] }));
}

async function answerStore(
  { stores, headers }: Served,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const [bucket = '', ...parts] = url.pathname.slice(1).split('/');
  const key = decodeURIComponent(parts.join('/'));
  const store = stores[bucket];
  if (store === undefined) return void response.writeHead(404).end();
  if (url.searchParams.has('list-type')) return answerList(store, url, response);
  switch (request.method) {
    case 'PUT': {
      const condition = conditionOf(request);
      const result = await store.write(key, body, condition === undefined ? {} : { condition });
      if (result.kind === 'conflict') return void response.writeHead(412).end();
      headers.set(`${bucket}/${key}`, keptHeaders(request));
      return void response.writeHead(200, { etag: quote(result.version) }).end();
    }
    case 'DELETE':
      await store.remove(key);
      return void response.writeHead(204).end();
    default: {
      const object = await store.read(key);
      if (object === null) return void response.writeHead(404).end();
      response.writeHead(200, { ...headers.get(`${bucket}/${key}`), ...factHeaders(object) });
      return void response.end(request.method === 'HEAD' ? undefined : object.body);
    }
  }
}

async function answerList(store: Store, url: URL, response: ServerResponse): Promise<void> {
  const ask = (name: string): string => url.searchParams.get(name) ?? '';
  const after = ask('continuation-token') || ask('start-after');
  const listing: Listing = await store.list({ prefix: ask('prefix'), after });
  const isEncoded = ask('encoding-type') === 'url';
  const rows = listing.objects.map(
    ({ key, version, lengthBytes }: ObjectFacts) =>
      `<Contents><Key>${isEncoded ? encodeURIComponent(key) : key}</Key><ETag>"${version}"</ETag><Size>${lengthBytes}</Size>` +
      '<LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>',
  );
  const next = listing.next === null ? '' : `<NextContinuationToken>${listing.next}</NextContinuationToken>`;
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(
    `<ListBucketResult><IsTruncated>${listing.next !== null}</IsTruncated>${next}${rows.join('')}</ListBucketResult>`,
  );
}

function conditionOf({ headers }: IncomingMessage) {
  const version = headers['if-match'];
  if (headers['if-none-match'] === '*') return { kind: 'absent' } as const;
  return version === undefined ? undefined : ({ kind: 'version', version: version.replaceAll('"', '') } as const);
}

function keptHeaders({ headers }: IncomingMessage): Record<string, string> {
  const kept = /^(?:content-(?:type|encoding)|cache-control|x-amz-(?:meta-.*|checksum-sha256))$/;
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (kept.test(name) ? [[name, String(value)]] : [])),
  );
}

function factHeaders({ version, lengthBytes }: ObjectFacts): Record<string, string> {
  return {
    etag: quote(version),
    'content-length': String(lengthBytes),
    'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
  };
}

function quote(version: string): string {
  return `"${version}"`;
}
