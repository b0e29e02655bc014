/**
 * A site store that keeps every text compressed as well: `<path>.br` and `<path>.gz` beside the plain bytes, each an
 * object of its own. CloudFront doesn't compress Atom and JSON Feed by itself, and compressing once at publication
 * costs less than each time.
 *
 * The plain document is written first and removed last, so it shows whether anything is left to do.
 * - The condition of a write is that of the plain document. Where it was written, so are its variants; where it was there
 *   already, each is compared on its own, so that a run that stopped in between is mended by the next write of the same
 *   bytes.
 * - A removal removes all three, whatever is there: a slow write may have left a variant alone.
 *
 * `inspect` finds a document only if all its variants are there: otherwise a caller would send clients to a missing
 * one. `read` gives the plain document in any case, and listings leave the variants out.
 */

import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { hasVariants, plainPathOf, VARIANTS } from '../address/variants.ts';
import { createTurns, mapBounded } from './bounded.ts';
import {
  type Listing,
  type ListOptions,
  type ObjectFacts,
  type ObjectHeaders,
  type RemoveResult,
  type Store,
  StoreError,
  type WriteOptions,
  type WriteResult,
} from './store.ts';

/** For what changes again and again: what comes next costs four times as much for a quarter of a percent. */
const BROTLI_QUALITY = 8;
/**
 * For sealed pages: the best that takes about 40 ms at most, since a run may write 400 of them in four formats, and in an
 * import each may be written many times (decision 018).
 */
const SEALED_QUALITIES = [
  { bytesMax: 20_000, quality: 11 },
  { bytesMax: 50_000, quality: 10 },
] as const;
const SEALED = /(?:^|\/)archive\//;
/** What changes again and again: 9 costs a quarter more for a tenth of a percent (decision 150). */
const GZIP_LEVEL = 6;
const SEALED_GZIP_LEVEL = 9;

export type VariantEncoding = (typeof VARIANTS)[number]['encoding'];

/**
 * Each takes up to 17 MB, which V8 counts as its own: with more of them it collects all its garbage anew, several times an
 * upload. No machine that publishes has many cores.
 */
const COMPRESSIONS_AT_ONCE_MAX = 2;
/** Handed over by another thread piece by piece. Most texts are shorter than this when they are compressed. */
const PIECE_BYTES = 64 * 1024;
/** Of Brotli: the power of two within which it looks for what was there before. */
const WINDOW_BITS = { min: 16, max: 22 } as const;

const inTurn = createTurns(COMPRESSIONS_AT_ONCE_MAX);

/** The bytes of a variant: the same for the same text at the same path, whatever was there before. */
export function compressVariant(encoding: VariantEncoding, path: string, body: Uint8Array): Promise<Uint8Array> {
  const { byteLength } = body;
  if (encoding === 'gzip') {
    const level = SEALED.test(path) ? SEALED_GZIP_LEVEL : GZIP_LEVEL;
    return inTurn(() => promisify(gzip)(body, { level, chunkSize: PIECE_BYTES }));
  }
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: qualityOf(path, byteLength),
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: byteLength,
    [constants.BROTLI_PARAM_LGWIN]: windowBitsOf(byteLength),
  };
  return inTurn(() => promisify(brotliCompress)(body, { params, chunkSize: PIECE_BYTES }));
}

/** A window that is wider than the text takes memory, and finds nothing more. */
function windowBitsOf(lengthBytes: number): number {
  const { min, max } = WINDOW_BITS;
  return Math.min(max, Math.max(min, Math.ceil(Math.log2(lengthBytes + 1))));
}

function qualityOf(path: string, lengthBytes: number): number {
  if (!SEALED.test(path)) return BROTLI_QUALITY;
  return SEALED_QUALITIES.find(({ bytesMax }) => lengthBytes <= bytesMax)?.quality ?? BROTLI_QUALITY;
}

/** @param compress the bytes of a variant, always the same for the same path and text */
export function createVariantStore(store: Store, compress: typeof compressVariant = compressVariant): Store {
  // A folder of it would hold the variants.
  const { listFolder: _, ...others } = store;
  return {
    ...others,
    inspect: (path) => inspectAll(store, path),
    write: (path, body, options) => writeAll({ store: store, compress }, path, body, options),
    remove: (path, options) => removeAll(store, path, options),
    list: (options) => listPlain(store, options),
    ...(store.copyFrom && { copyFrom: (...copy) => copyPlain(store, ...copy) }),
  };
}

/** A text's bytes are needed here, to compress them. */
async function copyPlain(
  store: Store,
  ...copy: Parameters<NonNullable<Store['copyFrom']>>
): Promise<WriteResult | null> {
  const [, { key }] = copy;
  return hasVariants(key) ? null : (store.copyFrom?.(...copy) ?? null);
}

async function inspectAll(store: Store, path: string): Promise<ObjectFacts | null> {
  if (!hasVariants(path)) return store.inspect(path);
  const paths = [path, ...VARIANTS.map(({ ending }) => path + ending)];
  const found = await mapBounded(paths, paths.length, (each) => store.inspect(each));
  const facts = found.filter((each) => each !== null);
  const [plain] = facts;
  if (plain === undefined || facts.length < paths.length) return null;
  return { ...plain, modifiedAt: Math.max(...facts.map(({ modifiedAt }) => modifiedAt)) };
}

async function writeAll(
  { store: site, compress }: { readonly store: Store; readonly compress: typeof compressVariant },
  path: string,
  body: Uint8Array,
  options?: WriteOptions,
): Promise<WriteResult> {
  if (!hasVariants(path)) return site.write(path, body, options);
  // Compressed while the plain document is looked at and on its way.
  const compressed = VARIANTS.map((variant) => ({ ...variant, bytes: compress(variant.encoding, path, body) }));
  const plain = await site.write(path, body, options);
  if (plain.kind === 'conflict') return plain;
  // If the plain document is new, so are its variants, and inspecting them first would be a wasted call.
  const look: WriteOptions = plain.kind === 'unchanged' ? { condition: { kind: 'different' } } : {};
  const variants = await mapBounded(compressed, compressed.length, async ({ encoding, ending, bytes }) => {
    const headers: ObjectHeaders = { ...options?.headers, contentEncoding: encoding };
    return site.write(path + ending, await bytes, { ...look, headers });
  });
  if (variants.some((variant) => variant.kind === 'conflict')) return { kind: 'conflict' };
  const isWritten = variants.some((variant) => variant.kind === 'written');
  return isWritten ? { ...plain, kind: 'written' } : plain;
}

async function removeAll(store: Store, path: string, options?: { readonly ifVersion?: string }): Promise<RemoveResult> {
  if (hasVariants(path)) {
    // The version is that of the plain document, and would be seen to be another when the variants are gone.
    if (options?.ifVersion !== undefined)
      throw new StoreError('fatal', `A text is never removed by its version: ${path}.`);
    await mapBounded(VARIANTS, VARIANTS.length, ({ ending }) => store.remove(path + ending));
  }
  return store.remove(path, options);
}

async function listPlain(store: Store, options: ListOptions): Promise<Listing> {
  const { objects, next } = await store.list(options);
  return { objects: objects.filter(({ key }) => plainPathOf(key) === null), next };
}
