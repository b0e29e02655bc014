import { describe, expect, it } from 'vitest';
import { pageLane } from '../../../lambda/work/protocol/lanes.ts';
import { createTestPublication, TEST_NOW, type TestPublication } from '../../support/publication.ts';

const SITE = 'title: Coast\nid: coast\n';
const DAY_MS = 24 * 60 * 60 * 1000;

async function publish(files: Readonly<Record<string, string>>): Promise<TestPublication> {
  const publication = await createTestPublication({ files: { 'site.yaml': SITE, ...files } });
  await publication.settle();
  return publication;
}

async function change(publication: TestPublication, key: string, text: string | null): Promise<void> {
  await publication.put(key, text);
  await publication.settle();
}

async function page(publication: TestPublication, path: string): Promise<string | null> {
  return (await publication.documents()).get(path) ?? null;
}

describe('the page of an article', () => {
  it('stands at its address, follows every change, and goes with it', async () => {
    const publication = await publish({ 'news/storm.md': '# Storm\n\nWind.\n' });
    expect(await page(publication, 'news/storm/index.html')).toContain('<h1 class="p-name">Storm</h1>');
    await change(publication, 'news/storm.md', '# Calm\n\nNo wind.\n');
    expect(await page(publication, 'news/storm/index.html')).toContain('<h1 class="p-name">Calm</h1>');
    await change(publication, 'news/storm.md', null);
    expect(await page(publication, 'news/storm/index.html')).toBeNull();
  });

  it('moves with its address, and leaves nothing behind', async () => {
    const publication = await publish({ 'a.md': '---\npermalink: /old.html\n---\nText.\n' });
    expect(await page(publication, 'old.html')).toContain('Text.');
    await change(publication, 'a.md', '---\npermalink: /new/\n---\nText.\n');
    expect(await page(publication, 'old.html')).toBeNull();
    expect(await page(publication, 'new/index.html')).toContain('Text.');
  });

  it('is that of whoever has the address', async () => {
    const publication = await publish({ 'a.md': '---\npermalink: /same/\n---\nFirst.\n' });
    await change(publication, 'b.md', '---\npermalink: /same/\n---\nSecond.\n');
    expect(await page(publication, 'same/index.html')).toContain('First.');
    await change(publication, 'a.md', null);
    expect(await page(publication, 'same/index.html')).toContain('Second.');
  });

  it.each([
    ['a draft', '---\ndraft: true\n---\nText.\n'],
    ['what is scheduled', '---\ndate: 2030-01-01\n---\nText.\n'],
    ['what is at home elsewhere', '---\ncanonical_url: https://elsewhere.example/a\n---\nText.\n'],
  ])('is not there for %s', async (_, text) => {
    expect(await page(await publish({ 'a.md': text }), 'a/index.html')).toBeNull();
  });

  it('is there for an article that is in no feed', async () => {
    const publication = await publish({ 'a.md': '---\ntags: [x]\nunlisted: true\n---\nText.\n' });
    expect(await page(publication, 'a/index.html')).toContain('Text.');
    expect(await page(publication, 'index.html')).not.toContain('Text.');
  });

  it('stays as it was while its file has an error', async () => {
    const publication = await publish({ 'a.md': '# Good\n\nText.\n' });
    await change(publication, 'a.md', '---\ndate: 2026-02-31\n---\n# Bad\n');
    expect(await page(publication, 'a/index.html')).toContain('Good');
  });

  it('appears when its time has come, and goes when it expires', async () => {
    const publication = await publish({ 'a.md': '---\ndate: 2026-06-02\nexpires: 2026-06-04\n---\nText.\n' });
    publication.now = TEST_NOW + DAY_MS;
    await publication.publisher.tick();
    await publication.settle();
    expect(await page(publication, 'a/index.html')).toContain('Text.');
    publication.now = TEST_NOW + 4 * DAY_MS;
    await publication.publisher.tick();
    await publication.settle();
    expect(await page(publication, 'a/index.html')).toBeNull();
  });

  it('is not made, and goes, where another program makes the pages', async () => {
    const publication = await publish({ 'a.md': 'Text.\n' });
    expect(await page(publication, 'a/index.html')).not.toBeNull();
    await change(publication, 'site.yaml', `${SITE}pages: { articles: false }\n`);
    expect(await page(publication, 'a/index.html')).toBeNull();
    expect(await page(publication, 'index.html')).toContain('href="/a/"');
    await change(publication, 'site.yaml', SITE);
    expect(await page(publication, 'a/index.html')).not.toBeNull();
  });
});

describe('an address that both an article and a feed want', () => {
  const withFeed = `${SITE}feeds: { climate: { title: On the climate } }\n`;

  it('is the feed’s as long as the settings define it', async () => {
    const publication = await publish({ 'climate.md': '# An article\n\nText.\n' });
    expect(await page(publication, 'climate/index.html')).toContain('<h1 class="p-name">An article</h1>');
    await change(publication, 'site.yaml', withFeed);
    expect(await page(publication, 'climate/index.html')).toContain(
      '<h1 class="p-name"><bdi>On the climate</bdi></h1>',
    );
    expect((await publication.publisher.overview()).problems.map(({ code }) => code)).toContain('address-reserved');
    await change(publication, 'site.yaml', SITE);
    expect(await page(publication, 'climate/index.html')).toContain('<h1 class="p-name">An article</h1>');
  });

  it('has nothing where neither is any more, while the feed’s documents stay', async () => {
    const publication = await publish({ 'site.yaml': withFeed, 'a.md': 'Text.\n' });
    expect(await page(publication, 'climate/index.html')).toContain('On the climate');
    await change(publication, 'site.yaml', SITE);
    expect(await page(publication, 'climate/index.html')).toBeNull();
    expect(await page(publication, 'climate/rss.xml')).not.toBeNull();
  });

  it('is the feed’s again after a slow page of the article came too late', async () => {
    const publication = await publish({ 'site.yaml': withFeed, 'climate.md': '# An article\n\nText.\n' });
    const good = await page(publication, 'climate/index.html');
    await publication.public.write('climate/index.html', new TextEncoder().encode('late'));
    await publication.publisher.laneWork(pageLane('/climate/'), [{ lane: pageLane('/climate/'), key: null }]);
    await publication.settle();
    expect(await page(publication, 'climate/index.html')).toBe(good);
  });
});

describe('the pages that every site has', () => {
  it('are a home page, a list of feeds, a page for what is not there, and their style', async () => {
    const publication = await publish({ 'a.md': '---\ntags: [Wind]\n---\nText.\n' });
    expect(await page(publication, 'index.html')).toContain('<title>Coast</title>');
    expect(await page(publication, 'feeds/index.html')).toContain('href="/tags/wind/"');
    expect(await page(publication, '404.html')).toContain('noindex');
    expect(await page(publication, 'feedwright.css')).toContain('--accent');
    expect(await page(publication, 'tags/wind/index.html')).toContain('feed:https://example.org/tags/wind/atom.xml');
  });

  it('let nobody keep for long that there was nothing', async () => {
    const kept = new Map<string, string | undefined>();
    const publication = await createTestPublication({
      files: { 'site.yaml': SITE },
      wrap: (store, name) => ({
        ...store,
        write(key, body, options) {
          if (name === 'public') kept.set(key, options?.headers?.cacheControl);
          return store.write(key, body, options);
        },
      }),
    });
    await publication.settle();
    expect(kept.get('404.html')).toContain('max-age=30,');
    expect(kept.get('index.html')).toContain('max-age=300,');
  });

  it('keep their addresses', async () => {
    const files = Object.fromEntries(
      ['/feeds/', '/404.html', '/index.html', '/tags/x/', '/'].map((path, index) => [
        `${index}.md`,
        `---\npermalink: ${path}\ndate: 2026-03-01\n---\nText.\n`,
      ]),
    );
    const { problems } = await (await publish(files)).publisher.overview();
    expect(problems.filter(({ code }) => code === 'address-reserved')).toHaveLength(5);
  });

  it('make public the stylesheet and the logo that the settings name', async () => {
    const settings = `${SITE}pages:\n  stylesheet: look/own.css\n  logo: look/logo.svg\n`;
    const publication = await publish({
      'site.yaml': settings,
      'a.md': 'Text.\n',
      'look/own.css': 'a{}',
      'look/logo.svg': '<svg/>',
    });
    expect(await page(publication, 'look/own.css')).toBe('a{}');
    expect(await page(publication, 'look/logo.svg')).toBe('<svg/>');
    expect(await page(publication, 'index.html')).toContain('<link rel="stylesheet" href="/look/own.css">');
  });
});
