/** What the sitemaps were made of, so that only those are made again whose pages changed. */

import type { Moment } from '../time/moment.ts';
import { STATE_SCHEMA, type StateObject } from './json-object.ts';

export interface SitemapState extends StateObject {
  /** Revision of the root of `all` that the sitemaps agree with, or will agree with when nothing is pending. */
  readonly rootRevision: number;
  readonly siteRevision: number;
  /** The parts that the index names, oldest first; empty while one plain sitemap holds everything. */
  readonly parts: readonly SitemapPart[];
  /** Names of parts that may still be public and are named no more. */
  readonly gone: readonly string[];
  /** When an article becomes too old for the news sitemap; null when none will. Milliseconds since the epoch. */
  readonly newsDueAt: number | null;
}

export interface SitemapPart {
  readonly name: string;
  /** Of the pages it was made from; empty until it is written. */
  readonly fingerprint: string;
  /** Version of the part of the directory that its pages are in: as long as that is there, nobody need look at them. */
  readonly group: string | null;
  /** The greatest date in it. */
  readonly updated: Moment | null;
}

/** The state before there is any sitemap. */
export function createSitemapState(): SitemapState {
  return { schema: STATE_SCHEMA, nonce: '', rootRevision: 0, siteRevision: 0, parts: [], gone: [], newsDueAt: null };
}
