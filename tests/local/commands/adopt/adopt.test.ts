/** `feedwright adopt`: old feeds as other systems write them, then a build: every id is the same text as before. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { adoptedKeyFor } from '../../../../lambda/site/adopted/adopted-key.ts';
import { atom, begin, NOW, OLD, post, wordpress } from '../../../support/adopt-trial.ts';
import { type LoopbackServer, startLoopback } from '../../../support/loopback.ts';
import { runCommand } from '../../../support/run-command.ts';

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

  it('with a folder among the feeds says how a folder is named', async () => {
    const { content } = begin({});
    const { code, noted } = await runCommand(['adopt', `${OLD}feed.xml`, content], NOW);
    expect([code, noted]).toEqual([2, expect.stringContaining(`--folder ${content}`)]);
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

  it('tells the id of the feed itself, where one of ours stands at its address', async () => {
    const entry = ['A', 'tag:old.example,2024:a', `${OLD}a/`, '2024-01-01T00:00:00Z'] as const;
    const lines = ['redirects: { /feed.xml: /atom.xml }'];
    const trial = begin({ 'a.md': post('A', 'date: 2024-01-01') }, lines);
    writeFileSync(join(trial.content, '../feed.xml'), atom([entry]));
    const { printed } = await trial.adopt(join(trial.content, '../feed.xml'));
    expect(printed).toContain(`  feedIds:\n    all: "${OLD}feed.xml"\n`);
    const settled = begin({ 'a.md': post('A', 'date: 2024-01-01') }, [...lines, `feedIds: { all: "${OLD}feed.xml" }`]);
    expect((await settled.adopt(join(trial.content, '../feed.xml'))).printed).not.toContain('feedIds');
    await settled.build();
    const [, id] = /<id>(.*?)<\/id>/.exec(readFileSync(join(settled.content, '../public/atom.xml'), 'utf8')) ?? [];
    expect(id).toBe(`${OLD}feed.xml`);
  });

  it('leaves nothing for a rehearsal to find', async () => {
    const trial = begin({ 'a.md': post('A', 'date: 2024-01-01'), 'b.md': post('B', 'date: 2024-01-02') }, [
      'redirects: { /feed.xml: /atom.xml }',
    ]);
    const file = join(trial.content, '../feed.xml');
    writeFileSync(
      file,
      atom([
        ['A', `${OLD}first`, `${OLD}a/`, '2024-01-01T00:00:00Z'],
        ['B', `${OLD}second`, `${OLD}b/`, '2024-01-02T00:00:00Z'],
      ]),
    );
    const rehearse = () => runCommand(['rehearse', trial.content, '--against', file], NOW);
    expect((await rehearse()).printed).toContain('Subscribers would see 2 entries again in all readers.');
    await trial.adopt(file);
    expect((await rehearse()).printed).not.toContain('again in all readers');
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
