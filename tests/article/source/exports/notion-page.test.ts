import { describe, expect, it } from 'vitest';
import { parseOne, rfc3339 } from '../../article-file.ts';

const ID = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';

function notionPage(...properties: readonly string[]): string {
  return ['# Low water', '', ...properties, '', 'The mud is warm.', ''].join('\n');
}

describe('a page of Notion', () => {
  it('has its properties as fields, and not in its text', () => {
    const page = notionPage(
      'Created: January 5, 2023 10:00 AM',
      'Date: May 1, 2022 → May 3, 2022',
      'Tags: sea birds, mud',
      'Mood: calm',
      'Published: Yes',
      'ID: 7',
    );
    const article = parseOne(`Shore ${ID}/Low water ${ID}.md`, page);
    expect(article).toMatchObject({
      id: null,
      title: 'Low water',
      path: '/Shore/Low%20water/',
      section: { label: 'Shore' },
      tags: [{ label: 'sea birds' }, { label: 'mud' }],
      contentHtml: '<p>The mud is warm.</p>',
      visibility: 'published',
    });
    expect(rfc3339(article.published)).toBe('2022-05-01T00:00:00Z');
  });

  it.each([
    ...['Status: Draft', 'Published: No', 'Visibility: Private', 'Draft: Yes', 'Genre: Salt\nStatus: Draft'],
    ...['Ready to publish: No', 'Veröffentlicht: No', 'Statut: Brouillon', 'Estado: Borrador', '状态: 草稿'],
  ])('is held back by %j', (properties) => {
    expect(parseOne(`Low water ${ID}.md`, notionPage(properties)).visibility).toBe('draft');
  });

  it('leads on from the address in which its id stood', () => {
    const key = `notes/Low water ${ID}.md`;
    expect(parseOne(key, notionPage()).aliases).toEqual([`/notes/Low%20water%20${ID}/`]);
    const dated = { permalink: '/:year/:title/' };
    const page = notionPage('Date: May 1, 2022');
    expect(parseOne(key, page, dated)).toMatchObject({ path: '/2022/low-water/', aliases: [`/2022/low-water-${ID}/`] });
    expect(parseOne('notes/low-water.md', notionPage()).aliases).toEqual([]);
  });

  it.each(['Warning: never walk out alone.', 'Ready: three, two, one.', 'Security: lock the boat.'])(
    'keeps the paragraph %j, which begins with a word and a colon',
    (text) => {
      expect(parseOne(`Low water ${ID}.md`, notionPage(text)).contentHtml).toContain(text);
    },
  );

  it('is known by its name', () => {
    const named = notionPage('Status: Draft', 'Tags: a');
    const other = parseOne('low-water.md', named);
    expect(other.contentHtml).toContain('Status: Draft');
  });
});
