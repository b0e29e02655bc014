/** The whole history of a feed, as subscribers find it. `npm run bench:scale -- --bulk 10000` walks a longer one. */

import { describe, expect, it } from 'vitest';
import { FEED_FORMATS } from '../lambda/model/addresses.ts';
import { walkHistory } from './support/history-walk.ts';
import { createTestPublication, type TestPublication } from './support/publication.ts';

const ENTRY_COUNT = 400;
const SITE_URL = 'https://example.org/';

describe('the history of a feed', () => {
  it('shows each entry once, from the newest to the oldest, in every format', async () => {
    const publication = await publish();
    const newestFirst = Array.from({ length: ENTRY_COUNT }, (_, index) => idOf(ENTRY_COUNT - 1 - index));
    for (const format of FEED_FORMATS) {
      const { ids, documentCount } = await walkHistory(readerOf(publication), SITE_URL, 'all', format);
      expect(ids).toEqual(newestFirst);
      expect(documentCount).toBeGreaterThan(20);
    }
  });
});

async function publish(): Promise<TestPublication> {
  const indexes = Array.from({ length: ENTRY_COUNT }, (_, index) => index);
  // In an order of its own: most articles come to stand between others.
  const files = indexes
    .map((index) => (index * 389) % ENTRY_COUNT)
    .map((index) => [
      `article-${index}.md`,
      `---\ntitle: ${index}\nid: ${idOf(index)}\ndate: ${dateOf(index)}\n---\nText`,
    ]);
  const site = 'title: History\npageSize: 10\nautomatic: false\npages: { articles: false }\n';
  const publication = await createTestPublication({
    files: { 'site.yaml': site, ...Object.fromEntries(files) },
    batchCount: 50,
  });
  await publication.settle();
  return publication;
}

function readerOf({ public: documents }: TestPublication): (path: string) => Promise<string | null> {
  return async (path) => {
    const document = await documents.read(path);
    return document === null ? null : new TextDecoder().decode(document.body);
  };
}

function idOf(index: number): string {
  return `urn:history:${index}`;
}

function dateOf(index: number): string {
  return new Date(Date.UTC(2024, 0, 1) + index * 3_600_000).toISOString();
}
