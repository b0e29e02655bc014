import { describe, expect, it } from 'vitest';
import { codesOf, parseOne, parseText, rfc3339 } from '../article-file.ts';

const page = (head: string, body: string) =>
  `<!doctype html>\n<html lang="fr">\n<head>\n${head}\n</head>\n<body>\n${body}\n</body>\n</html>\n`;

describe('an HTML article', () => {
  it('is told by its meta elements and its canonical link', () => {
    const head = `<title>Ignored | Site</title>
      <meta name="title" content="Fish &amp; chips"><meta name="description" content="Short.">
      <meta name="author" content="Jo Doe"><meta name="keywords" content="sea, food">
      <meta name="date" content="2021-04-07"><link rel="canonical" href="https://elsewhere.example/a">`;
    const article = parseOne('a.html', page(head, '<nav>Menu</nav><main><p>Text.</p></main>'));
    expect(article).toMatchObject({
      title: 'Fish & chips',
      summary: 'Short.',
      canonicalUrl: 'https://elsewhere.example/a',
      language: 'fr',
      tags: [{ label: 'sea' }, { label: 'food' }],
      authors: [{ name: 'Jo Doe' }],
    });
    expect(rfc3339(article.published)).toBe('2021-04-07T00:00:00Z');
    expect(article.contentHtml.trim()).toBe('<p>Text.</p>');
  });

  it('is told by Open Graph', () => {
    const head = `<meta property="og:title" content="A title"><meta property="og:image" content="/a.png">
      <meta property="og:image:alt" content="A cat"><meta property="article:published_time" content="2021-04-07T10:00:00+03:00">
      <meta property="article:modified_time" content="2021-04-08"><meta property="article:tag" content="one">
      <meta property="article:tag" content="two"><meta property="article:section" content="News">`;
    const article = parseOne('a.html', page(head, '<p>Text.</p>'));
    expect(article.title).toBe('A title');
    expect(article.image).toMatchObject({ url: 'https://example.org/a.png', alt: 'A cat' });
    expect(article.tags.map((tag) => tag.label)).toEqual(['one', 'two']);
    expect(article.section?.label).toBe('News');
    expect(rfc3339(article.published)).toBe('2021-04-07T10:00:00+03:00');
    expect(rfc3339(article.updated)).toBe('2021-04-08T00:00:00Z');
  });

  it('is told by JSON-LD, which goes before Open Graph', () => {
    const data = {
      '@graph': [
        { '@type': 'WebSite', name: 'Site' },
        {
          '@type': ['NewsArticle'],
          headline: 'A <b> headline',
          datePublished: '2021-04-07T10:00:00Z',
          author: [{ '@type': 'Person', '@id': '#jo', name: 'Jo Doe', url: 'https://jo.example/' }],
          image: { '@type': 'ImageObject', contentUrl: 'https://cdn.example/a.png', width: 800, caption: 'A cat' },
          keywords: ['one', 'two'],
        },
      ],
    };
    const head = `<meta property="og:title" content="Another"><script type="application/ld+json">${JSON.stringify(data)}</script>`;
    const article = parseOne('a.html', page(head, '<p>Text.</p>'));
    expect(article).toMatchObject({
      title: 'A <b> headline',
      authors: [{ name: 'Jo Doe', url: 'https://jo.example/' }],
      image: { url: 'https://cdn.example/a.png', width: 800, caption: 'A cat' },
      tags: [{ label: 'one' }, { label: 'two' }],
    });
  });

  it("takes its heading for its title, without the site's name and without repeating it", () => {
    const article = parseOne(
      'a.html',
      page('<title>A day – The Site</title>', '<header><h1>A day</h1></header><p>Text.</p>'),
    );
    expect(article.title).toBe('A day');
    expect(article.contentHtml).not.toContain('A day');
  });

  it('takes the one <article> for its content, else <main>, else <body>', () => {
    const content = (body: string) => parseOne('a.html', page('<title>A</title>', body)).contentHtml.trim();
    expect(content('<main><p>No.</p><article><p>Yes.</p></article></main>')).toBe('<p>Yes.</p>');
    expect(
      content('<main><article><p>One.</p></article><article><p>Two.</p></article></main><p>No.</p>'),
    ).not.toContain('No.');
    expect(content('<p>Yes.</p>')).toBe('<p>Yes.</p>');
    expect(parseOne('a.html', '<p>Yes.</p>').contentHtml.trim()).toBe('<p>Yes.</p>');
  });

  it('gives the line on which a mistake stands', () => {
    expect(codesOf(parseText('a.html', page('<meta name="date"\n content="2017-02-29">', 'Text.')))).toEqual([
      'date-impossible@4',
    ]);
  });

  it('is no template when it is a whole page without front matter', () => {
    expect(parseOne('a.html', page('', '<p>Write {{ a }}.</p>')).contentHtml.trim()).toBe('<p>Write {{ a }}.</p>');
    expect(parseOne('a.html', '<p>By {{ site.title }}.</p>').contentHtml).toBe('<p>By Example.</p>');
  });

  it.each([
    ['Recipe', { name: 'Soup', datePublished: '2021-04-07' }, 'Soup'],
    ['MusicEvent', { name: 'Concert', datePublished: '2021-04-07' }, 'Concert'],
    ['VideoObject', { name: 'A film in it', uploadDate: '2021-04-07' }, 'Ebb'],
  ])('is told by the JSON-LD of what it is about: %s', (type, data, title) => {
    const json = JSON.stringify({ '@type': type, ...data });
    const article = parseOne(
      'a.html',
      page(`<script type="application/ld+json">${json}</script>`, '<h1>Ebb</h1><p>Text.</p>'),
    );
    expect([article.title, rfc3339(article.published)]).toEqual([title, '2021-04-07T00:00:00Z']);
  });

  it('is dated by the time above its text when nothing else dates it', () => {
    const time = '<p><time datetime="2021-04-07T10:00:00+03:00">7 April</time></p>';
    const dated = (key: string, body: string, head = '') => rfc3339(parseOne(key, page(head, body)).published);
    expect(dated('a.html', `<h1>Ebb</h1>${time}<p>Text.</p>`)).toBe('2021-04-07T10:00:00+03:00');
    expect(dated('a.html', time, '<meta name="date" content="2020-01-01">')).toBe('2020-01-01T00:00:00Z');
    expect(dated('2020-01-02-a.html', time)).toBe('2020-01-02T00:00:00Z');
    expect(dated('a.html', `<p>${'Text. '.repeat(100)}</p>${time}`)).toBe(null);
    expect(dated('a.html', '<time datetime="2021-02-30">x</time><time datetime="PT2H">y</time>')).toBe(null);
  });

  it('is bounded in depth', () => {
    for (const count of [600, 200_000]) {
      expect(codesOf(parseText('a.html', '<div>'.repeat(count)))).toEqual(['limit-exceeded@-']);
    }
  });
});
