/**
 * Writes a PNG as small as it gets without losing anything: a palette where there are at most 256 colours, else the best
 * filter for each row, and zlib's hardest compression. Reads what Chromium writes: eight bits a channel, not interlaced.
 * https://www.w3.org/TR/png-3/
 */

import { constants, crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const TRUECOLOUR = 2;
const PALETTE = 3;
const TRUECOLOUR_WITH_ALPHA = 6;
const COLOURS_MAX = 256;
const FILTER_COUNT = 5;

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Three bytes a pixel. */
  readonly rows: readonly Buffer[];
}

/** @throws Error for a PNG of another kind */
export function shrinkPng(png: Buffer): Buffer {
  const picture = readPicture(png);
  const paletted = writePalette(picture);
  const candidates = [png, writeTrueColour(picture), ...(paletted === null ? [] : [paletted])];
  return candidates.reduce((least, each) => (each.length < least.length ? each : least));
}

function readPicture(png: Buffer): Picture {
  const chunks = readChunks(png);
  const head = chunks.find(({ type }) => type === 'IHDR')?.data ?? Buffer.alloc(13);
  const [width, height, depth, kind, interlace] = [
    head.readUInt32BE(0),
    head.readUInt32BE(4),
    head[8],
    head[9],
    head[12],
  ];
  const channels = kind === TRUECOLOUR ? 3 : kind === TRUECOLOUR_WITH_ALPHA ? 4 : 0;
  if (depth !== 8 || channels === 0 || interlace !== 0) throw new Error('This kind of PNG is not read.');
  const data = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data)));
  const rows: Buffer[] = [];
  let above = Buffer.alloc(width * channels);
  for (let row = 0; row < height; row += 1) {
    const start = row * (width * channels + 1);
    above = unfilter(data[start] ?? 0, data.subarray(start + 1, start + 1 + width * channels), above, channels);
    rows.push(channels === 3 ? above : withoutAlpha(above));
  }
  return { width, height, rows };
}

function readChunks(png: Buffer): readonly { readonly type: string; readonly data: Buffer }[] {
  const chunks = [];
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

function writePalette({ width, height, rows }: Picture): Buffer | null {
  const numbers = new Map<number, number>();
  const lines: Buffer[] = [];
  for (const row of rows) {
    const line = Buffer.alloc(width);
    for (let pixel = 0; pixel < width; pixel += 1) {
      const colour = row.readUIntBE(pixel * 3, 3);
      const number = numbers.get(colour) ?? numbers.size;
      if (number === COLOURS_MAX) return null;
      numbers.set(colour, number);
      line[pixel] = number;
    }
    lines.push(Buffer.concat([Buffer.of(0), line]));
  }
  const palette = Buffer.alloc(numbers.size * 3);
  for (const [colour, number] of numbers) palette.writeUIntBE(colour, number * 3, 3);
  return writePng(width, height, PALETTE, [
    ['PLTE', palette],
    ['IDAT', deflate(Buffer.concat(lines))],
  ]);
}

/** Of each row the filter with the least sum of absolute differences, as the standard advises (12.7). */
function writeTrueColour({ width, height, rows }: Picture): Buffer {
  const lines = rows.map((row, index) => {
    const above = rows[index - 1] ?? Buffer.alloc(row.length);
    const filtered = Array.from({ length: FILTER_COUNT }, (_, kind) => filter(kind, row, above, 3));
    const sums = filtered.map((each) => each.reduce((sum, byte) => sum + Math.min(byte, 256 - byte), 0));
    const best = sums.indexOf(Math.min(...sums));
    return Buffer.concat([Buffer.of(best), filtered[best] ?? row]);
  });
  return writePng(width, height, TRUECOLOUR, [['IDAT', deflate(Buffer.concat(lines))]]);
}

function writePng(width: number, height: number, kind: number, chunks: readonly (readonly [string, Buffer])[]): Buffer {
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, kind, 0, 0, 0]);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  const all = [['IHDR', head] as const, ...chunks, ['IEND', Buffer.alloc(0)] as const];
  return Buffer.concat([SIGNATURE, ...all.map(([type, data]) => writeChunk(type, data))]);
}

function writeChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

function deflate(data: Buffer): Buffer {
  return deflateSync(data, { level: 9, memLevel: 9, strategy: constants.Z_DEFAULT_STRATEGY });
}

function filter(kind: number, row: Buffer, above: Buffer, channels: number): Buffer {
  return row.map((byte, at) => byte - predict(kind, row[at - channels], above[at], above[at - channels])) as Buffer;
}

function unfilter(kind: number, filtered: Buffer, above: Buffer, channels: number): Buffer<ArrayBuffer> {
  const row = Buffer.alloc(filtered.length);
  for (let at = 0; at < row.length; at += 1) {
    row[at] = (filtered[at] ?? 0) + predict(kind, row[at - channels], above[at], above[at - channels]);
  }
  return row;
}

/** What a filter expects at a place: of the pixel before it, the one above and the one above that before it (9.2). */
function predict(kind: number, before = 0, above = 0, corner = 0): number {
  switch (kind) {
    case 1:
      return before;
    case 2:
      return above;
    case 3:
      return Math.floor((before + above) / 2);
    case 4:
      return paeth(before, above, corner);
    default:
      return 0;
  }
}

function paeth(before: number, above: number, corner: number): number {
  const sum = before + above - corner;
  const distances = [before, above, corner].map((each) => Math.abs(sum - each));
  return [before, above, corner][distances.indexOf(Math.min(...distances))] ?? 0;
}

function withoutAlpha(row: Buffer): Buffer {
  return Buffer.from(row.filter((_, at) => at % 4 !== 3));
}
