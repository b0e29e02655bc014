/**
 * MP4, M4A and QuickTime (ISO 14496-12): boxes inside boxes. `moov` tells the duration and the size of the picture; it
 * stands at the front or, as most encoders write it, at the end.
 */

import { type AssetReading, type AssetStart, nameAt, readPart } from './asset-reader.ts';
import { type FilmFacts, NOTHING_KNOWN } from './media-facts.ts';

const BOXES_MAX = 1_000;
const BOX_HEADER_BYTES = 16;
/** `moov` of a film of hours has megabytes, but its header comes first, and each track's header first in the track. */
const MOVIE_BYTES_MAX = 1_048_576;

interface Box {
  readonly name: string;
  readonly start: number;
  /** Of its contents. */
  readonly contents: number;
  readonly end: number;
}

export function* readMp4(asset: AssetStart): AssetReading<FilmFacts> {
  for (let at = 0, boxes = 0; at + 8 <= asset.lengthBytes && boxes < BOXES_MAX; boxes += 1) {
    const header = yield* readPart(asset, at, BOX_HEADER_BYTES);
    const box = boxAt(header, 0);
    if (box === null) break;
    if (box.name === 'moov') {
      const contents = Math.min(box.end - box.contents, MOVIE_BYTES_MAX);
      return readMovie(yield* readPart(asset, at + box.contents, contents));
    }
    at += box.end;
  }
  return NOTHING_KNOWN;
}

function readMovie(movie: DataView): FilmFacts {
  const durationSeconds = readDuration(movie);
  const sizes = findBoxes(movie, 'trak', 0, movie.byteLength).flatMap((track) => readSize(movie, track) ?? []);
  return { ...(sizes[0] ?? NOTHING_KNOWN), durationSeconds };
}

/** `mvhd` (§8.2.2): the time scale and the duration in it. */
function readDuration(movie: DataView): number | null {
  const [header] = findBoxes(movie, 'mvhd', 0, movie.byteLength);
  if (header === undefined) return null;
  const isLong = movie.getUint8(header.contents) === 1;
  const scale = movie.getUint32(header.contents + (isLong ? 20 : 12));
  const duration = isLong ? Number(movie.getBigUint64(header.contents + 24)) : movie.getUint32(header.contents + 16);
  return scale === 0 ? null : duration / scale;
}

/** `tkhd` (§8.3.2) ends with the width and height of the picture, in 16.16 fixed point; 0 for a sound. */
function readSize(movie: DataView, track: Box): FilmFacts | null {
  const [header] = findBoxes(movie, 'tkhd', track.contents, track.end);
  if (header === undefined || header.end > movie.byteLength) return null;
  const width = movie.getUint32(header.end - 8) >>> 16;
  const height = movie.getUint32(header.end - 4) >>> 16;
  if (width === 0 || height === 0) return null;
  // The matrix of a film that was held upright turns it by a right angle: its diagonal is 0.
  const isTurned = movie.getInt32(header.end - 44) === 0 && movie.getInt32(header.end - 28) === 0;
  return { durationSeconds: null, width: isTurned ? height : width, height: isTurned ? width : height };
}

function findBoxes(view: DataView, name: string, from: number, to: number): readonly Box[] {
  const found: Box[] = [];
  const end = Math.min(to, view.byteLength);
  for (let at = from, boxes = 0; at + 8 <= end && boxes < BOXES_MAX; boxes += 1) {
    const box = boxAt(view, at);
    if (box === null) break;
    if (box.name === name) found.push(box);
    at = box.end;
  }
  return found;
}

/** A length of 1 announces a long one behind the name; 0 means the rest of the file, which nothing follows. */
function boxAt(view: DataView, at: number): Box | null {
  const short = view.getUint32(at);
  const isLong = short === 1;
  const length = isLong ? Number(view.getBigUint64(at + 8)) : short;
  const headerBytes = isLong ? 16 : 8;
  if (length < headerBytes && length !== 0) return null;
  const end = length === 0 ? Number.MAX_SAFE_INTEGER : at + length;
  return { name: nameAt(view, at + 4), start: at, contents: at + headerBytes, end };
}
