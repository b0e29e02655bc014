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

const PAGE_HEADER_BYTES = 27;
const SEGMENTS_MAX = 255;
/** The tags may hold a picture. */
const TAG_PAGES_MAX = 12;

interface Stream {
  readonly serial: number;
  readonly samplesPerSecond: number;
  /** Samples before the sound begins. */
  readonly skipped: number;
  /** How many samples packets have; null where that takes more than their beginnings to tell. */
  readonly countSamples: ((packets: readonly DataView[]) => number) | null;
  /** At most so many samples to a packet, where they aren't counted. */
  readonly packetSamplesMax: number;
  /** Packets before those of sound, without the first. */
  readonly headers: number;
}

export function* readOgg(asset: AssetStart): AssetReading<FilmFacts> {
  const stream = readStream(yield* readPart(asset, 0, FIRST_PAGE_BYTES_MAX));
  if (stream === null) return lasting(null);
  const from = Math.max(0, asset.lengthBytes - TAIL_BYTES);
  const end = findLastPosition(yield* readPart(asset, from, TAIL_BYTES), stream.serial, from);
  const start = end === null ? null : yield* readStart(asset, stream);
  return lasting(end === null || start === null ? null : (end - start - stream.skipped) / stream.samplesPerSecond);
}

/** The codec's own header, in the first page. */
function readStream(head: DataView): Stream | null {
  const serial = head.getUint32(14, true);
  const packet = PAGE_HEADER_BYTES + head.getUint8(26);
  const name = nameAt(head, packet) + nameAt(head, packet + 4);
  const plain = { serial, skipped: 0, countSamples: null, packetSamplesMax: 0, headers: 2 };
  if (name === 'OpusHead') {
    const skipped = head.getUint16(packet + 10, true);
    return { ...plain, skipped, samplesPerSecond: OPUS_RATE, countSamples: countOpusSamples, headers: 1 };
  }
  if (name.startsWith('\x01vorbis')) {
    const packetSamplesMax = 2 ** (head.getUint8(packet + 28) >>> 4) / 2;
    return { ...plain, samplesPerSecond: head.getUint32(packet + 12, true), packetSamplesMax };
  }
  if (name === 'Speex   ') {
    const numberAt = (at: number) => head.getUint32(packet + at, true);
    return { ...plain, samplesPerSecond: numberAt(36), packetSamplesMax: numberAt(56) * numberAt(64), headers: 1 };
  }
  if (name.startsWith('\x7fFLAC')) {
    return {
      ...plain,
      samplesPerSecond: head.getUint32(packet + 27) >>> 12,
      packetSamplesMax: head.getUint16(packet + 19),
      headers: head.getUint16(packet + 7),
    };
  }
  return null;
}

/**
 * The position at which the sound begins: 0, but in what was cut from a stream (RFC 7845, 4.3). Null where it isn't 0 and
 * can't be told. The first page of sound is the one after the codec's headers; its position is that of its end.
 */
function* readStart(asset: AssetStart, stream: Stream): AssetReading<number | null> {
  let at = yield* endOfPage(asset, 0);
  for (let pages = 0, packets = 0; pages < TAG_PAGES_MAX; pages += 1) {
    const page = yield* readPart(asset, at, PAGE_HEADER_BYTES + SEGMENTS_MAX);
    if (nameAt(page, 0) !== 'OggS') return null;
    if (packets >= stream.headers) return yield* startOfPage(asset, at, page, stream);
    packets += lengthsOf(page).filter((length) => length < SEGMENTS_MAX).length;
    at = yield* endOfPage(asset, at);
  }
  return null;
}

function* startOfPage(
  asset: AssetStart,
  at: number,
  page: DataView,
  { countSamples, packetSamplesMax }: Stream,
): AssetReading<number | null> {
  const position = Number(page.getBigUint64(6, true));
  const lengths = lengthsOf(page);
  const ends = lengths.filter((length) => length < SEGMENTS_MAX).length;
  if (countSamples === null) return position <= ends * packetSamplesMax ? 0 : null;
  const body = at + PAGE_HEADER_BYTES + lengths.length;
  const view = yield* readPart(
    asset,
    body,
    lengths.reduce((sum, length) => sum + length, 0),
  );
  const packets: DataView[] = [];
  for (let from = 0, length = 0, index = 0; index < lengths.length; index += 1) {
    length += lengths[index] ?? 0;
    if (lengths[index] === SEGMENTS_MAX) continue;
    packets.push(new DataView(view.buffer, view.byteOffset + from, length));
    from += length;
    length = 0;
  }
  // The last page of a stream may be cut at its end: it then says less than its packets have.
  return Math.max(0, position - countSamples(packets));
}

/** Lengths of a page's segments, which make up its packets: one of 255 goes on. */
function lengthsOf(page: DataView): readonly number[] {
  return Array.from({ length: page.getUint8(26) }, (_, index) => page.getUint8(PAGE_HEADER_BYTES + index));
}

function* endOfPage(asset: AssetStart, at: number): AssetReading<number> {
  const lengths = lengthsOf(yield* readPart(asset, at, PAGE_HEADER_BYTES + SEGMENTS_MAX));
  return at + PAGE_HEADER_BYTES + lengths.reduce((sum, length) => sum + length, lengths.length);
}

/** RFC 6716, 3.1: the first byte of a packet says how long its frames are and how many there are. */
function countOpusSamples(packets: readonly DataView[]): number {
  return packets.reduce((sum, packet) => {
    if (packet.byteLength === 0) return sum;
    const first = packet.getUint8(0);
    const code = first & 3;
    const frames = code === 0 ? 1 : code < 3 ? 2 : packet.byteLength > 1 ? packet.getUint8(1) & 63 : 0;
    return sum + frames * opusFrameSamples(first >>> 3);
  }, 0);
}

/** In samples at 48 kHz, by the configuration: 10 to 60 ms in SILK, 10 and 20 in hybrid, 2.5 to 20 in CELT mode. */
function opusFrameSamples(configuration: number): number {
  if (configuration < 12) return [480, 960, 1_920, 2_880][configuration % 4] ?? 0;
  if (configuration < 16) return configuration % 2 === 0 ? 480 : 960;
  return 120 * 2 ** (configuration % 4);
}

/** Of the last page: null where another stream is seen, or begins, for then the file holds more than one. */
function findLastPosition(tail: DataView, serial: number, from: number): number | null {
  let last: number | null = null;
  for (let at = tail.byteLength - PAGE_HEADER_BYTES; at >= 0; at -= 1) {
    if (tail.getUint8(at) !== 0x4f || nameAt(tail, at) !== 'OggS') continue;
    const isFirst = (tail.getUint8(at + 5) & 2) !== 0 && from + at > 0;
    if (isFirst || tail.getUint32(at + 14, true) !== serial) return null;
    const position = tail.getBigUint64(at + 6, true);
    if (position !== NO_POSITION) last ??= Number(position);
  }
  return last;
}
