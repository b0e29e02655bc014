/** The readers of pictures, sounds and films. The first byte of an input is the ending, the rest the file. */

import fc from 'fast-check';
import { type AssetPart, limitParts } from '../../../lambda/article/media/asset-reader.ts';
import { type AssetFacts, probeAsset, readAsset } from '../../../lambda/article/media/media.ts';
import { ASSETS } from '../../hostile/assets.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { sampleFiles } from '../seeds.ts';

interface Outcome {
  readonly whole: AssetFacts;
  /** Read as from a store: the beginning first, then the parts that are asked for. */
  readonly inParts: AssetFacts;
  readonly parts: readonly AssetPart[];
}

const ENDINGS = [
  '',
  '.png',
  '.jpg',
  '.svg',
  '.webp',
  '.mp3',
  '.mp4',
  '.m4a',
  '.webm',
  '.mkv',
  '.ogg',
  '.opus',
  '.wav',
  '.flac',
  '.docx',
];
const HEAD_BYTES = 64;
const PARTS_MAX = 40;

const BOX_NAMES = [
  'ftyp',
  'moov',
  'mvhd',
  'trak',
  'tkhd',
  'mdia',
  'hdlr',
  'free',
  'mdat',
  'M4A ',
  'isom',
  'qt  ',
  'avif',
  'heic',
];
const SIGNATURES = [
  '\x89PNG\r\n\x1a\n',
  'IHDR',
  'GIF89a',
  'RIFF',
  'WEBP',
  'VP8X',
  'VP8 ',
  'WAVE',
  'fmt ',
  'data',
  'BM',
  'II*\0',
  'MM\0*',
  'fLaC',
  'ID3',
  'Xing',
  'Info',
  'VBRI',
  'TAG',
  'OggS',
  'OpusHead',
  'vorbis',
  '<svg width="10" viewBox="0 0 1 1">',
  '\xff\xfb\x90\x00',
  '\xff\xd8\xff',
  '\xff\xc0',
  'Exif\0\0',
  '\x1aE\xdf\xa3',
  '\x18S\x80g',
  '\x15I\xa9f',
  'D\x89',
  '*\xd7\xb1',
];

export const target: FuzzTarget<Outcome> = {
  name: 'media',
  seeds: () => [
    ...ASSETS.map(({ body }) => withEnding(0, body)),
    ...sampleFiles(['.png', '.jpg', '.mp3']).map((body) => withEnding(1, body)),
  ],
  dictionary: [...BOX_NAMES, ...SIGNATURES, '\0\0\0\x08', '\0\0\0\x01', '\xff\xff\xff\xff', '\0\0\0\0'],
  inputs: fc
    .array(
      fc.oneof(
        fc.constantFrom(...BOX_NAMES, ...SIGNATURES, '\0\0\0\x10').map(latin1),
        fc.uint8Array({ maxLength: 12 }),
      ),
      { maxLength: 20 },
    )
    .map((parts) => Uint8Array.from([3, ...parts.flatMap((part) => [...part])])),
  run(input) {
    const key = `media/a${ENDINGS[(input[0] ?? 0) % ENDINGS.length]}`;
    const bytes = input.subarray(1);
    return { whole: probeAsset(key, bytes), ...readInParts(key, bytes) };
  },
  judge({ whole, inParts, parts }, input) {
    const lengthBytes = Math.max(0, input.length - 1);
    return [
      ...[whole, inParts].flatMap((facts) => judgeFacts(facts, lengthBytes)),
      ...(parts.length > PARTS_MAX ? [`it asks for ${parts.length} parts`] : []),
      ...parts
        .filter(
          ({ from, bytes }) => !(from >= 0 && bytes >= 0 && Number.isSafeInteger(from) && Number.isSafeInteger(bytes)),
        )
        .map((part) => `it asks for ${JSON.stringify(part)}`),
    ];
  },
};

function readInParts(
  key: string,
  bytes: Uint8Array,
): { readonly inParts: AssetFacts; readonly parts: readonly AssetPart[] } {
  const parts: AssetPart[] = [];
  const reading = limitParts(readAsset(key, { head: bytes.subarray(0, HEAD_BYTES), lengthBytes: bytes.length }));
  for (let given = new Uint8Array(); ; ) {
    const step = reading.next(given);
    if (step.done === true) return { inParts: step.value, parts };
    parts.push(step.value);
    if (parts.length > PARTS_MAX) throw new Error('It asks for parts without end.');
    given = new Uint8Array(bytes.subarray(step.value.from, step.value.from + step.value.bytes));
  }
}

function judgeFacts(
  { mimeType, width, height, durationSeconds, ...facts }: AssetFacts,
  lengthBytes: number,
): readonly string[] {
  const measures = [width, height, durationSeconds].filter((number) => number !== null);
  return [
    ...(/^[\w.+-]+\/[\w.+-]+$/.test(mimeType) ? [] : [`the type is ${mimeType}`]),
    ...(facts.lengthBytes === lengthBytes ? [] : [`the length is ${facts.lengthBytes}`]),
    ...measures
      .filter((number) => !(Number.isSafeInteger(number) && number > 0))
      .map((number) => `a measure is ${number}`),
    ...((width === null) === (height === null) ? [] : ['it has one side']),
  ];
}

function withEnding(ending: number, body: Uint8Array): Uint8Array {
  return Uint8Array.from([ending, ...body]);
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
