/**
 * The functions at the edge: an input is a request line, header lines, an empty line, and the header lines of the store's
 * answer.
 */

import fc from 'fast-check';
import type { EdgeHeaders, EdgeRequest, EdgeResponse } from '../../../lib/edge/event.ts';
import { handler as settleRequest } from '../../../lib/edge/viewer-request.ts';
import { handler as settleResponse } from '../../../lib/edge/viewer-response.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { anyText, bytesOf } from '../seeds.ts';

interface Outcome {
  readonly asked: string;
  readonly settled: EdgeRequest | EdgeResponse;
  readonly answer: EdgeResponse;
}

const PATHS = [
  '/',
  '/rss.xml',
  '/feed.json',
  '/tags/sea/atom.xml',
  '/a',
  '/a/',
  '/a.b/',
  '/feed.json.br',
  '/x.png',
  '/%2e%2e/a',
  '/a%2fb',
  '//a',
  '/a//b',
  '/.a',
  '/%',
  '/%00',
  '/ü',
  '/+',
];
const LINES = [
  'accept-encoding: br;q=0.5, gzip, *;q=0',
  'sec-fetch-dest: document',
  'range: bytes=0-1',
  'accept-encoding: ',
  'x-amz-meta-link: <a>; rel="self"',
  'x-amz-meta-redirect: /new/',
  'x-amz-meta-x: y',
];
const path = fc.oneof(
  fc.constantFrom(...PATHS),
  fc.array(fc.oneof(fc.constantFrom(...PATHS), anyText), { maxLength: 4 }).map((parts) => `/${parts.join('')}`),
);

export const target: FuzzTarget<Outcome> = {
  name: 'edge',
  seeds: () => PATHS.map((one) => bytesOf(`GET ${one}?raw\n${LINES.join('\n')}\n\n${LINES.slice(4).join('\n')}`)),
  dictionary: [
    'GET ',
    'HEAD ',
    'OPTIONS ',
    'POST ',
    '?raw',
    '?',
    '\n',
    '\n\n',
    '%2e',
    '%2f',
    '%5c',
    '%ff',
    '..',
    '/',
    '.br',
    '.gz',
    ...PATHS,
    ...LINES,
  ],
  inputs: fc
    .record({
      method: fc.constantFrom('GET', 'HEAD', 'OPTIONS', 'PUT'),
      path,
      lines: fc.array(fc.oneof(fc.constantFrom(...LINES), anyText), { maxLength: 4 }),
    })
    .map(({ method, path: uri, lines }) => bytesOf(`${method} ${uri}\n${lines.join('\n')}\n\n${lines.join('\n')}`)),
  run(input) {
    const [head = '', ...rest] = new TextDecoder().decode(input).split('\n\n');
    const [first = '', ...lines] = head.split('\n');
    const [method = '', target = ''] = first.split(' ', 2);
    const [uri = '', query] = target.split('?', 2);
    const request: EdgeRequest = {
      method,
      uri,
      querystring: query === undefined ? {} : { [query]: { value: '' } },
      headers: headersOf(lines),
    };
    const settled = settleRequest({ request });
    const asked = 'statusCode' in settled ? request : settled;
    const response: EdgeResponse = { statusCode: 200, headers: headersOf(rest.join('\n').split('\n')) };
    return { asked: uri, settled: structuredClone(settled), answer: settleResponse({ request: asked, response }) };
  },
  judge: ({ asked, settled, answer }) => [
    ...('statusCode' in settled ? judgeAnswer(settled) : judgeRequest(settled, asked)),
    ...judgeHeaders(answer.headers),
    ...(answer.statusCode === 200 || (answer.statusCode === 301 && answer.headers.location)
      ? []
      : ['the answer has another status']),
    ...Object.keys(answer.headers)
      .filter((name) => name.startsWith('x-amz-meta-'))
      .map((name) => `the metadata ${name} leaves`),
  ],
};

function headersOf(lines: readonly string[]): EdgeHeaders {
  const fields = lines.map((line) => /^([^:]+): ?(.*)$/.exec(line)).filter((match) => match !== null);
  return Object.fromEntries(fields.map(([, name = '', value = '']) => [name.toLowerCase(), { value }]));
}

function judgeRequest({ uri }: EdgeRequest, asked: string): readonly string[] {
  const isSound =
    uri.startsWith('/') &&
    !uri.includes('+') &&
    (uri === '/.nowhere' || uri.slice(1).split('/').every(isSoundPart)) &&
    // A variant has no variants; but a file may be called as if it were one.
    (uri === asked || !/\.(?:br|gz)\.(?:br|gz)$/.test(uri));
  return isSound ? [] : [`${JSON.stringify(asked)} becomes ${JSON.stringify(uri)}`];
}

function isSoundPart(part: string): boolean {
  try {
    const text = decodeURIComponent(part);
    // Authors have files in RFC 8615's folder.
    const isShown = !text.startsWith('.') || text === '.well-known';
    return text !== '' && isShown && !/[/\\\u0000-\u001f\u007f]/.test(text);
  } catch {
    return false;
  }
}

function judgeAnswer({ statusCode, headers, body }: EdgeResponse): readonly string[] {
  const location = headers.location?.value;
  const isLocal = location === undefined || (/^\/(?![/\\])/.test(location) && !/[\s\\\p{Cc}]/u.test(location));
  return [
    ...([204, 302, 405].includes(statusCode) ? [] : [`it answers ${statusCode}`]),
    ...(isLocal ? [] : [`it leads to ${JSON.stringify(location)}`]),
    ...((statusCode === 302) === (location !== undefined) ? [] : [`${statusCode} with location ${location}`]),
    ...(body === undefined || typeof body.data === 'string' ? [] : ['its body is no text']),
    ...judgeHeaders(headers),
  ];
}

function judgeHeaders(headers: EdgeHeaders): readonly string[] {
  return Object.entries(headers)
    .filter(
      ([name, field]) => name !== name.toLowerCase() || typeof field?.value !== 'string' || /[\r\n]/.test(field.value),
    )
    .map(([name, field]) => `the header ${JSON.stringify(name)}: ${JSON.stringify(field?.value)}`);
}
