import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readOldFeed } from '../../../local/old-feed/read-old-feed.ts';
import { makeTrialFolder } from '../../support/import-trial.ts';
import { type LoopbackServer, startLoopback } from '../../support/loopback.ts';

const servers: LoopbackServer[] = [];

/** Serves texts by path and query, in which ORIGIN stands for the server's own address; all else is not there. */
async function serve(pages: Readonly<Record<string, string>>): Promise<string> {
  const server = await startLoopback((request, response) => {
    const text = pages[request.url ?? ''];
    response.statusCode = text === undefined ? 404 : 200;
    response.end((text ?? rss('')).replaceAll('ORIGIN', server.origin));
  });
  servers.push(server);
  return server.origin;
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

function rss(items: string, generator = ''): string {
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Old</title><link>https://old.example/</link>
<generator>${generator}</generator>${items}</channel></rss>`;
}

const item = (id: string) => `<item><title>T</title><guid isPermaLink="false">${id}</guid></item>`;

function atom(path: string, older: string | null, ids: readonly string[]): string {
  const link = older === null ? '' : `<link rel="prev-archive" href="${older}"/>`;
  return `<feed xmlns="http://www.w3.org/2005/Atom"><id>https://old.example/feed-id</id><title>Old</title>
<link rel="self" href="https://old.example/${path}"/>${link}
${ids.map((id) => `<entry><id>${id}</id><title>T</title><updated>2024-01-01T00:00:00Z</updated></entry>`).join('')}</feed>`;
}

const idsOf = async (place: string) => (await readOldFeed(place)).entries.map(({ id }) => id);

describe('an old feed', () => {
  it('of WordPress is read page by page until its 404, although that is a feed too', async () => {
    const generator = 'https://wordpress.org/?v=7.1';
    const origin = await serve({
      '/feed/': rss(item('https://old.example/?p=3'), generator),
      '/feed/?paged=2': rss(item('https://old.example/?p=2'), generator),
      '/feed/?paged=3': rss(item('https://old.example/?p=1'), generator),
    });
    const feed = await readOldFeed(`${origin}/feed/`);
    expect(feed.entries.map(({ id }) => id)).toEqual([3, 2, 1].map((n) => `https://old.example/?p=${n}`));
    expect(feed.missing).toEqual([]);
  });

  it('of WordPress in Atom, which names its program without an address, is read page by page too', async () => {
    const generator = '<generator uri="https://wordpress.org/" version="6.1.9">WordPress</generator>';
    const page = (id: string) => atom('feed/atom/', null, [id]).replace('<title>Old', `${generator}<title>Old`);
    const origin = await serve({ '/feed/atom/': page('tag:b'), '/feed/atom/?paged=2': page('tag:a') });
    expect(await idsOf(`${origin}/feed/atom/`)).toEqual(['tag:b', 'tag:a']);
  });

  it('of WordPress is read once where every number gives the first page', async () => {
    const first = rss(item('https://old.example/?p=1'), 'https://wordpress.org/?v=7.1');
    const origin = await serve({ '/feed/': first, '/feed/?paged=2': first, '/feed/?paged=3': first });
    expect(await idsOf(`${origin}/feed/`)).toEqual(['https://old.example/?p=1']);
  });

  it('keeps the white space around an id beside the id', async () => {
    const origin = await serve({
      '/rss.xml': rss(item('\n  a '), ''),
      '/atom.xml': atom('atom.xml', null, [' tag:a', 'tag:b']),
    });
    const of = async (place: string) =>
      (await readOldFeed(`${origin}${place}`)).entries.map(({ id, writtenId }) => [id, writtenId]);
    expect(await of('/rss.xml')).toEqual([['a', '\n  a ']]);
    expect(await of('/atom.xml')).toEqual([
      ['tag:a', ' tag:a'],
      ['tag:b', undefined],
    ]);
  });

  it('in Atom is read with its archive, and its own id is known', async () => {
    const origin = await serve({
      '/atom.xml': atom('atom.xml', 'ORIGIN/archive/1.xml', ['tag:b', 'tag:c']),
      '/archive/1.xml': atom('archive/1.xml', null, ['tag:a']),
    });
    const feed = await readOldFeed(`${origin}/atom.xml`);
    expect(feed.entries.map(({ id }) => id)).toEqual(['tag:b', 'tag:c', 'tag:a']);
    expect(feed.pages[0]?.id).toBe('https://old.example/feed-id');
  });

  it('in JSON is read with what follows; an id that is a number is its digits', async () => {
    const page = (items: readonly unknown[], next?: string) =>
      JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'Old', next_url: next, items });
    const origin = await serve({
      '/feed.json': page([{ id: 42, content_text: 'x' }], 'ORIGIN/feed.json?page=2'),
      '/feed.json?page=2': page([{ id: 'seven', content_text: 'x' }]),
    });
    expect(await idsOf(`${origin}/feed.json`)).toEqual(['42', 'seven']);
  });

  it('in a file is read with the pages that lie beside it', async () => {
    const folder = makeTrialFolder();
    mkdirSync(join(folder, 'archive'));
    writeFileSync(join(folder, 'atom.xml'), atom('atom.xml', 'https://old.example/archive/1.xml', ['tag:b']));
    writeFileSync(join(folder, 'archive/1.xml'), atom('archive/1.xml', null, ['tag:a']));
    expect(await idsOf(join(folder, 'atom.xml'))).toEqual(['tag:b', 'tag:a']);
  });

  it('says which older pages are not there', async () => {
    const origin = await serve({ '/atom.xml': atom('atom.xml', 'ORIGIN/gone.xml', ['tag:b']) });
    expect(await readOldFeed(`${origin}/atom.xml`)).toMatchObject({ missing: [`${origin}/gone.xml`] });
  });

  it('ends where its pages lead in a circle', async () => {
    const origin = await serve({ '/atom.xml': atom('atom.xml', 'ORIGIN/atom.xml', ['tag:b']) });
    expect(await idsOf(`${origin}/atom.xml`)).toEqual(['tag:b']);
  });

  it.each([
    ['is not there', '/nothing'],
    ['is no feed', '/page.html'],
  ])('that %s is an error with what to do', async (what, path) => {
    const origin = await serve({ '/page.html': '<html><body>Hello</body></html>' });
    await expect(readOldFeed(origin + path)).rejects.toMatchObject({
      message: expect.stringContaining(what),
      fix: expect.stringMatching(/address|Name a document/),
    });
  });

  it('that is a path to nothing is an error', async () => {
    await expect(readOldFeed('no/such/file.xml')).rejects.toThrow('no/such/file.xml is no file.');
  });
});
