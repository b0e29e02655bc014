/** Durations and sizes of files as encoders write them. files/ holds twelve seconds of silence, and of a still picture. */

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssetPart } from '../../../lambda/article/media/asset-reader.ts';
import { type AssetFacts, probeAsset, readAsset } from '../../../lambda/article/media/media.ts';

/** Reads a file as the publisher does: a beginning, then what is asked for. */
function readByParts(key: string, bytes: Uint8Array, headBytes: number): { facts: AssetFacts; parts: AssetPart[] } {
  const reading = readAsset(key, { head: bytes.subarray(0, headBytes), lengthBytes: bytes.byteLength });
  const parts: AssetPart[] = [];
  let step = reading.next(new Uint8Array());
  while (step.done !== true) {
    const { from, bytes: count } = step.value;
    parts.push(step.value);
    step = reading.next(bytes.slice(from, from + count));
  }
  return { facts: step.value, parts };
}

function file(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`files/${name}`, import.meta.url)));
}

describe('twelve seconds', () => {
  it.each([
    ['silence.ogg', 'audio/ogg', null, null],
    ['silence.opus', 'audio/ogg', null, null],
    ['silence.m4a', 'audio/mp4', null, null],
    ['still.webm', 'video/webm', 32, 18],
    ['still.mp4', 'video/mp4', 32, 18],
  ])('last as long in %s', (name, mimeType, width, height) => {
    const bytes = file(name);
    const lengthBytes = bytes.byteLength;
    expect(probeAsset(name, bytes)).toEqual({ mimeType, lengthBytes, width, height, durationSeconds: 12 });
  });

  it('are told by few parts of a file whose end tells them', () => {
    for (const name of ['silence.ogg', 'silence.opus', 'silence.m4a', 'still.mp4']) {
      const { facts, parts } = readByParts(name, file(name), 512);
      expect(facts.durationSeconds).toBe(12);
      expect(parts.length).toBeGreaterThan(0);
      expect(parts.length).toBeLessThanOrEqual(4);
    }
  });

  it('are null where the file was cut off', () => {
    for (const name of ['silence.m4a', 'still.mp4', 'still.webm']) {
      expect(probeAsset(name, file(name).slice(0, 200)).durationSeconds).toBeNull();
    }
  });
});

describe('MPEG audio', () => {
  const FRAME_BYTES = 417;
  /** Layer III of MPEG 1 at 44.1 kHz, 128 kbit/s unless another index says so. */
  const frames = (count: number, bitRateIndexOf = (_frame: number) => 9): readonly number[] =>
    Array.from({ length: count }, (_, index) => {
      const bitRateIndex = bitRateIndexOf(index);
      const kbits = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128][bitRateIndex] ?? 0;
      const length = Math.floor((144 * kbits * 1000) / 44_100);
      return [0xff, 0xfb, bitRateIndex << 4, 0xc0, ...Array(length - 4).fill(0)];
    }).flat();
  const tag = (bytes: number): readonly number[] => {
    const size = [(bytes >>> 21) & 127, (bytes >>> 14) & 127, (bytes >>> 7) & 127, bytes & 127];
    return [0x49, 0x44, 0x33, 4, 0, 0, ...size, ...Array(bytes).fill(0)];
  };

  it('is found behind a picture of any size, and behind two tags', () => {
    const sound = [...tag(400_000), ...tag(50), ...frames(383)];
    const { facts, parts } = readByParts('a.mp3', Uint8Array.from(sound), 262_144);
    expect(facts.durationSeconds).toBe(10);
    // The tags, the end, and frames at four places.
    expect(parts.length).toBeLessThanOrEqual(10);
  });

  it('of a variable bit rate that nobody counted has no known duration', () => {
    expect(probeAsset('a.mp3', Uint8Array.from(frames(383))).durationSeconds).toBe(10);
    const varying = frames(383, (index) => (index % 5 === 4 ? 5 : 9));
    expect(probeAsset('a.mp3', Uint8Array.from(varying)).durationSeconds).toBeNull();
  });

  it('is counted in the first frame by Fraunhofer’s encoder too', () => {
    const sound = Uint8Array.from(frames(20));
    sound.set([0x56, 0x42, 0x52, 0x49], 36);
    new DataView(sound.buffer).setUint32(36 + 10, sound.byteLength);
    new DataView(sound.buffer).setUint32(36 + 14, 383);
    expect(probeAsset('a.mp3', sound).durationSeconds).toBe(10);
    expect(sound.byteLength).toBe(20 * FRAME_BYTES);
  });
});

describe('any file', () => {
  const names = ['silence.ogg', 'silence.opus', 'silence.m4a', 'still.webm', 'still.mp4'] as const;

  it('gives the same facts whether it is there as a whole or read by parts', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.integer({ min: 128, max: 5_000 }), (name, headBytes) => {
        const whole = probeAsset(name, file(name));
        expect(readByParts(name, file(name), Math.max(headBytes, 700)).facts).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  it('with broken bytes is read to an end', () => {
    const broken = fc.tuple(
      fc.constantFrom(...names),
      fc.array(fc.tuple(fc.nat({ max: 2_000 }), fc.nat({ max: 255 })), { maxLength: 20 }),
    );
    fc.assert(
      fc.property(broken, ([name, changes]) => {
        const bytes = file(name);
        for (const [at, value] of changes) bytes[at % bytes.byteLength] = value;
        const { facts, parts } = readByParts(name, bytes, 512);
        expect(parts.length).toBeLessThanOrEqual(16);
        expect(facts.durationSeconds === null || facts.durationSeconds > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
