import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html } from '../../../lambda/text/html.ts';
import { type PreviewModel, renderPreview } from '../../../local/preview/page.ts';
import { parseEntries } from '../../../local/preview/read-model.ts';

const MODEL: PreviewModel = {
  revision: 'r-1',
  folder: 'content',
  siteUrl: 'http://localhost:8080/',
  site: { title: 'Tides & Co', description: 'On the shore', language: 'en', pages: { articles: true } },
  counts: { published: 1, drafts: 2, scheduled: 0, broken: 1 },
  feeds: [
    {
      name: 'all',
      title: 'Tides & Co',
      entries: 1,
      rss: 'http://localhost:8080/rss.xml',
      atom: 'http://localhost:8080/atom.xml',
      json: 'http://localhost:8080/feed.json',
    },
  ],
  latest: [
    {
      id: 'tag:1',
      url: 'http://localhost:8080/a/',
      title: 'Generic<T> & "more"',
      published: '2021-04-07T00:00:00+03:00',
      authors: ['Ana', 'Bo'],
      tags: ['sea'],
      language: null,
      summary: 'Short',
      contentHtml: '<p><img src="http://localhost:8080/a.png" alt="A"></p>',
      attachments: [{ url: 'http://localhost:8080/s%20t.mp3', mimeType: 'audio/mpeg', title: '' }],
    },
  ],
  problems: [
    {
      severity: 'warning',
      code: 'asset-missing',
      path: 'b.md',
      line: null,
      message: 'No <img> there',
      fix: 'Add it',
    },
    { severity: 'error', code: 'date-impossible', path: 'a.md', line: 3, message: 'No such day', fix: 'Mend it' },
  ],
  coming: [],
  runs: [],
  documents: { count: 3, faulty: 0 },
};

describe('renderPreview', () => {
  it('shows the feeds with their formats, the counts and the problems, errors first', () => {
    const page = renderPreview(MODEL);
    expect(page).toContain('<title>Tides &amp; Co – preview</title>');
    expect(page).toContain('<b>1</b> entry published');
    expect(page).toContain('<b>2</b> drafts');
    expect(page).not.toContain('scheduled');
    for (const { rss, atom, json } of MODEL.feeds) {
      for (const address of [rss, atom, json]) expect(page).toContain(`data-copy="${address}"`);
    }
    expect(page).toContain('1 error, 1 warning');
    expect(page.indexOf('a.md:3')).toBeLessThan(page.indexOf('b.md'));
    expect(page).toContain('No &lt;img&gt; there');
  });

  it('shows an entry as a reader would, its files from this server, its day in its own offset', () => {
    const page = renderPreview({ ...MODEL, siteUrl: 'http://localhost:8080/' });
    expect(page).toContain('Generic&lt;T&gt; &amp; &quot;more&quot;');
    expect(page).toContain('7 April 2021');
    expect(page).toContain('Ana, Bo');
    expect(page).toContain('<img src="/a.png" alt="A">');
    expect(page).toContain('src="/s%20t.mp3"');
    expect(page).toContain('s t.mp3');
  });

  it('offers readers on the web only what they can reach', () => {
    for (const siteUrl of ['http://localhost:8080/', 'http://192.168.1.5:8080/', 'http://desk.local/']) {
      expect(renderPreview({ ...MODEL, siteUrl }), siteUrl).not.toContain('feedly.com');
      expect(renderPreview({ ...MODEL, siteUrl })).toContain('one on the web can’t');
    }
    expect(renderPreview({ ...MODEL, siteUrl: 'https://example.org/' })).not.toContain('one on the web can’t');
    expect(renderPreview({ ...MODEL, siteUrl: 'https://example.org/' })).toContain('feedly.com');
  });

  it('leads from an entry to its page on this server, where it has one', () => {
    expect(renderPreview(MODEL)).toContain('<a class="own-page" href="/a/" lang="en">Open its page</a>');
    const site = MODEL.site === null ? null : { ...MODEL.site, pages: { articles: false } };
    expect(renderPreview({ ...MODEL, site })).not.toContain('Open its page');
    const latest = MODEL.latest.map((entry) => ({ ...entry, url: 'https://elsewhere.example/a' }));
    expect(renderPreview({ ...MODEL, latest })).toContain(
      '<a class="own-page" href="https://elsewhere.example/a" lang="en">Open the original</a>',
    );
  });

  it('says which folder it follows, and how to name a publication without a name', () => {
    expect(renderPreview(MODEL)).toContain('a file in <code>content</code>, and this page follows');
    expect(renderPreview(MODEL)).not.toContain('no name yet');
    const site = MODEL.site === null ? null : { ...MODEL.site, title: 'Untitled publication' };
    expect(renderPreview({ ...MODEL, site })).toContain('<code>title: …</code> into <code>content/site.yaml</code>');
  });

  it('says what to do while nothing is published', () => {
    expect(renderPreview({ ...MODEL, latest: [], feeds: [] })).toContain('-- new');
    expect(renderPreview({ ...MODEL, latest: [], feeds: [], site: null })).toContain('site.yaml');
  });
});

describe('html', () => {
  it('keeps any text from becoming markup, in text and in attributes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { text: out } = html`<p title="${text}">${text}</p>`;
        const inside = out.slice('<p title="'.length, -'</p>'.length);
        expect(inside.replace('">', '')).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
      }),
    );
  });
});

describe('parseEntries', () => {
  it('reads the newest entries of a JSON Feed, whatever they leave out', () => {
    const items = Array.from({ length: 30 }, (_, index) => ({ id: String(index) }));
    const entries = parseEntries(JSON.stringify({ items }));
    expect(entries).toHaveLength(20);
    expect(entries[0]).toMatchObject({ id: '0', title: '', authors: [], contentHtml: '' });
  });
});
