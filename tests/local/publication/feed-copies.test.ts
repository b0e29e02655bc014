import { describe, expect, it } from 'vitest';
import { feedAt, feedCopiesOf } from '../../../local/publication/feed-copies.ts';
import { createPublication, type Publication } from '../../../local/publication/publication.ts';
import { createMemoryStore } from '../../../local/store/memory-store.ts';
import { readTexts, TEST_NOW } from '../../support/publication.ts';

const encoder = new TextEncoder();
const URL_OF_SITE = 'https://tides.example/';

function createStores() {
  const now = () => TEST_NOW;
  return {
    content: createMemoryStore({ now }),
    state: createMemoryStore({ now }),
    public: createMemoryStore({ now }),
  };
}

type Stores = ReturnType<typeof createStores>;

async function put(stores: Stores, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [key, text] of Object.entries(files)) await stores.content.write(key, encoder.encode(text));
}

function publicationOn(stores: Stores, copiesFeeds = true): Publication {
  return createPublication({ ...stores, url: null, now: () => TEST_NOW, copiesFeeds });
}

function settings(...redirects: readonly string[]): string {
  const lines = redirects.map((line) => `  ${line}\n`).join('');
  return `title: Tides\nurl: ${URL_OF_SITE}\nredirects:\n${lines}`;
}

const A = '---\ntitle: A\ndate: 2026-01-01\ntags: sea\n---\nWords.\n';

describe('copies of feeds at old addresses', () => {
  it('are the very bytes of the feed, and change with it', async () => {
    const stores = createStores();
    const redirects = ['/index.xml: /rss.xml', '/feed.xml: /atom.xml', '/blog/feed/index.xml: /tags/sea/rss.xml'];
    await put(stores, { 'site.yaml': settings(...redirects, '/feed/: /rss.xml'), 'a.md': A });
    await publicationOn(stores).refresh();
    const first = await readTexts(stores.public);
    expect(first.get('index.xml')).toBe(first.get('rss.xml'));
    expect(first.get('index.xml')).toContain(
      `<atom:link rel="self" type="application/rss+xml" href="${URL_OF_SITE}rss.xml"/>`,
    );
    expect(first.get('feed.xml')).toBe(first.get('atom.xml'));
    expect(first.get('blog/feed/index.xml')).toBe(first.get('tags/sea/rss.xml'));
    expect(first.get('feed/index.html')).toContain('http-equiv="refresh"');

    await put(stores, { 'b.md': A.replaceAll('A', 'B') });
    await publicationOn(stores).refresh();
    const second = await readTexts(stores.public);
    expect(second.get('index.xml')).toBe(second.get('rss.xml'));
    expect(second.get('index.xml')).not.toBe(first.get('index.xml'));
  });

  it('are never pages that lead on, not for a moment', async () => {
    const stores = createStores();
    const written: string[] = [];
    const documents = {
      ...stores.public,
      write: async (...[key, body, options]: Parameters<typeof stores.public.write>) => {
        if (key === 'index.xml') written.push(new TextDecoder().decode(body).slice(0, 5));
        return stores.public.write(key, body, options);
      },
    };
    await put(stores, { 'site.yaml': settings('/index.xml: /rss.xml'), 'a.md': A });
    for (const work of ['refresh', 'repair', 'refresh'] as const)
      await publicationOn({ ...stores, public: documents })[work]();
    expect(new Set(written)).toEqual(new Set(['<?xml']));
    expect(await publicationOn(stores).refresh()).toMatchObject({ documents: { written: 0 } });
  });

  it('take the place of a page that a former build has put there, and go with their line', async () => {
    const stores = createStores();
    await put(stores, { 'site.yaml': settings('/index.xml: /rss.xml'), 'a.md': A });
    await publicationOn(stores, false).refresh();
    expect((await readTexts(stores.public)).get('index.xml')).toContain('<!doctype html>');
    await publicationOn(stores).refresh();
    expect((await readTexts(stores.public)).get('index.xml')).toMatch(/^<\?xml/);
    await put(stores, { 'site.yaml': settings('/other.xml: /rss.xml') });
    await publicationOn(stores).refresh();
    expect([...(await readTexts(stores.public)).keys()]).not.toContain('index.xml');
  });

  it('are pages that lead on where there is no such feed, or a feed of somebody else', async () => {
    const stores = createStores();
    const redirects = [
      '/a.xml: /tags/nothing/rss.xml',
      '/b.xml: https://elsewhere.example/rss.xml',
      '/c.php: /rss.xml',
    ];
    await put(stores, { 'site.yaml': settings(...redirects), 'a.md': A });
    await publicationOn(stores).refresh();
    const documents = await readTexts(stores.public);
    for (const path of ['a.xml', 'b.xml', 'c.php']) expect(documents.get(path), path).toContain('http-equiv="refresh"');
  });

  it('leave a file alone that lies at the address', async () => {
    const stores = createStores();
    const files = { 'a.md': `${A}[The chart](old.xml)\n`, 'old.xml': '<chart/>' };
    await put(stores, { 'site.yaml': settings('/old.xml: /rss.xml'), ...files });
    await publicationOn(stores).refresh();
    expect((await readTexts(stores.public)).get('old.xml')).toBe('<chart/>');
  });
});

describe('the feed at the target of a redirect', () => {
  it.each([
    ['/rss.xml', { feed: 'rss.xml', format: 'rss' }],
    ['https://tides.example/tags/%D0%B6/atom.xml', { feed: 'tags/ж/atom.xml', format: 'atom' }],
    ['/archive/x/rss.xml', null],
    ['/feeds/', null],
    ['https://elsewhere.example/rss.xml', null],
  ])('%s', (target, feed) => {
    expect(feedAt(target, URL_OF_SITE)).toEqual(feed);
  });

  it('has a copy at a path with an ending of a feed only', () => {
    const redirects = { '/index.rdf': '/rss.xml', '/feed/': '/rss.xml', '/_query/feed/rss2/': '/rss.xml' };
    expect(feedCopiesOf({ redirects, url: URL_OF_SITE }).map(({ path }) => path)).toEqual(['index.rdf']);
  });
});
