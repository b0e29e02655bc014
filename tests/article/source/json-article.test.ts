import { describe, expect, it } from 'vitest';
import { codesOf, parseOne, parseText, rfc3339 } from '../article-file.ts';

const item = {
  id: 'https://example.org/a/',
  url: 'https://example.org/a/',
  title: 'Generic<T> & co',
  content_html: '<p>Text.</p>',
  date_published: '2021-04-07T10:00:00+03:00',
  date_modified: '2021-04-08T10:00:00Z',
  authors: [{ name: 'Jo Doe', url: 'https://jo.example/', avatar: 'https://jo.example/j.png' }],
  tags: ['one', 'two'],
  language: 'fr',
  image: 'https://cdn.example/a.png',
  external_url: 'https://elsewhere.example/',
  attachments: [
    { url: 'https://cdn.example/a.mp3', mime_type: 'audio/mpeg', size_in_bytes: 1234, duration_in_seconds: 60 },
  ],
};

describe('a JSON article', () => {
  it('has its plain text where its HTML is empty', () => {
    const { contentHtml } = parseOne(
      'a.json',
      JSON.stringify({ ...item, content_html: ' ', content_text: 'Mind < it.' }),
    );
    expect(contentHtml).toBe('<p>Mind &lt; it.</p>');
  });

  it('is an item of a JSON Feed', () => {
    const article = parseOne('a.json', JSON.stringify(item));
    expect(article).toMatchObject({
      id: item.id,
      path: '/a/',
      canonicalUrl: null,
      title: item.title,
      authors: [{ ...item.authors[0], email: null }],
      tags: [{ label: 'one' }, { label: 'two' }],
      language: 'fr',
      externalUrl: item.external_url,
      image: { url: item.image },
      attachments: [{ mimeType: 'audio/mpeg', lengthBytes: 1234, durationSeconds: 60 }],
    });
    expect(article.contentHtml.trim()).toBe('<p>Text.</p>');
    expect([article.published, article.updated].map(rfc3339)).toEqual([
      '2021-04-07T10:00:00+03:00',
      '2021-04-08T10:00:00Z',
    ]);
  });

  it('may be plain text', () => {
    const article = parseOne('a.json', JSON.stringify({ id: '1', content_text: 'a < b\n& c\n\nTwo.' }));
    expect(article.contentHtml.replace(/\s/g, '')).toBe('<p>a&lt;b<br>&amp;c</p><p>Two.</p>');
    expect(article.title).toBe('');
  });

  it('elsewhere has its canonical address there', () => {
    const article = parseOne('links/a.json', JSON.stringify({ ...item, url: 'https://elsewhere.example/b/' }));
    expect([article.path, article.canonicalUrl]).toEqual(['/links/a/', 'https://elsewhere.example/b/']);
  });

  it('may be one of several', () => {
    const items = [
      { ...item, id: '1', url: 'https://elsewhere.example/posts/b.html' },
      { id: 2, content_text: 'Two.' },
      { content_text: 'Three.' },
    ];
    const parsed = parseText('notes.json', JSON.stringify(items));
    expect(parsed.problems).toEqual([]);
    expect(parsed.articles.map((article) => article.path)).toEqual(['/notes/b/', '/notes/2/', '/notes/3/']);
    expect(parsed.articles.map((article) => article.id)).toEqual([
      'urn:feedwright:https-example-org:1',
      'urn:feedwright:https-example-org:2',
      null,
    ]);
  });

  it('may be one of a whole feed, whose authors and language it inherits', () => {
    const feed = {
      version: 'https://jsonfeed.org/version/1',
      title: 'Feed',
      author: { name: 'Ada' },
      language: 'de',
      items: [{ id: '1', content_text: 'One.' }, item],
    };
    const { articles } = parseText('feed.json', JSON.stringify(feed));
    expect(articles.map(({ language, authors }) => [language, authors[0]?.name])).toEqual([
      ['de', 'Ada'],
      ['fr', 'Jo Doe'],
    ]);
  });

  it.each(['{"name":"x","version":"1.0.0","scripts":{}}', '[1,2,3]', '"text"', '{"title":"x","id":1}', '{broken', ''])(
    'is not in %s, which is some other data',
    (text) => {
      expect(parseText('data.json', text)).toEqual({ articles: [], problems: [] });
    },
  );

  it('that is broken is reported with its line', () => {
    expect(codesOf(parseText('a.json', '{\n"content_html": "x",\n"title" "y"\n}'))).toEqual(['json-unreadable@3']);
    expect(codesOf(parseText('a.json', JSON.stringify([item, { name: 'x' }])))).toEqual(['field-invalid@-']);
    expect(codesOf(parseText('a.json', JSON.stringify({ ...item, date_published: 'now' }, null, 1)))).toEqual([
      'date-unreadable@6',
    ]);
  });

  it('has all its content on one line of the file, however many lines that means', () => {
    const content = { content_html: '<p>One.</p>\n\n<form></form>' };
    expect(codesOf(parseText('a.json', JSON.stringify(content, null, 1)))).toEqual(['markup-left-out@2']);
  });

  it('is no template, whatever its text looks like', () => {
    const text = 'Write {{ a }}, {% b %}, [gallery ids="1"] or [TOC].';
    expect(parseOne('a.json', JSON.stringify({ content_html: `<p>${text}</p>` })).contentHtml).toBe(`<p>${text}</p>`);
    expect(parseOne('a.json', JSON.stringify({ content_text: `:::a\n\n${text}` })).contentHtml).toBe(
      `<p>:::a</p>\n<p>${text}</p>`,
    );
  });
});
