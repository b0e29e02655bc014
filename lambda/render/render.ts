/** A page of entries as the bytes of a public document. */

import type { DocumentFormat, FeedDocument } from '../model/document.ts';
import { createSiteFeed } from './feed/site-feed.ts';
import { renderFeedPage } from './html/feed-page.ts';

/** Where texts are encoded, so that Node need not count their bytes first: of Cyrillic or curly quotes that is a quarter of it. */
const workspace = Buffer.allocUnsafeSlow(2 ** 20);

/** No character of a string, which is half of one beyond U+FFFF, takes more bytes in UTF-8. */
const BYTES_A_CHARACTER_MAX = 3;

/** The document in a format, in UTF-8. The same document gives the same bytes, whenever and wherever. */
export function renderDocument(document: FeedDocument, format: DocumentFormat): Uint8Array {
  const text = renderText(document, format);
  if (text.length * BYTES_A_CHARACTER_MAX > workspace.length) return Buffer.from(text);
  return Buffer.copyBytesFrom(workspace, 0, workspace.write(text));
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
