/**
 * What `npm run media` found beside ffprobe and Chromium: each file in as few bytes as show it, and how often something
 * besides its beginning is read.
 */

import { describe, expect, it } from 'vitest';
import { type AssetFacts, probeAsset, readAsset } from '../../../lambda/article/media/media.ts';
import { createRandom } from '../../simulation/random.ts';

type Bytes = readonly number[];

const ascii = (text: string): Bytes => [...text].map((character) => character.charCodeAt(0));
const big16 = (value: number): Bytes => [(value >>> 8) & 255, value & 255];
const big32 = (value: number): Bytes => [(value >>> 24) & 255, (value >>> 16) & 255, ...big16(value)];
const little16 = (value: number): Bytes => big16(value).toReversed();
const little32 = (value: number): Bytes => big32(value).toReversed();
const zeros = (count: number): Bytes => Array<number>(count).fill(0);

interface Seen {
  readonly facts: AssetFacts;
  readonly parts: number;
}

/** Reads a file as the publisher does: a beginning, then what is asked for. */
function read(name: string, bytes: Uint8Array, headBytes: number): Seen {
  const reading = readAsset(name, { head: bytes.subarray(0, headBytes), lengthBytes: bytes.byteLength });
  for (let step = reading.next(new Uint8Array()), parts = 0; ; parts += 1) {
    if (step.done === true) return { facts: step.value, parts };
    const { from, bytes: count } = step.value;
    step = reading.next(bytes.slice(from, from + count));
  }
}

const bytesOf = (...parts: readonly Bytes[]) => Buffer.concat(parts.map((part) => Buffer.from(part)));
const probe = (name: string, ...parts: readonly Bytes[]): AssetFacts => probeAsset(name, bytesOf(...parts));
const secondsOf = (name: string, ...parts: readonly Bytes[]) => probe(name, ...parts).durationSeconds;
const sizeOf = (name: string, ...parts: readonly Bytes[]) => {
  const { width, height } = probe(name, ...parts);
  return width === null ? null : `${width}x${height}`;
};

const box = (name: string, ...parts: readonly Bytes[]): Bytes => {
  const data = parts.flat();
  return [...big32(data.length + 8), ...ascii(name), ...data];
};

describe('MPEG audio that nobody counted', () => {
  /** Layer III of MPEG 1 at 44.1 kHz and 128 or 320 kbit/s. */
  const frame = (kbits: 128 | 320, padding: 0 | 1): Bytes => {
    const bytes = Math.floor((144 * kbits * 1000) / 44_100) + padding;
    return [0xff, 0xfb, (kbits === 128 ? 0x90 : 0xe0) | (padding << 1), 0xc0, ...zeros(bytes - 4)];
  };
  /** As encoders write it: a byte longer as often as the bit rate wants it. */
  const sound = (count: number, kbits: 128 | 320 = 128): Bytes => {
    const endOf = (index: number) => Math.floor((index * 144 * kbits * 1000) / 44_100);
    const shortest = endOf(1);
    return Array.from({ length: count }, (_, index) =>
      frame(kbits, endOf(index + 1) - endOf(index) > shortest ? 1 : 0),
    ).flat();
  };
  const tag = (bytes: number): Bytes => [...ascii('ID3'), 3, 0, 0, 0, 0, bytes >>> 7, bytes & 127, ...zeros(bytes)];

  it('lasts as long as its frames, of which the end is looked at too', () => {
    const bytes = bytesOf(sound(1_149));
    expect(bytes.byteLength).toBeGreaterThan(400_000);
    // The end, and frames at four places.
    expect(read('a.mp3', bytes, 262_144)).toMatchObject({ facts: { durationSeconds: 30 }, parts: 3 });
  });

  it('is not known where a tag with a picture stands in the middle, or at three quarters', () => {
    expect(secondsOf('a.mp3', sound(1_149), tag(13_000), sound(1_149))).toBeNull();
    expect(secondsOf('a.mp3', sound(1_149), tag(13_000), sound(383))).toBeNull();
  });

  it('is not known where some frames have another bit rate, and none of those that are looked at', () => {
    expect(secondsOf('a.mp3', sound(700), sound(61, 320), sound(1_149))).toBeNull();
  });

  it('of an encoder that lengthens no frame is longer than its bit rate says', () => {
    const short = Array.from({ length: 5_000 }, () => frame(128, 0)).flat();
    expect((short.length * 8) / 128_000).toBeCloseTo(130.3, 1);
    expect(secondsOf('a.mp3', short)).toBe(131);
  });
});

describe('WAVE', () => {
  const chunk = (name: string, ...parts: readonly Bytes[]): Bytes => {
    const data = parts.flat();
    return [...ascii(name), ...little32(data.length), ...data];
  };
  /** Of 8 kHz, with a false hint of bytes a second. */
  const format = (kind: number, blockBytes: number, extra: Bytes = []) =>
    chunk(
      'fmt ',
      little16(kind),
      little16(1),
      little32(8_000),
      little32(99),
      little16(blockBytes),
      little16(16),
      extra,
    );
  const extensible = (kind: number) => [...little16(22), ...little16(16), ...zeros(4), ...little16(kind), ...zeros(14)];
  const start = ascii('RIFF\0\0\0\0WAVE');

  it('of plain samples lasts as long as these: the bytes a second are a hint', () => {
    expect(secondsOf('a.wav', start, format(1, 2), chunk('data', zeros(48_000)))).toBe(3);
    expect(secondsOf('a.wav', start, format(0xfffe, 2, extensible(1)), chunk('data', zeros(48_000)))).toBe(3);
  });

  it('of another kind, which stands behind the rest, has its samples counted', () => {
    const counted = chunk('fact', little32(40_000));
    expect(secondsOf('a.wav', start, format(0xfffe, 65, extensible(0x31)), counted, chunk('data', zeros(650)))).toBe(5);
    expect(secondsOf('a.wav', start, format(0xfffe, 65, extensible(0x31)), chunk('data', zeros(650)))).toBeNull();
  });

  it('with a length of 64 bits does not count what stands behind the sound', () => {
    const long = chunk('ds64', zeros(8), little32(48_000), zeros(16));
    const data = [...ascii('data'), ...little32(0xffff_ffff), ...zeros(48_000)];
    const wave = bytesOf(ascii('RF64\xFF\xFF\xFF\xFFWAVE'), long, format(1, 2), data, chunk('id3 ', zeros(64_000)));
    expect(read('a.wav', wave, 1_024)).toMatchObject({ facts: { durationSeconds: 3 }, parts: 0 });
  });
});

describe('Ogg', () => {
  const page = (serial: number, position: number, packets: readonly Bytes[], flags = 0): Bytes => {
    const lengths = packets.flatMap(({ length }) => [
      ...Array<number>(Math.floor(length / 255)).fill(255),
      length % 255,
    ]);
    const head = [...ascii('OggS'), 0, flags, ...little32(position), ...zeros(4), ...little32(serial), ...zeros(8)];
    return [...head, lengths.length, ...lengths, ...packets.flat()];
  };
  const packets = (count: number) => Array.from({ length: count }, () => [1, 2, 3]);
  /** Sixteen thousand samples a second in packets of 320. */
  const speex = (from: number, serial = 1) => {
    const numbers = [4, 80, 16_000, 1, 4, 1, 0, 320, 0, 1, 0].flatMap(little32);
    const head = page(serial, 0, [[...ascii('Speex   '), ...zeros(20), ...numbers]], 2);
    const seconds = Array.from({ length: 10 }, (_, index) =>
      page(serial, (from + index + 1) * 16_000, packets(50)),
    ).flat();
    return [...head, ...page(serial, 0, [zeros(20)]), ...seconds];
  };
  /** The same in FLAC, with blocks of 3,200 samples and one more header. */
  const flac = (from: number) => {
    const info = [...big16(3_200), ...big16(3_200), ...zeros(6), ...big32((16_000 << 12) | 0xf0), ...zeros(20)];
    const head = page(1, 0, [[...ascii('\x7fFLAC\x01\0\0\x01fLaC\0\0\0\x22'), ...info]], 2);
    const seconds = Array.from({ length: 10 }, (_, index) => page(1, (from + index + 1) * 16_000, packets(5))).flat();
    return [...head, ...page(1, 0, [zeros(300)]), ...seconds];
  };

  it('of Speex and of FLAC that were cut from a stream are not known', () => {
    expect(secondsOf('a.ogg', speex(0))).toBe(10);
    expect(secondsOf('a.ogg', speex(20))).toBeNull();
    expect(secondsOf('a.ogg', flac(0))).toBe(10);
    expect(secondsOf('a.ogg', flac(20))).toBeNull();
    expect(read('a.ogg', bytesOf(flac(0)), 262_144).parts).toBe(0);
  });

  it('of two streams with one number is not known', () => {
    expect(secondsOf('a.ogg', speex(0), speex(0))).toBeNull();
  });
});

describe('MP4', () => {
  const ftyp = box('ftyp', ascii('isom'), zeros(8));
  const mvhd = box('mvhd', zeros(12), big32(1_000), big32(112_000), zeros(80));
  const tkhd = (width: number, height: number) =>
    box('tkhd', zeros(12), big32(1), zeros(24), big32(0x1_0000), zeros(12), big32(0x1_0000), zeros(16), [
      ...big32(width << 16),
      ...big32(height << 16),
    ]);
  const media = (kind: string, ...inside: readonly Bytes[]) =>
    box('mdia', box('hdlr', zeros(8), ascii(kind), zeros(12)), box('minf', box('stbl', ...inside)));
  const edits = (...entries: readonly (readonly [number, number])[]) =>
    box(
      'edts',
      box(
        'elst',
        zeros(4),
        big32(entries.length),
        ...entries.map(([units, from]) => [...big32(units), ...big32(from), 0, 1, 0, 0]),
      ),
    );
  const longEdits = (units: number, from: number) =>
    box('edts', box('elst', [1, 0, 0, 0], big32(1), zeros(4), big32(units), big32(from), big32(from), [0, 1, 0, 0]));
  const shaped = (across: number, down: number) =>
    box(
      'stsd',
      zeros(4),
      big32(1),
      box('avc1', zeros(24), big16(320), big16(180), zeros(50), box('pasp', big32(across), big32(down))),
    );
  const film = (...tracks: readonly Bytes[]): Bytes => [...ftyp, ...box('moov', mvhd, ...tracks)];
  const track = (...inside: readonly Bytes[]) => box('trak', ...inside);

  it('with a text that has a place, and a sound, has no size', () => {
    const facts = probe('a.mp4', film(track(tkhd(400, 60), media('sbtl')), track(tkhd(0, 0), media('soun'))));
    expect(facts).toMatchObject({ mimeType: 'audio/mp4', width: null, durationSeconds: 112 });
    const both = film(track(tkhd(400, 60), media('text')), track(tkhd(320, 180), media('vide')));
    expect(sizeOf('a.mp4', both)).toBe('320x180');
  });

  it('is as wide as its pixels, whether its header says so or not', () => {
    expect(sizeOf('a.mp4', film(track(tkhd(320, 180), media('vide', shaped(2, 1)))))).toBe('640x180');
    expect(sizeOf('a.mp4', film(track(tkhd(640, 180), media('vide', shaped(2, 1)))))).toBe('640x180');
    expect(sizeOf('a.mp4', film(track(tkhd(320, 180), media('vide', shaped(1, 1)))))).toBe('320x180');
    expect(sizeOf('a.mp4', film(track(tkhd(320, 180), media('vide', shaped(2, 0)))))).toBeNull();
  });

  it('that shows nothing at first is not known, for players don’t agree', () => {
    const late = edits([100_000, -1], [12_000, 0]);
    const prompt = edits([12_000, 0]);
    expect(secondsOf('a.mp4', film(track(tkhd(320, 180), late, media('vide'))))).toBeNull();
    expect(secondsOf('a.mp4', film(track(tkhd(320, 180), longEdits(100_000, -1), media('vide'))))).toBeNull();
    expect(secondsOf('a.mp4', film(track(prompt, media('vide')), track(late, media('soun'))))).toBe(112);
    expect(secondsOf('a.mp4', film(track(edits([400, -1], [12_000, 0]), media('vide'))))).toBe(112);
    expect(secondsOf('a.mp4', film(track(edits(), media('vide'))))).toBe(112);
  });

  it('of which the end of the header is missing keeps what stands before', () => {
    const whole = film(track(tkhd(320, 180), edits([12_000, 0]), media('vide', shaped(2, 1))));
    const mvhdEnd = ftyp.length + 8 + mvhd.length;
    for (let length = mvhdEnd; length < whole.length; length += 1) {
      expect(secondsOf('a.mp4', whole.slice(0, length))).toBe(112);
    }
  });
});

describe('the type', () => {
  const XMLNS = 'xmlns="http://www.w3.org/2000/svg"';

  it('of ADTS is AAC, whatever its name', () => {
    expect(probe('a.mp3', [0xff, 0xf1, 0x50, 0x80, 0x1f, 0xfc, 0]).mimeType).toBe('audio/aac');
    expect(probe('a.txt', [0xff, 0xfe, 0x41, 0]).mimeType).toBe('text/plain');
  });

  it('is that of an SVG only where that is the document', () => {
    const svg = `<svg ${XMLNS} width="200" height="100"/>`;
    const typeOf = (name: string, text: string) => probe(name, ascii(text)).mimeType;
    expect(typeOf('a.xml', `<?xml version="1.0"?><article>${svg}</article>`)).toBe('application/xml');
    expect(
      typeOf('a', `\xEF\xBB\xBF<?xml version="1.0"?>\n<!-- <a> -->\n<!DOCTYPE svg [<!ENTITY a "b">]>\n${svg}`),
    ).toBe('image/svg+xml');
  });

  it('comes with the size of the document and not of what it declares', () => {
    const declared = `<!DOCTYPE svg [<!ENTITY logo "<svg width='1' height='2'/>">]><svg ${XMLNS} width="200" height="100"/>`;
    expect(sizeOf('a.svg', ascii(declared))).toBe('200x100');
  });

  it('comes with its size in picas too', () => {
    expect(sizeOf('a.svg', ascii(`<svg ${XMLNS} width="10pc" height="5pc"/>`))).toBe('160x80');
  });

  it.each(['<?', '<!--', '<!doctype ', '<!doctype[', '<!doctype[]'])('is soon told of many a %s', (start) => {
    const { user } = process.cpuUsage();
    expect(probeAsset('a.svg', Buffer.from(start.repeat(30_000))).width).toBeNull();
    expect(process.cpuUsage().user - user).toBeLessThan(1_000_000);
  });
});

/** Least significant bits first (ISO 18181-1, B.2). */
function packBits(fields: readonly (readonly [value: number, bits: number])[]): Bytes {
  const bits = fields.flatMap(([value, count]) => Array.from({ length: count }, (_, index) => (value >>> index) & 1));
  return Array.from({ length: Math.ceil(bits.length / 8) }, (_, index) =>
    bits.slice(index * 8, index * 8 + 8).reduce((byte, bit, place) => byte | (bit << place), 0),
  );
}

describe('the size of a picture that is turned', () => {
  /** Height and width in thirteen bits each; then that something is not as usual, and the orientation. */
  const jxl = (...metadata: readonly (readonly [number, number])[]): Bytes => [
    0xff,
    0x0a,
    ...packBits([[0, 1], [1, 2], [39, 13], [0, 3], [1, 2], [59, 13], ...metadata]),
    ...zeros(20),
  ];
  const turned = jxl([0, 1], [1, 1], [5, 3]);
  const boxed = (...inside: readonly Bytes[]): Bytes => [
    ...box('JXL ', [0x0d, 0x0a, 0x87, 0x0a]),
    ...box('ftyp', ascii('jxl \0\0\0\0jxl ')),
    ...inside.flat(),
  ];

  it('is that which is shown in JPEG XL', () => {
    expect(sizeOf('a.jxl', jxl([1, 1]))).toBe('60x40');
    expect(sizeOf('a.jxl', jxl([0, 1], [0, 1]))).toBe('60x40');
    expect(sizeOf('a.jxl', jxl([0, 1], [1, 1], [2, 3]))).toBe('60x40');
    expect(sizeOf('a.jxl', turned)).toBe('40x60');
    expect(sizeOf('a.jxl', boxed(box('jxlc', turned)))).toBe('40x60');
    expect(sizeOf('a.jxl', boxed(box('jxlp', zeros(4), turned)))).toBe('40x60');
    // Multiples of eight in five bits, and a width that follows from the height: 3:2.
    expect(
      sizeOf('a.jxl', [
        0xff,
        0x0a,
        ...packBits([
          [1, 1],
          [4, 5],
          [4, 3],
          [0, 1],
          [1, 1],
          [7, 3],
        ]),
        ...zeros(20),
      ]),
    ).toBe('40x60');
  });

  it('is that which is shown in TIFF', () => {
    const entry = (tag: number, value: number) => [
      ...little16(tag),
      ...little16(3),
      ...little32(1),
      ...little32(value),
    ];
    const tiff = (orientation: number) => [
      ...ascii('II*\0'),
      ...little32(8),
      ...little16(3),
      ...entry(0x100, 60),
      ...entry(0x101, 40),
      ...entry(0x112, orientation),
      ...zeros(4),
    ];
    expect(sizeOf('a.tiff', tiff(6))).toBe('40x60');
    expect(sizeOf('a.tiff', tiff(3))).toBe('60x40');
  });
});

describe('files of any kind', () => {
  const silence = Buffer.alloc(400);
  const beginnings: Readonly<Record<string, Bytes>> = {
    'a.mp3': [
      ...ascii('ID3\x03\0\0\0\0\0\x05'),
      ...zeros(5),
      0xff,
      0xfb,
      0x90,
      0xc0,
      ...zeros(413),
      0xff,
      0xfb,
      0x90,
      0xc0,
    ],
    'a.wav': [...ascii('RF64\xFF\xFF\xFF\xFFWAVEfmt \x10\0\0\0\x01\0\x01\0'), ...little32(8_000), ...zeros(8)],
    'a.ogg': [...ascii('OggS\0\x02'), ...zeros(20), 1, 80, ...ascii('Speex   '), ...zeros(72)],
    'a.mp4': [
      ...box('ftyp', ascii('isom')),
      ...box('moov', box('mvhd', zeros(96)), box('trak', box('edts', box('elst', zeros(20))))),
    ],
    'a.webm': [
      0x1a, 0x45, 0xdf, 0xa3, 0x80, 0x18, 0x53, 0x80, 0x67, 0xff, 0x15, 0x49, 0xa9, 0x66, 0x86, 0x44, 0x89, 0x84,
    ],
    'a.flac': [...ascii('fLaC'), ...zeros(40)],
    'a.jxl': [0xff, 0x0a, ...zeros(10)],
    'a.tiff': [...ascii('II*\0'), ...little32(8), 3, 0, ...zeros(40)],
    'a.avif': [
      ...box('ftyp', ascii('avif')),
      ...box('meta', zeros(4), box('pitm', zeros(6)), box('iprp', box('ipco', box('clap', zeros(32))))),
    ],
    'a.svg': ascii('<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><svg width="2in" viewBox="0 0 2 1">'),
  };

  it.each(Object.entries(beginnings))('are read to an end when they are cut or damaged: %s', (name, beginning) => {
    const whole = Buffer.concat([Buffer.from(beginning), silence]);
    const cuts = Array.from({ length: 10 }, (_, index) =>
      whole.subarray(0, Math.floor((whole.byteLength * index) / 10)),
    );
    const flips = Array.from({ length: 200 }, (_, seed) => {
      const random = createRandom(seed);
      const copy = Buffer.from(whole);
      for (let changes = random.below(8); changes >= 0; changes -= 1) {
        copy[random.below(beginning.length)] = random.below(256);
      }
      return copy;
    });
    for (const copy of [...cuts, ...flips]) {
      const { facts, parts } = read(name, copy, 64);
      expect(parts).toBeLessThanOrEqual(16);
      for (const number of [facts.durationSeconds, facts.width, facts.height]) {
        expect(number === null || (Number.isInteger(number) && number > 0)).toBe(true);
      }
    }
  });
});
