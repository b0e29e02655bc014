/** An id that was shown stays, whatever the file, a new field or the settings say later. */

import { describe, expect, it } from 'vitest';
import { readJson, swapJson } from '../../lambda/state/json-object.ts';
import { recordKey } from '../../lambda/state/keys.ts';
import type { ArticleRecord } from '../../lambda/state/record.ts';
import { inspectDocument, isFeedDocument, judgeDocuments } from '../../local/check/feed-documents.ts';
import { createTestPublication, type TestPublication } from '../support/publication.ts';

const SITE = 'title: Notes\nid: notes\n';
const GHOST = '64b7f0c2a1d3e40001c9a8b7';

function article(...fields: readonly string[]): string {
  return ['---', 'title: A', 'date: 2026-05-01', ...fields, '---', '', 'Text.', ''].join('\n');
}

async function publish(files: Readonly<Record<string, string>>): Promise<TestPublication> {
  const publication = await createTestPublication({ files: { 'site.yaml': SITE, ...files } });
  await publication.settle();
  return publication;
}

async function change(publication: TestPublication, files: Readonly<Record<string, string | null>>): Promise<void> {
  publication.now += 60_000;
  for (const [key, text] of Object.entries(files)) await publication.put(key, text);
  await publication.settle();
}

/** Ids by title, as every format has them. */
async function shownIds(publication: TestPublication) {
  const documents = await publication.documents();
  const read = (path: string, item: RegExp, id: RegExp) =>
    Object.fromEntries(
      [...(documents.get(path) ?? '').matchAll(item)].map(([text]) => [
        /<title>(.*?)<\/title>/.exec(text)?.[1],
        id.exec(text)?.[1],
      ]),
    );
  const { items } = JSON.parse(documents.get('feed.json') ?? '{"items":[]}');
  return {
    rss: read('rss.xml', /<item>.*?<\/item>/gs, /<guid[^>]*>(.*?)<\/guid>/),
    atom: read('atom.xml', /<entry>.*?<\/entry>/gs, /<id>(.*?)<\/id>/),
    json: Object.fromEntries(items.map((item: { id: string; title: string }) => [item.title, item.id])),
  };
}

async function problemsOf(publication: TestPublication, key: string): Promise<readonly string[]> {
  const record = await readJson<ArticleRecord>(publication.state, recordKey(key));
  return (record?.value.problems ?? []).map(({ code, message }) => `${code}: ${message}`);
}

const codesOf = async (publication: TestPublication, key: string): Promise<readonly string[]> =>
  (await problemsOf(publication, key)).map((problem) => problem.replace(/:.*/s, ''));

describe('the id of an article that was shown', () => {
  it.each([
    ['an id is added', article(), article('id: tag:example.org,2026:a')],
    ['its id is changed', article('id: tag:example.org,2026:a'), article('id: tag:example.org,2026:b')],
    ['its id is removed', article('id: tag:example.org,2026:a'), article()],
    ['its word is changed', article('id: 42'), article('id: 43')],
    ['its word is written out as a guid', article('id: 42'), article('guid: "urn:feedwright:notes:42"')],
    ['a canonical address is added', article(), article('canonical_url: https://first.example/a')],
    [
      'its canonical address is changed',
      article('canonical_url: https://first.example/a'),
      article('canonical_url: https://second.example/a'),
    ],
    ['an id comes beside its canonical address', article('canonical_url: https://first.example/a'), article('id: a')],
    ['its address is changed', article(), article('permalink: /elsewhere/')],
  ])('stays when %s', async (_, before, after) => {
    const publication = await publish({ 'a.md': before });
    const ids = await shownIds(publication);
    await change(publication, { 'a.md': after });
    expect(await shownIds(publication)).toEqual(ids);
  });

  it.each([
    ['the site gets another id', { 'site.yaml': 'title: Notes\nid: other\n' }],
    ['the site loses its id', { 'site.yaml': 'title: Other notes\n' }],
    ['the site moves', { 'site.yaml': `${SITE}url: https://moved.example/blog/\n` }],
    ['the site has a pattern for addresses', { 'site.yaml': `${SITE}permalink: /:year/:slug/\n` }],
  ])('stays when %s', async (_, files) => {
    const own = { content_text: 'Text.', date_published: '2026-05-01' };
    const publication = await publish({
      'a.md': article(),
      'b.md': article('id: 42').replace('title: A', 'title: B'),
      'c.json': JSON.stringify([
        { ...own, title: 'C', id: 43 },
        { ...own, title: 'D', url: 'https://example.org/d/' },
      ]),
    });
    const ids = await shownIds(publication);
    await change(publication, files);
    expect(await shownIds(publication)).toEqual(ids);
    expect(await codesOf(publication, 'b.md')).toEqual([]);
    expect(await codesOf(publication, 'c.json')).toEqual([]);
  });

  it('stays when the publisher is told of another address', async () => {
    const publication = await publish({
      'a.md': article(),
      'b.json': JSON.stringify([{ title: 'B', content_text: 'B', url: 'https://example.org/b/' }]),
    });
    const ids = await shownIds(publication);
    Object.assign(publication.ports, { url: 'https://moved.example/' });
    await publication.publisher.tick();
    await publication.put('a.md', article('tags: [sea]'));
    await publication.settle();
    expect(await shownIds(publication)).toEqual(ids);
  });

  it('stays when two files swap what they say', async () => {
    const of = (title: string, id: string): string => article(`id: ${id}`).replace('title: A', `title: ${title}`);
    const publication = await publish({ 'a.md': of('A', '1'), 'b.md': of('B', '2') });
    const ids = await shownIds(publication);
    await change(publication, { 'a.md': of('A', '2'), 'b.md': of('B', '1') });
    expect(await shownIds(publication)).toEqual(ids);
    expect(await problemsOf(publication, 'a.md')).toEqual([
      'id-kept: The article says that its id is “2”. It was published as “1”, and keeps that id.',
    ]);
  });

  it('stays while the article is away', async () => {
    const publication = await publish({ 'a.md': article('id: 1') });
    const ids = await shownIds(publication);
    await change(publication, { 'a.md': null });
    await change(publication, { 'a.md': article('id: 2', 'draft: true') });
    await change(publication, { 'a.md': article('id: 2') });
    expect(await shownIds(publication)).toEqual(ids);
  });
});

describe('an id that was never shown is free', () => {
  it.each([
    ['a draft', article('id: 1', 'draft: true')],
    ['an article that is scheduled', article('id: 1').replace('2026-05-01', '2027-05-01')],
    ['a file with an error', article('id: 1', 'date: 2026-02-31')],
  ])('of %s', async (_, first) => {
    const publication = await publish({ 'a.md': first });
    await change(publication, { 'a.md': article('id: 2') });
    expect((await shownIds(publication)).json).toEqual({ A: '2' });
    expect(await codesOf(publication, 'a.md')).toEqual([]);
  });

  it.each([
    ['id', 'id: 1'],
    ['address', 'permalink: /taken/'],
  ])('of an article whose %s another has', async (_, taken) => {
    const publication = await publish({ 'a.md': article(taken).replace('title: A', 'title: First') });
    await change(publication, { 'b.md': article(taken, ...(taken === 'id: 1' ? [] : ['id: 1'])) });
    expect((await shownIds(publication)).json).not.toHaveProperty('A');
    await change(publication, { 'b.md': article('id: 2') });
    expect((await shownIds(publication)).json).toHaveProperty('A', '2');
    expect(await codesOf(publication, 'b.md')).toEqual([]);
  });

  it('of one that was refused by an older publisher, which froze it all the same', async () => {
    const publication = await publish({ 'a.md': article('id: tag:example.org,2026:x') });
    await change(publication, { 'b.md': article('id: tag:example.org,2026:x').replace('title: A', 'title: B') });
    await editRecord(publication, 'b.md', ({ facts, ...record }) => ({
      ...record,
      facts: {
        '': {
          firstSeen: { at: publication.now, offsetMinutes: 0 },
          ...facts[''],
          id: 'tag:example.org,2026:x',
          fingerprint: 'f',
          changed: null,
        },
      },
    }));
    await change(publication, { 'b.md': article('id: tag:example.org,2026:y').replace('title: A', 'title: B') });
    expect((await shownIds(publication)).json).toEqual({ A: 'tag:example.org,2026:x', B: 'tag:example.org,2026:y' });
  });

  it('of one that another file got while it was away', async () => {
    const publication = await publish({ 'a.md': article('id: 1') });
    await change(publication, { 'a.md': null, 'b.md': article('id: 1').replace('title: A', 'title: B') });
    await change(publication, { 'a.md': article('id: 2') });
    expect((await shownIds(publication)).json).toEqual({ A: '2', B: '1' });
  });
});

describe('a plain word as an id', () => {
  it.each([
    ['42', 'urn:feedwright:notes:42'],
    [GHOST, `urn:feedwright:notes:${GHOST}`],
    ['abc-def', 'urn:feedwright:notes:abc-def'],
    ['A~%d0/%D0', 'urn:feedwright:notes:A%7E%25d0%2F%25D0'],
    ['6BA7B810-9DAD-11D1-80B4-00C04FD430C8', 'urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
  ])('is %s to the byte in RSS and JSON Feed, and an IRI in Atom', async (word, iri) => {
    const publication = await publish({ 'a.md': article(`id: "${word}"`) });
    expect(await shownIds(publication)).toEqual({
      rss: { A: word },
      atom: { A: iri },
      json: { A: word },
    });
    expect((await publication.documents()).get('rss.xml')).toContain('<guid isPermaLink="false">');
    expect(await findings(publication)).toEqual([]);
  });

  it.each(['http://Old.example/?p=7', 'https://old.example/a', 'https://old.example/a/', 'https://old.example/%d0%bf'])(
    'is none where it is an address: %s stands everywhere as it is',
    async (id) => {
      const publication = await publish({ 'a.md': article(`id: "${id}"`) });
      expect(await shownIds(publication)).toEqual({
        rss: { A: id },
        atom: { A: id },
        json: { A: id },
      });
    },
  );

  it('has one owner in each of its forms', async () => {
    const publication = await publish({ 'a.md': article('id: 42') });
    await change(publication, {
      'b.md': article('id: 42'),
      'c.md': article('id: "urn:feedwright:notes:42"'),
    });
    expect(await codesOf(publication, 'b.md')).toEqual(['id-taken']);
    expect(await codesOf(publication, 'c.md')).toEqual(['id-taken']);
    await change(publication, { 'site.yaml': 'title: Notes\nid: other\n', 'd.md': article('id: 42') });
    expect(await codesOf(publication, 'd.md')).toEqual(['id-taken']);
    expect(Object.keys((await shownIds(publication)).json)).toHaveLength(1);
  });

  it('is announced by its IRI when it goes', async () => {
    const publication = await publish({ 'a.md': article('id: 42'), 'site.yaml': `${SITE}deletedEntries: true\n` });
    await change(publication, { 'a.md': null });
    expect((await publication.documents()).get('atom.xml')).toContain('ref="urn:feedwright:notes:42"');
  });

  it('passes to another file that is given it, in one step', async () => {
    const publication = await publish({ 'a.md': article('id: 42') });
    const ids = await shownIds(publication);
    await change(publication, { 'a.md': null, 'b.md': article('id: 42') });
    expect(await shownIds(publication)).toEqual(ids);
  });

  it('stays an IRI in all formats where it was published as one', async () => {
    const publication = await publish({ 'a.md': article('id: 42') });
    await editRecord(publication, 'a.md', withoutGuids);
    await publication.publisher.reconcileAll();
    await publication.settle();
    const iri = 'urn:feedwright:notes:42';
    const ids = { rss: { A: iri }, atom: { A: iri }, json: { A: iri } };
    expect(await shownIds(publication)).toEqual(ids);
    await change(publication, { 'a.md': article('id: 42', 'tags: [sea]') });
    expect(await shownIds(publication)).toEqual(ids);
    expect(await codesOf(publication, 'a.md')).toEqual([]);
  });
});

describe('an item of a JSON file', () => {
  const item = (fields: object) => ({ date_published: '2026-05-01', content_text: 'Text.', ...fields });
  const other = item({ title: 'Other', url: 'https://example.org/other/' });

  it.each([
    ['gets an id', item({ title: 'A' }), item({ title: 'A', id: '7' })],
    ['loses its id', item({ title: 'A', id: '7' }), item({ title: 'A' })],
    ['gets another id', item({ title: 'A', id: '7' }), item({ title: 'A', id: '8' })],
    ['gets another id and title', item({ title: 'B', id: '7', url: '/a/' }), item({ title: 'A', id: '8', url: '/a/' })],
    [
      'gets another id and address',
      item({ title: 'A', id: '7', url: '/b/' }),
      item({ title: 'A', id: '8', url: '/a/' }),
    ],
    ['gets another title', item({ title: 'B', url: '/a/' }), item({ title: 'A', url: '/a/' })],
  ])('keeps its id when it %s, beside others and alone', async (_, before, after) => {
    for (const all of [(one: object) => [one, other], (one: object) => one]) {
      const publication = await publish({ 'a.json': JSON.stringify(all(before)) });
      const { A, B, ...others } = (await shownIds(publication)).json;
      await change(publication, { 'a.json': JSON.stringify(all(after)) });
      expect((await shownIds(publication)).json).toEqual({ A: A ?? B, ...others });
      await change(publication, { 'a.json': JSON.stringify(all(before)) });
      expect((await shownIds(publication)).json).toEqual({ ...(A === undefined ? { B } : { A }), ...others });
    }
  });

  it('is another one where nothing of it is the same', async () => {
    const publication = await publish({ 'a.json': JSON.stringify([item({ title: 'A', id: '7' }), other]) });
    await change(publication, { 'a.json': JSON.stringify([item({ title: 'B', id: '8' }), other]) });
    expect((await shownIds(publication)).json).toMatchObject({ B: '8' });
  });

  it('keeps its id when the items change their order, or one goes', async () => {
    const items = ['A', 'B', 'C'].map((title) => item({ title, ...(title === 'B' && { id: '7' }) }));
    const publication = await publish({ 'a.json': JSON.stringify(items) });
    const ids = (await shownIds(publication)).json;
    await change(publication, { 'a.json': JSON.stringify(items.toReversed()) });
    expect((await shownIds(publication)).json).toEqual(ids);
    await change(publication, { 'a.json': JSON.stringify(items.slice(1)) });
    expect((await shownIds(publication)).json).toEqual({ B: ids.B, C: ids.C });
  });

  it('may be called as what every object has', async () => {
    const publication = await publish({ 'a.json': JSON.stringify([item({ title: 'A', id: '__proto__' }), other]) });
    await change(publication, { 'a.json': JSON.stringify([item({ title: 'A', id: 'constructor' }), other]) });
    expect((await shownIds(publication)).json).toMatchObject({ A: '__proto__' });
  });
});

async function findings({ public: store, documents }: TestPublication): Promise<readonly string[]> {
  const paths = [...(await documents()).keys()].filter(isFeedDocument);
  const reports = new Map<string, ReturnType<typeof inspectDocument>>();
  for (const path of paths)
    reports.set(path, inspectDocument(path, (await store.read(path))?.body ?? new Uint8Array()));
  return [...judgeDocuments(reports, 'https://example.org/', () => true).values()].flat();
}

async function editRecord(
  { state }: TestPublication,
  key: string,
  edit: (record: ArticleRecord) => ArticleRecord,
): Promise<void> {
  const stored = await readJson<ArticleRecord>(state, recordKey(key));
  if (stored === null) throw new Error(`${key} has no record.`);
  await swapJson(state, recordKey(key), edit(stored.value), stored.version);
}

/** As a publisher wrote it that knew of no words. */
function withoutGuids(record: ArticleRecord): ArticleRecord {
  return JSON.parse(JSON.stringify(record), (name, value) => (name === 'guid' ? undefined : value));
}
