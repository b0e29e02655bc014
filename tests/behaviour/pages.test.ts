/** Pages that are no posts: in no feed, at their address, without a date that their author never wrote. */

import { describe, expect, it } from 'vitest';
import { readJson } from '../../lambda/state/json-object.ts';
import { recordKey } from '../../lambda/state/keys.ts';
import type { ArticleRecord } from '../../lambda/state/record.ts';
import { createTestPublication, type TestPublication } from '../support/publication.ts';

const SITE = 'title: Coast\nid: test\n';
const POST = '---\ntitle: Tide\ndate: 2026-05-01\n---\nWater.\n';

/** Where each file ends up, and whether it is in the feeds. */
async function roleOf(key: string, text: string, others: Readonly<Record<string, string>> = {}) {
  const publication = await publish({ ...others, [key]: text });
  const record = await readRecord(publication, key);
  const [shown] = record?.shown ?? [];
  return shown === undefined ? 'nothing' : shown.feeds.length === 0 ? 'page' : 'post';
}

describe('an article that has the address of the home page', () => {
  it('is left out without an error, for the site has one', async () => {
    const publication = await publish({ 'Home.md': '---\npermalink: /\n---\n# Coast\n\nWelcome.\n', 'tide.md': POST });
    const { problems, counts } = await publication.publisher.overview();
    expect(problems.map(({ code, path }) => [code, path])).toEqual([['page-left-out', 'Home.md']]);
    expect(counts.published).toBe(1);
  });
});

describe('an article is a page', () => {
  it.each([
    ['WordPress and Ghost say its type', 'contact-form.md', '---\ntitle: C\ndate: 2026-01-01\ntype: page\n---\nHi.\n'],
    ['a theme has a layout for it', 'me.md', '---\ntitle: Me\nlayout: page\n---\nI write.\n'],
    ['its layout is named by a file', 'me.md', '---\ntitle: Me\nlayout: layouts/page.njk\n---\nI write.\n'],
    ['its template says so', 'me.md', '---\ntitle: Me\ntemplate: page.html\n---\nI write.\n'],
    ['nearly every site calls it so', 'about.md', '# About\n\nI write.\n'],
    ['it is a bundle of that name', 'contact/index.md', '---\ntitle: Contact\n---\nWrite to us.\n'],
    ['its name is in German', 'Impressum.md', '# Impressum\n\nHier.\n'],
    ['it lies among the pages', 'pages/boats.md', 'Title: Boats\nDate: 2020-01-01\n\nTwo.\n'],
    ['it lies among the pages of Jekyll', '_pages/boats.md', '---\ntitle: Boats\n---\nTwo.\n'],
    ['it lists what is in its folder', 'blog/index.md', '---\ntitle: Blog\n---\n'],
    ['it lies among the pages of a source folder', 'src/pages/conduct.md', '---\ntitle: Conduct\n---\nBe kind.\n'],
    ['it lists the chapters of a book', 'SUMMARY.md', '# Summary\n\n- [Rain](rain.md)\n'],
    ['it is a licence of a typeface', 'src/fonts/sea/OFL.txt', 'This licence is for all.\n'],
    ['it is a file that pages load', 'static/report.txt', 'Numbers of 2014\n'],
    ['a program lists the posts of a tag in it', 'tag/sea2.html', '<title>Sea</title><p>One, two.</p>'],
    ['a program lists the next posts in it', 'index3.html', '<title>Coast</title><p>One, two.</p>'],
    ['an application has it as a template', 'app/tide.component.html', '<h1>{{ tide }}</h1><p>Water</p>'],
    ['Hexo keeps posts elsewhere', 'source/tools/index.md', '---\ntitle: Tools\ndate: 2020-01-01\n---\nSaw.\n'],
  ])('where %s', async (_, key, text) => {
    expect(await roleOf(key, text)).toBe('page');
  });

  it.each([
    ['has a date and such a name', 'about.md', '---\ntitle: About last week\ndate: 2026-05-02\n---\nRain.\n'],
    ['lies among posts', '_posts/2026-05-01-about.md', '---\nlayout: page\ntitle: About rain\n---\nRain.\n'],
    ['says that it is one', 'about.md', '---\ntitle: About\ntype: post\n---\nRain.\n'],
    ['is a note without a date', 'notes/links.md', '# Links\n\nRain.\n'],
    ['is a page of a graph', 'pages/Bread.md', 'public:: true\n- Flour.\n'],
    ['is a bundle without a date', 'trip/index.md', '---\ntitle: Trip\n---\nWe went.\n'],
    ['has a route of its own', 'src/pages/rain/index.md', '---\ntitle: Rain\n---\nRain.\n'],
    ['has a route of its own in MDX', 'pages/rain.mdx', '---\ntitle: Rain\n---\nRain.\n'],
    ['is below a route', 'src/pages/blog/rain.md', '---\ntitle: Rain\n---\nRain.\n'],
    ['has a date in such a folder', 'static/rain.md', '---\ntitle: Rain\ndate: 2026-05-02\n---\nRain.\n'],
    ['has a word for what it shows', 'a.md', '---\ntitle: A\ntype: photo\n---\nRain.\n'],
  ])('and none that %s', async (_, key, text) => {
    expect(await roleOf(key, text)).toBe('post');
  });

  it.each([
    ['about.md', 'page'],
    ['docs/rain.md', 'page'],
    ['blog/rain.md', 'post'],
    ['_posts/2026-05-02-rain.md', 'post'],
  ])('where Jekyll has posts elsewhere, though it has a date: %s', async (key, role) => {
    const text = '---\ntitle: Rain\ndate: 2026-05-02\n---\nRain.\n';
    expect(await roleOf(key, text, { '_config.yml': 'title: Coast\n' })).toBe(role);
  });

  it.each([
    ['tags.html', '---\ntitle: Tags\n---\n<p>All of them.</p>\n'],
    ['archive.md', '---\ntitle: Archive\npermalink: /archive/\n---\nAll of them.\n'],
    ['home.md', '---\ntitle: Home\nlayout: home\npermalink: /\n---\nWelcome.\n'],
  ])('and is left out where the publisher has a page of its own: %s', async (key, text) => {
    const publication = await publish({ [key]: text });
    const { problems } = await publication.publisher.overview();
    expect(problems.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning page-left-out']);
    await publication.put(
      key,
      text.replace(/\n---\n/, '\npermalink: /all/\n---\n').replace(/permalink: \/(?:archive\/)?\n/, ''),
    );
    await publication.settle();
    expect((await publication.publisher.overview()).problems).toEqual([]);
    expect((await publication.documents()).has('all/index.html')).toBe(true);
  });

  it('and a post at such an address is a mistake', async () => {
    const publication = await publish({ 'tags.md': '---\ntitle: Tags\ndate: 2026-05-01\n---\nOf tags.\n' });
    const { problems } = await publication.publisher.overview();
    expect(problems.map(({ code }) => code)).toEqual(['address-reserved']);
  });

  it.each([
    ['first', ['_config.yml', 'tools.md']],
    ['last', ['tools.md', '_config.yml']],
  ])('where Jekyll has posts elsewhere, and the settings come %s', async (_, order) => {
    const files: Readonly<Record<string, string>> = {
      '_config.yml': 'title: Coast\n',
      'tools.md': '---\ntitle: Tools\n---\nA saw.\n',
    };
    const publication = await publish({ '_posts/2026-05-01-tide.md': POST });
    for (const key of order) {
      await publication.put(key, files[key] ?? '');
      await publication.settle();
    }
    expect((await readRecord(publication, 'tools.md'))?.shown[0]?.feeds).toEqual([]);
    expect((await readRecord(publication, '_posts/2026-05-01-tide.md'))?.shown[0]?.feeds).toContain('all');
  });

  it('where the settings say so, and a post where they say that', async () => {
    const settings = `${SITE}pages: { files: ["shop/**"], posts: [about.md] }\n`;
    const files = { 'site.yaml': settings, 'about.md': '# About\n\nWe.\n', 'shop/a/one.md': POST };
    const publication = await publish(files);
    expect((await readRecord(publication, 'shop/a/one.md'))?.shown[0]?.feeds).toEqual([]);
    expect((await readRecord(publication, 'about.md'))?.shown[0]?.feeds).toContain('all');
  });
});

describe('a page', () => {
  it('stands at its address, with no date but one that its author wrote, and in no feed', async () => {
    const publication = await publish({ 'tide.md': POST, 'about.md': '# About us\n\nWe write.\n' });
    const documents = await publication.documents();
    const page = documents.get('about/index.html') ?? '';
    expect(page).toContain('<h1 class="p-name">About us</h1>');
    expect(page).not.toMatch(/2026|dt-published|datePublished|published_time/);
    for (const [path, text] of documents) if (path !== 'about/index.html') expect(text, path).not.toContain('About us');
    const record = await readRecord(publication, 'about.md');
    expect(record?.problems).toEqual([]);
  });

  it('shows the date that it has', async () => {
    const text = '---\ntitle: About\ntype: page\ndate: 2019-02-03\n---\nWe.\n';
    const documents = await (await publish({ 'about.md': text })).documents();
    expect(documents.get('about/index.html')).toContain('datetime="2019-02-03');
  });

  it('that becomes a post comes into the feeds, and goes from them when it is a page again', async () => {
    const publication = await publish({ 'about.md': '# About us\n\nWe write.\n' });
    const inFeed = async () => (await publication.documents()).get('atom.xml')?.includes('About us');
    expect(await inFeed()).toBe(false);
    await publication.put('about.md', '---\ntype: post\n---\n# About us\n\nWe write.\n');
    await publication.settle();
    expect(await inFeed()).toBe(true);
    await publication.put('about.md', '---\ntype: page\n---\n# About us\n\nWe write.\n');
    await publication.settle();
    expect(await inFeed()).toBe(false);
  });

  it('is in the menu that the settings name, which says where one is', async () => {
    const menu = 'pages:\n  menu:\n    About us: /about/\n    Shop: https://shop.example/\n';
    const publication = await publish({ 'site.yaml': SITE + menu, 'about.md': '# About us\n\nWe.\n', 'tide.md': POST });
    const documents = await publication.documents();
    const links = (path: string) => /<nav class="menu"[^>]*>(.*?)<\/nav>/s.exec(documents.get(path) ?? '')?.[1];
    expect(links('tide/index.html')).toBe(
      '<a href="/about/" dir="auto">About us</a><a href="https://shop.example/" dir="auto">Shop</a>',
    );
    expect(links('about/index.html')).toContain('<a href="/about/" aria-current="page"');
    expect(links('index.html')).toContain('href="/about/"');
  });
});

describe('a page that an older publisher has in feeds', () => {
  it.each([
    ['says so', '---\ntitle: Old\ntype: page\ndate: 2026-01-01\n---\nText.\n', 'old.md'],
    ['looks so', '# About\n\nText.\n', 'about.md'],
  ])('and that %s stays there with a warning, until the settings say otherwise', async (_, text, key) => {
    const publication = await publishAsBefore(key, text);
    const before = await readRecord(publication, key);
    expect(before?.shown[0]?.feeds).toContain('all');
    expect(before?.problems.map(({ code }) => code)).toContain('page-in-feeds');
    await publication.put('site.yaml', `${SITE}pages: { files: [${key}] }\n`);
    await publication.settle();
    const after = await readRecord(publication, key);
    expect(after?.shown[0]).toMatchObject({ feeds: [], entry: { id: before?.shown[0]?.entry.id } });
    expect(after?.problems).toEqual([]);
  });

  it('goes from them when its author writes that it is a page', async () => {
    const publication = await publishAsBefore('about.md', '# About\n\nText.\n');
    await publication.put('about.md', '---\ntype: page\n---\n# About\n\nText.\n');
    await publication.settle();
    expect((await readRecord(publication, 'about.md'))?.shown[0]?.feeds).toEqual([]);
  });
});

async function publish(files: Readonly<Record<string, string>>): Promise<TestPublication> {
  const publication = await createTestPublication({ files: { 'site.yaml': SITE, ...files } });
  await publication.settle();
  return publication;
}

/** A record as a publisher wrote it that knew neither pages nor wordings, then an upgrade that looks at all of them. */
async function publishAsBefore(key: string, text: string): Promise<TestPublication> {
  const publication = await publish({ 'site.yaml': `${SITE}pages: { posts: [${key}] }\n`, [key]: text });
  const record = await readRecord(publication, key);
  const facts = Object.entries(record?.facts ?? {}).map(([part, { wording, rendering, ...rest }]) => [part, rest]);
  const older = JSON.stringify({ ...record, facts: Object.fromEntries(facts) });
  await publication.state.write(recordKey(key), new TextEncoder().encode(older));
  await publication.put('site.yaml', SITE);
  await publication.settle();
  return publication;
}

async function readRecord({ state }: TestPublication, key: string): Promise<ArticleRecord | null> {
  return (await readJson<ArticleRecord>(state, recordKey(key)))?.value ?? null;
}
