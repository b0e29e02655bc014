/** How long a sound or film lasts, as far as its beginning tells: exact, or null. Broken files give null. */

export function probeDuration(mimeType: string, head: Uint8Array, lengthBytes: number): number | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  try {
    const seconds = PROBES[mimeType]?.(view, lengthBytes) ?? null;
    return seconds !== null && Number.isFinite(seconds) && seconds > 0 && seconds < DURATION_SECONDS_MAX
      ? Math.max(1, Math.round(seconds))
      : null;
  } catch (error) {
    // A read past the end: the file is cut short, or what is looked for lies behind the beginning.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const DURATION_SECONDS_MAX = 1_000_000;

type Probe = (view: DataView, lengthBytes: number) => number | null;

const PROBES: Readonly<Record<string, Probe>> = {
  'audio/flac': flac,
  'audio/mp4': mp4,
  'audio/mpeg': mp3,
  'audio/wav': wav,
  'video/mp4': mp4,
  'video/quicktime': mp4,
};

/** RFC 9639 §8.2: the stream info block comes first and counts the samples. */
function flac(view: DataView): number | null {
  const rate = view.getUint32(18) >>> 12;
  const samples = (view.getUint8(21) & 0x0f) * 2 ** 32 + view.getUint32(22);
  return rate === 0 || samples === 0 ? null : samples / rate;
}

/** Chunks: `fmt ` states the bytes per second, `data` the bytes. */
function wav(view: DataView, lengthBytes: number): number | null {
  let bytesPerSecond = 0;
  for (let at = 12, chunks = 0; chunks < CHUNKS_MAX; chunks += 1) {
    const name = nameAt(view, at);
    const length = view.getUint32(at + 4, true);
    if (name === 'fmt ') bytesPerSecond = view.getUint32(at + 16, true);
    if (name === 'data') return bytesPerSecond === 0 ? null : Math.min(length, lengthBytes - at - 8) / bytesPerSecond;
    at += 8 + length + (length % 2);
  }
  return null;
}

const CHUNKS_MAX = 1_000;

/** ISO 14496-12 §8.2.2: `mvhd` inside `moov` holds the time scale and the duration. */
function mp4(view: DataView): number | null {
  const movie = findBox(view, 'moov', 0, view.byteLength);
  const header = movie && findBox(view, 'mvhd', movie.start, movie.end);
  if (!header) return null;
  const isLong = view.getUint8(header.start) === 1;
  const scale = view.getUint32(header.start + (isLong ? 20 : 12));
  const duration = isLong ? Number(view.getBigUint64(header.start + 24)) : view.getUint32(header.start + 16);
  return scale === 0 ? null : duration / scale;
}

function findBox(view: DataView, name: string, from: number, to: number): { start: number; end: number } | null {
  for (let at = from, boxes = 0; at + 8 <= to && boxes < CHUNKS_MAX; boxes += 1) {
    const short = view.getUint32(at);
    const headerBytes = short === 1 ? 16 : 8;
    const length = short === 1 ? Number(view.getBigUint64(at + 8)) : short;
    if (nameAt(view, at + 4) === name) return { start: at + headerBytes, end: Math.min(at + length, view.byteLength) };
    if (length < headerBytes) return null;
    at += length;
  }
  return null;
}

/** Bit rates in kbit/s of MPEG 1 and of MPEG 2 (and 2.5), layer III. */
const BIT_RATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BIT_RATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const SAMPLING_RATES = [44_100, 48_000, 32_000];

/** By the frame count that encoders write into the first frame; without one the bit rate is taken for constant. */
function mp3(view: DataView, lengthBytes: number): number | null {
  const start = nameAt(view, 0).startsWith('ID3') ? 10 + syncSafe(view, 6) : 0;
  const header = view.getUint32(start);
  if (header >>> 21 !== 0x7ff || ((header >>> 17) & 3) !== 1) return null;
  const version = (header >>> 19) & 3;
  const samplingRate = (SAMPLING_RATES[(header >>> 10) & 3] ?? 0) / (version === 3 ? 1 : version === 2 ? 2 : 4);
  const bitRate = (version === 3 ? BIT_RATES_1 : BIT_RATES_2)[(header >>> 12) & 15] ?? 0;
  const isMono = ((header >>> 6) & 3) === 3;
  const sideBytes = version === 3 ? (isMono ? 17 : 32) : isMono ? 9 : 17;
  const tag = start + 4 + sideBytes;
  const isCounted = /^(?:Xing|Info)$/.test(nameAt(view, tag)) && (view.getUint32(tag + 4) & 1) === 1;
  if (isCounted) return (view.getUint32(tag + 8) * (version === 3 ? 1_152 : 576)) / samplingRate;
  return bitRate === 0 ? null : ((lengthBytes - start) * 8) / (bitRate * 1_000);
}

/** ID3v2: seven bits to the byte. */
function syncSafe(view: DataView, at: number): number {
  return (
    (view.getUint8(at) << 21) | (view.getUint8(at + 1) << 14) | (view.getUint8(at + 2) << 7) | view.getUint8(at + 3)
  );
}

function nameAt(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}
