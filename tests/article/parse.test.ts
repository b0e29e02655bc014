import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isArticleKey, parseArticles } from '../../lambda/article/parse.ts';
import { ARTICLE_BYTES_MAX } from '../../lambda/model/article-limits.ts';
import { codesOf, parseText, TEST_SITE, withFields } from './article-file.ts';

const parseBytes = (body: Uint8Array) => parseArticles({ key: 'a.md', body, site: TEST_SITE });

describe('isArticleKey', () => {
  it.each([
    'a.md',
    'A.MARKDOWN',
    'notes/a.mdx',
    'a.html',
    'a.htm',
    'a.json',
    'a.txt',
    'a.text',
    '_posts/a.md',
    '_drafts/a.md',
    '_content/blog/a.md',
    'notes/a/index.md',
    'notes/readmes-for-you.md',
  ])('takes %s', (key) => {
    expect(isArticleKey(key)).toBe(true);
  });

  it.each([
    'site.yaml',
    'a.png',
    'a.rst',
    'a',
    '.hidden.md',
    '.git/a.md',
    '_index.md',
    'notes/_index.fr.md',
    '_includes/a.html',
    'node_modules/x/a.md',
    'README.md',
    'notes/readme.txt',
    'LICENSE.md',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'robots.txt',
    'humans.txt',
    '404.html',
    'google1234567890abcdef.html',
    'package.json',
    'index.html',
  ])('leaves %s', (key) => {
    expect(isArticleKey(key)).toBe(false);
  });
});

describe('parseArticles', () => {
  it('reads UTF-8 and UTF-16 with a byte order mark', () => {
    const text = '# Grüße\n\nText.';
    const units = Uint16Array.from(`\uFEFF${text}`, (character) => character.charCodeAt(0));
    const swapped = units.map((unit) => ((unit & 0xff) << 8) | (unit >> 8));
    for (const body of [new TextEncoder().encode(text), new Uint8Array(units.buffer), new Uint8Array(swapped.buffer)]) {
      expect(parseBytes(body).articles.map((article) => article.title)).toEqual(['Grüße']);
    }
  });

  it('says on which line the bytes are no text', () => {
    const bytes = new Uint8Array([0x61, 0x0a, 0x62, 0x0a, 0xe9, 0x20, 0x0a]);
    expect(codesOf(parseBytes(bytes))).toEqual(['encoding-unreadable@3']);
  });

  it('refuses a file that is too large', () => {
    expect(codesOf(parseBytes(new Uint8Array(ARTICLE_BYTES_MAX + 1)))).toEqual(['article-too-large@-']);
  });

  it('refuses an empty file', () => {
    expect(codesOf(parseText('a.md', ' \n\n'))).toEqual(['article-empty@-']);
    expect(codesOf(parseText('a.md', '---\ntags: [a]\n---\n'))).toEqual(['article-empty@-']);
    expect(parseText('a.md', '---\ntitle: A\n---\n').articles).toHaveLength(1);
  });

  it('takes a page that only leads elsewhere for no article', () => {
    expect(parseText('a.md', '---\nredirect: /b/\n---\n')).toEqual({ articles: [], problems: [] });
  });

  it('holds back an article with an error, and publishes one with a warning', () => {
    expect(parseText('a.md', withFields('date: never')).articles).toEqual([]);
    expect(parseText('a.md', withFields('lang: "?"')).articles).toHaveLength(1);
  });

  it('law: no bytes make it throw, and an error leaves no article', () => {
    const key = fc.constantFrom('a.md', 'a.mdx', 'a.html', 'a.json', 'a.txt');
    const head = fc.constantFrom(
      '',
      '---\n',
      '+++\n',
      ';;;\n',
      '{\n',
      '<!--\n.. ',
      'Title: ',
      'export const meta = {',
      '\uFEFF',
      '[{"content_text":',
    );
    const piece = fc.constantFrom(
      'title',
      ': ',
      'date: 2021-13-45\n',
      '---\n',
      '+++\n',
      '\n',
      '"',
      "'",
      '[',
      ']',
      '{',
      '}',
      '<p>',
      '</p>',
      '*a',
      '&a ',
      '#',
      'é',
      '\u0000',
      '\uD800',
      '=',
      '|',
      '- ',
    );
    fc.assert(
      fc.property(key, head, fc.array(piece, { maxLength: 30 }), (name, start, pieces) => {
        const { articles, problems } = parseText(name, start + pieces.join(''));
        if (problems.some((problem) => problem.severity === 'error')) expect(articles).toEqual([]);
        for (const problem of problems) expect(problem.message).toMatch(/^.{3,}\.$/s);
      }),
      { numRuns: 500 },
    );
  });
});
