/** As much of S3 over HTTP as publishing one article takes, held in memory: it answers at once, so that we are measured. */

import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startLoopback } from '../../../tests/support/loopback.ts';

export interface MemoryS3 {
  readonly endpoint: string;
  put(bucket: string, key: string, body: string): void;
  close(): Promise<void>;
}

interface Stored {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Starts it on this machine. Buckets need not be made; listings are empty. */
export async function startMemoryS3(): Promise<MemoryS3> {
  const objects = new Map<string, Stored>();
  const { origin, close } = await startLoopback((request, response) => void answer(objects, request, response));
  return {
    endpoint: origin,
    put: (bucket, key, body) => void objects.set(`/${bucket}/${key}`, store(Buffer.from(body), {})),
    close,
  };
}

async function answer(objects: Map<string, Stored>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  const url = new URL(request.url ?? '/', 'http://localhost');
  const path = decodeURIComponent(url.pathname);
  const there = objects.get(path);
  if (url.searchParams.has('list-type')) {
    response.writeHead(200).end('<ListBucketResult><KeyCount>0</KeyCount></ListBucketResult>');
  } else if (request.method === 'PUT') {
    if (!holds(request, there)) return void response.writeHead(412).end();
    const stored = store(Buffer.concat(parts), request.headers);
    objects.set(path, stored);
    response.writeHead(200, { etag: stored.headers.etag ?? '' }).end();
  } else if (request.method === 'DELETE') {
    objects.delete(path);
    response.writeHead(204).end();
  } else if (there === undefined) {
    response.writeHead(404).end();
  } else {
    response.writeHead(200, there.headers).end(request.method === 'HEAD' ? undefined : there.body);
  }
}

function holds({ headers }: IncomingMessage, there: Stored | undefined): boolean {
  if (headers['if-none-match'] === '*') return there === undefined;
  return headers['if-match'] === undefined || headers['if-match'] === there?.headers.etag;
}

/** The object with the headers that S3 keeps, and those that it adds. */
function store(body: Buffer, sent: IncomingMessage['headers']): Stored {
  const kept = Object.entries(sent).filter(([name]) =>
    /^(?:content-(?:type|encoding)|cache-control|x-amz-(?:meta-.*|checksum-sha256))$/.test(name),
  );
  const headers = {
    ...Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
    etag: `"${createHash('md5').update(body).digest('hex')}"`,
    'last-modified': 'Tue, 28 Apr 2026 06:00:00 GMT',
    'content-length': String(body.byteLength),
  };
  return { body, headers };
}
