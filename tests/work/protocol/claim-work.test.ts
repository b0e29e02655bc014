/** What becomes of a claim when whoever lets it go is stopped in the middle. */

import { expect, it } from 'vitest';
import { createPublisher } from '../../../lambda/publish.ts';
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
