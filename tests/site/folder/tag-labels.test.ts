/** Docusaurus' tags.yml: tags are shown by their labels, and their feeds stay where they are. */

import { describe, expect, it } from 'vitest';
import { createTestPublication, type TestPublication } from '../../support/publication.ts';

const SITE = 'title: Coast\nid: test\nurl: https://example.org/\n';
const LABELS = `boats:
  label: Boats and ships
  permalink: /boats-and-ships
  description: What floats.
fog:
  description: Without a label.
"1990": { label: The nineties }
`;
const post = (tags: string): string => `---\ntitle: A\ndate: 2026-05-01\ntags: ${tags}\n---\nText.\n`;

async function publish(files: Readonly<Record<string, string>>): Promise<TestPublication> {
  const publication = await createTestPublication({ files: { 'site.yaml': SITE, ...files } });
  await publication.settle();
  return publication;
}

async function tagsOf(publication: TestPublication): Promise<readonly string[]> {
  await publication.settle();
  const { items } = JSON.parse((await publication.documents()).get('feed.json') ?? '{}');
  return items[0]?.tags ?? [];
}

describe('tags.yml', () => {
  it.each([
    ['before', ['blog/tags.yml', 'blog/a.md']],
    ['after', ['blog/a.md', 'blog/tags.yml']],
  ])('says how the tags of articles are called, when it comes %s them', async (_, order) => {
    const texts: Readonly<Record<string, string>> = {
      'blog/tags.yml': LABELS,
      'blog/a.md': post('[boats, fog, "1990", own]'),
    };
    const publication = await publish({});
    for (const key of order) {
      await publication.put(key, texts[key] ?? '');
      await publication.settle();
    }
    expect(await tagsOf(publication)).toEqual(['Boats and ships', 'fog', 'The nineties', 'own']);
    const documents = await publication.documents();
    expect(documents.get('tags/boats/atom.xml')).toContain('<title>Coast: Boats and ships</title>');
    expect(documents.get('blog/a/index.html')).toContain('href="/tags/boats/" dir="auto">Boats and ships</a>');
    expect(documents.has('tags/boats-and-ships/atom.xml')).toBe(false);
  });

  it('counts beside and below it, moves no date, and is forgotten when it goes', async () => {
    const publication = await publish({ 'blog/tags.yml': LABELS, 'blog/x/a.md': post('[boats]') });
    expect(await tagsOf(publication)).toEqual(['Boats and ships']);
    publication.now += 86_400_000;
    await publication.put('blog/tags.yml', null);
    expect(await tagsOf(publication)).toEqual(['boats']);
    expect((await publication.documents()).get('feed.json')).not.toContain('date_modified": "2026-06-02');
    await publication.put('docs/tags.yml', LABELS);
    expect(await tagsOf(publication)).toEqual(['boats']);
  });

  it.each([
    ['of another form', 'boats: Boats\nlist: [boats]\n'],
    ['that is a list', '- boats\n'],
    ['that is no YAML', 'boats: [\n'],
    ['that is too large', `# ${'x'.repeat(600_000)}\n`],
  ])('says and holds back nothing in a file %s', async (_, text) => {
    const publication = await publish({ 'blog/tags.yml': text, 'blog/a.md': post('[boats]') });
    expect(await tagsOf(publication)).toEqual(['boats']);
    expect((await publication.publisher.overview()).problems).toEqual([]);
  });

  it('is another program’s data elsewhere', async () => {
    const publication = await publish({ '_data/tags.yml': LABELS, 'a.md': post('[boats]') });
    expect(await tagsOf(publication)).toEqual(['boats']);
  });
});
