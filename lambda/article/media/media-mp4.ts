/**
 * MP4, M4A and QuickTime (ISO 14496-12): boxes inside boxes. `moov` tells the duration and the size of the picture; it
 * stands at the front or, as most encoders write it, at the end.
 */

import { type AssetReading, type AssetStart, nameAt, readPart } from './asset-reader.ts';
import { type FilmFacts, NOTHING_KNOWN } from './media-facts.ts';

const BOXES_MAX = 1_000;
const BOX_HEADER_BYTES = 16;
/** Of the lists of fragments at the ends of a film. */
const INDEX_BYTES_MAX = 262_144;
/** `moov` of a film of hours has megabytes, but its header comes first, and each track's header first in the track. */
const MOVIE_BYTES_MAX = 1_048_576;
/** So late nobody notices that something begins. */
const DELAY_SECONDS_MAX = 0.5;
/** In the list of what describes pictures (§12.1.3): where the first one's width is, and where its own boxes begin. */
const CODED_WIDTH = 40;
const PICTURE_ENTRY_BYTES = 94;

export interface Box {
  readonly name: string;
  readonly start: number;
  /** Of its contents. */
  readonly contents: number;
  readonly end: number;
}

/** What a film says of itself before its fragments. */
interface Movie {
  readonly facts: FilmFacts;
  /** Whether more of it comes in fragments, so that the header's duration is not that of the whole. */
  readonly isFragmented: boolean;
  /** Units of time in a second, by number of the track. */
  readonly scales: ReadonlyMap<number, number>;
  /** How long a sample lasts where its fragment doesn't say, by number of the track (`trex`). */
  readonly defaults: ReadonlyMap<number, number>;
}

export function* readMp4(asset: AssetStart): AssetReading<FilmFacts> {
  let movie: Movie | null = null;
  let endSeconds = 0;
  for (let at = 0, boxes = 0; at + 8 <= asset.lengthBytes && boxes < BOXES_MAX; boxes += 1) {
    const box = boxAt(yield* readPart(asset, at, BOX_HEADER_BYTES), 0);
    if (box === null) break;
    const contents = Math.min(box.end - box.contents, MOVIE_BYTES_MAX);
    if (box.name === 'moov') {
      movie = readMovie(yield* readPart(asset, at + box.contents, contents));
      if (movie.facts.durationSeconds !== null || !movie.isFragmented) return movie.facts;
    } else if (box.name === 'sidx' && movie !== null) {
      const index = readIndex(yield* readPart(asset, at + box.contents, contents));
      // One that leads to the end of the file tells of all that there is.
      if (index !== null && at + box.end + index.bytes >= asset.lengthBytes - INDEX_BYTES_MAX) {
        return { ...movie.facts, durationSeconds: index.seconds };
      }
    } else if (box.name === 'moof' && movie !== null) {
      const last = yield* findLastFragment(asset);
      if (last !== null && last > at) {
        at = last;
        continue;
      }
      const end = readFragment(yield* readPart(asset, at + box.contents, contents), movie);
      if (end === null) return movie.facts;
      endSeconds = Math.max(endSeconds, end);
    }
    at += box.end;
    if (at >= asset.lengthBytes - INDEX_BYTES_MAX && endSeconds > 0 && (yield* isAtEnd(asset, at))) {
      return { ...(movie?.facts ?? NOTHING_KNOWN), durationSeconds: endSeconds };
    }
  }
  return movie?.facts ?? NOTHING_KNOWN;
}

/** Whether nothing but the index of fragments is to come. */
function* isAtEnd(asset: AssetStart, at: number): AssetReading<boolean> {
  if (at >= asset.lengthBytes) return true;
  const view = yield* readPart(asset, at, 8);
  return view.byteLength === 8 && nameAt(view, 4) === 'mfra';
}

/** `mfra` (§8.8.9) ends a file with its own length, and lists fragments: the place of the last; null where there is none. */
function* findLastFragment(asset: AssetStart): AssetReading<number | null> {
  const tail = yield* readPart(asset, Math.max(0, asset.lengthBytes - 16), 16);
  if (tail.byteLength < 16 || nameAt(tail, 4) !== 'mfro') return null;
  const length = tail.getUint32(12);
  if (length > INDEX_BYTES_MAX || length > asset.lengthBytes) return null;
  const index = yield* readPart(asset, asset.lengthBytes - length, length);
  const places = findBoxes(index, 'tfra', 8, index.byteLength).flatMap(({ contents: from }) => {
    const isWide = index.getUint8(from) === 1;
    const count = index.getUint32(from + 12);
    const sizes = index.getUint32(from + 8);
    const bytes = (isWide ? 16 : 8) + 3 + ((sizes >>> 4) & 3) + ((sizes >>> 2) & 3) + (sizes & 3);
    if (count === 0) return [];
    const last = from + 16 + (count - 1) * bytes;
    return [unitsAt(index, last + (isWide ? 8 : 4), isWide)];
  });
  return places.length === 0 ? null : Math.max(...places);
}

/** `sidx` (§8.16.3): how long the parts behind it last together, and how many bytes they have. */
function readIndex(view: DataView): { readonly seconds: number; readonly bytes: number } | null {
  const isWide = view.getUint8(0) === 1;
  const scale = view.getUint32(8);
  const countAt = isWide ? 30 : 22;
  let [bytes, units] = [unitsAt(view, isWide ? 20 : 16, isWide), unitsAt(view, 12, isWide)];
  for (let index = 0; index < view.getUint16(countAt); index += 1) {
    const at = countAt + 2 + index * 12;
    bytes += view.getUint32(at) & 0x7fff_ffff;
    units += view.getUint32(at + 4);
  }
  return scale === 0 ? null : { seconds: units / scale, bytes };
}

/** When the last sample of a fragment ends, in seconds; null where it doesn't say. */
function readFragment(view: DataView, { scales, defaults }: Movie): number | null {
  const ends = findBoxes(view, 'traf', 0, view.byteLength).map((track) => {
    const header = boxIn(view, track, 'tfhd');
    const start = boxIn(view, track, 'tfdt');
    if (header === undefined || start === undefined) return null;
    const number = view.getUint32(header.contents + 4);
    const scale = scales.get(number) ?? 0;
    let units = unitsAt(view, start.contents + 4, isLong(view, start));
    const usual = defaultDuration(view, header) ?? defaults.get(number) ?? 0;
    for (const run of findBoxes(view, 'trun', track.contents, track.end)) units += runDuration(view, run, usual);
    return scale === 0 ? null : units / scale;
  });
  return ends.length === 0 || ends.includes(null) ? null : Math.max(...ends.map((end) => end ?? 0));
}

/** `tfhd` (§8.8.7): fields are there by flags. */
function defaultDuration(view: DataView, { contents }: Box): number | null {
  const flags = view.getUint32(contents) & 0xff_ffff;
  if ((flags & 8) === 0) return null;
  return view.getUint32(contents + 8 + ((flags & 1) === 0 ? 0 : 8) + ((flags & 2) === 0 ? 0 : 4));
}

/** `trun` (§8.8.8). */
function runDuration(view: DataView, { contents }: Box, usual: number): number {
  const flags = view.getUint32(contents) & 0xff_ffff;
  const count = view.getUint32(contents + 4);
  if ((flags & 0x100) === 0) return count * usual;
  const fields = [0x100, 0x200, 0x400, 0x800].filter((flag) => (flags & flag) !== 0).length;
  let at = contents + 8 + ((flags & 1) === 0 ? 0 : 4) + ((flags & 4) === 0 ? 0 : 4);
  let units = 0;
  for (let index = 0; index < count; index += 1, at += fields * 4) units += view.getUint32(at);
  return units;
}

function readMovie(movie: DataView): Movie {
  const tracks = findBoxes(movie, 'trak', 0, movie.byteLength);
  const kinds = tracks.map((track) => kindOf(movie, track));
  // A text may have a place on the picture, and a size.
  const sizes = tracks.flatMap((track, index) => ((kinds[index] ?? 'vide') === 'vide' && readSize(movie, track)) || []);
  const [extension] = findBoxes(movie, 'mvex', 0, movie.byteLength);
  const durationSeconds = extension === undefined ? readDuration(movie, tracks) : readWhole(movie, extension);
  return {
    facts: {
      ...(sizes[0] ?? NOTHING_KNOWN),
      durationSeconds,
      hasPicture: kinds.includes(null) || kinds.length === 0 ? null : kinds.includes('vide'),
    },
    isFragmented: extension !== undefined,
    scales: new Map(tracks.map((track) => readScale(movie, track)).filter((scale) => scale !== null)),
    defaults: new Map(
      (extension === undefined ? [] : findBoxes(movie, 'trex', extension.contents, extension.end)).map(
        ({ contents }) => {
          return [movie.getUint32(contents + 4), movie.getUint32(contents + 12)] as const;
        },
      ),
    ),
  };
}

/**
 * `mvhd` (§8.2.2): the time scale and the duration in it. Null where nothing is to be seen or heard at first (§8.6.6): some
 * players count that, and others begin behind it.
 */
function readDuration(movie: DataView, tracks: readonly Box[]): number | null {
  const header = readHeader(movie);
  if (header === null || header.scale === 0) return null;
  const isLate = (track: Box) => readDelay(movie, track) > DELAY_SECONDS_MAX * header.scale;
  return tracks[0] && tracks.every(isLate) ? null : header.duration / header.scale;
}

/** What an edit list's first entry lasts, if that is empty. */
function readDelay(movie: DataView, track: Box): number {
  const list = boxIn(movie, track, 'edts', 'elst');
  if (list === undefined || list.end < list.contents + 20) return 0;
  const isWide = isLong(movie, list);
  const duration = list.contents + 8;
  return movie.getInt32(duration + (isWide ? 8 : 4)) < 0 ? unitsAt(movie, duration, isWide) : 0;
}

/** All ones mean that nobody knows the duration. */
function readHeader(movie: DataView): { readonly scale: number; readonly duration: number } | null {
  const [header] = findBoxes(movie, 'mvhd', 0, movie.byteLength);
  if (header === undefined) return null;
  const isWide = isLong(movie, header);
  const scale = movie.getUint32(header.contents + (isWide ? 20 : 12));
  const duration = unitsAt(movie, header.contents + (isWide ? 24 : 16), isWide);
  return duration === (isWide ? 2 ** 64 : 0xffff_ffff) ? null : { scale, duration };
}

/** `mehd` (§8.8.2): the duration with all fragments, in units of `mvhd`; null where that was not known when it was written. */
function readWhole(movie: DataView, extension: Box): number | null {
  const header = boxIn(movie, extension, 'mehd');
  const scale = readHeader(movie)?.scale ?? 0;
  if (header === undefined || scale === 0) return null;
  const units = unitsAt(movie, header.contents + 4, isLong(movie, header));
  return units === 0 ? null : units / scale;
}

/** What a track holds, by its `hdlr` (§8.4.3); null where it doesn't lie in what was read. */
function kindOf(movie: DataView, track: Box): string | null {
  const handler = boxIn(movie, track, 'mdia', 'hdlr');
  return handler === undefined ? null : nameAt(movie, handler.contents + 8);
}

/** The number of a track (`tkhd`) and the units of its time (`mdhd`, §8.4.2). */
function readScale(movie: DataView, track: Box): readonly [number, number] | null {
  const header = boxIn(movie, track, 'tkhd');
  const time = boxIn(movie, track, 'mdia', 'mdhd');
  if (header === undefined || time === undefined) return null;
  const numberAt = (box: Box) => movie.getUint32(box.contents + (isLong(movie, box) ? 20 : 12));
  return [numberAt(header), numberAt(time)];
}

/** `tkhd` (§8.3.2) ends with the width and height of the picture, in 16.16 fixed point; 0 for a sound. */
function readSize(movie: DataView, track: Box): FilmFacts | null {
  const header = boxIn(movie, track, 'tkhd');
  if (header === undefined) return null;
  const height = movie.getUint32(header.end - 4) >>> 16;
  const width = widen(movie, track, movie.getUint32(header.end - 8) >>> 16);
  if (width === 0 || height === 0) return null;
  // The matrix of a film that was held upright turns it by a right angle: its diagonal is 0.
  const isTurned = movie.getInt32(header.end - 44) === 0 && movie.getInt32(header.end - 28) === 0;
  return { ...NOTHING_KNOWN, width: isTurned ? height : width, height: isTurned ? width : height };
}

/** Where a header has the width that is coded, `pasp` says how wide pixels are for their height (§12.1.4). */
function widen(movie: DataView, track: Box, width: number): number {
  const list = boxIn(movie, track, 'mdia', 'minf', 'stbl', 'stsd');
  if (list === undefined) return width;
  const [shape] = findBoxes(movie, 'pasp', list.contents + PICTURE_ENTRY_BYTES, list.end);
  if (shape === undefined || movie.getUint16(list.contents + CODED_WIDTH) !== width) return width;
  return (width * movie.getUint32(shape.contents)) / movie.getUint32(shape.contents + 4);
}

/** Whether a box has the version in which times have 64 bits. */
function isLong(view: DataView, { contents }: Box): boolean {
  return view.getUint8(contents) === 1;
}

function unitsAt(view: DataView, at: number, isWide: boolean): number {
  return isWide ? Number(view.getBigUint64(at)) : view.getUint32(at);
}

/** The first box at the end of a way from box to box, where all of it was read. */
function boxIn(view: DataView, box: Box, ...names: readonly string[]): Box | undefined {
  const found = names.reduce<Box | undefined>(
    (parent, name) => parent && findBoxes(view, name, parent.contents, parent.end)[0],
    box,
  );
  return found && found.end <= view.byteLength ? found : undefined;
}

export function findBoxes(view: DataView, name: string, from: number, to: number): readonly Box[] {
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
export function boxAt(view: DataView, at: number): Box | null {
  const short = view.getUint32(at);
  const isWide = short === 1;
  const length = isWide ? unitsAt(view, at + 8, true) : short;
  const headerBytes = isWide ? 16 : 8;
  if (length < headerBytes && length !== 0) return null;
  const end = length === 0 ? Number.MAX_SAFE_INTEGER : at + length;
  return { name: nameAt(view, at + 4), start: at, contents: at + headerBytes, end };
}
