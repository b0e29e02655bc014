/** Writes the documents of one feed: which are pending, their content, and the order of writes. */

import { hasFeedPages } from '../../address/reserved-path.ts';
import { describeFeed } from '../../feed/membership.ts';
import { latestUpdate, updatedOf } from '../../feed/update.ts';
import { archivePath, CONTENT_TYPES, DOCUMENT_FORMATS, documentPath, FEED_FORMATS } from '../../model/addresses.ts';
import type { DocumentFormat, FeedDocument, FeedHead, PageHead } from '../../model/document.ts';
import type { PlacedEntry } from '../../model/entry.ts';
import { type PageSpan, spansAfter, uniteSpans } from '../../model/page-spans.ts';
import type { Site } from '../../model/site.ts';
import { renderLinkField } from '../../render/link-field.ts';
import { renderDocument } from '../../render/render.ts';
import type { FeedRoot, PendingDocuments } from '../../state/root.ts';
import { mapBounded } from '../../store/bounded.ts';
import { addCounts, countOf, type DocumentCounts, NO_DOCUMENTS, type Put, putDocument } from '../protocol/documents.ts';
import { formerPageMessage } from '../protocol/page-messages.ts';
import type { Ports } from '../protocol/ports.ts';
import { type ListedPage, listPages } from './feed-archive.ts';
import { type OpenDirectory, readPage } from './feed-store.ts';

/** Documents that one run writes at most; the next run continues. */
const PAGES_PER_RUN_MAX = 400;

/** What the documents of one run are made from. */
export interface DocumentTask {
  readonly site: Site;
  /** Says what is pending. */
  readonly root: FeedRoot;
  /** The archive as the root has it. */
  readonly directory: OpenDirectory;
  /** Entries of the pages that this run has made, by name of the page. */
  readonly made: ReadonlyMap<string, readonly PlacedEntry[]>;
  /** Of the added pages, those that certainly never had documents. */
  readonly isNew: (name: string) => boolean;
}

/**
 * Writes the pending documents in an order in which no document that a subscriber can reach ever links to a missing
 * one, neither to an older page nor to a newer one:
 *
 * 1. added pages, oldest first. Their link to the next page may lead nowhere yet, but nothing links to them;
 * 2. pages that were there before: everything they link to is written now. An added page that has documents already (an
 *   earlier run crashed, or the page existed once before) counts among these;
 * 3. the subscription documents;
 * 4. pages whose looks alone changed.
 *
 * @returns what is left for another run, and the seals of the subscription documents as they are by then
 */
export async function writePendingDocuments(
  ports: Ports,
  task: DocumentTask,
): Promise<{
  readonly counts: DocumentCounts;
  readonly left: PendingDocuments;
  readonly seals: FeedRoot['seals'];
}> {
  const { root } = task;
  let { seals } = root;
  const portion: Portion = { counts: NO_DOCUMENTS, pagesLeft: PAGES_PER_RUN_MAX };
  let left = root.pending;
  const found: PageSpan[] = [];
  const added = await writePages(ports, task, left.added, portion, async ({ page, after }) => {
    if (task.isNew(page.name) || !(await areThere(ports, task, page.name))) return true;
    found.push({ after, to: page.last });
    return false;
  });
  left = { ...left, added, changed: uniteSpans(left.changed, found) };
  if (added.length > 0) return { counts: portion.counts, left, seals };
  left = { ...left, changed: await writePages(ports, task, left.changed, portion) };
  if (left.changed.length > 0) return { counts: portion.counts, left, seals };
  if (left.head) {
    const head = await writeHead(ports, task);
    portion.counts = addCounts(portion.counts, head.counts);
    seals = head.seals;
  }
  left = { ...left, head: false, restyled: await writePages(ports, task, left.restyled, portion) };
  return { counts: portion.counts, left, seals };
}

/** How far a run has come. */
interface Portion {
  counts: DocumentCounts;
  pagesLeft: number;
}

/**
 * Writes the archive pages of the spans, oldest first, as far as the portion goes.
 *
 * @param isWanted says of a page whether it is to be written
 * @returns what is left
 */
async function writePages(
  ports: Ports,
  { site, root, directory, made }: DocumentTask,
  spans: readonly PageSpan[],
  portion: Portion,
  isWanted: (listed: ListedPage) => Promise<boolean> = async () => true,
): Promise<readonly PageSpan[]> {
  if (spans.length === 0) return [];
  for await (const listed of listPages(ports, directory, spans)) {
    const { page, previous, next, after } = listed;
    if (portion.pagesLeft === 0) return after === null ? spans : spansAfter(spans, after);
    portion.pagesLeft -= 1;
    if (!(await isWanted(listed))) continue;
    const entries = made.get(page.name) ?? (await readPage(ports, root.feed, page));
    const head: PageHead = { kind: 'archive', name: page.name, previous, next };
    portion.counts = addCounts(portion.counts, await writeFormats(ports, createDocument(site, root, head, entries)));
  }
  return [];
}

/** Writes the subscription documents, each over the one that the run before has left. */
async function writeHead(
  ports: Ports,
  { site, root }: DocumentTask,
): Promise<{ readonly counts: DocumentCounts; readonly seals: FeedRoot['seals'] }> {
  const document = createHeadDocument(site, root);
  const formats = formatsOf(root.feed, site);
  const puts = await mapBounded(formats, formats.length, (format) =>
    putFormat(ports, document, format, root.seals?.[format]),
  );
  const seals = puts.flatMap(({ seal }, index) => (seal === undefined ? [] : [[formats[index], seal] as const]));
  const counts = puts.map(countOf).reduce(addCounts);
  return { counts, seals: seals.length === 0 ? undefined : Object.fromEntries(seals) };
}

/** Whether the page has all its documents. Every page that a subscriber can reach has them. */
async function areThere(ports: Ports, { root }: DocumentTask, name: string): Promise<boolean> {
  const facts = await mapBounded(FEED_FORMATS, FEED_FORMATS.length, (format) =>
    ports.public.inspect(archivePath(root.feed, name, format)),
  );
  return facts.every((each) => each !== null);
}

/** Writes the readable page of a feed whose documents are all written. */
export async function writeFeedPage(ports: Ports, site: Site, root: FeedRoot): Promise<DocumentCounts> {
  if (!hasFeedPages(root.feed, site) || root.opening === 'withheld') return NO_DOCUMENTS;
  return countOf(await putFormat(ports, createHeadDocument(site, root), 'html'));
}

/** Removes the documents of a former archive page. */
export async function removeArchiveDocuments(ports: Ports, site: Site, feed: string, name: string): Promise<void> {
  const formats = formatsOf(feed, site);
  await mapBounded(formats, formats.length, (format) => ports.public.remove(archivePath(feed, name, format)));
  if (!hasFeedPages(feed, site)) await ports.queue.sendLaneWork([formerPageMessage(archivePath(feed, name, 'html'))]);
}

/** The formats in which each page of a feed has a document. */
export function formatsOf(feed: string, site: Site): readonly DocumentFormat[] {
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
  const puts = await mapBounded(formats, formats.length, (format) => putFormat(ports, document, format));
  return puts.map(countOf).reduce(addCounts);
}

function putFormat(ports: Ports, document: FeedDocument, format: DocumentFormat, seal?: string): Promise<Put> {
  const kind = document.page.kind === 'archive' ? 'archive' : format === 'html' ? 'page' : 'subscription';
  const path = documentPath(document.feed.name, document.page, format);
  const link = format === 'html' ? null : renderLinkField(document.site, path);
  const metadata = link === null ? undefined : { link };
  return putDocument(ports, path, renderDocument(document, format), CONTENT_TYPES[format], kind, metadata, seal);
}
