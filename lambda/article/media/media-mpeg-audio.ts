/**
 * MPEG audio, layer III: frames one after another, after tags that may hold a picture of any size. Encoders with a
 * variable bit rate count the frames in the first one (Xing, Info, VBRI).
 */

import { type AssetReading, type AssetStart, nameAt, readPart } from './asset-reader.ts';
import { type FilmFacts, lasting } from './media-facts.ts';

/** Bit rates in kbit/s of MPEG 1 and of MPEG 2 (and 2.5), layer III. */
const BIT_RATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BIT_RATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const SAMPLING_RATES = [44_100, 48_000, 32_000];

/** Several tags may stand one after another. */
const TAGS_MAX = 4;
const FRAMES_BYTES = 65_536;
/** How many frames have to agree before the bit rate is taken for constant. */
const FRAMES_COMPARED_MAX = 100;
const VBRI_OFFSET = 36;

interface Frame {
  readonly bitRate: number;
  readonly samplingRate: number;
  readonly samples: number;
  /** Between the header and what an encoder may have hidden in the first frame. */
  readonly sideBytes: number;
  readonly bytes: number;
}

export function* readMpegAudio(asset: AssetStart): AssetReading<FilmFacts> {
  let start = 0;
  for (let tags = 0; tags < TAGS_MAX; tags += 1) {
    const header = yield* readPart(asset, start, 10);
    if (!nameAt(header, 0).startsWith('ID3')) break;
    const footerBytes = (header.getUint8(5) & 0x10) === 0 ? 0 : 10;
    start += 10 + syncSafe(header, 6) + footerBytes;
  }
  const frames = yield* readPart(asset, start, FRAMES_BYTES);
  const first = frameAt(frames, 0);
  if (first === null) return lasting(null);
  const count = countedFrames(frames, first);
  if (count !== null) return lasting((count * first.samples) / first.samplingRate);
  return lasting(isConstant(frames, first) ? ((asset.lengthBytes - start) * 8) / first.bitRate : null);
}

function frameAt(view: DataView, at: number): Frame | null {
  const header = view.getUint32(at);
  if (header >>> 21 !== 0x7ff || ((header >>> 17) & 3) !== 1) return null;
  const version = (header >>> 19) & 3;
  const isFirst = version === 3;
  const base = SAMPLING_RATES[(header >>> 10) & 3];
  const bitRate = ((isFirst ? BIT_RATES_1 : BIT_RATES_2)[(header >>> 12) & 15] ?? 0) * 1_000;
  if (base === undefined || bitRate === 0 || version === 1) return null;
  const samplingRate = base / (isFirst ? 1 : version === 2 ? 2 : 4);
  const samples = isFirst ? 1_152 : 576;
  const isMono = ((header >>> 6) & 3) === 3;
  const padding = (header >>> 9) & 1;
  return {
    bitRate,
    samplingRate,
    samples,
    sideBytes: isFirst ? (isMono ? 17 : 32) : isMono ? 9 : 17,
    bytes: Math.floor((samples * bitRate) / 8 / samplingRate) + padding,
  };
}

function countedFrames(frames: DataView, first: Frame): number | null {
  const tag = 4 + first.sideBytes;
  if (frames.byteLength >= tag + 12 && /^(?:Xing|Info)$/.test(nameAt(frames, tag))) {
    const isCounted = (frames.getUint32(tag + 4) & 1) === 1;
    if (isCounted) return frames.getUint32(tag + 8);
  }
  const isFraunhofer = frames.byteLength >= VBRI_OFFSET + 18 && nameAt(frames, VBRI_OFFSET) === 'VBRI';
  return isFraunhofer ? frames.getUint32(VBRI_OFFSET + 14) : null;
}

/** Whether the frames that can be seen have one bit rate. */
function isConstant(frames: DataView, first: Frame): boolean {
  let at = first.bytes;
  for (let seen = 0; seen < FRAMES_COMPARED_MAX && at + 4 <= frames.byteLength; seen += 1) {
    const frame = frameAt(frames, at);
    if (frame === null) return true;
    if (frame.bitRate !== first.bitRate) return false;
    at += frame.bytes;
  }
  return true;
}

/** ID3v2: seven bits to the byte. */
function syncSafe(view: DataView, at: number): number {
  return (
    (view.getUint8(at) << 21) | (view.getUint8(at + 1) << 14) | (view.getUint8(at + 2) << 7) | view.getUint8(at + 3)
  );
}
