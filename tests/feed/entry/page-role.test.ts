import { expect, it } from 'vitest';
import { createTestPublication } from '../../support/publication.ts';

const KEY = 'static/note.md';

it('an undated file that is in feeds stays there when its place becomes that of a page, and a new one is a page', async () => {
  const settings = (posts: string) => `title: Notes\npages: { posts: [${posts}] }\n`;
  const publication = await createTestPublication({
    files: { 'site.yaml': settings(KEY), [KEY]: '# A note\n\nText.\n' },
  });
  await publication.settle();
  expect((await publication.documents()).get('feed.json')).toContain('A note');
  // As an upgrade does, nothing takes it for a post any more.
  await publication.put('site.yaml', settings('"other.md"'));
  await publication.put('static/new.md', '# A new note\n\nText.\n');
  await publication.settle();
  expect((await publication.documents()).get('feed.json')).toContain('A note');
  expect((await publication.documents()).get('feed.json')).not.toContain('A new note');
  const { problems } = await publication.publisher.overview();
  expect(problems).toContainEqual(expect.objectContaining({ code: 'page-in-feeds', path: KEY }));
});
