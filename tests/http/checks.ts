/**
 * What readers, browsers and crawlers ask, and what they must hear: one table for the CDN and for the preview server.
 * Sources: RFC 9110 and 9111, RFC 5861, RFC 8288, WebSub, the Fetch standard, and the issue threads of feed readers.
 */

import { TEST_NOW } from '../support/publication.ts';
import type { Answer, Ask } from './client.ts';
import { HUB, SOUND } from './publication.ts';

export type Place = 'cdn' | 'preview';

export interface Check {
  readonly name: string;
  readonly ask: Ask;
  /** Asked first: what it hears may be used in `ask` by its validators. */
  readonly after?: Ask;
  /** Made of the first answer: header fields to add to `ask`. */
  readonly fields?: (first: Answer) => Readonly<Record<string, string>>;
  readonly expected: Expected;
  /** Where this is only so in one place. */
  readonly only?: Place;
}

export interface Expected {
  readonly status: number;
  /** Null: there is no such field. `same`: as in the answer to `after`. */
  readonly headers?: Readonly<Record<string, string | RegExp | null | typeof SAME | typeof OTHER>>;
  /** `empty`, `some`, as the answer to `after`, or these very bytes. */
  readonly body?: 'empty' | 'some' | 'same' | Uint8Array;
  /** Bytes that come at most. */
  readonly bytesMax?: number;
}

/** As in the answer to `after`. */
export const SAME = Symbol('same');
/** Not as in the answer to `after`. */
export const OTHER = Symbol('other');

const MODIFIED = new Date(TEST_NOW).toUTCString();
const EARLIER = new Date(TEST_NOW - 1_000).toUTCString();
const LATER = new Date(TEST_NOW + 86_400_000).toUTCString();
const STRONG = /^"[^"]+"$/;

const FEED_TYPES = {
  'rss.xml': 'application/rss+xml; charset=utf-8',
  'atom.xml': 'application/atom+xml; charset=utf-8',
  'feed.json': 'application/feed+json; charset=utf-8',
} as const;
const FEEDS = Object.entries(FEED_TYPES).flatMap(([file, type]) =>
  ['/', '/tags/sea/', '/tags/c-plus-plus/'].map((folder) => ({ path: folder + file, type })),
);
const PAGES = ['/', '/feeds/', '/n3/', '/tags/sea/'];
const NAVIGATION = {
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'accept-encoding': 'gzip, deflate, br, zstd',
};

/** @param archive the folder of an archive page: `/archive/2026-05-01-0123456789ab/` */
export function checksOf(archive: string): readonly Check[] {
  return [
    ...FEEDS.flatMap(({ path, type }) => feedChecks(path, type)),
    ...Object.entries(FEED_TYPES).flatMap(([file, type]) => archiveChecks(archive + file, type)),
    ...PAGES.flatMap(pageChecks),
    ...listChecks(),
    ...mediaChecks(),
    ...redirectChecks(),
    ...nothingChecks(),
    ...methodChecks(),
  ];
}

function feedChecks(path: string, type: string): readonly Check[] {
  const plain: Ask = { path };
  return [
    {
      name: `${path} is there, typed, dated, tagged, cached as its ttl says`,
      ask: plain,
      expected: feedAnswer(path, type),
    },
    ...encodingChecks(path),
    ...conditionChecks(path),
    {
      name: `${path} may be read by scripts from anywhere`,
      ask: { path, headers: { origin: 'https://reader.example' } },
      expected: {
        status: 200,
        headers: { 'access-control-allow-origin': '*', 'access-control-expose-headers': /ETag/ },
      },
    },
    {
      name: `${path} is not changed by a query`,
      after: plain,
      ask: { path: `${path}?utm_source=mail&x=%F0` },
      expected: { status: 200, headers: { etag: SAME }, body: 'same' },
    },
    {
      name: `${path} sends a person to the page`,
      ask: { path, headers: NAVIGATION },
      expected: {
        status: 302,
        headers: { location: path.replace(/[^/]*$/, ''), 'cache-control': 'no-store' },
        body: 'empty',
      },
    },
    {
      name: `${path} is shown to a person who asks for it raw`,
      ask: { path: `${path}?raw`, headers: NAVIGATION },
      expected: { status: 200, headers: { 'content-type': type, 'content-encoding': 'br' } },
    },
    {
      name: `${path} is a feed for a script's fetch`,
      ask: { path, headers: { ...NAVIGATION, 'sec-fetch-dest': 'empty' } },
      expected: { status: 200, headers: { 'content-type': type } },
    },
  ];
}

function feedAnswer(path: string, type: string): Expected {
  return {
    status: 200,
    headers: {
      'content-type': type,
      'content-encoding': null,
      etag: STRONG,
      'last-modified': MODIFIED,
      vary: 'Accept-Encoding',
      'cache-control': /^public, max-age=300, s-maxage=30, stale-while-revalidate=\d+, stale-if-error=86400$/,
      link: `<https://example.org${path}>; rel="self", <${HUB}>; rel="hub"`,
      'x-content-type-options': 'nosniff',
      'x-amz-meta-link': null,
      'set-cookie': null,
    },
    body: 'some',
  };
}

/** Every text, whatever it is. */
function encodingChecks(path: string): readonly Check[] {
  const plain: Ask = { path };
  const packed = (accepted: string, encoding: string | null): Check => ({
    name: `${path} for a client that takes “${accepted}” comes as ${encoding ?? 'it is'}`,
    after: plain,
    ask: { path, headers: { 'accept-encoding': accepted } },
    expected: {
      status: 200,
      headers: {
        'content-encoding': encoding,
        etag: encoding === null ? SAME : OTHER,
        'content-type': SAME,
        vary: SAME,
        link: SAME,
      },
      body: 'same',
    },
  });
  return [
    packed('gzip, deflate, br', 'br'),
    packed('gzip', 'gzip'),
    packed('br;q=0.1, gzip;q=0.9', 'gzip'),
    packed('identity', null),
    {
      name: `${path} has the same fields for HEAD, and no body`,
      after: { path, headers: { 'accept-encoding': 'br' } },
      ask: { path, method: 'HEAD', headers: { 'accept-encoding': 'br' } },
      expected: {
        status: 200,
        headers: {
          ...{ etag: SAME, 'content-length': SAME, 'content-type': SAME, 'last-modified': SAME },
          ...{ 'content-encoding': SAME, 'cache-control': SAME, vary: SAME, link: SAME },
        },
        body: 'empty',
      },
    },
  ];
}

function conditionChecks(path: string): readonly Check[] {
  const conditional = (
    name: string,
    fields: NonNullable<Check['fields']>,
    status: 200 | 304,
    encoding = 'identity',
  ): Check => ({
    name: `${path}: ${name}`,
    after: { path, headers: { 'accept-encoding': encoding } },
    ask: { path, headers: { 'accept-encoding': encoding } },
    fields,
    expected: {
      status,
      headers: { etag: SAME, 'cache-control': SAME, vary: SAME, 'last-modified': SAME },
      body: status === 304 ? 'empty' : 'same',
    },
  });
  const tag = ({ headers }: Answer): string => headers.etag ?? '';
  return [
    conditional('nothing new by its tag', (first) => ({ 'if-none-match': tag(first) }), 304),
    conditional('nothing new by the tag of its br variant', (first) => ({ 'if-none-match': tag(first) }), 304, 'br'),
    conditional(
      'nothing new by the tag of its gzip variant',
      (first) => ({ 'if-none-match': tag(first) }),
      304,
      'gzip',
    ),
    conditional('nothing new by a tag made weak', (first) => ({ 'if-none-match': `W/${tag(first)}` }), 304),
    conditional('nothing new by a tag in a list', (first) => ({ 'if-none-match': `"x", W/"y" , ${tag(first)}` }), 304),
    conditional('nothing new for a star', () => ({ 'if-none-match': '*' }), 304),
    conditional('other bytes for another tag', () => ({ 'if-none-match': '"other"' }), 200),
    conditional('nothing new by its date', () => ({ 'if-modified-since': MODIFIED }), 304),
    conditional('nothing new by a later date', () => ({ 'if-modified-since': LATER }), 304),
    conditional('the bytes for an earlier date', () => ({ 'if-modified-since': EARLIER }), 200),
    conditional('the bytes for what is no date', () => ({ 'if-modified-since': 'yesterday' }), 200),
    conditional('the tag before the date', () => ({ 'if-none-match': '"x"', 'if-modified-since': MODIFIED }), 200),
    conditional(
      'the tag before an earlier date',
      (first) => ({ 'if-none-match': tag(first), 'if-modified-since': EARLIER }),
      304,
    ),
  ];
}

function archiveChecks(path: string, type: string): readonly Check[] {
  return [
    {
      name: `${path} is kept longer, and names no hub`,
      ask: { path },
      expected: {
        status: 200,
        headers: {
          'content-type': type,
          'cache-control': /^public, max-age=3600, s-maxage=300,/,
          link: `<https://example.org${path}>; rel="self"`,
        },
      },
    },
    ...encodingChecks(path),
  ];
}

function pageChecks(path: string): readonly Check[] {
  return [
    {
      name: `${path} is a page on which nothing runs`,
      ask: { path, headers: NAVIGATION },
      expected: {
        status: 200,
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': /^default-src 'none'; style-src 'self' https:;/,
          'x-frame-options': 'DENY',
          'referrer-policy': 'strict-origin-when-cross-origin',
          'x-content-type-options': 'nosniff',
          'content-encoding': 'br',
          etag: STRONG,
        },
        body: 'some',
      },
    },
    ...encodingChecks(path),
    ...(path === '/'
      ? []
      : [
          {
            name: `${path} is found without its slash`,
            after: { path },
            ask: { path: path.slice(0, -1) },
            expected: { status: 200, headers: { etag: SAME }, body: 'same' },
          } as const,
        ]),
    {
      name: `${path} is not sent again`,
      after: { path },
      ask: { path },
      fields: ({ headers }) => ({ 'if-none-match': headers.etag ?? '' }),
      expected: { status: 304, body: 'empty' },
    },
  ];
}

/** What is neither a feed nor a page. */
function listChecks(): readonly Check[] {
  const list = (path: string, type: string | RegExp): readonly Check[] => [
    {
      name: `${path} has its type`,
      ask: { path },
      expected: { status: 200, headers: { 'content-type': type, etag: STRONG, link: null }, body: 'some' },
    },
    ...encodingChecks(path),
  ];
  return [
    ...list('/sitemap.xml', 'application/xml; charset=utf-8'),
    ...list('/robots.txt', 'text/plain; charset=utf-8'),
    ...list('/feeds.opml', 'text/x-opml; charset=utf-8'),
    ...list('/feedwright.css', 'text/css; charset=utf-8'),
    ...list('/a%20b.svg', /^image\/svg\+xml/),
  ];
}

function mediaChecks(): readonly Check[] {
  const path = '/sound.mp3';
  const whole: Ask = { path };
  const part = (range: string, status: 200 | 206 | 416, from: number, to: number, more: object = {}): Check => ({
    name: `${path}: ${range} gives ${status} ${JSON.stringify(more)}`,
    after: whole,
    ask: { path, headers: { range, ...more } },
    expected: {
      status,
      headers:
        status === 206
          ? { 'content-range': `bytes ${from}-${to}/5000`, 'content-type': 'audio/mpeg', etag: SAME }
          : { 'content-range': status === 416 ? 'bytes */5000' : null },
      body: status === 416 ? 'empty' : SOUND.subarray(from, to + 1),
    },
  });
  const ifRange = (name: string, value: (first: Answer) => string, status: 200 | 206): Check => ({
    name: `${path}: a part if it is still ${name}`,
    after: whole,
    ask: { path, headers: { range: 'bytes=0-9' } },
    fields: (first) => ({ 'if-range': value(first) }),
    expected: { status, body: status === 206 ? SOUND.subarray(0, 10) : SOUND },
  });
  return [
    {
      name: `${path} says its type and length to HEAD, and that it has parts`,
      ask: { path, method: 'HEAD' },
      expected: {
        status: 200,
        headers: {
          ...{ 'content-type': 'audio/mpeg', 'content-length': '5000', 'accept-ranges': 'bytes' },
          ...{ etag: STRONG, vary: null, 'content-encoding': null },
        },
        body: 'empty',
      },
    },
    {
      name: `${path} is not compressed again`,
      ask: { path, headers: { 'accept-encoding': 'gzip, br' } },
      expected: { status: 200, headers: { 'content-encoding': null, vary: null }, body: SOUND },
    },
    part('bytes=0-99', 206, 0, 99),
    part('bytes=100-', 206, 100, 4_999),
    part('bytes=-100', 206, 4_900, 4_999),
    part('bytes=4000-9999', 206, 4_000, 4_999),
    part('bytes=-9999', 206, 0, 4_999),
    part('bytes=0-0', 206, 0, 0, { 'accept-encoding': 'gzip, br' }),
    part('bytes=5000-', 416, 0, 0),
    part('lines=1-2', 200, 0, 4_999),
    ifRange('the same by its tag', ({ headers }) => headers.etag ?? '', 206),
    ifRange('the same by its date', ({ headers }) => headers['last-modified'] ?? '', 206),
    ifRange('another', () => '"other"', 200),
    ifRange('weakly the same', ({ headers }) => `W/${headers.etag}`, 200),
    {
      name: 'a part of a text is one of its plain bytes',
      ask: { path: '/rss.xml', headers: { range: 'bytes=0-4', 'accept-encoding': 'br' } },
      expected: { status: 206, headers: { 'content-encoding': null }, body: Buffer.from('<?xml') },
    },
    {
      name: 'a part of a text goes with the tag of its plain bytes alone',
      after: { path: '/rss.xml', headers: { 'accept-encoding': 'br' } },
      ask: { path: '/rss.xml', headers: { range: 'bytes=0-4' } },
      fields: ({ headers }) => ({ 'if-range': headers.etag ?? '' }),
      expected: { status: 200, body: 'same' },
    },
  ];
}

function redirectChecks(): readonly Check[] {
  const moved = (path: string, location: string, headers: Ask['headers'] = {}, method = 'GET'): Check => ({
    name: `${method} ${path} has moved to ${location} ${JSON.stringify(headers)}`,
    ask: { path, method, headers },
    expected: { status: 301, headers: { location, 'x-amz-meta-redirect': null } },
  });
  const home = 'https://example.org';
  return [
    moved('/feed/', `${home}/rss.xml`),
    moved('/feed', `${home}/rss.xml`),
    moved('/feed/index.html', `${home}/rss.xml`),
    moved('/feed/', `${home}/rss.xml`, { 'accept-encoding': 'br, gzip' }),
    moved('/feed/', `${home}/rss.xml`, NAVIGATION),
    moved('/feed/', `${home}/rss.xml`, {}, 'HEAD'),
    moved('/feed/?a=b', `${home}/rss.xml`),
    moved('/index.xml', `${home}/atom.xml`),
    moved('/index.xml', `${home}/atom.xml`, { 'accept-encoding': 'gzip' }),
    moved('/old/page.html', 'https://elsewhere.example/page?a=1&b=2'),
    moved('/was/7/', `${home}/n7/`),
    moved('/was/7', `${home}/n7/`),
  ];
}

function nothingChecks(): readonly Check[] {
  const paths = [
    ...['/nothing.xml', '/nothing/', '/nothing', '/tags/', '/archive/', '/RSS.XML', '/rss.xml/', '/.git/config'],
    ...['/../rss.xml', '/%2e%2e/rss.xml', '/..%2frss.xml', '/tags/..%5c..%5crss.xml', '/%2Fetc/passwd', '//rss.xml'],
    ...['/rss.xml%00', '/rss.xml%0d%0aX:y', '/%ff', '/%zz', '/.nowhere', '/tags//sea/rss.xml', '/sea/./rss.xml'],
    ...['/rss.xml.br', '/rss.xml.gz', '/index.html.br', '/rss.xml%2Ebr', '/%2eht/', `/${'x'.repeat(2_000)}.xml`],
  ];
  return paths.map((path) => ({
    name: `there is nothing at ${path.slice(0, 40)}`,
    ask: { path, headers: NAVIGATION },
    expected: {
      status: 404,
      headers: { 'content-type': 'text/html; charset=utf-8', location: null, 'content-encoding': null },
      body: 'some',
    },
  }));
}

function methodChecks(): readonly Check[] {
  const refused = ['POST', 'PUT', 'PATCH', 'DELETE'].flatMap((method) =>
    ['/rss.xml', '/', '/nothing'].map(
      (path): Check => ({
        name: `${method} ${path} is refused`,
        ask: { path, method },
        expected: { status: 405, headers: { allow: 'GET, HEAD, OPTIONS', 'cache-control': 'no-store' }, body: 'some' },
      }),
    ),
  );
  return [
    ...refused,
    {
      name: 'a script may ask whether it may send a condition',
      ask: {
        path: '/atom.xml',
        method: 'OPTIONS',
        headers: {
          origin: 'https://reader.example',
          'access-control-request-method': 'GET',
          'access-control-request-headers': 'if-none-match',
        },
      },
      expected: {
        status: 204,
        headers: {
          'access-control-allow-origin': '*',
          'access-control-allow-headers': /If-None-Match/,
          'access-control-max-age': '86400',
        },
        body: 'empty',
      },
    },
    {
      name: 'a browser keeps to encrypted connections',
      ask: { path: '/' },
      expected: { status: 200, headers: { 'strict-transport-security': /max-age=31536000/ } },
      only: 'cdn',
    },
    {
      name: 'one who writes sees at once what was written',
      ask: { path: '/n3/' },
      expected: { status: 200, headers: { 'cache-control': 'no-cache' } },
      only: 'preview',
    },
  ];
}
