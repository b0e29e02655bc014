import { describe, expect, it } from 'vitest';
import { tooManyFeeds } from '../../lambda/feed/feed-count.ts';
import { createTestPublication } from '../support/publication.ts';

describe('very many feeds', () => {
  const feeds = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ name: `tags/t${index}`, entries: index % 2 === 0 ? 1 : 3 }));

  it('are warned of, with the kind that there are most of', () => {
    expect(tooManyFeeds(feeds(1_000))).toBeNull();
    const problem = tooManyFeeds([{ name: 'all', entries: 9 }, ...feeds(1_500)]);
    expect(problem).toMatchObject({ code: 'feeds-too-many', severity: 'warning' });
    expect(problem?.message).toContain('There are 1501 feeds, 750 of them with one entry.');
    expect(problem?.fix).toContain('automatic: { tags: false }');
  });

  it('go by that setting, and their readers find them empty', async () => {
    const site = 'title: Coast\nid: test\n';
    const text = '---\ntitle: Tide\ndate: 2026-05-01\ntags: [sea]\n---\nWater.\n';
    const publication = await createTestPublication({ files: { 'site.yaml': site, 'tide.md': text } });
    await publication.settle();
    expect((await publication.publisher.overview()).feeds.map(({ name }) => name)).toContain('tags/sea');
    await publication.put('site.yaml', `${site}automatic: { tags: false }\n`);
    await publication.settle();
    expect((await publication.publisher.overview()).feeds.map(({ name }) => name)).not.toContain('tags/sea');
    const documents = await publication.documents();
    expect(documents.get('tags/sea/atom.xml')).toContain('<feed');
    expect(documents.get('tags/sea/atom.xml')).not.toContain('Tide');
  });
});
