/** What a feed does with a long archive: its directory has several parts, and some changes take several runs. */

import { describe, expect, it } from 'vitest';
import { cutPages, namePage } from '../../lambda/feed/pages.ts';
import { positionOf } from '../../lambda/model/entry.ts';
import { readJson } from '../../lambda/state/json-object.ts';
import { directoryKey, rootKey } from '../../lambda/state/keys.ts';
import { type FeedRoot, isUnfinished, type PageDirectory } from '../../lambda/state/root.ts';
import { readDirectory, readPage } from '../../lambda/work/feed/feed-store.ts';
import { createMemoryStore } from '../../local/store/memory-store.ts';
import { createScalePublication, keyOf, type ScalePublication, siteOf, textOf } from '../support/scale-publication.ts';

const TEXT_BYTES = 40;
const PAGE_SIZE = 10;
const DAY_MS = 24 * 60 * 60 * 1000;

describe('a long archive', () => {
  it('asks for as many requests per new article as a short one, and for a few more in its middle', async () => {
    const [short, long] = await Promise.all([100, 3_000].map(measure));
    expect(long?.published).toEqual(short?.published);
    expect(long?.edited).toBeLessThanOrEqual((short?.edited ?? 0) + 3);
    expect(long?.removed).toBeLessThanOrEqual((short?.removed ?? 0) + 3);
  });

  it('is cut as if it had been made at once, whatever changed in it', async () => {
    const publication = await create(3_000);
    const directory = await readTop(publication);
    expect(directory.parts.length).toBeGreaterThan(0);
    const versions = new Map<number, number>();
    for (let act = 0; act < 60; act += 1) {
      const index = (act * 977) % publication.entryCount;
      const isThere = versions.get(index) !== 0;
      const version = isThere && act % 3 === 0 ? 0 : act + 2;
      if (!versions.has(index)) await publication.put(keyOf(index), textOf(index, TEXT_BYTES));
      await publication.put(keyOf(index), version === 0 ? null : textOf(index, TEXT_BYTES, version));
      versions.set(index, version);
    }
    const entries = await expectWhole(publication, PAGE_SIZE / 2);
    const gone = [...versions.values()].filter((version) => version === 0).length;
    expect(entries.length).toBe(publication.entryCount - gone);
  });

  it('is cut anew in portions when pages get another size, and forgets the pages that are no more after 30 days', async () => {
    const publication = await create(5_000);
    await publication.put('site.yaml', siteOf(30));
    await publication.put(keyOf(publication.entryCount), textOf(publication.entryCount, TEXT_BYTES));
    const entries = await expectWhole(publication, 15);
    expect(entries.length).toBe(publication.entryCount + 1);
    const root = await readRoot(publication);
    expect(root.supersededLists.length).toBeGreaterThan(0);
    expect(JSON.stringify({ ...root, newest: [] }).length).toBeLessThan(64_000);

    publication.now += 31 * DAY_MS;
    for (let count = 0; count < 5; count += 1) await publication.tick();
    expect(await readRoot(publication)).toMatchObject({ superseded: [], supersededLists: [] });
    publication.now += DAY_MS;
    await publication.put(keyOf(publication.entryCount), null);
    expect(await listState(publication, 'feeds/all/superseded/')).toEqual([]);
  });
});

describe('a crowd of changes', () => {
  it('leaves no more in the root than there is room for', async () => {
    const publication = await create(3_000);
    const { content, queue } = publication.ports;
    const indexes = Array.from({ length: 200 }, (_, count) => (count * 15) % publication.entryCount);
    for (const index of indexes) {
      await content.write(keyOf(index), new TextEncoder().encode(textOf(index, TEXT_BYTES, 2)));
    }
    await queue.sendArticleWork(indexes.map((index) => ({ key: keyOf(index) })));
    await publication.put('again.md', textOf(1, TEXT_BYTES).replaceAll('000000001', 'again'));
    const root = await readRoot(publication);
    expect(root.garbage.length).toBeLessThanOrEqual(200);
    expect(JSON.stringify({ ...root, newest: [] }).length).toBeLessThan(64_000);
    await expectWhole(publication, PAGE_SIZE / 2);
  });
});

function create(entryCount: number): Promise<ScalePublication> {
  return createScalePublication({
    entryCount,
    pageSize: PAGE_SIZE,
    textBytes: TEXT_BYTES,
    state: createMemoryStore(),
  });
}

/** Requests for one article each. */
async function measure(entryCount: number) {
  const publication = await create(entryCount);
  const { put, entryCount: count } = publication;
  const middle = count >> 1;
  const published: number[] = [];
  // Some of them end a page, which asks for more.
  for (let index = count; index < count + 5; index += 1) {
    published.push((await put(keyOf(index), textOf(index, TEXT_BYTES))).requests);
  }
  await put(keyOf(middle), textOf(middle, TEXT_BYTES));
  const edited = await put(keyOf(middle), textOf(middle, TEXT_BYTES, 2));
  const removed = await put(keyOf(middle), null);
  return { published: Math.min(...published), edited: edited.requests, removed: removed.requests };
}

/** The pages are those of a fresh cut of what stands in them, nothing is left to do, and the directory sums them up. */
async function expectWhole({ ports }: ScalePublication, halfPage: number) {
  const root = await readRoot({ ports });
  const pages = await readDirectory(ports, root);
  const entries = await Promise.all(pages.map((page) => readPage(ports, 'all', page)));
  const all = [...entries.flat(), ...root.newest];
  const fresh = cutPages(all, halfPage, false);
  expect(all.map(({ entry }) => positionOf(entry).at)).toEqual(
    all.map(({ entry }) => positionOf(entry).at).sort((a, b) => a - b),
  );
  expect(pages.map(({ name }) => name)).toEqual(fresh.pages.map(namePage));
  expect(entries).toEqual(fresh.pages);
  expect(root.newest).toEqual(fresh.rest);
  expect(isUnfinished(root)).toBe(false);
  expect(root.entryCount).toBe(all.length);
  return all;
}

async function readRoot({ ports }: Pick<ScalePublication, 'ports'>): Promise<FeedRoot> {
  const root = await readJson<FeedRoot>(ports.state, rootKey('all'));
  if (root === null) throw new Error('There is no root.');
  return root.value;
}

async function readTop(publication: ScalePublication): Promise<PageDirectory> {
  const { directory } = await readRoot(publication);
  const top = await readJson<PageDirectory>(publication.ports.state, directoryKey('all', directory ?? ''));
  if (top === null) throw new Error('There is no directory.');
  return top.value;
}

async function listState({ ports }: ScalePublication, prefix: string): Promise<readonly string[]> {
  return (await ports.state.list({ prefix })).objects.map(({ key }) => key);
}
