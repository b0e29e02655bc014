/** Ids that subscribers know from another system: by the settings, by adopted rows, and under races. */

import { describe, expect, it } from 'vitest';
import { adoptedKeyFor } from '../../../lambda/site/adopted/adopted-key.ts';
import { readJson } from '../../../lambda/state/json-object.ts';
import { recordKey } from '../../../lambda/state/keys.ts';
import type { ArticleRecord } from '../../../lambda/state/record.ts';
import { inspectDocument, isFeedDocument, judgeDocuments } from '../../../local/check/feed-documents.ts';
import { countStore, createCounts } from '../../support/counted-store.ts';
import { createTestPublication, type TestPublication, type TestPublicationOptions } from '../../support/publication.ts';

const OLD = 'https://old.example/blog/';
const settings = (...lines: readonly string[]) => ['title: Notes', `url: ${OLD}`, ...lines, ''].join('\n');

function article(title: string, ...fields: readonly string[]): string {
  return ['---', `title: ${title}`, 'date: 2026-05-01', ...fields, '---', '', `Text of ${title}.`, ''].join('\n');
}

async function publish(
  files: Readonly<Record<string, string>>,
  options: TestPublicationOptions = {},
): Promise<TestPublication> {
  const publication = await createTestPublication({ files, ...options });
  await publication.settle();
  return publication;
}

/** Ids by title, in each format. */
async function idsOf(publication: TestPublication) {
  const documents = await publication.documents();
  const { items } = JSON.parse(documents.get('feed.json') ?? '{"items":[]}') as {
    readonly items: readonly { readonly id: string; readonly title: string }[];
  };
  const read = (path: string, item: RegExp, id: RegExp) =>
    Object.fromEntries(
      [...(documents.get(path) ?? '').matchAll(item)].map(([text]) => [
        /<title>(.*?)<\/title>/.exec(text)?.[1] ?? '',
        id.exec(text)?.[1] ?? '',
      ]),
    );
  return {
    json: Object.fromEntries(items.map(({ id, title }) => [title, id])),
    rss: read('rss.xml', /<item>.*?<\/item>/gs, /<guid[^>]*>(.*?)<\/guid>/),
    atom: read('atom.xml', /<entry>.*?<\/entry>/gs, /<id>(.*?)<\/id>/),
  };
}

const inAll = (ids: Readonly<Record<string, string>>) => ({ json: ids, rss: ids, atom: ids });

async function problemsOf(publication: TestPublication, key: string): Promise<readonly string[]> {
  const record = await readJson<ArticleRecord>(publication.state, recordKey(key));
  return (record?.value.problems ?? []).map(({ code, message }) => `${code}: ${message}`);
}

async function faultsOf(publication: TestPublication): Promise<readonly string[]> {
  const documents = [...(await publication.documents())].filter(([path]) => isFeedDocument(path));
  const reports = new Map(
    documents.map(([path, text]) => [path, inspectDocument(path, new TextEncoder().encode(text))]),
  );
  return [...judgeDocuments(reports, 'https://example.org/', () => true).values()].flat();
}

describe('ids as the settings say', () => {
  it.each([
    ['permalink', `${OLD}posts/2024-01-02-first/`],
    ['permalink-without-slash', `${OLD}posts/2024-01-02-first`],
    ['jekyll', `${OLD}posts/first`],
    ['pelican', 'tag:old.example,2026-05-01:/blog/posts/2024-01-02-first/'],
    ['docusaurus', `${OLD}posts/2024-01-02-first`],
    ['vitepress', `${OLD}posts/2024-01-02-first.html`],
  ])('are in all formats those of the old address, wherever it is published: %s', async (form, id) => {
    const publication = await publish({
      'site.yaml': settings(`ids: ${form}`),
      'posts/2024-01-02-first.md': article('First'),
    });
    expect(await idsOf(publication)).toEqual(inAll({ First: id }));
    expect(await faultsOf(publication)).toEqual([]);
  });

  it('are refused without an address in the file', async () => {
    const publication = await publish({ 'site.yaml': 'title: Notes\nids: jekyll\n' });
    const { problems } = await publication.publisher.overview();
    expect(problems).toMatchObject([
      { code: 'site-field-invalid', line: 2, message: expect.stringContaining('makes ids of the site’s address') },
    ]);
  });

  it('stay when the settings say something else, or nothing', async () => {
    const publication = await publish({ 'site.yaml': settings('ids: permalink'), 'a.md': article('A') });
    const before = await idsOf(publication);
    for (const line of ['ids: docusaurus', 'ids: made', 'permalink: /:year/:title/']) {
      await publication.put('site.yaml', settings(line));
      await publication.settle();
      expect(await idsOf(publication)).toEqual(before);
    }
  });

  it('change nothing of what was public before', async () => {
    const publication = await publish({ 'site.yaml': settings(), 'a.md': article('A') });
    const before = await idsOf(publication);
    await publication.put('site.yaml', settings('ids: permalink'));
    await publication.put('b.md', article('B'));
    await publication.settle();
    expect((await idsOf(publication)).rss).toEqual({ ...before.rss, B: `${OLD}b/` });
  });

  it('come after what the article says itself', async () => {
    const publication = await publish({
      'site.yaml': settings('ids: permalink'),
      'a.md': article('A', 'guid: https://old.example/?p=64'),
      'b.md': article('B', 'id: 64b7f0c2a1d3e40001c9a8b7'),
    });
    expect(await idsOf(publication)).toMatchObject({
      rss: { A: 'https://old.example/?p=64', B: '64b7f0c2a1d3e40001c9a8b7' },
      json: { B: '64b7f0c2a1d3e40001c9a8b7' },
      atom: { B: 'urn:feedwright:https-old-example-blog:64b7f0c2a1d3e40001c9a8b7' },
    });
  });

  it('stand in Atom as they were, although Atom may hold no spaces', async () => {
    const publication = await publish({ 'site.yaml': settings('ids: docusaurus'), 'Über Café.md': article('A') });
    expect(await idsOf(publication)).toEqual(inAll({ A: `${OLD}Über Café` }));
    expect(await faultsOf(publication)).toEqual([]);
  });

  it('are those of the settings as they lie there, although nobody was told of them yet', async () => {
    const publication = await publish({ 'site.yaml': 'title: Notes\n' });
    await publication.content.write('site.yaml', new TextEncoder().encode(settings('ids: permalink')));
    await publication.put('a.md', article('A'));
    await publication.settle();
    expect(await idsOf(publication)).toEqual(inAll({ A: `${OLD}a/` }));
  });

  it('of pages leave those of posts alone, where the old system has none for pages', async () => {
    const publication = await publish({
      'site.yaml': settings('ids: jekyll'),
      'about.md': '---\ntitle: About\ntype: page\n---\nText.',
      'posts/2024-01-02-about.md': article('Post', 'permalink: /about-me/'),
    });
    expect(await idsOf(publication)).toEqual(inAll({ Post: `${OLD}about` }));
  });
});

describe('two articles that had one id', () => {
  const files = {
    '2024-01-02-spring.md': article('First', 'permalink: /hello/'),
    'notes/2024-01-02-spring.md': article('Second', 'permalink: /again/'),
  };
  const [first, second] = Object.keys(files) as [keyof typeof files, keyof typeof files];
  const MADE = /^urn:uuid:/;

  it('are both published: the first by key has it, the other one that is made, and a warning names both', async () => {
    const publication = await publish({ 'site.yaml': settings('ids: jekyll'), ...files });
    const { rss } = await idsOf(publication);
    expect(rss).toEqual({ First: `${OLD}spring`, Second: expect.stringMatching(MADE) });
    expect(await problemsOf(publication, first)).toEqual([]);
    const [told, ...others] = await problemsOf(publication, second);
    expect([told?.startsWith('id-shared'), told?.includes(first), others]).toEqual([true, true, []]);
    // Looked at again, all stays.
    await publication.put(second, `${files[second]}More.\n`);
    await publication.settle();
    expect((await idsOf(publication)).rss).toEqual(rss);
    expect(await problemsOf(publication, second)).toEqual([told]);
  });

  it('keep what was shown, whichever was there first', async () => {
    const publication = await publish({ 'site.yaml': settings('ids: jekyll'), [second]: files[second] });
    await publication.put(first, files[first]);
    await publication.settle();
    expect((await idsOf(publication)).rss).toEqual({ First: expect.stringMatching(MADE), Second: `${OLD}spring` });
  });

  it.each([
    ['in the order of their keys', [first, second]],
    ['in the other order', [second, first]],
  ])('may come to two workers at once %s: one has it, and the other is published too', async (_, order) => {
    const publication = await publish({ 'site.yaml': settings('ids: jekyll') });
    for (const key of order) await publication.content.write(key, new TextEncoder().encode(files[key]));
    await Promise.all(order.map((key) => publication.publisher.articleWork([{ key }])));
    for (const key of order) await publication.put(key, files[key]);
    await publication.settle();
    const { rss } = await idsOf(publication);
    const ids = Object.values(rss).sort();
    expect(ids).toEqual([`${OLD}spring`, expect.stringMatching(MADE)]);
    const problems = [...(await problemsOf(publication, first)), ...(await problemsOf(publication, second))];
    expect(problems.map((problem) => problem.replace(/:.*/s, ''))).toEqual(['id-shared']);
  });

  it('that are parts of one file are both published', async () => {
    const items = [
      { title: 'A', content_text: 'Text.', date_published: '2026-05-01', permalink: '/x/one.html', slug: 'same' },
      { title: 'B', content_text: 'Text.', date_published: '2026-05-01', permalink: '/x/two.html', slug: 'same' },
    ];
    const publication = await publish({ 'site.yaml': settings('ids: jekyll'), 'all.json': JSON.stringify(items) });
    const { rss } = await idsOf(publication);
    expect(rss).toEqual({ A: `${OLD}x/same`, B: expect.stringMatching(MADE) });
  });
});

describe('an adopted id', () => {
  const row = (key: string, ...lines: readonly string[]) => ({
    [adoptedKeyFor(key)]: [`${JSON.stringify(key)}:`, ...lines.map((line) => `  ${line}`), ''].join('\n'),
  });

  it('is that of the article, with the date that subscribers know', async () => {
    const publication = await publish({
      'site.yaml': settings('ids: permalink'),
      ...row('a.md', 'id: https://old.example/?p=64', 'published: 2020-01-02T03:04:05+01:00'),
      'a.md': '---\ntitle: A\n---\nText.',
    });
    expect(await idsOf(publication)).toEqual(inAll({ A: 'https://old.example/?p=64' }));
    expect((await publication.documents()).get('rss.xml')).toContain('Thu, 02 Jan 2020 03:04:05 +0100');
    expect(await problemsOf(publication, 'a.md')).toEqual([]);
  });

  it.each([
    [
      ['id: 64b7f0c2a1d3e40001c9a8b7'],
      '64b7f0c2a1d3e40001c9a8b7',
      'urn:feedwright:https-old-example-blog:64b7f0c2a1d3e40001c9a8b7',
    ],
    [
      ['id: "https://old.example/Über Café"', 'atomId: "https://old.example/Über Café"'],
      'https://old.example/Über Café',
      'https://old.example/Über Café',
    ],
    [
      ['id: https://old.example/?p=1', 'atomId: tag:old.example,2020:1'],
      'https://old.example/?p=1',
      'tag:old.example,2020:1',
    ],
    [['id: "42"', 'atomId: "42"'], '42', '42'],
  ])('has the form of each format: %j', async (lines, guid, atom) => {
    const publication = await publish({ 'site.yaml': settings(), ...row('a.md', ...lines), 'a.md': article('A') });
    expect(await idsOf(publication)).toEqual({ json: { A: guid }, rss: { A: guid }, atom: { A: atom } });
    expect(await faultsOf(publication)).toEqual([]);
  });

  it('comes after what the article says itself, and is not asked for then', async () => {
    const counts = createCounts();
    const publication = await publish(
      { 'site.yaml': settings(), ...row('a.md', 'id: adopted'), 'a.md': article('A', 'id: own') },
      { wrap: (store, name) => (name === 'content' ? countStore(store, counts) : store) },
    );
    expect((await idsOf(publication)).rss).toEqual({ A: 'own' });
  });

  it('costs one read at the first publication, and none later', async () => {
    const counts = createCounts();
    const publication = await publish(
      { 'site.yaml': settings(), 'a.md': article('A') },
      { wrap: (store, name) => (name === 'content' ? countStore(store, counts) : store) },
    );
    const readsOf = async (key: string, text: string) => {
      const before = counts.reads;
      await publication.put(key, text);
      await publication.settle();
      return counts.reads - before;
    };
    expect(await readsOf('a.md', article('Other'))).toBe(1);
    expect(await readsOf('b.md', article('B'))).toBe(2);
    expect(await readsOf('c.md', article('C', 'id: c'))).toBe(1);
  });

  it('is never public, neither as an article nor as a file that somebody names', async () => {
    const file = row('a.md', 'id: secret-of-old');
    const [path = ''] = Object.keys(file);
    const publication = await publish({
      'site.yaml': settings(),
      ...file,
      'a.md': article('A'),
      'b.md': `${article('B')}\n[it](/${path}) ![it](${path})\n`,
    });
    const paths = [...(await publication.documents()).keys()];
    expect(paths.filter((each) => each.includes('adopted'))).toEqual([]);
  });

  it('changes nothing of what was shown', async () => {
    const publication = await publish({ 'site.yaml': settings(), 'a.md': article('A') });
    const before = await idsOf(publication);
    for (const [key, text] of Object.entries(row('a.md', 'id: adopted'))) await publication.put(key, text);
    await publication.settle();
    expect(await idsOf(publication)).toEqual(before);
  });

  it('does not publish what its author has scheduled or held back', async () => {
    const publication = await publish({
      'site.yaml': settings(),
      ...row('a.md', 'id: adopted', 'published: 2020-01-01T00:00:00Z'),
      'a.md': '---\ntitle: A\ndate: 2030-01-01\n---\nText.',
      ...row('b.md', 'id: other', 'published: 2020-01-01T00:00:00Z'),
      'b.md': '---\ntitle: B\ndraft: true\n---\nText.',
    });
    expect((await idsOf(publication)).rss).toEqual({});
    publication.now = Date.UTC(2030, 0, 2);
    await publication.publisher.tick();
    await publication.settle();
    expect((await idsOf(publication)).rss).toEqual({ A: 'adopted' });
  });

  it('waits for the article that has it, and comes when that goes', async () => {
    const publication = await publish({ 'site.yaml': settings(), 'a.md': article('A', 'id: one') });
    for (const [key, text] of Object.entries(row('b.md', 'id: one'))) await publication.put(key, text);
    await publication.put('b.md', article('B'));
    await publication.settle();
    expect((await idsOf(publication)).rss).toEqual({ A: 'one' });
    expect(await problemsOf(publication, 'b.md')).toEqual([expect.stringContaining('belongs to a.md')]);
    await publication.put('a.md', null);
    await publication.settle();
    expect((await idsOf(publication)).rss).toEqual({ B: 'one' });
  });

  it.each([
    ['is no YAML', 'a.md: [\n'],
    ['holds a mistake in the row', 'a.md: { id: x, color: red }\n'],
    ['has the row twice', 'a.md: x\na.md: y\n'],
  ])('is waited for where its file %s, and only by what is new', async (_, broken) => {
    const publication = await publish({ 'site.yaml': settings() });
    const key = adoptedKeyFor('a.md');
    await publication.put(key, broken);
    await publication.put('a.md', article('A'));
    await publication.settle();
    expect(await idsOf(publication)).toEqual(inAll({}));
    expect(await problemsOf(publication, 'a.md')).toEqual([expect.stringContaining(`and ${key}, which`)]);
    expect(await problemsOf(publication, key)).toEqual([expect.stringMatching(/^adopted-unreadable/)]);
    await publication.put(key, 'a.md: known\n');
    await publication.settle();
    expect((await idsOf(publication)).rss).toEqual({ A: 'known' });
    expect(await problemsOf(publication, key)).toEqual([]);
    await publication.put(key, broken);
    await publication.put('a.md', `${article('A')}More.`);
    await publication.settle();
    expect((await idsOf(publication)).rss).toEqual({ A: 'known' });
  });

  it('of a file that a mended one does not name comes after a while', async () => {
    const publication = await publish({ 'site.yaml': settings() });
    const key = adoptedKeyFor('a.md');
    await publication.put(key, '[');
    await publication.put('a.md', article('A'));
    await publication.settle();
    await publication.put(key, null);
    await publication.settle();
    publication.now += 10 * 60 * 1000;
    await publication.publisher.tick();
    await publication.settle();
    expect(Object.keys((await idsOf(publication)).rss)).toEqual(['A']);
  });
});
