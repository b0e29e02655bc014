/**
 * Matroska and WebM (RFC 9559): elements inside elements, whose ids and lengths have a variable number of bytes. `Info`
 * tells the duration and `Tracks` the size of the picture; both stand before the pictures and sounds themselves.
 */

import { type AssetReading, type AssetStart, readPart } from './asset-reader.ts';
import { type FilmFacts, lasting, NOTHING_KNOWN } from './media-facts.ts';

const SEGMENT = 0x18538067;
const INFO = 0x1549a966;
const TIMESTAMP_SCALE = 0x2ad7b1;
const DURATION = 0x4489;
const TRACKS = 0x1654ae6b;
const TRACK_ENTRY = 0xae;
const VIDEO = 0xe0;
const PIXEL_WIDTH = 0xb0;
const PIXEL_HEIGHT = 0xba;
const DISPLAY_WIDTH = 0x54b0;
const DISPLAY_HEIGHT = 0x54ba;
const DISPLAY_UNIT = 0x54b2;

const ELEMENTS_MAX = 1_000;
const TIMESTAMP_SCALE_DEFAULT_NS = 1_000_000;

interface Element {
  readonly id: number;
  readonly contents: number;
  readonly end: number;
}

export function* readMatroska(asset: AssetStart): AssetReading<FilmFacts> {
  const view = yield* readPart(asset, 0, asset.head.byteLength);
  const [segment] = elementsOf(view, 0, view.byteLength).filter(({ id }) => id === SEGMENT);
  if (segment === undefined) return NOTHING_KNOWN;
  const info = child(view, segment, INFO);
  const tracks = child(view, segment, TRACKS);
  const videos = tracks === null ? [] : elementsOf(view, tracks.contents, tracks.end);
  const video = videos
    .filter(({ id }) => id === TRACK_ENTRY)
    .map((track) => child(view, track, VIDEO))
    .find((found) => found !== null);
  return {
    ...lasting(info === null ? null : readDuration(view, info)),
    ...readSize(view, video ?? null),
    hasPicture: tracks === null || tracks.end > view.byteLength ? null : video !== undefined,
  };
}

/** As it is shown (5.1.4.1.28): in pixels; in other units it only says how wide it is for its height. */
function readSize(view: DataView, video: Element | null): Pick<FilmFacts, 'width' | 'height'> {
  const width = readNumber(view, video, PIXEL_WIDTH);
  const height = readNumber(view, video, PIXEL_HEIGHT);
  const shownWidth = readNumber(view, video, DISPLAY_WIDTH);
  const shownHeight = readNumber(view, video, DISPLAY_HEIGHT);
  if (width === null || height === null) return { width, height };
  if ((readNumber(view, video, DISPLAY_UNIT) ?? 0) === 0) {
    return { width: shownWidth || width, height: shownHeight || height };
  }
  return shownWidth && shownHeight
    ? { width: Math.round((height * shownWidth) / shownHeight), height }
    : { width, height };
}

/** In units of the time scale, as a float. */
function readDuration(view: DataView, info: Element): number | null {
  const duration = child(view, info, DURATION);
  if (duration === null) return null;
  const units =
    duration.end - duration.contents === 4 ? view.getFloat32(duration.contents) : view.getFloat64(duration.contents);
  return (units * (readNumber(view, info, TIMESTAMP_SCALE) ?? TIMESTAMP_SCALE_DEFAULT_NS)) / 1e9;
}

function readNumber(view: DataView, parent: Element | null, id: number): number | null {
  const element = parent && child(view, parent, id);
  if (!element) return null;
  let value = 0;
  for (let at = element.contents; at < element.end; at += 1) value = value * 256 + view.getUint8(at);
  return value;
}

function child(view: DataView, parent: Element, id: number): Element | null {
  return elementsOf(view, parent.contents, parent.end).find((element) => element.id === id) ?? null;
}

/** The elements between two places, as far as they begin before the end of what there is. */
function elementsOf(view: DataView, from: number, to: number): readonly Element[] {
  const elements: Element[] = [];
  const limit = Math.min(to, view.byteLength);
  for (let at = from; at + 2 <= limit && elements.length < ELEMENTS_MAX; ) {
    const idBytes = Math.clz32(view.getUint8(at)) - 23;
    const lengthAt = at + idBytes;
    if (idBytes > 4 || lengthAt >= limit) break;
    const lengthBytes = Math.clz32(view.getUint8(lengthAt)) - 23;
    const contents = lengthAt + lengthBytes;
    if (lengthBytes > 8 || contents > limit) break;
    const length = readLength(view, lengthAt, lengthBytes);
    elements.push({ id: readBytes(view, at, idBytes), contents, end: contents + length });
    at = contents + length;
  }
  return elements;
}

/** The first byte's highest bit set only counts the bytes; all other bits set mean that the length is not known. */
function readLength(view: DataView, at: number, bytes: number): number {
  const first = view.getUint8(at) - 2 ** (8 - bytes);
  const value = first * 2 ** (8 * (bytes - 1)) + readBytes(view, at + 1, bytes - 1);
  return value === 2 ** (7 * bytes) - 1 ? Number.MAX_SAFE_INTEGER : value;
}

function readBytes(view: DataView, at: number, bytes: number): number {
  let value = 0;
  for (let index = 0; index < bytes; index += 1) value = value * 256 + view.getUint8(at + index);
  return value;
}
