/** What a takedown waits for and does itself, on stores in memory that keep compressed copies. */

import { describe, expect, it } from 'vitest';
import { type Store, StoreError } from '../../../../lambda/store/store.ts';
import { feedLane, takedownKey } from '../../../../lambda/work/protocol/lanes.ts';
import type { TestPublication } from '../../../support/publication.ts';
import { findText, publish, run } from '../../../support/takedown.ts';

const PHOTO = new Uint8Array([0xff, 0xd8, 0xff, 0xe0]);
const MINUTE_MS = 60_000;

const article = (index: number): string => {
  const date = new Date(Date.UTC(2026, 4, 31) + index * MINUTE_MS).toISOString();
  return `---\ntitle: Title${index}x\ndate: ${date}\naliases: [/old${index}/]\n---\n\nBody${index}x\n`;
};

/** 120 articles, of which 20 were removed: some archive pages are no more, and have n31 and others still. */
async function publishLong(wrap?: (bucket: Store) => Store): Promise<TestPublication> {
  const publication = await publish({ 'site.yaml': 'newsSitemap: true\n' }, wrap, { sitemapDelayMs: 5 * MINUTE_MS });
  for (let index = 0; index < 120; index += 1) await publication.put(`n${index}.md`, article(index));
  await publication.settle();
  for (let index = 20; index < 60; index += 2) await publication.put(`n${index}.md`, null);
  await publication.settle();
  publication.now += 10 * MINUTE_MS;
  await publication.publisher.tick();
  await publication.settle();
  return publication;
}

/** All titles of the history, as a reader comes to them. */
async function walkTitles({ public: documents }: TestPublication): Promise<ReadonlySet<string>> {
  const titles = new Set<string>();
  for (let path: string | null = 'feed.json'; path !== null; ) {
    const text = new TextDecoder().decode((await documents.read(path))?.body);
    const feed: { items: { title: string }[]; next_url?: string } = JSON.parse(text);
    for (const { title } of feed.items) titles.add(title);
    path = feed.next_url === undefined ? null : new URL(feed.next_url).pathname.slice(1);
  }
  return titles;
}

const OF_31 = /Title31x|Body31x|\/n31\//;

describe('a takedown', () => {
  it('finds an entry by either form of its id', async () => {
    const text = (title: string, id: string): string =>
      `---\ntitle: ${title}\nid: ${id}\ndate: 2026-05-01\n---\nBody of ${title}.\n`;
    const publication = await publish({ 'a.md': text('Wanted', '42') });
    await publication.settle();
    await publication.put('b.md', text('Other', '43'));
    await publication.settle();
    expect(await findText(publication, />42<|"id":"42"|:42</)).not.toEqual([]);
    const { code } = await run(publication, 'a.md');
    expect(code).toBe(0);
    expect(await findText(publication, />42<|"id":"42"|:42<|Wanted/)).toEqual([]);
    expect(await findText(publication, /"id":"43"/)).not.toEqual([]);
  });

  it('leaves nothing of an article in any document, sitemap, redirect or compressed copy', async () => {
    const publication = await publishLong();
    const holders = await findText(publication, OF_31);
    for (const path of ['sitemap.xml', 'news-sitemap.xml', 'old31/index.html', 'n31/index.html.br', 'feed.json.gz']) {
      if (!path.startsWith('feed')) expect(holders).toContain(path);
    }
    expect(holders.filter((path) => path.startsWith('archive/')).length).toBeGreaterThan(12);
    const { code, said, tookMs } = await run(publication, 'n31.md');
    expect(said).toMatch(/is asked to remove \d archive pages? that (is|are) no more and still ha(s|ve) it/);
    expect(said).toContain('No public document has n31.md any more.');
    expect(code).toBe(0);
    expect(await findText(publication, OF_31)).toEqual([]);
    // The publisher makes sitemaps five minutes after a change by itself.
    expect(tookMs).toBeLessThan(30_000);
  });

  it('finds pages that are no more although the publisher was through before it came', async () => {
    const publication = await publishLong();
    await publication.put('n31.md', null);
    await publication.settle();
    expect((await findText(publication, /Body31x/)).length).toBeGreaterThan(0);
    expect(await run(publication, 'n31.md')).toMatchObject({ code: 0, said: expect.stringContaining('to remove') });
    expect(await findText(publication, OF_31)).toEqual([]);
    expect(await run(publication, 'n31.md')).toMatchObject({ code: 0, said: expect.not.stringContaining('to remove') });
  });

  it('removes no page of the history that there is', async () => {
    const publication = await publishLong();
    await run(publication, 'n31.md');
    expect((await walkTitles(publication)).size).toBe(99);
  });

  it('leaves a page whole that came back before its old documents were removed', async () => {
    const publication = await publishLong();
    await publication.put('n31.md', null);
    await publication.settle();
    let isDue = true;
    const work = async () => {
      if (isDue) for (let index = 20; index < 60; index += 2) await publication.put(`n${index}.md`, article(index));
      isDue = false;
      await publication.settle();
    };
    expect(await run(publication, 'n31.md', { work })).toMatchObject({ code: 0 });
    expect(await findText(publication, OF_31)).toEqual([]);
    expect((await walkTitles(publication)).size).toBe(119);
    const before = await publication.documents();
    await publication.publisher.repair();
    await publication.settle();
    expect([...(await publication.documents()).keys()].filter((path) => !before.has(path))).toEqual([]);
  });

  it('removes pages that are no more portion by portion, from where it was', async () => {
    const publication = await publish({ 'a.md': '---\nid: 42\n---\n# Alpha\n\nOne.\n', 'b.md': '# Beta\n\nTwo.\n' });
    await publication.settle();
    expect(await run(publication, 'a.md')).toMatchObject({ code: 0 });
    const names = Array.from({ length: 60 }, (_, index) => `2020-01-01-${String(index).padStart(12, '0')}`);
    const write = (name: string, id: string) =>
      publication.public.write(`archive/${name}/feed.json`, new TextEncoder().encode(`{"items":[{"id":"${id}"}]}`));
    for (const name of names) await write(name, '42');
    await write('2020-01-02-000000000000', '43');
    const former = async () =>
      [...(await publication.documents()).keys()].filter((path) => path.startsWith('archive/'));
    const lane = feedLane('all');
    await publication.publisher.laneWork(lane, [{ lane, key: takedownKey(names[4]) }]);
    expect(await former()).toHaveLength(5 + 5 + 1);
    await publication.settle();
    expect(await former()).toHaveLength(5 + 1);
    await publication.publisher.laneWork(lane, [{ lane, key: takedownKey() }]);
    expect(await former()).toEqual(['archive/2020-01-02-000000000000/feed.json']);
    // What is public and not on the list is nobody's to remove, and a damaged document may have anything.
    await write(names[0] ?? '', '43","');
    await publication.publisher.laneWork(lane, [{ lane, key: takedownKey() }]);
    expect(await former()).toEqual(['archive/2020-01-02-000000000000/feed.json']);
  });

  it('is not done while a compressed copy is as it was', async () => {
    let isDying = false;
    const publication = await publish(
      { 'a.md': '---\ndate: 2026-01-01\n---\n# Alpha\n\nOne.\n', 'b.md': '# Beta\n\nTwo.\n' },
      (bucket) => ({
        ...bucket,
        async write(path, body, options) {
          if (isDying && /\.(br|gz)$/.test(path)) throw new StoreError('retry', 'Killed.');
          return bucket.write(path, body, options);
        },
      }),
    );
    await publication.settle();
    isDying = true;
    const first = await run(publication, 'a.md', { work: () => publication.settle().catch(() => undefined) });
    expect(await findText(publication, /Alpha/)).not.toContain('rss.xml');
    expect(first).toMatchObject({ code: 1, said: expect.stringContaining('\n  rss.xml.br') });
    isDying = false;
    expect(await run(publication, 'a.md')).toMatchObject({ code: 0 });
    expect(await findText(publication, /Alpha/)).toEqual([]);
  });

  it('says what is still public, and what holds it up', async () => {
    const publication = await publish({ 'a.md': '# Alpha\n\nOne.\n', 'b.md': '# Beta\n\nTwo.\n' });
    await publication.settle();
    const { code, said, tookMs } = await run(publication, 'a.md', { work: async () => {} });
    expect(code).toBe(1);
    expect(tookMs).toBe(180_000);
    expect(said).toMatch(
      /a\.md is still public at these paths of the site bucket:\n {2}a\/index\.html\n {2}rss\.xml\n/,
    );
    expect(said).toContain('has not looked at the removal yet');
    expect(said).toContain('2 messages, and 1 dead letters');
    expect(said).toContain('feedwright redrive');
    const work = async () => void (await publication.publisher.articleWork([{ key: 'a.md' }]));
    const second = await run(publication, 'a.md', { work });
    expect(second).toMatchObject({ code: 1, said: expect.stringContaining('Not taken out of these feeds yet: all') });
    expect(await run(publication, 'a.md')).toMatchObject({ code: 0 });
    expect(await findText(publication, /Alpha/)).toEqual([]);
  });

  it('tells a redirect by what it is, whatever its path ends with', async () => {
    const text = '---\naliases: [/index.json, /old.xml]\n---\n# Alpha\n\nOne.\n';
    const publication = await publish({ 'a.md': text, 'b.md': '# Beta\n\nTwo.\n' });
    await publication.settle();
    const still = await run(publication, 'a.md', { work: async () => {} });
    expect(still.said).toContain('\n  index.json\n');
    expect(still.said).toContain('\n  old.xml\n');
    expect(await run(publication, 'a.md')).toMatchObject({ code: 0 });
    expect([...(await publication.documents()).keys()]).not.toContain('old.xml');
  });

  it('takes what is damaged for one that may have it, and says what to do', async () => {
    const publication = await publish({ 'a.md': '# Alpha\n\nOne.\n', 'b.md': '# Beta\n\nTwo.\n' });
    await publication.settle();
    await run(publication, 'a.md');
    for (const path of ['feed.json', 'rss.xml.br']) await publication.public.write(path, new TextEncoder().encode('{'));
    const { code, said } = await run(publication, 'a.md');
    expect(code).toBe(1);
    expect(said).toContain('nobody can tell what they have: rss.xml.br, feed.json. Run feedwright repair');
    await publication.publisher.repair();
    await publication.settle();
    expect(await run(publication, 'a.md')).toMatchObject({ code: 0 });
  });

  it('looks at everything before it gives up: what was not public when it began may be by then', async () => {
    const publication = await publish({ 'site.yaml': 'title: T\n' });
    await publication.settle();
    await publication.put('a.md', '# Alpha\n\nOne.\n');
    await publication.publisher.articleWork([{ key: 'a.md' }]);
    const work = async () =>
      void (await publication.publisher.laneWork(feedLane('all'), [{ lane: feedLane('all'), key: 'a.md' }]));
    const { code, said } = await run(publication, 'a.md', { work });
    expect(await findText(publication, /Alpha/)).toContain('rss.xml');
    expect(code).toBe(1);
    expect(said).toContain('a.md is still public at these paths of the site bucket:\n  rss.xml\n');
  });

  it('says that it stopped half way', async () => {
    const publication = await publish({ 'a.md': '# Alpha\n\nOne.\n' });
    await publication.settle();
    const said: string[] = [];
    const read = async () => Promise.reject(new StoreError('retry', 'No answer.'));
    const terminal = {
      print: (line: string) => void said.push(line),
      note: (line: string) => void said.push(line),
      style: (_: unknown, text: string) => text,
      startProgress: () => ({ update() {}, stop() {} }),
    };
    const failing = run(publication, 'a.md', { terminal }, { publicObjects: { ...publication.public, read } });
    await expect(failing).rejects.toThrow('No answer.');
    expect(said.at(-1)).toBe(
      'The takedown stopped half way: public documents and the CDN may still have a.md. Run it again.',
    );
    expect(await run(publication, 'a.md')).toMatchObject({ code: 0 });
  });

  it('waits for the pictures that nobody else shows', async () => {
    const publication = await publish({
      'a.md': '# A\n\n![](own.jpg) ![](both.jpg)\n',
      'b.md': '# B\n\n![](both.jpg)\n',
    });
    for (const key of ['own.jpg', 'both.jpg']) await publication.put(key, PHOTO);
    await publication.settle();
    const still = await run(publication, 'a.md', { work: async () => {} });
    expect(still.said).toContain('\n  own.jpg');
    expect(still.said).not.toContain('both.jpg');
    expect(await run(publication, 'a.md')).toMatchObject({ code: 0 });
    const paths = [...(await publication.documents()).keys()];
    expect(paths).not.toContain('own.jpg');
    expect(paths).toContain('both.jpg');
  });

  it('is done although Atom announces the removal', async () => {
    const publication = await publish({
      'site.yaml': 'deletedEntries: yes\n',
      'a.md': '# A\n\nOne.\n',
      'b.md': '# B\n\n2',
    });
    await publication.settle();
    expect(await run(publication, 'a.md')).toMatchObject({ code: 0 });
    expect((await publication.documents()).get('atom.xml')).toContain('deleted-entry');
  });

  it('is not held up by those who link to the article', async () => {
    const publication = await publish({
      'site.yaml': 'authors: [{ name: Ada, url: https://example.org/about/ }]\n',
      'about.md': '# About\n\nMe.\n',
      'b.md': '# B\n\n[About](/about/)\n',
    });
    await publication.settle();
    expect(await run(publication, 'about.md')).toMatchObject({ code: 0 });
  });

  it('of a file looks whether it is there, and reads it never', async () => {
    const publication = await publish({ 'a.md': '# A\n\n![](photo.jpg)\n' });
    await publication.put('photo.jpg', PHOTO);
    await publication.settle();
    const reads: string[] = [];
    const read: Store['read'] = (path, options) => {
      reads.push(path);
      return publication.public.read(path, options);
    };
    const publicObjects = { ...publication.public, read };
    const still = await run(publication, 'photo.jpg', { work: async () => {} }, { publicObjects });
    expect(still).toMatchObject({ code: 1, said: expect.stringContaining('\n  photo.jpg') });
    expect(reads).not.toContain('photo.jpg');
    // It is known as long as it is public, and as long as somebody refers to it.
    expect(await run(publication, 'photo.jpg')).toMatchObject({ code: 0 });
    expect((await publication.documents()).has('photo.jpg')).toBe(false);
    expect(await run(publication, 'photo.jpg')).toMatchObject({ code: 0 });
  });

  it('of a file is done when something else is at its address', async () => {
    const publication = await publish({
      'site.yaml': 'redirects: { /photo.jpg: /new/ }\n',
      'a.md': '# A\n\n![](photo.jpg)',
    });
    await publication.put('photo.jpg', PHOTO);
    await publication.settle();
    expect(await run(publication, 'photo.jpg')).toMatchObject({ code: 0 });
    expect((await publication.documents()).get('photo.jpg')).toContain('/new/');
  });

  it('knows a key that never was', async () => {
    const publication = await publish({});
    await expect(run(publication, 'nothing.md')).rejects.toMatchObject({ code: 'key-unknown' });
  });
});
