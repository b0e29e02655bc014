/**
 * What is heard where no text is: of media and their parts, of former addresses, of addresses where there is nothing, and
 * of methods other than reading. Sources: RFC 9110, the Fetch standard, and what scanners try.
 */

import { type Check, NAVIGATION, SAME, STRONG } from './check.ts';
import type { Answer, Ask } from './client.ts';
import { SOUND } from './publication.ts';

export function placeChecks(): readonly Check[] {
  return [...mediaChecks(), ...redirectChecks(), ...nothingChecks(), ...methodChecks()];
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
    moved('/?feed=rss2', `${home}/rss.xml`),
    moved('/index.php?utm_source=x&feed=rss2', `${home}/rss.xml`, { 'accept-encoding': 'br' }),
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
      only: 'cdn',
    },
    {
      name: 'a script of this machine may ask whether it may send a condition',
      ask: { path: '/atom.xml', method: 'OPTIONS', headers: { origin: 'http://127.0.0.1:5173' } },
      expected: { status: 204, headers: { 'access-control-allow-headers': /If-None-Match/ }, body: 'empty' },
      only: 'preview',
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
