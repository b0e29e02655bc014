import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSite } from '../../lambda/site/parse-site.ts';
import type { Site } from '../../lambda/site/site.ts';

describe('parseSite: a file that is right', () => {
  it('gives every setting a default when there is no file', () => {
    const { site, problems } = parseSite(null, { url: 'https://news.example/' });
    expect(problems).toEqual([]);
    expect(site).toEqual({
      id: 'Untitled publication',
      title: 'news.example',
      description: '',
      url: 'https://news.example/',
      language: 'en',
      languages: [],
      timeZone: 'UTC',
      authors: [],
      people: {},
      icon: null,
      favicon: null,
      image: null,
      copyright: null,
      hubs: [],
      pageSize: 30,
      content: 'full',
      automatic: { tags: true, authors: true, sections: true, languages: true },
      feeds: [],
      permalink: null,
      redirects: {},
      deletedEntries: false,
    });
  });

  it.each(['', '\n\n', '# only a comment\n', '---\n', 'title:\nurl: ~\nfeeds: null\n'])(
    'takes %j for no settings',
    (file) => {
      expect(parse(file, 'https://news.example/')).toEqual(parseSite(null, { url: 'https://news.example/' }));
    },
  );

  it('reads every setting', () => {
    const site = good(`
      id: the-coast
      title: "The Coast: news & tides"
      description: >
        What the sea does,
        and what we do.
      url: https://coast.example/news
      language: pt-br
      languages: [en, gl]
      timeZone: Europe/Lisbon
      people:
        maria: { name: Maria Bell, email: m@coast.example, url: "https://maria.example", avatar: people/maria.jpg }
        joe: Joe Doe <joe@coast.example>
      authors: [maria, The desk]
      icon: /icon.png
      favicon: https://cdn.example/favicon.png
      image: pictures/grüße 1.png
      copyright: © 2026 The Coast
      hubs: [https://hub.example/, https://hub.example/]
      pageSize: 10
      content: summary
      automatic: { authors: no, languages: off }
      permalink: /:year/:month/:slug/
      redirects:
        /feed/: /rss.xml
        /old page/../старое: https://elsewhere.example/x
      deletedEntries: yes
    `);
    const maria = {
      name: 'Maria Bell',
      email: 'm@coast.example',
      url: 'https://maria.example/',
      avatar: 'https://coast.example/news/people/maria.jpg',
    };
    expect(site).toMatchObject({
      id: 'the-coast',
      title: 'The Coast: news & tides',
      description: 'What the sea does, and what we do.',
      url: 'https://coast.example/news/',
      language: 'pt-BR',
      languages: ['en', 'gl'],
      timeZone: 'Europe/Lisbon',
      people: { maria, joe: { name: 'Joe Doe', email: 'joe@coast.example', url: null, avatar: null } },
      authors: [maria, { name: 'The desk', email: null, url: null, avatar: null }],
      icon: 'https://coast.example/news/icon.png',
      favicon: 'https://cdn.example/favicon.png',
      image: 'https://coast.example/news/pictures/gr%C3%BC%C3%9Fe%201.png',
      copyright: '© 2026 The Coast',
      hubs: ['https://hub.example/'],
      pageSize: 10,
      content: 'summary',
      automatic: { tags: true, authors: false, sections: true, languages: false },
      permalink: '/:year/:month/:slug/',
      deletedEntries: true,
    });
    expect(site.redirects).toEqual({
      '/feed/': '/rss.xml',
      '/%D1%81%D1%82%D0%B0%D1%80%D0%BE%D0%B5': 'https://elsewhere.example/x',
    });
  });

  it('takes text as it is written, whatever YAML makes of it', () => {
    expect(good('title: 2024').title).toBe('2024');
    expect(good('title: true').title).toBe('true');
    expect(good('title: 1.10').title).toBe('1.10');
    expect(good('title: 2026-01-01').title).toBe('2026-01-01');
    expect(good('title: "null"').title).toBe('null');
  });

  it('reads UTF-8 with a byte order mark, and Windows line ends', () => {
    const body = new TextEncoder().encode('\ufefftitle: Küste\r\nlanguage: de\r\n');
    expect(parseSite(body, { url: null }).site).toMatchObject({ title: 'Küste', language: 'de' });
  });

  it('turns all automatic feeds off at once', () => {
    expect(good('automatic: false').automatic).toEqual({
      tags: false,
      authors: false,
      sections: false,
      languages: false,
    });
  });

  it('takes `author`, `hub` and `logo` for what they mean', () => {
    expect(good('author: Ann\nhub: https://hub.example/\nlogo: l.png\nurl: https://x.example')).toMatchObject({
      authors: [{ name: 'Ann' }],
      hubs: ['https://hub.example/'],
      image: 'https://x.example/l.png',
    });
  });

  it.each([
    ['Ann Lee', { name: 'Ann Lee' }],
    ['Ann Lee <ann@x.example>', { name: 'Ann Lee', email: 'ann@x.example' }],
    ['Ann Lee <https://ann.example>', { name: 'Ann Lee', url: 'https://ann.example/' }],
    ['ann@x.example', { email: 'ann@x.example' }],
    ['{ name: Ann, url: "https://ann.example/" }', { name: 'Ann', url: 'https://ann.example/' }],
  ])('reads the author %s', (written, expected) => {
    const nobody = { name: null, email: null, url: null, avatar: null };
    expect(good(`authors: ${written}`).authors).toEqual([{ ...nobody, ...expected }]);
    expect(good(`authors: [${written}]`).authors).toEqual([{ ...nobody, ...expected }]);
  });

  it('lets one value stand in several places by an anchor', () => {
    expect(good('people:\n  ann: &ann { name: Ann }\nauthors: [*ann]').authors).toMatchObject([{ name: 'Ann' }]);
  });
});

describe('parseSite: address, title and id', () => {
  it('lets the operator’s address go before the file’s, for addresses and not for the id', () => {
    const { site } = parse('url: https://coast.example\nicon: i.png', 'http://localhost:9000');
    expect(site).toMatchObject({ id: 'https://coast.example/', url: 'http://localhost:9000/', title: 'coast.example' });
    expect(site?.icon).toBe('http://localhost:9000/i.png');
  });

  it('makes the id from `id`, else the stated address, else the title', () => {
    expect(good('id: x\ntitle: T\nurl: https://a.example').id).toBe('x');
    expect(good('title: T\nurl: https://a.example').id).toBe('https://a.example/');
    expect(good('title: T').id).toBe('T');
  });

  it('never lets the address served from by chance into the id', () => {
    const ids = ['https://a.example/', 'http://localhost:1/', null].map((url) => parse('', url).site?.id);
    expect(new Set(ids).size).toBe(1);
  });

  it('takes the host for the title, but not that of one’s own machine', () => {
    expect(parse('', 'https://www.coast.example/blog/').site?.title).toBe('coast.example');
    for (const url of ['http://localhost:8080/', 'http://127.0.0.1/', 'http://[::1]:8080/', null]) {
      expect(parse('', url).site?.title).toBe('Untitled publication');
    }
  });

  it('warns when nobody says where the site is', () => {
    const { site, problems } = parse('title: T', null);
    expect(site?.url).toBe('http://localhost:8080/');
    expect(problems).toMatchObject([{ severity: 'warning', code: 'site-url-missing', path: 'site.yaml', line: null }]);
  });

  it('refuses to work with an operator’s address that is none', () => {
    expect(() => parseSite(null, { url: 'example.org' })).toThrow(TypeError);
  });
});

describe('parseSite: feeds of the site’s own', () => {
  it('reads a map, and a list, to the same definitions', () => {
    const map = good(`
      title: T
      feeds:
        climate: { title: Climate, description: All of it., tags: [Climate Change, C++], withoutTags: Opinion }
        science/short: { content: summary, sections: Science & Art }
    `);
    const list = good(`
      title: T
      feeds:
        - name: climate
          title: Climate
          description: All of it.
          tags: [Climate Change, C++]
          withoutTags: [Opinion]
        - { name: science/short, content: summary, sections: [Science & Art] }
    `);
    expect(list.feeds).toEqual(map.feeds);
    expect(map.feeds).toEqual([
      {
        name: 'climate',
        title: 'Climate',
        description: 'All of it.',
        content: 'full',
        tags: ['climate-change', 'c-plus-plus'],
        authors: null,
        sections: null,
        languages: null,
        withoutTags: ['opinion'],
      },
      {
        name: 'science/short',
        title: 'T: science/short',
        description: '',
        content: 'summary',
        tags: null,
        authors: null,
        sections: ['science-art'],
        languages: null,
        withoutTags: [],
      },
    ]);
  });

  it('inherits `content` from the site', () => {
    expect(
      good('content: summary\nfeeds: { a: {}, b: { content: full } }').feeds.map(({ content }) => content),
    ).toEqual(['summary', 'full']);
  });

  it('knows authors by their short names', () => {
    const site = good('people: { maria: Maria Bell }\nfeeds: { a: { authors: [maria, Joe Doe] } }');
    expect(site.feeds[0]?.authors).toEqual(['maria-bell', 'joe-doe']);
  });

  it.each([
    'all',
    'tags',
    'tags/x',
    'authors',
    'sections',
    'languages',
    'archive',
    'index',
    'news/archive',
    'News',
    'a b',
    'a_b',
    '-a',
    'a-',
    'a//b',
    '/a',
    'a/',
    '',
    'новости',
    '../x',
    '@catalog',
    'x'.repeat(101),
  ])('refuses the name %j', (name) => {
    expect(mistakes(`feeds:\n  ${JSON.stringify(name)}: { title: T }`)).toMatchObject([
      { code: 'site-field-invalid', line: 2 },
    ]);
  });

  it('refuses two feeds of one name', () => {
    expect(mistakes('feeds:\n  - name: a\n  - name: a')).toMatchObject([{ message: 'Two feeds are called “a”.' }]);
  });

  it('refuses a feed without a name', () => {
    expect(mistakes('feeds:\n  - title: T\n  - just text')).toMatchObject([{ line: 2 }, { line: 3 }]);
  });
});

describe('parseSite: a file that is wrong', () => {
  it('reports all mistakes at once, each with its line, in order', () => {
    const { site, problems } = parse(`titel: x
url: coast.example
language: en_US
timeZone: Mars
pageSize: 31
feeds:
  news:
    tag: a
    content: brief
automatic:
  tag: no
redirects:
  feed: /rss.xml
`);
    expect(site).toBeNull();
    expect(problems.map(({ line, code, fix }) => [line, code, fix])).toEqual([
      [1, 'site-field-unknown', 'Did you mean “title”?'],
      [2, 'site-field-invalid', 'Write the whole address, beginning with https://, without ? and #.'],
      [3, 'site-field-invalid', 'Write a tag of BCP 47, such as “en-US”.'],
      [4, 'site-field-invalid', 'Write its name in the IANA data base, such as “Europe/Berlin”, or “UTC”.'],
      [5, 'site-field-invalid', 'Write 30 or 32.'],
      [8, 'site-field-unknown', 'Did you mean “tags”?'],
      [9, 'site-field-invalid', 'Write “full” or “summary”.'],
      [11, 'site-field-unknown', 'Did you mean “tags”?'],
      [13, 'site-field-invalid', 'Write the old path as it was, beginning with one slash: “/feed.xml”.'],
    ]);
  });

  it.each([
    ['baseURL', 'url'],
    ['site_url', 'url'],
    ['tagline', 'description'],
    ['timezone', 'timeZone'],
    ['time_zone', 'timeZone'],
    ['lang', 'language'],
    ['paginate', 'pageSize'],
    ['Title', 'title'],
    ['tilte', 'title'],
    ['athors', 'authors'],
  ])('guesses what is meant by %s', (written, meant) => {
    expect(mistakes(`${written}: x`)).toMatchObject([
      { code: 'site-field-unknown', message: `“${written}” is not a setting.`, fix: `Did you mean “${meant}”?` },
    ]);
  });

  it('names what there is when nothing is near', () => {
    expect(mistakes('constructor: x')[0]?.fix).toMatch(/^Delete it\. Settings here are: id, title, /);
    expect(mistakes('feeds:\n  a:\n    zebra: x')[0]?.fix).toMatch(/^Delete it\. Settings here are: title, /);
  });

  it.each([
    ['url: ftp://x.example', 'url'],
    ['url: https://user:secret@x.example', 'url'],
    ['url: https://x.example/?a=1', 'url'],
    ['title: [a]', 'title'],
    ['title: ""', 'title'],
    [`title: ${'x'.repeat(301)}`, 'title'],
    ['language: english language', 'language'],
    ['languages: [en, "??"]', 'languages'],
    ['timeZone: UTC+25', 'timeZone'],
    ['pageSize: many', 'pageSize'],
    ['pageSize: 8', 'pageSize'],
    ['pageSize: 202', 'pageSize'],
    ['pageSize: 30.5', 'pageSize'],
    ['content: all', 'content'],
    ['automatic: maybe', 'automatic'],
    ['automatic: [tags]', 'automatic'],
    ['deletedEntries: 1', 'deletedEntries'],
    ['icon: ../icon.png', 'icon'],
    ['icon: "javascript:alert(1)"', 'icon'],
    ['hub: hub.example', 'hub'],
    [`hubs: [${Array.from({ length: 11 }, (_, index) => `https://h${index}.example/`)}]`, 'hubs'],
    ['authors: [{ mail: a@x.example }]', 'authors.mail'],
    ['authors: { email: nobody }', 'authors.email'],
    ['authors: { avatar: a.png }', 'authors'],
    ['authors: Ann <somewhere>', 'authors'],
    ['people: [Ann]', 'people'],
    ['people: { ann: { name: { first: Ann } } }', 'people.ann.name'],
    ['permalink: /blog/', 'permalink'],
    ['permalink: /:year/:month/', 'permalink'],
    ['permalink: /:year/:unheardof/', 'permalink'],
    ['permalink: ":year/:slug/"', 'permalink'],
    ['redirects: { /rss.xml: /x }', '/rss.xml'],
    ['redirects: { /: /x }', '/'],
    ['redirects: { /a?b: /x }', '/a?b'],
    ['redirects: { //x.example/a: /x }', '//x.example/a'],
    ['redirects: { /.well-known/x: /x }', '/.well-known/x'],
    ['redirects: { /a: /a }', '/a'],
    ['redirects: { /a: a.html }', 'redirects./a'],
    ['redirects: { /ü: /a, /%C3%BC: /b }', '/%C3%BC'],
    ['title: a\ntitle: b', 'title'],
    ['people: { a: Ann, a: Bob }', 'people.a'],
    ['hub: https://h.example/\nhubs: https://h.example/', 'hubs'],
  ])('refuses %s', (file, subject) => {
    const problems = mistakes(file);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(subject);
    expect(problems[0]).toMatchObject({ severity: 'error', path: 'site.yaml', line: file.split('\n').length });
  });

  it.each([
    ['title: [a', 1],
    ['title: "a', 1],
    ['title: a\n\tlanguage: en', 2],
    ['title: a\n  url: b: c', 2],
    ['- title: a', 1],
    ['just text', 1],
    ['title: a\n---\ntitle: b', 1],
    ['title: *nowhere', 1],
    ['title: !!js/function x', 1],
    ['? [a]\n: b', 1],
  ])('cannot read %j', (file, line) => {
    const { site, problems } = parse(file);
    expect(site).toBeNull();
    expect(problems).toMatchObject([
      { code: 'site-unreadable', severity: 'error', line, fix: expect.stringMatching(/\.$/) },
    ]);
  });

  it('says where bytes are no text', () => {
    const body = Uint8Array.from([...new TextEncoder().encode('title: a\ncopyright: '), 0xa9, 0x0a]);
    expect(parseSite(body, { url: null }).problems).toMatchObject([{ code: 'site-unreadable', line: 2 }]);
  });

  it.each([
    ['a file of a megabyte', `#${'x'.repeat(1_048_576)}`],
    ['lists in lists', `title: ${'['.repeat(50)}${']'.repeat(50)}`],
    ['a bomb of aliases', bomb()],
    ['fifty thousand settings', Array.from({ length: 50_000 }, (_, index) => `k${index}: 1`).join('\n')],
  ])('refuses %s without a hang', (_, file) => {
    const start = performance.now();
    expect(parse(file).problems).toMatchObject([{ code: 'site-unreadable' }]);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe('parseSite: laws', () => {
  it('any text is either settings or problems, and never an exception', () => {
    const names = ['title', 'url', 'feeds', 'people', 'redirects', 'automatic', 'hub', 'authors', 'x'];
    const value = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), tie('node'), { maxKeys: 4 }),
      ),
    })).node;
    const file = fc.oneof(
      fc.string(),
      fc.dictionary(fc.constantFrom(...names), value).map((data) => JSON.stringify(data)),
    );
    fc.assert(
      fc.property(file, (written) => {
        const { site, problems } = parse(written);
        expect(site === null).toBe(problems.some(({ severity }) => severity === 'error'));
        for (const { message, fix } of problems) expect(message.length * fix.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('any title survives', () => {
    const title = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 }).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(title, (written) => {
        expect(good(`title: ${JSON.stringify(written)}`).title).toBe(written.replace(/\s+/g, ' ').trim());
      }),
    );
  });
});

function parse(file: string, url: string | null = null): ReturnType<typeof parseSite> {
  return parseSite(new TextEncoder().encode(file), { url });
}

function good(file: string): Site {
  const { site, problems } = parse(file);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (site === null) throw new Error('There are no settings.');
  return site;
}

function mistakes(file: string): ReturnType<typeof parseSite>['problems'] {
  const { site, problems } = parse(file, 'https://coast.example/');
  expect(site).toBeNull();
  return problems;
}

/** A few lines that unfold to millions of values. */
function bomb(): string {
  const levels = Array.from({ length: 8 }, (_, level) => {
    const inner = level === 0 ? 'x' : `*a${level - 1}`;
    return `k${level}: &a${level} [${Array.from({ length: 9 }, () => inner).join(', ')}]`;
  });
  return levels.join('\n');
}
