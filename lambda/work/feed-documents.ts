/** The documents of one feed: which are pending, what they say, and in which order they are written. */

import { archivePath, CONTENT_TYPES, documentPath, FEED_FORMATS } from '../addresses.ts';
import { describeFeed } from '../feed/membership.ts';
import type { PlacedEntry } from '../feed/pages.ts';
import { latestUpdate, type RecutFeed, updatedOf } from '../feed/update.ts';
import type { FeedDocument, FeedHead, PageHead } from '../render/document.ts';
import { renderDocument } from '../render/render.ts';
import type { Site } from '../site/site.ts';
import type { FeedRoot, PageReference } from '../state/root.ts';
import { mapBounded } from '../store/bounded.ts';
import { addCounts, type DocumentCounts, NO_DOCUMENTS, writeDocument } from './documents.ts';
import { readPage } from './feed-store.ts';
import type { Ports } from './ports.ts';

/** What one run writes at most; the next goes on from there. */
const PAGES_PER_RUN_MAX = 400;

/**
 * Writes what is pending: archive pages oldest first, so that a page never links to one before it that is not there
 * yet; then the subscription documents, unless pages are left for another run.
 *
 * @param archive all archive pages, oldest first
 */
export async function writePendingDocuments(
  ports: Ports,
  site: Site,
  root: FeedRoot,
  recut: RecutFeed,
  archive: readonly PageReference[],
): Promise<{ readonly counts: DocumentCounts; readonly left: readonly string[] }> {
  const made = new Map(
    recut.pages.flatMap((page) => (page.kind === 'made' ? [[page.name, page.entries] as const] : [])),
  );
  const indexes = new Map(archive.map(({ name }, index) => [name, index]));
  let counts = NO_DOCUMENTS;
  for (const name of root.pendingPages.slice(0, PAGES_PER_RUN_MAX)) {
    const index = indexes.get(name) ?? -1;
    const page = archive[index];
    if (page === undefined) continue;
    const entries = made.get(name) ?? (await readPage(ports, root.feed, page));
    const head: PageHead = {
      kind: 'archive',
      name,
      previous: archive[index - 1]?.name ?? null,
      next: archive[index + 1]?.name ?? null,
    };
    counts = addCounts(counts, await writeFormats(ports, createDocument(site, root, head, entries)));
  }
  const left = root.pendingPages.slice(PAGES_PER_RUN_MAX);
  if (left.length > 0) return { counts, left };
  const head: PageHead =
    root.archive === null ? { kind: 'complete' } : { kind: 'subscription', previous: root.archive.lastName };
  return { counts: addCounts(counts, await writeFormats(ports, createDocument(site, root, head, root.newest))), left };
}

/** Removes the documents of an archive page that is no more. */
export async function removeArchiveDocuments(ports: Ports, feed: string, name: string): Promise<void> {
  await mapBounded(FEED_FORMATS, FEED_FORMATS.length, (format) => ports.site.remove(archivePath(feed, name, format)));
}

function createDocument(site: Site, root: FeedRoot, page: PageHead, entries: readonly PlacedEntry[]): FeedDocument {
  const isArchive = page.kind === 'archive';
  const feed: FeedHead = {
    name: root.feed,
    ...describeFeed(root.feed, root.label, site),
    updated: isArchive ? latestUpdate(entries) : updatedOf(root),
    removals: isArchive || !site.deletedEntries ? [] : root.removals,
  };
  return { site, feed, page, entries: entries.map(({ entry }) => entry).reverse() };
}

async function writeFormats(ports: Ports, document: FeedDocument): Promise<DocumentCounts> {
  const kind = document.page.kind === 'archive' ? 'archive' : 'subscription';
  const counts = await mapBounded(FEED_FORMATS, FEED_FORMATS.length, (format) => {
    const path = documentPath(document.feed.name, document.page, format);
    return writeDocument(ports, path, renderDocument(document, format), CONTENT_TYPES[format], kind);
  });
  return counts.reduce(addCounts);
}
