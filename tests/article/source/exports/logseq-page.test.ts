import { describe, expect, it } from 'vitest';
import { makesAllPagesPublic } from '../../../../lambda/article/source/exports/logseq-page.ts';
import type { Article } from '../../../../lambda/model/article.ts';
import { parseOne, rfc3339 } from '../../article-file.ts';

/** Whether it is published, held back, or told of before anything new is published of it. */
function fate({ visibility, doubt }: Article): string {
  if (doubt === undefined) return visibility;
  return doubt.held === null ? 'quietly held' : doubt.held.code;
}

describe('a page of Logseq', () => {
  it('has its properties as fields, and not in its text', () => {
    const page =
      'title:: Bread at home\npublic:: true\ntags:: [[baking]], #flour\nalias:: Loaf\nid:: 6412\nmood:: calm\n\n- It takes a day.\n';
    expect(parseOne('pages/Bread.md', page)).toMatchObject({
      id: null,
      title: 'Bread at home',
      tags: [{ label: 'baking' }, { label: 'flour' }],
      visibility: 'published',
      contentHtml: '<ul>\n<li>It takes a day.</li>\n</ul>',
    });
  });

  it('may be one outline, of which the first item holds the properties', () => {
    const page = '- public:: true\n  tags:: a\n- Text.\n\t- More, with `key:: value`.\n';
    const article = parseOne('pages/a.md', page);
    expect(fate(article)).toBe('published');
    expect(article.contentHtml).not.toContain('public');
    expect(article.contentHtml).toContain('key:: value');
  });

  it('of a journal has the day of its name', () => {
    const day = parseOne('journals/2023_01_05.md', 'public:: true\n\n- Cold.\n');
    expect(rfc3339(day.published)).toBe('2023-01-05T00:00:00Z');
  });

  it.each([
    ['journals/2023_01_05.md', '- Cold.\n', 'quietly held'],
    ['journals/2023_01_05.md', 'tags:: a\n\n- Cold.\n', 'quietly held'],
    ['journals/2023_01_05.md', '# A day\n\nCold.\n', 'publishing-unclear'],
    ['pages/a.md', 'public:: false\n\n- Mine.\n', 'draft'],
    ['notes/a.md', 'public:: false\n\nMine.\n', 'draft'],
    ['notes/a.md', 'filters:: {}\n\n- Mine.\n', 'quietly held'],
    ['graph/pages/a.md', 'type:: note\n\n- Mine.\n', 'publishing-unclear'],
    ['pages/a.md', '- Mine.\n\t- All of it.\n', 'publishing-unclear'],
  ])('%s with %j is held back: %s', (key, text, expected) => {
    expect(fate(parseOne(key, text))).toBe(expected);
  });

  it.each([
    ['pages/about.md', '# About\n\nText.\n'],
    ['pages/links.md', '---\ntitle: Links\n---\n- [One](https://a.example/)\n'],
    ['journals/2023-01-05.md', '- Cold.\n'],
    ['notes/list.md', '- One\n- Two\n'],
    ['notes/rust.md', 'std::vector is a list.\n'],
  ])('is not in %s with %j', (key, text) => {
    expect(fate(parseOne(key, text))).toBe('published');
  });
});

describe('the settings of a graph', () => {
  it.each([
    ['{:publishing/all-pages-public? true}', true],
    ['{:meta/version 1\n :publishing/all-pages-public? true ;; yes\n :x "a"}', true],
    ['{:all-pages-public? true}', true],
    ['{:publishing/all-pages-public? false}', false],
    ['{;; :publishing/all-pages-public? true\n :a 1}', false],
    ['{:a ":publishing/all-pages-public? true"}', false],
    ['{#_:publishing/all-pages-public? true}', false],
    ['{:publishing/all-pages-public? true?}', false],
    ['', false],
  ])('%j make all pages public: %s', (edn, expected) => {
    expect(makesAllPagesPublic(edn)).toBe(expected);
  });
});
