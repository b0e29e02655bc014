import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultPath } from '../../../lambda/address/default-path.ts';
import { isReservedPath } from '../../../lambda/address/reserved-path.ts';
import { archivePath, DOCUMENT_FORMATS, subscriptionPath } from '../../../lambda/model/addresses.ts';
import type { FeedDefinition } from '../../../lambda/model/site.ts';
import { codesOf, parseOne, parseText, TEST_SITE, withFields } from '../article-file.ts';

const NEWS: FeedDefinition = {
  name: 'desk/news',
  title: 'News',
  description: '',
  content: 'full',
  tags: null,
  authors: null,
  sections: null,
  languages: null,
  withoutTags: [],
};

describe('an address', () => {
  it.each([
    ['hello.md', '/hello/'],
    ['notes/2021-04-07-hello.md', '/notes/2021-04-07-hello/'],
    ['notes/hello/index.md', '/notes/hello/'],
    ['_posts/2021-04-07-hello.md', '/2021-04-07-hello/'],
    ['notes/Über uns.md', '/notes/%C3%9Cber%20uns/'],
    ['go1.8.md', '/go1.8/'],
    ["what's (new)?.md", "/what's%20(new)%3F/"],
  ])('of %s is %s by default', (key, path) => {
    expect(parseOne(key, 'Text.').path).toBe(path);
  });

  it.each([
    ['slug: hi', '/notes/hi/'],
    ['slug: 6-day-and-IP-certs', '/notes/6-day-and-IP-certs/'],
    ['slug: A few words', '/notes/a-few-words/'],
    ['slug: /blog/hi', '/blog/hi/'],
    ['permalink: /a/b/', '/a/b/'],
    ['permalink: a/b', '/a/b/'],
    ['permalink: /a/b.html', '/a/b.html'],
    ['permalink: /a/index.html', '/a/'],
    ['url: /straße/', '/stra%C3%9Fe/'],
    ['url: https://example.org/a/?utm=1#x', '/a/'],
    ['permalink: /:year/:month/:day/:title/', '/2021/04/07/a-day/'],
    ['permalink: /:year/:slug', '/2021/a-long-day/'],
    ['permalink: /:categories/:title.html', '/one/two/a-day.html'],
    ['permalink: pretty', '/one/two/2021/04/07/a-day/'],
    ['permalink: /:i_month/:short_year/:y_day/', '/4/21/097/'],
    ['permalink: /:categories/:year/:month/:day/:title:output_ext', '/one/two/2021/04/07/a-day.html'],
    ['permalink: /:slugified_categories/:title', '/one/two/a-day/'],
    ['permalink: /:year/:monthname/:weekdayname/:contentbasename/', '/2021/april/wednesday/a-day/'],
    ['permalink: /:short_month-:long_month/:short_day-:long_day/:title/', '/Apr-April/Wed-Wednesday/a-day/'],
    ['permalink: /:w_year/:week/:w_day/:title/', '/2021/14/3/a-day/'],
    ['permalink: "/blog/{{ page.fileSlug }}/"', '/blog/a-day/'],
    ['permalink: "blog/{{ title | slugify }}/index.html"', '/blog/a-long-day/'],
    ['permalink: "/{{ page.date | date: \'%Y/%m\' }}/{{ title | slug }}.html"', '/2021/04/a-long-day.html'],
    ['permalink: "{{ page.filePathStem }}.{{ page.outputFileExtension }}"', '/notes/a-day.html'],
    ['permalink: false', '/notes/2021-04-07-a-day/'],
  ])('is changed by “%s” to %s', (line, path) => {
    const text = withFields('title: A long day', 'date: 2021-04-07T23:30:00-05:00', 'categories: [one, two]', line);
    expect(parseOne('notes/2021-04-07-a-day.md', text).path).toBe(path);
  });

  it('follows the pattern of the site where the article has what it needs', () => {
    const site = { permalink: '/:year/:month/:slug/' };
    expect(parseOne('a.md', withFields('title: Hello', 'date: 2021-04-07'), site).path).toBe('/2021/04/hello/');
    expect(parseOne('a.md', withFields('title: Hello'), site).path).toBe('/a/');
    expect(parseOne('a.md', withFields('title: Hello', 'permalink: /x/'), site).path).toBe('/x/');
  });

  it('elsewhere is the canonical one', () => {
    const article = parseOne('a.md', withFields('url: https://elsewhere.example/a'));
    expect([article.path, article.canonicalUrl]).toEqual(['/a/', 'https://elsewhere.example/a']);
  });

  it.each(['permalink: /../../x', 'permalink: /%2e%2e/x', 'permalink: "/a\\\\b"', 'permalink: ftp://x.example/'])(
    'of “%s” is refused',
    (line) => {
      expect(codesOf(parseText('a.md', withFields('title: A', line)))).toEqual(['field-invalid@3']);
    },
  );

  it.each([
    'permalink: /:nonsense/',
    'permalink: /:year/x/',
    'permalink: "/{{ nonsense }}/"',
    'permalink: "/{{ title | nonsense }}/"',
    'permalink: "/{% if title %}a{% endif %}/"',
    'permalink: "/{{ page.date | date: \'%Y\' }}/"',
  ])('of “%s” gives way to the default, with a warning', (line) => {
    const parsed = parseText('a.md', withFields('title: A', line));
    expect(codesOf(parsed)).toEqual(['field-unreadable@3']);
    expect(parsed.articles[0]?.path).toBe('/a/');
  });

  it.each(['permalink: /.net/', 'permalink: /posts/.html', 'slug: .htaccess', 'url: /a/node_modules/b/', 'slug: x/.y'])(
    'that a folder would hide is refused: %s',
    (line) => {
      expect(codesOf(parseText('posts/a.md', withFields('title: A', line)))).toEqual(['field-invalid@3']);
    },
  );

  it('made of a title without letters is refused where the pattern leaves nothing of it', () => {
    const site = { addresses: 'pelican' } as const;
    expect(codesOf(parseText('content/a.md', withFields('title: "===="'), site))).toEqual(['field-invalid@-']);
  });

  it('of former times that a folder would hide leads nowhere', () => {
    const parsed = parseText('a.md', withFields('title: A', 'aliases: [/.old/, /b/.html, /old/]'));
    expect(codesOf(parsed)).toEqual(['field-unreadable@3', 'field-unreadable@3']);
    expect(parsed.articles[0]?.aliases).toEqual(['/old/']);
  });

  it('may be in the folder of RFC 8615', () => {
    expect(parseOne('a.md', withFields('title: A', 'permalink: /.well-known/a/')).path).toBe('/.well-known/a/');
  });

  it('is bounded in length', () => {
    expect(codesOf(parseText('a.md', withFields(`permalink: /${'é'.repeat(500)}/`)))).toEqual(['limit-exceeded@2']);
  });

  it('law: of any key begins and ends with a slash and is a valid path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (name) => {
        const path = defaultPath(`${name}.md`);
        expect(path).toMatch(/^\/(?:[A-Za-z\d\-._~!'()*%]+\/)+$/);
        expect(new URL(path, 'https://example.org').pathname).toBe(path);
      }),
    );
  });
});

describe('former addresses', () => {
  it('are paths on this site', () => {
    const text = withFields('aliases: [/old/, older.html, "https://example.org/oldest", /a/]', 'slug: a');
    expect(parseOne('a.md', text).aliases).toEqual(['/old/', '/older.html', '/oldest']);
    expect(parseOne('a.md', withFields('redirect_from: /old/')).aliases).toEqual(['/old/']);
  });

  it('are no other names of a note', () => {
    const aliases = 'aliases: [One, First Note, 港, an-old-name, /Old/]';
    expect(parseOne('a.md', withFields(aliases)).aliases).toEqual(['/an-old-name', '/Old/']);
    expect(parseOne('a.md', withFields('redirect_from: old')).aliases).toEqual(['/old']);
  });

  it('that can lead nowhere are left out with a warning', () => {
    const parsed = parseText('a.md', withFields('aliases: [/rss.xml, https://elsewhere.example/, /, ../x, /ok/]'));
    expect(parsed.articles[0]?.aliases).toEqual(['/ok/']);
    expect(parsed.problems.map((problem) => problem.code)).toEqual(Array(4).fill('field-unreadable'));
  });

  it('that no key of a store could hold are left out too', () => {
    const parsed = parseText('a.md', withFields(`aliases: [/${'é'.repeat(200)}/, /${'a'.repeat(901)}, /ok/]`));
    expect(parsed.articles[0]?.aliases).toEqual(['/ok/']);
    expect(parsed.problems.map((problem) => problem.code)).toEqual(['field-unreadable', 'field-unreadable']);
  });
});

describe('isReservedPath', () => {
  it.each([
    '/',
    '/index.html',
    '/rss.xml',
    '/RSS.XML/',
    '/feed.json.br',
    '/tags/',
    '/tags/x/',
    '/sections/x/',
    '/archive/p/',
    '/_preview/',
    '/404.html',
    '/feeds/',
    '/feeds/index.html',
    '/feedwright.css/',
    '/robots.txt',
    '/desk/news/',
    '/desk/news/archive/x/',
    '/desk/news/rss.xml/',
  ])('reserves %s', (path) => {
    expect(isReservedPath(path, { feeds: [NEWS] })).toBe(true);
  });

  it.each(['/a/', '/notes/tags/', '/tagsoup/', '/desk/news/today/', '/desk/', '/feed/', '/feeds/of-birds/', '/404/'])(
    'leaves %s to articles',
    (path) => {
      expect(isReservedPath(path, { feeds: [NEWS] })).toBe(false);
    },
  );

  it('law: no article stands where a feed has a document, or within it', () => {
    const feed = fc.constantFrom('all', 'tags/x', 'authors/x', 'sections/x', 'languages/fr', NEWS.name);
    const format = fc.constantFrom(...DOCUMENT_FORMATS);
    fc.assert(
      fc.property(
        feed,
        format,
        fc.string({ unit: fc.constantFrom('a', '-', '7'), minLength: 1, maxLength: 8 }),
        (name, kind, page) => {
          for (const document of [subscriptionPath(name, kind), archivePath(name, page, kind)]) {
            for (const path of [`/${document}`, `/${document}/`, `/${document.replace(/[^/]+$/, '')}`]) {
              expect(isReservedPath(path, { ...TEST_SITE, feeds: [NEWS] })).toBe(true);
            }
          }
        },
      ),
    );
  });

  it('keeps an article from being published there', () => {
    expect(codesOf(parseText('sections/x.md', 'Text.'))).toEqual(['address-reserved@-']);
    expect(codesOf(parseText('a.md', withFields('title: A', 'permalink: /rss.xml')))).toEqual(['address-reserved@3']);
  });
});
