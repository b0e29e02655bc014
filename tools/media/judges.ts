/**
 * Two judges of a file: ffprobe, which is asked for every packet and every decoded sample and not for what a header says, and
 * Chromium, which shows it from a server on this machine.
 */

import { spawnSync } from 'node:child_process';
import { createReadStream, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM_PATH } from '../../tests/support/chromium.ts';

/** What a judge says; null where it says nothing. */
export interface Saying {
  readonly seconds: number | null;
  readonly size: string | null;
}

const DECODED_BYTES_MAX = 64 * 1024 * 1024;
const DECODED_RATE = 8_000;
const PROGRAM_MS_MAX = 60_000;
const SHOW_MS_MAX = 8_000;

interface ProbedStream {
  readonly codec_type: string;
  readonly width?: number;
  readonly height?: number;
  readonly sample_aspect_ratio?: string;
  readonly disposition?: { readonly attached_pic: number };
  readonly side_data_list?: readonly { readonly rotation?: number }[];
}

interface ProbedPacket {
  readonly pts_time?: string;
  readonly duration_time?: string;
}

/** Of a sound its decoded samples; of a film when its last packet ends. */
export function askFfprobe(folder: string, name: string, isPicture: boolean): Saying {
  const probe = (entries: string): { streams?: readonly ProbedStream[]; packets?: readonly ProbedPacket[] } =>
    JSON.parse(run(folder, 'ffprobe', ['-v', 'error', '-of', 'json', ...entries.split(' '), name]).toString() || '{}');
  const { streams = [] } = probe('-show_streams');
  const film = streams.find((stream) => stream.codec_type === 'video' && stream.disposition?.attached_pic !== 1);
  const size = film === undefined ? null : shownSize(film);
  if (isPicture) return { seconds: null, size };
  if (film === undefined) {
    const sound = ['-map', '0:a:0', '-ac', '1', '-ar', String(DECODED_RATE), '-f', 's16le', '-'];
    const samples = run(folder, 'ffmpeg', ['-nostdin', '-v', 'quiet', '-i', name, ...sound]).byteLength / 2;
    return { seconds: samples === 0 ? null : samples / DECODED_RATE, size };
  }
  const { packets = [] } = probe('-show_packets -show_entries packet=pts_time,duration_time');
  const ends = packets.map((packet) => Number(packet.pts_time) + Number(packet.duration_time ?? 0));
  const starts = packets.map((packet) => Number(packet.pts_time));
  const [from, to] = [Math.min(...starts.filter(Number.isFinite)), Math.max(...ends.filter(Number.isFinite))];
  return { seconds: Number.isFinite(to) ? to - Math.max(0, from) : null, size };
}

/** All that ffprobe says of a duration: the container's, each stream's, and where the last packet ends. */
export function askHeaders(folder: string, name: string): readonly number[] {
  const ask = (entries: string) =>
    run(folder, 'ffprobe', ['-v', 'quiet', '-of', 'csv=p=0', '-show_entries', entries, name])
      .toString()
      .split('\n')
      .filter((line) => Number.isFinite(Number.parseFloat(line)))
      .map((line) => line.split(',').reduce((sum, each) => sum + (Number(each) || 0), 0));
  return [...ask('format=duration'), ...ask('stream=duration'), ...ask('packet=pts_time,duration_time').slice(-1)];
}

function shownSize({
  width = 0,
  height = 0,
  sample_aspect_ratio = '1:1',
  side_data_list = [],
}: ProbedStream): string | null {
  const [across = 1, down = 1] = sample_aspect_ratio.split(':').map(Number);
  const shown = across === 0 || down === 0 ? width : Math.round((width * across) / down);
  const rotation = side_data_list.find((data) => data.rotation !== undefined)?.rotation ?? 0;
  if (width === 0 || height === 0) return null;
  return Math.abs(rotation) % 180 === 90 ? `${height}x${shown}` : `${shown}x${height}`;
}

function run(cwd: string, program: string, parameters: readonly string[]): Buffer {
  return (
    spawnSync(program, parameters, { cwd, maxBuffer: DECODED_BYTES_MAX, timeout: PROGRAM_MS_MAX }).stdout ??
    Buffer.alloc(0)
  );
}

/** In the page: what the browser says of one file. A duration without an end is asked for once more at the end. */
const ASK = `async ({ name, isPicture, ms }) => {
  const within = (promise) => Promise.race([promise, new Promise((resolve) => setTimeout(resolve, ms))]);
  const element = isPicture ? new Image() : document.createElement('video');
  document.body.replaceChildren(element);
  const wait = (event) => new Promise((resolve) => element.addEventListener(event, () => resolve(event), { once: true }));
  const shown = within(Promise.race([wait(isPicture ? 'load' : 'loadedmetadata'), wait('error')]));
  element.src = name;
  const event = await shown;
  if (event === undefined || event === 'error') return { seconds: null, size: null };
  if (isPicture) return { seconds: null, size: element.naturalWidth + 'x' + element.naturalHeight };
  if (!Number.isFinite(element.duration)) {
    const changed = within(wait('durationchange'));
    element.currentTime = 1e7;
    await changed;
  }
  const { duration, videoWidth, videoHeight } = element;
  element.removeAttribute('src');
  element.load();
  return { seconds: Number.isFinite(duration) ? duration : null, size: videoWidth === 0 ? null : videoWidth + 'x' + videoHeight };
}`;

export interface Shown {
  readonly name: string;
  /** As we would serve it. */
  readonly type: string;
  readonly isPicture: boolean;
}

export interface Browser {
  readonly show: (file: Shown) => Promise<Saying>;
  readonly close: () => Promise<void>;
}

/** Null where there is no Chromium. */
export async function openChromium(folder: string): Promise<Browser | null> {
  if (CHROMIUM_PATH === null) return null;
  const types = new Map<string, string>();
  const server = createServer((request, response) => serve(folder, types, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({ executablePath: CHROMIUM_PATH, args: ['--no-sandbox'] });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    show: ({ name, type, isPicture }) => {
      types.set(name, type);
      return page.evaluate(`(${ASK})(${JSON.stringify({ name, isPicture, ms: SHOW_MS_MAX })})`);
    },
    close: async () => {
      await browser.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

/** With parts, as hosts of sounds and films do; a browser finds an end only with them. */
function serve(
  folder: string,
  types: ReadonlyMap<string, string>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const name = decodeURIComponent((request.url ?? '/').slice(1));
  const type = types.get(name);
  if (type === undefined) {
    response.writeHead(name === '' ? 200 : 404, { 'Content-Type': 'text/html' }).end('<!doctype html><body>');
    return;
  }
  const length = statSync(join(folder, name)).size;
  const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  const start = Number(from);
  const end = to === '' ? length - 1 : Math.min(Number(to), length - 1);
  if (start >= length && length > 0) {
    response.writeHead(416, { 'Content-Range': `bytes */${length}` }).end();
    return;
  }
  const isPart = request.headers.range !== undefined;
  response.writeHead(isPart ? 206 : 200, {
    'Accept-Ranges': 'bytes',
    'Content-Length': Math.max(0, end - start + 1),
    'Content-Type': type,
    'X-Content-Type-Options': 'nosniff',
    ...(isPart && { 'Content-Range': `bytes ${start}-${end}/${length}` }),
  });
  if (length === 0) response.end();
  else
    createReadStream(join(folder, name), { start, end })
      .on('error', () => response.destroy())
      .pipe(response);
}
