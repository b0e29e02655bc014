import { describe, expect, it } from 'vitest';
import { FRONT_MATTER_CHARACTERS_MAX, FRONT_MATTER_VALUES_MAX } from '../../../../lambda/model/article-limits.ts';
import { codesOf, parseOne, parseText, rfc3339, withFields } from '../../article-file.ts';

const DIALECTS: readonly (readonly [string, string, string])[] = [
  ['YAML', 'a.md', '---\ntitle: A title\ndate: 2021-04-07\n---\n\nText.'],
  ['YAML that ends with dots', 'a.md', '---\ntitle: A title\ndate: 2021-04-07\n...\nText.'],
  ['YAML after blank lines', 'a.md', '\n\n---\ntitle: A title\ndate: 2021-04-07\n---\nText.'],
  ['YAML named so', 'a.md', '---yaml\ntitle: A title\ndate: 2021-04-07\n---\nText.'],
  [
    'YAML with a byte order mark and CRLF',
    'a.md',
    '\uFEFF---\r\ntitle: A title\r\ndate: 2021-04-07\r\n---\r\nText.\r\n',
  ],
  ['YAML with spaces after the fences', 'a.md', '---  \ntitle: A title\ndate: 2021-04-07\n---\t\nText.'],
  ['YAML as an object', 'a.md', '---\n{ title: A title, date: 2021-04-07 }\n---\nText.'],
  ['TOML', 'a.md', '+++\ntitle = "A title"\ndate = 2021-04-07\n+++\nText.'],
  ['TOML named so', 'a.md', '---toml\ntitle = "A title"\ndate = 2021-04-07\n---\nText.'],
  ['JSON named so', 'a.md', '---json\n{"title": "A title", "date": "2021-04-07"}\n---\nText.'],
  ['JSON between semicolons', 'a.md', ';;;\n{"title": "A title", "date": "2021-04-07"}\n;;;\nText.'],
  ['JSON between semicolons without braces', 'a.md', ';;;\n"title": "A title",\n"date": "2021-04-07"\n;;;\nText.'],
  ['JSON in its own braces', 'a.md', '{\n  "title": "A title",\n  "date": "2021-04-07"\n}\n\nText.'],
  ['Pelican headers', 'a.md', 'Title: A title\nDate: 2021-04-07\n\nText.'],
  ['Nikola headers', 'a.md', '.. title: A title\n.. date: 2021-04-07\n.. tags: \n\nText.'],
  ['Nikola headers in a comment', 'a.md', '<!--\n.. title: A title\n.. date: 2021-04-07\n-->\n\nText.'],
  ["Hexo's closing fence alone", 'a.md', 'title: A title\ndate: 2021-04-07\n---\nText.'],
  [
    "Franklin's definitions",
    'a.md',
    '@def title = "A title"\n@def date = Date(2021, 4, 7)\n@def f = sum(1, 2)\n\nText.',
  ],
  ["Franklin's fence", 'a.md', '+++\ntitle = "A title"\ndate = Dates.Date(2021,4,07)\n+++\nText.'],
  ["Hexo's JSON with its closing fence alone", 'a.md', '"title": "A title",\n"date": "2021-04-07"\n;;;\nText.'],
  [
    'an MDX export',
    'a.mdx',
    "import { ada } from '@/people'\n\nexport const meta = {\n  title: 'A title',\n  date: '2021-04-07',\n}\n\nText.",
  ],
  ['YAML before HTML', 'a.html', '---\ntitle: A title\ndate: 2021-04-07\n---\n<p>Text.</p>'],
  ['Nikola headers before HTML', 'a.html', '<!--\n.. title: A title\n.. date: 2021-04-07\n-->\n<p>Text.</p>'],
  [
    'the head of a mail',
    'a.txt',
    'From: Jo <jo@example.org>\nSubject: A title\nDate: Wed, 07 Apr 2021 00:00:00 +0000\n\nText.',
  ],
  ['YAML before plain text', 'a.txt', '---\ntitle: A title\ndate: 2021-04-07\n---\nText.'],
];

describe('front matter', () => {
  it.each(DIALECTS)('is read as %s', (_, key, text) => {
    const article = parseOne(key, text);
    expect(article.title).toBe('A title');
    expect(rfc3339(article.published)).toBe('2021-04-07T00:00:00Z');
    expect(article.contentHtml.trim()).toBe('<p>Text.</p>');
  });

  it('may be empty', () => {
    expect(parseOne('good-day.md', '---\n---\nText.').title).toBe('Good day');
  });

  it('keeps scalars as they are written', () => {
    const titles = ['2024', '1.10', 'yes', '2021-04-07', '0x1F', '007', '1e3', 'null-safe'];
    for (const title of titles) expect(parseOne('a.md', withFields(`title: ${title}`)).title).toBe(title);
    expect(parseOne('a.md', '+++\ntitle = 1.10\n+++\nText.').title).toBe('1.10');
  });

  it('keeps names apart from case, hyphens and underscores', () => {
    const names = ['canonical_url', 'canonicalUrl', 'canonical-url', 'CanonicalURL'];
    for (const name of names) {
      const article = parseOne('a.md', withFields(`${name}: https://elsewhere.example/a`));
      expect(article.canonicalUrl).toBe('https://elsewhere.example/a');
    }
  });

  it('reads fields that Hugo and Zola keep one level down', () => {
    const text = '+++\ntitle = "A"\n[taxonomies]\ntags = ["one", "two"]\n[extra]\nauthor = "Ada"\n+++\nText.';
    const article = parseOne('a.md', text);
    expect(article.tags.map((tag) => tag.label)).toEqual(['one', 'two']);
    expect(article.authors.map((author) => author.name)).toEqual(['Ada']);
  });

  it.each([
    '{"title": "A", "draft": true}\n\nText.',
    '{ "title": "A", "extra": { "b": "}" }, "draft": true }\nText.',
    '{ "title": "A",\n  "draft": true }\n\nText.',
  ])('reads the object %j of Hugo', (text) => {
    expect(parseOne('a.md', text)).toMatchObject({ title: 'A', visibility: 'draft', contentHtml: '<p>Text.</p>' });
  });

  it.each(['{"a": 1}\n\nText.', '{"title": "A"} is what it says.', '{"title": "A"'])(
    'leaves an object that is text: %j',
    (text) => {
      expect(parseOne('a.md', text).contentHtml).toContain('{');
    },
  );

  it('in TOML, which Hugo and Zola read, has one category in a text with blanks', () => {
    const text = '+++\ntitle = "A"\ncategories = "Sea and sky"\ntags = "ebb, flood tide"\n+++\nText.';
    expect(parseOne('a.md', text).tags.map(({ label }) => label)).toEqual(['ebb', 'flood tide', 'Sea and sky']);
  });

  it('takes the last of two fields with one name, and says so', () => {
    const parsed = parseText('a.md', withFields('title: One', 'tags: [a]', 'title: Two'));
    expect(parsed.articles.map((article) => article.title)).toEqual(['Two']);
    expect(codesOf(parsed)).toEqual(['field-unreadable@4']);
  });

  it('reads a quotation that goes on at the margin', () => {
    const parsed = parseText('a.md', withFields('title: "One', 'two"', "summary: 'It''s", "fine'", 'tags: [a]'));
    expect(parsed.problems).toEqual([]);
    expect(parsed.articles.map(({ title, summary }) => [title, summary])).toEqual([['One two', "It's fine"]]);
  });

  it('takes a ruler at the top of a text for a ruler', () => {
    const article = parseOne('on-rulers.md', '---\n\nSome prose.\n\n---\n\nMore prose.');
    expect(article.title).toBe('On rulers');
    expect(article.contentHtml).toContain('Some prose.');
    expect(article.contentHtml).toContain('More prose.');
  });

  it.each([
    [
      'Update: this post is about the old harbour.',
      '<hr>\n<h2>Update: this post is about the old harbour.</h2>\n<p>Text.</p>',
    ],
    ['Summary: this post is about the old harbour.', '<p>Text.</p>'],
    ['Visibility: only for friends of the harbour.', ''],
    ['layout: this post is about the old harbour.', '<p>Text.</p>'],
    ['Update: 2021', '<p>Text.</p>'],
  ])('takes a sentence between two rulers for text, where no system knows its first word: %s', (line, shown) => {
    const { articles } = parseText('a.md', `---\n${line}\n---\n\nText.`);
    expect(articles[0]?.contentHtml ?? '').toBe(shown);
  });

  it('leaves a sentence with a colon to the text', () => {
    const article = parseOne('a-note.md', 'Note: this is prose.\n\nMore of it.');
    expect(article.title).toBe('A note');
    expect(article.contentHtml).toContain('Note: this is prose.');
  });
});

describe('front matter that is broken', () => {
  it.each([
    ['an unquoted colon', withFields('date: 2021-04-07', 'title: One: two'), 'front-matter-unreadable@3', 'quotes'],
    ['a tab', withFields('image:', '\tsrc: a.png'), 'front-matter-unreadable@3', 'spaces'],
    [
      'a quotation without end',
      withFields('title: "One', 'date: 2021-04-07'),
      'front-matter-unreadable@2',
      'quotation mark',
    ],
    ['no end', '---\ntitle: One\n\nText.', 'front-matter-unclosed@1', '---'],
    ['broken TOML', '+++\ntitle = "A"\ndate = \n+++\nText.', 'front-matter-unreadable@3', 'name = "value"'],
    ['broken JSON', '---json\n{"title": "A",\n"date" "2021"}\n---\nText.', 'front-matter-unreadable@3', 'commas'],
    ['an unknown language', '---cson\ntitle: "A"\n---\nText.', 'front-matter-unreadable@1', 'YAML'],
    ['code', '---js\n{ title: "A",\n run: function () {} }\n---\nText.', 'front-matter-unreadable@3', 'YAML'],
  ])('is reported: %s', (_, text, code, fix) => {
    const parsed = parseText('a.md', text);
    expect(parsed.articles).toEqual([]);
    expect(codesOf(parsed)).toEqual([code]);
    expect(parsed.problems[0]?.fix).toContain(fix);
  });

  it('leaves out a value with a foreign tag, and publishes the rest', () => {
    const parsed = parseText(
      'a.md',
      withFields('title: A', 'run: !!js/function "function () {}"', 'author: !person Ada'),
    );
    expect(parsed.articles.map(({ title, authors }) => [title, authors])).toEqual([['A', []]]);
    expect(codesOf(parsed)).toEqual(['field-unreadable@3', 'field-unreadable@4']);
  });

  it('is bounded in size', () => {
    const text = withFields(`title: ${'a'.repeat(FRONT_MATTER_CHARACTERS_MAX)}`);
    expect(codesOf(parseText('a.md', text))).toEqual(['front-matter-too-large@2']);
  });

  it('is bounded in values', () => {
    const keys = Array.from({ length: FRONT_MATTER_VALUES_MAX }, (_, index) => `k${index}: 1`);
    expect(codesOf(parseText('a.md', withFields(...keys)))).toEqual(['front-matter-too-large@2']);
  });

  it('is bounded in depth', () => {
    expect(codesOf(parseText('a.md', withFields(`a: ${'['.repeat(60)}${']'.repeat(60)}`)))).toEqual([
      'front-matter-too-large@2',
    ]);
    const json = `---json\n{"a": ${'['.repeat(9_000)}${']'.repeat(9_000)}}\n---\nText.`;
    expect(codesOf(parseText('a.md', json))).toEqual(['front-matter-too-large@2']);
  });

  it('is bounded in what aliases unfold to', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
    for (const [name, before] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg'].map((pair) => [...pair])) {
      bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(',')}]`);
    }
    expect(codesOf(parseText('a.md', withFields(...bomb)))).toEqual(['front-matter-too-large@2']);
  });

  it('is refused in bounded time, whatever it holds', () => {
    const hostile = [
      '['.repeat(60_000),
      '- '.repeat(30_000),
      '"\\'.repeat(30_000),
      'a: '.repeat(20_000),
      '? '.repeat(30_000),
      '&a '.repeat(20_000),
      '{"'.repeat(30_000),
      `a: ${' '.repeat(60_000)}x`,
      'k: "\n'.repeat(10_000),
    ];
    for (const source of hostile) {
      for (const mark of ['---', '+++', ';;;']) {
        const before = process.threadCpuUsage();
        parseText('a.md', `${mark}\nx: 1\n${source}\n${mark}\nText.`);
        const { user, system } = process.threadCpuUsage(before);
        expect((user + system) / 1_000).toBeLessThan(3_000);
      }
    }
  });
});
