/**
 * What the pages of the desk show, read from where readers get it: the entries come from the published JSON Feed, and header
 * fields from the server, so the desk shows what was published and not what was meant.
 */

import { subscriptionPath } from '../../lambda/model/addresses.ts';
import type { Overview } from '../../lambda/publish.ts';
import type { Store } from '../../lambda/store/store.ts';
import { isFeedDocument, pathOf } from '../check/feed-documents.ts';
import { listFeeds } from '../cli/feed-addresses.ts';
import type { Publication } from '../publication/publication.ts';
import { readComing } from './coming.ts';
import { createDocumentInspector, type DocumentInspector, type ListedDocument } from './document-list.ts';
import type { DocumentModel } from './document-page.ts';
import type { DocumentsModel } from './documents-page.ts';
import type { Journal } from './journal.ts';
import type { PreviewEntry, PreviewModel } from './page.ts';
import { pollDocument } from './poll.ts';
import type { DeskReader } from './preview.ts';

const ENTRIES_COUNT_MAX = 20;

/** The sources of the desk's pages. */
interface DeskSources {
  readonly publication: Publication;
  readonly content: Store;
  readonly documents: Store;
  readonly journal: Pick<Journal, 'runs'>;
  /** The content folder, as it was named on the command line. */
  readonly folder: string;
  /** The site's address while its own settings can't be read. */
  readonly siteUrl: string;
  /** The port of this server. */
  readonly port: number;
  readonly revision: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

interface Desk extends DeskSources {
  readonly inspector: DocumentInspector;
}

/** Everything is read at each request anew; what was judged of a document stays known as long as that doesn't change. */
export function createDeskReader(sources: DeskSources): DeskReader {
  const desk: Desk = { ...sources, inspector: createDocumentInspector(sources.documents) };
  return {
    preview: () => readPreviewModel(desk),
    documents: () => readDocumentsModel(desk),
    document: (path) => readDocumentModel(desk, path),
  };
}

async function readPreviewModel(desk: Desk): Promise<PreviewModel> {
  const { publication, content, documents, journal, folder, revision, now } = desk;
  const overview = await publication.overview();
  const document = await documents.read(subscriptionPath('all', 'json'));
  const listed = await listDocuments(desk, overview);
  return {
    revision: revision(),
    folder,
    siteUrl: overview.site?.url ?? desk.siteUrl,
    site: overview.site,
    counts: overview.counts,
    feeds: listFeeds(overview),
    latest: document === null ? [] : parseEntries(new TextDecoder().decode(document.body)),
    problems: overview.problems,
    coming: overview.site === null ? [] : await readComing(content, publication.waiting(), overview.site, now()),
    runs: journal.runs(),
    documents: { count: listed.length, faulty: listed.filter(({ findings }) => findings.length > 0).length },
  };
}

async function readDocumentsModel(desk: Desk): Promise<DocumentsModel> {
  const overview = await desk.publication.overview();
  return {
    revision: desk.revision(),
    siteTitle: overview.site?.title ?? '',
    feeds: overview.feeds,
    documents: await listDocuments(desk, overview),
  };
}

/** Null for what is no feed document, or not there. */
async function readDocumentModel(desk: Desk, path: string): Promise<DocumentModel | null> {
  if (!isFeedDocument(path)) return null;
  const siteUrl = (await desk.publication.overview()).site?.url ?? desk.siteUrl;
  const inspected = await desk.inspector.judge(path, siteUrl);
  if (inspected === null) return null;
  return {
    revision: desk.revision(),
    path,
    findings: inspected.findings,
    pages: [...new Set(inspected.pages.flatMap((address) => pathOf(address, siteUrl) ?? []))],
    poll: await pollDocument(desk.port, path),
  };
}

async function listDocuments(
  { inspector, siteUrl }: Desk,
  { feeds, site }: Overview,
): Promise<readonly ListedDocument[]> {
  return inspector.list(feeds, site?.url ?? siteUrl);
}

/** The newest entries of a JSON Feed of our own making. */
export function parseEntries(json: string): PreviewEntry[] {
  const { items } = JSON.parse(json) as { readonly items: readonly JsonFeedItem[] };
  return items.slice(0, ENTRIES_COUNT_MAX).map((item) => ({
    id: item.id,
    url: item.url ?? null,
    title: item.title ?? '',
    published: item.date_published ?? null,
    authors: (item.authors ?? []).flatMap(({ name }) => name ?? []),
    tags: item.tags ?? [],
    language: item.language ?? null,
    summary: item.summary ?? '',
    contentHtml: item.content_html ?? '',
    attachments: (item.attachments ?? []).map(({ url, mime_type, title }) => ({
      url,
      mimeType: mime_type,
      title: title ?? '',
    })),
  }));
}

/** The parts of an item that the page shows (JSON Feed 1.1). */
interface JsonFeedItem {
  readonly id: string;
  readonly url?: string;
  readonly title?: string;
  readonly date_published?: string;
  readonly authors?: readonly { readonly name?: string }[];
  readonly tags?: readonly string[];
  readonly language?: string;
  readonly summary?: string;
  readonly content_html?: string;
  readonly attachments?: readonly { readonly url: string; readonly mime_type: string; readonly title?: string }[];
}
