/** The documents of one feed: which are pending, what they say, and in which order they are written. */

import { archivePath, CONTENT_TYPES, DOCUMENT_FORMATS, documentPath, FEED_FORMATS } from '../addresses.ts';
import { hasFeedPages } from '../article/fields/reserved-path.ts';
import { describeFeed } from '../feed/membership.ts';
import type { PlacedEntry } from '../feed/pages.ts';
import { latestUpdate, type RecutFeed, updatedOf } from '../feed/update.ts';
import type { DocumentFormat, FeedDocument, FeedHead, PageHead } from '../render/document.ts';
import { renderDocument } from '../render/render.ts';
import type { Site } from '../site/site.ts';
import type { FeedRoot, PageReference } from '../state/root.ts';
import { mapBounded } from '../store/bounded.ts';
import { addCounts, type DocumentCounts, NO_DOCUMENTS, writeDocument } from './documents.ts';
import { readPage } from './feed-store.ts';
import { formerPageMessage } from './page-work.ts';
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
  return { counts: addCounts(counts, await writeFormats(ports, createHeadDocument(site, root))), left };
}

/** Makes sure of the page that people read, of a feed whose documents are all written. */
export async function renewFeedPage(ports: Ports, site: Site, root: FeedRoot): Promise<DocumentCounts> {
  if (!hasFeedPages(root.feed, site)) return NO_DOCUMENTS;
  return writeFormat(ports, createHeadDocument(site, root), 'html');
}

/** Removes the documents of an archive page that is no more. */
export async function removeArchiveDocuments(ports: Ports, site: Site, feed: string, name: string): Promise<void> {
  const formats = formatsOf(feed, site);
  await mapBounded(formats, formats.length, (format) => ports.site.remove(archivePath(feed, name, format)));
  if (!hasFeedPages(feed, site)) await ports.queue.sendFeedWork([formerPageMessage(archivePath(feed, name, 'html'))]);
}

function formatsOf(feed: string, site: Site): readonly DocumentFormat[] {
  return hasFeedPages(feed, site) ? DOCUMENT_FORMATS : FEED_FORMATS;
}

function createHeadDocument(site: Site, root: FeedRoot): FeedDocument {
  const head: PageHead =
    root.archive === null ? { kind: 'complete' } : { kind: 'subscription', previous: root.archive.lastName };
  return createDocument(site, root, head, root.newest);
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
  const formats = formatsOf(document.feed.name, document.site);
  const counts = await mapBounded(formats, formats.length, (format) => writeFormat(ports, document, format));
  return counts.reduce(addCounts);
}

function writeFormat(ports: Ports, document: FeedDocument, format: DocumentFormat): Promise<DocumentCounts> {
  const kind = document.page.kind === 'archive' ? 'archive' : format === 'html' ? 'page' : 'subscription';
  const path = documentPath(document.feed.name, document.page, format);
  return writeDocument(ports, path, renderDocument(document, format), CONTENT_TYPES[format], kind);
}
