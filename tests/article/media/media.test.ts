import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASSET_HEAD_BYTES, type AssetFacts, probeAsset } from '../../../lambda/article/media/media.ts';

const ascii = (text: string) => [...text].map((character) => character.charCodeAt(0));
const big32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const little32 = (value: number) => big32(value).reverse();

function probe(key: string, bytes: readonly number[], lengthBytes = bytes.length): AssetFacts {
  return probeAsset(key, Uint8Array.from(bytes), lengthBytes);
}

const SILENCE: readonly number[] = Array(60).fill(0);

const PNG = [
  0x89,
  ...ascii('PNG\r\n\x1A\n'),
  ...big32(13),
  ...ascii('IHDR'),
  ...big32(30),
  ...big32(20),
  8,
  6,
  0,
  0,
  0,
];
const GIF = [...ascii('GIF89a'), 30, 0, 20, 0];
const ftyp = (brand: string) => [...big32(16), ...ascii(`ftyp${brand}`), ...big32(0)];

describe('the type of an asset', () => {
  it.each([
    ['image/jpeg', [0xff, 0xd8, 0xff, 0xe0]],
    ['image/png', PNG],
    ['image/gif', GIF],
    ['image/webp', [...ascii('RIFF'), ...little32(20), ...ascii('WEBPVP8 ')]],
    ['image/avif', ftyp('avif')],
    ['image/svg+xml', ascii('<?xml version="1.0"?><!-- a --><svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['audio/mpeg', ascii('ID3\x04\0\0\0\0\0\0')],
    ['audio/mpeg', [0xff, 0xfb, 0x90, 0x00]],
    ['audio/mp4', ftyp('M4A ')],
    ['audio/ogg', ascii('OggS\0\x02')],
    ['audio/wav', [...ascii('RIFF'), ...little32(20), ...ascii('WAVE')]],
    ['audio/flac', ascii('fLaC')],
    ['video/mp4', ftyp('isom')],
    ['video/webm', [0x1a, ...ascii('E'), 0xdf, 0xa3]],
    ['application/pdf', ascii('%PDF-1.7')],
  ])('is what its bytes say, whatever its name: %s', (type, bytes) => {
    expect(probe('a.xyz', bytes).mimeType).toBe(type);
    expect(probe('a.html', bytes).mimeType).toBe(type);
  });

  it('is what its name says when the bytes say nothing', () => {
    expect(probe('a.csv', ascii('a,b')).mimeType).toBe('text/csv');
    expect(probe('a.mp3', []).mimeType).toBe('audio/mpeg');
    expect(probe('a', ascii('a')).mimeType).toBe('application/octet-stream');
  });

  it('is the more exact of the two where files share a container', () => {
    expect(probe('a.docx', [...ascii('PK'), 3, 4]).mimeType).toMatch(/wordprocessingml/);
    expect(probe('a.m4a', ftyp('isom')).mimeType).toBe('audio/mp4');
  });

  it('is no image when an HTML page holds one', () => {
    expect(probe('a.html', ascii('<!-- a --><html><svg></svg></html>')).mimeType).toBe('text/html');
  });
});

describe('the size of an image', () => {
  it('is in pixels', () => {
    expect(probe('a.png', PNG)).toMatchObject({ width: 30, height: 20, durationSeconds: null });
    expect(probe('a.gif', GIF)).toMatchObject({ width: 30, height: 20 });
    expect(probe('a.svg', ascii('<svg width="30" height="20"></svg>'))).toMatchObject({ width: 30, height: 20 });
  });

  it('is null when the image is broken', () => {
    expect(probe('a.png', PNG.slice(0, 12))).toMatchObject({ mimeType: 'image/png', width: null, height: null });
    expect(probe('a.jpg', [0xff, 0xd8, 0xff])).toMatchObject({ width: null, height: null });
  });
});

describe('the duration', () => {
  it('of WAVE follows from its rate and length', () => {
    const format = [
      ...ascii('fmt '),
      ...little32(16),
      1,
      0,
      1,
      0,
      ...little32(8_000),
      ...little32(16_000),
      2,
      0,
      16,
      0,
    ];
    const wave = [...ascii('RIFF'), ...little32(0), ...ascii('WAVE'), ...format, ...ascii('data'), ...little32(48_000)];
    expect(probe('a.wav', wave, wave.length + 48_000).durationSeconds).toBe(3);
  });

  it('of MPEG audio follows from its bit rate, or from the frames it counts', () => {
    const frame = [0xff, 0xfb, 0x90, 0xc0];
    expect(probe('a.mp3', [...frame, ...SILENCE], 48_000).durationSeconds).toBe(3);
    const tagged = [...ascii('ID3'), 4, 0, 0, ...[0, 0, 0, 5], ...Array(5).fill(0), ...frame, ...SILENCE];
    expect(probe('a.mp3', tagged, 48_015).durationSeconds).toBe(3);
    const counted = [...frame, ...Array(17).fill(0), ...ascii('Xing'), ...big32(3), ...big32(383), ...big32(1_000)];
    expect(probe('a.mp3', counted, 1_000).durationSeconds).toBe(10);
  });

  it('of FLAC and MP4 stands in their headers', () => {
    const flac = [...ascii('fLaC'), ...Array(14).fill(0), 0x0a, 0xc4, 0x42, 0xf0, ...big32(441_000)];
    expect(probe('a.flac', flac).durationSeconds).toBe(10);
    const header = [
      ...big32(28),
      ...ascii('mvhd'),
      ...big32(0),
      ...big32(0),
      ...big32(0),
      ...big32(1_000),
      ...big32(9_600),
    ];
    expect(probe('a.mp4', [...ftyp('isom'), ...big32(36), ...ascii('moov'), ...header]).durationSeconds).toBe(10);
  });

  it('is null when the beginning does not tell', () => {
    expect(probe('a.mp4', ftyp('isom'), 5_000).durationSeconds).toBeNull();
    expect(probe('a.ogg', ascii('OggS'), 5_000).durationSeconds).toBeNull();
  });
});

describe('any bytes', () => {
  const beginnings = [
    PNG,
    GIF,
    ftyp('avif'),
    ftyp('isom'),
    ascii('RIFF0000WAVEfmt '),
    ascii('fLaC'),
    ascii('ID3'),
    [0xff, 0xfb, 0x90],
  ];

  it('have a type and a length, and never throw', () => {
    const bytes = fc
      .tuple(fc.constantFrom([], ...beginnings), fc.uint8Array({ maxLength: 80 }))
      .map(([start, rest]) => Uint8Array.from([...start, ...rest]));
    fc.assert(
      fc.property(bytes, fc.constantFrom('a.png', 'a.mp3', 'a', 'a.avif'), (head, key) => {
        const facts = probeAsset(key, head, head.length);
        expect(facts.mimeType).toMatch(/^[\w.+-]+\/[\w.+-]+$/);
        expect(facts.lengthBytes).toBe(head.length);
        for (const number of [facts.width, facts.height, facts.durationSeconds]) {
          expect(number === null || (Number.isInteger(number) && number > 0)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are wanted in a number that is worth one request', () => {
    expect(ASSET_HEAD_BYTES).toBeGreaterThanOrEqual(65_536);
    expect(ASSET_HEAD_BYTES).toBeLessThanOrEqual(1_048_576);
  });
});
