import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { shrinkPng } from '../../tools/smallest-png.ts';

const WIDTH = 64;

/** Eight bits a channel, no filters, hardly compressed. */
function writePng(kind: 2 | 6, pixelAt: (x: number, y: number) => readonly number[]): Buffer {
  const rows = Array.from({ length: WIDTH }, (_, y) => [
    0,
    ...Array.from({ length: WIDTH }, (_pixel, x) => pixelAt(x, y)).flat(),
  ]);
  const head = Buffer.from([0, 0, 0, WIDTH, 0, 0, 0, WIDTH, 8, kind, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()), { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

function chunksOf(png: Buffer): ReadonlyMap<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    const data = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    chunks.set(png.toString('latin1', at + 4, at + 8), data);
  }
  return chunks;
}

describe('shrinkPng', () => {
  it.each([2, 6] as const)('makes a palette of few colours, and keeps every pixel (kind %i)', (kind) => {
    const colours = [
      [10, 20, 30, 255],
      [200, 100, 0, 255],
    ];
    const pixelAt = (x: number, y: number): readonly number[] =>
      (colours[(x + y) % 2] ?? []).slice(0, kind === 2 ? 3 : 4);
    const small = chunksOf(shrinkPng(writePng(kind, pixelAt)));
    expect(small.get('IHDR')?.[9]).toBe(3);
    const palette = small.get('PLTE') ?? Buffer.alloc(0);
    const data = inflateSync(small.get('IDAT') ?? Buffer.alloc(0));
    const shown = (x: number, y: number): readonly number[] => {
      const number = data[y * (WIDTH + 1) + 1 + x] ?? 0;
      return [...palette.subarray(number * 3, number * 3 + 3)];
    };
    for (const [x, y] of [
      [0, 0],
      [1, 0],
      [63, 62],
      [63, 63],
    ] as const)
      expect(shown(x, y)).toEqual(pixelAt(x, y).slice(0, 3));
  });

  it('filters the rows of many colours, and reads again what it wrote', () => {
    const once = shrinkPng(writePng(2, (x, y) => [x * 4, y * 4, (x * y) % 256]));
    expect(chunksOf(once).get('IHDR')?.[9]).toBe(2);
    expect(once.length).toBeLessThan(WIDTH * WIDTH * 3);
    expect(shrinkPng(once).equals(once)).toBe(true);
  });

  it('refuses what it does not read', () => {
    const interlaced = writePng(2, () => [0, 0, 0]);
    interlaced[28] = 1;
    expect(() => shrinkPng(interlaced)).toThrow('This kind of PNG is not read.');
  });
});
