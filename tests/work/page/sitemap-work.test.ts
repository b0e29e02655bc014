import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { cutPages, namePage } from '../../../lambda/feed/pages.ts';
import { lastPosition, latestUpdate } from '../../../lambda/feed/update.ts';
import type { PlacedEntry } from '../../../lambda/model/entry.ts';
import { encodeJson, readJson, STATE_SCHEMA } from '../../../lambda/state/json-object.ts';
import { pageKey, rootKey, SITEMAP_KEY } from '../../../lambda/state/keys.ts';
import { createRoot, type FeedRoot, type PageReference } from '../../../lambda/state/root.ts';
import type { SitemapState } from '../../../lambda/state/sitemap-state.ts';
import { StoreError } from '../../../lambda/store/store.ts';
import { momentAt } from '../../../lambda/time/moment.ts';
import { writeDirectory } from '../../../lambda/work/feed/feed-store.ts';
import { SITEMAP_LANE } from '../../../lambda/work/protocol/lanes.ts';
import { createTestEntry } from '../../support/entries.ts';
import { createTestPublication, TEST_NOW, type TestPublication } from '../../support/publication.ts';

const SITE = 'title: Test\nid: test\npageSize: 10\n';
const HOUR_MS = 3_600_000;

async function publish(files: Readonly<Record<string, string>>, delayMs = 0): Promise<TestPublication> {
  const publication = await createTestPublication({
    files: { 'site.yaml': `${SITE}automatic: false\n`, ...files },
    sitemapDelayMs: delayMs,
    batchCount: 2_000,
  });
  await publication.settle();
  return publication;
}

function article(number: number, more = ''): string {
  const date = new Date(TEST_NOW - number * 24 * HOUR_MS).toISOString();
  return `---\ndate: ${date}\n${more}---\n# Article ${number}\n\nText.\n`;
}

function manyArticles(count: number, from = 0): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`n${n + from}.md`, article(n + from)]));
}

async function sitemapOf(publication: TestPublication, path = 'sitemap.xml'): Promise<readonly string[]> {
  const text = (await publication.documents()).get(path) ?? '';
  return [...text.matchAll(/<loc>https:\/\/example\.org\/([^<]*)<\/loc>/g)].map(([, address = '']) => address);
}

describe('the sitemap of a small publication', () => {
  it('lists the home page, the feeds that are always there, and the articles with their dates', async () => {
    const publication = await publish({
      'site.yaml': `${SITE}feeds: [{ name: sea, tags: sea }]\n`,
      'a.md': '---\ndate: 2026-01-02\nupdated: 2026-03-04T05:06:07+02:00\n---\n# A\n\nText.\n',
    });
    expect((await publication.documents()).get('sitemap.xml')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://example.org/</loc><lastmod>2026-03-04T05:06:07+02:00</lastmod></url>
<url><loc>https://example.org/sea/</loc></url>
<url><loc>https://example.org/a/</loc><lastmod>2026-03-04T05:06:07+02:00</lastmod></url>
</urlset>
`);
  });

  it('names the languages of a page, in each of its translations, and follows them', async () => {
    const publication = await publish({
      'boat.md': article(1),
      'boat.de.mdx': article(2),
      'boat.pt-br.md': article(3),
      'lake.md': article(4),
    });
    const links = (languages: readonly (readonly [string, string])[]): string =>
      languages
        .map(([tag, path]) => `<xhtml:link rel="alternate" hreflang="${tag}" href="https://example.org/${path}"/>`)
        .join('');
    const all = links([
      ['de', 'de/boat/'],
      ['en', 'boat/'],
      ['pt-BR', 'pt-br/boat/'],
    ]);
    const text = (await publication.documents()).get('sitemap.xml') ?? '';
    expect(text).toContain('xmlns:xhtml="http://www.w3.org/1999/xhtml"');
    expect(text.split(all)).toHaveLength(4);
    expect(text).toMatch(/lake\/<\/loc><lastmod>[^<]*<\/lastmod><\/url>/);
    await publication.put('boat.pt-br.md', null);
    await publication.settle();
    const two = links([
      ['de', 'de/boat/'],
      ['en', 'boat/'],
    ]);
    expect(((await publication.documents()).get('sitemap.xml') ?? '').split(`${two}</url>`)).toHaveLength(3);
    await publication.put('boat.de.mdx', null);
    await publication.settle();
    expect((await publication.documents()).get('sitemap.xml')).not.toContain('xhtml');
  });

  it('leaves out what is a draft, hidden, or at home elsewhere', async () => {
    const publication = await publish({
      'a.md': article(1),
      'b.md': article(2, 'draft: true\n'),
      'c.md': article(3, 'hidden: true\n'),
      'd.md': article(4, 'canonical_url: https://elsewhere.example/d\n'),
    });
    expect(await sitemapOf(publication)).toEqual(['', 'a/']);
  });

  it('loses what is removed, and is there when nothing was ever published', async () => {
    const publication = await publish({ 'a.md': article(1) });
    await publication.put('a.md', null);
    await publication.settle();
    expect(await sitemapOf(publication)).toEqual(['']);
    expect(await sitemapOf(await publish({}))).toEqual(['']);
  });

  it('holds the archive too', async () => {
    expect(await sitemapOf(await publish(manyArticles(60)))).toHaveLength(61);
  });
});

describe('the sitemaps of a large publication', () => {
  it('hold every article once, and one article makes one part and the index anew', async () => {
    const publication = await publish({});
    await makeSitemaps(publication, entriesOf(1_500));
    const parts = await sitemapOf(publication);
    expect(parts.length).toBeGreaterThan(3);
    const listed = (await Promise.all(parts.map((part) => sitemapOf(publication, part)))).flat();
    expect(listed).toHaveLength(1_501);
    expect(new Set(listed).size).toBe(1_501);

    const before = await publication.documents();
    await makeSitemaps(publication, entriesOf(1_500, { changed: 700 }));
    expect(changedSitemaps(before, await publication.documents())).toHaveLength(2);

    const later = await publication.documents();
    await makeSitemaps(publication, entriesOf(1_501, { changed: 700 }));
    expect(changedSitemaps(later, await publication.documents())).toEqual(['sitemap.xml', 'sitemaps/newest.xml']);
  });

  it('end as they are made at once, whatever was there before', async () => {
    for (const count of [900, 1_600]) {
      const grown = await publish({});
      for (const before of [1_200, 1_199, 300, 2_000]) await makeSitemaps(grown, entriesOf(before));
      await makeSitemaps(grown, entriesOf(count));
      const fresh = await publish({});
      await makeSitemaps(fresh, entriesOf(count));
      expect(await grown.documents()).toEqual(await fresh.documents());
    }
  });

  it('leave nothing out after a run that was cut short', async () => {
    let left = Number.POSITIVE_INFINITY;
    const publication = await createTestPublication({
      files: { 'site.yaml': SITE },
      wrap: (store, name) =>
        name !== 'public'
          ? store
          : {
              ...store,
              write: async (path, body, options) => {
                left -= 1;
                if (left < 0) throw new StoreError('retry', 'cut short');
                return store.write(path, body, options);
              },
            },
    });
    await publication.settle();
    await makeSitemaps(publication, entriesOf(2_000));
    for (let writes = 0; writes < 4; writes += 1) {
      left = writes;
      const entries = entriesOf(2_000, { changed: 100 + writes * 400 });
      await expect(makeSitemaps(publication, entries)).rejects.toThrow('cut short');
      left = Number.POSITIVE_INFINITY;
      await makeSitemaps(publication, entries);
      const fresh = await publish({});
      await makeSitemaps(fresh, entries);
      expect(await sitemapsOf(publication)).toEqual(await sitemapsOf(fresh));
    }
  });

  it('are made in portions', async () => {
    const publication = await publish({});
    const written = await makeSitemaps(publication, entriesOf(20_000));
    expect(written.slice(0, -1)).toEqual(written.slice(0, -1).map(() => 100));
    expect(written.length).toBeGreaterThan(1);
  });
});

function entriesOf(count: number, { changed = -1 } = {}): readonly PlacedEntry[] {
  return Array.from({ length: count }, (_, number) => {
    const published = momentAt(TEST_NOW - 2_000 * 24 * HOUR_MS + number * HOUR_MS);
    const updated = number === changed ? momentAt(TEST_NOW) : published;
    const id = `e${number}`;
    return { key: `${id}.md`, entry: createTestEntry({ id, published, updated, contentHtml: '' }) };
  });
}

/** Puts the entries into the feed of everything as feed work would, and has the sitemaps made; counts what was written. */
async function makeSitemaps(publication: TestPublication, entries: readonly PlacedEntry[]): Promise<readonly number[]> {
  const { state, publisher } = publication;
  const { pages, rest } = cutPages(entries, 5, false);
  const references = pages.map((page) => referenceOf(page));
  for (const [index, entriesOfPage] of pages.entries()) {
    const { name = '', version = '' } = references[index] ?? {};
    await state.write(
      pageKey('all', name, version),
      encodeJson({ schema: STATE_SCHEMA, nonce: '', entries: entriesOfPage }),
    );
  }
  const before = await readJson<FeedRoot>(state, rootKey('all'));
  const empty = createRoot('all', 5);
  const nothing = { feed: 'all', items: [], opened: [] };
  const directory = await writeDirectory({ ...publication.ports, nonce: randomUUID }, empty, nothing, references);
  const root: FeedRoot = {
    ...empty,
    revision: (before?.value.revision ?? 0) + 1,
    entryCount: entries.length,
    newest: rest,
    directory: directory.version,
  };
  await state.write(rootKey('all'), encodeJson(root));
  const written: number[] = [];
  let done: SitemapState | undefined;
  do {
    written.push((await publisher.laneWork(SITEMAP_LANE, [])).written);
    done = (await readJson<SitemapState>(state, SITEMAP_KEY))?.value;
  } while (done?.rootRevision !== root.revision);
  return written;
}

function referenceOf(entries: readonly PlacedEntry[]): PageReference {
  const version = createHash('sha256').update(JSON.stringify(entries)).digest('hex');
  const updated = latestUpdate(entries) ?? momentAt(0);
  return { name: namePage(entries), version, entryCount: entries.length, last: lastPosition(entries), updated };
}

async function sitemapsOf(publication: TestPublication): Promise<readonly (readonly [string, string])[]> {
  return [...(await publication.documents())].filter(([path]) => path.includes('sitemap')).toSorted();
}

function changedSitemaps(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...after.keys()].filter((path) => path.includes('sitemap') && after.get(path) !== before.get(path)).sort();
}

describe('the delay of sitemaps', () => {
  it('gathers changes until it is over, and forgets none', async () => {
    const publication = await publish({}, 10 * 60_000);
    await publication.put('a.md', article(1));
    await publication.settle();
    expect(await sitemapOf(publication)).not.toContain('a/');
    publication.now += 5 * 60_000;
    await publication.put('b.md', article(2));
    await publication.settle();
    publication.now += 20 * 60_000;
    await publication.publisher.tick();
    await publication.settle();
    expect((await sitemapOf(publication)).toSorted()).toEqual(['', 'a/', 'b/']);
    await publication.publisher.tick();
    await publication.settle();
    const left: string[] = [];
    for (const { key } of (await publication.state.list({ prefix: 'due/' })).objects) left.push(key);
    expect(left).toEqual([]);
  });
});

describe('the news sitemap', () => {
  const NEWS = `${SITE}language: zh-Hant-TW\nnewsSitemap: true\n`;

  it('is there when the site asks for it, and goes when it does not', async () => {
    const publication = await publish({ 'a.md': article(0) });
    expect((await publication.documents()).has('news-sitemap.xml')).toBe(false);
    await publication.put('site.yaml', NEWS);
    await publication.settle();
    expect((await publication.documents()).get('news-sitemap.xml')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url>
<loc>https://example.org/a/</loc>
<news:news>
<news:publication><news:name>Test</news:name><news:language>zh-tw</news:language></news:publication>
<news:publication_date>2026-06-01T12:00:00Z</news:publication_date>
<news:title>Article 0</news:title>
</news:news>
</url>
</urlset>
`);
    expect((await publication.documents()).get('robots.txt')).toContain('https://example.org/news-sitemap.xml');
    await publication.put('site.yaml', SITE);
    await publication.settle();
    expect((await publication.documents()).has('news-sitemap.xml')).toBe(false);
  });

  it('holds two days, newest first, from the archive too, and lets go when time passes', async () => {
    const hours = Array.from({ length: 60 }, (_, hour) => [
      `h${hour}.md`,
      `---\ndate: ${new Date(TEST_NOW - hour * HOUR_MS).toISOString()}\n---\n# Hour ${hour}\n`,
    ]);
    const publication = await publish({ 'site.yaml': NEWS, ...Object.fromEntries(hours) });
    const listed = await sitemapOf(publication, 'news-sitemap.xml');
    expect(listed).toEqual(Array.from({ length: 47 }, (_, hour) => `h${hour}/`));
    publication.now += 10.5 * HOUR_MS;
    await publication.publisher.tick();
    await publication.settle();
    expect(await sitemapOf(publication, 'news-sitemap.xml')).toEqual(listed.slice(0, 37));
    publication.now += 100 * HOUR_MS;
    await publication.publisher.tick();
    await publication.settle();
    expect(await sitemapOf(publication, 'news-sitemap.xml')).toEqual([]);
  });
});

describe('robots.txt', () => {
  it('names the sitemap, gives way to one of the content, and comes back', async () => {
    const publication = await publish({});
    const made = 'User-agent: *\nAllow: /\n\nSitemap: https://example.org/sitemap.xml\n';
    expect((await publication.documents()).get('robots.txt')).toBe(made);
    await publication.put('robots.txt', 'User-agent: *\nDisallow: /\n');
    await publication.settle();
    expect((await publication.documents()).get('robots.txt')).toBe('User-agent: *\nDisallow: /\n');
    await publication.put('robots.txt', null);
    await publication.settle();
    expect((await publication.documents()).get('robots.txt')).toBe(made);
  });

  it('is found changed although its event was lost', async () => {
    const publication = await publish({});
    await publication.content.write('robots.txt', new TextEncoder().encode('Own'));
    await publication.publisher.reconcile();
    await publication.settle();
    expect((await publication.documents()).get('robots.txt')).toBe('Own');
  });
});
