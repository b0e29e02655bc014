import { beforeAll, describe, expect, it } from 'vitest';
import { createPublisher } from '../../../lambda/publish.ts';
import { readJson } from '../../../lambda/state/json-object.ts';
import { recordKey, rootKey } from '../../../lambda/state/keys.ts';
import type { ArticleRecord } from '../../../lambda/state/record.ts';
import { REPAIR_FEED_KEY } from '../../../lambda/state/repair-state.ts';
import type { FeedRoot } from '../../../lambda/state/root.ts';
import { listAll, type Store } from '../../../lambda/store/store.ts';
import { feedLane } from '../../../lambda/work/protocol/lanes.ts';
import { createKiller } from '../../support/dying-store.ts';
import { createTestQueue, type TestPublication } from '../../support/publication.ts';
import { createRichPublication } from '../../support/rich-publication.ts';

const BROKEN = new TextEncoder().encode('{"schema":1,"non');

/** One object of every kind; of those that are replaced by others, the newest. */
const KINDS = [
  'site.json',
  'catalog.json',
  'sitemap.json',
  'robots.json',
  'articles/post-30.md.json',
  'articles/undated.md.json',
  'articles/edited.md.json',
  'articles/items.json.json',
  'articles/0-shared.md.json',
  'articles/a-shared.md.json',
  'assets/sun.gif.json',
  'uses/sun.gif/undated.md',
  'aliases/%2Fbefore%2F/undated.md',
  'feeds/all/root.json',
  'feeds/all/directory/',
  'feeds/all/parts/',
  'feeds/all/pages/',
  'feeds/tags%2Fsea/root.json',
  'feeds/tags%2Ft1/root.json',
];

describe('a rebuild', () => {
  let publication: TestPublication;
  let expected: ReadonlyMap<string, string>;
  /** The names of the archive pages of the feed `all`. */
  let pages: readonly string[];
  let written: string[];
  /** Called before each write to the state store. */
  let beforeWrite: (key: string) => Promise<void>;

  beforeAll(async () => {
    written = [];
    beforeWrite = async () => undefined;
    const wrap = (store: Store, name: string): Store => ({
      ...store,
      async write(key, body, options) {
        if (name === 'state') await beforeWrite(key);
        const result = await store.write(key, body, options);
        if (name === 'public' && result.kind === 'written') written.push(key);
        return result;
      },
    });
    publication = await createRichPublication({ wrap });
    expected = await publication.documents();
    pages = await readPageNames(publication);
    written = [];
  });

  it('finds nothing and writes no document where nothing is damaged', async () => {
    await rebuild(publication);
    expect(await publication.publisher.lastRepair()).toEqual({ feeds: 0, recovered: 0, lost: 0, others: 0 });
    await expectAsBefore();
  });

  it.each(KINDS)('brings back %s, damaged or missing, and writes no document', async (kind) => {
    for (const isMissing of [false, true]) {
      const key = await findKey(publication, kind);
      if (isMissing) await publication.state.remove(key);
      else await publication.state.write(key, BROKEN);
      await rebuild(publication);
      await expectAsBefore();
    }
  });

  it('gives a claim back to the article that shows it, before one that waits for it takes it', async () => {
    for (const isMissing of [false, true]) {
      for await (const { key } of listAll(publication.state, 'claims/')) {
        if (isMissing) await publication.state.remove(key);
        else await publication.state.write(key, BROKEN);
      }
      await rebuild(publication);
      await expectAsBefore();
    }
    expect((await publication.publisher.lastRepair())?.others).toBeGreaterThan(40);
  });

  it('brings back a feed and the record of its article that were lost together', async () => {
    for (const key of ['feeds/all/root.json', 'articles/undated.md.json']) await publication.state.write(key, BROKEN);
    await rebuild(publication);
    expect(await publication.publisher.lastRepair()).toMatchObject({ feeds: 1, recovered: 1, lost: 0 });
    await expectAsBefore();
  });

  it('leaves all documents as they are when it is killed, and ends right the next time', async () => {
    let isKilled = true;
    for (let killedAt = 1; isKilled; killedAt += 31) {
      for (const key of ['feeds/all/root.json', 'feeds/tags%2Ft0/root.json', recordKey('post-3.md')]) {
        await publication.state.write(key, BROKEN);
      }
      isKilled = await rebuildUntil(publication, killedAt);
      expect(written, `killed at write ${killedAt}`).toEqual([]);
      await rebuild(publication);
      await expectAsBefore();
    }
  });

  it('goes on by the tick when its messages were lost', async () => {
    await publication.state.write('feeds/all/root.json', BROKEN);
    await createPublisher({ ...publication.ports, queue: createTestQueue() }).repair();
    publication.now += 20 * 60_000;
    await publication.publisher.tick();
    await publication.settle();
    expect(await publication.publisher.lastRepair()).toMatchObject({ feeds: 0 });
    await rebuild(publication);
    await expectAsBefore();
  });

  it('loses no upload that comes while a feed is made anew', async () => {
    await publication.state.write('feeds/all/root.json', BROKEN);
    let uploads = 0;
    beforeWrite = async (key) => {
      if (!key.startsWith('feeds/all/pages/') || uploads > 0) return;
      uploads += 1;
      await publication.put('new.md', '---\ntitle: New\ndate: 2026-01-15T12:00:00Z\ntags: [t1]\n---\nWords.\n');
      await publication.put('post-12.md', null);
      await publication.publisher.articleWork([{ key: 'new.md' }, { key: 'post-12.md' }]);
    };
    await rebuild(publication);
    beforeWrite = async () => undefined;
    expect(uploads).toBe(1);
    for (const feed of ['', 'tags/t1/']) expect(await readTitles(publication, feed)).toContain('New');
    for (const feed of ['', 'tags/t0/']) expect(await readTitles(publication, feed)).not.toContain('Post 12');
    expect(await readTitles(publication, '')).toHaveLength(43);
  });

  it('takes away what stands in a feed though its file and its record are gone', async () => {
    await publication.state.write(recordKey('post-20.md'), BROKEN);
    await publication.content.remove('post-20.md');
    await rebuild(publication);
    expect(await readTitles(publication, '')).not.toContain('Post 20');
    const record = await readJson<ArticleRecord>(publication.state, recordKey('post-20.md'));
    expect(record?.value).toMatchObject({ shown: [], places: [], sourceVersion: null });
  });

  it('remembers the pages that a feed had until it was made anew, though its root was sound', async () => {
    const keys = Array.from({ length: 25 }, (_, index) => `post-${index}.md`);
    for (const key of keys) await publication.content.remove(key);
    const silent = createPublisher({ ...publication.ports, queue: createTestQueue() });
    await silent.articleWork(keys.map((key) => ({ key })));
    await publication.publisher.laneWork(feedLane('all'), [{ lane: feedLane('all'), key: REPAIR_FEED_KEY }]);
    const root = await readJson<FeedRoot>(publication.state, rootKey('all'));
    const remembered = new Set(root?.value.superseded.map(({ name }) => name));
    const present = new Set(await readPageNames(publication));
    const gone = pages.filter((name) => !present.has(name));
    expect(gone).not.toEqual([]);
    expect(gone.filter((name) => !remembered.has(name))).toEqual([]);
  });

  async function expectAsBefore(): Promise<void> {
    expect(written).toEqual([]);
    expect(await publication.documents()).toEqual(expected);
  }
});

async function rebuild({ publisher, settle }: TestPublication): Promise<void> {
  await publisher.repair();
  await settle();
  expect(await publisher.lastRepair()).not.toBeNull();
}

/** Nothing is written from the given write on, and the queue is forgotten. Says whether it came to that. */
async function rebuildUntil({ ports }: TestPublication, killedAt: number): Promise<boolean> {
  const die = createKiller(killedAt);
  const queue = createTestQueue();
  const publisher = createPublisher({ ...ports, state: die(ports.state), public: die(ports.public), queue });
  try {
    await publisher.repair();
    await queue.work(publisher, 10);
    return false;
  } catch {
    return true;
  }
}

/** The newest object under the key, or the one that has it. */
async function findKey({ state }: TestPublication, start: string): Promise<string> {
  const found = [];
  for await (const facts of listAll(state, start)) found.push(facts);
  const [newest] = found.sort((a, b) => Number(b.version) - Number(a.version));
  if (newest === undefined) throw new Error(`There is no ${start}.`);
  return newest.key;
}

/** The titles of a feed and of all its archive, as a reader comes to them. */
async function readTitles(publication: TestPublication, feed: string): Promise<readonly string[]> {
  const pages = await readHistory(publication, feed);
  return pages.flatMap(({ titles }) => titles);
}

async function readPageNames(publication: TestPublication): Promise<readonly string[]> {
  const [, ...archive] = await readHistory(publication, '');
  return archive.map(({ path }) => path.split('/')[1] ?? '');
}

/** The pages of a feed, newest first. */
async function readHistory({ public: documents }: TestPublication, feed: string) {
  const pages: { readonly path: string; readonly titles: readonly string[] }[] = [];
  for (let path: string | null = `${feed}feed.json`; path !== null; ) {
    const text = new TextDecoder().decode((await documents.read(path))?.body);
    const { items, next_url: next } = JSON.parse(text) as { items: { title: string }[]; next_url?: string };
    pages.push({ path, titles: items.map(({ title }) => title) });
    path = next === undefined ? null : new URL(next).pathname.slice(1);
  }
  return pages;
}
