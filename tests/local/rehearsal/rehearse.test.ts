/** `feedwright rehearse`, from what is typed to what is said. */

import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { build } from '../../../local/library.ts';
import { runCommand } from '../../support/run-command.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const SITE = 'title: Tides\nurl: https://tides.example/\nredirects:\n  /feed/: /rss.xml\n  /feed/atom/: /atom.xml\n';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'feedwright-rehearse-'));
  write('content/site.yaml', SITE);
  for (const n of [1, 2, 3]) article(n, `id: https://tides.example/?p=${n}\n`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function article(n: number, more = ''): void {
  write(`content/post-${n}.md`, `---\ntitle: Post ${n}\ndate: 2026-01-0${n}\n${more}---\nWords.\n`);
}

function oldFeed({
  ids = [1, 2, 3].map((n) => `https://tides.example/?p=${n}`),
  self = 'https://tides.example/feed/',
} = {}): string {
  const items = ids.map(
    (id, index) =>
      `<item><title>Post ${index + 1}</title><link>https://tides.example/post-${index + 1}/</link>` +
      `<guid isPermaLink="false">${id}</guid><pubDate>0${index + 1} Jan 2026 00:00:00 GMT</pubDate></item>`,
  );
  write(
    'old.xml',
    `<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Old</title>` +
      `<link>https://tides.example/</link><atom:link rel="self" href="${self}"/>${items.reverse().join('')}</channel></rss>`,
  );
  return join(folder, 'old.xml');
}

async function rehearse(...args: readonly string[]) {
  const { code, printed, noted } = await runCommand(['rehearse', join(folder, 'content'), ...args], NOW);
  return { code, lines: printed.trimEnd().split('\n'), noted };
}

describe('rehearse', () => {
  it('is content where all ids are kept', async () => {
    const { code, lines } = await rehearse('--against', oldFeed({ self: 'https://tides.example/rss.xml' }));
    expect(lines).toEqual([
      'Subscribers would see no entry again.',
      '',
      expect.stringMatching(/old\.xml \(RSS\): 3 of 3 entries found again in \/rss\.xml\.$/),
    ]);
    expect(code).toBe(0);
  });

  it('says first how many entries all readers would show again, and fails', async () => {
    for (const n of [1, 2, 3]) article(n);
    const { code, lines } = await rehearse('--against', oldFeed());
    expect(lines[0]).toBe('Subscribers would see 3 entries again in all readers.');
    expect(lines.join('\n')).toContain('3 entries with another id: again in all readers.');
    expect(lines.join('\n')).toMatch(/https:\/\/tides\.example\/\?p=3 → urn:uuid:\S+ “Post 3”/);
    expect(lines.join('\n')).toContain('feedwright adopt');
    expect(code).toBe(1);
  });

  it('warns only of what one reader shows again', async () => {
    article(1, 'id: https://tides.example/?p=1\npermalink: /new-place/\n');
    const { code, lines } = await rehearse('--against', oldFeed());
    expect(lines[0]).toBe('Subscribers would see 1 entry again in some readers, and none in all.');
    expect(lines.join('\n')).toContain('1 entry with another link or title: again in sfeed.');
    expect(lines.join('\n')).toContain('1 entry whose old link would lead nowhere');
    expect(code).toBe(0);
  });

  it('counts what the new document shows alone, since readers do not read the archive', async () => {
    write('content/site.yaml', `${SITE}pageSize: 10\n`);
    const ids = Array.from({ length: 60 }, (_, index) => `https://tides.example/?p=${index + 1}`);
    for (const [index] of ids.entries())
      write(
        `content/post-${index + 1}.md`,
        `---\ntitle: Post ${index + 1}\ndate: 2026-01-01T00:00:${String(index).padStart(2, '0')}Z\n---\nWords.\n`,
      );
    const { lines } = await rehearse('--against', oldFeed({ ids }));
    const again = Number(/see (\d+) entries again in all/.exec(lines[0] ?? '')?.[1]);
    expect(again).toBeGreaterThan(5);
    expect(again).toBeLessThan(30);
    expect(lines.join('\n')).toContain(`${60 - again} entries with another id, in the archive alone: again in none.`);
  });

  it('counts each entry whose date of change differs, also where all were changed at one time', async () => {
    for (const n of [1, 2, 3]) article(n, `id: https://tides.example/?p=${n}\nupdated: 2026-02-02T00:00:00Z\n`);
    const entries = [1, 2, 3].map(
      (n) =>
        `<entry><title>Post ${n}</title><id>https://tides.example/?p=${n}</id><link href="https://tides.example/post-${n}/"/>` +
        `<published>2026-01-0${n}T00:00:00Z</published><updated>2026-02-02T00:00:00Z</updated></entry>`,
    );
    write(
      'old.xml',
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>Old</title><id>tag:old</id><link rel="self" href="https://tides.example/feed/atom/"/>${entries.join('')}</feed>`,
    );
    const { lines } = await rehearse('--against', join(folder, 'old.xml'));
    expect(lines[0]).toBe('Subscribers would see 3 entries again in some readers, and none in all.');
  });

  it('fails where nothing would answer at the old address', async () => {
    const { code, lines } = await rehearse('--against', oldFeed({ self: 'https://tides.example/rss/all/' }));
    expect(lines[0]).toBe('Subscribers would see no entry again, but for what is told here.');
    expect(lines.join('\n')).toContain('1 address of an old feed where nothing would answer');
    expect(code).toBe(1);
  });

  it('warns that sfeed follows no redirect, and does not fail', async () => {
    const { code, lines } = await rehearse('--against', oldFeed());
    expect(lines.join('\n')).toContain(
      '1 address of an old feed that answers with a redirect on AWS and Cloudflare Pages: sfeed',
    );
    expect(lines.join('\n')).toContain('https://tides.example/feed/ → https://tides.example/rss.xml “Old”');
    expect([code, lines[0]]).toEqual([0, 'Subscribers would see no entry again.']);
  });

  it('finds the feed at an old address with a query, and one of a tag', async () => {
    write('content/site.yaml', `${SITE}  /?feed=rss2: /rss.xml\n  /tag/sea/feed/: /tags/sea/rss.xml\n`);
    article(1, 'id: https://tides.example/?p=1\ntags: sea\n');
    const query = await rehearse('--against', oldFeed({ self: 'https://tides.example/?feed=rss2' }));
    expect([query.code, query.lines[2]]).toEqual([0, expect.stringContaining('found again in /rss.xml')]);
    const ids = ['https://tides.example/?p=1'];
    const tag = await rehearse('--against', oldFeed({ ids, self: 'https://tides.example/tag/sea/feed/' }));
    expect([tag.code, tag.lines[2]]).toEqual([
      0,
      expect.stringContaining('1 of 1 entries found again in /tags/sea/rss.xml'),
    ]);
  });

  it('tells of another format under the old address', async () => {
    write('content/site.yaml', SITE.replace('/feed/: /rss.xml', '/feed/: /atom.xml'));
    const { code, lines } = await rehearse('--against', oldFeed());
    expect(lines.join('\n')).toContain('3 entries in another format under the old address: again in yarr.');
    expect(code).toBe(0);
  });

  it('compares several feeds, and counts an entry once', async () => {
    for (const n of [1, 2, 3]) article(n);
    const place = oldFeed();
    cpSync(place, join(folder, 'other.xml'));
    const { lines } = await rehearse('--against', place, '--against', join(folder, 'other.xml'));
    expect(lines[0]).toBe('Subscribers would see 3 entries again in all readers.');
    expect(lines.filter((line) => line.includes('entries found again'))).toHaveLength(2);
  });

  it('goes on from the state of a build, and changes neither it nor the folder', async () => {
    for (const n of [1, 2, 3]) article(n);
    const out = join(folder, 'public');
    await build({ folder: join(folder, 'content'), out, now: () => NOW });
    const state = `${out}.feedwright.db`;
    const published = join(folder, 'published.xml');
    cpSync(join(out, 'rss.xml'), published);
    for (const n of [1, 2, 3]) article(n, `slug: other-${n}\n`);
    write('content/site.yaml', `${SITE}id: another\n`);
    const before = [readFileSync(state), readdirSync(join(folder, 'content')).join()];
    const { code, lines } = await rehearse('--against', published, '--state', state);
    expect([code, lines[0]]).toEqual([0, 'Subscribers would see 3 entries again in some readers, and none in all.']);
    expect([readFileSync(state), readdirSync(join(folder, 'content')).join()]).toEqual(before);
    expect(existsSync(join(folder, 'content', '.feedwright'))).toBe(false);
    // Without it the rehearsal is one of a first build, whose ids are made from the new settings.
    expect((await rehearse('--against', published)).code).toBe(1);
  });

  it('says it in JSON, too', async () => {
    const { lines } = await rehearse('--against', oldFeed(), '--json');
    expect(JSON.parse(lines.join('\n'))).toMatchObject({
      ...{ againInAll: 0, againInSome: 0, isFailed: false },
      feeds: [
        {
          format: 'RSS',
          oldCount: 3,
          matchedCount: 3,
          comparedWith: 'rss.xml',
          differences: [{ kind: 'address-moved' }],
        },
      ],
    });
  });

  it('says what is wrong with what it was given', async () => {
    expect((await rehearse()).noted).toContain('--against is missing');
    expect(await rehearse('--against', join(folder, 'none.xml'))).toMatchObject({
      code: 3,
      noted: expect.stringContaining('is no file'),
    });
    expect((await rehearse('--against', oldFeed(), '--state', 'none.db')).noted).toContain('no state file none.db');
    write('content/site.yaml', 'title: [\n');
    expect(await rehearse('--against', oldFeed())).toMatchObject({
      code: 3,
      noted: expect.stringContaining('site.yaml'),
    });
  });
});
