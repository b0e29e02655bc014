/** Whole documents, byte for byte. */

import { describe, expect, it } from 'vitest';
import { documentPath, FEED_FORMATS } from '../../lambda/model/addresses.ts';
import { renderOpml } from '../../lambda/render/opml.ts';
import { renderDocument } from '../../lambda/render/render.ts';
import { momentAt } from '../../lambda/time/moment.ts';
import { inspectDocument } from '../../local/check/feed-documents.ts';
import { createDocument, createEntry, documents, site } from './fixture.ts';
import { podcasts } from './podcast-fixture.ts';

const EXTENSIONS = { rss: 'rss.xml', atom: 'atom.xml', json: 'json' } as const;

describe.each(Object.entries({ ...documents, ...podcasts }))('the document “%s”', (name, document) => {
  it.each(FEED_FORMATS)('is the golden one in %s', async (format) => {
    await expect(read(renderDocument(document, format))).toMatchFileSnapshot(golden(`${name}.${EXTENSIONS[format]}`));
  });

  it.each(FEED_FORMATS)('keeps every rule of its format in %s', (format) => {
    expect(
      inspectDocument(documentPath(document.feed.name, document.page, format), renderDocument(document, format))
        .findings,
    ).toEqual([]);
  });
});

describe('the list of feeds', () => {
  it('is the golden one', async () => {
    const feeds = [
      { name: 'all', title: 'Tide & Time' },
      { name: 'tags/море', title: '“Море” <sea>' },
    ];
    await expect(read(renderOpml({ site, feeds }))).toMatchFileSnapshot(golden('feeds.opml'));
  });
});

describe('renderDocument', () => {
  it('gives the same bytes for an equal document that is another object', () => {
    for (const document of Object.values(documents)) {
      for (const format of FEED_FORMATS) {
        expect(renderDocument(structuredClone(document), format)).toEqual(renderDocument(document, format));
      }
    }
  });

  it('does not change its input', () => {
    const before = structuredClone(documents);
    for (const document of Object.values(documents)) {
      for (const format of FEED_FORMATS) renderDocument(document, format);
    }
    expect(documents).toEqual(before);
  });

  it('shows the same entry with its content in one feed and without it in the other', () => {
    const entries = [createEntry({ contentHtml: '<p>The whole story.</p>' })];
    const full = createDocument({ entries });
    const summary = createDocument({ entries, feed: { content: 'summary' } });
    for (const format of FEED_FORMATS) {
      expect(read(renderDocument(full, format))).toContain('The whole story.');
      expect(read(renderDocument(summary, format))).not.toContain('The whole story.');
      expect(read(renderDocument(summary, format))).toContain('A summary.');
    }
  });

  it('says the language of an entry only where it is not the feed’s', () => {
    const entries = [createEntry({ language: 'he' })];
    const elsewhere = createDocument({ entries });
    const own = createDocument({ entries, feed: { language: 'he' } });
    expect(read(renderDocument(elsewhere, 'atom'))).toContain('<entry xml:lang="he">');
    expect(read(renderDocument(own, 'atom'))).toContain('<entry>');
  });

  it('dates an archive page by what is on it, so that a new entry elsewhere leaves its bytes alone', () => {
    const page = { kind: 'archive', name: 'p', previous: null, next: null } as const;
    const before = createDocument({ page });
    const after = createDocument({ page, feed: { updated: momentAt(Date.UTC(2030, 0, 1)) } });
    for (const format of FEED_FORMATS) {
      expect(renderDocument(after, format)).toEqual(renderDocument(before, format));
    }
  });

  it('follows next_url from the subscription document to the oldest page, past each once', () => {
    const pages = [
      { kind: 'subscription', previous: 'c' },
      { kind: 'archive', name: 'c', previous: 'b', next: null },
      { kind: 'archive', name: 'b', previous: 'a', next: 'c' },
      { kind: 'archive', name: 'a', previous: null, next: 'b' },
    ] as const;
    const next = pages.map((page) => JSON.parse(read(renderDocument(createDocument({ page }), 'json'))).next_url);
    expect(next).toEqual([
      'https://tide.example/archive/c/feed.json',
      'https://tide.example/archive/b/feed.json',
      'https://tide.example/archive/a/feed.json',
      undefined,
    ]);
  });
});

function golden(name: string): string {
  return `../golden/render/${name}`;
}

function read(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
