/**
 * A site store that keeps every text compressed as well: `<path>.br` and `<path>.gz` beside the plain bytes, each an
 * object of its own. CloudFront doesn't compress Atom and JSON Feed by itself, and compressing once at publication
 * costs less than each time.
 *
 * The condition is that of the plain document, which is written first. Where it was written, so are its variants; where
 * it was there already, each is compared on its own, so that a run that stopped in between is mended by the next write
 * of the same bytes.
 * Listings leave the variants out.
 */

import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { hasVariants, VARIANTS } from '../variants.ts';
import { mapBounded } from './bounded.ts';
import type { Listing, ListOptions, ObjectHeaders, RemoveResult, Store, WriteOptions, WriteResult } from './store.ts';

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
const GZIP_LEVEL = 9;

export type VariantEncoding = (typeof VARIANTS)[number]['encoding'];

/** The bytes of a variant: the same for the same text at the same path, whatever was there before. */
export function compressVariant(encoding: VariantEncoding, path: string, body: Uint8Array): Promise<Uint8Array> {
  if (encoding === 'gzip') return promisify(gzip)(body, { level: GZIP_LEVEL });
  return promisify(brotliCompress)(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: qualityOf(path, body.byteLength),
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.byteLength,
    },
  });
}

function qualityOf(path: string, lengthBytes: number): number {
  if (!SEALED.test(path)) return BROTLI_QUALITY;
  return SEALED_QUALITIES.find(({ bytesMax }) => lengthBytes <= bytesMax)?.quality ?? BROTLI_QUALITY;
}

export function createVariantStore(site: Store): Store {
  return {
    ...site,
    write: (path, body, options) => writeAll(site, path, body, options),
    remove: (path, options) => removeAll(site, path, options),
    list: (options) => listPlain(site, options),
  };
}

async function writeAll(site: Store, path: string, body: Uint8Array, options?: WriteOptions): Promise<WriteResult> {
  if (!hasVariants(path)) return site.write(path, body, options);
  // Compressed while the plain document is looked at and on its way.
  const compressed = VARIANTS.map((variant) => ({ ...variant, bytes: compressVariant(variant.encoding, path, body) }));
  const plain = await site.write(path, body, options);
  if (plain.kind === 'conflict') return plain;
  // Where the plain document is new, so are its variants: to look at them first would be a call for nothing.
  const look: WriteOptions = plain.kind === 'unchanged' ? { condition: { kind: 'different' } } : {};
  const variants = await mapBounded(compressed, compressed.length, async ({ encoding, ending, bytes }) => {
    const headers: ObjectHeaders = { ...options?.headers, contentEncoding: encoding };
    return site.write(path + ending, await bytes, { ...look, headers });
  });
  if (variants.some((variant) => variant.kind === 'conflict')) return { kind: 'conflict' };
  const isWritten = variants.some((variant) => variant.kind === 'written');
  return isWritten ? { kind: 'written', version: plain.version } : plain;
}

async function removeAll(site: Store, path: string, options?: { readonly ifVersion?: string }): Promise<RemoveResult> {
  const plain = await site.remove(path, options);
  if (plain.kind === 'removed' && hasVariants(path)) {
    await mapBounded(VARIANTS, VARIANTS.length, ({ ending }) => site.remove(path + ending));
  }
  return plain;
}

async function listPlain(site: Store, options: ListOptions): Promise<Listing> {
  const { objects, next } = await site.list(options);
  return { objects: objects.filter(({ key }) => !isVariant(key)), next };
}

function isVariant(path: string): boolean {
  return VARIANTS.some(({ ending }) => path.endsWith(ending) && hasVariants(path.slice(0, -ending.length)));
}
