/** A build that finds most of its folder gone: nothing of it is removed before a person has named the number. */

import { describe, expect, it } from 'vitest';
import type { Store } from '../../lambda/store/store.ts';
import { createPublication, type Publication } from '../../local/publication/publication.ts';
import { createMemoryStore } from '../../local/store/memory-store.ts';
import { createKiller } from '../support/dying-store.ts';
import { readTexts, TEST_NOW } from '../support/publication.ts';

const encoder = new TextEncoder();
const COUNT = 12;
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';

interface Stores {
  readonly content: Store;
  readonly state: Store;
  readonly public: Store;
}

async function put(stores: Stores, key: string, text: string): Promise<void> {
  await stores.content.write(key, encoder.encode(text));
}

/** Articles with an id of their own, and a picture that all of them show. */
function article(index: number, fields = ''): string {
  return `---\ntitle: Article ${index}\nid: tag:example.org,2026:${index}\ndate: 2026-05-0${1 + (index % 9)}\n${fields}---\n![](/dot.svg)\nText ${index}.\n`;
}

async function createStores(count = COUNT): Promise<Stores> {
  const stores = { content: createMemoryStore(), state: createMemoryStore(), public: createMemoryStore() };
  await put(stores, 'site.yaml', 'title: Tides\nurl: https://tides.example/\nid: tides\n');
  await put(stores, 'dot.svg', PICTURE);
  for (let index = 0; index < count; index += 1) await put(stores, `a${index}.md`, article(index));
  return stores;
}

const publicationOn = (stores: Stores, now = TEST_NOW): Publication =>
  createPublication({ ...stores, url: null, now: () => now });

const refresh = (stores: Stores, remove: number | null = null, now = TEST_NOW) =>
  publicationOn(stores, now).refresh(() => {}, remove);

async function empty({ content }: Stores): Promise<void> {
  for (const { key } of (await content.list({ prefix: '' })).objects) await content.remove(key);
}

async function removeFirst({ content }: Stores, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await content.remove(`a${index}.md`);
}

async function idsOf(stores: Stores): Promise<readonly string[]> {
  const feed = (await readTexts(stores.public)).get('feed.json') ?? '{"items":[]}';
  return (JSON.parse(feed) as { items: { id: string }[] }).items.map(({ id }) => id).sort();
}

describe('an emptied folder', () => {
  it('removes nothing that is public: neither articles nor pages, pictures or the settings, however often', async () => {
    const stores = await createStores();
    await refresh(stores);
    const published = await readTexts(stores.public);
    await empty(stores);
    for (let build = 0; build < 3; build += 1) {
      expect(await refresh(stores)).toMatchObject({
        removed: 0,
        held: { count: COUNT, publishedCount: COUNT, files: expect.arrayContaining(['a0.md']) },
      });
      expect(await readTexts(stores.public)).toEqual(published);
    }
  });

  it('is obeyed for the very number, and then there is nothing left to ask', async () => {
    const stores = await createStores();
    await refresh(stores);
    await empty(stores);
    expect(await refresh(stores, COUNT - 1)).toMatchObject({ removed: 0, held: { count: COUNT } });
    expect(await refresh(stores, COUNT)).toMatchObject({ removed: COUNT, held: null });
    expect(await idsOf(stores)).toEqual([]);
    expect((await readTexts(stores.public)).has('dot.svg')).toBe(false);
    expect((await readTexts(stores.public)).get('rss.xml')).not.toContain('Tides');
    expect(await refresh(stores)).toMatchObject({ removed: 0, held: null, documents: { written: 0 } });
  });

  it('is forgotten when the files are back', async () => {
    const stores = await createStores();
    await refresh(stores);
    const published = await readTexts(stores.public);
    const files = new Map<string, Uint8Array>();
    for (const { key } of (await stores.content.list({ prefix: '' })).objects) {
      files.set(key, (await stores.content.read(key))?.body ?? new Uint8Array());
    }
    await empty(stores);
    await refresh(stores);
    for (const [key, body] of files) await stores.content.write(key, body);
    expect(await refresh(stores)).toMatchObject({ held: null, removed: 0 });
    expect(await readTexts(stores.public)).toEqual(published);
    expect(await refresh(stores)).toMatchObject({ held: null, looked: expect.any(Number), documents: { written: 0 } });
  });

  it('is held wherever a build was killed', async () => {
    const undisturbed = await createStores();
    await refresh(undisturbed);
    const ids = await idsOf(undisturbed);
    let isKilled = true;
    for (let killedAt = 1; isKilled; killedAt += 3) {
      const stores = await createStores();
      await refresh(stores);
      await empty(stores);
      await put(stores, 'new.md', article(99));
      const around = createKiller(killedAt);
      isKilled = await refresh({ ...stores, state: around(stores.state), public: around(stores.public) }).then(
        () => false,
        () => true,
      );
      expect(await refresh(stores), `killed at write ${killedAt}`).toMatchObject({ held: { count: COUNT } });
      expect(await idsOf(stores), `killed at write ${killedAt}`).toEqual([...ids, 'tag:example.org,2026:99'].sort());
    }
  });

  it('is held by a rebuild too, and by a build after it', async () => {
    const stores = await createStores();
    await refresh(stores);
    const ids = await idsOf(stores);
    await empty(stores);
    expect(await publicationOn(stores).repair()).toMatchObject({ held: { count: COUNT } });
    expect(await idsOf(stores)).toEqual(ids);
    expect(await refresh(stores)).toMatchObject({ held: { count: COUNT } });
  });
});

describe('while removals are held', () => {
  it('all else is done: what is new, changed, made a draft, and other settings', async () => {
    const stores = await createStores(20);
    await refresh(stores);
    await removeFirst(stores, 12);
    await put(stores, 'new.md', article(99));
    await put(stores, 'a13.md', article(13, 'draft: true\n'));
    await put(stores, 'site.yaml', 'title: Ebb\nurl: https://tides.example/\nid: tides\n');
    expect(await refresh(stores)).toMatchObject({ published: 1, removed: 1, held: { count: 12, publishedCount: 20 } });
    const ids = await idsOf(stores);
    expect(ids).toContain('tag:example.org,2026:99');
    expect(ids).toContain('tag:example.org,2026:0');
    expect(ids).not.toContain('tag:example.org,2026:13');
    expect((await readTexts(stores.public)).get('rss.xml')).toContain('<title>Ebb</title>');
  });

  it('what expires goes at its time, although its file is gone', async () => {
    const stores = await createStores();
    await put(stores, 'a0.md', article(0, 'expires: 2026-06-02\n'));
    await refresh(stores);
    await empty(stores);
    expect(await refresh(stores)).toMatchObject({ held: { count: COUNT } });
    expect(await refresh(stores, null, TEST_NOW + 3 * 86_400_000)).toMatchObject({ held: { count: COUNT - 1 } });
    expect(await idsOf(stores)).not.toContain('tag:example.org,2026:0');
    expect(await idsOf(stores)).toHaveLength(COUNT - 1);
  });

  it('a file that holds its folder back goes on doing so, for new articles too', async () => {
    const stores = await createStores();
    await put(stores, 'secret/.meta.yml', 'draft: true\n');
    await put(stores, 'secret/_index.md', '---\ndraft: true\ncascade:\n  draft: true\n---\n');
    await put(stores, 'secret/old.md', article(70));
    await refresh(stores);
    expect(await idsOf(stores)).toHaveLength(COUNT);
    await removeFirst(stores, COUNT);
    await stores.content.remove('secret/.meta.yml');
    await stores.content.remove('secret/_index.md');
    await put(stores, 'secret/new.md', article(71));
    for (let build = 0; build < 2; build += 1) {
      expect(await refresh(stores)).toMatchObject({ published: 0, held: { count: COUNT } });
      expect(await idsOf(stores)).toHaveLength(COUNT);
    }
    expect(await refresh(stores, COUNT)).toMatchObject({ removed: COUNT, held: null });
    expect(await idsOf(stores)).toEqual(['tag:example.org,2026:70', 'tag:example.org,2026:71']);
  });

  it('more that is gone joins it', async () => {
    const stores = await createStores(30);
    await refresh(stores);
    await removeFirst(stores, 12);
    expect(await refresh(stores)).toMatchObject({ held: { count: 12 } });
    await removeFirst(stores, 14);
    expect(await refresh(stores, 12)).toMatchObject({ removed: 0, held: { count: 14 } });
  });
});

describe('no accident', () => {
  it('is ten entries or fewer, or a quarter of all', async () => {
    for (const [count, gone] of [
      [12, 10],
      [44, 11],
    ] as const) {
      const stores = await createStores(count);
      await refresh(stores);
      await removeFirst(stores, gone);
      expect(await refresh(stores)).toMatchObject({ removed: gone, held: null });
      expect(await idsOf(stores)).toHaveLength(Math.min(count - gone, 50));
    }
  });

  it('is an article that became a draft: each is removed at once', async () => {
    const stores = await createStores();
    await refresh(stores);
    for (let index = 0; index < COUNT; index += 1) await put(stores, `a${index}.md`, article(index, 'draft: true\n'));
    expect(await refresh(stores)).toMatchObject({ removed: COUNT, held: null });
    expect(await idsOf(stores)).toEqual([]);
  });

  it.each([
    ['ids', (index: number) => article(index)],
    [
      'addresses',
      (index: number) => `---\ntitle: Article ${index}\ndate: 2026-05-01\npermalink: /kept/${index}/\n---\nText.\n`,
    ],
    [
      'former addresses',
      (index: number) => `---\ntitle: A${index}\ndate: 2026-05-01\naliases: [/a${index}/]\n---\nText.\n`,
    ],
  ])('are files that moved to another folder, known by their %s', async (_, text) => {
    const stores = await createStores();
    for (let index = 0; index < COUNT; index += 1) {
      await put(stores, `a${index}.md`, text(index).replace(/aliases.*\n/, ''));
    }
    await refresh(stores);
    for (let index = 0; index < COUNT; index += 1) {
      await stores.content.remove(`a${index}.md`);
      await put(stores, `blog/a${index}.md`, text(index));
    }
    expect(await refresh(stores)).toMatchObject({ held: null });
    expect(await idsOf(stores)).toHaveLength(COUNT);
    expect(await refresh(stores)).toMatchObject({ held: null, documents: { written: 0 } });
  });

  it('is the same where somebody serves the folder: the preview shows what is there', async () => {
    const stores = await createStores();
    const publication = createPublication({ ...stores, url: null, now: () => TEST_NOW, removesAnything: true });
    await publication.refresh();
    await empty(stores);
    expect(await publication.refresh()).toMatchObject({ removed: COUNT, vanished: COUNT, held: null });
  });
});

describe('a state of another folder', () => {
  it('keeps what that one had, beside what is in this one', async () => {
    const stores = await createStores();
    await refresh(stores);
    const other = { ...stores, content: createMemoryStore() };
    await put(other, 'site.yaml', 'title: Other\nurl: https://tides.example/\nid: other\n');
    await put(other, 'b.md', article(50));
    expect(await refresh(other)).toMatchObject({ published: 1, held: { count: COUNT, publishedCount: COUNT + 1 } });
    expect(await idsOf(stores)).toHaveLength(COUNT + 1);
  });
});

describe('a file of many entries', () => {
  it('counts as many as it shows', async () => {
    const stores = await createStores(2);
    const items = Array.from({ length: 30 }, (_, index) => ({
      id: `tag:example.org,2026:item-${index}`,
      title: `Item ${index}`,
      date_published: '2026-05-01T00:00:00Z',
      content_html: 'Text.',
    }));
    await put(stores, 'many.json', JSON.stringify(items));
    await refresh(stores);
    expect(await idsOf(stores)).toHaveLength(32);
    await stores.content.remove('many.json');
    expect(await refresh(stores)).toMatchObject({ held: { count: 30, publishedCount: 32, files: ['many.json'] } });
    expect(await refresh(stores, 30)).toMatchObject({ removed: 30, held: null });
  });
});
