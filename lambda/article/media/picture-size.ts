/**
 * How large a picture is when it is shown. `image-size` reads what files state first; what turns or crops the picture
 * afterwards is read here: `irot` and `clap` of HEIF, the orientation in a PNG, comments of an SVG.
 */

import { imageSize } from 'image-size';
import { nameAt } from './asset-reader.ts';
import { type Box, boxAt, findBoxes } from './media-mp4.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

const PIXELS_MAX = 100_000;
const CHUNKS_MAX = 1_000;
/** From 5 on, an orientation of EXIF turns the picture by a right angle. */
const TURNED_FROM = 5;

/** Null where it can't be told. */
export function probeSize(mimeType: string, head: Uint8Array): Size | null {
  try {
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    if (mimeType === 'image/avif' || mimeType === 'image/heic') return readHeif(view, mimeType === 'image/avif');
    const text = mimeType === 'image/svg+xml' && withoutDeclarations(Buffer.from(head).toString());
    // A pica is 16 pixels, as an em is to `image-size`, which takes it for the ninth part of one.
    const bytes = text ? Buffer.from(text.replaceAll('pc"', 'em"')) : head;
    const { width, height, orientation = ORIENTATION_READERS[mimeType]?.(view) ?? 1 } = imageSize(bytes);
    return orientation >= TURNED_FROM ? sizeOf(height, width) : sizeOf(width, height);
  } catch {
    return null;
  }
}

/** Whole pixels, where they are plausible. */
export function sizeOf(width: number | null, height: number | null): Size | null {
  return isPixels(width) && isPixels(height) ? { width: Math.round(width), height: Math.round(height) } : null;
}

function isPixels(value: number | null): value is number {
  return value !== null && Number.isFinite(value) && value >= 1 && value <= PIXELS_MAX;
}

/** What comments and declarations of XML hold is no picture. Each goes on to the end where it has none, so that none is looked for twice. */
export function withoutDeclarations(text: string): string {
  return text.replace(/<(?:!--.*?(?:-->|$)|\?.*?(?:\?>|$)|!doctype(?:[^>[]|\[[^\]]*(?:\]|$))*(?:>|$))/gis, '');
}

/** Of pictures that `image-size` doesn't turn. */
const ORIENTATION_READERS: Readonly<Record<string, (view: DataView) => number>> = {
  'image/jxl': jxlOrientation,
  'image/png': pngOrientation,
  'image/tiff': (view) => exifOrientation(view, 0),
};

/** ISO 18181-1, D.2 and D.3: the size, then metadata, whose first field that isn't as usual is the orientation. */
function jxlOrientation(view: DataView): number {
  const [whole] = findBoxes(view, 'jxlc', 0, view.byteLength);
  const [part] = findBoxes(view, 'jxlp', 0, view.byteLength);
  let rest = view.getBigUint64(2 + (part === undefined ? (whole?.contents ?? 0) : part.contents + 4), true);
  const take = (bits: number): number => {
    const value = BigInt.asUintN(bits, rest);
    rest >>= BigInt(bits);
    return Number(value);
  };
  const isSmall = take(1) === 1;
  const skipSide = () => take(isSmall ? 5 : (JXL_SIDE_BITS[take(2)] ?? 0));
  skipSide();
  if (take(3) === 0) skipSide();
  return take(1) === 0 && take(1) === 1 ? take(3) + 1 : 1;
}

const JXL_SIDE_BITS = [9, 13, 18, 30];

/** `eXIf` stands before the picture's data (PNG 3, 11.3.4.5); without it the picture stands upright. */
function pngOrientation(view: DataView): number {
  for (let at = 8, chunks = 0; at + 12 <= view.byteLength && chunks < CHUNKS_MAX; chunks += 1) {
    const name = nameAt(view, at + 4);
    if (name === 'IDAT') break;
    if (name === 'eXIf') return exifOrientation(view, at + 8);
    at += 12 + view.getUint32(at);
  }
  return 1;
}

const ORIENTATION = 0x0112;

/** The tag in the first directory of a TIFF. */
function exifOrientation(view: DataView, start: number): number {
  const isLittle = view.getUint16(start) === 0x4949;
  const directory = start + view.getUint32(start + 4, isLittle);
  for (let index = 0; index < view.getUint16(directory, isLittle); index += 1) {
    const at = directory + 2 + index * 12;
    if (view.getUint16(at, isLittle) === ORIENTATION) return view.getUint16(at + 8, isLittle);
  }
  return 1;
}

/**
 * HEIF (ISO 23008-12): of the picture that is shown (`pitm`), the properties in the order in which they are to be applied
 * (`ipma`): its size, then what is cut off (`clap`), and by how many right angles it is turned (`irot`).
 */
function readHeif(view: DataView, isAvif: boolean): Size | null {
  const [meta] = findBoxes(view, 'meta', 0, view.byteLength);
  if (meta === undefined || meta.end > view.byteLength) return null;
  const inside = (name: string, parent: Box, skipped = 0) =>
    findBoxes(view, name, parent.contents + skipped, parent.end)[0];
  // It has a version and flags before its boxes.
  const [primary, properties] = [inside('pitm', meta, 4), inside('iprp', meta, 4)];
  const list = properties && inside('ipco', properties);
  const links = properties && inside('ipma', properties);
  if (primary === undefined || list === undefined || links === undefined) return null;
  const item = readItem(view, primary.contents + 4, view.getUint8(primary.contents) === 0);
  let size: Size | null = null;
  for (const index of propertiesOf(view, links, item)) {
    const property = propertyAt(view, list, index);
    if (property === null) return null;
    size = applyProperty(view, property, size, isAvif);
  }
  return size && sizeOf(size.width, size.height);
}

function applyProperty(view: DataView, { name, contents }: Box, size: Size | null, isAvif: boolean): Size | null {
  if (name === 'ispe') return { width: view.getUint32(contents + 4), height: view.getUint32(contents + 8) };
  if (size === null) return null;
  if (name === 'clap') {
    const share = (at: number) => view.getInt32(contents + at) / view.getInt32(contents + at + 4);
    const [width, height] = [share(0), share(8)];
    // Chromium crops an AVIF only from its corner on; a HEIC is shown by programs that crop it anyhow.
    const isAtCorner = 2 * share(16) === width - size.width && 2 * share(24) === height - size.height;
    return isAvif && !isAtCorner ? null : { width, height };
  }
  const isTurned = name === 'irot' && view.getUint8(contents) % 2 === 1;
  return isTurned ? { width: size.height, height: size.width } : size;
}

/** Places in the list of properties, from 1 on. */
function propertiesOf(view: DataView, { contents }: Box, item: number): readonly number[] {
  const isShort = view.getUint8(contents) === 0;
  const isWide = (view.getUint8(contents + 3) & 1) === 1;
  const count = view.getUint32(contents + 4);
  for (let entry = 0, at = contents + 8; entry < count; entry += 1) {
    const id = readItem(view, at, isShort);
    at += isShort ? 2 : 4;
    const links = view.getUint8(at);
    const link = (index: number) =>
      isWide ? view.getUint16(at + 1 + index * 2) & 0x7fff : view.getUint8(at + 1 + index) & 0x7f;
    if (id === item) return Array.from({ length: links }, (_, index) => link(index));
    at += 1 + links * (isWide ? 2 : 1);
  }
  return [];
}

function readItem(view: DataView, at: number, isShort: boolean): number {
  return isShort ? view.getUint16(at) : view.getUint32(at);
}

function propertyAt(view: DataView, { contents, end }: Box, index: number): Box | null {
  for (let at = contents, place = 1; at + 8 <= end; place += 1) {
    const box = boxAt(view, at);
    if (box === null || place === index) return box;
    at = box.end;
  }
  return null;
}
