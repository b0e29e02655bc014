/** Links between articles lead to where the articles are, and follow them. */

import { describe, expect, it } from 'vitest';
import { readJson } from '../../../lambda/state/json-object.ts';
import { linkKey, nameKey, recordKey } from '../../../lambda/state/keys.ts';
import type { NameState } from '../../../lambda/state/name-state.ts';
import type { ArticleRecord } from '../../../lambda/state/record.ts';
import { listAll, type Store } from '../../../lambda/store/store.ts';
import { createTestPublication, type TestPublication } from '../../support/publication.ts';

const SITE = 'https://example.org';

function article(text: string, fields: readonly string[] = []): string {
  return ['---', 'title: x', 'date: 2026-01-01', ...fields, '---', '', text, ''].join('\n');
}

/** What others link to: each has an address that its file doesn't tell. */
const TARGETS = {
  'b.md': article('B.', ['slug: other']),
  'posts/c.md': article('C.', ['url: /elsewhere/c/']),
  '_posts/2026-01-02-d.md': article('D.', ['permalink: /dd.html']),
  '_posts/sub/2026-01-03-e.md': article('E.', ['permalink: /ee/']),
  'posts/bundle/index.md': article('F.', ['slug: parcel']),
  'Plants/Roses.md': article('## Soil\n\nHeavy.', ['permalink: /flowers/']),
  'posts/page.html':
    '<html><head><title>x</title><meta name="date" content="2026-01-01"></head><body><p>H.</p></body></html>',
  'nikola.md': '.. title: x\n.. slug: low-water\n.. date: 2026-01-01\n\nN.\n',
  'posts/b.es.md': article('ES.', ['slug: otra']),
};

async function linkOf(text: string, key = 'posts/a.md'): Promise<string> {
  const publication = await createTestPublication({ files: { ...TARGETS, [key]: article(text) } });
  await publication.settle();
  return content(publication, key);
}

async function content(publication: TestPublication, key: string): Promise<string> {
  const record = await readJson<ArticleRecord>(publication.state, recordKey(key));
  return record?.value.shown[0]?.entry.contentHtml ?? '';
}

async function updated(publication: TestPublication, key: string): Promise<number | undefined> {
  const record = await readJson<ArticleRecord>(publication.state, recordKey(key));
  return record?.value.shown[0]?.entry.updated.at;
}

async function problems(publication: TestPublication): Promise<readonly string[]> {
  const overview = await publication.publisher.overview();
  return overview.problems
    .filter(({ code }) => code === 'link-dead')
    .map(({ path, line, message, fix }) => `${path}:${line} ${message} ${fix}`);
}

describe('a link to the file of an article', () => {
  it.each([
    // Files, as in most systems.
    ['[x](../b.md)', '/other/'],
    ['[x](c.md#part)', '/elsewhere/c/#part'],
    ['[x](./c.md?a=1#part)', '/elsewhere/c/?a=1#part'],
    ['[x](/posts/c.md)', '/elsewhere/c/'],
    ['[x](bundle/index.md)', '/posts/parcel/'],
    ['[x](posts/c.md)', '/elsewhere/c/'],
    ['[x](page.html)', '/posts/page/'],
    ['[x](c.html#part)', '/elsewhere/c/#part'],
    ['[x](b.es.md)', '/posts/otra/'],
    ['[x](<c.md?a b##ä>)', '/elsewhere/c/?a%20b#%23%C3%A4'],
    ['<a href="c.md">x</a>', '/elsewhere/c/'],
    ['[x][c]\n\n[c]: c.md', '/elsewhere/c/'],
    // Without their ending.
    ['[x](c)', '/elsewhere/c/'],
    ['[x](/posts/c#part)', '/elsewhere/c/#part'],
    ['[x](/posts/c/)', '/elsewhere/c/'],
    ['[x](../b)', '/other/'],
    ['[x](/posts/bundle/)', '/posts/parcel/'],
    // Jekyll.
    ['[x]({% post_url 2026-01-02-d %})', '/dd.html'],
    ['[x]({{ site.baseurl }}{% post_url 2026-01-02-d %}#part)', '/dd.html#part'],
    ['[x]({{ site.url }}{% post_url sub/2026-01-03-e %})', '/ee/'],
    ['[x]({% post_url 2026-01-03-e %})', '/ee/'],
    ['[x]({% link _posts/2026-01-02-d.md %})', '/dd.html'],
    ['[x]({{ site.baseurl }}{% link posts/c.md %})', '/elsewhere/c/'],
    // Hexo.
    ['{% post_link 2026-01-02-d x %}', '/dd.html'],
    ['{% post_link sub/2026-01-03-e "x" %}', '/ee/'],
    ['<a href="{% post_path 2026-01-02-d %}">x</a>', '/dd.html'],
    // Hugo.
    ['[x]({{< ref "c" >}})', '/elsewhere/c/'],
    ['[x]({{< relref "b" >}})', '/other/'],
    ['[x]({{< ref "Roses.md#soil" >}})', '/flowers/#soil'],
    ['[x]({{% ref "/posts/c" %}})', '/elsewhere/c/'],
    ['[x]({{< ref path="posts/c.md" >}})', '/elsewhere/c/'],
    ['[x]({{< relref "../b.md" >}})', '/other/'],
    ['[x]({{< ref "posts/bundle" >}})', '/posts/parcel/'],
    // Zola, Nikola, Pelican, Docusaurus.
    ['[x](@/posts/c.md)', '/elsewhere/c/'],
    ['[x](@/b.md#part)', '/other/#part'],
    ['[x](link://slug/low-water)', '/low-water/'],
    ['[x](link://slug/other)', '/other/'],
    ['[x](link://filename/posts/c.md)', '/elsewhere/c/'],
    ['[x]({filename}c.md#part)', '/elsewhere/c/#part'],
    ['[x]({filename}/b.md)', '/other/'],
    ['[x](|filename|/posts/c.md)', '/elsewhere/c/'],
    ['[x]({filename}/b.rst)', '/other/'],
    ['[x](@site/posts/c.md)', '/elsewhere/c/'],
    ['[x](@site/blog/b.md)', '/other/'],
    // Notes.
    ['[[Roses|x]]', '/flowers/'],
    ['[[roses#Soil|x]]', '/flowers/#soil'],
    ['[[Plants/Roses|x]]', '/flowers/'],
    ['[[Roses#^37066d|x]]', '/flowers/'],
    ['[[b.md|x]]', '/other/'],
  ])('leads to its address: %s', async (text, address) => {
    expect(await linkOf(text)).toBe(`<p><a href="${SITE}${address}">x</a></p>`);
  });

  it.each([
    ['[x](a.md#part)', '/mine/#part'],
    ['[x](/posts/a)', '/mine/'],
    ['[[#Part two|x]]', '/mine/#part-two'],
  ])('leads to the article itself: %s', async (text, address) => {
    const publication = await createTestPublication({ files: { 'posts/a.md': article(text, ['permalink: /mine/']) } });
    await publication.settle();
    expect(await content(publication, 'posts/a.md')).toContain(`<a href="${SITE}${address}">x</a>`);
  });

  it.each([
    ['[x](/tags/sea/)', '/tags/sea/'],
    ['[x](/about/)', '/about/'],
    ['[x](part-2)', '/posts/a/part-2'],
    [`[x](${SITE}/posts/c/)`, '/posts/c/'],
    ['[x]({tag}sea birds)', '/tags/sea-birds/'],
    ['[x]({category}Sea Life)', '/tags/sea-life/'],
    ['[x]({author}Ada Reed)', '/authors/ada-reed/'],
    ['[x]({index})', '/'],
    ['[x](link://tag/sea)', '/tags/sea/'],
    ['[x](link://author/ada)', '/authors/ada/'],
    ['[x](pathname:///plan)', '/plan'],
  ])('that names no file stays what it is: %s', async (text, address) => {
    expect(await linkOf(text)).toBe(`<p><a href="${SITE}${address}">x</a></p>`);
  });

  it('may name a path from a folder above, as that of Eleventy’s sources; the nearest comes first', async () => {
    const files = {
      'site/content/blog/a.md': article('[x](blog/b.md) and [y](content/blog/b.md)'),
      'site/content/blog/b.md': article('B.', ['slug: nearest']),
      'site/blog/b.md': article('B.', ['slug: farther']),
    };
    const publication = await createTestPublication({ files });
    await publication.settle();
    const link = `<a href="${SITE}/site/content/blog/nearest/">`;
    expect(await content(publication, 'site/content/blog/a.md')).toBe(`<p>${link}x</a> and ${link}y</a></p>`);
  });

  it('means an article that has the very address', async () => {
    const files = {
      'c.md': article('C.', ['slug: moved']),
      'd.md': article('D.', ['slug: c']),
      'a.md': article('[x](/c/)'),
    };
    const publication = await createTestPublication({ files });
    await publication.settle();
    expect(await content(publication, 'a.md')).toBe(`<p><a href="${SITE}/c/">x</a></p>`);
  });

  it('means what lies so below the root of the content, which may not be that of the folder', async () => {
    const files = {
      'public/tide/index.md': article('T.', ['slug: tides']),
      'notes/ebb.md': article('E.'),
      'public/a.md': article('[x](/tide/#part) [y](/ebb/) [z](/public/tide/)'),
    };
    const publication = await createTestPublication({ files });
    await publication.settle();
    expect(await content(publication, 'public/a.md')).toBe(
      `<p><a href="${SITE}/public/tides/#part">x</a> <a href="${SITE}/ebb/">y</a> <a href="${SITE}/public/tides/">z</a></p>`,
    );
  });

  it('means the nearest of several that have the name', async () => {
    const files = {
      'one/note.md': article('1', ['slug: first']),
      'two/deep/note.md': article('2', ['slug: second']),
      'two/a.md': article('[[note|x]]'),
      'one/b.md': article('[[note|x]]'),
    };
    const publication = await createTestPublication({ files });
    await publication.settle();
    expect(await content(publication, 'two/a.md')).toContain('/two/deep/second/');
    expect(await content(publication, 'one/b.md')).toContain('/one/first/');
  });
});

describe('an article that others link to', () => {
  it('is followed when it moves, and the linking article stays as old as it is', async () => {
    const publication = await createTestPublication({ files: { 'a.md': article('[x](b.md)'), 'b.md': article('B.') } });
    await publication.settle();
    const before = await updated(publication, 'a.md');
    for (const slug of ['second', 'third']) {
      publication.now += 86_400_000;
      await publication.put('b.md', article('B.', [`slug: ${slug}`]));
      await publication.settle();
      expect(await content(publication, 'a.md')).toBe(`<p><a href="${SITE}/${slug}/">x</a></p>`);
      expect((await publication.documents()).get('atom.xml')).toContain(
        `${SITE}/${slug}/&quot;&gt;x&lt;/a&gt;`
          .replaceAll('&quot;', '"')
          .replaceAll('&gt;', '>')
          .replaceAll('&lt;', '<'),
      );
    }
    expect(await updated(publication, 'a.md')).toBe(before);
    await publication.put('site.yaml', 'title: T\npermalink: /:year/:title/\n');
    await publication.settle();
    expect(await content(publication, 'a.md')).toBe(`<p><a href="${SITE}/2026/third/">x</a></p>`);
    expect(await updated(publication, 'a.md')).toBe(before);
  });

  it('has no address for anybody until it is published, and none after it is withdrawn', async () => {
    const links = article('[x](b.md) [y]({{< ref "b" >}})');
    const publication = await createTestPublication({
      files: { 'a.md': links, 'b.md': article('B.', ['slug: secret', 'draft: true']) },
    });
    const shown = async (): Promise<string> => {
      await publication.settle();
      return content(publication, 'a.md');
    };
    const dead = '<p>x y</p>';
    const alive = `<p><a href="${SITE}/secret/">x</a> <a href="${SITE}/secret/">y</a></p>`;
    expect(await shown()).toBe(dead);
    expect([...(await publication.documents()).values()].join('')).not.toContain('secret');
    expect((await publication.publisher.overview()).problems.map(({ fix }) => fix).join('')).not.toContain('“b');
    await publication.put(
      'b.md',
      article('B.', ['slug: secret', 'date: 2027-01-01']).replace('date: 2026-01-01\n', ''),
    );
    expect(await shown()).toBe(dead);
    publication.now = Date.UTC(2027, 0, 2);
    await publication.publisher.tick();
    expect(await shown()).toBe(alive);
    await publication.put('b.md', article('B.', ['slug: secret', 'draft: true']));
    expect(await shown()).toBe(dead);
    await publication.put('b.md', article('B.', ['slug: secret']));
    expect(await shown()).toBe(alive);
    await publication.put('b.md', null);
    expect(await shown()).toBe(dead);
  });

  it('is told of with the line and the file that may be meant, where it is not there', async () => {
    const files = { 'a.md': article('One.\n\n[x](roses.md#soil) and [[Tulip]]'), 'plants/rose.md': article('R.') };
    const publication = await createTestPublication({ files });
    await publication.settle();
    expect(await content(publication, 'a.md')).toBe('<p>One.</p>\n<p>x and Tulip</p>');
    expect(await problems(publication)).toEqual([
      'a.md:8 The link “roses.md#soil” names no file of a published article, so its words are shown without a link. Did you mean “plants/rose.md”? If not, the link comes by itself when the article is published.',
      'a.md:8 The link “Tulip” names no file of a published article, so its words are shown without a link. Mend the link, or leave it: the link comes by itself when the article is published.',
    ]);
    await publication.put('roses.md', article('R.'));
    await publication.settle();
    expect(await problems(publication)).toHaveLength(1);
  });

  it('wakes those who link to it in portions, however many they are', async () => {
    const publication = await createTestPublication({ batchCount: 500 });
    const keys = Array.from({ length: 2_100 }, (_, index) => `posts/p${index}.md`);
    // Drafts have no links, so what an article at rest would have is put there.
    for (const key of keys)
      await publication.state.write(
        linkKey('b', key),
        new TextEncoder().encode(JSON.stringify({ schema: 1, nonce: '', key })),
      );
    await publication.put('a.md', article('[x](b.md)'));
    await publication.put('b.md', article('B.'));
    const sent: number[] = [];
    const { sendArticleWork } = publication.ports.queue;
    publication.ports.queue.sendArticleWork = async (messages) => {
      sent.push(messages.length);
      return sendArticleWork(messages);
    };
    await publication.settle();
    expect(sent.filter((count) => count > 1)).toEqual([1_000, 1_000, 101]);
    expect(await content(publication, 'a.md')).toBe(`<p><a href="${SITE}/b/">x</a></p>`);
  });
});

describe('articles that link to each other', () => {
  it('come to rest, and an event that changes nothing wakes nobody', async () => {
    const files = {
      'a.md': article('[b](b.md) [c](c.md)'),
      'b.md': article('[a](a.md) [b]({{< ref "b" >}})'),
      'c.md': article('[[a]]'),
    };
    const publication = await createTestPublication({ files });
    await publication.settle();
    const before = await revisions(publication);
    for (const key of Object.keys(files)) await publication.ports.queue.sendArticleWork([{ key }]);
    await publication.settle();
    expect(await revisions(publication)).toEqual(before);
  });
});

async function revisions({ state }: TestPublication): Promise<readonly number[]> {
  const found: number[] = [];
  for await (const { key } of listAll(state, 'articles/'))
    found.push((await readJson<ArticleRecord>(state, key))?.value.revision ?? 0);
  return found;
}

describe('what links cost', () => {
  async function callsOf(files: Readonly<Record<string, string>>, key: string, text: string): Promise<number> {
    let calls = 0;
    const count = (store: Store): Store => ({
      ...store,
      read: (...args) => counted(store.read(...args)),
      inspect: (...args) => counted(store.inspect(...args)),
      write: (...args) => counted(store.write(...args)),
      remove: (...args) => counted(store.remove(...args)),
      list: (...args) => counted(store.list(...args)),
    });
    const counted = <T>(result: T): T => {
      calls += 1;
      return result;
    };
    const publication = await createTestPublication({ files, wrap: count });
    await publication.settle();
    calls = 0;
    await publication.put(key, text);
    await publication.publisher.articleWork([{ key }]);
    return calls;
  }

  it('is at most three calls a link, and nothing for an edit without links', async () => {
    const files = { 'b.md': article('B.'), 'c.md': article('C.'), 'a.md': article('A.') };
    const plain = await callsOf(files, 'a.md', article('A changed.'));
    const again = await callsOf({ ...files, 'z.md': article('[b](b.md) [c](c.md)') }, 'a.md', article('A changed.'));
    expect(again).toBe(plain);
    const linking = await callsOf(files, 'a.md', article('[b](b.md) [c](c.md) [d](d.md) [b](b.md)'));
    expect(linking - plain).toBe(3 * 3);
    const known = { ...files, 'z.md': article('[b](b.md) [c](c.md)') };
    expect((await callsOf(known, 'a.md', article('[b](b.md) [c](c.md)'))) - plain).toBe(2 * 2);
  });

  it('is bounded for an article with very many', async () => {
    const lines = Array.from({ length: 2_100 }, (_, index) => `[x${index}](n${index}.md)`).join('\n');
    const publication = await createTestPublication({ files: { 'a.md': article(lines) } });
    await publication.settle();
    const record = await readJson<ArticleRecord>(publication.state, recordKey('a.md'));
    expect(record?.value.linked).toHaveLength(2_000);
    expect(record?.value.deadLinks).toHaveLength(20);
  });
});

describe('what the state keeps of links', () => {
  it('are markers that go with the links, in the end', async () => {
    const publication = await createTestPublication({
      files: { 'a.md': article('[x](b.md) [y](c.md)'), 'b.md': article('B.') },
    });
    await publication.settle();
    const markers = async (): Promise<readonly string[]> => {
      await publication.settle();
      const found: string[] = [];
      for await (const { key } of listAll(publication.state, 'links/')) found.push(key);
      return found;
    };
    expect(await markers()).toEqual(['links/b/a.md', 'links/c/a.md']);
    await publication.put('a.md', article('[x](b.md)'));
    expect(await markers()).toEqual(['links/b/a.md']);
    await publication.put('a.md', null);
    expect(await markers()).toEqual([]);
  });

  it('are names that are given up when a slug changes', async () => {
    const publication = await createTestPublication({ files: { 'a.md': article('A.', ['slug: one']) } });
    await publication.settle();
    const held = async (name: string): Promise<readonly (string | null)[]> => {
      const state = await readJson<NameState>(publication.state, nameKey(name));
      return state?.value.holders.map(({ url }) => url) ?? [];
    };
    expect(await held('one')).toEqual([`${SITE}/one/`]);
    await publication.put('a.md', article('A.', ['slug: two']));
    await publication.settle();
    expect([await held('one'), await held('two'), await held('a')]).toEqual([
      [null],
      [`${SITE}/two/`],
      [`${SITE}/two/`],
    ]);
  });

  it('comes back with a repair', async () => {
    const publication = await createTestPublication({
      files: { 'a.md': article('[x](b.md)'), 'b.md': article('B.', ['slug: c']) },
    });
    await publication.settle();
    await publication.state.remove(nameKey('b'));
    await publication.state.remove(linkKey('b', 'a.md'));
    await publication.publisher.repair();
    await publication.settle();
    expect(await content(publication, 'a.md')).toBe(`<p><a href="${SITE}/c/">x</a></p>`);
    await publication.put('b.md', article('B.', ['slug: d']));
    await publication.settle();
    expect(await content(publication, 'a.md')).toBe(`<p><a href="${SITE}/d/">x</a></p>`);
  });
});
