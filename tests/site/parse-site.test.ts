import { describe, expect, it } from 'vitest';
import { parseSite } from '../../lambda/site/parse-site.ts';
import { good, mistakes, parse } from '../support/site-file.ts';

describe('parseSite: a file that is right', () => {
  it('reads dates as Jekyll does where addresses are those of Jekyll', () => {
    expect(good('title: T\naddresses: Jekyll\n')).toMatchObject({ addresses: 'jekyll', dates: 'jekyll' });
    expect(good('title: T\naddresses: hugo\n')).not.toHaveProperty('dates');
    expect(good('title: T\n')).not.toHaveProperty('addresses');
  });

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
      newsSitemap: false,
      pages: { articles: true, accent: null, stylesheet: null, logo: null },
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
      feedMinimum: 5
      content: summary
      automatic: { authors: no, languages: off }
      permalink: /:year/:month/:slug/
      redirects:
        /feed/: /rss.xml
        /old page/../старое: https://elsewhere.example/x
        /?feed=rss2: /rss.xml
        /index.php?feed=rss2&cat=2: /tags/tides/rss.xml
      pages: { articles: no, accent: "#0B6", stylesheet: look.css, logo: /logo.svg }
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
      feedMinimum: 5,
      content: 'summary',
      automatic: { tags: true, authors: false, sections: true, languages: false },
      permalink: '/:year/:month/:slug/',
      pages: {
        articles: false,
        accent: '#00bb66',
        stylesheet: 'https://coast.example/news/look.css',
        logo: 'https://coast.example/news/logo.svg',
      },
      deletedEntries: true,
    });
    expect(site.redirects).toEqual({
      '/feed/': '/rss.xml',
      '/%D1%81%D1%82%D0%B0%D1%80%D0%BE%D0%B5/': 'https://elsewhere.example/x',
      '/_query/feed/rss2/': '/rss.xml',
      '/_query/cat/2/feed/rss2/': '/tags/tides/rss.xml',
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

  it('takes the name of a file that is not encoded as it is', () => {
    const iconOf = (name: string) => good(`url: https://coast.example\nicon: "${name}"`).icon;
    expect(iconOf('100%.png')).toBe('https://coast.example/100%25.png');
    expect(iconOf('ä b.png')).toBe('https://coast.example/%C3%A4%20b.png');
    expect(iconOf('%C3%A4%20b.png')).toBe('https://coast.example/%C3%A4%20b.png');
  });

  it('has no path that would be taken for a host', () => {
    expect(good('url: https://coast.example//').url).toBe('https://coast.example/');
    expect(good('url: https://coast.example//evil.example//a').url).toBe('https://coast.example/evil.example/a/');
    expect(parse('', 'http://localhost:8080//x').site?.url).toBe('http://localhost:8080/x/');
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

  it('takes the address that comes after its own only when it has none, and warns of nothing then', () => {
    const fallbackUrl = 'https://cdn.example';
    const parseWith = (file: string, url: string | null) =>
      parseSite(new TextEncoder().encode(file), { url, fallbackUrl });
    expect(parseWith('title: T', null)).toMatchObject({ site: { url: 'https://cdn.example/' }, problems: [] });
    expect(parseWith('url: https://own.example', null).site?.url).toBe('https://own.example/');
    expect(parseWith('title: T', 'https://named.example').site?.url).toBe('https://named.example/');
    expect(parseWith('', null).site?.title).toBe('Untitled publication');
  });

  it('refuses to work with an operator’s address that is none', () => {
    expect(() => parseSite(null, { url: 'example.org' })).toThrow(TypeError);
    expect(() => parseSite(null, { url: null, fallbackUrl: 'example.org' })).toThrow(TypeError);
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
