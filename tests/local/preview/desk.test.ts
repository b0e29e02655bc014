/** What the desk tells of a publication: what comes, what was published, and whether documents are valid. */

import { describe, expect, it } from 'vitest';
import { renderDocument } from '../../../local/preview/document-page.ts';
import { renderDocuments } from '../../../local/preview/documents-page.ts';
import { createJournal } from '../../../local/preview/journal.ts';
import { renderPreview } from '../../../local/preview/page.ts';
import { createDeskReader } from '../../../local/preview/read-model.ts';
import { createPublication } from '../../../local/publication/publication.ts';
import { createMemoryStore } from '../../../local/store/memory-store.ts';

const NOW = Date.UTC(2026, 5, 1, 12);

function scene() {
  const [content, state, documents] = [createMemoryStore(), createMemoryStore(), createMemoryStore()];
  const journal = createJournal(documents, state);
  const url = 'https://example.org/';
  const publication = createPublication({ content, state, public: journal.documents, url, now: () => NOW });
  const desk = createDeskReader({
    publication,
    content,
    documents,
    journal,
    folder: 'content',
    siteUrl: url,
    port: 0,
    revision: () => 'r-1',
    now: () => NOW,
  });
  return {
    documents,
    desk,
    put: (key: string, text: string) => content.write(key, new TextEncoder().encode(text)),
    remove: (key: string) => content.remove(key),
    /** Publishes what changed, and gives what the desk then says of it. */
    async publish(...keys: readonly string[]) {
      await journal.close(await publication.look(keys), keys.join(' '), NOW);
      await publication.overview();
      return desk.preview();
    },
  };
}

const article = (title: string, more = 'date: 2026-05-01', text = 'Text.') =>
  `---\ntitle: ${title}\n${more}\n---\n${text}\n`;

describe('the desk', () => {
  it('says what comes, and when', async () => {
    const { put, publish } = scene();
    await put('draft.md', article('A <draft>', 'draft: true'));
    await put('later.md', article('Later', 'date: 2026-06-03T12:00:00+02:00'));
    await put('soon.md', article('Soon', 'date: 2026-06-01T12:45:00Z'));
    const model = await publish('draft.md', 'later.md', 'soon.md');
    expect(model.coming.map(({ title, state }) => [title, state])).toEqual([
      ['Soon', 'scheduled'],
      ['Later', 'scheduled'],
      ['A <draft>', 'draft'],
    ]);
    const page = renderPreview(model);
    expect(page).toContain('Coming: 2 scheduled, 1 draft');
    expect(page).toContain('3 June 2026, 12:00 +02:00</time>, in 2 days');
    expect(page).toContain('in 45 minutes');
    expect(page).toContain('A &lt;draft&gt;');
  });

  it('says what the last publication did: what is new, what is changed, what is gone', async () => {
    const { put, remove, publish } = scene();
    await put('a.md', article('A'));
    await put('b.md', article('B'));
    expect((await publish('a.md', 'b.md')).runs).toMatchObject([
      {
        published: 2,
        files: [{ entries: [{ title: 'A', change: 'new' }] }, { entries: [{ title: 'B', change: 'new' }] }],
      },
    ]);
    await put('a.md', article('A', 'date: 2026-05-01', 'Other text.'));
    await remove('b.md');
    const model = await publish('a.md', 'b.md');
    expect(model.runs).toHaveLength(2);
    expect(model.runs[0]).toMatchObject({
      published: 1,
      removed: 1,
      files: [
        { key: 'a.md', entries: [{ title: 'A', change: 'changed' }] },
        { key: 'b.md', removed: 1, entries: [] },
      ],
    });
    const changes = new Map(model.runs[0]?.documents.map(({ path, change }) => [path, change]));
    expect(changes.get('atom.xml')).toBe('written');
    expect(changes.get('b/index.html')).toBe('removed');
    expect(renderPreview(model)).toContain('Last publication: 1 entry, 1 removed');
  });

  it('keeps no publication that changed nothing', async () => {
    const { put, publish } = scene();
    await put('a.md', article('A'));
    await publish('a.md');
    expect((await publish('a.md')).runs).toHaveLength(1);
  });

  it('judges each document, and reads only those that changed', async () => {
    const { put, publish, documents, desk } = scene();
    await put('a.md', article('A'));
    expect((await publish('a.md')).documents).toMatchObject({ faulty: 0 });
    await documents.write('rss.xml', new TextEncoder().encode('<rss version="2.0"><channel/></rss>'));
    const model = await desk.documents();
    const [faulty, ...others] = model.documents.filter(({ findings }) => findings.length > 0);
    expect(others).toEqual([]);
    expect(faulty?.findings).toContain('rss/channel/title is missing');
    const page = renderDocuments(model);
    expect(page).toContain('not valid');
    expect(page).toContain('rss/channel/title is missing');
    expect(page).toContain('href="/_preview/document/?path=rss.xml"');
  });

  it('shows what a poller gets, and escapes it', () => {
    const page = renderDocument({
      revision: 'r-1',
      path: 'tags/é/atom.xml',
      findings: ['feed/title is not <right>'],
      pages: ['tags/é/archive/1/atom.xml'],
      poll: {
        status: 200,
        fields: [['link', '<https://hub.example/>; rel="hub"']],
        bytes: { identity: 1_000, gzip: 400, br: 350 },
        again: { status: 304, bytes: 0 },
      },
    });
    for (const each of ['35 %', '304', '&lt;https://hub.example/&gt;', 'feed/title is not &lt;right&gt;']) {
      expect(page).toContain(each);
    }
    expect(page).toContain('/_preview/document/?path=tags%2F%C3%A9%2Farchive%2F1%2Fatom.xml');
    expect(page).toContain('href="/tags/%C3%A9/atom.xml?raw"');
  });
});
