/**
 * Ogg (RFC 3533): pages that each tell how far the sound has come. The first page names the codec and its rate; the
 * last one, at the very end of the file, how many samples there are.
 */

import { type AssetReading, type AssetStart, nameAt, readPart } from './asset-reader.ts';
import { type FilmFacts, lasting } from './media-facts.ts';

/** A page has at most 65,307 bytes, so the last one begins in here. */
const TAIL_BYTES = 65_536;
const FIRST_PAGE_BYTES_MAX = 512;
/** Opus counts in this rate whatever it was recorded in (RFC 7845, 4). */
const OPUS_RATE = 48_000;
/** Of a page on which no sound ends. */
const NO_POSITION = 0xffff_ffff_ffff_ffffn;

interface Stream {
  readonly serial: number;
  readonly samplesPerSecond: number;
  /** Samples before the sound begins. */
  readonly skipped: number;
}

export function* readOgg(asset: AssetStart): AssetReading<FilmFacts> {
  const stream = readStream(yield* readPart(asset, 0, FIRST_PAGE_BYTES_MAX));
  if (stream === null) return lasting(null);
  const from = Math.max(0, asset.lengthBytes - TAIL_BYTES);
  const end = findLastPosition(yield* readPart(asset, from, TAIL_BYTES), stream.serial);
  return lasting(end === null ? null : (end - stream.skipped) / stream.samplesPerSecond);
}

/** The codec's own header, in the first page. */
function readStream(head: DataView): Stream | null {
  const serial = head.getUint32(14, true);
  const packet = 27 + head.getUint8(26);
  const name = nameAt(head, packet) + nameAt(head, packet + 4);
  if (name === 'OpusHead') {
    return { serial, samplesPerSecond: OPUS_RATE, skipped: head.getUint16(packet + 10, true) };
  }
  if (name.startsWith('\x01vorbis')) return { serial, samplesPerSecond: head.getUint32(packet + 12, true), skipped: 0 };
  if (name === 'Speex   ') return { serial, samplesPerSecond: head.getUint32(packet + 36, true), skipped: 0 };
  if (name.startsWith('\x7fFLAC')) return { serial, samplesPerSecond: head.getUint32(packet + 27) >>> 12, skipped: 0 };
  return null;
}

function findLastPosition(tail: DataView, serial: number): number | null {
  for (let at = tail.byteLength - 27; at >= 0; at -= 1) {
    if (tail.getUint8(at) !== 0x4f || nameAt(tail, at) !== 'OggS') continue;
    const position = tail.getBigUint64(at + 6, true);
    if (tail.getUint32(at + 14, true) === serial && position !== NO_POSITION) return Number(position);
  }
  return null;
}
