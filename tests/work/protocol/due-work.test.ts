/** What falls due, and when its marker goes. */

import { describe, expect, it } from 'vitest';
import { REMEMBERED_MS } from '../../../lambda/feed/update.ts';
import { DUE_PREFIX } from '../../../lambda/state/keys.ts';
import { listAll } from '../../../lambda/store/store.ts';
import { createTestPublication, TEST_NOW, type TestPublication } from '../../support/publication.ts';

const FEED_COUNT = 150;

async function markersOf({ state }: TestPublication): Promise<number> {
  let count = 0;
  for await (const _ of listAll(state, DUE_PREFIX)) count += 1;
  return count;
}

async function publishAndRemove(): Promise<TestPublication> {
  const tagged = Array.from({ length: FEED_COUNT }, (_, index) => [
    `b${index}.md`,
    `---\ntitle: B\ndate: 2026-05-02\ntags: [t${index}]\n---\nText.\n`,
  ]);
  const publication = await createTestPublication({
    files: {
      'site.yaml': 'title: Test\nid: test\ndeletedEntries: true\n',
      'a.md': '---\ntitle: A\ndate: 2026-05-01\n---\nText.\n',
      ...Object.fromEntries(tagged),
    },
  });
  await publication.settle();
  for (const [key = ''] of tagged) await publication.put(key, null);
  await publication.settle();
  return publication;
}

describe('feeds that have something to forget', () => {
  it('forget it when it is due, however many they are', async () => {
    const publication = await publishAndRemove();
    expect((await publication.documents()).get('atom.xml')).toContain('deleted-entry');
    publication.now = TEST_NOW + REMEMBERED_MS;
    for (let tick = 0; tick < 2; tick += 1) {
      await publication.publisher.tick();
      await publication.settle();
    }
    const texts = [...(await publication.documents()).values()];
    expect(texts.filter((text) => text.includes('deleted-entry'))).toEqual([]);
    expect(await markersOf(publication)).toBe(0);
  });

  it('keep their marker until they have', async () => {
    const publication = await publishAndRemove();
    publication.now = TEST_NOW + REMEMBERED_MS;
    await publication.publisher.tick();
    // Whoever works on it has a clock that is late, so there is nothing to do for it.
    publication.now -= 200;
    await publication.settle();
    expect(await markersOf(publication)).toBeGreaterThan(FEED_COUNT);
    publication.now += 60_000;
    await publication.publisher.tick();
    await publication.settle();
    expect((await publication.documents()).get('atom.xml')).not.toContain('deleted-entry');
  });
});

describe('an article that is scheduled', () => {
  it('is published although its time comes, and somebody looks, just before its record is written', async () => {
    let isFirst = true;
    const publication = await createTestPublication({
      files: { 'a.md': '---\ntitle: Soon\ndate: 2026-06-01T12:10:00Z\n---\nText.\n' },
      wrap: (store, name) => ({
        ...store,
        async write(key, body, options) {
          if (name === 'state' && isFirst && key.startsWith('articles/')) {
            isFirst = false;
            publication.now = TEST_NOW + 20 * 60_000;
            await publication.publisher.tick();
          }
          return store.write(key, body, options);
        },
      }),
    });
    await publication.settle();
    await publication.publisher.tick();
    await publication.settle();
    expect((await publication.documents()).get('rss.xml')).toContain('Soon');
    expect(await markersOf(publication)).toBe(0);
  });
});
