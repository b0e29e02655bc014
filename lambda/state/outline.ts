/**
 * What an overview needs to know of a record: a few hundred bytes of several thousand. A caller that makes overviews
 * repeatedly keeps the outlines with the versions of their records, and reads only the changed records.
 */

import type { ArticleRecord, ShownEntry } from './record.ts';

export interface RecordOutline
  extends Pick<ArticleRecord, 'key' | 'counts' | 'problems' | 'heldBy' | 'doubtedBy' | 'deadLinks'> {
  readonly shown: readonly Pick<ShownEntry, 'claims' | 'assets' | 'aliases'>[];
}

/** By the key of the record in the state store. */
export type KnownOutlines = Map<string, { readonly version: string; readonly outline: RecordOutline }>;

export function outlineOf({
  key,
  counts,
  problems,
  shown,
  heldBy,
  doubtedBy,
  deadLinks,
}: ArticleRecord): RecordOutline {
  return {
    key,
    counts,
    problems,
    ...(heldBy !== undefined && { heldBy }),
    ...(doubtedBy !== undefined && { doubtedBy }),
    ...(deadLinks !== undefined && { deadLinks }),
    shown: shown.map(({ claims, assets, aliases }) => ({ claims, assets, aliases })),
  };
}
