/** What was taken down stays down: however it comes back, and until somebody restores it. */

import { describe, expect, it } from 'vitest';
import {
  addTakedown,
  hashBytes,
  hashText,
  renderTakedowns,
  TAKEDOWNS_KEY,
  type Takedown,
} from '../../lambda/site/takedowns.ts';
import { createTestPublication, type TestPublication } from '../support/publication.ts';

const SECRET = '---\ntitle: Secret\ndate: 2026-01-01\n---\n\nNobody may read this.\n';
const OTHER = '---\ntitle: Other\ndate: 2026-01-02\n---\n\nEverybody may.\n';
const WORDS = 'The tide comes in twice a day, and on both of them the harbour is another one. '.repeat(4);

async function publish(files: Readonly<Record<string, string>>): Promise<TestPublication> {
  const publication = await createTestPublication({ files });
  await publication.settle();
  return publication;
}

/** Writes the list, and works it off. */
async function list(publication: TestPublication, ...takedowns: readonly (Partial<Takedown> & { key: string })[]) {
  const none = { ids: [], addresses: [], hashes: [], at: '2026-06-01T12:00:00Z', by: 'ada' };
  const entries = takedowns.reduce<readonly Takedown[]>((all, each) => addTakedown(all, { ...none, ...each }), []);
  await publication.put(TAKEDOWNS_KEY, renderTakedowns(entries));
  await publication.settle();
}

/** Paths of all documents that hold the text. */
async function holders(publication: TestPublication, text: string): Promise<readonly string[]> {
  return [...(await publication.documents())].filter(([, each]) => each.includes(text)).map(([path]) => path);
}

async function problems({ publisher }: TestPublication) {
  return (await publisher.overview()).problems.map(({ code, path, message, fix }) => ({ code, path, message, fix }));
}

describe('what was taken down', () => {
  it('goes from every document while its file is still there, and says who took it down', async () => {
    const publication = await publish({ 'a.md': SECRET, 'b.md': OTHER });
    expect(await holders(publication, 'Secret')).toContain('rss.xml');
    await list(publication, { key: 'a.md' });
    expect(await holders(publication, 'Secret')).toEqual([]);
    expect(await holders(publication, 'Other')).toContain('rss.xml');
    expect(await problems(publication)).toEqual([
      {
        code: 'taken-down',
        path: 'a.md',
        message: 'This file was taken down by ada on 2026-06-01T12:00:00Z, so it is not published.',
        fix: 'Delete the file, or restore it: feedwright takedown --restore a.md',
      },
    ]);
  });

  it.each([
    ['its file is put back', { key: 'a.md' }, 'a.md', SECRET],
    ['it comes back changed at its key', { key: 'a.md' }, 'a.md', SECRET.replace('Nobody', 'Really nobody')],
    ['a copy comes under another name', { key: 'x.md', hashes: [hashBytes(SECRET)] }, 'copy.md', SECRET],
    [
      'it comes under another name with its id',
      { key: 'x.md', ids: ['tag:example.org,2026:a'] },
      'b.md',
      `---\nid: tag:example.org,2026:a\n---\n# Secret\n`,
    ],
    [
      'it comes at its address',
      { key: 'x.md', addresses: ['/here/'] },
      'b.md',
      '---\npermalink: /here/\n---\n# Secret\n',
    ],
    [
      'it comes at its home elsewhere',
      { key: 'x.md', addresses: ['https://else.example/a'] },
      'b.md',
      '---\ncanonical_url: https://else.example/a\n---\n# Secret\n',
    ],
  ])('stays down when %s', async (_, takedown, key, text) => {
    const publication = await publish({ 'other.md': OTHER });
    await list(publication, takedown);
    await publication.put(key, text);
    await publication.settle();
    expect(await holders(publication, 'Secret')).toEqual([]);
    expect(await problems(publication)).toContainEqual(expect.objectContaining({ code: 'taken-down', path: key }));
  });

  it('stays down when its text comes in another format', async () => {
    const publication = await publish({ 'a.md': `---\ntitle: Tides\n---\n\n${WORDS}\n` });
    await list(publication, { key: 'a.md', hashes: hashText(`<p>${WORDS}</p>`) });
    await publication.put('export/17.html', `<title>Tides II</title><h1>Tides II</h1><p>${WORDS}</p>`);
    await publication.settle();
    expect(await holders(publication, 'harbour')).toEqual([]);
  });

  it('stays down under the id that its file had before, whatever id the file states now', async () => {
    const publication = await publish({ 'a.md': SECRET });
    const id = /<entry>.*?<id>(urn:uuid:[^<]+)/s.exec((await publication.documents()).get('atom.xml') ?? '')?.[1] ?? '';
    await list(publication, { key: 'moved.md', ids: [id] });
    expect(await holders(publication, 'Secret')).toEqual([]);
    await publication.put('a.md', SECRET.replace('---\n', '---\nid: tag:example.org,2026:new\n'));
    await publication.settle();
    expect(await holders(publication, 'Secret')).toEqual([]);
  });

  it('stays down under another name with the id that its file was shown under, though the list does not say it', async () => {
    const publication = await publish({ 'a.md': SECRET });
    const id = /<entry>.*?<id>(urn:uuid:[^<]+)/s.exec((await publication.documents()).get('atom.xml') ?? '')?.[1] ?? '';
    await list(publication, { key: 'a.md' });
    await publication.put('a.md', null);
    await publication.put('moved.md', `---\nid: ${id}\n---\n# Secret, with other words\n`);
    await publication.settle();
    expect(await holders(publication, 'Secret')).toEqual([]);
  });

  it('is one item of a file, and the others stay public', async () => {
    const items = [
      { id: 'tag:example.org,2026:1', title: 'Public one', content_text: 'Yes.' },
      { id: 'tag:example.org,2026:2', title: 'Secret', content_text: 'No.' },
      { id: 'tag:example.org,2026:3', title: 'Public three', content_text: 'Yes.' },
    ];
    const publication = await publish({ 'notes.json': JSON.stringify(items) });
    await list(publication, { key: 'x.md', ids: ['tag:example.org,2026:2'] });
    expect(await holders(publication, 'Secret')).toEqual([]);
    expect(await holders(publication, 'Public one')).toContain('feed.json');
    expect(await holders(publication, 'Public three')).toContain('feed.json');
  });

  it('keeps its id and its dates for the day when it is restored', async () => {
    const publication = await publish({ 'a.md': '# Secret\n\nText.\n' });
    const before = await publication.documents();
    publication.now += 86_400_000;
    await list(publication, { key: 'a.md' });
    publication.now += 86_400_000;
    await list(publication);
    const after = await publication.documents();
    const entryOf = (text = '') => /<entry>.*<\/entry>/s.exec(text)?.[0];
    expect(entryOf(after.get('atom.xml'))).toEqual(entryOf(before.get('atom.xml')));
    expect(await problems(publication)).toEqual([expect.objectContaining({ code: 'date-missing' })]);
  });

  it('holds the next article at its address, too', async () => {
    const at = (title: string): string => `---\ntitle: ${title}\npermalink: /now/\n---\n\nText.\n`;
    const publication = await publish({ 'may.md': at('Secret') });
    await list(publication, { key: 'may.md', addresses: ['/now/'] });
    await publication.put('june.md', at('June'));
    await publication.settle();
    expect(await holders(publication, 'June')).toEqual([]);
    expect((await problems(publication)).map(({ path }) => path)).toEqual(['june.md', 'may.md']);
  });

  it('does not wake who waited for its id', async () => {
    const text = '---\nid: tag:example.org,2026:a\n---\n# Secret\n';
    const publication = await publish({ 'a.md': text });
    await publication.put('b.md', text);
    await publication.settle();
    await list(publication, { key: 'a.md', ids: ['tag:example.org,2026:a'] });
    expect(await holders(publication, 'Secret')).toEqual([]);
  });

  it('goes although its file has an error, which keeps up what else was public', async () => {
    const items = [
      { id: 'tag:example.org,2026:1', title: 'Public', content_text: 'Yes.' },
      { id: 'tag:example.org,2026:2', title: 'Secret', content_text: 'No.' },
    ];
    const publication = await publish({ 'a.md': SECRET, 'notes.json': JSON.stringify(items) });
    await publication.put('a.md', SECRET.replace('2026-01-01', '2026-02-31'));
    await publication.put(
      'notes.json',
      JSON.stringify(items.map((item) => ({ ...item, date_published: '2026-02-31' }))),
    );
    await publication.settle();
    expect((await holders(publication, 'Secret')).length).toBeGreaterThan(0);
    await list(publication, { key: 'a.md' }, { key: 'x.md', ids: ['tag:example.org,2026:2'] });
    expect(await holders(publication, 'Secret')).toEqual([]);
    expect(await holders(publication, 'Public')).toContain('feed.json');
  });

  it('is a picture of an article that has an error', async () => {
    const publication = await publish({ 'a.md': '---\ndate: 2026-01-01\n---\n# A\n\n![](face.png)\n' });
    await publication.put('face.png', 'A face.');
    await publication.settle();
    await publication.put('a.md', '---\ndate: 2026-02-31\n---\n# A\n');
    await publication.settle();
    expect((await publication.documents()).has('face.png')).toBe(true);
    await list(publication, { key: 'face.png' });
    expect((await publication.documents()).has('face.png')).toBe(false);
  });

  it('is a picture, in articles and in the settings', async () => {
    const publication = await publish({ 'site.yaml': 'icon: /face.png\n', 'a.md': '# A\n\n![](face.png)\n' });
    await publication.put('face.png', 'A face.');
    await publication.settle();
    expect((await publication.documents()).has('face.png')).toBe(true);
    await list(publication, { key: 'face.png' });
    expect((await publication.documents()).has('face.png')).toBe(false);
    await publication.put('face.png', 'A face again.');
    await publication.publisher.reconcile();
    await publication.settle();
    expect((await publication.documents()).has('face.png')).toBe(false);
    expect(await problems(publication)).toContainEqual(
      expect.objectContaining({ code: 'taken-down', path: 'a.md', message: expect.stringContaining('face.png') }),
    );
    await list(publication);
    expect((await publication.documents()).has('face.png')).toBe(true);
  });
});

describe('the list of takedowns', () => {
  it('is never public, whoever refers to it', async () => {
    const publication = await publish({
      'site.yaml': `icon: /${TAKEDOWNS_KEY}\n`,
      'a.md': `![](/${TAKEDOWNS_KEY})\n\n# A\n`,
    });
    await list(publication, { key: 'gone.md' });
    await publication.put('a.md', `# A\n\n![again](${TAKEDOWNS_KEY}) [link](/${TAKEDOWNS_KEY})\n`);
    await publication.settle();
    expect([...(await publication.documents()).keys()].filter((path) => path.includes('takedowns'))).toEqual([]);
    expect(await holders(publication, 'gone.md')).toEqual([]);
  });

  it('that is damaged holds back what is new, leaves what is public, and is still obeyed', async () => {
    const publication = await publish({ 'a.md': SECRET, 'b.md': OTHER });
    await list(publication, { key: 'a.md' });
    await publication.put(TAKEDOWNS_KEY, '{');
    await publication.settle();
    await publication.put('new.md', '# Fresh\n');
    await publication.put('b.md', OTHER.replace('Everybody', 'All'));
    await publication.settle();
    expect(await holders(publication, 'Secret')).toEqual([]);
    expect(await holders(publication, 'Fresh')).toEqual([]);
    expect(await holders(publication, 'All may')).toContain('rss.xml');
    expect((await problems(publication)).map(({ code, path }) => `${path} ${code}`)).toEqual([
      `${TAKEDOWNS_KEY} takedowns-unreadable`,
      'a.md taken-down',
      'new.md taken-down',
    ]);
    await list(publication, { key: 'a.md' });
    expect(await holders(publication, 'Secret')).toEqual([]);
    expect(await holders(publication, 'Fresh')).toContain('rss.xml');
  });

  it('that is gone is still obeyed', async () => {
    const publication = await publish({ 'a.md': SECRET, 'b.md': OTHER });
    await list(publication, { key: 'a.md' });
    await publication.put(TAKEDOWNS_KEY, null);
    await publication.put('new.md', '# Fresh\n');
    await publication.settle();
    expect(await holders(publication, 'Secret')).toEqual([]);
    expect(await holders(publication, 'Fresh')).toContain('rss.xml');
    expect(await problems(publication)).toContainEqual(expect.objectContaining({ code: 'takedowns-unreadable' }));
  });

  it('is read by a rebuild whose state was lost', async () => {
    const publication = await publish({ 'a.md': SECRET, 'b.md': OTHER });
    await list(publication, { key: 'a.md' });
    await publication.state.remove('site.json');
    await publication.publisher.repair();
    await publication.settle();
    expect(await holders(publication, 'Secret')).toEqual([]);
    expect(await holders(publication, 'Other')).toContain('rss.xml');
  });

  it('holds what comes before its own event, even for a moment', async () => {
    const publication = await publish({ 'b.md': OTHER });
    const body = renderTakedowns([{ key: 'a.md', ids: [], addresses: [], hashes: [], at: '', by: null }]);
    await publication.content.write(TAKEDOWNS_KEY, body ?? new Uint8Array());
    await publication.content.write('a.md', new TextEncoder().encode(SECRET));
    const [outcome] = await publication.publisher.articleWork([{ key: 'a.md' }]);
    expect(outcome).toMatchObject({ counts: { published: 0 } });
    await publication.settle();
    expect(await holders(publication, 'Secret')).toEqual([]);
  });

  it('whose event was lost is found by a comparison', async () => {
    const publication = await publish({ 'a.md': SECRET, 'b.md': OTHER });
    const body = renderTakedowns([{ key: 'a.md', ids: [], addresses: [], hashes: [], at: '', by: null }]);
    await publication.content.write(TAKEDOWNS_KEY, body ?? new Uint8Array());
    await publication.publisher.reconcile();
    await publication.settle();
    expect(await holders(publication, 'Secret')).toEqual([]);
  });
});
