import { describe, expect, it } from 'vitest';
import { createTestPublication, type TestPublication } from '../../support/publication.ts';

const SITE = 'url: https://example.org/';
const note = (...lines: readonly string[]) => `---\ntitle: A\ndate: 2026-01-01\n---\n${lines.join('\n')}`;
const PICTURE = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);

async function contentOf(publication: TestPublication): Promise<string> {
  await publication.settle();
  const { items } = JSON.parse((await publication.documents()).get('feed.json') ?? '{}');
  return items[0]?.content_html;
}

async function problemsOf(publication: TestPublication): Promise<readonly string[]> {
  return (await publication.publisher.overview()).problems.map(({ code, message }) => `${code}: ${message}`);
}

/** A vault with these files, the note among them as it comes, and the others as pictures. */
async function vault(text: string, files: readonly string[]): Promise<TestPublication> {
  const publication = await createTestPublication({ files: { 'site.yaml': SITE } });
  for (const key of files) await publication.put(key, key.endsWith('.md') ? text : PICTURE);
  return publication;
}

const at = (path: string) => `src="https://example.org/${path}"`;

describe('a file that a note shows by its name', () => {
  it.each([
    ['before', ['attachments/Pasted image 1.png', 'Notes/Garden.md']],
    ['after', ['Notes/Garden.md', 'attachments/Pasted image 1.png']],
  ])('is found wherever it lies, when it comes %s the note', async (_, files) => {
    const publication = await vault(note('![[Pasted image 1.png|300]]'), files);
    await publication.settle();
    expect(await contentOf(publication)).toContain(at('attachments/Pasted%20image%201.png'));
    expect(await problemsOf(publication)).toEqual([]);
    expect((await publication.documents()).has('attachments/Pasted image 1.png')).toBe(true);
  });

  it('is found when it comes in a later batch, when it moves, and is missed when it goes', async () => {
    const publication = await vault(note('![[moss.png]]'), ['Notes/Garden.md']);
    expect(await contentOf(publication)).toContain(at('Notes/moss.png'));
    expect((await problemsOf(publication)).join()).toContain('asset-missing');
    await publication.put('a/b/moss.png', PICTURE);
    expect(await contentOf(publication)).toContain(at('a/b/moss.png'));
    await publication.put('a/b/moss.png', null);
    await publication.put('c/moss.png', PICTURE);
    expect(await contentOf(publication)).toContain(at('c/moss.png'));
    await publication.put('Notes/img/moss.png', PICTURE);
    expect(await contentOf(publication)).toContain(at('Notes/img/moss.png'));
    expect(await problemsOf(publication)).toEqual([
      'asset-ambiguous: 2 files are called “moss.png” (Notes/img/moss.png, c/moss.png); the nearest is shown.',
    ]);
    await publication.put('Notes/img/moss.png', null);
    expect(await contentOf(publication)).toContain(at('c/moss.png'));
    await publication.put('c/moss.png', null);
    expect(await contentOf(publication)).toContain(at('Notes/moss.png'));
    expect((await publication.documents()).has('c/moss.png')).toBe(false);
  });

  it('may be a sound or a paper', async () => {
    const publication = await vault(note('![[waves.mp3]] ![[map.pdf#page=2]]'), [
      'a/waves.mp3',
      'b/map.pdf',
      'Notes/Sea.md',
    ]);
    const html = await contentOf(publication);
    expect(html).toContain(at('a/waves.mp3'));
    expect(html).toContain('href="https://example.org/b/map.pdf#page=2"');
  });

  it('is where its path says, as far as that goes', async () => {
    const files = ['x/img/moss.png', 'Notes/moss.png', 'Notes/Garden.md'];
    expect(await contentOf(await vault(note('![[img/moss.png]]'), files))).toContain(at('x/img/moss.png'));
  });

  it('is not looked for where plain Markdown names it', async () => {
    const publication = await vault(note('![m](moss.png)'), ['a/moss.png', 'Notes/Garden.md']);
    expect(await contentOf(publication)).toContain(at('Notes/moss.png'));
    expect((await problemsOf(publication)).join()).toContain('asset-missing');
  });

  it('was there before anybody knew of names', async () => {
    const publication = await createTestPublication({ files: { 'site.yaml': SITE } });
    await publication.content.write('a/moss.png', PICTURE);
    await publication.put('Notes/Garden.md', note('![[moss.png]]'));
    expect(await contentOf(publication)).toContain(at('a/moss.png'));
  });
});
