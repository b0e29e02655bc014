/** Pages as they are read: whole ones as golden files, and what must hold for all of them. */

import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../lambda/model/entry.ts';
import type { Podcast } from '../../../lambda/model/podcast.ts';
import { renderArticlePage } from '../../../lambda/render/html/article-page.ts';
import { renderFeedPage } from '../../../lambda/render/html/feed-page.ts';
import { renderFeedsPage } from '../../../lambda/render/html/feeds-page.ts';
import { renderNotFoundPage } from '../../../lambda/render/html/not-found-page.ts';
import { wordsIn } from '../../../lambda/render/html/words/words.ts';
import { createDocument, createEntry, createPerson, documents, site } from '../fixture.ts';
import { createPodcast } from '../podcast-fixture.ts';

const FEEDS = ['all', 'tags/storm', 'authors/bo', 'sections/news'];

describe('a page', () => {
  it.each(Object.entries(documents))('beside the feed “%s” is the golden one', async (name, document) => {
    await expect(renderFeedPage(document)).toMatchFileSnapshot(golden(`${name}.html`));
  });

  it.each(documents.complete?.entries.map((entry, index) => [index, entry] as const) ?? [])(
    'of an article (%i) is the golden one',
    async (index, entry) => {
      const page = renderArticlePage({ site, entry, feeds: entryFeeds(entry) });
      await expect(read(page)).toMatchFileSnapshot(golden(`article-${index}.html`));
    },
  );

  it('that lists all feeds is the golden one', async () => {
    const feeds = [
      { name: 'all', title: 'Tide & Time' },
      { name: 'authors/bo', title: 'Tide & Time: Bo “<b>” & Li' },
      { name: 'climate', title: 'Left without a definition' },
      { name: 'tags/море', title: 'Tide & Time: Море' },
    ];
    await expect(read(renderFeedsPage({ site, feeds }))).toMatchFileSnapshot(golden('feeds.html'));
  });

  it('for what is not there is the golden one', async () => {
    await expect(read(renderNotFoundPage(site))).toMatchFileSnapshot(golden('404.html'));
  });
});

describe('the page of a podcast', () => {
  it('gives players the address that they know', () => {
    const openedOn = (podcast?: Podcast) => {
      const feed = { name: 'listen', ...(podcast && { podcast }) };
      return /href="feed:([^"]*)"/.exec(renderFeedPage(createDocument({ feed })))?.[1];
    };
    expect(openedOn(createPodcast({}))).toBe('https://tide.example/listen/rss.xml');
    expect(openedOn()).toBe('https://tide.example/listen/atom.xml');
  });
});

describe('every page', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '"><script>alert(1)</script>',
      '</title><script>',
      '<entries>',
      '&quot;',
      "' onload='",
      '-->',
      '</script>',
      '$&',
    ),
  );

  it('keeps its form whatever titles, names, tags and summaries say', () => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const entry = createEntry({
          title: one,
          summary: other,
          authors: [createPerson({ name: other })],
          tags: [{ slug: 'a', label: one }],
          section: { slug: 'news', label: other },
          rights: one,
          contentHtml: '<p>Text.</p>',
        });
        const feed = { title: other, description: one };
        const settings = { title: one, description: other, copyright: other };
        const calm = createEntry({
          title: 'T',
          summary: 'S',
          authors: [createPerson({ name: 'N' })],
          tags: [{ slug: 'a', label: 't' }],
          section: { slug: 'news', label: 's' },
          rights: 'r',
          contentHtml: '<p>Text.</p>',
        });
        expect(read(renderArticlePage({ site, entry, feeds: FEEDS }))).not.toMatch(
          /[\0-\x08\x0e-\x1f\x80-\x9f\ufffe\uffff]/,
        );
        const shown = (text: string): boolean => text.trim() !== '';
        fc.pre(shown(one) && shown(other) && !'Text.'.includes(other.replace(/\s+/g, '')));
        expect(elementsOf(renderArticlePage({ site: { ...site, ...settings }, entry, feeds: FEEDS }))).toEqual(
          elementsOf(renderArticlePage({ site, entry: calm, feeds: FEEDS })),
        );
        expect(
          elementsOf(Buffer.from(renderFeedPage(createDocument({ site: settings, feed, entries: [entry] })))),
        ).not.toContain('script');
        expect(
          elementsOf(renderFeedsPage({ site: { ...site, ...settings }, feeds: [{ name: 'tags/a', title: one }] })),
        ).not.toContain('script');
      }),
    );
  });

  it('says the same for the same input', () => {
    for (const document of Object.values(documents)) {
      expect(renderFeedPage(structuredClone(document))).toEqual(renderFeedPage(document));
    }
  });
});

describe('the page of an article', () => {
  const page = (facts: Partial<Entry>, feeds: readonly string[] = FEEDS): string =>
    read(renderArticlePage({ site, entry: createEntry(facts), feeds }));

  it('tells machines what it is, in data that no text can leave', () => {
    const text = page({ title: '</script><script>alert(1)//', tags: [{ slug: 'a', label: '<!--' }] });
    const [, data = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text) ?? [];
    expect(JSON.parse(data)).toMatchObject({ headline: '</script><script>alert(1)//', keywords: ['<!--'] });
    expect(text.match(/<script/g)).toHaveLength(1);
  });

  it('links to the feeds that the article is in, and to no other', () => {
    const facts = {
      tags: [
        { slug: 'storm', label: 'Storm' },
        { slug: 'calm', label: 'Calm' },
      ],
    };
    expect(page(facts)).toContain('href="/tags/storm/"');
    expect(page(facts)).not.toContain('href="/tags/calm/"');
    expect(page(facts, [])).toContain('<span class="p-category" dir="auto">Storm</span>');
  });

  it('does not say twice what the text begins with', () => {
    expect(page({ summary: 'Wind and rain…', contentHtml: '<p>Wind and rain.</p>' })).not.toContain('class="lede');
    expect(page({ summary: 'What it is about.', contentHtml: '<p>Wind.</p>' })).toContain('class="lede');
  });

  it('is read from right to left where its language is', () => {
    expect(page({ language: 'ar' })).toContain('<html lang="ar" dir="rtl">');
    expect(page({ language: 'ar', published: { at: 0, offsetMinutes: 0 } })).toContain('يناير');
  });

  it('dates by the day of its author', () => {
    const published = { at: Date.UTC(2026, 0, 1, 22), offsetMinutes: 180 };
    expect(page({ published, updated: published })).toContain('datetime="2026-01-02T01:00:00+03:00">2 January 2026<');
  });
});

describe('the words of pages', () => {
  it('come in the language of the page, or in English', () => {
    expect(wordsIn('de-AT').subscribe).toBe('Abonnieren');
    expect(wordsIn('eo').subscribe).toBe('Subscribe');
    expect(
      new Set(['de', 'fr', 'es', 'pt', 'it', 'nl', 'pl', 'ru', 'ar', 'ja', 'zh'].map((tag) => wordsIn(tag).skip)).size,
    ).toBe(11);
  });
});

function entryFeeds({ tags }: Entry): readonly string[] {
  return ['all', ...tags.map(({ slug }) => `tags/${slug}`), 'sections/news'];
}

/** The elements of a page in order, with the names of their attributes. */
function elementsOf(page: Uint8Array): readonly string[] {
  const elements: string[] = [];
  const parser = new Parser({
    onopentag: (name, attributes) => elements.push([name, ...Object.keys(attributes)].join(' ')),
  });
  parser.end(read(page));
  return elements.filter((each) => !/^meta (?:name|property) content/.test(each));
}

function golden(name: string): string {
  return `../../golden/render/html/${name}`;
}

function read(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
