/** The edge functions as CloudFront would call them: the built script, alone, by its name `handler`. */

import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import {
  buildEdgeFunction,
  EDGE_CODE_BYTES_MAX,
  EDGE_FUNCTIONS,
  type EdgeFunctionName,
} from '../../lib/bundle/edge-function-code.ts';
import type { EdgeRequest, EdgeResponse } from '../../lib/edge/event.ts';

/** What the runtime doesn't have, and esbuild could not take away: see the manual of CloudFront Functions 2.0. */
const MISSING =
  /\b(?:import|export|class|require|process|fetch|setTimeout|eval)\b|\bfor\s*\([^;]*\bof\b|\?\.|\?\?|\.\.\./;

const NAVIGATION = { 'sec-fetch-dest': 'document', 'accept-encoding': 'gzip, deflate, br, zstd' };

function load(name: EdgeFunctionName, before = ''): (event: unknown) => unknown {
  return runInNewContext(`${before}${buildEdgeFunction(name)};handler`, {});
}

const request = load('viewer-request');
const response = load('viewer-response');

function requestOf(uri: string, headers: Record<string, string>, querystring: object): EdgeRequest {
  const values = Object.entries(headers).map(([name, value]) => [name, { value }]);
  return { method: 'GET', uri, querystring: { ...querystring }, headers: Object.fromEntries(values) };
}

/** The path under which the object is looked for. */
function pathFor(uri: string, headers: Record<string, string> = {}, querystring = {}): string {
  const answer = request({ version: '1.0', request: requestOf(uri, headers, querystring) }) as EdgeRequest;
  return answer.uri;
}

function answerTo(uri: string, headers: Record<string, string>): EdgeResponse {
  const values = Object.entries(headers).map(([name, value]) => [name, { value }]);
  const answer: EdgeResponse = { statusCode: 200, statusDescription: 'OK', headers: Object.fromEntries(values) };
  return response({ version: '1.0', request: requestOf(uri, {}, {}), response: answer }) as EdgeResponse;
}

describe.each(EDGE_FUNCTIONS)('%s', (name) => {
  it('keeps to the size and to the language that CloudFront allows', () => {
    const code = buildEdgeFunction(name);
    expect(Buffer.byteLength(code)).toBeLessThan(EDGE_CODE_BYTES_MAX / 2);
    expect(code.replace(/"(?:[^"\\]|\\.)*"/g, '""')).not.toMatch(MISSING);
  });
});

describe('viewer-request', () => {
  it.each([
    ['br, gzip', '/rss.xml.br'],
    ['gzip, deflate, br, zstd', '/rss.xml.br'],
    ['gzip', '/rss.xml.gz'],
    ['GZIP;q=0.5', '/rss.xml.gz'],
    ['br;q=0, gzip', '/rss.xml.gz'],
    ['br; q=0.000 , gzip;q=0', '/rss.xml'],
    ['identity', '/rss.xml'],
    ['brotli, x-gzip', '/rss.xml'],
    ['br;q=0.5, gzip', '/rss.xml.gz'],
    ['br;q=0.5, gzip;q=0.5', '/rss.xml.br'],
    ['*', '/rss.xml.br'],
    ['br;q=0, *', '/rss.xml.gz'],
    ['*;q=0', '/rss.xml'],
    ['identity, gzip;q=0.5', '/rss.xml'],
    ['gzip;q=x', '/rss.xml.gz'],
    ['', '/rss.xml'],
  ])('for a client that takes "%s" looks for %s', (accepted, path) => {
    expect(pathFor('/rss.xml', { 'accept-encoding': accepted })).toBe(path);
  });

  it('leaves alone what is compressed as it is, and parts of documents', () => {
    expect(pathFor('/images/sun.jpg', NAVIGATION)).toBe('/images/sun.jpg');
    expect(pathFor('/rss.xml', { 'accept-encoding': 'br', range: 'bytes=0-9' })).toBe('/rss.xml');
  });

  it('takes a folder for its index document, also without its slash', () => {
    expect(pathFor('/')).toBe('/index.html');
    expect(pathFor('/news')).toBe('/news/index.html');
    expect(pathFor('/v1.2/')).toBe('/v1.2/index.html');
    expect(pathFor('/news/', { 'accept-encoding': 'gzip' })).toBe('/news/index.html.gz');
  });

  it('knows paths in every script, and survives those in none', () => {
    expect(pathFor('/tags/%D0%B6/feed.json', { 'accept-encoding': 'br' })).toBe('/tags/%D0%B6/feed.json.br');
    expect(pathFor(`/${'x'.repeat(400)}.xml`, { 'accept-encoding': 'br' })).toBe(`/${'x'.repeat(400)}.xml`);
  });

  it.each([
    '/%zz.xml',
    '/../a',
    '/%2e%2e/a',
    '/a/%2E/b',
    '/.git/config',
    '//example.com/rss.xml',
    '/a//b',
    '/a%2Fb.xml',
    '/a%5cb',
    '/a%00',
    '/rss.xml.br',
    '/tags/a/feed.json%2egz',
    '/index.html.gz',
  ])('finds nothing at %s', (uri) => {
    expect(pathFor(uri, NAVIGATION)).toBe('/.nowhere');
  });

  it('lets nobody change a document, and scripts ask', () => {
    const ask = (method: string) => request({ request: { ...requestOf('/rss.xml', {}, {}), method } });
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE']) {
      expect(ask(method)).toMatchObject({ statusCode: 405, headers: { allow: { value: 'GET, HEAD, OPTIONS' } } });
    }
    expect(ask('OPTIONS')).toMatchObject({
      statusCode: 204,
      headers: { 'access-control-allow-origin': { value: '*' } },
    });
    expect(ask('HEAD')).toMatchObject({ uri: '/rss.xml' });
  });

  it('finds what programs ask for in the folder for that, and nothing hidden in it', () => {
    expect(pathFor('/.well-known/security.txt')).toBe('/.well-known/security.txt');
    expect(pathFor('/.well-known/apple-app-site-association')).toBe('/.well-known/apple-app-site-association');
    for (const uri of ['/.well-known/.secret', '/.well-knownx/a', '/.WELL-KNOWN/a'])
      expect(pathFor(uri), uri).toBe('/.nowhere');
  });

  it('asks for a plus as S3 understands it', () => {
    expect(pathFor('/tags/c++/rss.xml')).toBe('/tags/c%2B%2B/rss.xml');
  });

  it.each([
    ['/', { p: { value: '64' } }, '/_query/p/64/index.html'],
    ['/', { feed: { value: 'rss2' }, utm_source: { value: 'x' } }, '/_query/feed/rss2/index.html'],
    ['/', { feed: { value: 'rss2' }, cat: { value: '2' } }, '/_query/cat/2/feed/rss2/index.html'],
    ['/', { feed: { value: 'rss2' }, tag: { value: 'sea' } }, '/_query/feed/rss2/tag/sea/index.html'],
    ['/', { tag: { value: 'spring' } }, '/index.html'],
    ['/index.php', { p: { value: '7', multiValue: [{ value: '7' }, { value: '1' }] } }, '/_query/p/7/index.html'],
    ['/blog', { format: { value: 'rss' } }, '/blog/_query/format/rss/index.html'],
    ['/feeds/posts/default', { alt: { value: 'rss' } }, '/feeds/posts/default/_query/alt/rss/index.html'],
  ])('takes a query by which a former system told addresses apart for a path: %s %o', (uri, querystring, path) => {
    expect(pathFor(uri, {}, querystring)).toBe(path);
  });

  it.each([
    ['/', { utm_source: { value: 'x' } }],
    ['/', { p: { value: '' } }],
    ['/', { p: { value: '../1' } }],
    ['/', { feed: { value: 'a%2Fb' } }],
    ['/', { constructor: { value: '1' } }],
    ['/', { format: { value: 'amp' } }],
  ])('looks at no other query: %s %o', (uri, querystring) => {
    expect(pathFor(uri, {}, querystring)).toBe('/index.html');
    expect(pathFor('/a/b.html', {}, { p: { value: '1' } })).toBe('/a/b.html');
  });

  it('sends a browser that opens a feed to its page', () => {
    const open = (uri: string, headers: Record<string, string>, querystring = {}) =>
      request({ version: '1.0', request: requestOf(uri, headers, querystring) });
    expect(open('/tags/a/feed.json', NAVIGATION)).toEqual({
      statusCode: 302,
      statusDescription: 'Found',
      headers: { location: { value: '/tags/a/' }, 'cache-control': { value: 'no-store' } },
    });
    expect(open('/rss.xml', NAVIGATION, { raw: { value: '' } })).toMatchObject({ uri: '/rss.xml.br' });
    expect(open('/rss.xml', { 'sec-fetch-dest': 'empty' })).toMatchObject({ uri: '/rss.xml' });
    expect(open('/about.html', NAVIGATION)).toMatchObject({ uri: '/about.html.br' });
  });
});

describe('viewer-response', () => {
  it('says what the links of a feed are', () => {
    const link = '<https://example.org/rss.xml>; rel="self"';
    const { statusCode, headers } = answerTo('/rss.xml.br', { etag: '"x"', 'x-amz-meta-link': link });
    expect(statusCode).toBe(200);
    expect(headers).toEqual({ etag: { value: '"x"' }, link: { value: link }, vary: { value: 'Accept-Encoding' } });
  });

  it('redirects from a former address for good', () => {
    const to = 'https://example.org/rss.xml';
    expect(answerTo('/feed', { 'x-amz-meta-redirect': to })).toEqual({
      statusCode: 301,
      statusDescription: 'Moved Permanently',
      headers: { location: { value: to }, vary: { value: 'Accept-Encoding' } },
    });
  });

  it('says of addresses with variants that they vary, and of no others', () => {
    for (const uri of ['/rss.xml', '/rss.xml.gz', '/tags/%D0%B6/atom.xml.br', '/index.html.gz']) {
      expect(answerTo(uri, {}).headers).toHaveProperty('vary');
    }
    for (const uri of ['/a.jpg', '/a.tar.gz', '/%zz']) expect(answerTo(uri, {}).headers).toEqual({});
  });

  it('says so of a folder too, whether it is told of the address that was asked for or of the document', () => {
    for (const uri of ['/', '/news/', '/news', '/%D0%B6', '/index.html', '/news/index.html']) {
      expect(answerTo(uri, {}).headers, uri).toEqual({ vary: { value: 'Accept-Encoding' } });
    }
  });

  it('keeps other metadata to itself', () => {
    expect(answerTo('/a.jpg', { 'x-amz-meta-note': 'x', 'content-type': 'image/jpeg' }).headers).toEqual({
      'content-type': { value: 'image/jpeg' },
    });
  });
});

describe('canonical-request', () => {
  const canonical = load('canonical-request', 'var CANONICAL_HOST="example.org";\n');
  const answerAt = (host: string, uri: string, querystring = {}) =>
    canonical({ version: '1.0', request: requestOf(uri, { host }, querystring) });

  it.each([
    ['/', {}, 'https://example.org/'],
    ['/caf%C3%A9/rss.xml', {}, 'https://example.org/caf%C3%A9/rss.xml'],
    [
      '/a',
      { raw: { value: '' }, q: { value: '1', multiValue: [{ value: '1' }, { value: '2' }] } },
      'https://example.org/a?raw&q=1&q=2',
    ],
  ])('leads from another domain to the site’s own: %s', (uri, querystring, location) => {
    expect(answerAt('www.example.org', uri, querystring)).toMatchObject({
      statusCode: 301,
      headers: { location: { value: location } },
    });
  });

  it.each(['example.org', 'd111111abcdef8.cloudfront.net'])('answers at %s as the site', (host) => {
    expect(answerAt(host, '/notes')).toMatchObject({ uri: '/notes/index.html' });
  });
});
