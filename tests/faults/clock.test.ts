/** A clock that is wrong: what it does to dates, to what is scheduled, and to what is public; and once it is right again. */

import { describe, expect, it } from 'vitest';
import { createPublication } from '../../local/publication/publication.ts';
import { createMemoryStore } from '../../local/store/memory-store.ts';
import { createTestPublication, readTexts, TEST_NOW, type TestPublication } from '../support/publication.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FAR_PAST = Date.UTC(1970, 0, 1);
const FAR_FUTURE = Date.UTC(2099, 0, 1);

const FILES = {
  'site.yaml': 'title: Clocks\nid: clocks\nautomatic: false\ndeletedEntries: true\n',
  'dated.md': '---\ntitle: Dated\ndate: 2026-05-31\n---\nWords.\n',
  'undated.md': '---\ntitle: Undated\n---\nWords.\n',
  'scheduled.md': '---\ntitle: Scheduled\ndate: 2026-06-03\n---\nWords.\n',
  'ending.md': '---\ntitle: Ending\ndate: 2026-05-30\nexpires: 2026-08-01\n---\nWords.\n',
};

async function titles({ public: documents }: Pick<TestPublication, 'public'>): Promise<readonly string[]> {
  const feed = JSON.parse((await readTexts(documents)).get('feed.json') ?? '') as {
    items: readonly { title: string }[];
  };
  return feed.items.map(({ title }) => title);
}

/** When the feed says it changed last. */
async function updatedOf({ public: documents }: Pick<TestPublication, 'public'>): Promise<number> {
  return Date.parse(/<updated>([^<]+)</.exec((await readTexts(documents)).get('atom.xml') ?? '')?.[1] ?? '');
}

/** Looks at every file again, as somebody does who uploads all of them once more. */
async function lookAtAll(publication: TestPublication): Promise<void> {
  await publication.publisher.articleWork(Object.keys(FILES).map((key) => ({ key })));
  await publication.publisher.reconcileAll();
  await publication.put('site.yaml', FILES['site.yaml']);
  await publication.settle();
}

describe.each([
  ['an hour back', TEST_NOW - HOUR_MS],
  ['a month back', TEST_NOW - 30 * DAY_MS],
  ['at its beginning', FAR_PAST],
])('a clock that is set %s', (_, wrong) => {
  it('takes nothing down, changes no date, and never lets a feed say that it is older', async () => {
    const publication = await createTestPublication({ files: FILES });
    await publication.settle();
    const before = await publication.documents();
    publication.now = wrong;
    await lookAtAll(publication);
    expect(await publication.documents()).toEqual(before);
    await publication.put('dated.md', FILES['dated.md'].replace('Words.', 'Other words.'));
    await publication.settle();
    expect(await titles(publication)).toEqual(['Undated', 'Dated', 'Ending']);
    expect(await updatedOf(publication)).toBeGreaterThanOrEqual(TEST_NOW);
    const { items } = JSON.parse((await publication.documents()).get('feed.json') ?? '');
    for (const item of items) {
      expect(Date.parse(item.date_modified ?? item.date_published)).toBeGreaterThanOrEqual(
        Date.parse(item.date_published),
      );
    }
    publication.now = TEST_NOW;
    await lookAtAll(publication);
    expect(await titles(publication)).toEqual(['Undated', 'Dated', 'Ending']);
  });

  it('holds back what is not due by it, and publishes that when it is right again', async () => {
    const publication = await createTestPublication({ files: { 'site.yaml': FILES['site.yaml'] } });
    await publication.settle();
    publication.now = wrong;
    const date = new Date(TEST_NOW - 60_000).toISOString();
    await publication.put('new.md', `---\ntitle: New\ndate: ${date}\n---\nWords.\n`);
    await publication.settle();
    expect(await titles(publication)).toEqual([]);
    publication.now = TEST_NOW;
    await publication.publisher.tick();
    await publication.settle();
    expect(await titles(publication)).toEqual(['New']);
  });
});

describe('a clock that is far ahead', () => {
  it('dates nothing for ever that nobody was shown', async () => {
    const publication = await createTestPublication({ files: { 'site.yaml': FILES['site.yaml'] } });
    await publication.settle();
    publication.now = FAR_FUTURE;
    await publication.put('note.md', '---\ntitle: Note\ndraft: true\n---\nWords.\n');
    await publication.settle();
    publication.now = TEST_NOW;
    await publication.put('note.md', '---\ntitle: Note\n---\nWords.\n');
    await publication.settle();
    expect(await titles(publication)).toEqual(['Note']);
    expect((await publication.documents()).get('feed.json')).toContain(new Date(TEST_NOW).toISOString().slice(0, 19));
  });

  it('leaves an article public that it has dated; its author can date it', async () => {
    const publication = await createTestPublication({ files: { 'site.yaml': FILES['site.yaml'] } });
    publication.now = FAR_FUTURE;
    await publication.put('undated.md', FILES['undated.md']);
    await publication.settle();
    publication.now = TEST_NOW;
    await lookAtAll(publication);
    expect(await titles(publication)).toEqual(['Undated']);
    await publication.put('undated.md', '---\ntitle: Undated\ndate: 2026-06-01\n---\nWords.\n');
    await publication.settle();
    const { items } = JSON.parse((await publication.documents()).get('feed.json') ?? '');
    expect(items).toMatchObject([{ title: 'Undated', date_published: '2026-06-01T00:00:00Z' }]);
  });

  it('has an article expire that is back when everything is looked at again', async () => {
    const publication = await createTestPublication({ files: FILES });
    await publication.settle();
    publication.now = FAR_FUTURE;
    await publication.publisher.tick();
    await publication.settle();
    expect(await titles(publication)).toEqual(['Scheduled', 'Undated', 'Dated']);
    publication.now = TEST_NOW;
    await lookAtAll(publication);
    expect(await titles(publication)).toEqual(['Scheduled', 'Undated', 'Dated', 'Ending']);
  });
});

describe('on one machine', () => {
  it('everything is looked at again by itself once the clock is set back', async () => {
    const stores = { content: createMemoryStore(), state: createMemoryStore(), public: createMemoryStore() };
    for (const [key, text] of Object.entries(FILES)) await stores.content.write(key, new TextEncoder().encode(text));
    let now = TEST_NOW;
    const publication = () => createPublication({ ...stores, url: 'https://example.org/', now: () => now });
    await publication().refresh();
    now = FAR_FUTURE;
    await publication().refresh();
    expect(await titles(stores)).not.toContain('Ending');
    now = TEST_NOW + DAY_MS;
    const running = publication();
    await running.tick();
    expect(await titles(stores)).toContain('Ending');
    expect(await running.tick()).toMatchObject({ looked: 0 });
    expect(await publication().refresh()).toMatchObject({ published: 0, removed: 0, documents: { written: 0 } });
  });
});
