/** Feeds of tags, authors and sections that have too few entries to be public, and how they come. */

import { describe, expect, it } from 'vitest';
import { readCatalog } from '../../../lambda/state/catalog.ts';
import { readJson } from '../../../lambda/state/json-object.ts';
import { CATALOG_KEY, openedKey, rootKey, SITE_STATE_KEY, unlinkedPrefix } from '../../../lambda/state/keys.ts';
import type { FeedRoot } from '../../../lambda/state/root.ts';
import { listAll } from '../../../lambda/store/store.ts';
import { feedLane, takedownKey } from '../../../lambda/work/protocol/lanes.ts';
import type { SiteState } from '../../../lambda/work/protocol/site-work.ts';
import { createTestPublication, type TestPublication } from '../../support/publication.ts';

const SITE = 'title: Coast\nid: test\nurl: https://example.org/\n';
const LINK = 'href="/tags/sea/"';

function article(title: string, tags = '[sea]', more = ''): string {
  return `---\ntitle: ${title}\ndate: 2026-05-01\ntags: ${tags}\n${more}---\nWater.\n`;
}

async function publish(count: number, options: { isNew?: boolean; site?: string } = {}): Promise<TestPublication> {
  const names = ['one', 'two', 'three', 'four', 'five'].slice(0, count);
  const files = Object.fromEntries(names.map((name) => [`${name}.md`, article(name)]));
  const publication = await createTestPublication({
    isNew: options.isNew ?? true,
    files: { 'site.yaml': options.site ?? SITE, ...files },
  });
  await publication.settle();
  return publication;
}

async function paths(publication: TestPublication): Promise<readonly string[]> {
  return [...(await publication.documents()).keys()].filter((path) => path.startsWith('tags/sea/'));
}

async function pageOf(publication: TestPublication, name: string): Promise<string> {
  return (await publication.documents()).get(`${name}/index.html`) ?? '';
}

async function openingOf(publication: TestPublication): Promise<FeedRoot['opening'] | null> {
  const root = await readJson<FeedRoot>(publication.state, rootKey('tags/sea'));
  return root === null ? null : root.value.opening;
}

describe('a tag of a new publication', () => {
  it('has no feed with two entries, and nothing leads to one', async () => {
    const publication = await publish(2);
    const documents = await publication.documents();
    expect(await paths(publication)).toEqual([]);
    expect(documents.get('feeds.opml')).not.toContain('sea');
    expect(documents.get('feeds/index.html')).not.toContain('tags/sea');
    expect(await pageOf(publication, 'one')).toContain('<span class="p-category" dir="auto">sea</span>');
    expect(await pageOf(publication, 'one')).not.toContain(LINK);
    expect((await publication.publisher.overview()).feeds.map(({ name }) => name)).toEqual(['all']);
    expect(await publication.publisher.isComplete()).toBe(true);
  });

  it('has one with the third, and all pages link to it', async () => {
    const publication = await publish(2);
    await publication.put('three.md', article('three'));
    await publication.settle();
    expect(await paths(publication)).toHaveLength(4);
    expect((await publication.documents()).get('feeds.opml')).toContain('tags/sea/rss.xml');
    for (const name of ['one', 'two', 'three']) expect(await pageOf(publication, name)).toContain(LINK);
    expect(await openingOf(publication)).toBe('done');
    const markers = await publication.state.list({ prefix: unlinkedPrefix('tags/sea') });
    expect(markers.objects).toEqual([]);
  });

  it('keeps it when entries go, and goes on telling of what is left', async () => {
    const publication = await publish(3);
    await publication.put('two.md', null);
    await publication.put('three.md', null);
    await publication.settle();
    const feed = (await publication.documents()).get('tags/sea/rss.xml');
    expect(feed).toContain('<title>one</title>');
    expect(feed).not.toContain('<title>two</title>');
    expect(await pageOf(publication, 'one')).toContain(LINK);
    await publication.put('six.md', article('six'));
    await publication.settle();
    expect((await publication.documents()).get('tags/sea/rss.xml')).toContain('<title>six</title>');
    expect(await pageOf(publication, 'six')).toContain(LINK);
  });

  it('has one from the first entry on where a former address leads to it', async () => {
    const publication = await publish(1, { site: `${SITE}redirects: { /tag/sea/feed/: /tags/sea/rss.xml }\n` });
    expect(await paths(publication)).toHaveLength(4);
    expect(await pageOf(publication, 'one')).toContain(LINK);
  });

  it('has one as the settings say, when they say so', async () => {
    const publication = await publish(2);
    await publication.put('site.yaml', `${SITE}feedMinimum: 2\n`);
    await publication.settle();
    expect(await paths(publication)).toHaveLength(4);
    expect(await pageOf(publication, 'one')).toContain(LINK);
    await publication.put('site.yaml', `${SITE}feedMinimum: 5\n`);
    await publication.settle();
    expect(await paths(publication)).toHaveLength(4);
    await publication.put('site.yaml', SITE);
    await publication.put('four.md', article('four', '[sea, wind]'));
    await publication.settle();
    expect(await pageOf(publication, 'four')).toContain(LINK);
    expect(await pageOf(publication, 'four')).not.toContain('href="/tags/wind/"');
  });

  it('is like its section and its author; a language, and what the site defines, come with the first entry', async () => {
    const site = `${SITE}authors: [Ada Writer]\nfeeds: { calm: { title: Calm, tags: [sea] } }\n`;
    const files = { 'site.yaml': site, 'news/one.md': article('eins', '[sea]', 'language: de\n') };
    const publication = await createTestPublication({ isNew: true, files });
    await publication.settle();
    const { feeds } = await publication.publisher.overview();
    expect(feeds.map(({ name }) => name)).toEqual(['all', 'calm', 'languages/de']);
    await publication.put('news/two.md', article('two'));
    await publication.put('news/three.md', article('three'));
    await publication.settle();
    const names = (await publication.publisher.overview()).feeds.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['sections/news', 'authors/ada-writer', 'tags/sea']));
  });
});

describe('a publication that was there before', () => {
  it('goes on with a feed for each tag', async () => {
    const publication = await publish(1, { isNew: false });
    expect(await paths(publication)).toHaveLength(4);
    expect(await pageOf(publication, 'one')).toContain(LINK);
    expect(await openingOf(publication)).toBeUndefined();
  });

  it('keeps what is public when it asks for more entries from now on', async () => {
    const publication = await publish(1, { isNew: false });
    await publication.put('site.yaml', `${SITE}feedMinimum: 3\n`);
    await publication.put('two.md', article('two', '[sea, wind]'));
    await publication.settle();
    expect((await publication.documents()).get('tags/sea/rss.xml')).toContain('<title>two</title>');
    expect(await pageOf(publication, 'one')).toContain(LINK);
    expect(await pageOf(publication, 'two')).toContain(LINK);
    expect(await pageOf(publication, 'two')).not.toContain('href="/tags/wind/"');
    expect((await publication.documents()).has('tags/wind/rss.xml')).toBe(false);
  });

  it('keeps it when its state is lost and its documents are there', async () => {
    const publication = await publish(1, { isNew: false });
    for await (const { key } of listAll(publication.state, '')) await publication.state.remove(key);
    await publication.put('one.md', article('one again'));
    await publication.settle();
    expect((await readJson<SiteState>(publication.state, SITE_STATE_KEY))?.value.feedMinimum).toBe(3);
    expect((await publication.documents()).get('tags/sea/rss.xml')).toContain('<title>one again</title>');
    expect(await pageOf(publication, 'one')).toContain(LINK);
  });
});

describe('a feed that is withheld', () => {
  it('has nothing left to do', async () => {
    const publication = await publish(2);
    const before = await readJson<FeedRoot>(publication.state, rootKey('tags/sea'));
    await publication.publisher.laneWork(feedLane('tags/sea'), [{ lane: feedLane('tags/sea'), key: null }]);
    await publication.publisher.laneWork(feedLane('tags/sea'), [{ lane: feedLane('tags/sea'), key: takedownKey() }]);
    await publication.settle();
    expect((await readJson<FeedRoot>(publication.state, rootKey('tags/sea')))?.version).toBe(before?.version);
    expect(await paths(publication)).toEqual([]);
  });

  it('is known to the list of feeds though the run died that began it', async () => {
    const publication = await publish(1);
    const catalog = await readCatalog(publication.state);
    expect(catalog.value.feeds.find(({ name }) => name === 'tags/sea')).toMatchObject({ withheld: true });
    const without = { ...catalog.value, feeds: catalog.value.feeds.filter(({ name }) => name !== 'tags/sea') };
    await publication.state.write(CATALOG_KEY, new TextEncoder().encode(JSON.stringify(without)));
    await publication.publisher.laneWork(feedLane('tags/sea'), [{ lane: feedLane('tags/sea'), key: 'one.md' }]);
    await publication.settle();
    expect((await readCatalog(publication.state)).value).toMatchObject({ feeds: catalog.value.feeds });
  });

  it('stays so in a repair, and a public one stays public', async () => {
    const publication = await publish(2);
    for (const name of ['a', 'b', 'c']) await publication.put(`${name}.md`, article(name, '[wind]'));
    await publication.settle();
    await publication.put('c.md', null);
    await publication.settle();
    for (const feed of ['tags/sea', 'tags/wind'])
      await publication.state.write(rootKey(feed), new TextEncoder().encode('{'));
    await publication.publisher.repair();
    await publication.settle();
    expect(await paths(publication)).toEqual([]);
    expect(await openingOf(publication)).toBe('withheld');
    expect((await publication.documents()).get('tags/wind/rss.xml')).toContain('<title>b</title>');
    expect(await pageOf(publication, 'a')).toContain('href="/tags/wind/"');
  });

  it('keeps its root in a repair of another kind', async () => {
    const publication = await publish(2);
    await publication.state.remove(SITE_STATE_KEY);
    await publication.publisher.repair();
    await publication.settle();
    expect(await paths(publication)).toEqual([]);
    expect(await openingOf(publication)).toBe('withheld');
  });

  it('goes on where an older publisher has written its documents', async () => {
    const publication = await publish(2);
    const root = await readJson<FeedRoot>(publication.state, rootKey('tags/sea'));
    const written = { ...root?.value, pending: { added: [], changed: [], head: false, restyled: [] } };
    await publication.state.write(rootKey('tags/sea'), new TextEncoder().encode(JSON.stringify(written)));
    await publication.put('one.md', article('one again'));
    await publication.settle();
    expect((await publication.documents()).get('tags/sea/rss.xml')).toContain('<title>one again</title>');
    expect(await pageOf(publication, 'two')).toContain(LINK);
  });

  it('is finished by whoever comes after a run that died once it had told of it', async () => {
    const publication = await publish(2);
    await publication.put('three.md', article('three'));
    await publication.settle();
    const root = await readJson<FeedRoot>(publication.state, rootKey('tags/sea'));
    const died = {
      ...root?.value,
      opening: 'under way',
      pending: { added: [], changed: [], head: true, restyled: [] },
    };
    await publication.state.write(rootKey('tags/sea'), new TextEncoder().encode(JSON.stringify(died)));
    await publication.state.remove(openedKey('tags/sea'));
    await publication.publisher.laneWork(feedLane('tags/sea'), [{ lane: feedLane('tags/sea'), key: null }]);
    await publication.settle();
    expect(await openingOf(publication)).toBe('done');
    expect(await publication.state.inspect(openedKey('tags/sea'))).not.toBeNull();
  });
});
