/** What clients that are slow, greedy or broken get of the server: an answer, or the end of their connection. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SERVER_LIMITS, type ServerLimits } from '../../../local/server/limits.ts';
import { type SiteServer, startSiteServer } from '../../../local/server/site-server.ts';
import { ask } from '../../http/client.ts';

const FIRST_PORT = 18_500;
const QUICK: ServerLimits = { ...SERVER_LIMITS, requestMs: 150, checkMs: 30 };
const LARGE_BYTES = 24 * 1024 * 1024;
/** How long the tests wait for what must come at once. */
const PATIENCE_MS = 5_000;

let root: string;
let server: SiteServer;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'feedwright-limits-'));
  writeFileSync(join(root, 'rss.xml'), '<rss/>');
});

afterEach(async () => {
  await server.close();
  rmSync(root, { recursive: true });
});

describe('a slow client', () => {
  it('that never ends its header fields is told so, and its connection closed', async () => {
    await start(QUICK);
    const client = open('GET /rss.xml HTTP/1.1\r\n');
    // One field after another, for as long as it is let.
    const drip = setInterval(() => client.socket.write('X-Slow: 1\r\n'), 20);
    expect(await client.ended()).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(drip);
  });

  it('that says nothing at all loses its connection', async () => {
    await start(QUICK);
    expect(await open('').ended()).toMatch(/^(?:|HTTP\/1\.1 408 [\s\S]*)$/);
  });

  it('that promises content and does not send it is answered at once, and its connection closed', async () => {
    await start(SERVER_LIMITS);
    const said = await open(head('GET /rss.xml', 'Content-Length: 1000000')).ended();
    expect(said).toMatch(/^HTTP\/1\.1 413 [\s\S]*Connection: close/);
  });

  it('that does not read its answer is let go', async () => {
    writeFileSync(join(root, 'film.mp4'), new Uint8Array(LARGE_BYTES));
    await start({ ...SERVER_LIMITS, idleMs: 200 });
    const client = open(head('GET /film.mp4'));
    client.socket.pause();
    // Twice the time-out: at the first, what the system took for sending still counts as moving.
    await new Promise((resolve) => setTimeout(resolve, 900));
    client.socket.resume();
    expect((await client.ended()).length).toBeLessThan(LARGE_BYTES);
    expect((await ask(server.port, { path: '/rss.xml' })).status).toBe(200);
  });
});

describe('a greedy client', () => {
  it('that sends content has it refused unread', async () => {
    await start(SERVER_LIMITS);
    for (const method of ['GET', 'HEAD']) {
      expect(await open(head(`${method} /rss.xml`, 'Transfer-Encoding: chunked')).ended()).toMatch(/^HTTP\/1\.1 413 /);
    }
    expect(await open(head('POST /rss.xml', 'Content-Length: 1000000000')).ended()).toMatch(/^HTTP\/1\.1 405 /);
    const expecting = head('PUT /rss.xml', 'Content-Length: 1000000', 'Expect: 100-continue');
    expect(await open(expecting).ended()).toMatch(/^HTTP\/1\.1 405 /);
  });

  it('that has too long an address or too many header fields is refused', async () => {
    await start(SERVER_LIMITS);
    const long = 'a'.repeat(SERVER_LIMITS.headerBytes);
    expect(await open(head(`GET /${long}`)).ended()).toMatch(/^HTTP\/1\.1 431 /);
    expect(await open(head('GET /rss.xml', `X-Long: ${long}`)).ended()).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('that opens connections without end gets no more than its share, and leaves it to others when it goes', async () => {
    await start({ ...SERVER_LIMITS, connectionsCount: 20 });
    const clients = Array.from({ length: 60 }, () => open(''));
    let closedCount = 0;
    for (const client of clients) client.socket.once('close', () => (closedCount += 1));
    await expect.poll(() => closedCount, { timeout: PATIENCE_MS }).toBe(40);
    for (const client of clients) client.socket.destroy();
    await expect.poll(() => statusOf('/rss.xml'), { timeout: PATIENCE_MS }).toBe(200);
  });
});

describe('a broken client', () => {
  it.each([
    ['no HTTP', '\x16\x03\x01\x02\x00\x01'],
    ['no host', 'GET /rss.xml HTTP/1.1\r\n\r\n'],
    ['two lengths', head('GET /rss.xml', 'Content-Length: 1', 'Content-Length: 2')],
    ['a length and chunks', head('GET /rss.xml', 'Content-Length: 1', 'Transfer-Encoding: chunked')],
    ['a line of its own in a field', head('GET /rss.xml', 'X-A: 1\nX-B: 2\rX-C: 3')],
    ['a NUL in a field', head('GET /rss.xml', 'X-A: \u0000')],
    ['a space before the colon', head('GET /rss.xml', 'X-A : 1')],
    ['a folded field', head('GET /rss.xml', 'X-A: 1', ' 2')],
  ])('with %s is told so, and its connection closed', async (_, bytes) => {
    await start(SERVER_LIMITS);
    expect(await open(bytes).ended()).toMatch(/^HTTP\/1\.1 400 /);
  });

  it.each([
    ['an address of elsewhere', 'GET http://evil.example/rss.xml'],
    ['no path', 'GET rss.xml'],
    ['a star', 'GET *'],
    ['a path out of the site', 'GET /../../../../etc/passwd'],
    ['a path out of the site in disguise', 'GET /%2e%2e/%2e%2e/etc/passwd'],
    ['an overlong escape', 'GET /%c0%ae%c0%ae/etc/passwd'],
    ['a drive', 'GET /C:/windows/win.ini'],
    ['a stream of a file', 'GET /rss.xml::$DATA'],
    ['a backslash', 'GET /..\\..\\etc\\passwd'],
    ['a NUL', 'GET /rss.xml%00.html'],
  ])('with %s for a path finds nothing', async (_, line) => {
    await start(SERVER_LIMITS);
    expect(await open(head(line, 'Connection: close')).ended()).toMatch(/^HTTP\/1\.1 40[04] /);
  });

  it('that goes away in the middle of an answer holds up nobody', async () => {
    writeFileSync(join(root, 'film.mp4'), new Uint8Array(LARGE_BYTES));
    await start(SERVER_LIMITS);
    const said = vi.spyOn(process.stderr, 'write');
    for (let index = 0; index < 10; index += 1) {
      const client = open(head('GET /film.mp4'));
      await new Promise((resolve) => client.socket.once('data', resolve));
      client.socket.destroy();
    }
    expect(await statusOf('/rss.xml')).toBe(200);
    expect(said).not.toHaveBeenCalled();
    said.mockRestore();
  });
});

async function start(limits: ServerLimits): Promise<void> {
  const started = await startSiteServer({
    root,
    port: null,
    firstPort: FIRST_PORT,
    preview: async () => false,
    linkOf: () => null,
    limits,
  });
  if (started === null) throw new Error('no port is free');
  server = started;
}

/** A head as it is sent, whatever stands in it. `start` has to be through before it is used. */
function head(line: string, ...fields: readonly string[]): string {
  return [`${line} HTTP/1.1`, 'Host: localhost:PORT', ...fields, '', ''].join('\r\n');
}

interface Client {
  readonly socket: Socket;
  /** What was heard until the server closed the connection. */
  ended(): Promise<string>;
}

function open(bytes: string): Client {
  const socket = connect(server.port, '127.0.0.1');
  let said = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    said += chunk;
  });
  const closed = new Promise<string>((resolve, reject) => {
    socket.once('close', () => resolve(said));
    setTimeout(() => reject(new Error(`Still open; said ${said.slice(0, 200)}`)), PATIENCE_MS).unref();
  });
  closed.catch(() => undefined);
  // A connection that the server ends while something is sent.
  socket.on('error', () => undefined);
  if (bytes !== '') socket.write(bytes.replace('localhost:PORT', `localhost:${server.port}`), 'latin1');
  return { socket, ended: () => closed };
}

async function statusOf(path: string): Promise<number> {
  const answer = await ask(server.port, { path }).catch(() => null);
  return answer?.status ?? 0;
}
