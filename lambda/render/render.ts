/** A page of entries as the bytes of a public document. */

import type { DocumentFormat, FeedDocument } from '../model/document.ts';
import { createSiteFeed } from './feed/site-feed.ts';
import { renderFeedPage } from './html/feed-page.ts';

/** The document in a format, in UTF-8. The same document gives the same bytes, whenever and wherever. */
export function renderDocument(document: FeedDocument, format: DocumentFormat): Uint8Array {
  return Buffer.from(renderText(document, format));
}

function renderText(document: FeedDocument, format: DocumentFormat): string {
  switch (format) {
    case 'rss':
      return createSiteFeed(document).rss2();
    case 'atom':
      return createSiteFeed(document).atom1();
    case 'json':
      return createSiteFeed(document).json1();
    case 'html':
      return renderFeedPage(document);
  }
}
