/** An old feed with all of its pages, read from an address or from a file. */

import { statSync } from 'node:fs';
import { openPlainFiles } from '../import/files/export-files.ts';
import { createFetcher, type Fetcher } from '../import/media/fetcher.ts';
import { ImportFailure } from '../import/model/import-failure.ts';
import type { FeedEntry, FeedPage } from './feed-entry.ts';
import { fetchPages, filePages } from './feed-pages.ts';

const PAGE_BYTES_MAX = 64 * 1024 * 1024;

export interface OldFeed {
  /** The address or the path as it was named. */
  readonly place: string;
  /** The newest first; at least one. */
  readonly pages: readonly FeedPage[];
  /** Of all pages, the newest first. An entry that stands on two pages is there twice. */
  readonly entries: readonly FeedEntry[];
  /** Addresses of older pages that another page names and that are not there. */
  readonly missing: readonly string[];
}

/**
 * Follows the links to older pages (RFC 5005, JSON Feed's `next_url`, WordPress' `?paged=`). Beside a file, older pages
 * are files at the paths that the links name.
 *
 * @throws ImportFailure where there is no feed
 */
export async function readOldFeed(place: string): Promise<OldFeed> {
  const missing: string[] = [];
  const pages: FeedPage[] = [];
  for await (const page of pagesAt(place, (address) => missing.push(address))) pages.push(page);
  return { place, pages, entries: pages.flatMap(({ entries }) => entries), missing };
}

function pagesAt(place: string, onMissing: (address: string) => void): AsyncGenerator<FeedPage> {
  if (isAddress(place)) {
    const fetcher = createFetcher([new URL(place).host]);
    return fetchPages(place, (address) => fetchPage(fetcher, address), onMissing);
  }
  if (statSync(place, { throwIfNoEntry: false })?.isFile() !== true)
    throw new ImportFailure(place, 'is no file.', 'Name the address of the old feed, or a file that it was saved to.');
  const files = openPlainFiles(place);
  return filePages(files, files.names, onMissing);
}

/** Whether it is an address of the web and no path. */
export function isAddress(place: string): boolean {
  return /^https?:\/\//i.test(place) && URL.parse(place) !== null;
}

/** Null where the server says that there is nothing. */
export async function fetchPage(fetcher: Fetcher, address: string) {
  const fix = 'Check the address; try again later if the server is busy. Nothing was written.';
  try {
    const answer = await fetcher.get(address, { bytesMax: PAGE_BYTES_MAX });
    if (answer.status === 404 || answer.status === 410) return null;
    if (answer.status !== 200) throw new ImportFailure(address, `answers with status ${answer.status}.`, fix);
    const chunks: Buffer[] = [];
    for await (const chunk of answer.body) chunks.push(chunk as Buffer);
    return { body: Buffer.concat(chunks), address: answer.address };
  } catch (error) {
    if (error instanceof ImportFailure) throw error;
    throw new ImportFailure(
      address,
      `can’t be fetched: ${error instanceof Error ? error.message : String(error)}.`,
      fix,
    );
  }
}
