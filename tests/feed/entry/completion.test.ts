import { describe, expect, it } from 'vitest';
import { completeArticles } from '../../../lambda/feed/entry/completion.ts';
import { parseOne, TEST_SITE } from '../../article/article-file.ts';

/** The content of an article with a hero image, as it is shown. */
function shown(image: string, body: string): string {
  const article = parseOne('a.md', `---\ntitle: A\ndate: 2026-06-01\nimage: ${image}\n---\n\n${body}`);
  const { shown: entries } = completeArticles({
    key: 'a.md',
    body: new Uint8Array(),
    articles: [article],
    site: TEST_SITE,
    facts: {},
    shown: [],
    assets: new Map(),
    now: Date.UTC(2026, 6, 1),
  });
  return entries[0]?.entry.contentHtml ?? '';
}

describe('the hero image', () => {
  const at = (path: string) => `https://img.example.com/${path}`;

  it('stands before the content', () => {
    expect(shown(at('a.jpg'), 'Text.')).toBe(`<figure><img src="${at('a.jpg')}" alt=""></figure>\n<p>Text.</p>`);
  });

  it.each([
    ['as it is', 'a.jpg', 'a.jpg'],
    ['in another size', 'a.jpg', 'a.jpg?w=300'],
    ['in a size', 'a.jpg?w=1200&h=600', 'a.jpg'],
    ['in both', 'a.JPG?w=1200', 'a.JPG?w=300'],
  ])('is not shown twice where the author shows it: %s', (_, hero, image) => {
    expect(shown(at(hero), `![](${at(image)})`)).not.toContain('<figure>');
  });

  it('is another one where the query says which', () => {
    expect(shown(at('image.php?id=1'), `![](${at('image.php?id=2')})`)).toContain('<figure>');
  });
});
