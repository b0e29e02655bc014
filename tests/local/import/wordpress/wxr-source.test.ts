import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build } from '../../../../local/library.ts';
import { buildEntries, importInto, makeTrialFolder, namesIn, readWritten } from '../../../support/import-trial.ts';
import { WXR_HEAD, wxr, wxrMeta } from '../../../support/wxr.ts';
import { articleOf, importXml, UPLOAD } from '../../../support/wxr-trial.ts';

describe('a post of WordPress', () => {
  it('keeps its guid to the byte, its address, its instant, its people and its cover', async () => {
    const article = await articleOf(
      {
        id: 10,
        title: 'Fish &amp; Chips < Salt <em>really</em>',
        guid: 'http://old.example/?post_type=book&#038;p=64',
        link: 'https://salt.example/2026/07/%d0%bf%d1%80%d0%b8%d0%bb%d0%b8%d0%b2/',
        modifiedGmt: '2026-07-05 08:00:00',
        excerpt: 'What I <b>said</b>.',
        content: '<p>Text.</p>',
        more: `${wxrMeta('_thumbnail_id', '4')}${wxrMeta('_wp_old_slug', 'tide')}<category domain="category" nicename="b"><![CDATA[Birds &amp; Wings]]></category><category domain="post_tag" nicename="c"><![CDATA[C++]]></category>`,
      },
      UPLOAD,
    );
    expect(article).toBe(`---
title: "Fish & Chips < Salt really"
id: "http://old.example/?post_type=book&p=64"
date: 2026-07-04T10:00:00+01:00
updated: 2026-07-05T08:00:00Z
url: "/2026/07/прилив/"
aliases: ["/2026/07/tide/", "/?p=10"]
authors: [{"name":"Ana & Co"}]
categories: ["Birds & Wings"]
tags: ["C++"]
summary: "What I said."
image: {"url":"https://salt.example/wp-content/uploads/a.jpg","alt":"Mud & gulls","caption":"Low water"}
---
<p>Text.</p>
`);
  });

  it('is dated by the time in UTC, and never by pubDate', async () => {
    const { out } = await importXml(
      wxr({ id: 1, title: 'One', date: '2026-03-29 02:30:00', dateGmt: '2026-03-29 01:30:00' }),
    );
    expect((await buildEntries(out)).get('One')?.date_published).toBe('2026-03-29T02:30:00+01:00');
  });

  it('has the offset of the other posts of its time of the year where it has no time in UTC', async () => {
    const zero = '0000-00-00 00:00:00';
    const summer = { date: '2025-08-01 12:00:00', dateGmt: '2025-08-01 10:00:00' };
    const winter = { date: '2025-12-01 12:00:00', dateGmt: '2025-12-01 11:00:00' };
    const { out } = await importXml(
      wxr(
        { id: 1, ...summer },
        { id: 2, ...winter },
        { id: 3, title: 'A', date: '2019-07-09 08:00:00', dateGmt: zero },
        { id: 4, title: 'B', date: '2019-01-09 08:00:00', dateGmt: zero },
      ),
    );
    const entries = await buildEntries(out);
    expect(entries.get('A')?.date_published).toBe('2019-07-09T08:00:00+02:00');
    expect(entries.get('B')?.date_published).toBe('2019-01-09T08:00:00+01:00');
  });

  it('takes the zone of the settings for such a time, where they name one', async () => {
    const folder = makeTrialFolder();
    writeFileSync(join(folder, 'site.yaml'), 'title: Salt\nurl: https://salt.example/\ntimeZone: America/New_York\n');
    writeFileSync(
      join(folder, 'e.xml'),
      wxr({ id: 3, title: 'A', date: '2019-07-09 08:00:00', dateGmt: '0000-00-00 00:00:00' }),
    );
    await importInto(folder, join(folder, 'e.xml'));
    expect((await buildEntries(folder)).get('A')?.date_published).toBe('2019-07-09T08:00:00-04:00');
  });

  it('has no address by number alone, which would be that of the home page', async () => {
    const { out, printed } = await importXml(
      wxr({ id: 30, title: 'Thirty', link: 'https://salt.example/?p=30', name: 'thirty' }),
    );
    expect((await buildEntries(out)).get('Thirty')?.url).toBe('https://salt.example/2026-07-04-thirty/');
    expect(printed).toContain('1 × addresses with a question mark');
  });

  it('has an address of its own where another post, or the publisher, has its', async () => {
    const twice = 'https://salt.example/same/';
    const { out, printed } = await importXml(
      wxr(
        { id: 1, title: 'A', link: twice },
        { id: 2, title: 'B', link: twice },
        { id: 3, title: 'C', link: 'https://salt.example/tags/x/' },
      ),
    );
    const entries = await buildEntries(out);
    expect([...entries].map(([title, { url }]) => [title, url]).sort()).toEqual([
      ['A', 'https://salt.example/same/'],
      ['B', 'https://salt.example/2026-07-04-post-2/'],
      ['C', 'https://salt.example/2026-07-04-post-3/'],
    ]);
    expect(printed).toContain('1 × addresses that two posts have');
    expect(printed).toContain('1 × addresses that Feedwright needs itself');
  });

  it('stays where another has the same guid, under an id of its own', async () => {
    const { out, printed } = await importXml(
      wxr({ id: 1, title: 'A', guid: 'http://x.example/?p=1' }, { id: 2, title: 'B', guid: 'http://x.example/?p=1' }),
    );
    const ids = [...(await buildEntries(out)).values()].map(({ id }) => id);
    expect(ids).toContain('http://x.example/?p=1');
    expect(new Set(ids).size).toBe(2);
    expect(printed).toContain('1 × ids that two posts have');
  });

  it('is an episode where a plug-in attached a sound', async () => {
    const php = 'a:1:{s:8:"duration";s:8:"00:20:34";}';
    const { out } = await importXml(
      wxr({ id: 1, title: 'A', more: wxrMeta('enclosure', `https://cdn.example/a.mp3\n1234\naudio/mpeg\n${php}`) }),
    );
    expect((await buildEntries(out)).get('A')?.attachments).toEqual([
      { url: 'https://cdn.example/a.mp3', mime_type: 'audio/mpeg', size_in_bytes: 1234, duration_in_seconds: 1234 },
    ]);
  });

  it('never names an author by a mail address', async () => {
    const { out } = await importXml(wxr({ id: 1, creator: 'somebody@mail.example' }));
    expect([...readWritten(out).values()].join('\n')).not.toContain('mail.example');
  });
});

describe('an export of WordPress', () => {
  it('makes pages that are in no feed, and settings that lead its old feeds to the new ones', async () => {
    const { out } = await importXml(
      wxr(
        { id: 1, title: 'Post' },
        { id: 2, type: 'page', title: 'About', name: 'about', link: 'https://salt.example/about/' },
        { id: 3, type: 'book' },
      ),
    );
    expect(namesIn(out)).toEqual(['_content/about.html', '_posts/2026-07-04-post-1.html', 'site.yaml']);
    expect([...(await buildEntries(out)).keys()]).toEqual(['Post']);
    const settings = readWritten(out).get('site.yaml');
    expect(settings).toContain('title: Salt & Tides\n');
    expect(settings).toContain('url: https://salt.example/\n');
    expect(settings).toContain('  /feed/: /rss.xml\n');
  });

  it('leads the feeds of categories, tags and authors on, but for those of what was not public', async () => {
    const term = (domain: string, nicename: string, label: string) =>
      `<category domain="${domain}" nicename="${nicename}"><![CDATA[${label}]]></category>`;
    const child =
      '<wp:category><wp:category_nicename>waders</wp:category_nicename><wp:category_parent>birds</wp:category_parent><wp:cat_name>Waders</wp:cat_name></wp:category>';
    const { out } = await importXml(
      wxr(
        child,
        { id: 1, more: term('category', 'waders', 'Waders &amp; co') + term('post_tag', '%d0%bf', 'П') },
        { id: 2, status: 'private', more: term('category', 'secret', 'Secret') },
      ),
    );
    const settings = readWritten(out).get('site.yaml');
    expect(settings).toContain('  /category/birds/waders/feed/: /tags/waders-co/rss.xml\n');
    expect(settings).toContain('  /category/birds/waders/feed/atom/: /tags/waders-co/atom.xml\n');
    expect(settings).toContain('  /category/birds/waders/: /tags/waders-co/\n');
    expect(settings).toContain('  /tag/п/feed/: /tags/п/rss.xml\n');
    expect(settings).toContain('  /author/ana/feed/: /authors/ana-co/rss.xml\n');
    expect(settings).not.toContain('secret');
    await buildEntries(out);
  });

  it('makes a feed of a category with others below it, at its old place, which holds what stands in them', async () => {
    const head = (nicename: string, parent: string, label: string) =>
      `<wp:category><wp:category_nicename>${nicename}</wp:category_nicename><wp:category_parent>${parent}</wp:category_parent><wp:cat_name><![CDATA[${label}]]></wp:cat_name></wp:category>`;
    const term = (nicename: string, label: string) =>
      `<category domain="category" nicename="${nicename}"><![CDATA[${label}]]></category>`;
    const { out } = await importXml(
      wxr(
        head('birds', '', 'Birds &amp; wings') + head('waders', 'birds', 'Waders') + head('knots', 'waders', 'Knots'),
        head('pages', '', 'Pages') + head('small', 'pages', 'Small') + head('gulls', 'birds', 'Gulls'),
        { id: 1, more: term('birds', 'Birds &amp; wings') },
        { id: 2, more: term('knots', 'Knots') },
        { id: 3, more: term('small', 'Small') },
        { id: 4, status: 'private', more: term('gulls', 'Gulls') },
      ),
    );
    const settings = readWritten(out).get('site.yaml') ?? '';
    const redirects = settings.split('\n').filter((line) => /category/.test(line) && !line.includes('atom'));
    expect(redirects).toEqual([
      '  /category/birds/feed/: /category/birds/rss.xml',
      '  /category/birds/waders/feed/: /category/birds/waders/rss.xml',
      '  /category/birds/waders/knots/feed/: /tags/knots/rss.xml',
      '  /category/pages/small/feed/: /tags/small/rss.xml',
      '  /category/birds/waders/knots/: /tags/knots/',
      '  /category/pages/small/: /tags/small/',
      '  - name: category/birds',
      '  - name: category/birds/waders',
    ]);
    expect(settings).toContain('title: "Salt & Tides: Birds & wings"'.replaceAll('"', "'"));
    expect(settings).not.toContain('Gulls');
    const folder = join(makeTrialFolder(), 'public');
    await build({ folder: out, out: folder });
    const ids = (feed: string): number => readFileSync(join(folder, feed), 'utf8').match(/<item>/g)?.length ?? 0;
    expect([ids('category/birds/rss.xml'), ids('category/birds/waders/rss.xml')]).toEqual([2, 1]);
  });

  it('leads the feed of comments nowhere: who reads comments would be given all posts', async () => {
    const { out } = await importXml(wxr({ id: 1 }));
    expect(readWritten(out).get('site.yaml')).not.toContain('comments');
  });

  it.each([
    ['Tomas Ruiz', 'tomas-ruiz'],
    ['ines.v', 'ines-v'],
    ['_Ana--B', '_ana-b'],
  ])(
    'leads the feed of the author whose login is %s on from the address that WordPress makes of it',
    async (login, slug) => {
      const author = `<wp:author><wp:author_login><![CDATA[${login}]]></wp:author_login><wp:author_display_name><![CDATA[T]]></wp:author_display_name></wp:author>`;
      const { out } = await importXml(wxr(author, { id: 1, creator: login }));
      expect(readWritten(out).get('site.yaml')).toContain(`  /author/${slug}/feed/: /authors/t/rss.xml\n`);
    },
  );

  it('keeps what looks like a tag in the title and the description of the site', async () => {
    const { out } = await importXml(
      wxr({ id: 1 })
        .replace('<title>Salt &amp; Tides</title>', '<title>The &#60;b&#62; of tides</title>')
        .replace('<link>', '<description>Notes from the &#60;shore&#62;</description>\n<link>'),
    );
    const settings = readWritten(out).get('site.yaml');
    expect(settings).toContain('title: The <b> of tides\n');
    expect(settings).toContain('description: Notes from the <shore>\n');
  });

  it('has the authors of Co-Authors Plus, each once and by the name that is shown', async () => {
    const author = (login: string) =>
      `<category domain="author" nicename="cap-${login}"><![CDATA[${login}]]></category>`;
    const more = [author('guest'), author('ana'), author('ana'), author('a@b.example')].join('');
    const { out, printed } = await importXml(wxr({ id: 1, title: 'Two', more }));
    expect([...readWritten(out).values()].join('')).toContain('authors: [{"name":"guest"}, {"name":"Ana & Co"}]');
    expect(printed).not.toContain('terms');
  });

  it('takes terms that say no kind for tags where no category is called so', async () => {
    const named = (domain: string, label: string) => `<category${domain}><![CDATA[${label}]]></category>`;
    const more = [named('', 'Birds'), named(' domain="category" nicename="b"', 'Birds'), named('', 'Mud')].join('');
    const { out } = await importXml(wxr({ id: 1, title: 'Two', more }));
    expect([...readWritten(out).values()].join('')).toMatch(/categories: \["Birds"\]\ntags: \["Mud"\]/);
  });

  it('of another program, which states no date but the feed’s, has that', async () => {
    const none = '0000-00-00 00:00:00';
    const { out } = await importXml(
      wxr(
        { id: 1, title: 'Dated', date: none, dateGmt: none },
        { id: 2, title: 'Undated', date: none, dateGmt: none },
      ).replace(/(Undated[\s\S]*?<pubDate>)[^<]*/, '$1Wed, 30 Nov -0001 00:00:00 +0000'),
    );
    const written = [...readWritten(out).values()].join('');
    expect(written).toContain('title: "Dated"\nid: "http://salt.example/?p=1"\ndate: 2026-07-04T23:59:59Z\n');
    expect(written).toContain('title: "Undated"\nid: "http://salt.example/?p=2"\nurl:');
  });

  it('brings further kinds of entries where they are named', async () => {
    const { out, printed } = await importXml(
      wxr({ id: 3, type: 'book', title: 'Book' }, { id: 4, type: 'wp_navigation' }),
      '--types',
      'book',
    );
    expect([...(await buildEntries(out)).keys()]).toEqual(['Book']);
    expect(printed).not.toContain('another kind');
  });

  it('may come in parts, whose posts refer to what is in another', async () => {
    const folder = makeTrialFolder();
    const out = join(folder, 'content');
    writeFileSync(join(folder, '1.xml'), wxr({ id: 10, content: '[gallery ids="4"]' }));
    writeFileSync(join(folder, '2.xml'), wxr(UPLOAD, { id: 10, content: '[gallery ids="4"]' }));
    const { printed } = await importInto(out, join(folder, '1.xml'), join(folder, '2.xml'));
    expect(readWritten(out).get('_posts/2026-07-04-post-10.html')).toContain('uploads/a.jpg');
    expect(printed).toContain('1 × posts that stand in the export twice');
  });

  it('leads its own links and pictures to the address that was named', async () => {
    const content =
      '<p><a href="http://www.salt.example/2026/07/x/?a=1#b">x</a> <a href="https://other.example/">o</a></p>';
    const { out } = await importXml(wxr({ id: 1, title: 'A', content }), '--url', 'https://new.example/notes/');
    expect(readWritten(out).get('_posts/2026-07-04-post-1.html')).toContain(
      '<a href="https://new.example/notes/2026/07/x/?a=1#b">x</a> <a href="https://other.example/">o</a>',
    );
    expect((await buildEntries(out)).get('A')?.url).toBe('https://new.example/notes/2026/07/post-1/');
  });

  it('is refused with its line where it is broken, and nothing is written', async () => {
    const whole = wxr({ id: 1 }, { id: 2 });
    const cases: readonly (readonly [string | Buffer, RegExp])[] = [
      [whole.slice(0, -300), /export\.xml:\d+: ends within <[\w:]+>: the file was cut off\./],
      [
        whole.replace('</wp:status>', '</wp:state>'),
        /export\.xml:13: closes another element while <wp:status> is open\./,
      ],
      [
        Buffer.from(whole.replace('Text 2', 'caf\u00e9'), 'latin1'),
        /export\.xml:\d+: is not valid UTF-8 from here on\./,
      ],
      [
        whole.replace('<rss', '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<rss'),
        /export\.xml:2: declares entities of its own\./,
      ],
      [`${WXR_HEAD}${'<a>'.repeat(600)}`, /nested more than 500 deep/],
      [whole.replace('encoding="UTF-8"', 'encoding="x-klingon"'), /in an encoding that is not known here: x-klingon/],
    ];
    for (const [xml, message] of cases) {
      const { code, noted, out } = await importXml(xml);
      expect(noted).toMatch(message);
      expect(code).toBe(3);
      expect(() => namesIn(out)).toThrow('ENOENT');
    }
  });

  it('may be in another encoding that it names', async () => {
    const xml = wxr({ id: 1, title: 'Maré', content: '<p>à côté</p>' });
    const latin = Buffer.from(xml.replace('UTF-8', 'ISO-8859-1'), 'latin1');
    const wide = Buffer.from(`\uFEFF${xml}`, 'utf16le');
    for (const bytes of [latin, wide]) {
      const { out } = await importXml(bytes);
      expect((await buildEntries(out)).get('Maré')?.content_html).toBe('<p>à côté</p>');
    }
  });

  it('tells of posts that no article can be, and brings all others', async () => {
    const { code, printed, out } = await importXml(
      wxr(
        { id: 1, title: 'Long', content: `<p>${'x'.repeat(1_100_000)}</p>` },
        { id: 3, title: 'Endless', content: 'x'.repeat(5_000_000) },
        { id: 2, title: 'Short' },
      ),
    );
    expect(code).toBe(1);
    expect(printed).toContain('2 × texts of more than 1024 kB\n      post 1 “Long”, post 3 “Endless”');
    expect([...(await buildEntries(out)).keys()]).toEqual(['Short']);
  });
});
