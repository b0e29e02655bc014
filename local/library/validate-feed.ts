/** Any feed document by the rules by which Feedwright judges its own (local/check). */

import type { FeedFormat } from '../../lambda/model/document.ts';
import { inspectFeed } from '../check/feed-documents.ts';

export interface FeedVerdict {
  /** Whether nothing is wrong with it. */
  readonly isValid: boolean;
  /** The mistakes, each with its place in the document, in English. */
  readonly findings: readonly string[];
  /** Ids of its entries, in order; null where they can't be told. */
  readonly ids: readonly string[] | null;
  /** Where the document says that it is; null where it doesn't say. */
  readonly self: string | null;
  /** Absolute addresses of the other pages that it links to (RFC 5005, and `next_url` of JSON Feed). */
  readonly pages: readonly string[];
}

/**
 * Judges RSS 2.0 with the Best Practices Profile of the RSS Advisory Board, Atom 1.0 (RFC 4287) or JSON Feed 1.1, and what the
 * document says of its history (RFC 5005). Addresses have to be absolute. Elements of other namespaces are not looked at.
 *
 * @param document its bytes, which have to be UTF-8, or its text
 * @param type which of the three it is
 */
export function validateFeed(document: Uint8Array | string, type: FeedFormat): FeedVerdict {
  const bytes = typeof document === 'string' ? new TextEncoder().encode(document) : document;
  const { findings, self, pages, ids } = inspectFeed(bytes, type, null);
  return { isValid: findings.length === 0, findings, ids, self, pages };
}
