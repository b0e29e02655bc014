/**
 * MPEG audio, layer III: frames one after another, after tags that may hold a picture of any size. Encoders with a
 * variable bit rate count the frames in the first one (Xing, Info, VBRI).
 */

import { type AssetReading, type AssetStart, nameAt, readPart, skipTags } from './asset-reader.ts';
import { type FilmFacts, lasting } from './media-facts.ts';

/** Bit rates in kbit/s of MPEG 1 and of MPEG 2 (and 2.5), layer III. */
const BIT_RATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BIT_RATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const SAMPLING_RATES = [44_100, 48_000, 32_000];

const FRAMES_BYTES = 65_536;
/** How many frames have to agree before the bit rate is taken for constant, and how many at each place further on. */
const FRAMES_COMPARED_MAX = 100;
const VBRI_OFFSET = 36;

/** Joined files are read one after another: an advertisement, a jingle, then the episode. */
const JOINED_MAX = 4;
/** What may follow a sound that is whole: frames that nobody counted, padding. */
const REST_SHARE = 0.01;
const REST_BYTES = 4_096;
/** Where frames are looked at besides the first, as shares of the whole. */
const PLACES = [0.25, 0.6, 1];
/** So far from where frames of one length would begin: an encoder may choose which of them are a byte longer. */
const STRAY_BYTES_MAX = 8;
/** ID3v1 at the very end, and the footer of an APE tag before it or in its place. */
const ID3V1_BYTES = 128;
const APE_FOOTER_BYTES = 32;

interface Frame {
  readonly bitRate: number;
  readonly samplingRate: number;
  readonly samples: number;
  /** Between the header and what an encoder may have hidden in the first frame. */
  readonly sideBytes: number;
  readonly bytes: number;
}

/** An encoder's own count, in the first frame. */
interface Count {
  readonly frames: number;
  /** From that frame on, itself among them. */
  readonly bytes: number;
}

export function* readMpegAudio(asset: AssetStart): AssetReading<FilmFacts> {
  const end = yield* findEnd(asset);
  let seconds = 0;
  for (let at = 0, joined = 0; joined < JOINED_MAX; joined += 1) {
    const start = yield* skipTags(asset, joined === 0 ? 0 : yield* skipOldTag(asset, at));
    const view = yield* readPart(asset, start, FRAMES_BYTES);
    // What was joined behind an older tag begins a little later.
    const offset = joined === 0 ? 0 : findFrame(view);
    const first = offset === null ? null : frameAt(view, offset);
    if (first === null || offset === null) return lasting(null);
    const count = countOf(view, offset, first);
    const rest = count === null ? 0 : end - (start + offset + count.bytes);
    if (count === null || rest < -REST_BYTES) {
      const bytes = frameBytes(view, offset, first);
      const constant = bytes === null ? null : yield* readConstant(asset, start + offset, end, first, bytes);
      return lasting(constant === null ? null : seconds + constant);
    }
    seconds += (count.frames * first.samples) / first.samplingRate;
    if (rest <= Math.max(REST_BYTES, count.bytes * REST_SHARE)) return lasting(seconds);
    at = start + offset + count.bytes;
  }
  return lasting(null);
}

/** ID3v1 ends a file; of joined ones it stands in the middle. */
function* skipOldTag(asset: AssetStart, at: number): AssetReading<number> {
  const view = yield* readPart(asset, at, 4);
  return view.byteLength === 4 && nameAt(view, 0).startsWith('TAG') ? at + ID3V1_BYTES : at;
}

/** Where the sound ends: before an ID3v1 tag and an APE tag, which may hold a picture. */
function* findEnd(asset: AssetStart): AssetReading<number> {
  let end = asset.lengthBytes;
  const tail = yield* readPart(
    asset,
    Math.max(0, end - ID3V1_BYTES - APE_FOOTER_BYTES),
    ID3V1_BYTES + APE_FOOTER_BYTES,
  );
  const hasId3 = tail.byteLength >= ID3V1_BYTES && nameAt(tail, tail.byteLength - ID3V1_BYTES).startsWith('TAG');
  if (hasId3) end -= ID3V1_BYTES;
  const footer = tail.byteLength - (hasId3 ? ID3V1_BYTES : 0) - APE_FOOTER_BYTES;
  if (footer < 0 || nameAt(tail, footer) + nameAt(tail, footer + 4) !== 'APETAGEX') return end;
  const hasHeader = tail.getUint32(footer + 20, true) >>> 31 === 1;
  return end - tail.getUint32(footer + 12, true) - (hasHeader ? APE_FOOTER_BYTES : 0);
}

/**
 * By the length of frames, where those further on have the bit rate of those at the beginning and stand where they would if
 * nothing else was between; null where they don't.
 */
function* readConstant(
  asset: AssetStart,
  start: number,
  end: number,
  first: Frame,
  bytes: number,
): AssetReading<number | null> {
  for (const share of end - start > FRAMES_BYTES ? PLACES : []) {
    const place = Math.min(Math.floor(start + (end - start) * share), end - 2 * REST_BYTES);
    const view = yield* readPart(asset, place, REST_BYTES);
    const at = findFrame(view);
    const stray = (place + (at ?? 0) - start + STRAY_BYTES_MAX) % bytes;
    if (at === null || frameBytes(view, at, first) === null || stray > 2 * STRAY_BYTES_MAX) return null;
  }
  return (((end - start) / bytes) * first.samples) / first.samplingRate;
}

/** The first place of a frame that another follows; null where there is none. */
function findFrame(view: DataView): number | null {
  for (let at = 0; at + 4 <= view.byteLength && at < REST_BYTES; at += 1) {
    const frame = frameAt(view, at);
    if (frame !== null && at + frame.bytes + 4 <= view.byteLength && frameAt(view, at + frame.bytes) !== null)
      return at;
  }
  return null;
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

/** Xing's and Fraunhofer's headers. Without the number of bytes nobody can tell whether it is that of the whole. */
function countOf(view: DataView, at: number, first: Frame): Count | null {
  const xing = at + 4 + first.sideBytes;
  if (view.byteLength >= xing + 16 && /^(?:Xing|Info)$/.test(nameAt(view, xing))) {
    const hasBoth = (view.getUint32(xing + 4) & 3) === 3;
    return hasBoth ? { frames: view.getUint32(xing + 8), bytes: view.getUint32(xing + 12) } : null;
  }
  const vbri = at + VBRI_OFFSET;
  if (view.byteLength < vbri + 18 || nameAt(view, vbri) !== 'VBRI') return null;
  return { frames: view.getUint32(vbri + 14), bytes: view.getUint32(vbri + 10) };
}

/**
 * How many bytes the frames that can be seen from a place on have in the mean; null where their bit rates differ. Some encoders
 * lengthen none of them, so that the bit rate is a little lower than they say.
 */
function frameBytes(view: DataView, from: number, first: Frame): number | null {
  const exact = (first.samples * first.bitRate) / 8 / first.samplingRate;
  let isExact = false;
  let at = from;
  for (let seen = 0; seen < FRAMES_COMPARED_MAX && at + 4 <= view.byteLength; seen += 1) {
    const frame = frameAt(view, at);
    if (frame === null) break;
    if (frame.bitRate !== first.bitRate) return null;
    isExact ||= frame.bytes > exact;
    at += frame.bytes;
  }
  return isExact ? exact : Math.floor(exact);
}
