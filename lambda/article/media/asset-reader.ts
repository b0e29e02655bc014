/**
 * Reading of an asset by parts: what tells how long a film lasts may lie at its end, behind a picture of half a
 * megabyte, or anywhere. Readers ask for the parts that they want to see, and whoever runs them has the store.
 */

/** Bytes of an asset that a reader wants to see; there may be fewer when the asset ends before. */
export interface AssetPart {
  readonly from: number;
  readonly bytes: number;
}

/** A reader: gives parts that it wants, is given their bytes, and returns what it has found out. */
export type AssetReading<Result> = Generator<AssetPart, Result, Uint8Array>;

/** Boxes of a film, tags before a sound: what people's files have needs four at most. */
const PARTS_MAX = 16;

/** The asset's beginning, which is there before anybody asks, and the length of the whole. */
export interface AssetStart {
  readonly head: Uint8Array;
  readonly lengthBytes: number;
}

/** The bytes at a place: a part of the beginning where that holds them, else asked for. */
export function* readPart({ head, lengthBytes }: AssetStart, from: number, bytes: number): AssetReading<DataView> {
  const wanted = Math.max(0, Math.min(bytes, lengthBytes - from));
  if (from + wanted <= head.byteLength) return viewOf(head.subarray(from, from + wanted));
  return viewOf(yield { from, bytes: wanted });
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Bounds a reader: once it has asked for too many parts it is given nothing more. */
export function* limitParts<Result>(reading: AssetReading<Result>): AssetReading<Result> {
  let given = new Uint8Array();
  for (let parts = 0; ; parts += 1) {
    const step = reading.next(given);
    if (step.done === true) return step.value;
    given = parts < PARTS_MAX ? new Uint8Array(yield step.value) : new Uint8Array();
  }
}

/** Runs a reader over an asset that is there as a whole; what lies behind the end of `bytes` is taken not to be there. */
export function readWhole<Result>(reading: AssetReading<Result>, bytes: Uint8Array): Result {
  for (let given = new Uint8Array(); ; ) {
    const step = reading.next(given);
    if (step.done === true) return step.value;
    given = new Uint8Array(bytes.subarray(step.value.from, step.value.from + step.value.bytes));
  }
}

/** Four bytes as text: the names of boxes, chunks and blocks. */
export function nameAt(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}

/** Several tags may stand one after another. */
const TAGS_MAX = 4;
const TAG_HEADER_BYTES = 10;

/** The place behind the ID3v2 tags that stand at a place: the place itself where there is none. */
export function* skipTags(asset: AssetStart, from: number): AssetReading<number> {
  let at = from;
  for (let tags = 0; tags < TAGS_MAX && at + TAG_HEADER_BYTES <= asset.lengthBytes; tags += 1) {
    const header = yield* readPart(asset, at, TAG_HEADER_BYTES);
    if (!isTag(header)) break;
    const footerBytes = (header.getUint8(5) & 0x10) === 0 ? 0 : TAG_HEADER_BYTES;
    at += TAG_HEADER_BYTES + syncSafe(header, 6) + footerBytes;
  }
  return at;
}

/** ID3v2.4, 3.1: `ID3`, one of three versions and a revision, flags, and a length whose bytes are below 0x80. */
export function isTag(header: DataView): boolean {
  if (header.byteLength < TAG_HEADER_BYTES || !nameAt(header, 0).startsWith('ID3')) return false;
  const version = header.getUint8(3);
  return version >= 2 && version <= 4 && [6, 7, 8, 9].every((at) => header.getUint8(at) < 0x80);
}

/** Seven bits to the byte. */
function syncSafe(view: DataView, at: number): number {
  return (
    (view.getUint8(at) << 21) | (view.getUint8(at + 1) << 14) | (view.getUint8(at + 2) << 7) | view.getUint8(at + 3)
  );
}
