/** A page of entries as the bytes of a public document. */

import { renderAtom } from './atom.ts';
import type { DocumentFormat, FeedDocument, FeedFormat } from './document.ts';
import { renderFeedPage } from './html/feed-page.ts';
import { renderJsonFeed } from './json-feed.ts';
import { renderRss } from './rss.ts';
import { createSiteFeed, type SiteFeed } from './site-feed.ts';

const RENDERERS = {
  rss: renderRss,
  atom: renderAtom,
  json: renderJsonFeed,
} as const satisfies Record<FeedFormat, (feed: SiteFeed) => Uint8Array>;

/** The document in a format, in UTF-8. The same document gives the same bytes, whenever and wherever. */
export function renderDocument(document: FeedDocument, format: DocumentFormat): Uint8Array {
  return format === 'html' ? renderFeedPage(document) : RENDERERS[format](createSiteFeed(document));
}
