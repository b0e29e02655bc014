import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type BuiltEntry,
  buildEntries,
  importInto,
  makeTrialFolder,
  namesIn,
  readWritten,
} from '../../../support/import-trial.ts';
import { startLoopback } from '../../../support/loopback.ts';
import { runCommand } from '../../../support/run-command.ts';

const NOW = Date.UTC(2026, 10, 30, 12);
const SITE = 'https://foreshore.example/';

/** The sample publication and forty notes, so that its feeds have archives. */
async function buildSample(): Promise<string> {
  const folder = makeTrialFolder();
  cpSync(fileURLToPath(new URL('../../../../content', import.meta.url)), join(folder, 'content'), { recursive: true });
  for (let day = 1; day <= 100; day += 1) {
    const date = new Date(Date.UTC(2024, 0, day, 7)).toISOString();
    writeFileSync(
      join(folder, `content/notes/log-${day}.md`),
      `---\ntitle: Log ${day} *of* a day\ndate: ${date}\ntags: [log & book]\n---\nWater at ${day} **cm**, {{ "raw" }}.\n`,
    );
  }
  const { code, noted } = await runCommand(
    ['build', join(folder, 'content'), '--out', join(folder, 'public'), '--url', SITE],
    NOW,
  );
  if (code !== 0) throw new Error(noted);
  return join(folder, 'public');
}

function entriesOf(folder: string): ReadonlyMap<string, BuiltEntry> {
  const entries = new Map<string, BuiltEntry>();
  const read = (file: string): void => {
    const feed = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
      readonly items: readonly BuiltEntry[];
      readonly next_url?: string;
    };
    for (const item of feed.items) entries.set(item.id, item);
    if (feed.next_url !== undefined) read(feed.next_url.slice(SITE.length));
  };
  read('feed.json');
  return entries;
}

async function importAndBuild(sample: string, exported: string): Promise<ReadonlyMap<string, BuiltEntry>> {
  const folder = makeTrialFolder();
  const { code, printed, noted } = await importInto(join(folder, 'content'), exported);
  if (code !== 0) throw new Error(printed + noted);
  // Sizes of pictures and sounds are read from the files.
  for (const name of ['images', 'audio'])
    cpSync(join(sample, name), join(folder, 'content', name), { recursive: true, force: false });
  const built = await runCommand(
    ['build', join(folder, 'content'), '--out', join(folder, 'public'), '--url', SITE],
    NOW,
  );
  if (built.code !== 0) throw new Error(built.printed + built.noted);
  return entriesOf(join(folder, 'public'));
}

describe('a feed of our own with its archive', () => {
  let sample: string;
  beforeAll(async () => {
    sample = await buildSample();
  });

  it('is the same publication after an import: ids, addresses, dates, titles, content and all else', async () => {
    const before = entriesOf(sample);
    expect(before.size).toBeGreaterThan(100);
    expect(await importAndBuild(sample, join(sample, 'feed.json'))).toEqual(before);
    expect(await importAndBuild(sample, sample)).toEqual(before);
  });

  it('is the same from RSS, but for what RSS can’t say', async () => {
    const said = (entries: ReadonlyMap<string, BuiltEntry>) =>
      [...entries.values()].map(({ id, url, title, date_published, content_html, authors, tags }) => ({
        id,
        url,
        title,
        date_published,
        content_html,
        // RSS has one element for all authors.
        authors: authors?.map(({ name }) => name).join(', '),
        tags,
      }));
    expect(said(await importAndBuild(sample, join(sample, 'rss.xml')))).toEqual(said(entriesOf(sample)));
  });

  it('says which page of the archive is not there', async () => {
    const folder = makeTrialFolder();
    cpSync(sample, join(folder, 'public'), { recursive: true });
    rmSync(join(folder, 'public/archive'), { recursive: true });
    const { code, printed } = await importInto(join(folder, 'content'), join(folder, 'public'));
    expect(code).toBe(1);
    expect(printed).toMatch(
      /1 × pages of the archive that are not there: what is older is missing\n {6}https:\/\/foreshore\.example\/archive\//,
    );
  });

  it('brings its pictures and sounds along where they lie beside it', async () => {
    const folder = makeTrialFolder();
    await importInto(folder, sample);
    expect(namesIn(folder)).toEqual(
      expect.arrayContaining(['audio/ten-seconds-of-fog.mp3', 'images/foreshore-poster.jpg']),
    );
  });

  it('comes from the web as well', async () => {
    const server = await startLoopback((request, response) => {
      const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x/').pathname);
      try {
        const text = readFileSync(join(sample, path), 'utf8');
        response.end(text.replaceAll(SITE, `${server.origin}/`));
      } catch {
        response.writeHead(404).end();
      }
    });
    try {
      const folder = makeTrialFolder();
      const { code, printed } = await importInto(folder, `${server.origin}/atom.xml`, '--fetch');
      expect(code).toBe(0);
      expect(printed).toMatch(/^Atom: 117 articles written/);
      expect(readWritten(folder).get('images/foreshore-poster.jpg')).toBeDefined();
    } finally {
      await server.close();
    }
  });
});

function rss(items: string, generator = ''): string {
  return `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>Salt</title><link>https://salt.example/</link><description>d</description><generator>${generator}</generator><itunes:image href="https://salt.example/cover.png"/><itunes:author>Ana</itunes:author><itunes:category text="Arts"><itunes:category text="Books"/></itunes:category>${items}</channel></rss>`;
}

describe('a feed of WordPress on the web', () => {
  it('is read page by page to the 404 at its end', async () => {
    const asked: string[] = [];
    const item = (number: number) =>
      `<item><title>Post ${number}</title><link>https://salt.example/p${number}/</link><guid isPermaLink="false">https://salt.example/?p=${number}</guid><pubDate>Sat, 0${number} Aug 2026 10:00:00 +0000</pubDate><description>Begin [&amp;#8230;]</description><content:encoded><![CDATA[<p>Begin and more ${number}</p>]]></content:encoded></item>`;
    const server = await startLoopback((request, response) => {
      asked.push(request.url ?? '');
      const page = Number(new URL(request.url ?? '/', 'http://x/').searchParams.get('paged') ?? 1);
      if (page > 3) response.writeHead(404).end(rss('', 'https://wordpress.org/?v=7.1'));
      else response.end(rss(item(2 * page - 1) + item(2 * page), 'https://wordpress.org/?v=7.1'));
    });
    try {
      const folder = makeTrialFolder();
      const { code } = await importInto(folder, `${server.origin}/feed/`);
      expect(code).toBe(0);
      expect(asked).toEqual(['/feed/', '/feed/?paged=2', '/feed/?paged=3', '/feed/?paged=4']);
      const entries = await buildEntries(folder);
      expect([...entries.values()].map(({ id }) => id).sort()).toEqual(
        [1, 2, 3, 4, 5, 6].map((number) => `https://salt.example/?p=${number}`),
      );
      // The teaser that WordPress cuts is no summary of the author's.
      expect(readWritten(folder).get('_posts/2026-08-01-p1.html')).not.toContain('summary');
    } finally {
      await server.close();
    }
  });

  it('keeps an id with spaces in it to the letter', async () => {
    const guid = 'https://salt.example/Über Café';
    const folder = makeTrialFolder();
    writeFileSync(
      join(folder, 'rss.xml'),
      rss(`<item><title>Café</title><guid isPermaLink="false">${guid}</guid><description>Words</description></item>`),
    );
    expect((await importInto(join(folder, 'content'), join(folder, 'rss.xml'))).code).toBe(0);
    expect([...(await buildEntries(join(folder, 'content'))).values()].map(({ id }) => id)).toEqual([guid]);
  });

  it('is refused where it is not there, or breaks off on the way; nothing is written', async () => {
    const server = await startLoopback((request, response) => {
      if (request.url === '/feed/')
        response.end(rss('<item><title>x</title><guid>a</guid></item>', 'https://wordpress.org/'));
      else response.writeHead(request.url === '/none/' ? 404 : 500).end();
    });
    try {
      for (const [path, message] of [
        ['/none/', 'is not there'],
        ['/feed/', 'answers with status 500'],
      ] as const) {
        const folder = makeTrialFolder();
        const { code, noted } = await importInto(join(folder, 'out'), server.origin + path);
        expect([code, noted]).toEqual([3, expect.stringContaining(message)]);
        expect(() => namesIn(join(folder, 'out'))).toThrow('ENOENT');
      }
    } finally {
      await server.close();
    }
  });
});

describe('a feed of any kind', () => {
  async function articlesOf(text: string, name: string) {
    const folder = makeTrialFolder();
    writeFileSync(join(folder, name), text);
    const result = await importInto(join(folder, 'out'), join(folder, name));
    return { ...result, written: readWritten(join(folder, 'out')), out: join(folder, 'out') };
  }

  it('that is a podcast keeps its episodes and its show', async () => {
    const { written, out } = await articlesOf(
      rss(
        '<item><title>Fog</title><guid isPermaLink="false">ep-1</guid><link>https://salt.example/fog/</link><pubDate>Sat, 01 Aug 2026 10:00:00 GMT</pubDate><description>Notes.</description><enclosure url="https://cdn.example/fog.mp3" length="1234" type="audio/mpeg"/><itunes:duration>20:34</itunes:duration><itunes:season>2</itunes:season><itunes:episode>12</itunes:episode><itunes:episodeType>bonus</itunes:episodeType><itunes:explicit>no</itunes:explicit><podcast:transcript url="https://cdn.example/fog.vtt" type="text/vtt"/><podcast:chapters url="https://cdn.example/fog.chapters.json" type="application/json+chapters"/><podcast:person role="guest">Bo</podcast:person></item>',
      ),
      'feed.xml',
    );
    expect(written.get('_posts/2026-08-01-fog.html')).toBe(`---
title: "Fog"
id: "ep-1"
date: 2026-08-01T10:00:00Z
url: "/fog/"
attachments: [{"url":"https://cdn.example/fog.mp3","type":"audio/mpeg","length":1234,"duration":1234}]
podcast: {"season":2,"episode":12,"type":"bonus","explicit":false,"chapters":"https://cdn.example/fog.chapters.json","transcript":[{"url":"https://cdn.example/fog.vtt","type":"text/vtt"}],"people":[{"name":"Bo","role":"guest"}]}
---
Notes.
`);
    await buildEntries(out);
    const made = join(makeTrialFolder(), 'public');
    await runCommand(['build', out, '--out', made], NOW);
    const podcast = readFileSync(join(made, 'podcast/rss.xml'), 'utf8');
    for (const part of [
      '<guid isPermaLink="false">ep-1</guid>',
      '<itunes:duration>1234</itunes:duration>',
      '<itunes:season>2</itunes:season>',
      '<itunes:episode>12</itunes:episode>',
      '<itunes:episodeType>bonus</itunes:episodeType>',
      '<itunes:category text="Books"',
      '<itunes:author>Ana</itunes:author>',
    ]) {
      expect(podcast).toContain(part);
    }
  });

  it('in Atom may have texts in three ways, and addresses relative to any of its parts', async () => {
    const { written } = await articlesOf(
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://salt.example/"><title>S</title><link href="/"/><entry xml:base="notes/"><id>tag:salt.example,2026:1</id><title type="html">A &amp;lt;b&gt; &amp;amp; &lt;em&gt;c&lt;/em&gt;</title><link href="one"/><published>2026-08-01T10:00:00+02:00</published><updated>2026-08-02T10:00:00+02:00</updated><category term="x" label="X y"/><author><name>Bo, and Co</name><uri>https://bo.example/</uri></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>d <img src="e.png" alt=""/> &lt;f&gt;</p></div></content></entry></feed>`,
      'a.atom',
    );
    expect(written.get('_posts/2026-08-01-one.html')).toBe(`---
title: "A <b> & c"
id: "tag:salt.example,2026:1"
date: 2026-08-01T10:00:00+02:00
updated: 2026-08-02T10:00:00+02:00
url: "/notes/one"
authors: [{"name":"Bo, and Co","url":"https://bo.example/"}]
tags: ["X y"]
---
<p>d <img src="https://salt.example/notes/e.png" alt> &lt;f&gt;</p>
`);
  });

  it('in JSON may have plain text and numbers as ids', async () => {
    const { written } = await articlesOf(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'S',
        home_page_url: 'https://salt.example/',
        items: [
          {
            id: 42,
            url: 'https://salt.example/a.html',
            content_text: 'One <b>\n\nTwo',
            date_published: '2026-08-01T10:00:00Z',
            external_url: 'https://x.example/',
          },
        ],
      }),
      'feed.json',
    );
    expect(written.get('_posts/2026-08-01-a.html')).toBe(`---
title: ""
id: "42"
date: 2026-08-01T10:00:00Z
url: "/a.html"
external_url: "https://x.example/"
---
<p>One &lt;b&gt;</p>
<p>Two</p>
`);
  });
});
