/** A comparison that finds much gone: it counts first, removes only what it has counted, and waits for a person. */

import { describe, expect, it } from 'vitest';
import { createPublisher } from '../../../lambda/publish.ts';
import { goneListKey, upkeepKey } from '../../../lambda/state/keys.ts';
import { listAll, type Store, StoreError } from '../../../lambda/store/store.ts';
import { RECONCILE_LANE } from '../../../lambda/work/protocol/lanes.ts';
import { createKiller } from '../../support/dying-store.ts';
import { createTestPublication, createTestQueue, type TestPublication } from '../../support/publication.ts';

const FILE_COUNT = 30;
const LISTING_COUNT = 10;
const SITE = 'title: Letters\nid: test\n';
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';

function article(index: number): string {
  return `---\ntitle: P${index}\nid: tag:example.org,2026:${index}\ndate: 2026-05-01\n---\n![](/dot.svg)\nText.\n`;
}

/** A publication whose listings are short, so that few files make many portions. */
async function publish(count = FILE_COUNT): Promise<TestPublication> {
  const articles = Array.from({ length: count }, (_, index) => [`p${index}.md`, article(index)]);
  const publication = await createTestPublication({
    files: { 'site.yaml': SITE, 'dot.svg': PICTURE, ...Object.fromEntries(articles) },
    wrap: (store) => ({ ...store, list: (options) => store.list({ ...options, limitCount: LISTING_COUNT }) }),
  });
  await publication.settle();
  return publication;
}

/** Without an event. */
async function remove({ content }: TestPublication, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await content.remove(`p${index}.md`);
}

async function empty({ content }: TestPublication): Promise<void> {
  for await (const { key } of listAll(content, '')) await content.remove(key);
}

async function compare(publication: TestPublication, consent: number | null = null) {
  await publication.publisher.reconcile(consent);
  await publication.settle();
  return publication.publisher.heldRemovals();
}

async function countEntries(publication: TestPublication): Promise<number> {
  const text = (await publication.documents()).get('sitemap.xml') ?? '';
  return text.match(/<loc>https:\/\/example\.org\/p\d+\/<\/loc>/g)?.length ?? 0;
}

async function listsOf({ state }: TestPublication): Promise<number> {
  let count = 0;
  for await (const _ of listAll(state, goneListKey(RECONCILE_LANE, '').replace(/[^/]*$/, ''))) count += 1;
  return count;
}

describe('a comparison of a content store that lacks most of what was there', () => {
  it('removes nothing, and says how much it would be', async () => {
    const publication = await publish();
    const before = await publication.documents();
    await empty(publication);
    expect(await compare(publication)).toEqual({
      count: FILE_COUNT,
      publishedCount: FILE_COUNT,
      files: expect.arrayContaining(['p0.md', 'p1.md']),
    });
    expect(await publication.documents()).toEqual(before);
    expect(await compare(publication)).toMatchObject({ count: FILE_COUNT });
    expect(await publication.documents()).toEqual(before);
  });

  it('tells whoever watches, and that it is over', async () => {
    const publication = await publish();
    const run = async () => {
      let heldCount: number | undefined;
      await publication.publisher.reconcile();
      for (let runs = 0; heldCount === undefined && runs < 20; runs += 1) {
        const messages = runs === 0 ? [{ lane: RECONCILE_LANE, key: 'begin' }] : [{ lane: RECONCILE_LANE, key: null }];
        ({ heldCount } = await publication.publisher.laneWork(RECONCILE_LANE, messages));
      }
      return heldCount;
    };
    expect(await run()).toBe(0);
    const file = await publication.content.read('p29.md');
    await remove(publication, FILE_COUNT);
    expect(await run()).toBe(FILE_COUNT);
    for (let index = 0; index < FILE_COUNT; index += 1) {
      await publication.content.write(`p${index}.md`, file?.body ?? new Uint8Array());
    }
    expect(await run()).toBe(0);
    expect(await publication.publisher.heldRemovals()).toBeNull();
  });

  it('removes all of it for the very number, and nothing for another', async () => {
    const publication = await publish();
    await empty(publication);
    await compare(publication);
    expect(await compare(publication, FILE_COUNT + 1)).toMatchObject({ count: FILE_COUNT });
    expect(await countEntries(publication)).toBe(FILE_COUNT);
    expect(await compare(publication, FILE_COUNT)).toBeNull();
    expect(await countEntries(publication)).toBe(0);
    const documents = await publication.documents();
    expect(documents.has('dot.svg')).toBe(false);
    expect(documents.get('rss.xml')).not.toContain('Letters');
    expect(await listsOf(publication)).toBe(0);
  });

  it('holds what a listing and looks that come back empty seem to say', async () => {
    const publication = await publish();
    const before = await publication.documents();
    const queue = createTestQueue();
    const nothing: Store = {
      ...publication.ports.content,
      read: async () => null,
      inspect: async () => null,
      list: async () => ({ objects: [], next: null }),
    };
    const blind = createPublisher({ ...publication.ports, content: nothing, queue });
    await blind.reconcile();
    await queue.work(blind, 10);
    expect(await blind.heldRemovals()).toMatchObject({ count: FILE_COUNT });
    expect(await publication.documents()).toEqual(before);
    expect(await compare(publication)).toBeNull();
    expect(await publication.documents()).toEqual(before);
  });

  it('removes nothing where the listing fails', async () => {
    const publication = await publish();
    const list = () => Promise.reject(new StoreError('retry', 'no answer'));
    const queue = createTestQueue();
    const deaf = createPublisher({ ...publication.ports, content: { ...publication.ports.content, list }, queue });
    await deaf.reconcile();
    await expect(queue.work(deaf, 10)).rejects.toThrow('no answer');
    expect(await countEntries(publication)).toBe(FILE_COUNT);
  });

  it('goes on with what is little, as ever: what is a quarter at most, or ten', async () => {
    const publication = await publish(44);
    await remove(publication, 11);
    expect(await compare(publication)).toBeNull();
    expect(await countEntries(publication)).toBe(33);
    expect(await listsOf(publication)).toBe(0);
    await remove(publication, 21);
    expect(await compare(publication)).toBeNull();
    expect(await countEntries(publication)).toBe(23);
  });
});

describe('while removals are held', () => {
  async function hold(): Promise<TestPublication> {
    const publication = await publish();
    await remove(publication, 12);
    expect(await compare(publication)).toMatchObject({ count: 12, publishedCount: FILE_COUNT });
    return publication;
  }

  it('a removal that S3 tells of is obeyed at once', async () => {
    const publication = await hold();
    await publication.ports.queue.sendArticleWork([{ key: 'p0.md', told: true }]);
    await publication.settle();
    expect(await countEntries(publication)).toBe(FILE_COUNT - 1);
    expect(await compare(publication)).toMatchObject({ count: 11 });
  });

  it('nothing that only wakes an article removes it: a picture, settings, an errand', async () => {
    const publication = await hold();
    await publication.put('dot.svg', PICTURE.replace('1', '2'));
    await publication.settle();
    await publication.put('site.yaml', SITE.replace('Letters', 'Cards'));
    await publication.settle();
    await publication.publisher.reconcileAll();
    await publication.settle();
    expect(await countEntries(publication)).toBe(FILE_COUNT);
    expect((await publication.documents()).get('rss.xml')).toContain('Cards');
  });

  it('other settings are no reason to look for what is gone, also before anything was counted', async () => {
    const publication = await publish();
    await remove(publication, 12);
    await publication.put('site.yaml', SITE.replace('Letters', 'Cards'));
    await publication.settle();
    expect(await countEntries(publication)).toBe(FILE_COUNT);
  });

  it('what came back is published, and what another file has by now goes', async () => {
    const publication = await hold();
    await publication.content.write('p0.md', new TextEncoder().encode(article(0)));
    await publication.put('moved.md', article(1));
    await publication.settle();
    expect(await compare(publication)).toBeNull();
    const titles = [...((await publication.documents()).get('feed.json') ?? '').matchAll(/"title":"(P\d+)"/g)];
    expect(titles.map(([, title]) => title)).toContain('P1');
    // Ten are left, and those go.
    expect(await countEntries(publication)).toBe(FILE_COUNT - 11);
  });

  it('the lists of one comparison go when the next begins', async () => {
    const publication = await hold();
    const count = await listsOf(publication);
    for (let again = 0; again < 3; again += 1) await compare(publication);
    expect(await listsOf(publication)).toBe(count);
  });
});

describe('a comparison that is interrupted', () => {
  it('removes only what it has counted, whatever goes meanwhile', async () => {
    const publication = await publish(60);
    await remove(publication, 12);
    await publication.publisher.reconcile();
    const work = () => publication.publisher.laneWork(RECONCILE_LANE, [{ lane: RECONCILE_LANE, key: null }]);
    await publication.publisher.laneWork(RECONCILE_LANE, [{ lane: RECONCILE_LANE, key: 'begin' }]);
    const phase = async () =>
      JSON.parse(new TextDecoder().decode((await publication.state.read(upkeepKey(RECONCILE_LANE)))?.body)).phase;
    for (let runs = 0; (await phase()) !== 'removals' && (await phase()) !== 'feeds'; runs += 1) {
      if (runs > 20) throw new Error('It never came to the removals.');
      await work();
    }
    await remove(publication, 50);
    while ((await phase()) !== 'done') await work();
    await publication.settle();
    // The comparison that `settle` works off counts again, and holds what is more.
    expect(await publication.publisher.heldRemovals()).toMatchObject({ count: 38, publishedCount: 48 });
    expect(await countEntries(publication)).toBe(48);
  });

  it.each([
    ['held', 12, null, 30],
    ['named', 12, 12, 18],
    ['few', 7, null, 23],
  ] as const)('ends the same wherever it was killed: %s', async (_, gone, consent, left) => {
    for (let killedAt = 1, isKilled = true; isKilled; killedAt += 2) {
      const publication = await publish();
      await remove(publication, gone);
      const around = createKiller(killedAt);
      const dying = createPublisher({ ...publication.ports, state: around(publication.ports.state) });
      await publication.publisher.reconcile(consent);
      const begin = { lane: RECONCILE_LANE, key: consent === null ? 'begin' : `begin ${consent}` };
      isKilled = await dying.laneWork(RECONCILE_LANE, [begin]).then(
        () => false,
        () => true,
      );
      await publication.settle();
      expect(await countEntries(publication), `killed at write ${killedAt}`).toBe(left);
    }
  });
});
