import { describe, expect, it } from 'vitest';
import { RENDERER_VERSION } from '../../../lambda/render/version.ts';
import { encodeJson, readJson } from '../../../lambda/state/json-object.ts';
import { SITE_STATE_KEY } from '../../../lambda/state/keys.ts';
import type { Store } from '../../../lambda/store/store.ts';
import type { SiteState } from '../../../lambda/work/protocol/site-work.ts';
import { createPublication, type PublicationOptions } from '../../../local/publication/publication.ts';
import { createMemoryStore } from '../../../local/store/memory-store.ts';
import { createKiller } from '../../support/dying-store.ts';
import { readTexts, TEST_NOW } from '../../support/publication.ts';

const encoder = new TextEncoder();
const HOUR_MS = 60 * 60 * 1000;
const VERSION = 'same';
const SETTINGS = 'title: Letters\nid: letters\nfeedMinimum: 1\n';

describe('settings that are known', () => {
  it('are not looked at again', async () => {
    const stores = await createStores();
    expect((await refresh(stores)).looked).toBeGreaterThan(1);
    expect((await refresh(stores)).looked).toBe(0);
  });

  it('are read in each run where nothing tells one program from another', async () => {
    const stores = await createStores();
    await refresh(stores, { program: null });
    expect((await refresh(stores, { program: null })).looked).toBe(1);
    expect((await refresh(stores)).looked).toBe(1);
  });

  it('are read again by another program, at another address, and beside other lines of a generator', async () => {
    const stores = await createStores();
    await refresh(stores);
    expect((await refresh(stores, { program: 'two' })).looked).toBe(1);
    expect((await refresh(stores, { program: 'two' })).looked).toBe(0);
    expect((await refresh(stores, { program: 'two', url: 'https://example.com/' })).looked).toBeGreaterThan(1);
    expect(await feed(stores)).toContain('https://example.com/');
  });

  it('are read again after an edit that no version tells of', async () => {
    const stores = await createStores();
    await refresh(stores);
    await write(stores, 'site.yaml', SETTINGS.replace('Letters', 'Ledgers'));
    const content = sameVersions(stores.content);
    await refresh({ ...stores, content });
    expect(await feed(stores)).toContain('Ledgers');
  });

  it('are those of the file after a run that found others, put back before it ended', async () => {
    const stores = await createStores();
    await refresh(stores);
    await write(stores, 'post.md', '---\ntitle: Post\ndate: 2026-01-05\n---\nOther words.\n');
    let reads = 0;
    const content: Store = {
      ...stores.content,
      async read(key, options) {
        // The first look makes the fingerprint.
        if (key === 'site.yaml') {
          reads += 1;
          await write(stores, key, reads === 2 ? SETTINGS.replace('Letters', 'Ledgers') : SETTINGS);
        }
        return stores.content.read(key, options);
      },
      inspect: async (key) => stores.content.inspect(key),
    };
    await refresh({ ...stores, content }, { program: 'two' });
    await write(stores, 'site.yaml', SETTINGS);
    await refresh(stores, { program: 'two' });
    expect(await feed(stores)).toContain('Letters');
    expect(await feed(stores)).not.toContain('Ledgers');
    expect((await refresh(stores, { program: 'two' })).looked).toBe(0);
  });

  it('are read again when the list of takedowns changes, and when site.yaml goes or comes', async () => {
    const stores = await createStores();
    await refresh(stores);
    await write(
      stores,
      '.takedowns.json',
      JSON.stringify({ takedowns: [{ key: 'post.md', at: '2026-06-01T00:00:00Z' }] }),
    );
    expect((await refresh(stores)).looked).toBeGreaterThan(0);
    await stores.content.remove('site.yaml');
    expect((await refresh(stores)).looked).toBeGreaterThan(0);
    await write(stores, 'site.yaml', SETTINGS.replace('Letters', 'Ledgers'));
    await refresh(stores);
    expect(await feed(stores)).toContain('Ledgers');
  });

  it('are carried out after a kill at any write', async () => {
    for (let killedAt = 1, isKilled = true; isKilled; killedAt += 1) {
      const stores = await createStores();
      await refresh(stores);
      await write(stores, 'site.yaml', SETTINGS.replace('Letters', 'Ledgers'));
      const die = createKiller(killedAt);
      isKilled = await refresh({ ...stores, state: die(stores.state), public: die(stores.public) }).then(
        () => false,
        () => true,
      );
      await refresh(stores);
      expect(await feed(stores), `killed at write ${killedAt}`).toContain('Ledgers');
      expect((await refresh(stores)).looked).toBe(0);
    }
  });

  it('are looked at again where they were read by another version of the renderers, or not everything was told', async () => {
    const stores = await createStores();
    await refresh(stores);
    await changeState(stores, (site) => ({ ...site, rendererVersion: 1 }));
    await refresh(stores);
    expect((await readSettings(stores)).rendererVersion).toBe(RENDERER_VERSION);
    await changeState(stores, (site) => ({ ...site, announced: false }));
    expect((await refresh(stores)).looked).toBeGreaterThan(1);
    expect((await refresh(stores)).looked).toBe(0);
  });

  it('do not keep from work what is due, what a clock that went back takes, or what the output folder has lost', async () => {
    const stores = await createStores();
    await write(stores, 'later.md', '---\ntitle: Later\ndate: 2026-06-01T13:00:00Z\n---\nWords.\n');
    await refresh(stores);
    expect((await refresh(stores, { now: () => TEST_NOW + 2 * HOUR_MS })).published).toBe(1);
    expect((await refresh(stores)).looked).toBeGreaterThan(1);
    await stores.public.remove('feed.json');
    await refresh(stores);
    expect(await feed(stores)).toContain('Letters');
  });

  it('do not keep a copy of a feed at its old address from being put back', async () => {
    const stores = await createStores();
    await write(stores, 'site.yaml', `${SETTINGS}redirects:\n  /old.xml: /rss.xml\n`);
    await refresh(stores, { copiesFeeds: true });
    await stores.public.remove('old.xml');
    await refresh(stores, { copiesFeeds: true });
    expect(await stores.public.inspect('old.xml')).not.toBeNull();
  });
});

type Stores = Pick<PublicationOptions, 'content' | 'state' | 'public'>;

async function createStores(): Promise<Stores> {
  const stores = { content: createMemoryStore(), state: createMemoryStore(), public: createMemoryStore() };
  await write(stores, 'site.yaml', SETTINGS);
  await write(stores, 'post.md', '---\ntitle: Post\ndate: 2026-01-05\n---\nWords.\n');
  return stores;
}

async function write({ content }: Stores, key: string, text: string): Promise<void> {
  await content.write(key, encoder.encode(text));
}

function refresh(stores: Stores, options: Partial<PublicationOptions> = {}) {
  return createPublication({
    ...stores,
    url: 'https://example.org/',
    program: 'one',
    now: () => TEST_NOW,
    ...options,
  }).refresh();
}

async function feed({ public: documents }: Stores): Promise<string> {
  return (await readTexts(documents)).get('feed.json') ?? '';
}

/** A disk that tells of no edit within a second. */
function sameVersions(content: Store): Store {
  return {
    ...content,
    async list(options) {
      const listing = await content.list(options);
      return { ...listing, objects: listing.objects.map((facts) => ({ ...facts, version: VERSION })) };
    },
    async inspect(key) {
      const facts = await content.inspect(key);
      return facts && { ...facts, version: VERSION };
    },
    async read(key, options) {
      const object = await content.read(key, options);
      return object && { ...object, version: VERSION };
    },
  };
}

async function changeState({ state }: Stores, change: (site: SiteState) => SiteState): Promise<void> {
  await state.write(SITE_STATE_KEY, encodeJson(change(await readSettings({ state }))));
}

async function readSettings({ state }: Pick<Stores, 'state'>): Promise<SiteState> {
  const stored = await readJson<SiteState>(state, SITE_STATE_KEY);
  if (stored === null) throw new Error('There are no settings.');
  return stored.value;
}
