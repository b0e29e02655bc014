/** What `build --for` writes, and what real servers make of it. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APACHE } from '../../../local/hosting/apache.ts';
import { CADDY } from '../../../local/hosting/caddy.ts';
import { HOST_NAMES, type HostName } from '../../../local/hosting/host-names.ts';
import { NGINX } from '../../../local/hosting/nginx.ts';
import { CLOUDFLARE_PAGES, NETLIFY } from '../../../local/hosting/static-hosts.ts';
import { build } from '../../../local/library.ts';
import { runCommand } from '../../support/run-command.ts';
import { isInstalled, SERVER_PROGRAMS, startWebServer, type WebServer } from '../../support/web-servers.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const SITE = `title: Tides
url: https://tides.example/
redirects:
  /feed/: /rss.xml
  /feed/atom/: /atom.xml
  /feed/json/: /feed.json
  /gone/feed/: /tags/gone/rss.xml
  /thema/süd/feed/: /tags/süd/rss.xml
  /tag/sea/feed/: /tags/sea/rss.xml
  /tag/über/: /tags/sea/
  /index.xml: /rss.xml
  /feed.xml: /atom.xml
  /?feed=rss2: /rss.xml
  /?feed=rss2&cat=2: /tags/sea/rss.xml
  /old/page.html: https://elsewhere.example/x?a=1&b=2
`;
const A = '---\ntitle: A\ndate: 2026-01-01\ntags: [sea, süd]\naliases: ["/?p=64", /2019/a.html]\n---\nWords.\n';

const RSS = { path: 'rss.xml', contentType: 'application/rss+xml; charset=utf-8' };

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'feedwright-hosts-'));
  write('content/site.yaml', SITE);
  write('content/a.md', A);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function read(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

async function publishFor(host: HostName) {
  return build({ folder: join(folder, 'content'), out: join(folder, host), host, now: () => NOW });
}

describe.each(Object.entries(SERVER_PROGRAMS))('the rules for %s', (name, program) => {
  let server: WebServer;
  const isMissing = !isInstalled(program);
  beforeAll(async () => {
    if (isMissing) return;
    await publishFor(name as HostName);
    server = await startWebServer(program, join(folder, `server-${name}`), join(folder, name));
  });
  afterAll(async () => server?.close());

  const ask = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
    const answer = await fetch(server.origin + path, { redirect: 'manual', headers });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };

  it.skipIf(isMissing).each([
    ['/feed/', 'rss.xml', 'application/rss+xml'],
    ['/feed/atom/', 'atom.xml', 'application/atom+xml'],
    ['/feed/json/', 'feed.json', 'application/feed+json'],
    ['/tag/sea/feed/', 'tags/sea/rss.xml', 'application/rss+xml'],
    ['/thema/s%C3%BCd/feed/', 'tags/s\u00fcd/rss.xml', 'application/rss+xml'],
    ['/?feed=rss2', 'rss.xml', 'application/rss+xml'],
    ['/index.php?feed=rss2', 'rss.xml', 'application/rss+xml'],
    ['/?cat=2&feed=rss2', 'tags/sea/rss.xml', 'application/rss+xml'],
    ['/?feed=rss2&cat=2', 'tags/sea/rss.xml', 'application/rss+xml'],
  ])('give %s the bytes of %s, since sfeed follows no redirect', async (path, feed, type) => {
    const { status, headers, text } = await ask(path);
    expect([status, headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`]);
    expect(headers.get('cache-control')).toBe('public, max-age=300');
    expect(text).toBe(read(`${name}/${feed}`));
    const again = await ask(path, { 'if-none-match': headers.get('etag') ?? '' });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it.skipIf(isMissing)('give it at a folder without its slash too, or lead to the slash, as Apache does', async () => {
    const { status, headers, text } = await ask('/feed');
    if (name === 'apache') expect([status, headers.get('location')]).toEqual([301, `${server.origin}/feed/`]);
    else expect([status, text]).toEqual([200, read(`${name}/rss.xml`)]);
  });

  it.skipIf(isMissing).each([
    ['/tag/%C3%BCber/', 'https://tides.example/tags/sea/'],
    ['/?p=64', 'https://tides.example/a/'],
    ['/2019/a.html', 'https://tides.example/a/'],
    ['/old/page.html', 'https://elsewhere.example/x?a=1&b=2'],
  ])('lead from %s to %s at once', async (path, target) => {
    const answer = await ask(path);
    const location = answer.headers.get('location') ?? '';
    if (!location.startsWith(server.origin)) expect([answer.status, location]).toEqual([301, target]);
    else
      expect(await ask(location.slice(server.origin.length)).then(({ headers }) => headers.get('location'))).toBe(
        target,
      );
  });

  it.skipIf(isMissing).each([
    ['/rss.xml', 'application/rss+xml'],
    ['/tags/sea/atom.xml', 'application/atom+xml'],
    ['/feed.json', 'application/feed+json'],
    ['/index.xml', 'application/rss+xml'],
    ['/feed.xml', 'application/atom+xml'],
    ['/feeds.opml', 'text/x-opml'],
  ])('give %s its type, and say for how long it may be kept', async (path, type) => {
    const { status, headers, text } = await ask(path);
    expect([status, headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`]);
    expect(headers.get('cache-control')).toBe('public, max-age=300');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(text).toBe(read(`${name}${path}`));
  });

  it.skipIf(isMissing)('leave the pages as they are, also with a query that says nothing', async () => {
    for (const path of ['/', '/?utm_source=x', '/a/'])
      expect(await ask(path), path).toMatchObject({ status: 200, text: expect.stringContaining('<!doctype html>') });
  });

  it.skipIf(isMissing)('show the publication’s own page where there is nothing', async () => {
    for (const path of ['/nothing/', '/gone/feed/', '/tags/gone/rss.xml']) {
      const { status, headers, text } = await ask(path);
      expect([status, headers.get('content-type'), text], path).toEqual([
        404,
        expect.stringMatching(/^text\/html/),
        read(`${name}/404.html`),
      ]);
    }
  });
});

describe('the rules for hosts that are not here', () => {
  it('for Netlify go before the pages that lead on, and put the values of queries into paths', async () => {
    expect((await publishFor('netlify')).problems).toEqual([]);
    const rules = read('netlify/_redirects');
    expect(rules).toContain('\n/feed/ /rss.xml 200!\n');
    expect(rules).toContain('\n/thema/s%C3%BCd/feed/ /tags/s%C3%BCd/rss.xml 200!\n');
    expect(rules).toContain('\n/_query/feed/rss2/ /rss.xml 200!\n');
    expect(rules).toContain('\n/ cat=:cat feed=:feed /_query/cat/:cat/feed/:feed/ 301!\n');
    expect(rules.indexOf(' cat=:cat feed=')).toBeLessThan(rules.indexOf('/ feed=:feed '));
    expect(rules).toContain('\n/_query/p/64/ https://tides.example/a/ 301!\n');
    expect(read('netlify/_headers')).toContain(
      '\n/index.xml\n  Content-Type: application/rss+xml; charset=utf-8\n  Cache-Control: public, max-age=300\n',
    );
  });

  it('for Cloudflare Pages name a folder with its slash and without, and tell which feeds are lost', async () => {
    const { problems } = await publishFor('cloudflare-pages');
    expect(read('cloudflare-pages/_redirects')).toContain(
      '\n/feed/ https://tides.example/rss.xml 301\n/feed https://tides.example/rss.xml 301\n',
    );
    expect(problems).toMatchObject([{ code: 'feed-address-lost', severity: 'warning' }]);
    expect(problems[0]?.message).toContain('/?feed=rss2, /?cat=2&feed=rss2:');
  });

  it('for GitHub Pages there are none, and it tells which feeds are lost', async () => {
    const { problems } = await publishFor('github-pages');
    expect(problems.map(({ message }) => message)).toEqual([
      'GitHub Pages can’t redirect /feed/, /feed/atom/, /feed/json/, /gone/feed/, /thema/s%C3%BCd/feed/, /tag/sea/feed/, /?feed=rss2, /?cat=2&feed=rss2: who subscribes there sees nothing new.',
    ]);
    expect(read('github-pages/.nojekyll')).toContain('feedwright');
    expect(read('github-pages/index.xml')).toBe(read('github-pages/rss.xml'));
  });

  it.each([
    ['Cloudflare Pages', CLOUDFLARE_PAGES, 1_000],
    ['Netlify', NETLIFY, 10_000],
    ['Apache', APACHE, 2_000],
  ] as const)('leave out what is beyond the limit of %s, and that is no feed', (_, host, countMax) => {
    const addressAt = (path: string, isFeed: boolean) => ({
      ...{ shown: path, path, query: null, target: 'https://tides.example/a/', feed: isFeed ? RSS : null },
    });
    const pages = Array.from({ length: countMax + 5 }, (_each, index) => addressAt(`/old/${index}/`, false));
    const { files, excess } = host.plan({
      site: { url: 'https://tides.example/' },
      addresses: [addressAt('/feed/', true), ...pages],
      documents: [],
    });
    expect(excess).toEqual(pages.slice(countMax - 1));
    expect(files[0]?.text).toContain('feed/');
  });

  it('leave out what their files can’t say', () => {
    const address = { shown: '/a"b/', path: '/a%22b/', query: null, target: 'https://tides.example/', feed: RSS };
    for (const host of [NGINX, CADDY, APACHE, NETLIFY, CLOUDFLARE_PAGES]) {
      const { lost } = host.plan({ site: { url: 'https://tides.example/' }, addresses: [address], documents: [] });
      expect(lost, host.title).toEqual([address]);
    }
  });

  it('lead to a feed whose path they can’t say', () => {
    const feed = { ...RSS, path: 'tags/100%/rss.xml' };
    const target = 'https://a.example/tags/100%25/rss.xml';
    const input = {
      site: { url: 'https://a.example/' },
      addresses: [{ shown: '/feed/', path: '/feed/', query: null, target, feed }],
      documents: [],
    };
    expect(NGINX.plan(input).files[0]?.text).toContain(`location = "/feed/" { return 301 "${target}"; }`);
    expect(CADDY.plan(input).files[0]?.text).toContain(`"/feed/" "${target}" "" ""`);
    expect(APACHE.plan(input).files[0]?.text).toContain('[R=301,L,NE,QSD]');
    expect(NETLIFY.plan(input).files[0]?.text).toContain(`/feed/ ${target} 301!`);
  });

  it('have the path of the site in front', () => {
    const address = {
      shown: '/feed/',
      path: '/feed/',
      query: null,
      target: 'https://a.example/blog/rss.xml',
      feed: RSS,
    };
    const input = { site: { url: 'https://a.example/blog/' }, addresses: [address], documents: [] };
    expect(NGINX.plan(input).files[0]?.text).toContain('location = "/blog/feed/" ');
    expect(NGINX.plan(input).files[0]?.text).toContain('try_files "/blog/rss.xml" =404;');
    expect(CADDY.plan(input).files[0]?.text).toContain('"/blog/feed/" "" "/blog/rss.xml"');
    expect(APACHE.plan(input).files[0]?.text).toContain('RewriteBase /blog/');
    expect(NETLIFY.plan(input).files[0]?.text).toContain('/blog/feed/ /blog/rss.xml 200!');
  });
});

describe('a file that somebody else has written', () => {
  it('stays, and is told', async () => {
    write('kept/.htaccess', 'Deny from all\n');
    const { problems } = await build({
      folder: join(folder, 'content'),
      out: join(folder, 'kept'),
      host: 'apache',
      now: () => NOW,
    });
    expect(read('kept/.htaccess')).toBe('Deny from all\n');
    expect(problems).toMatchObject([{ code: 'host-rules', message: expect.stringContaining('is there already') }]);
  });
});

describe('build --for', () => {
  it('knows its hosts, and takes no bucket', async () => {
    const say = async (...args: readonly string[]) => (await runCommand(['build', 'content', ...args], NOW)).noted;
    expect(await say('--out', 'x', '--for', 'netlfy')).toContain('--for netlfy is not a host that is known (netlify)');
    expect(await say('--out', 's3://bucket', '--for', 'nginx')).toContain('--out names a bucket');
    for (const host of HOST_NAMES) expect((await runCommand(['build', '--help'], NOW)).printed, host).toContain(host);
  });
});
