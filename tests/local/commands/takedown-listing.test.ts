/** What a takedown writes on the list, and what that is good for: nothing that is listed comes back. */

import { describe, expect, it } from 'vitest';
import { hashBytes, TAKEDOWNS_KEY } from '../../../lambda/site/takedowns.ts';
import { bucketList, readList } from '../../../local/commands/takedown/takedown-list.ts';
import { findText, publish, run } from '../../support/takedown.ts';

describe('a takedown', () => {
  it('writes down by what the article can be told when it comes back, and who took it down', async () => {
    const text = '---\nid: tag:example.org,2026:a\ndate: 2026-01-01\n---\n# Alpha\n\nOne.\n';
    const publication = await publish({ 'a.md': text });
    await publication.settle();
    expect(await run(publication, 'a.md', { operator: 'ada' })).toMatchObject({ code: 0 });
    expect((await readList(bucketList(publication))).list).toEqual([
      {
        key: 'a.md',
        ids: ['tag:example.org,2026:a'],
        addresses: ['/a/'],
        hashes: [hashBytes(text)],
        at: new Date(publication.now - 1_000).toISOString(),
        by: 'ada',
      },
    ]);
  });

  it('knows an id and an address that the file does not state, and each item of a file', async () => {
    const items = [
      { title: 'One', content_text: '1' },
      { id: 'tag:example.org,2026:b', title: 'Two', content_text: '2' },
    ];
    const publication = await publish({ 'a.md': '# Alpha\n\nOne.\n', 'n.json': JSON.stringify(items) });
    await publication.settle();
    const [id = ''] = [
      ...((await publication.documents()).get('a/index.html') ?? '').matchAll(/urn:uuid:[\w-]+/g),
    ].flat();
    await run(publication, 'a.md');
    await run(publication, 'n.json');
    const [alpha, items2] = (await readList(bucketList(publication))).list;
    expect(alpha).toMatchObject({ ids: [expect.stringContaining(id)], addresses: ['/a/'] });
    expect(items2?.ids).toHaveLength(2);
    expect(items2?.addresses).toHaveLength(2);
    expect(items2?.hashes).toHaveLength(3);
  });

  it('is not undone by a file that is put back, under any name', async () => {
    const text = '---\ndate: 2026-01-01\n---\n# Alpha\n\nOne.\n';
    const publication = await publish({ 'a.md': text, 'b.md': '# Beta\n\nTwo.\n' });
    await publication.settle();
    const work = async (): Promise<void> => {
      await publication.put('a.md', text);
      await publication.put('copy.md', text);
      await publication.settle();
    };
    expect(await run(publication, 'a.md', { work })).toMatchObject({ code: 0 });
    expect(await findText(publication, /Alpha/)).toEqual([]);
  });

  it('is not done before the publisher keeps the list', async () => {
    const publication = await publish({ 'a.md': '# Alpha\n\nOne.\n', 'b.md': '# Beta\n\nTwo.\n' });
    await publication.settle();
    const work = async () => void (await publication.publisher.articleWork([{ key: 'a.md' }]));
    const { code, said } = await run(publication, 'a.md', { work });
    expect(code).toBe(1);
    expect(said).toContain('The publisher has not read the list of takedowns yet');
  });

  it('removes the file although it can’t be listed, and says that it may come back', async () => {
    const publication = await publish({ 'a.md': '# Alpha\n\nOne.\n', 'b.md': '# Beta\n\nTwo.\n' });
    await publication.put(TAKEDOWNS_KEY, '{');
    await publication.settle();
    const { code, said } = await run(publication, 'a.md');
    expect(await findText(publication, /Alpha/)).toEqual([]);
    expect(code).toBe(1);
    expect(said).toContain('a.md may come back: the list of takedowns, .takedowns.json, is not a valid JSON object.');
    await publication.put(TAKEDOWNS_KEY, '{"takedowns": []}');
    await publication.settle();
    expect(await run(publication, 'a.md')).toMatchObject({ code: 0 });
  });

  it('that could not be listed says that the file was put back', async () => {
    const publication = await publish({ 'a.md': '# Alpha\n\nOne.\n', [TAKEDOWNS_KEY]: '{' });
    await publication.settle();
    const work = () => publication.put('a.md', '# Alpha\n\nOne.\n');
    const { code, said, tookMs } = await run(publication, 'a.md', { work });
    expect({ code, tookMs }).toEqual({ code: 1, tookMs: 1_000 });
    expect(said).toContain('a.md is in the content bucket again');
  });

  it('writes a list that is gone anew, from what the publisher remembers', async () => {
    const publication = await publish({ 'a.md': '# Alpha\n\nOne.\n', 'b.md': '# Beta\n\nTwo.\n' });
    await publication.settle();
    await run(publication, 'a.md');
    await publication.put(TAKEDOWNS_KEY, null);
    await publication.settle();
    await run(publication, 'b.md');
    expect((await readList(bucketList(publication))).list.map(({ key }) => key)).toEqual(['a.md', 'b.md']);
  });

  it('leaves alone what only the same id and address were refused for', async () => {
    const text = (body: string): string =>
      `---\nid: tag:example.org,2026:a\npermalink: /here/\n---\n# Alpha\n\n${body}\n`;
    const publication = await publish({ 'a.md': text('One.') });
    await publication.settle();
    await publication.put('b.md', text('Two.'));
    await publication.settle();
    // b waits for both, and a takedown of it has nothing to do with the page of a.
    expect(await run(publication, 'b.md')).toMatchObject({ code: 0 });
    expect((await publication.documents()).get('here/index.html')).toContain('One.');
    // What comes in place of a is held with it.
    await publication.put('c.md', text('Three.'));
    await publication.settle();
    expect(await run(publication, 'a.md')).toMatchObject({ code: 0, said: expect.not.stringContaining('c.md') });
    expect(await findText(publication, /Alpha/)).toEqual([]);
  });
});
