/**
 * What an asset really is, told by its bytes; its name is believed only when those say nothing. Reads nothing itself and
 * never throws: what can't be told is null.
 */

import { type AssetReading, type AssetStart, isTag, nameAt, readPart, readWhole, skipTags } from './asset-reader.ts';
import { findExporter, mayBeExport } from './export-file.ts';
import { readFilm } from './media-duration.ts';
import { NOTHING_KNOWN } from './media-facts.ts';
import { typeFromName } from './media-types.ts';
import { probeSize, sizeOf, withoutDeclarations } from './picture-size.ts';

export interface AssetFacts {
  readonly mimeType: string;
  readonly lengthBytes: number;
  /** Pixels, as the image or film is shown (a photo lying on its side is turned). */
  readonly width: number | null;
  readonly height: number | null;
  /** Whole seconds. */
  readonly durationSeconds: number | null;
  /**
   * The program whose export it is, so that it is never public; null for another file of such a name. Absent where the
   * name is none of an export, and in what an older publisher noted.
   */
  readonly exportOf?: string | null;
}

/** How much of an asset's beginning the probe wants: enough for the large metadata that cameras write. */
export const ASSET_HEAD_BYTES = 262_144;

/** As far as signatures go. */
const HEADER_BYTES = 64;
const UNKNOWN_TYPE = 'application/octet-stream';

/** `head` is the asset's beginning, or all of it; other parts are asked for where they tell more. */
export function* readAsset(key: string, { head, lengthBytes }: AssetStart): AssetReading<AssetFacts> {
  const told = typeFromBytes(head) ?? typeFromName(key) ?? UNKNOWN_TYPE;
  const mimeType = told === TAGGED ? yield* typeBehindTags({ head, lengthBytes }) : told;
  const film = /^(?:audio|video)\//.test(mimeType) ? yield* readFilm(mimeType, { head, lengthBytes }) : NOTHING_KNOWN;
  const size = mimeType.startsWith('image/') ? probeSize(mimeType, head) : sizeOf(film.width, film.height);
  return {
    mimeType: nameType(film.hasPicture === false ? (SOUND_TYPES[mimeType] ?? mimeType) : mimeType, key),
    lengthBytes,
    width: size?.width ?? null,
    height: size?.height ?? null,
    durationSeconds: film.durationSeconds,
    ...(mayBeExport(key) && { exportOf: findExporter(key, head) }),
  };
}

/** Films that have nothing to be seen. */
const SOUND_TYPES: Readonly<Record<string, string>> = {
  'video/webm': 'audio/webm',
  'video/mp4': 'audio/mp4',
  'video/3gpp': 'audio/3gpp',
};

/** An ID3 tag stands before an MP3, before ADTS (RFC 8216, 3.4), and by some taggers before FLAC. */
function* typeBehindTags(asset: AssetStart): AssetReading<string> {
  const view = yield* readPart(asset, yield* skipTags(asset, 0), 4);
  if (view.byteLength < 4) return 'audio/mpeg';
  if (nameAt(view, 0) === 'fLaC') return 'audio/flac';
  return isAdts(view) ? 'audio/aac' : 'audio/mpeg';
}

/** Twelve set bits, and no layer (ISO 13818-7, 6.2). */
function isAdts(view: DataView): boolean {
  return view.byteLength > 1 && (view.getUint16(0) & 0xfff6) === 0xfff0;
}

/** What an asset is, told by as much of it as is there; of a name alone at least its type is known. */
export function probeAsset(key: string, bytes: Uint8Array, lengthBytes = bytes.byteLength): AssetFacts {
  return readWhole(readAsset(key, { head: bytes.subarray(0, ASSET_HEAD_BYTES), lengthBytes }), bytes);
}

/** Bytes as text (`Latin-1`) at a place, and the type that they give away. */
const SIGNATURES: readonly (readonly [number, string, string])[] = [
  [0, '\xFF\xD8\xFF', 'image/jpeg'],
  [0, '\x89PNG\r\n\x1A\n', 'image/png'],
  [0, 'GIF87a', 'image/gif'],
  [0, 'GIF89a', 'image/gif'],
  [0, 'II*\0', 'image/tiff'],
  [0, 'MM\0*', 'image/tiff'],
  [0, '\0\0\x01\0', 'image/x-icon'],
  [0, '\xFF\x0A', 'image/jxl'],
  [4, 'JXL \r\n\x87\n', 'image/jxl'],
  [0, '%PDF-', 'application/pdf'],
  [0, 'fLaC', 'audio/flac'],
  [0, '\x1AE\xDF\xA3', 'video/webm'],
  [0, 'PK\x03\x04', 'application/zip'],
];

/** Containers: what follows their own name says what is in them. */
const RIFF_TYPES: Readonly<Record<string, string>> = {
  WEBP: 'image/webp',
  WAVE: 'audio/wav',
  'AVI ': 'video/x-msvideo',
};
/** By the first brand, and where that is any picture's by the compatible ones. */
const BRAND_TYPES: readonly (readonly [RegExp, string])[] = [
  [/^avi[fs]/, 'image/avif'],
  [/^m(?:if1|sf1)(?:.{4})*?avi[fs]/s, 'image/avif'],
  [/^(?:hei[cxms]|hev[cx]|mif1|msf1)/, 'image/heic'],
  [/^M4[AB] /, 'audio/mp4'],
  [/^qt {2}/, 'video/quicktime'],
  [/^3g2/, 'video/3gpp2'],
  [/^3g[peghrs]/, 'video/3gpp'],
  [/^/, 'video/mp4'],
];
const BRANDS_MAX = 64;

/** Stands for whatever follows an ID3 tag. */
const TAGGED = 'ID3';

/** Lengths of the headers that a bitmap has. */
const BITMAP_HEADERS: readonly number[] = [12, 16, 40, 52, 56, 64, 108, 124];

const SVG_CHARACTERS_MAX = 4_096;

function typeFromBytes(head: Uint8Array): string | null {
  const text = Buffer.from(head.subarray(0, SVG_CHARACTERS_MAX)).toString('latin1');
  for (const [place, signature, type] of SIGNATURES) {
    if (text.startsWith(signature, place)) return type;
  }
  if (text.startsWith('RIFF')) return RIFF_TYPES[text.slice(8, 12)] ?? null;
  if (text.startsWith('ftyp', 4)) return typeFromBrands(text);
  const view = new DataView(head.buffer, head.byteOffset, Math.min(head.byteLength, HEADER_BYTES));
  if (isTag(view)) return TAGGED;
  if (isBitmap(view)) return 'image/bmp';
  if (text.startsWith('OggS\0')) return /theora|VP8/.test(text.slice(0, 200)) ? 'video/ogg' : 'audio/ogg';
  if (/^(?:\xEF\xBB\xBF)?\s*<svg[\s>]/i.test(withoutDeclarations(text))) return 'image/svg+xml';
  if (isAdts(view)) return 'audio/aac';
  return isMpegAudio(head) ? 'audio/mpeg' : null;
}

/** ISO 14496-12, 4.3: a length, the name, the first brand, its version, and brands that go as well. */
function typeFromBrands(text: string): string | null {
  const length = text.charCodeAt(2) * 256 + text.charCodeAt(3);
  const brands = text.slice(8, 12) + text.slice(16, Math.min(length, 16 + 4 * BRANDS_MAX));
  return BRAND_TYPES.find(([brand]) => brand.test(brands))?.[1] ?? null;
}

/** Two letters are no signature: two reserved fields are 0, and the header has a length that there is. */
function isBitmap(view: DataView): boolean {
  if (view.byteLength < 18 || view.getUint16(0) !== 0x424d) return false;
  return view.getUint32(6, true) === 0 && BITMAP_HEADERS.includes(view.getUint32(14, true));
}

/** An MP3 without tags begins with a frame: eleven set bits, a layer, a bit rate and a sampling rate that exist. */
function isMpegAudio(head: Uint8Array): boolean {
  const [first = 0, second = 0, third = 0] = head;
  const isFrame = first === 0xff && (second & 0xe0) === 0xe0;
  return isFrame && (second & 0x06) === 0x02 && (third & 0xf0) !== 0xf0 && (third & 0x0c) !== 0x0c;
}

/** Types that several kinds of file share go by the name: a `.docx` is a ZIP, an `.mkv` looks like a `.webm`. */
function nameType(type: string, key: string): string {
  const named = typeFromName(key);
  if (named === null) return type;
  if (type === 'application/zip') return named;
  if (type === 'audio/webm' && named === 'video/x-matroska') return 'audio/x-matroska';
  if (/^(?:audio|video)\/webm$/.test(type) && /^(?:audio\/webm|video\/x-matroska|audio\/x-matroska)$/.test(named))
    return named;
  if (type === 'video/mp4' && named === 'audio/mp4') return named;
  if (type === 'audio/ogg' && named === 'audio/opus') return type;
  return type;
}
