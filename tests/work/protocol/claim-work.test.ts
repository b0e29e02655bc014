/** What becomes of a claim when whoever lets it go is stopped in the middle. */

import { expect, it } from 'vitest';
import { createPublisher } from '../../../lambda/publish.ts';
import { countStore, createCounts } from '../../support/counted-store.ts';
import { createTestPublication } from '../../support/publication.ts';

const article = (title: string, slug: string): string =>
  `---\ntitle: ${title}\nslug: ${slug}\ndate: 2026-05-01\n---\nText.\n`;

it('is told to those who wait for it, also by one that waits for another claim by now', async () => {
  const publication = await createTestPublication({
    files: { 'site.yaml': 'title: Test\nid: test\n', 'a.md': article('A', 'x'), 'c.md': article('C', 'y') },
  });
  await publication.settle();
  await publication.put('b.md', article('B', 'x'));
  await publication.settle();
  expect((await publication.documents()).get('feed.json')).not.toContain('"B"');

  await publication.put('a.md', article('A', 'z'));
  const sendArticleWork = async (): Promise<never> => {
    throw new Error('The process dies.');
  };
  const dying = { ...publication.ports, queue: { ...publication.ports.queue, sendArticleWork } };
  expect(await createPublisher(dying).articleWork([{ key: 'a.md' }])).toMatchObject([{ change: 'failed' }]);

  await publication.put('a.md', article('A', 'y'));
  await publication.settle();
  expect((await publication.documents()).get('feed.json')).toContain('"B"');
});

it('is taken with one call where nobody ever had it, and read where somebody had', async () => {
  const publication = await createTestPublication({ files: { 'site.yaml': 'title: Test\nid: test\n' } });
  await publication.settle();
  const counts = createCounts();
  const state = countStore(publication.ports.state, counts);
  const reads: string[] = [];
  const inspect: typeof state.inspect = (key) => {
    reads.push(key);
    return state.inspect(key);
  };
  const publisher = createPublisher({ ...publication.ports, state: { ...state, inspect } });
  await publication.put('a.md', article('A', 'x'));
  await publisher.articleWork([{ key: 'a.md' }]);
  expect(reads).toEqual([]);
  await publication.put('b.md', article('B', 'x'));
  expect(await publisher.articleWork([{ key: 'b.md' }])).toMatchObject([{ errorCount: 1 }]);
  expect(reads).not.toEqual([]);
});
