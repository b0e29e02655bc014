/** What a folder's own file says holds for its articles, in whatever order files and events come. */

import { describe, expect, it } from 'vitest';
import { createPublisher } from '../../../lambda/publish.ts';
import { SITE_STATE_KEY } from '../../../lambda/state/keys.ts';
import type { Store } from '../../../lambda/store/store.ts';
import { createTestPublication, type TestPublication } from '../../support/publication.ts';

const SITE = 'title: Test Letters\nid: test\n';
const DRAFTS = '---\ndraft: true\n---\n';

function article(title: string): string {
  return `---\ntitle: ${title}\ndate: 2026-05-01\n---\nThe text of ${title}.\n`;
}

async function publish(files: Readonly<Record<string, string>>): Promise<TestPublication> {
  const publication = await createTestPublication({ files: { 'site.yaml': SITE, ...files } });
  await publication.settle();
  return publication;
}

/** Without an event. */
async function write(publication: TestPublication, key: string, text: string): Promise<void> {
  await publication.content.write(key, new TextEncoder().encode(text));
}

async function isPublic({ documents }: TestPublication, title: string): Promise<boolean> {
  return [...(await documents()).values()].some((text) => text.includes(title));
}

describe('an article under a folder file that says draft', () => {
  it('is published nowhere, and is when the folder file goes', async () => {
    const publication = await publish({ 'notes/.meta.yml': 'draft: true\n', 'notes/a.md': article('Marsh') });
    expect(await isPublic(publication, 'Marsh')).toBe(false);
    expect((await publication.publisher.overview()).counts).toMatchObject({ published: 0, drafts: 1 });
    await publication.put('notes/.meta.yml', null);
    await publication.settle();
    expect(await isPublic(publication, 'Marsh')).toBe(true);
  });

  it('is never public when the folder file was there first, though no event told of it', async () => {
    const publication = await publish({});
    await write(publication, 'notes/_index.md', DRAFTS);
    await publication.put('notes/deep/a.md', article('Marsh'));
    await publication.settle();
    expect(await isPublic(publication, 'Marsh')).toBe(false);
  });

  it('goes when the folder file comes after it, and comes back when that says otherwise', async () => {
    const publication = await publish({ 'notes/a.md': article('Marsh'), 'b.md': article('Dunes') });
    expect(await isPublic(publication, 'Marsh')).toBe(true);
    await publication.put('notes/notes.json', '{ "draft": true }');
    await publication.settle();
    expect(await isPublic(publication, 'Marsh')).toBe(false);
    expect(await isPublic(publication, 'Dunes')).toBe(true);
    await publication.put('notes/notes.json', '{ "draft": false }');
    await publication.settle();
    expect(await isPublic(publication, 'Marsh')).toBe(true);
  });

  it('is held back by a comparison that finds the folder file, and let go by one that misses it', async () => {
    const publication = await publish({ 'notes/a.md': article('Marsh') });
    await write(publication, 'notes/.meta.yml', 'draft: true\n');
    await publication.publisher.reconcile();
    await publication.settle();
    expect(await isPublic(publication, 'Marsh')).toBe(false);
    await publication.content.remove('notes/.meta.yml');
    await publication.publisher.reconcile();
    await publication.settle();
    expect(await isPublic(publication, 'Marsh')).toBe(true);
  });

  it('is let go where the folder file goes while one who has read it is slow', async () => {
    let isSlow = true;
    const wrap = (store: Store, name: string): Store => ({
      ...store,
      async write(key, body, options) {
        const isNews =
          name === 'state' && key === SITE_STATE_KEY && new TextDecoder().decode(body).includes('.meta.yml');
        if (isSlow && isNews) {
          isSlow = false;
          await publication.content.remove('notes/.meta.yml');
          // Who is told of that finds the settings as they should be, and writes nothing.
          await createPublisher(publication.ports).articleWork([{ key: 'notes/.meta.yml' }]);
        }
        return store.write(key, body, options);
      },
    });
    const publication = await createTestPublication({
      files: { 'site.yaml': SITE, 'notes/.meta.yml': 'draft: true\n', 'notes/a.md': article('Marsh') },
      wrap,
    });
    await publication.settle();
    expect(isSlow).toBe(false);
    expect(await isPublic(publication, 'Marsh')).toBe(true);
  });

  it('costs no look at folder files once it is public', async () => {
    const looks: string[] = [];
    const wrap = (store: Store, name: string): Store => ({
      ...store,
      async inspect(key) {
        if (name === 'content') looks.push(key);
        return store.inspect(key);
      },
    });
    const publication = await createTestPublication({
      files: { 'site.yaml': SITE, 'notes/a.md': article('Marsh') },
      wrap,
    });
    await publication.settle();
    expect(looks).toContain('notes/.meta.yml');
    looks.length = 0;
    await publication.put('notes/a.md', article('Dunes'));
    await publication.settle();
    expect(looks).toEqual(['notes/a.md']);
  });

  it('is itself the one that says so where it says something', async () => {
    const own = '---\ntitle: Marsh\ndate: 2026-05-01\ndraft: false\n---\nText.\n';
    const publication = await publish({ 'notes/.meta.yml': 'draft: true\n', 'notes/a.md': own });
    expect(await isPublic(publication, 'Marsh')).toBe(true);
  });

  it('stays a draft by the folder that it lies in, whatever another folder file says', async () => {
    const publication = await publish({ '.meta.yml': 'draft: false\n', '_drafts/a.md': article('Marsh') });
    expect(await isPublic(publication, 'Marsh')).toBe(false);
  });

  it('goes though nobody can read what it says itself', async () => {
    const publication = await publish({ 'notes/a.md': article('Marsh') });
    await publication.put('notes/a.md', '---\ntitle: "Marsh\n---\nText.\n');
    await publication.settle();
    expect(await isPublic(publication, 'Marsh')).toBe(true);
    await publication.put('notes/.meta.yml', 'draft: true\n');
    await publication.settle();
    expect(await isPublic(publication, 'Marsh')).toBe(false);
  });

  it('takes over authors and tags that it does not name itself', async () => {
    const publication = await publish({
      'notes/.meta.yml': 'authors: [Ann Reed]\ntags: [mud]\ntitle: Not this\n',
      'notes/a.md': article('Marsh'),
      'notes/b.md': '---\ntitle: Dunes\ndate: 2026-05-02\ntags: [sand]\n---\nText.\n',
    });
    const feed = JSON.parse((await publication.documents()).get('feed.json') ?? '');
    expect(feed.items).toMatchObject([
      { title: 'Dunes', tags: ['sand'], authors: [{ name: 'Ann Reed' }] },
      { title: 'Marsh', tags: ['mud'], authors: [{ name: 'Ann Reed' }] },
    ]);
  });
});

describe('a folder file that can not be read for good', () => {
  it('holds back what is new, with one error that says how much, and leaves what is public', async () => {
    const publication = await publish({ 'notes/old.md': article('Marsh') });
    await publication.put('notes/.meta.yml', 'draft: [true\n');
    await publication.settle();
    expect((await publication.publisher.overview()).problems).toMatchObject([
      { code: 'folder-file-ignored', path: 'notes/.meta.yml' },
    ]);
    await publication.put('notes/a.md', article('Dunes'));
    await publication.put('notes/b.md', article('Shore'));
    await publication.settle();
    expect(await isPublic(publication, 'Marsh')).toBe(true);
    expect(await isPublic(publication, 'Dunes')).toBe(false);
    const { problems } = await publication.publisher.overview();
    expect(problems).toMatchObject([{ code: 'folder-file-unclear', path: 'notes/.meta.yml' }]);
    expect(problems[0]?.message).toContain('2 files are held back');
    await publication.put('notes/.meta.yml', 'draft: false\n');
    await publication.settle();
    expect(await isPublic(publication, 'Shore')).toBe(true);
    expect((await publication.publisher.overview()).problems).toEqual([]);
  });

  it('lets no new article into a file of several that is public', async () => {
    const items = (names: readonly string[]): string =>
      JSON.stringify(
        names.map((id) => ({ id, title: id, content_text: 'Text.', date_published: '2026-05-01T10:00:00Z' })),
      );
    const publication = await publish({ 'notes/a.json': items(['marsh']) });
    await publication.put('notes/.meta.yml', 'draft: maybe\n');
    await publication.put('notes/a.json', items(['marsh', 'dunes']));
    await publication.settle();
    expect(await isPublic(publication, 'marsh')).toBe(true);
    expect(await isPublic(publication, 'dunes')).toBe(false);
  });
});

describe('a file beside one article', () => {
  it('says what that article is, and tells it alone when it changes', async () => {
    const publication = await publish({
      'posts/a.meta': '.. title: The marsh\n.. date: 2026-05-01\n.. status: draft\n',
      'posts/a.md': 'Text of the marsh.\n',
      'posts/ab.md': article('Dunes'),
    });
    expect(await isPublic(publication, 'marsh')).toBe(false);
    expect(await isPublic(publication, 'Dunes')).toBe(true);
    await publication.put('posts/a.meta', '.. title: The marsh\n.. date: 2026-05-01\n');
    await publication.settle();
    expect(await isPublic(publication, 'The marsh')).toBe(true);
  });
});

describe('code that may hold back what is in its folder', () => {
  it('holds what does not say itself that it is no draft', async () => {
    const publication = await publish({
      'notes/notes.11tydata.js': 'export default { draft: (data) => isSecret(data) };\n',
      'notes/open.md': '---\ntitle: Marsh\ndate: 2026-05-01\ndraft: false\n---\nText.\n',
      'notes/silent.md': article('Dunes'),
      'notes/draft.md': '---\ntitle: Shore\ndate: 2026-05-01\ndraft: true\n---\nText.\n',
    });
    expect(await isPublic(publication, 'Marsh')).toBe(true);
    expect(await isPublic(publication, 'Dunes')).toBe(false);
    expect(await isPublic(publication, 'Shore')).toBe(false);
    const { problems, counts } = await publication.publisher.overview();
    expect(counts).toMatchObject({ published: 1, drafts: 2 });
    expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'folder-file-unclear notes/notes.11tydata.js',
    ]);
  });
});

describe('a file beside index.md', () => {
  it('is a part of it where the folder is known to be of Hugo, and nothing is said of that', async () => {
    const publication = await publish({
      'hugo.toml': 'title = "Test"\n',
      'posts/trip/index.md': article('Trip'),
      'posts/trip/notes.md': article('Marsh'),
      'posts/trip/day/one.md': article('Dunes'),
      'posts/other.md': article('Shore'),
    });
    expect(await isPublic(publication, 'Marsh')).toBe(false);
    expect(await isPublic(publication, 'Dunes')).toBe(false);
    expect(await isPublic(publication, 'Trip')).toBe(true);
    expect(await isPublic(publication, 'Shore')).toBe(true);
    expect((await publication.publisher.overview()).problems).toEqual([]);
  });

  it('is an article where Hugo is known to be elsewhere, and the page only leads to it', async () => {
    const publication = await publish({
      'hugo/_index.md': '---\ntitle: Hugo\n---\n',
      'hugo/trip/index.md': article('Trip'),
      'hugo/trip/notes.md': article('Marsh'),
      'plain/index.md': '---\ntitle: All walks\n---\nText.\n',
      'plain/notes.md': article('Dunes'),
      'plain/undated.md': '# Shore\n',
      'parts/index.md': '---\ntitle: Parts\nheadless: true\n---\n',
      'parts/one.md': '# Reeds\n',
    });
    expect(await isPublic(publication, 'Marsh')).toBe(false);
    expect(await isPublic(publication, 'Dunes')).toBe(true);
    expect(await isPublic(publication, 'Shore')).toBe(true);
    expect(await isPublic(publication, 'Reeds')).toBe(false);
    const { problems } = await publication.publisher.overview();
    expect(problems.filter(({ code }) => code === 'bundle-part-published')).toEqual([]);
  });

  it('is held back where nobody knows, until it says that it is no draft, or the page goes', async () => {
    const publication = await publish({
      'posts/trip/index.md': article('Trip'),
      'posts/trip/index.de.md': '---\ntitle: Reise\nslug: reise\ndate: 2026-05-01\n---\nText.\n',
      'posts/trip/notes.md': 'Notes of the marsh.\n',
      'posts/trip/dated.md': article('Dunes'),
      'posts/trip/said.md': '---\ntitle: Shore\ndate: 2026-05-01\ndraft: false\n---\nText.\n',
    });
    expect(await isPublic(publication, 'marsh')).toBe(false);
    expect(await isPublic(publication, 'Dunes')).toBe(false);
    expect(await isPublic(publication, 'Shore')).toBe(true);
    expect(await isPublic(publication, 'Reise')).toBe(true);
    const { problems } = await publication.publisher.overview();
    expect(problems).toMatchObject([{ code: 'bundle-part-held', path: 'posts/trip/index.md' }]);
    expect(problems[0]?.message).toContain('2 files are held back');
    await publication.put('posts/trip/index.md', null);
    await publication.settle();
    expect(await isPublic(publication, 'marsh')).toBe(true);
    expect(await isPublic(publication, 'Dunes')).toBe(true);
  });

  it('stays public when it was so before, with a warning', async () => {
    const publication = await publish({ 'posts/trip/notes.md': 'Notes of the marsh.\n' });
    await publication.put('posts/trip/index.md', article('Trip'));
    await publication.settle();
    expect(await isPublic(publication, 'marsh')).toBe(true);
    const codes = (await publication.publisher.overview()).problems.map(({ code }) => code);
    expect(codes).toContain('bundle-part-published');
  });
});
