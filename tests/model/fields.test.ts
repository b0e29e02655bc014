/** What single fields of an article mean, in the shapes in which people write them. */

import { describe, expect, it } from 'vitest';
import { AUTHORS_MAX, TAGS_MAX, TITLE_CHARACTERS_MAX } from '../../lambda/model/article-limits.ts';
import { codesOf, parseOne, parseText, rfc3339, withFields } from '../article/article-file.ts';

const article = (...lines: readonly string[]) => parseOne('notes/a-day.md', withFields(...lines));
const codes = (...lines: readonly string[]) => codesOf(parseText('notes/a-day.md', withFields(...lines)));

describe('title', () => {
  it.each([
    ['title: AT&T', 'AT&T'],
    ['title: a < b', 'a < b'],
    ['title: Generic<T>', 'Generic<T>'],
    ['title: Fish &amp; chips', 'Fish & chips'],
    ['title: It&#8217;s', 'It’s'],
    ['title: "The *new* `make`"', 'The new make'],
    ['title: <em>Now</em> and then', 'Now and then'],
  ])('of “%s” is %j', (line, title) => {
    expect(article(line).title).toBe(title);
  });

  it('is the heading at the top, which then leaves the text', () => {
    for (const heading of ['# A **day**', '## A day ##', 'A day\n=====', 'A day\n-----']) {
      const parsed = parseOne('x.md', `${heading}\n\nText.\n`);
      expect([parsed.title, parsed.contentHtml.trim()]).toEqual(['A day', '<p>Text.</p>']);
    }
  });

  it('is no heading that nobody would print', () => {
    const long = 'word '.repeat(300).trim();
    for (const [key, text] of [
      ['a.md', `# ${long}\n\nText.`],
      ['a.md', `${long}\n---\n\nText.`],
      ['a.html', `<h1>${long}</h1><p>Text.</p>`],
    ] as const) {
      const { title, contentHtml } = parseOne(key, text);
      expect(title).toBe('A');
      expect(contentHtml).toContain(long);
    }
  });

  it('is the first line of a text that has nothing else', () => {
    const parsed = parseOne('x.md', 'A day at sea\n\nText.\n');
    expect([parsed.title, parsed.contentHtml.trim()]).toEqual(['A day at sea', '<p>Text.</p>']);
    for (const first of ['A sentence.', '- An item', '1. An item', '[A link](/a)', '> A quotation', 'Two\nlines']) {
      expect(parseOne('a-day.md', `${first}\n\nText.\n`).title).toBe('A day');
    }
  });

  it('is not repeated by the heading at the top', () => {
    expect(parseOne('x.md', '---\ntitle: A day\n---\n# A day\n\nText.').contentHtml.trim()).toBe('<p>Text.</p>');
    expect(parseOne('x.md', '---\ntitle: "A: day"\n---\n# A — Day\n\nText.').contentHtml.trim()).toBe('<p>Text.</p>');
    expect(parseOne('x.md', '---\ntitle: A day\n---\n# Morning\n\nText.').contentHtml).toContain('Morning');
    expect(parseOne('x.md', '---\ntitle: C\n---\n# C++\n\nText.').contentHtml).toContain('C++');
    const signed = '<h1>A day <a class="header-anchor" href="#a-day">¶</a></h1>';
    for (const page of [`<title>a day</title>${signed}<p>Text.</p>`, `${signed}<p>Text.</p>`]) {
      const { title, contentHtml } = parseOne('x.html', page);
      expect([title.toLowerCase(), contentHtml.trim()]).toEqual(['a day', '<p>Text.</p>']);
    }
  });

  it('is made from the name of the file, if nothing else tells', () => {
    expect(parseOne('2021-04-07-what-we_learned.md', 'Text.').title).toBe('What we learned');
    expect(parseOne('a-day/index.md', 'Text.').title).toBe('A day');
    expect(parseOne('2021-04-07.md', 'Text.').title).toBe('');
  });

  it('that is written and left empty is meant so', () => {
    expect(parseText('a-day.md', withFields('title: ""')).articles[0]?.title).toBe('');
  });

  it('that is no text gives way, with a warning', () => {
    const parsed = parseText('a-day.md', withFields('title: [a, b]'));
    expect(parsed.articles[0]?.title).toBe('A day');
    expect(codesOf(parsed)).toEqual(['field-unreadable@2']);
  });
});

describe('dates', () => {
  it('are told by the fields first, then by the name of the file or its folders', () => {
    const published = (key: string, text: string) =>
      rfc3339(parseOne(key, text, { timeZone: 'Europe/Moscow' }).published);
    expect(published('2020-01-02-a.md', withFields('date: 2021-04-07'))).toBe('2021-04-07T00:00:00+03:00');
    expect(published('2020-01-02-a.md', 'Text.')).toBe('2020-01-02T00:00:00+03:00');
    expect(published('posts/2020-1-2_a.md', 'Text.')).toBe('2020-01-02T00:00:00+03:00');
    expect(published('2020/01/02/a.md', 'Text.')).toBe('2020-01-02T00:00:00+03:00');
    expect(published('2020/01/02-a.md', 'Text.')).toBe('2020-01-02T00:00:00+03:00');
    expect(published('2020-01-02-a/index.md', 'Text.')).toBe('2020-01-02T00:00:00+03:00');
    expect(published('1234-56-78-numbers.md', 'Text.')).toBeNull();
    expect(published('a.md', withFields('date:'))).toBeNull();
  });

  it('are a publication, an update and an end', () => {
    const dated = article('pubDate: 2021-04-07', 'updateDate: 2021-05-01', 'expiryDate: 2022-01-01');
    expect([dated.published, dated.updated, dated.expires].map(rfc3339)).toEqual([
      '2021-04-07T00:00:00Z',
      '2021-05-01T00:00:00Z',
      '2022-01-01T00:00:00Z',
    ]);
  });

  it('take “published” for a date only where it is one', () => {
    expect(rfc3339(article('date: 2021-04-07', 'published: true').published)).toBe('2021-04-07T00:00:00Z');
    expect(rfc3339(article('published: 2021-04-07').published)).toBe('2021-04-07T00:00:00Z');
    expect(rfc3339(article('date: 0001-01-01T00:00:00Z').published)).toBeNull();
  });

  it('that another system makes from the file are none, with a warning', () => {
    const parsed = parseText('2021-04-07-a.md', withFields('date: git Last Modified'));
    expect(rfc3339(parsed.articles[0]?.published ?? null)).toBe('2021-04-07T00:00:00Z');
    expect(codesOf(parsed)).toEqual(['field-unreadable@2']);
  });

  it('keep the offset in which they are written, in YAML and in TOML', () => {
    expect(rfc3339(article('date: 2021-04-07T10:00:00-04:00').published)).toBe('2021-04-07T10:00:00-04:00');
    const toml = '+++\ndate = 2021-04-07T10:00:00-04:00\n+++\nText.';
    expect(rfc3339(parseOne('a.md', toml).published)).toBe('2021-04-07T10:00:00-04:00');
  });

  it('that are in no calendar are problems, never rolled over', () => {
    expect(codes('title: A', 'date: 2017-02-29')).toEqual(['date-impossible@3']);
    expect(codesOf(parseText('a.md', '+++\ntitle = "A"\ndate = 2017-02-29\n+++\nText.'))).toEqual([
      'date-impossible@3',
    ]);
    expect(codesOf(parseText('2015-03-00-x.md', 'Text.'))).toEqual(['date-impossible@-']);
    expect(codes('date: 2019-07-09 18::48::00', 'updated: soon')).toEqual(['date-unreadable@2', 'date-unreadable@3']);
  });
});

describe('tags', () => {
  it.each([
    ['tags: [One, Two words]', ['One', 'Two words']],
    ['tags: One, Two words', ['One', 'Two words']],
    ['tags: food cooking', ['food', 'cooking']],
    ['category: Two words', ['Two words']],
    ['categories: [[a, b], [c]]', ['a', 'b', 'c']],
    ['tags: [{label: One, permalink: /one}, {name: Two}]', ['One', 'Two']],
    ['tags: ["#one", "C#"]', ['one', 'C#']],
    ['tags: [Climate, climate, CLIMATE]', ['Climate']],
    ['tags: [AT&amp;T]', ['AT&T']],
    ['tags: [__init__, "*nix"]', ['__init__', '*nix']],
    ['category: 2013', ['2013']],
    ['tags: []', []],
    ['tags: null', []],
    ['tags:', []],
  ])('of “%s” are %j', (line, labels) => {
    expect(article(line).tags.map((tag) => tag.label)).toEqual(labels);
  });

  it('come from all fields, each once', () => {
    const { tags } = article('tags: [one]', 'categories: [two, One]', 'topics: [three]');
    expect(tags).toEqual([
      { slug: 'one', label: 'one' },
      { slug: 'two', label: 'two' },
      { slug: 'three', label: 'three' },
    ]);
  });
});

describe('a tag of several words', () => {
  it.each([
    ['a.md', 'Title: A\nTags: machine learning\n\nText.'],
    ['a.md', '.. title: A\n.. tags: machine learning\n\nText.'],
    ['a.html', '<meta name="tags" content="machine learning"><p>Text.</p>'],
    ['a.html', '<meta property="article:tag" content="machine learning"><p>Text.</p>'],
    [
      'a.html',
      '<script type="application/ld+json">{"@type":"Article","keywords":"machine learning"}</script><p>Text.</p>',
    ],
  ])('is one where commas keep tags apart: %s, %j', (key, text) => {
    expect(parseOne(key, text).tags.map(({ label }) => label)).toEqual(['machine learning']);
    const two = text.replace('machine learning', 'machine learning, two');
    expect(parseOne(key, two).tags.map(({ label }) => label)).toEqual(['machine learning', 'two']);
  });
});

describe('section', () => {
  it('is the first folder, or what the author says', () => {
    expect(article('title: A').section).toEqual({ slug: 'notes', label: 'notes' });
    expect(article('section: Long Reads').section).toEqual({ slug: 'long-reads', label: 'Long Reads' });
    expect(parseOne('a.md', 'Text.').section).toBeNull();
    expect(parseOne('_posts/a.md', 'Text.').section).toBeNull();
  });
});

describe('summary', () => {
  it('is what the author says, else what stands before the cut, else the first paragraph', () => {
    expect(article('description: Two', 'summary: One').summary).toBe('One');
    expect(article('spoiler: "A *short* text"').summary).toBe('A short text');
    expect(parseOne('a.md', 'First.\n\nSecond.\n\n<!--more-->\n\nThird.').summary).toMatch(/First\.\s+Second\./);
    expect(parseOne('a.md', 'First.\n\nSecond.').summary).toBe('First.');
  });
});

describe('the first paragraph', () => {
  const summary = (...paragraphs: readonly string[]) =>
    parseOne('a.md', withFields('title: A').replace('Text.', paragraphs.join('\n\n'))).summary;

  it.each(['Hi all,', 'Dear reader,', 'By Jo Doe', 'March 3, 2024', 'https://example.com/a', '*Photo by Jo Doe*'])(
    'tells nothing where it is “%s” and others follow',
    (first) => {
      expect(summary(first, 'The text.')).toBe('The text.');
      expect(summary(first, '![A](/a.png)')).toBe(first.replaceAll('*', ''));
    },
  );

  it.each(['By now it is late.', 'Hello is a word.', 'In March 3, 2024'])('may be “%s”', (first) => {
    expect(summary(first, 'More.')).toBe(first);
  });

  it('and more come before the mark that Jekyll is told to look for', () => {
    const text = '---\nexcerpt_separator: <!--end-->\n---\nOne.\n\nTwo.\n<!--end-->\nThree.';
    expect(parseOne('a.md', text)).toMatchObject({
      summary: 'One. Two.',
      contentHtml: '<p>One.</p>\n<p>Two.</p>\n\n<p>Three.</p>',
    });
  });
});

describe('language', () => {
  it.each([
    ['lang: fr', 'fr'],
    ['locale: pt_BR', 'pt-BR'],
    ['language: zh-hant', 'zh-Hant'],
    ['language: haw', 'haw'],
    ['language: English', 'en'],
    ['language: français', 'fr'],
    ['language: 日本語', 'ja'],
    ['language: Hebrew', 'he'],
  ])('of “%s” is %s', (line, language) => {
    expect(article(line).language).toBe(language);
  });

  it('is told by the name of the file where the site has it', () => {
    expect(parseOne('a.fr.md', 'Texte.', { languages: ['fr'] }).language).toBe('fr');
    expect(parseOne('socket.io.md', 'Text.').language).toBeNull();
  });

  it('that is none is a warning', () => {
    expect(codes('lang: "the French one"')).toEqual(['field-unreadable@2']);
    expect(codes('language: python')).toEqual(['field-unreadable@2']);
  });
});

describe('rights', () => {
  it('are text, or the name of a licence', () => {
    expect(article('license: CC BY 4.0').rights).toBe('CC BY 4.0');
    expect(article('copyright: "&copy; 2026 Ada"').rights).toBe('© 2026 Ada');
    expect(article('license: {name: CC BY 4.0, url: https://example.org/by}').rights).toBe('CC BY 4.0');
    expect(article('title: A').rights).toBeNull();
  });
});

describe('any field', () => {
  it('is without characters that no document may hold, however they were written', () => {
    const lines = ['title: "A\\0B"', 'author: {name: "<C\\e>", email: "d\\u0085@e.example"}', 'rights: "F\\uFFFEG"'];
    const { title, authors, rights } = parseOne('a.md', withFields(...lines));
    expect([title, rights]).toEqual(['AB', 'FG']);
    expect(authors).toMatchObject([{ name: '<C>', email: 'd@e.example' }]);
    expect(parseOne('a.html', '<title>A\u001dB</title><p>Text.</p>').title).toBe('AB');
  });
});

describe('limits', () => {
  it('are problems that say which', () => {
    expect(codes(`title: ${'a'.repeat(TITLE_CHARACTERS_MAX + 1)}`)).toEqual(['limit-exceeded@2']);
    const many = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`).join(', ');
    expect(codes(`tags: [${many(TAGS_MAX + 1)}]`, `authors: [${many(AUTHORS_MAX + 1)}]`)).toEqual([
      'limit-exceeded@3',
      'limit-exceeded@2',
    ]);
  });

  it('all problems of a file are told at once', () => {
    const found = codes('title: [1]', 'date: never', 'draft: perhaps', 'id: ""', 'lang: "?"').toSorted();
    expect(found).toEqual([
      'date-unreadable@3',
      'field-invalid@4',
      'field-unreadable@2',
      'field-unreadable@6',
      'id-invalid@5',
    ]);
  });
});
