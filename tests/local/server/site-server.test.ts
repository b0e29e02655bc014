import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderRedirectPage } from '../../../lambda/render/redirect-page.ts';
import { parseTarget } from '../../../local/server/site-files.ts';
import { type SiteServer, startSiteServer } from '../../../local/server/site-server.ts';
import { startLoopback } from '../../support/loopback.ts';

const RSS = `<rss version="2.0">${'<item/>'.repeat(200)}</rss>`;
const MODIFIED_AT = new Date('2026-01-02T03:04:05Z');

let base: string;
let root: string;
let server: SiteServer;
let now = MODIFIED_AT.getTime() + 60_000;

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'feedwright-server-'));
  root = join(base, 'public');
  put('public/rss.xml', RSS);
  put('public/feed.json', '{}');
  put('public/tags/überall/atom.xml', '<feed/>');
  put('public/notes/index.html', '<p>Notes');
  put('public/sound.mp3', '0123456789');
  put('public/drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
  put('public/.hidden/secret.txt', 'secret');
  put('private.txt', 'private');
  symlinkSync(join(base, 'private.txt'), join(root, 'link.txt'));
  server = await start(null);
});

afterAll(async () => {
  await server.close();
  rmSync(base, { recursive: true });
});

describe('a document', () => {
  it('has its exact type, validators and caching', async () => {
    const { status, headers, text } = await get('/rss.xml');
    expect(status).toBe(200);
    expect(text).toBe(RSS);
    expect(headers).toMatchObject({
      'content-type': 'application/rss+xml; charset=utf-8',
      'content-length': String(RSS.length),
      'last-modified': 'Fri, 02 Jan 2026 03:04:05 GMT',
      'cache-control': expect.stringContaining('max-age=300, s-maxage=30'),
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
      vary: 'Accept-Encoding',
      link: '<http://example.org/rss.xml>; rel="self"',
      etag: expect.stringMatching(/^"[\w-]{43}"$/),
    });
  });

  it('is found by its percent-encoded address', async () => {
    const { status, headers } = await get(`/tags/${encodeURIComponent('überall')}/atom.xml?from=mail`);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/atom+xml; charset=utf-8');
  });

  it('answers 304 without a body to whoever has it, and in each variant to its own tag', async () => {
    const plain = await get('/rss.xml');
    const packed = await get('/rss.xml', { 'accept-encoding': 'gzip' });
    expect(packed.headers.etag).not.toBe(plain.headers.etag);
    const again = await get('/rss.xml', { 'if-none-match': String(plain.headers.etag) });
    expect(again).toMatchObject({ status: 304, text: '' });
    expect(again.headers.etag).toBe(plain.headers.etag);
    expect(again.headers['cache-control']).toBe(plain.headers['cache-control']);
    expect(
      await get('/rss.xml', { 'accept-encoding': 'gzip', 'if-none-match': `W/${packed.headers.etag}` }),
    ).toMatchObject({ status: 304 });
    expect(await get('/rss.xml', { 'if-modified-since': String(plain.headers['last-modified']) })).toMatchObject({
      status: 304,
    });
    expect(await get('/rss.xml', { 'if-none-match': '"other"' })).toMatchObject({ status: 200 });
  });

  it('has no date as long as another version may get the same', async () => {
    const settledAt = now;
    put('public/two-versions.xml', '<rss>1</rss>', new Date('2026-01-02T03:04:05.200Z'));
    now = Date.parse('2026-01-02T03:04:05.300Z');
    const first = await get('/two-versions.xml');
    expect(first.headers['last-modified']).toBeUndefined();
    expect(first.headers.etag).toBeDefined();
    put('public/two-versions.xml', '<rss>2</rss>', new Date('2026-01-02T03:04:05.900Z'));
    now = settledAt;
    expect((await get('/two-versions.xml')).headers['last-modified']).toBe('Fri, 02 Jan 2026 03:04:05 GMT');
  });

  it('changes its tag with its bytes only', async () => {
    const before = await get('/feed.json');
    put('public/feed.json', '{}', new Date('2026-02-02T00:00:00Z'));
    expect((await get('/feed.json')).headers.etag).toBe(before.headers.etag);
    put('public/feed.json', '{"a":1}');
    expect((await get('/feed.json')).headers.etag).not.toBe(before.headers.etag);
  });

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('comes compressed by %s on request', async (encoding, unpack) => {
    const { headers, body } = await get('/rss.xml', { 'accept-encoding': encoding });
    expect(headers['content-encoding']).toBe(encoding);
    expect(body.length).toBeLessThan(RSS.length);
    expect(unpack(body).toString()).toBe(RSS);
  });

  it('has the same header fields for HEAD, and no body', async () => {
    for (const accepted of ['identity', 'br']) {
      const got = await get('/rss.xml', { 'accept-encoding': accepted });
      const head = await ask('HEAD', '/rss.xml', { 'accept-encoding': accepted });
      expect(head.text).toBe('');
      expect({ ...head.headers, date: '' }).toEqual({ ...got.headers, date: '' });
    }
  });

  it('comes in parts when it is media', async () => {
    const part = await get('/sound.mp3', { range: 'bytes=2-4' });
    expect(part).toMatchObject({ status: 206, text: '234' });
    expect(part.headers['content-range']).toBe('bytes 2-4/10');
    expect(part.headers['content-type']).toBe('audio/mpeg');
    expect(await get('/sound.mp3', { range: 'bytes=20-' })).toMatchObject({ status: 416, text: '' });
    expect((await get('/sound.mp3')).headers['accept-ranges']).toBe('bytes');
  });

  it('can run no script when it is a page or a drawing', async () => {
    expect((await get('/notes/')).headers['content-security-policy']).toContain("default-src 'none'");
    expect((await get('/drawing.svg')).headers['content-security-policy']).toContain("default-src 'none'");
  });
});

describe('an address', () => {
  it('without a document is 404, and a folder is not listed', async () => {
    for (const path of ['/nothing.xml', '/tags/', '/tags/überall']) {
      expect(await get(encodeURI(path))).toMatchObject({ status: 404 });
    }
  });

  it('of a folder is its page, also without the slash, and that of the site the preview as long as there is none', async () => {
    expect(await get('/notes')).toMatchObject({ status: 200, text: '<p>Notes' });
    expect(await get('/')).toMatchObject({ status: 302, headers: { location: '/_preview/' } });
  });

  it('where something once was leads to where it is now', async () => {
    put('public/old/index.html', Buffer.from(renderRedirectPage('https://example.org/a?b&c')).toString());
    for (const path of ['/old/', '/old']) {
      expect(await get(path)).toMatchObject({ status: 301, headers: { location: 'https://example.org/a?b&c' } });
    }
  });

  it('is told by its query where a former system did so', async () => {
    put('public/_query/p/64/index.html', Buffer.from(renderRedirectPage('https://example.org/a/')).toString());
    for (const path of ['/?p=64', '/index.php?p=64&utm_source=x']) {
      expect(await get(path)).toMatchObject({ status: 301, headers: { location: 'https://example.org/a/' } });
    }
    expect(await get('/?p=65')).toMatchObject({ status: 404 });
  });

  it('never leads out of the site or to what is hidden', async () => {
    const tricks = [
      '/../private.txt',
      '/%2e%2e/private.txt',
      '/..%2fprivate.txt',
      '/notes/../../private.txt',
      '/..%5cprivate.txt',
      '/link.txt',
      '/.hidden/secret.txt',
      '/%2ehidden/secret.txt',
      '//notes/',
      '/rss.xml%00',
      '/%ff',
    ];
    for (const path of tricks) expect(await get(path), path).toMatchObject({ status: 404 });
  });

  it('of another host is refused, whatever name was made to lead here', async () => {
    const hostOf = (name: string) => get('/rss.xml', { host: name });
    for (const name of [`localhost:${server.port}`, `127.0.0.1:${server.port}`, `[::1]:${server.port}`]) {
      expect(await hostOf(name), name).toMatchObject({ status: 200 });
    }
    for (const name of ['evil.example', `evil.example:${server.port}`, 'localhost', 'localhost:1']) {
      expect(await hostOf(name), name).toMatchObject({ status: 421 });
    }
  });

  it('is not there for a page of another site, which a browser gives away', async () => {
    const statusFor = async (headers: Record<string, string>) => (await get('/rss.xml', headers)).status;
    for (const origin of ['https://evil.example', `http://localhost.evil.example:${server.port}`, 'null', 'file://']) {
      expect(await statusFor({ origin }), origin).toBe(403);
    }
    for (const origin of [`http://localhost:${server.port}`, 'http://127.0.0.1:3000', 'http://[::1]']) {
      expect(await statusFor({ origin }), origin).toBe(200);
    }
    expect(await statusFor({ 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' })).toBe(403);
    expect(await statusFor({ 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'image' })).toBe(200);
    const followed = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' };
    expect((await get('/notes/', followed)).status).toBe(200);
    expect((await get('/_preview/events', { origin: 'https://evil.example' })).status).toBe(403);
  });
});

describe('a request', () => {
  it('that would change something is refused', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      expect(await ask(method, '/rss.xml')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, OPTIONS' } });
    }
  });

  it('of a script elsewhere may be conditional', async () => {
    const { status, headers } = await ask('OPTIONS', '/rss.xml');
    expect(status).toBe(204);
    expect(headers['access-control-allow-headers']).toContain('If-None-Match');
  });
});

describe('startSiteServer', () => {
  it('takes the next free port, but not in place of one that was asked for', async () => {
    const taken = await startLoopback(() => {});
    const { port } = taken;
    const next = await start(null, port);
    expect(next.port).toBeGreaterThan(port);
    await next.close();
    expect(await startSiteServer({ ...options(port), port })).toBeNull();
    await taken.close();
  });

  it('takes no port at which browsers would find another program under the name of localhost', async (context) => {
    const other = createServer().listen(0, '::1');
    const found = await Promise.race([
      once(other, 'listening').then(() => true),
      once(other, 'error').then(() => false),
    ]);
    if (!found) return context.skip('no IPv6 on this machine');
    const taken = (other.address() as AddressInfo).port;
    expect(await startSiteServer({ ...options(taken), port: taken })).toBeNull();
    other.close();
    await once(other, 'close');
    const free = await start(taken);
    expect(free.port).toBe(taken);
    await free.close();
  });
});

describe('parseTarget', () => {
  it('decodes an address into the path of a document', () => {
    expect(parseTarget('/')).toBe('index.html');
    expect(parseTarget('/a/b%20c/')).toBe('a/b c/index.html');
    expect(parseTarget('/%D0%B0.xml?x#y')).toBe('а.xml');
    expect(parseTarget('http://localhost/a')).toBeNull();
    expect(parseTarget('*')).toBeNull();
  });
});

function options(firstPort: number) {
  return {
    root,
    port: null,
    firstPort,
    preview: async () => false,
    linkOf: (path: string) => `<http://example.org/${path}>; rel="self"`,
    now: () => now,
  };
}

async function start(port: number | null, firstPort = 18_080): Promise<SiteServer> {
  const started = await startSiteServer({ ...options(firstPort), port });
  if (started === null) throw new Error('no port is free');
  return started;
}

function put(path: string, text: string, modifiedAt = MODIFIED_AT): void {
  mkdirSync(dirname(join(base, path)), { recursive: true });
  rmSync(join(base, path), { force: true });
  writeFileSync(join(base, path), text);
  utimesSync(join(base, path), modifiedAt, modifiedAt);
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

function get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return ask('GET', path, headers);
}

/** `fetch` would tidy up the path, and choose the host and the encodings by itself. */
function ask(method: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: server.port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const body = Buffer.concat(chunks);
        resolve({ status: response.statusCode, headers: response.headers, body, text: body.toString() });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}
