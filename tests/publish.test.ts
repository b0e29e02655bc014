import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPublisher } from '../lambda/publish.ts';
import type { Store } from '../lambda/store/store.ts';
import { createTestPublication, TEST_NOW, type TestPublication } from './support/publication.ts';

const DAY_MS = 86_400_000;
const SITE = 'title: Test Letters\nid: test\npageSize: 10\nauthors: [Ada Writer]\n';

describe('publisher', () => {
  it('publishes one Markdown file without any settings', async () => {
    const publication = await publish({ 'hello.md': '# Hello\n\nFirst words.\n' });
    const feed = await readJsonFeed(publication);
    expect(feed.items).toMatchObject([{ title: 'Hello', content_html: expect.stringContaining('First words.') }]);
  });

  it('offers its main feed, and those of the settings, before anything is in them', async () => {
    const publication = await publish({ 'site.yaml': `${SITE}feeds: { news: { title: News, tags: [news] } }\n` });
    const documents = await publication.documents();
    for (const path of ['feed.json', 'news/feed.json']) expect(documents.get(path)).toContain('"items": []');
    expect(documents.get('feeds.opml')).toContain('https://example.org/news/rss.xml');
  });

  it('makes no feed for a tag that was gone again before anybody saw it', async () => {
    const publication = await createTestPublication({ files: { 'a.md': article({ title: 'A', tags: '[typo]' }) } });
    await publication.publisher.articleWork([{ key: 'a.md' }]);
    await publication.put('a.md', article({ title: 'A', tags: '[type]' }));
    await publication.settle();
    const paths = [...(await publication.documents()).keys()];
    expect(paths.filter((path) => path.startsWith('tags/typo'))).toEqual([]);
    expect(paths).toContain('tags/type/rss.xml');
  });

  it('publishes an article to every feed it belongs to, and lists them in the OPML file', async () => {
    const publication = await publish({
      'site.yaml': SITE,
      'news/a.md': article({ title: 'A', tags: '[Sea, C++]', author: 'Grace Holm' }),
    });
    const documents = await publication.documents();
    const feeds = ['', 'tags/sea/', 'tags/c-plus-plus/', 'authors/grace-holm/', 'sections/news/'];
    for (const feed of feeds) expect(documents.get(`${feed}feed.json`)).toContain('"A"');
    expect(documents.get('feeds.opml')).toContain('Test Letters: C++');
  });

  it('writes nothing when the same files are looked at again', async () => {
    const publication = await publish({ 'site.yaml': SITE, ...manyArticles(40) });
    const before = await versionsOf(publication.public);
    for (const key of ['site.yaml', ...Object.keys(manyArticles(40))]) {
      await publication.publisher.articleWork([{ key }]);
    }
    await publication.settle();
    expect(await versionsOf(publication.public)).toEqual(before);
  });

  it('keeps what was published when an article breaks, and says why', async () => {
    const publication = await publish({ 'a.md': article({ title: 'Good' }), 'b.md': article({ title: 'Other' }) });
    await publication.put('a.md', article({ title: 'Bad', date: '2026-02-31' }));
    await publication.settle();
    const titles = (await readJsonFeed(publication)).items.map(({ title }) => title);
    expect(titles.sort()).toEqual(['Good', 'Other']);
    const { problems } = await publication.publisher.overview();
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'date-impossible', path: 'a.md', severity: 'error' }),
    );
  });

  it('removes an article that is gone, and its feeds stay as valid empty ones', async () => {
    const publication = await publish({ 'a.md': article({ title: 'A', tags: '[sea]' }) });
    publication.now += DAY_MS;
    await publication.put('a.md', null);
    await publication.settle();
    const documents = await publication.documents();
    expect(JSON.parse(documents.get('tags/sea/feed.json') ?? '')).toMatchObject({ items: [] });
    expect(documents.get('feeds.opml')).not.toContain('tags/sea');
  });

  it('freezes the id and the first-seen date, and dates an edit by when it was noticed', async () => {
    const publication = await publish({ 'a.md': 'Just words.\n' });
    const [before] = (await readJsonFeed(publication)).items;
    publication.now += DAY_MS;
    await publication.put('a.md', 'Other words.\n');
    await publication.settle();
    const [after] = (await readJsonFeed(publication)).items;
    expect(after?.id).toBe(before?.id);
    expect(after?.date_published).toBe('2026-06-01T12:00:00Z');
    expect(after?.date_modified).toBe('2026-06-02T12:00:00Z');
  });

  it('publishes a scheduled article when it is due, and takes an expired one down', async () => {
    const publication = await publish({
      'soon.md': article({ title: 'Soon', date: '2026-06-02T12:00:00Z', expires: '2026-06-04T12:00:00Z' }),
      'now.md': article({ title: 'Now' }),
    });
    const titlesOn = async (day: number): Promise<readonly string[]> => {
      publication.now = TEST_NOW + day * DAY_MS;
      await publication.publisher.tick();
      await publication.settle();
      return (await readJsonFeed(publication)).items.map(({ title }) => title ?? '').sort();
    };
    expect(await titlesOn(0)).toEqual(['Now']);
    expect(await titlesOn(2)).toEqual(['Now', 'Soon']);
    expect(await titlesOn(4)).toEqual(['Now']);
  });

  it('takes an expired article down although its file is broken by then, or waits for an address', async () => {
    const expires = '2026-06-04T12:00:00Z';
    const publication = await publish({
      'broken.md': article({ title: 'Broken', expires }),
      'waiting.md': article({ title: 'Waiting', expires, slug: 'own' }),
      'owner.md': article({ title: 'Owner', slug: 'same' }),
    });
    await publication.put('broken.md', article({ title: 'Broken', date: '2026-02-31' }));
    await publication.put('waiting.md', article({ title: 'Waiting', slug: 'same' }));
    await publication.settle();
    const titles = async (): Promise<readonly string[]> =>
      (await readJsonFeed(publication)).items.map(({ title }) => title ?? '').sort();
    expect(await titles()).toEqual(['Broken', 'Owner', 'Waiting']);
    publication.now = TEST_NOW + 3 * DAY_MS;
    await publication.publisher.tick();
    await publication.settle();
    expect(await titles()).toEqual(['Owner']);
  });

  it('leaves no marker of an instant that an article does not wait for any more', async () => {
    const publication = await publish({ 'a.md': article({ title: 'A', date: '2026-07-01T12:00:00Z' }) });
    await publication.put('a.md', article({ title: 'A', date: '2026-08-01T12:00:00Z' }));
    await publication.settle();
    const { objects } = await publication.state.list({ prefix: 'due/' });
    expect(objects.filter(({ key }) => key.includes('/article/'))).toHaveLength(1);
  });

  it('gives an address to the article that has it, and to the other once the first goes', async () => {
    const publication = await publish({
      'a.md': article({ title: 'First', slug: 'same' }),
      'b.md': article({ title: 'Second', slug: 'same' }),
    });
    expect((await readJsonFeed(publication)).items.map(({ title }) => title)).toEqual(['First']);
    expect((await publication.publisher.overview()).problems).toMatchObject([
      { code: 'address-taken', path: 'b.md', message: expect.stringContaining('a.md') },
    ]);
    await publication.put('a.md', null);
    await publication.settle();
    expect((await readJsonFeed(publication)).items.map(({ title }) => title)).toEqual(['Second']);
    expect((await publication.publisher.overview()).problems).toEqual([]);
  });

  it('does an article again when the image arrives that it names', async () => {
    const publication = await publish({ 'a.md': article({ title: 'A', image: 'photo.png' }) });
    expect((await publication.publisher.overview()).problems).toMatchObject([{ code: 'asset-missing' }]);
    expect((await readJsonFeed(publication)).items[0]?.image).toBeUndefined();
    await publication.put('photo.png', PNG_1X1);
    await publication.settle();
    expect((await readJsonFeed(publication)).items[0]?.image).toBe('https://example.org/photo.png');
    expect((await publication.publisher.overview()).problems).toEqual([]);
    expect(await publication.public.inspect('photo.png')).not.toBeNull();
  });

  it('takes an asset down when nothing shown uses it any more', async () => {
    const publication = await publish({ 'a.md': article({ title: 'A', image: 'photo.png' }) });
    await publication.put('photo.png', PNG_1X1);
    await publication.settle();
    await publication.put('a.md', article({ title: 'A', image: 'photo.png', draft: 'true' }));
    await publication.settle();
    expect(await publication.public.inspect('photo.png')).toBeNull();
  });

  it('forgets who used an asset and does not any more', async () => {
    const publication = await publish({ 'a.md': article({ title: 'A', image: 'photo.png' }) });
    await publication.put('photo.png', PNG_1X1);
    await publication.settle();
    const markers = async () => (await publication.state.list({ prefix: 'uses/' })).objects.length;
    expect(await markers()).toBe(1);
    await publication.put('a.md', article({ title: 'A' }));
    await publication.settle();
    expect(await markers()).toBe(0);
    expect(await publication.public.inspect('photo.png')).toBeNull();
    await publication.put('a.md', article({ title: 'A', image: 'photo.png' }));
    await publication.settle();
    expect(await publication.public.inspect('photo.png')).not.toBeNull();
  });

  it('looks at an article once that comes before the event of its asset', async () => {
    const publication = await createTestPublication({ files: { 'a.md': article({ title: 'A', image: 'photo.png' }) } });
    await publication.content.write('photo.png', PNG_1X1);
    await publication.publisher.articleWork([{ key: 'a.md' }]);
    const queued: string[] = [];
    const queue = {
      ...publication.ports.queue,
      sendArticleWork: async (messages: readonly { readonly key: string }[]) =>
        void queued.push(...messages.map(({ key }) => key)),
    };
    await createPublisher({ ...publication.ports, queue }).articleWork([{ key: 'photo.png' }]);
    expect(queued).toEqual([]);
    await publication.content.write('photo.png', new TextEncoder().encode('another picture'));
    await createPublisher({ ...publication.ports, queue }).articleWork([{ key: 'photo.png' }]);
    expect(queued).toEqual(['a.md']);
  });

  it('renders everything anew when the settings change, and keeps the last good ones when they break', async () => {
    const publication = await publish({ 'site.yaml': SITE, ...manyArticles(40) });
    await publication.put('site.yaml', SITE.replace('Letters', 'Cards'));
    await publication.settle();
    const documents = await publication.documents();
    const feeds = [...documents].filter(([path]) => /(?:rss|atom)\.xml$/.test(path));
    expect(feeds.length).toBeGreaterThan(4);
    for (const [path, text] of feeds) expect(text, path).toContain('Test Cards');
    await publication.put('site.yaml', 'titel: Oops\n');
    await publication.settle();
    expect(await publication.documents()).toEqual(documents);
    expect((await publication.publisher.overview()).problems).toMatchObject([{ code: 'site-field-unknown' }]);
  });

  it('tells of an article as new although the settings change while it is looked at', async () => {
    const publication = await publish({ 'site.yaml': SITE, 'a.md': article({ title: 'A' }) });
    const encode = (text: string) => new TextEncoder().encode(text);
    await publication.content.write('site.yaml', encode(SITE.replace('Letters', 'Cards')));
    await publication.content.write('b.md', encode(article({ title: 'B' })));
    const outcomes = await publication.publisher.articleWork([{ key: 'b.md' }, { key: 'site.yaml' }]);
    expect(outcomes).toContainEqual(expect.objectContaining({ key: 'b.md', change: 'published' }));
  });

  it('calls a feed as its oldest entry writes it, also when the first page of the archive goes', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => {
        const date = new Date(Date.UTC(2026, 0, 1) + index * DAY_MS).toISOString();
        return [`p${index}.md`, article({ title: `P${index}`, date, tags: index < 30 ? '[SEA]' : '[Sea]' })];
      }),
    );
    const publication = await publish({ 'site.yaml': SITE, ...files });
    expect((await publication.documents()).get('tags/sea/feed.json')).toContain('Test Letters: SEA');
    publication.now += DAY_MS;
    for (let index = 0; index < 30; index += 1) await publication.put(`p${index}.md`, null);
    await publication.settle();
    for (const [path, text] of await currentDocuments(publication)) {
      if (path.startsWith('tags/sea/')) expect(text, path).toContain('Test Letters: Sea');
    }
  });

  it('makes lost documents anew when told to', async () => {
    const publication = await publish({ 'site.yaml': SITE, ...manyArticles(20) });
    const documents = await publication.documents();
    await publication.public.remove('tags/sea/atom.xml');
    expect(await publication.publisher.isComplete()).toBe(false);
    await publication.publisher.reconcileAll();
    await publication.settle();
    expect(await publication.publisher.isComplete()).toBe(true);
    expect(await publication.documents()).toEqual(documents);
  });

  it('ends in the same documents, whatever the order and the batches', async () => {
    const files = manyArticles(32);
    const expected = await currentDocuments(await publish({ 'site.yaml': SITE, ...files }));
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(Object.keys(files), { minLength: Object.keys(files).length }),
        fc.integer({ min: 1, max: 7 }),
        async (order, pauseEvery) => {
          const publication = await publish({ 'site.yaml': SITE });
          for (const [index, key] of order.entries()) {
            await publication.put(key, files[key as keyof typeof files] ?? null);
            if (index % pauseEvery === 0) await publication.settle();
          }
          await publication.settle();
          expect(await currentDocuments(publication)).toEqual(expected);
        },
      ),
      { numRuns: 6 },
    );
  });

  it('ends in the same documents after a crash at any write', async () => {
    const files = { 'site.yaml': SITE, ...manyArticles(8) };
    const expected = await currentDocuments(await publish(files));
    for (let crashAt = 1; crashAt < 260; crashAt += 9) {
      const publication = await publishWithCrash(files, crashAt);
      expect(await currentDocuments(publication), `crash at write ${crashAt}`).toEqual(expected);
    }
  });
});

interface JsonFeed {
  readonly items: readonly {
    readonly id: string;
    readonly title?: string;
    readonly image?: string;
    readonly date_published: string;
    readonly date_modified: string;
  }[];
}

async function publish(files: Readonly<Record<string, string>>): Promise<TestPublication> {
  const publication = await createTestPublication({ files });
  await publication.settle();
  return publication;
}

/** Every other crash comes after the write has landed. */
async function publishWithCrash(files: Readonly<Record<string, string>>, crashAt: number): Promise<TestPublication> {
  let writes = 0;
  const wrap = (store: Store): Store => ({
    ...store,
    async write(key, body, options) {
      writes += 1;
      if (writes !== crashAt) return store.write(key, body, options);
      if (crashAt % 2 === 0) await store.write(key, body, options);
      throw new Error('crash');
    },
  });
  const publication = await createTestPublication({ files, wrap });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await publication.settle();
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'crash') throw error;
    }
  }
  return publication;
}

/** All documents but those of archive pages that are no more, which stay for a while. */
async function currentDocuments(publication: TestPublication): Promise<ReadonlyMap<string, string>> {
  const documents = await publication.documents();
  const linked = (path: string, seen: Set<string>): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const [, address] of (documents.get(path) ?? '').matchAll(
      /https:\/\/example\.org\/([^"<]*archive[^"<]*\.(?:xml|json))/g,
    )) {
      linked(decodeURI(address ?? ''), seen);
    }
  };
  const current = new Set<string>();
  for (const path of documents.keys()) if (!path.includes('archive/')) linked(path, current);
  return new Map([...documents].filter(([path]) => current.has(path)));
}

async function readJsonFeed(publication: TestPublication): Promise<JsonFeed> {
  return JSON.parse((await publication.documents()).get('feed.json') ?? '') as JsonFeed;
}

async function versionsOf(store: Store): Promise<readonly string[]> {
  return (await store.list({ prefix: '' })).objects.map(({ key, version }) => `${key} ${version}`);
}

function manyArticles(count: number): Record<string, string> {
  const tags = ['sea', 'light', 'wind'];
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const date = new Date(Date.UTC(2026, 0, 1) + ((index * 7919) % 140) * DAY_MS).toISOString();
      return [`post-${index}.md`, article({ title: `Post ${index}`, date, tags: `[${tags[index % 3]}]` })];
    }),
  );
}

function article(fields: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ date: '2026-05-01T08:00:00Z', ...fields }).map(([name, value]) => `${name}: ${value}`);
  return `---\n${lines.join('\n')}\n---\n\nText of ${fields.title ?? 'an article'}.\n`;
}

const PNG_1X1 = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==',
  'base64',
);

describe('items of one JSON file', () => {
  it('keep their facts apart although they share an id', async () => {
    const item = (title: string, date: string) => ({ id: 'tag:example.org,2026:a', title, date, content_text: title });
    const text = (title: string) => JSON.stringify([item(title, '2026-05-01'), item('Later', '2026-07-01')]);
    const publication = await createTestPublication({ files: { 'a.json': text('First') } });
    await publication.settle();
    await publication.put('a.json', text('Changed'));
    await publication.settle();
    const changed = await publication.documents();
    publication.now += 60_000;
    await publication.publisher.reconcileAll();
    await publication.settle();
    expect((await publication.documents()).get('feed.json')).toBe(changed.get('feed.json'));
  });

  it('are not changed by settings that say what their dates mean', async () => {
    const items = ['One', 'Two'].map((title) => ({ title, date: '2026-05-01', content_text: title }));
    const publication = await createTestPublication({ files: { 'a.json': JSON.stringify(items) } });
    await publication.settle();
    await publication.put('site.yaml', 'timeZone: Europe/Berlin\n');
    await publication.settle();
    const { items: shown } = JSON.parse((await publication.documents()).get('feed.json') ?? '');
    expect(shown.map((one: { date_modified: string }) => one.date_modified)).toEqual([
      '2026-05-01T00:00:00+02:00',
      '2026-05-01T00:00:00+02:00',
    ]);
  });
});
