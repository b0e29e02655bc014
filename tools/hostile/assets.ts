/** Files beside articles that lie about what they are, how big they are, or where they end. */

export interface HostileAsset {
  readonly name: string;
  readonly key: string;
  readonly body: Uint8Array;
  /** The type under which it may become public. */
  readonly mimeType: string;
}

const PNG = [0x89, ...bytes('PNG\r\n\x1a\n')];
const JPEG = [0xff, 0xd8, 0xff, 0xe0];
const SCRIPT = '<script>alert(1)</script>';
const HUGE = [0xff, 0xff, 0xff, 0xff];

const FILES: readonly (readonly [name: string, file: string, body: readonly number[], mimeType: string])[] = [
  ['nothing', 'empty.png', [], 'image/png'],
  ['one byte', 'one.jpg', [0xff], 'image/jpeg'],
  ['a PNG of its name alone', 'signature.png', PNG, 'image/png'],
  ['a PNG without a size', 'header.png', [...PNG, ...u32(13), ...bytes('IHDR')], 'image/png'],
  [
    'a PNG of no pixels',
    'zero.png',
    [...PNG, ...u32(13), ...bytes('IHDR'), ...u32(0), ...u32(0), 8, 6, 0, 0, 0],
    'image/png',
  ],
  [
    'a PNG of billions of pixels',
    'bomb.png',
    [...PNG, ...u32(13), ...bytes('IHDR'), ...HUGE, ...HUGE, 8, 6, 0, 0, 0],
    'image/png',
  ],
  ['a PNG with a chunk that never ends', 'chunk.png', [...PNG, ...HUGE, ...bytes('IHDR')], 'image/png'],
  ['a JPEG of its name alone', 'signature.jpg', JPEG, 'image/jpeg'],
  ['a JPEG with a segment of no length', 'segment.jpg', [...JPEG, 0, 0, ...Array<number>(5_000).fill(0)], 'image/jpeg'],
  ['a JPEG of markers alone', 'markers.jpg', [...JPEG.slice(0, 3), ...Array<number>(50_000).fill(0xff)], 'image/jpeg'],
  [
    'a JPEG whose EXIF leads in a circle',
    'exif.jpg',
    [
      0xff,
      0xd8,
      0xff,
      0xe1,
      0,
      60,
      ...bytes('Exif\0\0II*\0'),
      ...l32(8),
      1,
      0,
      0x12,
      1,
      4,
      0,
      ...HUGE,
      ...l32(8),
      ...l32(8),
      ...Array<number>(40).fill(8),
    ],
    'image/jpeg',
  ],
  ['a GIF that is a script', 'script.gif', bytes(`GIF89a=1;/*${'x'.repeat(100)}*/alert(1)`), 'image/gif'],
  ['a GIF that is a page', 'page.gif', bytes(`GIF89a${SCRIPT}`), 'image/gif'],
  ['a page under the name of a picture', 'page.png', bytes(`<html>${SCRIPT}</html>`), 'image/png'],
  ['a script under the name of a picture', 'script.jpg', bytes('alert(1)'), 'image/jpeg'],
  [
    'a drawing under the name of a picture',
    'drawing.png',
    bytes(`<svg xmlns="http://www.w3.org/2000/svg">${SCRIPT}</svg>`),
    'image/svg+xml',
  ],
  [
    'a drawing with a script',
    'script.svg',
    bytes(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${SCRIPT}</svg>`),
    'image/svg+xml',
  ],
  [
    'a drawing of a billion laughs',
    'laughs.svg',
    bytes(`<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><svg width="&b;"/>`),
    'image/svg+xml',
  ],
  [
    'a drawing of endless width',
    'wide.svg',
    bytes(`<svg width="${'9'.repeat(1_000)}" height="1e999"/>`),
    'image/svg+xml',
  ],
  ['a drawing of openings', 'open.svg', bytes(`<svg ${'a="'.repeat(20_000)}`), 'image/svg+xml'],
  ['a picture under the name of a page', 'picture.xhtml', PNG, 'image/png'],
  ['a WebP without a size', 'size.webp', bytes('RIFF\xff\xff\xff\xffWEBPVP8X'), 'image/webp'],
  [
    'an AVIF whose boxes hold themselves',
    'boxes.avif',
    [...u32(16), ...bytes('ftypavif'), ...Array.from({ length: 2_000 }, () => [...u32(0), ...bytes('meta')]).flat()],
    'image/avif',
  ],
  [
    'a TIFF that leads in a circle',
    'circle.tif',
    [...bytes('II*\0'), ...l32(8), 1, 0, 0, 1, 3, 0, ...l32(1), ...l32(8), ...l32(8)],
    'image/tiff',
  ],
  ['an icon of many pictures', 'many.ico', [0, 0, 1, 0, 0xff, 0xff, ...Array<number>(3_000).fill(0)], 'image/x-icon'],
  ['an MP3 whose tag never ends', 'tag.mp3', [...bytes('ID3'), 4, 0, 0, 0x7f, 0x7f, 0x7f, 0x7f], 'audio/mpeg'],
  [
    'an MP3 of frames without length',
    'frames.mp3',
    Array.from({ length: 5_000 }, () => [0xff, 0xfb, 0x10, 0]).flat(),
    'audio/mpeg',
  ],
  [
    'an MP3 that counts to the last number',
    'xing.mp3',
    [0xff, 0xfb, 0x90, 0, ...Array<number>(32).fill(0), ...bytes('Xing'), ...u32(1), ...HUGE],
    'audio/mpeg',
  ],
  [
    'a film whose box is larger than it',
    'box.mp4',
    [...u32(16), ...bytes('ftypisom'), ...u32(0), ...HUGE, ...bytes('moov')],
    'video/mp4',
  ],
  [
    'a film of boxes without length',
    'zero.mp4',
    [
      ...u32(16),
      ...bytes('ftypisom'),
      ...u32(0),
      ...Array.from({ length: 5_000 }, () => [...u32(0), ...bytes('moov')]).flat(),
    ],
    'video/mp4',
  ],
  [
    'a film of boxes inside one another',
    'nested.mp4',
    [
      ...u32(16),
      ...bytes('ftypisom'),
      ...u32(0),
      ...Array.from({ length: 5_000 }, (_, depth) => [...u32((5_000 - depth) * 8), ...bytes('moov')]).flat(),
    ],
    'video/mp4',
  ],
  [
    'a film of no time scale',
    'scale.mp4',
    [
      ...u32(16),
      ...bytes('ftypisom'),
      ...u32(0),
      ...u32(116),
      ...bytes('moov'),
      ...u32(108),
      ...bytes('mvhd'),
      ...Array<number>(100).fill(0),
    ],
    'video/mp4',
  ],
  [
    'a recording of endless length',
    'length.wav',
    [...bytes('RIFF'), ...HUGE, ...bytes('WAVEfmt '), ...HUGE],
    'audio/wav',
  ],
  [
    'a recording of empty chunks',
    'chunks.wav',
    [
      ...bytes('RIFF'),
      ...HUGE,
      ...bytes('WAVE'),
      ...Array.from({ length: 5_000 }, () => [...bytes('junk'), 0, 0, 0, 0]).flat(),
    ],
    'audio/wav',
  ],
  [
    'a recording of no rate',
    'rate.wav',
    [
      ...bytes('RIFF'),
      ...HUGE,
      ...bytes('WAVEfmt '),
      ...l32(16),
      ...Array<number>(16).fill(0),
      ...bytes('data'),
      ...HUGE,
    ],
    'audio/wav',
  ],
  ['a FLAC of no rate', 'rate.flac', [...bytes('fLaC'), 0, 0, 0, 34, ...Array<number>(34).fill(0)], 'audio/flac'],
  ['a FLAC cut in its first block', 'cut.flac', [...bytes('fLaC'), 0x80, 0xff, 0xff, 0xff], 'audio/flac'],
  [
    'an Ogg of pages without end',
    'pages.ogg',
    Array.from({ length: 2_000 }, () => [...bytes('OggS'), 0, 0, ...Array<number>(20).fill(0xff), 0]).flat(),
    'audio/ogg',
  ],
  [
    'a WebM of unknown sizes',
    'sizes.webm',
    [
      0x1a,
      0x45,
      0xdf,
      0xa3,
      ...Array.from({ length: 3_000 }, () => [0x18, 0x53, 0x80, 0x67, 0x01, ...HUGE, 0xff, 0xff, 0xff]).flat(),
    ],
    'video/webm',
  ],
  ['a WebM of zeros', 'zeros.webm', [0x1a, 0x45, 0xdf, 0xa3, ...Array<number>(20_000).fill(0)], 'video/webm'],
  [
    'a PDF with a script',
    'script.pdf',
    bytes('%PDF-1.7 /OpenAction << /S /JavaScript /JS (app.alert(1)) >>'),
    'application/pdf',
  ],
  ['an archive that is a picture', 'archive.png', bytes('PK\x03\x04'), 'image/png'],
];

export const ASSETS: readonly HostileAsset[] = FILES.map(([name, file, body, mimeType]) => ({
  name,
  key: `assets/${file}`,
  body: new Uint8Array(body),
  mimeType,
}));

function bytes(latin1: string): readonly number[] {
  return [...Buffer.from(latin1, 'latin1')];
}

function u32(value: number): readonly number[] {
  return [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

function l32(value: number): readonly number[] {
  return [...u32(value)].reverse();
}
