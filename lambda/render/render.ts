/** A page of entries as the bytes of a public document. */

import type { DocumentFormat, FeedDocument } from '../model/document.ts';
import type { Texts } from './feed/pieces.ts';
import { createSiteFeed } from './feed/site-feed.ts';
import { renderFeedPage } from './html/feed-page.ts';

/** Where texts are encoded, so that Node need not count their bytes first: of Cyrillic or curly quotes that is a quarter of it. */
const workspace = Buffer.allocUnsafeSlow(2 ** 20);

/** No character of a string, which is half of one beyond U+FFFF, takes more bytes in UTF-8. */
const BYTES_A_CHARACTER_MAX = 3;

/** The document in a format, in UTF-8. The same document gives the same bytes, whenever and wherever. */
export function renderDocument(document: FeedDocument, format: DocumentFormat): Uint8Array {
  return encode(format === 'html' ? [renderFeedPage(document)] : createSiteFeed(document).texts(format));
}

function encode(texts: Texts): Uint8Array {
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  const target =
    length * BYTES_A_CHARACTER_MAX > workspace.length ? Buffer.allocUnsafeSlow(countBytes(texts)) : workspace;
  let end = 0;
  for (const text of texts) end += target.write(text, end);
  return target === workspace ? Buffer.copyBytesFrom(workspace, 0, end) : target;
}

function countBytes(texts: Texts): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
