import { describe, expect, it } from 'vitest';
import { createTestPublication, type TestPublication } from '../../support/publication.ts';

const ARTICLE = '---\ntitle: A\ndate: 2026-01-01\nauthors: [ann]\n---\nText.';
const PEOPLE = 'ann:\n  name: Ann Lee\n';

async function authorsIn(publication: TestPublication): Promise<unknown> {
  const { items } = JSON.parse((await publication.documents()).get('feed.json') ?? '{"items":[]}');
  return items[0]?.authors;
}

describe('a file of people', () => {
  it.each([
    ['before the article', ['blog/authors.yml', 'blog/a.md']],
    ['after it', ['blog/a.md', 'blog/authors.yml']],
  ])('is heeded when it comes %s', async (_, keys) => {
    const publication = await createTestPublication();
    for (const key of keys) {
      await publication.put(key, key.endsWith('.md') ? ARTICLE : PEOPLE);
      await publication.settle();
    }
    expect(await authorsIn(publication)).toEqual([{ name: 'Ann Lee' }]);
  });

  it('that changes, or goes, changes the articles', async () => {
    const publication = await createTestPublication({ files: { 'blog/a.md': ARTICLE, 'blog/authors.yml': PEOPLE } });
    await publication.settle();
    await publication.put('blog/authors.yml', 'ann:\n  name: Ann Stone\n  url: https://ann.example/\n');
    await publication.settle();
    expect(await authorsIn(publication)).toEqual([{ name: 'Ann Stone', url: 'https://ann.example/' }]);
    await publication.put('blog/authors.yml', null);
    await publication.settle();
    expect(await authorsIn(publication)).toEqual([{ name: 'ann' }]);
  });

  it('is no article and no file of the public site', async () => {
    const person = '---\nname: Ann Lee\n---\nShe writes.';
    const files = { 'data/authors/ann.mdx': person, '.authors.yml': `authors: { bo: { name: Bo } }`, 'a.md': ARTICLE };
    const publication = await createTestPublication({ files: { 'site.yaml': 'url: https://example.org/', ...files } });
    await publication.settle();
    expect(await authorsIn(publication)).toEqual([{ name: 'Ann Lee' }]);
    const { counts, problems } = await publication.publisher.overview();
    expect([counts.published, problems]).toEqual([1, []]);
    expect([...(await publication.documents()).keys()].filter((path) => /data|\.authors/.test(path))).toEqual([]);
  });
});
