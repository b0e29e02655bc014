import { describe, expect, it } from 'vitest';
import type { Hub } from '../../../lambda/store/hub.ts';
import { type Store, StoreError } from '../../../lambda/store/store.ts';
import { createPublication, type Publication } from '../../../local/publication/publication.ts';
import { createMemoryStore } from '../../../local/store/memory-store.ts';
import { createKiller } from '../../support/dying-store.ts';
import { readTexts, TEST_NOW } from '../../support/publication.ts';

const encoder = new TextEncoder();

describe('the publication of one machine', () => {
  it('looks at nothing again that has been worked off', async () => {
    const stores = await createStores();
    await publicationOn(stores).refresh();
    expect(await publicationOn(stores).refresh()).toMatchObject({ published: 0, documents: { written: 0 } });
  });

  it('ends in the same documents, whenever the process was killed, and whatever changed before the next start', async () => {
    const undisturbed = await createStores();
    await publicationOn(undisturbed).refresh();
    await removeFile(undisturbed);
    await publicationOn(undisturbed).refresh();
    const expected = await feedsOf(undisturbed.public);
    let isKilled = true;
    for (let killedAt = 2; isKilled; killedAt += 5) {
      const stores = await createStores();
      isKilled = await publicationOn(dieAt(stores, killedAt))
        .refresh()
        .then(
          () => false,
          () => true,
        );
      await removeFile(stores);
      await publicationOn(stores).refresh();
      expect(await feedsOf(stores.public), `killed at write ${killedAt}`).toEqual(expected);
    }
  });

  it('looks past a path that no store can hold', async () => {
    const stores = await createStores();
    const publication = publicationOn(stores);
    await publication.refresh();
    await stores.content.write('new.md', encoder.encode('---\ntitle: New\ndate: 2026-01-01\n---\nWords.\n'));
    expect(await publication.look(['x'.repeat(1_025), 'new.md'])).toMatchObject({ published: 1 });
  });

  it('does again what failed, whatever else succeeded since', async () => {
    const stores = await createStores();
    await stores.content.write(
      'later.md',
      encoder.encode('---\ntitle: Later\ndate: 2026-06-01T13:00:00Z\n---\nWords.\n'),
    );
    let now = TEST_NOW;
    let isBroken = false;
    const documents: Store = {
      ...stores.public,
      async write(key, body, options) {
        if (isBroken && /^(later|sitemap)/.test(key)) throw new StoreError('fatal', 'no room');
        return stores.public.write(key, body, options);
      },
    };
    const publication = createPublication({
      ...stores,
      public: documents,
      url: 'https://example.org/',
      now: () => now,
    });
    await publication.refresh();
    now += 2 * 60 * 60 * 1000;
    isBroken = true;
    await expect(publication.tick()).rejects.toThrow('no room');
    isBroken = false;
    await publication.look(['post-0.md']);
    await publication.tick();
    await publication.refresh();
    const fresh = { ...stores, state: createMemoryStore(), public: createMemoryStore() };
    await createPublication({ ...fresh, url: 'https://example.org/', now: () => now }).refresh();
    expect(await feedsOf(stores.public)).toEqual(await feedsOf(fresh.public));
    expect((await publication.refresh()).looked).toBe(1);
  });

  it('publishes nothing after a failure beside it has undone what was not settled, until it has looked at everything', async () => {
    const stores = await createStores();
    await stores.content.write(
      'site.yaml',
      encoder.encode('title: Letters\nid: letters\nhubs: [https://hub.example.org/]\n'),
    );
    let now = TEST_NOW;
    let isBroken = false;
    const state: Store = {
      ...stores.state,
      async write(key, body, options) {
        if (isBroken && key.includes('hub')) throw new StoreError('fatal', 'no room');
        return stores.state.write(key, body, options);
      },
    };
    const hub: Hub = { publish: async () => ({ kind: 'accepted' }) };
    const publication = createPublication({ ...stores, state, hub, url: 'https://example.org/', now: () => now });
    await publication.refresh();
    now += 60_000;
    isBroken = true;
    await expect(publication.tellHubs()).rejects.toThrow('no room');
    await removeFile(stores);
    const before = await readTexts(stores.public);
    await expect(publication.look(['post-3.md'])).rejects.toThrow('no room');
    expect(await readTexts(stores.public)).toEqual(before);
    isBroken = false;
    expect((await publication.refresh()).looked).toBeGreaterThan(6);
    expect((await readTexts(stores.public)).get('feed.json')).not.toContain('Post 3');
    expect((await publication.refresh()).looked).toBe(1);
  });

  it('settles what documents were made of before it writes one, and everything before it ends', async () => {
    const { content, state, public: documents } = await createStores();
    let unsettled = 0;
    const ahead: string[] = [];
    const count = async <Result>(change: Promise<Result>): Promise<Result> => {
      unsettled += 1;
      return change;
    };
    const publication = createPublication({
      content,
      state: {
        ...state,
        write: (...args) => count(state.write(...args)),
        remove: (...args) => count(state.remove(...args)),
      },
      public: {
        ...documents,
        write(key, body, options) {
          if (unsettled > 0) ahead.push(key);
          return documents.write(key, body, options);
        },
      },
      settle: () => {
        unsettled = 0;
      },
      url: 'https://example.org/',
      now: () => TEST_NOW,
    });
    expect((await publication.refresh()).documents.written).toBeGreaterThan(0);
    expect(ahead).toEqual([]);
    expect(unsettled).toBe(0);
  });
});

interface Stores {
  readonly content: Store;
  readonly state: Store;
  readonly public: Store;
}

async function createStores(): Promise<Stores> {
  const stores = { content: createMemoryStore(), state: createMemoryStore(), public: createMemoryStore() };
  await stores.content.write('site.yaml', encoder.encode('title: Letters\nid: letters\nfeedMinimum: 1\n'));
  for (let index = 0; index < 6; index += 1) {
    const text = `---\ntitle: Post ${index}\ndate: 2026-01-0${index + 1}\ntags: [sea, t${index % 2}]\n---\nWords.\n`;
    await stores.content.write(`post-${index}.md`, encoder.encode(text));
  }
  return stores;
}

function publicationOn({ content, state, public: documents }: Stores): Publication {
  return createPublication({ content, state, public: documents, url: 'https://example.org/', now: () => TEST_NOW });
}

async function removeFile({ content }: Stores): Promise<void> {
  await content.remove('post-3.md');
}

function dieAt({ content, state, public: documents }: Stores, killedAt: number): Stores {
  const die = createKiller(killedAt);
  return { content, state: die(state), public: die(documents) };
}

/** The documents without the feeds' own dates: those tell whether an entry was ever public before it was removed. */
async function feedsOf(site: Store): Promise<ReadonlyMap<string, string>> {
  const texts = await readTexts(site);
  const withoutDate = (text: string): string => text.replace(/<(lastBuildDate|updated)>[^<]*<\/\1>/, '');
  return new Map([...texts].map(([path, text]) => [path, withoutDate(text)]));
}
