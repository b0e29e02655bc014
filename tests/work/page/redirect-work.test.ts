import { describe, expect, it } from 'vitest';
import { createTestPublication, type TestPublication } from '../../support/publication.ts';

const SITE = 'title: Test\nid: test\n';
const REDIRECT = /<meta http-equiv="refresh" content="0; url=([^"]*)">/;

async function publish(files: Readonly<Record<string, string>>): Promise<TestPublication> {
  const publication = await createTestPublication({ files });
  await publication.settle();
  return publication;
}

async function put(publication: TestPublication, key: string, text: string | null): Promise<void> {
  await publication.put(key, text);
  await publication.settle();
}

/** Where the document at a path leads; null when it is something else, undefined when there is none. */
async function targetAt(publication: TestPublication, path: string): Promise<string | null | undefined> {
  const text = (await publication.documents()).get(path);
  return text === undefined ? undefined : (REDIRECT.exec(text)?.[1] ?? null);
}

async function problemsOf(publication: TestPublication): Promise<readonly (readonly [string, string])[]> {
  const { problems } = await publication.publisher.overview();
  return problems.filter(({ code }) => code === 'redirect-covered').map(({ path, message }) => [path, message]);
}

describe('redirects of the settings', () => {
  it('are small pages at the old addresses, and lead to the end of a chain at once', async () => {
    const redirects = 'redirects:\n  /feed/: /rss.xml\n  /index.xml: /feed\n  /old: https://elsewhere.example/x?y#z\n';
    const publication = await publish({ 'site.yaml': SITE + redirects });
    expect(await targetAt(publication, 'feed/index.html')).toBe('https://example.org/rss.xml');
    expect(await targetAt(publication, 'index.xml')).toBe('https://example.org/rss.xml');
    expect(await targetAt(publication, 'old/index.html')).toBe('https://elsewhere.example/x?y#z');
  });

  it('go when their line goes, and move when it changes', async () => {
    const publication = await publish({ 'site.yaml': `${SITE}redirects: { /a.xml: /rss.xml, /b.xml: /rss.xml }\n` });
    await put(publication, 'site.yaml', `${SITE}redirects: { /a.xml: /atom.xml }\n`);
    expect(await targetAt(publication, 'a.xml')).toBe('https://example.org/atom.xml');
    expect(await targetAt(publication, 'b.xml')).toBeUndefined();
  });

  it('make room for an article, say so, and come back when it leaves', async () => {
    const publication = await publish({ 'site.yaml': `${SITE}redirects: { /about/: /contact/ }\n` });
    await put(publication, 'about.md', '# About\n\nUs.\n');
    expect(await targetAt(publication, 'about/index.html')).toBeNull();
    expect(await problemsOf(publication)).toEqual([['site.yaml', expect.stringContaining('about.md is at it')]]);
    await put(publication, 'about.md', null);
    expect(await targetAt(publication, 'about/index.html')).toBe('https://example.org/contact/');
    expect(await problemsOf(publication)).toEqual([]);
  });

  it('make room for a file, and come back when it goes', async () => {
    const files = { 'a.md': '# A\n\n[Plan](plan.pdf)\n', 'plan.pdf': '%PDF-1.4' };
    const publication = await publish({ 'site.yaml': `${SITE}redirects: { /plan.pdf: /plans/ }\n`, ...files });
    expect((await publication.documents()).get('plan.pdf')).toBe('%PDF-1.4');
    await put(publication, 'plan.pdf', null);
    expect(await targetAt(publication, 'plan.pdf')).toBe('https://example.org/plans/');
    await put(publication, 'plan.pdf', '%PDF-1.5');
    expect((await publication.documents()).get('plan.pdf')).toBe('%PDF-1.5');
  });

  it('answer a query by the path that stands for it', async () => {
    const redirects = 'redirects:\n  /?feed=rss2: /rss.xml\n  /?feed=atom: /?feed=rss2\n  /?p=9: /a/\n';
    const a = '---\naliases: ["/?p=9"]\n---\n# A\n\nText.\n';
    const publication = await publish({ 'site.yaml': SITE + redirects, 'a.md': a });
    expect(await targetAt(publication, '_query/feed/rss2/index.html')).toBe('https://example.org/rss.xml');
    expect(await targetAt(publication, '_query/feed/atom/index.html')).toBe('https://example.org/rss.xml');
    expect(await problemsOf(publication)).toEqual([
      ['a.md', 'The former address /?p=9 leads nowhere, because site.yaml is at it.'],
    ]);
  });

  it('reach into the folder of a feed where the publisher has nothing', async () => {
    const publication = await publish({ 'site.yaml': `${SITE}redirects: { /tags/sea/feed/: /tags/sea/rss.xml }\n` });
    expect(await targetAt(publication, 'tags/sea/feed/index.html')).toBe('https://example.org/tags/sea/rss.xml');
  });
});

describe('former addresses of articles', () => {
  it('lead to where the article is', async () => {
    const publication = await publish({ 'a.md': '---\naliases: [/old/, /2019/a.html]\n---\n# A\n\nText.\n' });
    expect(await targetAt(publication, 'old/index.html')).toBe('https://example.org/a/');
    expect(await targetAt(publication, '2019/a.html')).toBe('https://example.org/a/');
  });

  it('may have a query, of which what no system means is left out', async () => {
    const aliases = 'aliases: ["/?p=64", "https://example.org/?page_id=7", /b/?utm_source=x, "?p=65"]';
    const publication = await publish({ 'a.md': `---\n${aliases}\n---\n# A\n\nText.\n` });
    for (const path of ['_query/p/64', '_query/page_id/7', 'b', '_query/p/65'])
      expect(await targetAt(publication, `${path}/index.html`), path).toBe('https://example.org/a/');
  });

  it('go when the article no longer states them, is a draft, or is gone', async () => {
    const text = (more: string) => `---\naliases: /old/\n${more}---\n# A\n\nText.\n`;
    const publication = await publish({ 'a.md': text('') });
    await put(publication, 'a.md', text('draft: true\n'));
    expect(await targetAt(publication, 'old/index.html')).toBeUndefined();
    await put(publication, 'a.md', text(''));
    expect(await targetAt(publication, 'old/index.html')).toBe('https://example.org/a/');
    await put(publication, 'a.md', null);
    expect(await targetAt(publication, 'old/index.html')).toBeUndefined();
  });

  it('come after the settings and after articles, and say so', async () => {
    const publication = await publish({
      'site.yaml': `${SITE}redirects: { /one/: /rss.xml }\n`,
      'a.md': '---\naliases: [/one/, /b/]\n---\n# A\n\nText.\n',
      'b.md': '# B\n\nText.\n',
    });
    expect(await targetAt(publication, 'one/index.html')).toBe('https://example.org/rss.xml');
    expect(await targetAt(publication, 'b/index.html')).toBeNull();
    expect(await problemsOf(publication)).toEqual([
      ['a.md', expect.stringContaining('site.yaml is at it')],
      ['a.md', expect.stringContaining('b.md is at it')],
    ]);
  });

  it('pass to the next article that states them', async () => {
    const files = { 'a.md': '---\naliases: /old/\n---\n# A\n', 'b.md': '---\naliases: /old/\n---\n# B\n' };
    const publication = await publish(files);
    expect(await targetAt(publication, 'old/index.html')).toBe('https://example.org/a/');
    await put(publication, 'a.md', null);
    expect(await targetAt(publication, 'old/index.html')).toBe('https://example.org/b/');
  });

  it('are kept by an article that broke', async () => {
    const publication = await publish({ 'a.md': '---\naliases: /old/\n---\n# A\n\nText.\n' });
    await put(publication, 'a.md', '---\ndate: 2026-02-31\n---\n# A\n');
    expect(await targetAt(publication, 'old/index.html')).toBe('https://example.org/a/');
  });
});
