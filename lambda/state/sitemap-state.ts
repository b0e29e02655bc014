/** What the sitemaps were made from, so that only those whose pages changed are made again. */

import type { Moment } from '../time/moment.ts';
import { STATE_SCHEMA, type StateObject } from './json-object.ts';

export interface SitemapState extends StateObject {
  /** Revision of the root of `all` that the sitemaps agree with, or will agree with when nothing is pending. */
  readonly rootRevision: number;
  readonly siteRevision: number;
  /** The parts that the index names, oldest first; empty while one plain sitemap holds everything. */
  readonly parts: readonly SitemapPart[];
  /** Names of parts that may still be public and that the index no longer lists. */
  readonly gone: readonly string[];
  /** When the next article becomes too old for the news sitemap, in milliseconds since the epoch; null if none will. */
  readonly newsDueAt: number | null;
}

export interface SitemapPart {
  readonly name: string;
  /** Of the pages it was made from; empty until it is written. */
  readonly fingerprint: string;
  /**
   * Version of the directory's part that its pages are in. As long as that part is in force, its pages need no look.
   */
  readonly group: string | null;
  /** The greatest date in it. */
  readonly updated: Moment | null;
}

/** The state before there is any sitemap. */
export function createSitemapState(): SitemapState {
  return { schema: STATE_SCHEMA, nonce: '', rootRevision: 0, siteRevision: 0, parts: [], gone: [], newsDueAt: null };
}
