/**
 * How long a sound or film lasts, and how large its picture is: exact, or null. Broken files give null. A reader of our
 * own, because the libraries that read tags as well are a third of the size that the whole publisher has
 * (docs/decisions/009).
 */

import { type AssetReading, type AssetStart, limitParts, nameAt, readPart, skipTags } from './asset-reader.ts';
import { type FilmFacts, lasting, NOTHING_KNOWN } from './media-facts.ts';
import { readMatroska } from './media-matroska.ts';
import { readMp4 } from './media-mp4.ts';
import { readMpegAudio } from './media-mpeg-audio.ts';
import { readOgg } from './media-ogg.ts';

const DURATION_SECONDS_MAX = 1_000_000;
const CHUNKS_MAX = 1_000;

type Reader = (asset: AssetStart) => AssetReading<FilmFacts>;

const READERS: Readonly<Record<string, Reader>> = {
  'audio/flac': readFlac,
  'audio/mp4': readMp4,
  'audio/mpeg': readMpegAudio,
  'audio/ogg': readOgg,
  'audio/wav': readWave,
  'audio/webm': readMatroska,
  'audio/x-matroska': readMatroska,
  'audio/3gpp': readMp4,
  'video/3gpp': readMp4,
  'video/3gpp2': readMp4,
  'video/mp4': readMp4,
  'video/quicktime': readMp4,
  'video/webm': readMatroska,
  'video/x-m4v': readMp4,
  'video/x-matroska': readMatroska,
};

export function* readFilm(mimeType: string, asset: AssetStart): AssetReading<FilmFacts> {
  const reader = READERS[mimeType];
  if (reader === undefined) return NOTHING_KNOWN;
  try {
    const { durationSeconds: seconds, ...facts } = yield* limitParts(reader(asset));
    const isPlausible = seconds !== null && Number.isFinite(seconds) && seconds > 0 && seconds < DURATION_SECONDS_MAX;
    return { durationSeconds: isPlausible ? Math.max(1, Math.round(seconds)) : null, ...facts };
  } catch (error) {
    // A read past the end: the file is cut short, or is none of the kind that it claims to be.
    if (error instanceof RangeError) return NOTHING_KNOWN;
    throw error;
  }
}

/** RFC 9639 §8.2: the stream info block comes first and counts the samples. Some taggers put an ID3 tag before it. */
function* readFlac(asset: AssetStart): AssetReading<FilmFacts> {
  const view = yield* readPart(asset, yield* skipTags(asset, 0), 26);
  if (nameAt(view, 0) !== 'fLaC') return NOTHING_KNOWN;
  const rate = view.getUint32(18) >>> 12;
  const samples = (view.getUint8(21) & 0x0f) * 2 ** 32 + view.getUint32(22);
  return lasting(rate === 0 || samples === 0 ? null : samples / rate);
}

/** What `fmt ` says of a sound. */
interface WaveFormat {
  readonly kind: number;
  readonly samplesPerSecond: number;
  readonly blockBytes: number;
  /** Null where the format doesn't say. */
  readonly blockSamples: number | null;
}

/** Of these every sample takes the same room: PCM, floats, A-law and µ-law. */
const PLAIN_WAVES: readonly number[] = [0x0001, 0x0003, 0x0006, 0x0007];
/** The kind stands behind the rest. */
const EXTENSIBLE = 0xfffe;
const ADPCM_WAVES: readonly number[] = [0x0002, 0x0011];

/** Chunks: `fmt ` states the format, `fact` may count the samples, `data` holds them. */
function* readWave(asset: AssetStart): AssetReading<FilmFacts> {
  let format: WaveFormat | null = null;
  let counted = 0;
  let longBytes = 0xffff_ffff;
  for (let at = 12, chunks = 0; chunks < CHUNKS_MAX; chunks += 1) {
    const chunk = yield* readPart(asset, at, 34);
    const length = chunk.getUint32(4, true);
    const name = nameAt(chunk, 0);
    if (name === 'fmt ') format = readWaveFormat(chunk, length);
    if (name === 'fact' && length >= 4) counted = chunk.getUint32(8, true);
    // RF64 (EBU Tech 3306): a length that is all ones stands before, in 64 bits.
    if (name === 'ds64') longBytes = Number(chunk.getBigUint64(16, true));
    if (name === 'data') {
      const stated = length === 0xffff_ffff ? longBytes : length;
      return lasting(format && waveSeconds(format, counted, Math.min(stated, asset.lengthBytes - at - 8)));
    }
    at += 8 + length + (length % 2);
  }
  return NOTHING_KNOWN;
}

function readWaveFormat(chunk: DataView, length: number): WaveFormat {
  const named = chunk.getUint16(8, true);
  const kind = named === EXTENSIBLE ? chunk.getUint16(32, true) : named;
  return {
    kind,
    samplesPerSecond: chunk.getUint32(12, true),
    blockBytes: chunk.getUint16(20, true),
    blockSamples: ADPCM_WAVES.includes(kind) && length >= 20 ? chunk.getUint16(26, true) : null,
  };
}

/** The bytes a second, which a file also states, are only a hint. */
function waveSeconds(format: WaveFormat, counted: number, bytes: number): number | null {
  const { kind, samplesPerSecond, blockBytes, blockSamples } = format;
  if (samplesPerSecond === 0) return null;
  if (PLAIN_WAVES.includes(kind)) return bytes / blockBytes / samplesPerSecond;
  if (blockSamples !== null && blockBytes !== 0) {
    // The last block may not be full, which only the count says.
    const samples = Math.ceil(bytes / blockBytes) * blockSamples;
    const isCount = counted > samples - blockSamples && counted <= samples;
    return (isCount ? counted : samples) / samplesPerSecond;
  }
  return counted === 0 || counted === 0xffff_ffff ? null : counted / samplesPerSecond;
}
