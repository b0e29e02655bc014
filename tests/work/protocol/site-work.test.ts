/** The settings: who reads them anew, who only reads them, and what is said of their errors. */

import { describe, expect, it } from 'vitest';
import { createPublisher } from '../../../lambda/publish.ts';
import { SITE_STATE_KEY } from '../../../lambda/state/keys.ts';
import { countRequests, countStore, createCounts } from '../../support/counted-store.ts';
import { createTestPublication, createTestQueue, type TestPublication } from '../../support/publication.ts';

const SITE = 'title: Test Letters\nid: test\n';
const ARTICLE = '---\ntitle: A\ndate: 2026-05-01\n---\nText.\n';

async function publish(files: Readonly<Record<string, string>>): Promise<TestPublication> {
  const publication = await createTestPublication({ files });
  await publication.settle();
  return publication;
}

describe('the publisher', () => {
  it('reads the settings anew when it is given another address to publish at', async () => {
    const publication = await publish({ 'site.yaml': SITE, 'a.md': ARTICLE });
    const moved = createPublisher({ ...publication.ports, url: 'https://moved.example/' });
    await moved.articleWork([{ key: 'a.md' }]);
    expect((await moved.overview()).site?.url).toBe('https://moved.example/');
  });

  it('tells what is published without writing anything, also what another version of it has published', async () => {
    const publication = await publish({ 'site.yaml': SITE, 'a.md': ARTICLE });
    const site = JSON.parse(new TextDecoder().decode((await publication.state.read(SITE_STATE_KEY))?.body));
    const older = JSON.stringify({ ...site, rendererVersion: site.rendererVersion - 1, addresses: undefined });
    await publication.state.write(SITE_STATE_KEY, new TextEncoder().encode(older));
    const refuse = async (): Promise<never> => {
      throw new Error('Nobody may write.');
    };
    const state = { ...publication.state, write: refuse, remove: refuse };
    const reader = createPublisher({ ...publication.ports, state, url: null });
    expect(await reader.overview()).toMatchObject({ site: { title: 'Test Letters' }, counts: { published: 1 } });
  });

  it('says how many errors the settings have', async () => {
    const publication = await publish({ 'site.yaml': SITE });
    await publication.content.write('site.yaml', new TextEncoder().encode('title: [unclosed\n'));
    const outcomes = await publication.publisher.articleWork([{ key: 'site.yaml' }]);
    expect(outcomes).toMatchObject([{ key: 'site.yaml', errorCount: 1 }]);
  });
});

describe('a tick on a publication at rest', () => {
  it('has everything made anew for another address', async () => {
    const publication = await publish({ 'site.yaml': SITE, 'a.md': ARTICLE });
    const queue = createTestQueue();
    const moved = createPublisher({ ...publication.ports, queue, url: 'https://moved.example/' });
    await moved.tick();
    await queue.work(moved, 10);
    const texts = [...(await publication.documents()).values()];
    expect(texts.filter((text) => text.includes('https://example.org/'))).toEqual([]);
    expect(texts.some((text) => text.includes('https://moved.example/'))).toBe(true);
  });

  it('has everything made anew by other renderers', async () => {
    const publication = await publish({ 'site.yaml': SITE, 'a.md': ARTICLE });
    const written = await publication.documents();
    const site = JSON.parse(new TextDecoder().decode((await publication.state.read(SITE_STATE_KEY))?.body));
    const older = { ...site, rendererVersion: site.rendererVersion - 1, fingerprint: 'of older renderers' };
    await publication.state.write(SITE_STATE_KEY, new TextEncoder().encode(JSON.stringify(older)));
    await publication.public.remove('atom.xml');
    await publication.publisher.tick();
    await publication.settle();
    expect(await publication.documents()).toEqual(written);
  });

  it('costs one listing and one read', async () => {
    const counts = createCounts();
    const publication = await createTestPublication({
      files: { 'site.yaml': SITE, 'a.md': ARTICLE },
      wrap: (store) => countStore(store, counts),
    });
    await publication.settle();
    Object.assign(counts, createCounts());
    await publication.publisher.tick();
    expect(counts).toMatchObject({ listings: 1, reads: 1 });
    expect(countRequests(counts)).toBe(2);
  });

  it('begins nothing where nothing was ever published', async () => {
    const publication = await createTestPublication({ isNew: true });
    await publication.publisher.tick();
    await publication.settle();
    expect((await publication.documents()).size).toBe(0);
  });
});
