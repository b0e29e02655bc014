/**
 * Fetches over HTTP what an export names. An export may name anything, so only the host that the person has named may
 * lie in their own network; every other address, and every one that a redirect leads to, has to be public. All is
 * bounded: time, size, redirects, and how often a host that doesn't answer is asked.
 */

import { lookup } from 'node:dns';
import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { isPublicAddress } from '../../../lambda/address/public-address.ts';

export interface Answer {
  readonly status: number;
  /** Where it came from, after all redirects. */
  readonly address: string;
  /** Without its parameters, in lower case. */
  readonly type: string;
  readonly body: Readable;
}

export interface Fetcher {
  /** Throws a `FetchError` for what can't be had. */
  get(address: string, options: { readonly bytesMax: number }): Promise<Answer>;
}

class FetchError extends Error {
  override readonly name = 'FetchError';
}

const REDIRECTS_MAX = 5;
const SILENCE_MS_MAX = 30_000;
/** After so many failures in a row a host is not asked again. */
const FAILURES_MAX = 10;
/** Besides network failures, these say that the host wants to be left alone. */
const BUSY: ReadonlySet<number> = new Set([429, 503]);

/** @param trusted hosts, with their ports, that may lie anywhere */
export function createFetcher(trusted: readonly string[]): Fetcher {
  const failures = new Map<string, number>();
  return {
    async get(address, { bytesMax }) {
      let current = address;
      for (let hops = 0; ; hops += 1) {
        if (hops > REDIRECTS_MAX) throw new FetchError(`more than ${REDIRECTS_MAX} redirects`);
        const url = checkAddress(current, trusted);
        if ((failures.get(url.host) ?? 0) >= FAILURES_MAX)
          throw new FetchError(`${url.host} has failed ${FAILURES_MAX} times in a row`);
        let response: IncomingMessage;
        try {
          response = await ask(url, trusted.includes(url.host));
        } catch (error) {
          failures.set(url.host, (failures.get(url.host) ?? 0) + 1);
          throw error instanceof FetchError
            ? error
            : new FetchError(error instanceof Error ? error.message : String(error));
        }
        const status = response.statusCode ?? 0;
        const { location } = response.headers;
        if (status >= 300 && status < 400 && location !== undefined && URL.parse(location, url.href) !== null) {
          response.destroy();
          current = new URL(location, url).href;
          continue;
        }
        failures.set(url.host, BUSY.has(status) ? (failures.get(url.host) ?? 0) + 1 : 0);
        const type = (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
        return { status, address: url.href, type, body: boundBody(response, bytesMax) };
      }
    },
  };
}

function checkAddress(address: string, trusted: readonly string[]): URL {
  if (!/^https?:\/\//i.test(address) || URL.parse(address) === null)
    throw new FetchError('its address is none of the web');
  const url = new URL(address);
  if (!trusted.includes(url.host) && !isPublicAddress(url.href))
    throw new FetchError('its address lies in a private network');
  return url;
}

function ask(url: URL, isTrusted: boolean): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      {
        headers: { 'user-agent': 'Feedwright (import)', accept: '*/*', 'accept-encoding': 'gzip, br' },
        timeout: SILENCE_MS_MAX,
        ...(!isTrusted && { lookup: publicLookup }),
      },
      resolve,
    );
    asked.on('timeout', () => asked.destroy(new FetchError(`no answer within ${SILENCE_MS_MAX / 1000} seconds`)));
    asked.on('error', reject);
    asked.end();
  });
}

/** A name of the public web may lead to an address that is not. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    const addresses = error === null ? found : [];
    const isPrivate = addresses.some(
      ({ address }) => !isPublicAddress(`http://${isIP(address) === 6 ? `[${address}]` : address}/`),
    );
    const failure = error ?? (isPrivate ? new FetchError('its name leads to a private network') : null);
    const [first] = addresses;
    if (failure !== null || first === undefined) callback(failure ?? new FetchError('its name leads nowhere'), '', 4);
    else if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

/** The bytes as they are without the compression of the transport; fails where there are too many. */
function boundBody(response: IncomingMessage, bytesMax: number): Readable {
  const coding = response.headers['content-encoding']?.toLowerCase();
  const plain =
    coding === 'gzip'
      ? response.pipe(createGunzip())
      : coding === 'br'
        ? response.pipe(createBrotliDecompress())
        : response;
  if (plain !== response) response.on('error', (error) => plain.destroy(error));
  return Readable.from(bound(plain, response, bytesMax), { objectMode: false });
}

async function* bound(body: Readable, response: IncomingMessage, bytesMax: number): AsyncGenerator<Buffer> {
  let length = 0;
  try {
    for await (const chunk of body) {
      length += (chunk as Buffer).length;
      if (length > bytesMax) throw new FetchError(`more than ${Math.floor(bytesMax / 1024 / 1024)} MB`);
      yield chunk as Buffer;
    }
    if (!response.complete) throw new FetchError('the answer broke off');
  } finally {
    response.destroy();
  }
}
