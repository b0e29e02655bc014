/** `feedwright adopt`: old feeds as other systems write them, then a build: every id is the same text as before. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { adoptedKeyFor } from '../../../lambda/site/adopted/adopted-key.ts';
import { makeTrialFolder } from '../../support/import-trial.ts';
import { type LoopbackServer, startLoopback } from '../../support/loopback.ts';
import { runCommand } from '../../support/run-command.ts';

const NOW = Date.UTC(2026, 10, 30, 12);
const OLD = 'https://old.example/';

const servers: LoopbackServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(pages: Readonly<Record<string, string>>): Promise<string> {
  const server = await startLoopback((request, response) => {
    const text = pages[request.url ?? ''];
    response.statusCode = text === undefined ? 404 : 200;
    response.end((text ?? '').replaceAll('ORIGIN', server.origin));
  });
  servers.push(server);
  return server.origin;
}

interface Trial {
  readonly content: string;
  adopt(...args: readonly string[]): ReturnType<typeof runCommand>;
  /** The ids of the newest page of each format, by title. */
  build(): Promise<{ readonly rss: Ids; readonly atom: Ids; readonly json: Ids; readonly text: string }>;
}
type Ids = Readonly<Record<string, string>>;

function begin(files: Readonly<Record<string, string>>, settings: readonly string[] = []): Trial {
  const root = makeTrialFolder();
  const content = join(root, 'content');
  const all = { 'site.yaml': ['title: Old', `url: ${OLD}`, 'automatic: false', ...settings, ''].join('\n'), ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(content, path)), { recursive: true });
    writeFileSync(join(content, path), text);
  }
  return {
    content,
    adopt: (...args) => runCommand(['adopt', ...args, '--folder', content, '--state', stateOf(root)], NOW),
    async build() {
      const out = join(root, 'public');
      const { code, printed, noted } = await runCommand(['build', content, '--out', out], NOW);
      if (code !== 0) throw new Error(printed + noted);
      const read = (name: string) => readFileSync(join(out, name), 'utf8');
      const { items } = JSON.parse(read('feed.json')) as { readonly items: readonly { id: string; title: string }[] };
      return {
        rss: idsIn(read('rss.xml'), 'item', 'guid'),
        atom: idsIn(read('atom.xml'), 'entry', 'id'),
        json: Object.fromEntries(items.map(({ id, title }) => [title, id])),
        text: read('rss.xml'),
      };
    },
  };
}

/** An empty state file stands for a publication that was never built. */
function stateOf(root: string): string {
  const path = join(root, 'public.feedwright.db');
  if (!existsSync(path)) writeFileSync(path, '');
  return path;
}

function idsIn(document: string, item: string, id: string): Ids {
  const found = [...document.matchAll(new RegExp(`<${item}[ >].*?</${item}>`, 'gs'))].map(([text]) => [
    decodeXml(/<title[^>]*>(.*?)<\/title>/s.exec(text)?.[1] ?? ''),
    decodeXml(new RegExp(`<${id}[^>]*>(.*?)</${id}>`, 's').exec(text)?.[1] ?? ''),
  ]);
  return Object.fromEntries(found);
}

function decodeXml(text: string): string {
  return text
    .replace(/&#x([\da-f]+);/gi, (_, digits: string) => String.fromCodePoint(Number.parseInt(digits, 16)))
    .replace(/&#(\d+);/g, (_, digits: string) => String.fromCodePoint(Number(digits)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

const post = (title: string, ...fields: readonly string[]) =>
  ['---', `title: ${JSON.stringify(title)}`, ...fields, '---', '', `Words of ${title}.`, ''].join('\n');

/** RSS as WordPress writes it. */
function wordpress(items: readonly (readonly [title: string, guid: string, link: string, date: string])[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Old</title><atom:link href="${OLD}feed/" rel="self" type="application/rss+xml" /><link>${OLD.slice(0, -1)}</link>
<generator>https://wordpress.org/?v=7.1</generator>
${items
  .map(
    ([title, guid, link, date]) => `<item><title>${title}</title><link>${link}</link><pubDate>${date}</pubDate>
<guid isPermaLink="false">${guid}</guid><description><![CDATA[Words [&#8230;]]]></description></item>`,
  )
  .join('\n')}
</channel></rss>`;
}

/** Atom as jekyll-feed and others write it. */
function atom(
  entries: readonly (readonly [title: string, id: string, link: string, date: string])[],
  { self = 'feed.xml', older = '' }: { readonly self?: string; readonly older?: string } = {},
): string {
  return `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><link href="${OLD}${self}" rel="self"/>
<link href="${OLD}" rel="alternate" type="text/html"/>${older === '' ? '' : `<link rel="prev-archive" href="${older}"/>`}
<updated>2024-05-01T00:00:00+00:00</updated><id>${OLD}${self}</id><title type="html">Old</title>
${entries
  .map(
    ([title, id, link, date]) => `<entry><title type="html">${title}</title><link href="${link}" rel="alternate"/>
<published>${date}</published><updated>${date}</updated><id>${id}</id><content type="html">Words</content></entry>`,
  )
  .join('\n')}</feed>`;
}

describe('an adoption', () => {
  it('of WordPress reads every page of the feed, and ids stay as no rule gives them', async () => {
    const page = (n: number) =>
      wordpress([
        [
          `Post ${n}`,
          `http://old.example/?p=${n}`,
          `${OLD}2024/0${n}/post-${n}/`,
          `Fri, 0${n} Mar 2024 10:00:00 +0000`,
        ],
      ]);
    const origin = await serve({ '/feed/': page(3), '/feed/?paged=2': page(2), '/feed/?paged=3': page(1) });
    const files = Object.fromEntries(
      [1, 2, 3].map((n) => [
        `posts/post-${n}.md`,
        post(`Post ${n}`, `date: 2024-03-0${n}`, `permalink: /2024/0${n}/post-${n}/`),
      ]),
    );
    const trial = begin(files);
    const { code, printed } = await trial.adopt(`${origin}/feed/`);
    expect(printed).toContain('3 articles to adopt');
    expect(code).toBe(0);
    const { rss, json, atom: inAtom, text } = await trial.build();
    const ids = Object.fromEntries([3, 2, 1].map((n) => [`Post ${n}`, `http://old.example/?p=${n}`]));
    expect([rss, json, inAtom]).toEqual([ids, ids, ids]);
    expect(text).toContain('Fri, 01 Mar 2024 10:00:00 GMT');
    // Once more: all is as it was.
    expect((await trial.adopt(`${origin}/feed/`)).printed).toContain('0 articles to adopt, 3 with the ids');
  });

  it('of Ghost keeps words in RSS and JSON Feed, and Atom derives its own', async () => {
    const id = '64b7f0c2a1d3e40001c9a8b7';
    const feed = wordpress(
      [['Fog & rain', id, `${OLD}fog/`, 'Tue, 05 Mar 2024 10:00:00 GMT']].map((each) => each) as never,
    )
      .replace('https://wordpress.org/?v=7.1', 'Ghost 6.65')
      .replace('Fog & rain', 'Fog &amp; rain');
    const trial = begin({ 'fog.md': post('Fog & rain', 'date: 2024-03-05') });
    writeFileSync(join(trial.content, '../rss.xml'), feed);
    expect((await trial.adopt(join(trial.content, '../rss.xml'))).code).toBe(0);
    const { rss, json, atom: inAtom } = await trial.build();
    expect([rss, json]).toEqual([{ 'Fog & rain': id }, { 'Fog & rain': id }]);
    expect(inAtom).toEqual({ 'Fog & rain': `urn:feedwright:https-old-example:${id}` });
  });

  it('of an Atom feed with an archive and a JSON Feed with pages has the ids of both', async () => {
    const origin = await serve({
      '/atom.xml': atom([['B', 'tag:old.example,2024:b', `${OLD}b/`, '2024-02-02T00:00:00Z']], {
        older: 'ORIGIN/1.xml',
      }),
      '/1.xml': atom([['A', 'tag:old.example,2024:a', `${OLD}a/`, '2024-02-01T00:00:00Z']]),
      '/feed.json': JSON.stringify({
        version: 'https://jsonfeed.org/version/1',
        title: 'Old',
        home_page_url: OLD,
        next_url: 'ORIGIN/2.json',
        items: [{ id: 'b-64', url: `${OLD}b/`, title: 'B', content_text: 'x', date_published: '2024-02-02T00:00:00Z' }],
      }),
      '/2.json': JSON.stringify({
        version: 'https://jsonfeed.org/version/1',
        title: 'Old',
        home_page_url: OLD,
        items: [
          { id: `${OLD}a`, url: `${OLD}a/`, title: 'A', content_text: 'x', date_published: '2024-02-01T00:00:00Z' },
        ],
      }),
    });
    const trial = begin({ 'a.md': post('A', 'date: 2024-02-01'), 'b.md': post('B', 'date: 2024-02-02') });
    const { code, printed } = await trial.adopt(`${origin}/atom.xml`, `${origin}/feed.json`);
    expect([code, printed]).toEqual([0, expect.stringContaining('2 entries in 2 pages')]);
    const { rss, json, atom: inAtom } = await trial.build();
    expect(inAtom).toEqual({ A: 'tag:old.example,2024:a', B: 'tag:old.example,2024:b' });
    expect([rss, json]).toEqual([
      { A: `${OLD}a`, B: 'b-64' },
      { A: `${OLD}a`, B: 'b-64' },
    ]);
  });

  it('of Docusaurus keeps spaces in Atom, and check says so', async () => {
    const id = `${OLD}blog/2024/02/04/Über Café`;
    const trial = begin({ 'cafe.md': post('Café', 'date: 2024-02-04', 'permalink: "/blog/2024/02/04/Über Café/"') });
    writeFileSync(join(trial.content, '../atom.xml'), atom([['Café', id, id, '2024-02-04T00:00:00.000Z']]));
    expect((await trial.adopt(join(trial.content, '../atom.xml'))).code).toBe(0);
    expect((await trial.build()).atom).toEqual({ Café: id });
    const { code, printed } = await runCommand(['check', trial.content, '--feeds'], NOW);
    expect([code, printed]).toEqual([0, expect.stringContaining('keptIds: no')]);
  });

  it('finds articles at former addresses and redirects, and by title and day', async () => {
    const trial = begin(
      {
        'one.md': post('One', 'date: 2024-01-01', 'aliases: [/2024/one.html]'),
        'two.md': post('Two', 'date: 2024-01-02'),
        'three.md': post('Three: the “sea”', 'date: 2024-01-03'),
        'four.md': post('Four', 'date: 2024-01-04'),
      },
      ['redirects: { /old/two/: /two/ }'],
    );
    const feed = atom([
      ['Other words', 'tag:old.example,2024:1', `${OLD}2024/one.html?utm_source=rss`, '2024-01-01T09:00:00Z'],
      ['Zwei', 'tag:old.example,2024:2', `http://old.example/old/two`, '2024-01-02T09:00:00Z'],
      ['Three – the "sea"', 'tag:old.example,2024:3', `${OLD}blog/3/`, '2024-01-03T09:00:00Z'],
      ['Four', 'tag:old.example,2024:4', `${OLD}blog/4/`, '2019-01-04T09:00:00Z'],
      ['Gone', 'tag:old.example,2024:5', `${OLD}blog/5/`, '2018-01-04T09:00:00Z'],
    ]);
    writeFileSync(join(trial.content, '../feed.xml'), feed);
    const { code, printed } = await trial.adopt(join(trial.content, '../feed.xml'));
    expect(code).toBe(1);
    expect(printed).toContain('3 articles to adopt');
    expect(printed).toMatch(/“Four”, 2019-01-04, .*, id tag:old.example,2024:4: perhaps four.md/);
    expect(printed).toMatch(/“Gone”.*: nothing is like it/);
    expect((await trial.build()).atom).toMatchObject({
      One: 'tag:old.example,2024:1',
      Two: 'tag:old.example,2024:2',
      'Three: the “sea”': 'tag:old.example,2024:3',
      Four: expect.stringMatching(/^urn:uuid:/),
    });
  });

  it('gives an id that two articles had to the first by key', async () => {
    const trial = begin({ 'a.md': post('A', 'date: 2024-01-01'), 'b.md': post('B', 'date: 2024-01-02') });
    const entry = (title: string) =>
      [title, `${OLD}spring`, `${OLD}${title.toLowerCase()}/`, '2024-01-01T00:00:00Z'] as const;
    writeFileSync(join(trial.content, '../one.xml'), atom([entry('B')]));
    writeFileSync(join(trial.content, '../two.xml'), atom([entry('A')]));
    const { code, printed } = await trial.adopt(...['one', 'two'].map((name) => join(trial.content, `../${name}.xml`)));
    expect(code).toBe(1);
    expect(printed).toContain(`b.md: It had the same id as a.md (${OLD}spring), which keeps it.`);
    expect((await trial.build()).rss).toEqual({ A: `${OLD}spring`, B: expect.stringMatching(/^urn:uuid:/) });
  });

  it('writes nothing where the rule of the settings says the same', async () => {
    const trial = begin({ '_posts/2024-01-02-Spring.md': post('Spring', 'permalink: /hello/') }, ['ids: jekyll']);
    writeFileSync(
      join(trial.content, '../feed.xml'),
      atom([['Spring', `${OLD}Spring`, `${OLD}hello/`, '2024-01-02T00:00:00+00:00']]),
    );
    const { code, printed } = await trial.adopt(join(trial.content, '../feed.xml'));
    expect([code, printed]).toEqual([0, expect.stringContaining('0 articles to adopt, 1 with the ids')]);
    expect(existsSync(join(trial.content, '.adopted'))).toBe(false);
  });

  it('tells of articles that were published under other ids: these stay', async () => {
    const trial = begin({ 'a.md': post('A', 'date: 2024-01-01') });
    const before = await trial.build();
    writeFileSync(
      join(trial.content, '../feed.xml'),
      atom([['A', 'tag:old.example,2024:a', `${OLD}a/`, '2024-01-01T00:00:00Z']]),
    );
    const { code, printed } = await trial.adopt(join(trial.content, '../feed.xml'));
    expect(code).toBe(1);
    expect(printed).toContain('1 article published already under another id, which stays:');
    expect((await trial.build()).rss).toEqual(before.rss);
  });

  it('only says what it would write, if that is wanted', async () => {
    const trial = begin({ 'a.md': post('A', 'date: 2024-01-01') });
    writeFileSync(
      join(trial.content, '../feed.xml'),
      atom([['A', 'tag:old.example,2024:a', `${OLD}a/`, '2024-01-01T00:00:00Z']]),
    );
    const { printed } = await trial.adopt(join(trial.content, '../feed.xml'), '--dry-run');
    expect(printed).toContain('  a.md: tag:old.example,2024:a');
    expect(readdirSync(trial.content).sort()).toEqual(['a.md', 'site.yaml']);
  });

  it('leaves rows that are there alone, and comments with them', async () => {
    const trial = begin({ 'a.md': post('A', 'date: 2024-01-01') });
    const file = adoptedKeyFor('a.md');
    mkdirSync(join(trial.content, '.adopted'));
    writeFileSync(join(trial.content, file), '# mine\na.md: { id: own }\n');
    writeFileSync(
      join(trial.content, '../feed.xml'),
      atom([['A', 'tag:old.example,2024:a', `${OLD}a/`, '2024-01-01T00:00:00Z']]),
    );
    const { code, printed } = await trial.adopt(join(trial.content, '../feed.xml'));
    expect([code, printed]).toEqual([1, expect.stringContaining('1 row there already')]);
    expect(readFileSync(join(trial.content, file), 'utf8')).toBe('# mine\na.md: { id: own }\n');
  });

  it('writes nothing while a file with adopted ids can’t be read', async () => {
    const trial = begin({ 'a.md': post('A', 'date: 2024-01-01') });
    mkdirSync(join(trial.content, '.adopted'));
    writeFileSync(join(trial.content, '.adopted/00.yaml'), 'zz.md: [');
    writeFileSync(
      join(trial.content, '../feed.xml'),
      atom([['A', 'tag:old.example,2024:a', `${OLD}a/`, '2024-01-01T00:00:00Z']]),
    );
    const { code, noted } = await trial.adopt(join(trial.content, '../feed.xml'));
    expect([code, noted]).toEqual([3, expect.stringContaining('.adopted/00.yaml:1: error adopted-unreadable')]);
    expect(readdirSync(join(trial.content, '.adopted'))).toEqual(['00.yaml']);
  });

  it('takes no date from an entry that says only when it was changed', async () => {
    const trial = begin({ 'a.md': post('A') });
    const changed = atom([['A', 'tag:old.example,2024:a', `${OLD}a/`, '2024-01-01T00:00:00Z']]);
    writeFileSync(join(trial.content, '../feed.xml'), changed.replace(/<published>.*<\/published>/, ''));
    await trial.adopt(join(trial.content, '../feed.xml'));
    expect(readFileSync(join(trial.content, adoptedKeyFor('a.md')), 'utf8')).not.toContain('published:');
  });

  it('of what is no feed is an error with what to do, and nothing is written', async () => {
    const origin = await serve({ '/': '<html></html>' });
    const trial = begin({ 'a.md': post('A', 'date: 2024-01-01') });
    const { code, noted } = await trial.adopt(`${origin}/`);
    expect([code, noted]).toEqual([3, expect.stringContaining('is no feed.\n  Name a document')]);
  });

  it('never brings in what is private: a draft that was in the old feed stays one', async () => {
    const trial = begin({
      'a.md': post('A', 'date: 2024-01-01', 'draft: true'),
      'b.md': post('B', 'date: 2024-01-01'),
    });
    writeFileSync(
      join(trial.content, '../feed.xml'),
      atom([['A', 'tag:old.example,2024:a', `${OLD}a/`, '2024-01-01T00:00:00Z']]),
    );
    await trial.adopt(join(trial.content, '../feed.xml'));
    expect(Object.keys((await trial.build()).rss)).toEqual(['B']);
  });
});

describe('an adoption into the articles', () => {
  it.each([
    [
      'YAML',
      '---\ntitle: A # mine\ndate: 2024-01-01\n---\n\nText.\n',
      '---\ntitle: A # mine\ndate: 2024-01-01\nid: "tag:old.example,2024:a"\n---\n\nText.\n',
    ],
    [
      'YAML of Windows',
      '---\r\ntitle: A\r\n---\r\nText.\r\n',
      '---\r\ntitle: A\r\nid: "tag:old.example,2024:a"\r\ndate: 2024-01-01T07:00:00Z\r\n---\r\nText.\r\n',
    ],
    [
      'TOML',
      '+++\ntitle = "A"\ndate = 2024-01-01\n[params]\nx = 1\n+++\nText.\n',
      '+++\nid = "tag:old.example,2024:a"\ntitle = "A"\ndate = 2024-01-01\n[params]\nx = 1\n+++\nText.\n',
    ],
    [
      'no front matter',
      '# A\n\nText.\n',
      '---\nid: "tag:old.example,2024:a"\ndate: 2024-01-01T07:00:00Z\n---\n# A\n\nText.\n',
    ],
  ])('adds its lines to %s and leaves every other byte', async (_, before, after) => {
    const trial = begin({ 'a.md': before });
    writeFileSync(
      join(trial.content, '../feed.xml'),
      atom([['A', 'tag:old.example,2024:a', `${OLD}a/`, '2024-01-01T07:00:00Z']]),
    );
    const { code, printed } = await trial.adopt(join(trial.content, '../feed.xml'), '--write');
    expect([code, printed]).toEqual([0, expect.stringContaining('Written into 1 article.')]);
    expect(readFileSync(join(trial.content, 'a.md'), 'utf8')).toBe(after);
    expect(readdirSync(trial.content).sort()).toEqual(['a.md', 'site.yaml']);
    expect((await trial.build()).rss).toEqual({ A: 'tag:old.example,2024:a' });
  });

  it('uses rows for what front matter can’t say: text files, and another id in Atom', async () => {
    const trial = begin({ 'a.txt': 'A\n\nText.\n', 'b.md': post('B', 'date: 2024-01-01') });
    writeFileSync(
      join(trial.content, '../atom.xml'),
      atom([
        ['A', 'tag:old.example,2024:a', `${OLD}a/`, '2024-01-01T07:00:00Z'],
        ['B', 'tag:old.example,2024:b', `${OLD}b/`, '2024-01-01T00:00:00Z'],
      ]),
    );
    writeFileSync(
      join(trial.content, '../rss.xml'),
      wordpress([['B', `${OLD}?p=2`, `${OLD}b/`, 'Mon, 01 Jan 2024 00:00:00 GMT']]),
    );
    const before = readFileSync(join(trial.content, 'b.md'), 'utf8');
    const feeds = ['atom', 'rss'].map((name) => join(trial.content, `../${name}.xml`));
    const { printed } = await trial.adopt(...feeds, '--write');
    expect(printed).toContain('Written: 2 rows in');
    expect(readFileSync(join(trial.content, 'b.md'), 'utf8')).toBe(before);
    const { rss, atom: inAtom } = await trial.build();
    expect([rss.B, inAtom.B]).toEqual([`${OLD}?p=2`, 'tag:old.example,2024:b']);
  });
});
