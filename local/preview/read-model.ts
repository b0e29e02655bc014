/**
 * What the preview page shows, read from where readers get it: the entries come from the published JSON Feed, so the
 * page shows what was published and not what was meant.
 */

import { subscriptionPath } from '../../lambda/addresses.ts';
import type { Store } from '../../lambda/store/store.ts';
import { listFeeds, type Publication } from '../publication.ts';
import type { PreviewEntry, PreviewModel } from './page.ts';

const ENTRIES_COUNT_MAX = 20;

/** The present model; `siteUrl` stands in while the site's own settings can't be read. */
export async function readPreviewModel(
  publication: Publication,
  documents: Store,
  about: { readonly revision: string; readonly folder: string; readonly siteUrl: string },
): Promise<PreviewModel> {
  const overview = await publication.overview();
  const document = await documents.read(subscriptionPath('all', 'json'));
  return {
    revision: about.revision,
    folder: about.folder,
    siteUrl: overview.site?.url ?? about.siteUrl,
    site: overview.site,
    counts: overview.counts,
    feeds: listFeeds(overview),
    latest: document === null ? [] : parseEntries(new TextDecoder().decode(document.body)),
    problems: overview.problems,
  };
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
