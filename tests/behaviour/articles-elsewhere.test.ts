/** Feeds here, pages there: `articlesUrl` in site.yaml. */

import { describe, expect, it } from 'vitest';
import { parseSite } from '../../lambda/site/parse-site.ts';
import { createTestPublication } from '../support/publication.ts';

const SITE = 'title: Test\nid: test\narticlesUrl: https://www.example.net/blog\n';
const A = `---
title: A
date: 2026-01-01
aliases: [/old/]
---
[b](b.md), [about](/blog/about/), [a picture](a.pdf), [there](https://www.example.net/blog/b/)
`;

async function publish(site: string) {
  const files = { 'site.yaml': site, 'notes/a.md': A, 'notes/b.md': '# B\n\nWords.\n', 'notes/a.pdf': '%PDF-1.4' };
  const publication = await createTestPublication({ files });
  await publication.settle();
  return publication.documents();
}

describe('articles whose pages stand on another host', () => {
  it('are linked to there from every feed, list and page, and feeds name themselves here', async () => {
    const documents = await publish(SITE);
    const rss = documents.get('rss.xml') ?? '';
    expect(rss).toContain('<link>https://www.example.net/blog/notes/a/</link>');
    expect(rss).toContain('href="https://example.org/rss.xml"');
    expect(documents.get('index.html')).toContain('href="https://www.example.net/blog/notes/a/"');
  });

  it('have no page here, and no line in the sitemap; former addresses lead there', async () => {
    const documents = await publish(SITE);
    expect([...documents.keys()].filter((path) => path.startsWith('notes/'))).toEqual(['notes/a.pdf']);
    expect(documents.get('old/index.html')).toContain('url=https://www.example.net/blog/notes/a/"');
    expect([...documents].filter(([path, text]) => /sitemap/.test(path) && text.includes('/notes/a/'))).toEqual([]);
  });

  it('link to one another and to pages there, and to files here', async () => {
    const rss = (await publish(SITE)).get('rss.xml') ?? '';
    expect(rss).toContain('<a href="https://www.example.net/blog/notes/b/">b</a>');
    expect(rss).toContain('<a href="https://www.example.net/blog/about/">about</a>');
    expect(rss).toContain('<a href="https://example.org/notes/a.pdf">a picture</a>');
    expect(rss).toContain('<a href="https://www.example.net/blog/b/">there</a>');
  });

  it('have ids of that host where ids are addresses', async () => {
    const rss = (await publish(`${SITE}url: https://feeds.example.net/\nids: permalink\n`)).get('rss.xml') ?? '';
    expect(rss).toContain('>https://www.example.net/blog/notes/a/</guid>');
  });

  it('are wherever the site is, if the settings don’t say it', () => {
    expect(parseSite(Buffer.from('title: T\nurl: https://a.example/\n'), { url: null }).site).not.toHaveProperty(
      'articlesUrl',
    );
    const { site } = parseSite(Buffer.from('articlesUrl: https://b.example\npages: { articles: true }\n'), {
      url: null,
    });
    expect(site).toMatchObject({ articlesUrl: 'https://b.example/', pages: { articles: false } });
    const wrong = parseSite(Buffer.from('articlesUrl: /blog/\n'), { url: null });
    expect(wrong.problems.map(({ code, line }) => [code, line])).toContainEqual(['site-field-invalid', 1]);
  });
});
