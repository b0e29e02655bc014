/**
 * How long a sound or film lasts, and how large its picture is: exact, or null. Broken files give null. A reader of our
 * own, because the libraries that read tags as well are a third of the size that the whole publisher has
 * (docs/decisions/009).
 */

import { type AssetReading, type AssetStart, limitParts, nameAt, readPart } from './asset-reader.ts';
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
    const { durationSeconds: seconds, width, height } = yield* limitParts(reader(asset));
    const isPlausible = seconds !== null && Number.isFinite(seconds) && seconds > 0 && seconds < DURATION_SECONDS_MAX;
    return { durationSeconds: isPlausible ? Math.max(1, Math.round(seconds)) : null, width, height };
  } catch (error) {
    // A read past the end: the file is cut short, or is none of the kind that it claims to be.
    if (error instanceof RangeError) return NOTHING_KNOWN;
    throw error;
  }
}

/** RFC 9639 §8.2: the stream info block comes first and counts the samples. */
function* readFlac(asset: AssetStart): AssetReading<FilmFacts> {
  const view = yield* readPart(asset, 0, 26);
  const rate = view.getUint32(18) >>> 12;
  const samples = (view.getUint8(21) & 0x0f) * 2 ** 32 + view.getUint32(22);
  return lasting(rate === 0 || samples === 0 ? null : samples / rate);
}

/** Chunks: `fmt ` states the bytes per second, `data` the bytes. */
function* readWave(asset: AssetStart): AssetReading<FilmFacts> {
  let bytesPerSecond = 0;
  for (let at = 12, chunks = 0; chunks < CHUNKS_MAX; chunks += 1) {
    const chunk = yield* readPart(asset, at, 20);
    const length = chunk.getUint32(4, true);
    const name = nameAt(chunk, 0);
    if (name === 'fmt ') bytesPerSecond = chunk.getUint32(16, true);
    if (name === 'data') {
      const bytes = Math.min(length, asset.lengthBytes - at - 8);
      return lasting(bytesPerSecond === 0 ? null : bytes / bytesPerSecond);
    }
    at += 8 + length + (length % 2);
  }
  return NOTHING_KNOWN;
}
