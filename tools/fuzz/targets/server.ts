/**
 * The local server, asked over a real connection with whatever bytes: an input is what a client sends, with `{port}` for
 * the server's port. Beside the documents lie a hidden file, and a link to one outside.
 */

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { renderRedirectPage } from '../../../lambda/render/redirect-page.ts';
import { createPreview } from '../../../local/preview/preview.ts';
import { type SiteServer, startSiteServer } from '../../../local/server/site-server.ts';
import { EMPTY_DESK } from '../../../tests/support/empty-desk.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { anyText, bytesOf } from '../seeds.ts';

/** Everything that the server sent until it closed the connection, or fell silent. */
type Outcome = string;

const PORT_FIRST = 18_300;
const SILENCE_MS = 150;
const ANSWER_MS_MAX = 10_000;
const SECRETS = ['a secret outside', 'a hidden secret'];
const REDIRECT = 'https://elsewhere.example/new/?a&b';
const STATUSES = [200, 204, 206, 301, 302, 304, 400, 403, 404, 405, 408, 413, 414, 416, 417, 421, 431];

const TARGETS = [
  '/',
  '/rss.xml',
  '/feed.json',
  '/a/',
  '/a',
  '/old/',
  '/sound.mp3',
  '/_preview/',
  '/_preview/preview.css',
  '/_preview/x',
  '/link.txt',
  '/.hidden/x.txt',
  '/../private.txt',
  '/%2e%2e/private.txt',
  '/a/..%2f..%2fprivate.txt',
  '//a',
  '/%ff',
  '/%00',
  '*',
  'http://evil.example/',
  '/rss.xml?raw',
];
const FIELDS = [
  'Range: bytes=2-4',
  'Range: bytes=-3',
  'Range: bytes=9-1',
  'If-None-Match: *',
  'If-None-Match: W/"x", "y"',
  'If-Modified-Since: Fri, 02 Jan 2026 03:04:05 GMT',
  'If-Range: "x"',
  'Accept-Encoding: br, gzip;q=0',
  'Accept-Encoding: gzip',
  'Sec-Fetch-Dest: document',
  'Origin: https://evil.example',
  'Expect: 100-continue',
  'Connection: keep-alive',
  'Upgrade: websocket',
  'Content-Length: 3',
  'Transfer-Encoding: chunked',
  'X: y',
];
const HOSTS = ['Host: localhost:{port}', 'Host: 127.0.0.1:{port}', 'Host: [::1]:{port}'];

const request = fc
  .record({
    method: fc.constantFrom('GET', 'HEAD', 'OPTIONS', 'POST', 'TRACE', 'get'),
    target: fc.oneof(
      fc.constantFrom(...TARGETS),
      fc.tuple(fc.constantFrom(...TARGETS), anyText).map((parts) => parts.join('').replace(/[\s\0]/g, '%20')),
    ),
    host: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...HOSTS) },
      { weight: 1, arbitrary: fc.constantFrom('Host: evil.example:{port}', 'Host: localhost', 'X: y') },
    ),
    fields: fc.array(
      fc.oneof(
        fc.constantFrom(...FIELDS),
        anyText.map((text) => `If-None-Match: ${text.replace(/[\r\n]/g, ' ')}`),
      ),
      { maxLength: 4 },
    ),
  })
  .map(({ method, target, host, fields }) =>
    bytesOf(`${[`${method} ${target} HTTP/1.1`, host, ...fields].join('\r\n')}\r\n\r\n`),
  );

let started: Promise<SiteServer> | null = null;

export const target: FuzzTarget<Outcome> = {
  name: 'server',
  seeds: () =>
    TARGETS.flatMap((path) => [
      `GET ${path} HTTP/1.1\r\n${HOSTS[0]}\r\n\r\n`,
      `HEAD ${path} HTTP/1.0\r\n${HOSTS[1]}\r\n${FIELDS[0]}\r\n\r\n`,
    ]).map(bytesOf),
  dictionary: [
    ...TARGETS,
    ...FIELDS.map((field) => `${field}\r\n`),
    ...HOSTS,
    'GET ',
    'HEAD ',
    'OPTIONS ',
    'POST ',
    ' HTTP/1.1\r\n',
    '\r\n',
    '%2e',
    '%2f',
    '%5c',
    '\\',
    '..',
  ],
  inputs: request,
  async run(input) {
    started ??= startServer();
    const { port } = await started;
    const bytes = Buffer.from(Buffer.from(input).toString('latin1').replaceAll('{port}', String(port)), 'latin1');
    return (await ask(port, bytes)).replace(/^Date: .*\r\n/gim, '');
  },
  judge: (answer, input) => [
    ...SECRETS.filter((secret) => answer.includes(secret) || bodyOf(answer).includes(secret)).map(
      (secret) => `it tells ${secret}`,
    ),
    ...(answer.includes('HTTP/1.1 5') ? ['it fails'] : []),
    ...(answer === '' ? [] : judgeFirst(answer, input)),
  ],
};

function judgeFirst(answer: string, input: Uint8Array): readonly string[] {
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0);
  const [head = ''] = answer.split('\r\n\r\n', 1);
  const location = /^location: (.*)$/im.exec(head)?.[1];
  const asked = Buffer.from(input).toString('latin1');
  const isOwnName = /^host:[ \t]*(?:localhost|127\.0\.0\.1|\[::1\]):(?:\{port\}|0*\d+)[ \t]*\r?$/im.test(asked);
  return [
    ...(STATUSES.includes(status) || status === 100 ? [] : [`it answers ${status}`]),
    ...(location === undefined || location === REDIRECT || /^\/(?![/\\])[\x21-\x7e]*$/.test(location)
      ? []
      : [`it leads to ${location}`]),
    ...(status < 400 && status !== 100 && !isOwnName ? [`it answers ${status} under another name`] : []),
    ...(status === 200 && !/^content-security-policy: /im.test(head) && /^content-type: text\/html/im.test(head)
      ? ['a page without a policy']
      : []),
  ];
}

/** The body of the first answer, unpacked where that can be done. */
function bodyOf(answer: string): string {
  const end = answer.indexOf('\r\n\r\n');
  const head = answer.slice(0, end);
  const body = Buffer.from(answer.slice(end + 4), 'latin1');
  const encoding = /^content-encoding: (\w+)/im.exec(head)?.[1];
  try {
    if (encoding === 'br') return brotliDecompressSync(body).toString('latin1');
    return encoding === 'gzip' ? gunzipSync(body).toString('latin1') : '';
  } catch {
    return '';
  }
}

function ask(port: number, bytes: Uint8Array): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
    const end = (): void => {
      clearTimeout(silence);
      socket.destroy();
      resolve(Buffer.concat(parts).toString('latin1'));
    };
    let silence = setTimeout(() => reject(new Error('It does not answer.')), ANSWER_MS_MAX);
    socket.on('data', (part) => {
      parts.push(part);
      clearTimeout(silence);
      silence = setTimeout(end, SILENCE_MS);
    });
    socket.on('end', end);
    socket.on('close', end);
    // The server may close before it has read everything.
    socket.on('error', end);
    socket.end(bytes);
  });
}

async function startServer(): Promise<SiteServer> {
  const base = mkdtempSync(join(tmpdir(), 'feedwright-fuzz-'));
  process.once('exit', () => rmSync(base, { recursive: true, force: true }));
  const root = join(base, 'public');
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'public/rss.xml': `<rss version="2.0">${'<item/>'.repeat(50)}</rss>`,
    'public/feed.json': '{}',
    'public/index.html': '<p>Home',
    'public/a/index.html': '<p>A',
    'public/404.html': '<p>Nothing',
    'public/sound.mp3': '0123456789',
    'public/old/index.html': renderRedirectPage(REDIRECT),
    'public/.hidden/x.txt': 'a hidden secret',
    'private.txt': 'a secret outside',
  };
  for (const [path, body] of Object.entries(files)) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), body);
  }
  symlinkSync(join(base, 'private.txt'), join(root, 'link.txt'));
  const server = await startSiteServer({
    root,
    port: null,
    firstPort: PORT_FIRST,
    preview: createPreview(EMPTY_DESK).answer,
    linkOf: (path) => `<https://coast.example/${path}>; rel="self"`,
  });
  if (server === null) throw new Error('No port is free.');
  return server;
}
