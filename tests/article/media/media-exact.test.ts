/**
 * Media that tell something else at first sight: joined and cut sounds, films in fragments, types behind tags. What can't be told for sure is null. `npm run media` asks ffprobe about real files.
 */

import { describe, expect, it } from 'vitest';
import { type AssetFacts, probeAsset } from '../../../lambda/article/media/media.ts';

type Bytes = readonly number[];

const ascii = (text: string): Bytes => [...text].map((character) => character.charCodeAt(0));
const big16 = (value: number): Bytes => [(value >>> 8) & 255, value & 255];
const big32 = (value: number): Bytes => [value >>> 24, (value >>> 16) & 255, ...big16(value)];
const little16 = (value: number): Bytes => big16(value).toReversed();
const little32 = (value: number): Bytes => big32(value).toReversed();
const zeros = (count: number): Bytes => Array<number>(count).fill(0);
const ONES = 0xffff_ffff;

const probe = (name: string, ...parts: readonly Bytes[]): AssetFacts => probeAsset(name, Uint8Array.from(parts.flat()));
const secondsOf = (name: string, ...parts: readonly Bytes[]) => probe(name, ...parts).durationSeconds;
const sizeOf = (name: string, ...parts: readonly Bytes[]) => {
  const { width, height } = probe(name, ...parts);
  return width === null ? null : `${width}x${height}`;
};

describe('MPEG audio', () => {
  /** Layer III of MPEG 1 at 44.1 kHz: 417 bytes at 128 kbit/s, 104 at 32; 38.28 frames a second. */
  const frame = (kbits: 32 | 128, inside: Bytes = []): Bytes => {
    const head = [0xff, 0xfb, kbits === 32 ? 0x10 : 0x90, 0xc0, ...zeros(17), ...inside];
    return [...head, ...zeros((kbits === 32 ? 104 : 417) - head.length)];
  };
  const frames = (count: number, kbits: 32 | 128 = 128): Bytes =>
    Array.from({ length: count }, () => frame(kbits)).flat();
  const sound = (name: 'Info' | 'Xing', body: Bytes, count: number): Bytes => {
    const header = frame(128, [...ascii(name), ...big32(3), ...big32(count), ...big32(body.length + 417)]);
    return [...header, ...body];
  };
  const jingle = sound('Info', frames(192), 192);
  const varying = sound('Xing', [...frames(191, 32), ...frames(192)], 383);
  const tag = (bytes: number): Bytes => [
    ...ascii('ID3'),
    3,
    0,
    0,
    ...[0, 0, bytes >>> 7, bytes & 127],
    ...zeros(bytes),
  ];
  const oldTag = [...ascii('TAG'), ...zeros(125)];

  it('that was joined lasts as long as its parts: the first count is not that of the whole', () => {
    expect(secondsOf('a.mp3', jingle)).toBe(5);
    expect(secondsOf('a.mp3', jingle, varying)).toBe(15);
    expect(secondsOf('a.mp3', varying, varying)).toBe(20);
    expect(secondsOf('a.mp3', jingle, oldTag, tag(9_000), varying, oldTag)).toBe(15);
    expect(secondsOf('a.mp3', jingle, frames(383))).toBe(15);
  });

  it('that was joined with what nobody counted is not known', () => {
    expect(secondsOf('a.mp3', jingle, [...frames(200, 32), ...frames(200)])).toBeNull();
    expect(secondsOf('a.mp3', jingle, Array(20_000).fill(7))).toBeNull();
    expect(secondsOf('a.mp3', Array(9).fill(jingle).flat())).toBeNull();
  });

  it('that was cut short lasts as long as what is left, where its rate is constant', () => {
    expect(secondsOf('a.mp3', sound('Xing', frames(383), 383).slice(0, -44_000))).toBe(7);
    expect(secondsOf('a.mp3', varying.slice(0, -60_000))).toBeNull();
  });

  it('that begins with silence at another rate is not known', () => {
    expect(secondsOf('a.mp3', frames(1_000, 32), frames(1_000))).toBeNull();
    expect(secondsOf('a.mp3', frames(1_149, 32))).toBe(30);
  });

  it('does not count a picture in a tag at its end', () => {
    const footer = (flags: number) => [
      ...ascii('APETAGEX'),
      ...little32(2_000),
      ...little32(30_032),
      ...little32(1),
      ...little32(flags),
      ...zeros(8),
    ];
    const picture = zeros(30_000);
    expect(secondsOf('a.mp3', frames(383), footer(0xa000_0000), picture, footer(0x8000_0000), oldTag)).toBe(10);
    expect(secondsOf('a.mp3', frames(383), picture, footer(0))).toBe(10);
  });
});

describe('WAVE', () => {
  const chunk = (name: string, data: Bytes): Bytes => [...ascii(name), ...little32(data.length), ...data];
  const wave = (kind: number, extra: Bytes, chunks: Bytes, bytes: number): Bytes => [
    ...ascii('RIFF\0\0\0\0WAVE'),
    ...chunk('fmt ', [
      ...little16(kind),
      ...little16(1),
      ...little32(8_000),
      ...little32(1_500),
      ...little16(256),
      ...little16(4),
      ...extra,
    ]),
    ...chunks,
    ...ascii('data'),
    ...little32(bytes),
    ...zeros(bytes),
  ];
  const block = [...little16(2), ...little16(500)];

  it('of ADPCM has its samples counted, or so many to a block: the bytes a second are a hint', () => {
    expect(secondsOf('a.wav', wave(2, block, chunk('fact', little32(79_600)), 256 * 160))).toBe(10);
    expect(secondsOf('a.wav', wave(0x11, block, [], 256 * 160))).toBe(10);
    expect(secondsOf('a.wav', wave(2, block, chunk('fact', little32(9)), 256 * 160))).toBe(10);
  });

  it('of another kind has its samples counted, or is not known', () => {
    expect(secondsOf('a.wav', wave(0x31, [], chunk('fact', little32(80_000)), 4_096))).toBe(10);
    expect(secondsOf('a.wav', wave(0x31, [], [], 4_096))).toBeNull();
  });
});

describe('Ogg', () => {
  const page = (serial: number, position: number, packets: readonly Bytes[], flags = 0): Bytes => {
    const lengths = packets.flatMap(({ length }) => [
      ...Array<number>(Math.floor(length / 255)).fill(255),
      length % 255,
    ]);
    const start = [...ascii('OggS'), 0, flags, ...little32(position), ...zeros(4), ...little32(serial), ...zeros(8)];
    return [...start, lengths.length, ...lengths, ...packets.flat()];
  };
  const opusHead = (serial: number) =>
    page(serial, 0, [[...ascii('OpusHead'), 1, 2, ...little16(312), ...zeros(7)]], 2);
  const tags = (serial: number) => page(serial, 0, [[...ascii('OpusTags'), ...zeros(600)]]);
  /** Fifty packets of 20 ms. */
  const second = Array.from({ length: 50 }, () => [0xfc, 0, 0]);
  const opus = (serial: number, start: number, seconds: number): Bytes => [
    ...opusHead(serial),
    ...tags(serial),
    ...Array.from({ length: seconds }, (_, index) => page(serial, (start + index + 1) * 48_000, second)).flat(),
  ];

  it('of Opus that was cut from a stream begins where its first page does', () => {
    expect(secondsOf('a.opus', opus(1, 0, 12))).toBe(12);
    expect(secondsOf('a.opus', opus(1, 20, 12))).toBe(12);
  });

  it.each([
    [0x1b, 1, 2_880],
    [0x00, 1, 480],
    [0x61, 2, 960],
    [0x6b, 3, 2_880],
    [0x80, 1, 120],
  ])('knows the length of an Opus packet that begins with %i', (first, count, samples) => {
    const packets = Array.from({ length: 100 }, () => [first, count, 0]);
    const body = page(1, 48_000 + 100 * samples, packets);
    const last = page(1, 48_000 + 480_312, second);
    expect(secondsOf('a.opus', opusHead(1), tags(1), body, last)).toBe(10);
  });

  it('of Vorbis that was cut from a stream is not known', () => {
    const head = [...ascii('\x01vorbis'), ...zeros(5), ...little32(44_100), ...zeros(12), 0xb8, 1];
    const vorbis = (start: number) => [
      ...page(1, 0, [head], 2),
      ...page(1, 0, [[...ascii('\x03vorbis'), ...zeros(300)], ascii('\x05vorbis')]),
      ...page(
        1,
        start + 20_000,
        Array.from({ length: 40 }, () => [0, 0]),
      ),
      ...page(1, start + 441_000, [[0]]),
    ];
    expect(secondsOf('a.ogg', vorbis(0))).toBe(10);
    expect(secondsOf('a.ogg', vorbis(882_000))).toBeNull();
  });

  it('of two streams, one after the other, is not known', () => {
    expect(secondsOf('a.opus', opus(1, 0, 12), opus(77, 0, 2))).toBeNull();
  });
});

const box = (name: string, ...parts: readonly Bytes[]): Bytes => {
  const data = parts.flat();
  return [...big32(data.length + 8), ...ascii(name), ...data];
};
const ftyp = (brand: string, ...others: readonly string[]) => box('ftyp', ascii(brand), zeros(4), ...others.map(ascii));

describe('MP4', () => {
  const mvhd = (duration: number) => box('mvhd', zeros(12), big32(90_000), big32(duration), zeros(80));
  const track = (kind: 'vide' | 'soun', width = 0, height = 0) =>
    box(
      'trak',
      box(
        'tkhd',
        zeros(12),
        big32(1),
        zeros(24),
        big32(0x1_0000),
        zeros(12),
        big32(0x1_0000),
        zeros(16),
        big32(width << 16),
        big32(height << 16),
      ),
      box('mdia', box('mdhd', zeros(12), big32(1_000), zeros(8)), box('hdlr', zeros(8), ascii(kind), zeros(12))),
    );
  const mvex = (...inside: readonly Bytes[]) =>
    box('mvex', ...inside, box('trex', zeros(4), big32(1), zeros(4), big32(20), zeros(8)));
  const fragment = (start: number, run: Bytes, header: Bytes = [0, 0, 0, 0, ...big32(1)]) =>
    box('moof', box('traf', box('tfhd', header), box('tfdt', zeros(4), big32(start)), box('trun', run)));
  const samples = (count: number) => [...zeros(4), ...big32(count)];
  const movie = (...inside: readonly Bytes[]) => box('moov', ...inside);

  it('with a duration of all ones has none', () => {
    expect(secondsOf('a.mp4', ftyp('isom'), movie(mvhd(ONES), track('soun')))).toBeNull();
    const long = box('mvhd', [1, 0, 0, 0], zeros(16), big32(90_000), big32(ONES), big32(ONES), zeros(80));
    expect(secondsOf('a.mp4', ftyp('isom'), movie(long, track('soun')))).toBeNull();
    expect(secondsOf('a.mp4', ftyp('isom'), movie(mvhd(1_080_000), track('soun')))).toBe(12);
  });

  it.each([
    ['mehd', [movie(mvhd(0), track('soun'), mvex(box('mehd', zeros(4), big32(1_080_000))))]],
    [
      'the sum of its fragments',
      [movie(mvhd(0), track('soun'), mvex()), fragment(0, samples(300)), fragment(6_000, samples(300))],
    ],
    [
      'samples of their own lengths',
      [
        movie(mvhd(0), track('soun'), mvex()),
        fragment(11_000, [
          ...big32(0x301),
          ...big32(2),
          ...zeros(4),
          ...big32(400),
          ...big32(9),
          ...big32(600),
          ...big32(9),
        ]),
      ],
    ],
    [
      'the length that a fragment gives',
      [movie(mvhd(0), track('soun'), mvex()), fragment(9_000, samples(100), [...big32(8), ...big32(1), ...big32(30)])],
    ],
    [
      'sidx',
      [
        movie(mvhd(0), track('soun'), mvex()),
        box(
          'sidx',
          zeros(4),
          big32(1),
          big32(1_000),
          zeros(8),
          big16(0),
          big16(2),
          big32(100),
          big32(5_000),
          zeros(4),
          big32(20),
          big32(7_000),
          zeros(4),
        ),
        zeros(120),
      ],
    ],
  ])('in fragments lasts as long as %s says', (_, parts) => {
    expect(secondsOf('a.mp4', ftyp('isom'), ...parts)).toBe(12);
  });

  it('in fragments that say nothing of when they begin is not known, whatever its header says', () => {
    const bare = box('moof', box('traf', box('tfhd', zeros(4), big32(1)), box('trun', samples(300))));
    expect(secondsOf('a.mp4', ftyp('isom'), movie(mvhd(450_000), track('soun'), mvex()), bare)).toBeNull();
  });

  it('of sounds alone is a sound, whatever its name', () => {
    expect(probe('a.mp4', ftyp('isom'), movie(mvhd(90_000), track('soun'))).mimeType).toBe('audio/mp4');
    expect(probe('a.mp4', ftyp('isom'), movie(mvhd(90_000), track('soun'), track('vide', 4, 2))).mimeType).toBe(
      'video/mp4',
    );
    expect(probe('a.mp4', ftyp('isom')).mimeType).toBe('video/mp4');
    expect(probe('a.3gp', ftyp('3gp4'), movie(mvhd(90_000), track('vide', 4, 2))).mimeType).toBe('video/3gpp');
    expect(probe('a.3gp', ftyp('3gp4'), movie(mvhd(90_000), track('soun'))).mimeType).toBe('audio/3gpp');
  });
});

describe('Matroska', () => {
  const element = (id: Bytes, ...parts: readonly Bytes[]): Bytes => {
    const data = parts.flat();
    return [...id, 0x40 | (data.length >>> 8), data.length & 255, ...data];
  };
  const pixels = (...others: readonly Bytes[]) =>
    element([0xe0], element([0xb0], big16(320)), element([0xba], big16(180)), ...others);
  const film = (...inside: readonly Bytes[]) => [
    ...element([0x1a, 0x45, 0xdf, 0xa3]),
    ...element([0x18, 0x53, 0x80, 0x67], element([0x16, 0x54, 0xae, 0x6b], element([0xae], ...inside))),
  ];
  const shown = (width: number, height: number, unit: Bytes = []) => [
    ...element([0x54, 0xb0], big16(width)),
    ...element([0x54, 0xba], big16(height)),
    ...unit,
  ];

  it('is as large as it is to be shown', () => {
    expect(sizeOf('a.mkv', film(pixels()))).toBe('320x180');
    expect(sizeOf('a.mkv', film(pixels(shown(640, 180))))).toBe('640x180');
    expect(sizeOf('a.mkv', film(pixels(shown(4, 1, element([0x54, 0xb2], [3])))))).toBe('720x180');
  });

  it('of sounds alone is a sound, whatever its name', () => {
    expect(probe('a.webm', film(element([0xe1]))).mimeType).toBe('audio/webm');
    expect(probe('a.mkv', film(element([0xe1]))).mimeType).toBe('audio/x-matroska');
    expect(probe('a.webm', film(pixels())).mimeType).toBe('video/webm');
    expect(probe('a.webm', element([0x1a, 0x45, 0xdf, 0xa3])).mimeType).toBe('video/webm');
  });
});

describe('the type', () => {
  it.each([
    ['health.csv', ascii('BMI,age\n21,40\n22,41\n'), 'text/csv'],
    ['cars.csv', ascii('ID3,name\n1,Golf\n'), 'text/csv'],
    ['o.csv', ascii('OggS,name\n'), 'text/csv'],
    ['a.bmp', [...ascii('BM'), ...zeros(12), ...little32(40), ...zeros(40)], 'image/bmp'],
    ['a.mp3', [...ascii('ID3'), 3, 0, 0, 0, 0, 0, 4, ...zeros(4), ...ascii('fLaC')], 'audio/flac'],
    ['a.mp3', [...ascii('ID3'), 4, 0, 0, 0, 0, 0, 4, ...zeros(4), 0xff, 0xf1, 0x50, 0x80], 'audio/aac'],
    ['a.aac', [...ascii('ID3'), 4, 0, 0, 0, 0, 0, 4, ...zeros(4), 0xff, 0xfb, 0x90, 0xc0], 'audio/mpeg'],
    ['a.jpg', ftyp('mif1', 'avif', 'miaf'), 'image/avif'],
    ['a.jpg', ftyp('mif1', 'heic', 'miaf'), 'image/heic'],
  ])('of %s is what it is', (name, bytes, type) => {
    expect(probe(name, bytes).mimeType).toBe(type);
  });

  it('of FLAC behind a tag comes with its duration', () => {
    const flac = [...ascii('fLaC'), ...zeros(14), 0x0a, 0xc4, 0x42, 0xf0, ...big32(441_000)];
    expect(secondsOf('a.flac', [...ascii('ID3'), 3, 0, 0, 0, 0, 0, 9, ...zeros(9)], flac)).toBe(10);
  });
});
