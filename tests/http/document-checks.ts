/**
 * What readers, browsers and crawlers ask of documents that are texts, and what they must hear: one table for the CDN and
 * for the preview server.
 * Sources: RFC 9110 and 9111, RFC 5861, RFC 8288, WebSub, the Fetch standard, and the issue threads of feed readers.
 */

import { TEST_NOW } from '../support/publication.ts';
import { type Check, type Expected, NAVIGATION, OTHER, SAME, STRONG } from './check.ts';
import type { Answer, Ask } from './client.ts';
import { HUB } from './publication.ts';

const MODIFIED = new Date(TEST_NOW).toUTCString();
const EARLIER = new Date(TEST_NOW - 1_000).toUTCString();
const LATER = new Date(TEST_NOW + 86_400_000).toUTCString();

const FEED_TYPES = {
  'rss.xml': 'application/rss+xml; charset=utf-8',
  'atom.xml': 'application/atom+xml; charset=utf-8',
  'feed.json': 'application/feed+json; charset=utf-8',
} as const;
const FEEDS = Object.entries(FEED_TYPES).flatMap(([file, type]) =>
  ['/', '/tags/sea/', '/tags/c-plus-plus/'].map((folder) => ({ path: folder + file, type })),
);
const PAGES = ['/', '/feeds/', '/n3/', '/tags/sea/'];

/** @param archive the folder of an archive page: `/archive/2026-05-01-0123456789ab/` */
export function documentChecks(archive: string): readonly Check[] {
  return [
    ...FEEDS.flatMap(({ path, type }) => feedChecks(path, type)),
    ...Object.entries(FEED_TYPES).flatMap(([file, type]) => archiveChecks(archive + file, type)),
    ...PAGES.flatMap(pageChecks),
    ...listChecks(),
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
      only: 'cdn',
    },
    {
      name: `${path} may not be read by pages of other sites before it is public`,
      ask: { path, headers: { origin: 'https://reader.example' } },
      expected: { status: 403, headers: { etag: null }, body: 'some' },
      only: 'preview',
    },
    {
      name: `${path} may be read by scripts of this machine`,
      ask: { path, headers: { origin: 'http://localhost:3000' } },
      expected: {
        status: 200,
        headers: { 'access-control-allow-origin': '*', 'access-control-expose-headers': /ETag/ },
      },
      only: 'preview',
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
