/** Writing public documents. What is already there is not written again, so that ETags and file times hold. */

import { type ObjectFacts, type ObjectHeaders, StoreError, type WriteResult } from '../../store/store.ts';
import type { Ports } from './ports.ts';

export interface DocumentCounts {
  readonly written: number;
  readonly unchanged: number;
}

export const NO_DOCUMENTS: DocumentCounts = { written: 0, unchanged: 0 };

/** How long a shared cache serves a subscription document without revalidating, and then while it revalidates. */
const SHARED_SECONDS = 30;
const STALE_SECONDS = 15;

/** After this time every client of a shared cache sees a change of a subscription document. */
export const SUBSCRIPTION_STALE_SECONDS_MAX = SHARED_SECONDS + STALE_SECONDS;

/**
 * How long readers and shared caches may keep a document. Subscription documents agree with the `ttl` of RSS (5
 * minutes); shared caches let go after 30 s, and may serve a stale copy while they fetch the next or while we are down.
 */
export const CACHE_CONTROL = {
  subscription: `public, max-age=300, s-maxage=${SHARED_SECONDS}, stale-while-revalidate=${STALE_SECONDS}, stale-if-error=86400`,
  archive: 'public, max-age=3600, s-maxage=300, stale-while-revalidate=600, stale-if-error=86400',
  page: 'public, max-age=300, s-maxage=30, stale-while-revalidate=60, stale-if-error=86400',
  // An article may appear at any moment where nothing is yet, and people try the address again.
  notFound: 'public, max-age=30, s-maxage=30, stale-if-error=86400',
  asset: 'public, max-age=3600, s-maxage=300, stale-while-revalidate=600, stale-if-error=86400',
  redirect: 'public, max-age=3600, s-maxage=300, stale-while-revalidate=600, stale-if-error=86400',
  sitemap: 'public, max-age=3600, s-maxage=300, stale-while-revalidate=600, stale-if-error=86400',
} as const;

/** Metadata from which the edge makes header fields, in stores that keep it (lib/edge/viewer-response.ts). */
export type DocumentMetadata =
  /** Value of the field `Link`. */
  | { readonly link: string }
  /** The absolute address to which clients are redirected. */
  | { readonly redirect: string };

export async function writeDocument(...document: Parameters<typeof putDocument>): Promise<DocumentCounts> {
  return countOf(await putDocument(...document));
}

export function countOf({ kind }: Put): DocumentCounts {
  return kind === 'unchanged' ? { written: 0, unchanged: 1 } : { written: 1, unchanged: 0 };
}

/**
 * Like `writeDocument`, and also gives the version that is there now.
 *
 * @param seal what the last write of this document gave (`WriteOptions`)
 */
export async function putDocument(
  { public: store }: Pick<Ports, 'public'>,
  path: string,
  body: Uint8Array,
  contentType: string,
  kind: keyof typeof CACHE_CONTROL,
  metadata?: DocumentMetadata,
  seal?: string,
): Promise<Put> {
  const condition = { kind: 'different', ...(seal !== undefined && { seal }) } as const;
  const headers = { ...headersOf(contentType, kind), ...(metadata && { metadata: { ...metadata } }) };
  const result = await store.write(path, body, { condition, headers });
  if (result.kind === 'conflict') throw new StoreError('retry', `Somebody else wrote ${path} at the same time.`);
  return result;
}

export type Put = Exclude<WriteResult, { kind: 'conflict' }>;

/**
 * Puts a content file at its public place. The stores copy it themselves if they can, because films and sounds exceed
 * the memory and the time of a function.
 *
 * @param source the file as it was seen
 * @returns null if the file has changed, or somebody else put it there at the same time: look again
 */
export async function putCopy(
  { content, public: store }: Pick<Ports, 'content' | 'public'>,
  source: ObjectFacts,
  contentType: string,
  kind: keyof typeof CACHE_CONTROL,
): Promise<Put | null> {
  const copied = await store.copyFrom?.(content, source, headersOf(contentType, kind));
  if (copied) return copied.kind === 'conflict' ? null : copied;
  const object = await content.read(source.key);
  if (object?.version !== source.version) return null;
  return putDocument({ public: store }, source.key, object.body, contentType, kind);
}

function headersOf(contentType: string, kind: keyof typeof CACHE_CONTROL): ObjectHeaders {
  return { contentType, cacheControl: CACHE_CONTROL[kind] };
}

export function addCounts(a: DocumentCounts, b: DocumentCounts): DocumentCounts {
  return { written: a.written + b.written, unchanged: a.unchanged + b.unchanged };
}
