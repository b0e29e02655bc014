/** Polls a document of the local server as a feed reader would, and says what came: over HTTP, from the outside. */

import { type IncomingHttpHeaders, request } from 'node:http';
import { publicAddress } from '../../lambda/model/addresses.ts';

const ANSWER_MS_MAX = 10_000;
/** The `Accept` field of feed readers: a browser would be led to the page beside the feed. */
const ACCEPT = 'application/rss+xml, application/atom+xml, application/feed+json, */*;q=0.1';
const ENCODINGS = ['identity', 'gzip', 'br'] as const;

export interface Poll {
  readonly status: number;
  /** Header fields of the answer that brings most readers the document, by name, in order. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Bytes of the body by encoding, and of the answer to who has this version already. */
  readonly bytes: Readonly<Record<(typeof ENCODINGS)[number], number>>;
  readonly again: { readonly status: number; readonly bytes: number };
}

export async function pollDocument(port: number, path: string): Promise<Poll> {
  const answers = [];
  for (const encoding of ENCODINGS) answers.push(await ask(port, path, { 'accept-encoding': encoding }));
  const [plain, gzip, br] = answers;
  if (plain === undefined || gzip === undefined || br === undefined) throw new Error('Each request has an answer.');
  const again = await ask(port, path, { 'accept-encoding': 'br', 'if-none-match': br.headers.etag ?? '' });
  return {
    status: br.status,
    fields: Object.entries(br.headers).flatMap(([name, value]) =>
      value === undefined || HOP_BY_HOP.has(name) ? [] : [[name, String(value)] as const],
    ),
    bytes: { identity: plain.bytes, gzip: gzip.bytes, br: br.bytes },
    again: { status: again.status, bytes: again.bytes },
  };
}

/** Fields that are of the connection, and not of the document. */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'date', 'transfer-encoding']);

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: number;
}

function ask(port: number, path: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request(
      {
        host: '127.0.0.1',
        port,
        path: publicAddress('/', path),
        headers: { host: `localhost:${port}`, accept: ACCEPT, ...headers },
        timeout: ANSWER_MS_MAX,
        agent: false,
      },
      (response) => {
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes }));
        response.on('error', reject);
      },
    );
    asking.on('timeout', () => asking.destroy(new Error(`no answer in ${ANSWER_MS_MAX / 1000} s`)));
    asking.on('error', reject);
    asking.end();
  });
}
