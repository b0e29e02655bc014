/** Translations of Nikola's posts have the header of their original, whichever of both changes, and in whatever order. */

import { describe, expect, it } from 'vitest';
import type { Store } from '../../lambda/store/store.ts';
import { createTestPublication, type TestPublication } from '../support/publication.ts';

const ORIGINAL = (status: string) => `.. title: Marsh\n.. date: 2026-05-01\n.. status: ${status}\n\nOf the marsh.\n`;
const TRANSLATION = '.. title: Das Moor\n\nVom Moor.\n';

async function publish(files: Readonly<Record<string, string>>, wrap?: (store: Store) => Store) {
  const publication = await createTestPublication({
    files,
    ...(wrap !== undefined && { wrap: (store, name) => (name === 'content' ? wrap(store) : store) }),
  });
  await publication.settle();
  return publication;
}

async function isPublic({ documents }: TestPublication, text = 'Vom Moor'): Promise<boolean> {
  return [...(await documents()).values()].some((document) => document.includes(text));
}

describe('the translation of an article with a header of Nikola’s', () => {
  it('goes and comes back with its original', async () => {
    const publication = await publish({ 'posts/a.md': ORIGINAL('published'), 'posts/a.de.md': TRANSLATION });
    expect(await isPublic(publication)).toBe(true);
    await publication.put('posts/a.md', ORIGINAL('private'));
    await publication.settle();
    expect(await isPublic(publication)).toBe(false);
    await publication.put('posts/a.md', ORIGINAL('published'));
    await publication.settle();
    expect(await isPublic(publication)).toBe(true);
  });

  it('is public when the original has no such header any more, or is gone', async () => {
    const files = { 'posts/a.md': ORIGINAL('draft'), 'posts/a.de.md': `.. date: 2026-05-01\n${TRANSLATION}` };
    for (const text of ['---\ntitle: Marsh\ndraft: true\n---\nOf the marsh.\n', null]) {
      const publication = await publish(files);
      expect(await isPublic(publication)).toBe(false);
      await publication.put('posts/a.md', text);
      await publication.settle();
      expect(await isPublic(publication)).toBe(true);
    }
  });

  it('is held though it says itself that it is published, as Nikola holds all languages of a post', async () => {
    const said = TRANSLATION.replace('\n\n', '\n.. status: published\n\n');
    expect(await isPublic(await publish({ 'posts/a.md': ORIGINAL('private'), 'posts/a.pt_br.md': said }))).toBe(false);
  });

  it('has the date and tags of the original, and an address of its own', async () => {
    const original =
      '<!--\n.. title: Marsh\n.. slug: marsh\n.. date: 2026-05-01 10:00:00 UTC\n.. tags: reeds\n-->\nText.\n';
    const publication = await publish({ 'posts/a.md': original, 'posts/a.de.md': 'Vom Moor.\n' });
    const feed = JSON.parse((await publication.documents()).get('feed.json') ?? '{}');
    const items: readonly { url: string; date_published: string; tags?: readonly string[] }[] = feed.items;
    expect(items.map(({ date_published, tags }) => [date_published, tags])).toEqual([
      ['2026-05-01T10:00:00Z', ['reeds']],
      ['2026-05-01T10:00:00Z', ['reeds']],
    ]);
    expect(new Set(items.map(({ url }) => url)).size).toBe(2);
  });

  it('is looked at again where the original changes while it is worked on, though no event tells of that', async () => {
    let isArmed = false;
    let writes = 0;
    // Between the look at the original and the record, somebody holds it back.
    const wrap = (store: Store): Store => ({
      ...store,
      read: async (key, options) => {
        const object = await store.read(key, options);
        if (isArmed && key === 'posts/a.md') {
          isArmed = false;
          writes += 1;
          await store.write(key, new TextEncoder().encode(ORIGINAL('private')));
        }
        return object;
      },
    });
    const publication = await publish({ 'posts/a.md': ORIGINAL('published') }, wrap);
    isArmed = true;
    await publication.put('posts/a.de.md', TRANSLATION);
    await publication.settle();
    expect(writes).toBe(1);
    expect(await isPublic(publication)).toBe(false);
  });

  it('is one by its name alone: another system’s drafts hold back no articles beside them', async () => {
    const draft = '---\ntitle: Marsh\ndraft: true\n---\nOf the marsh.\n';
    const post = '---\ntitle: Das Moor\ndate: 2026-05-01\n---\nVom Moor.\n';
    expect(await isPublic(await publish({ 'posts/a.md': draft, 'posts/a.de.md': post }))).toBe(true);
  });
});
