/** Writing public documents. What is already there is not written again, so that ETags and file times hold. */

import { StoreError } from '../store/store.ts';
import type { Ports } from './ports.ts';

export interface DocumentCounts {
  readonly written: number;
  readonly unchanged: number;
}

export const NO_DOCUMENTS: DocumentCounts = { written: 0, unchanged: 0 };

/**
 * How long readers and shared caches may keep a document. Subscription documents agree with the `ttl` of RSS (5
 * minutes); shared caches let go after 30 s, and may serve a stale copy while they fetch the next or while we are down.
 */
export const CACHE_CONTROL = {
  subscription: 'public, max-age=300, s-maxage=30, stale-while-revalidate=60, stale-if-error=86400',
  archive: 'public, max-age=3600, s-maxage=300, stale-while-revalidate=600, stale-if-error=86400',
  page: 'public, max-age=300, s-maxage=30, stale-while-revalidate=60, stale-if-error=86400',
  asset: 'public, max-age=3600, s-maxage=300, stale-while-revalidate=600, stale-if-error=86400',
} as const;

export async function writeDocument(
  { site }: Pick<Ports, 'site'>,
  path: string,
  body: Uint8Array,
  contentType: string,
  kind: keyof typeof CACHE_CONTROL,
): Promise<DocumentCounts> {
  const result = await site.write(path, body, {
    condition: { kind: 'different' },
    headers: { contentType, cacheControl: CACHE_CONTROL[kind] },
  });
  if (result.kind === 'conflict') throw new StoreError('retry', `Somebody else wrote ${path} at the same time.`);
  return result.kind === 'unchanged' ? { written: 0, unchanged: 1 } : { written: 1, unchanged: 0 };
}

export function addCounts(a: DocumentCounts, b: DocumentCounts): DocumentCounts {
  return { written: a.written + b.written, unchanged: a.unchanged + b.unchanged };
}
