/** What is known of an asset, whichever part of it tells. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ASSET_HEAD_BYTES } from '../../lambda/article/media/media.ts';
import { type Store, StoreError, type WriteResult } from '../../lambda/store/store.ts';
import { createTestPublication } from '../support/publication.ts';

const SOUND = readFileSync(new URL('../article/media/files/silence.m4a', import.meta.url));
/** Free space between the sound and its index, so that no beginning holds both. */
const LARGE = spread(SOUND, 2 * ASSET_HEAD_BYTES);
const ARTICLE = '---\ntitle: Fog\ndate: 2026-01-01\naudio: fog.m4a\n---\nFog.';

describe('a sound whose index is at its end', () => {
  it('is known by its duration', async () => {
    const publication = await createTestPublication({ files: { 'fog.md': ARTICLE } });
    await publication.put('fog.m4a', LARGE);
    await publication.settle();
    expect(await attachmentOf(publication)).toMatchObject({ duration_in_seconds: 12, size_in_bytes: LARGE.byteLength });
  });

  it('that is replaced while it is read is known as it is then', async () => {
    let replace: (() => Promise<void>) | null = null;
    const wrap = (store: Store): Store => ({
      ...store,
      async read(key, options) {
        if (key === 'fog.m4a' && options?.fromByte !== undefined) await replace?.();
        return store.read(key, options);
      },
    });
    const publication = await createTestPublication({
      files: { 'fog.md': ARTICLE },
      wrap: (store, name) => (name === 'content' ? wrap(store) : store),
    });
    replace = async () => {
      replace = null;
      await publication.put('fog.m4a', SOUND);
    };
    await publication.put('fog.m4a', LARGE);
    await publication.settle().catch(() => publication.settle());
    expect(await attachmentOf(publication)).toMatchObject({ duration_in_seconds: 12, size_in_bytes: SOUND.byteLength });
  });
});

const SILENT = '---\ntitle: Fog\ndate: 2026-01-01\n---\nFog.';

describe('a sound of which several runs know at the same time', () => {
  it('is in its article when it comes back while that it is gone is written', async () => {
    let meanwhile: (() => Promise<void>) | null = null;
    const publication = await createTestPublication({
      files: { 'fog.md': ARTICLE },
      wrap: (store, name) =>
        name === 'state' ? interceptWrites(store, 'articles/fog.md.json', async () => meanwhile?.()) : store,
    });
    await publication.put('fog.m4a', SOUND);
    await publication.settle();
    meanwhile = async () => {
      meanwhile = null;
      await publication.put('fog.m4a', SOUND);
      // Finds the record as it should be, and notes that the sound is back.
      await publication.publisher.articleWork([{ key: 'fog.md' }]);
    };
    await publication.put('fog.m4a', null);
    await publication.settle();
    expect(await attachmentOf(publication)).toMatchObject({ duration_in_seconds: 12 });
  });

  it('is in its article when it comes back between a slow sight of it and the note of that', async () => {
    let meanwhile: (() => Promise<void>) | null = null;
    const publication = await createTestPublication({
      wrap: (store, name) => {
        if (name === 'content') return versionByLength(store);
        return name === 'state' ? interceptWrites(store, 'assets/fog.m4a.json', async () => meanwhile?.()) : store;
      },
    });
    await publication.put('fog.md', ARTICLE);
    await publication.settle();
    meanwhile = async () => {
      meanwhile = null;
      await publication.put('fog.m4a', null);
      await publication.put('fog.md', ARTICLE);
      await publication.settle();
      await publication.content.write('fog.m4a', SOUND);
    };
    await publication.content.write('fog.m4a', SOUND);
    await publication.publisher.articleWork([{ key: 'fog.m4a' }]);
    await publication.settle();
    expect(await attachmentOf(publication)).toMatchObject({ duration_in_seconds: 12 });
  });

  it('is not public for ever when a run that died put it there after its article was done with it', async () => {
    let meanwhile: (() => Promise<void>) | null = null;
    const publication = await createTestPublication({
      files: { 'fog.md': ARTICLE },
      wrap: (store, name) =>
        name === 'site' ? interceptWrites(store, 'fog.m4a', async () => meanwhile?.(), lose) : store,
    });
    await publication.content.write('fog.m4a', SOUND);
    meanwhile = async () => {
      meanwhile = null;
      await publication.put('fog.md', SILENT);
      await publication.settle();
    };
    await expect(publication.settle()).rejects.toThrow('lost');
    await publication.ports.queue.sendArticleWork([{ key: 'fog.md' }]);
    await publication.settle();
    expect((await publication.documents()).has('fog.m4a')).toBe(true);
    publication.now += 15 * 60 * 1000;
    await publication.publisher.tick();
    await publication.settle();
    expect((await publication.documents()).has('fog.m4a')).toBe(false);
    const { objects } = await publication.state.list({ prefix: 'due/' });
    expect(objects.filter(({ key }) => key.includes('asset'))).toEqual([]);
  });
});

/** What others do while a write is under way, and what becomes of its answer. */
function interceptWrites(
  store: Store,
  key: string,
  meanwhile: () => Promise<void>,
  answer: (result: WriteResult) => WriteResult = (result) => result,
): Store {
  const write: Store['write'] = async (path, body, options) => {
    if (path !== key) return store.write(path, body, options);
    await meanwhile();
    return answer(await store.write(path, body, options));
  };
  return { ...store, write };
}

/** As S3 has it: what comes back as it was has its old version again. */
function versionByLength(store: Store): Store {
  return {
    ...store,
    async inspect(key) {
      const facts = await store.inspect(key);
      return facts && { ...facts, version: String(facts.lengthBytes) };
    },
    async read(key, options) {
      const object = await store.read(key, options);
      return object && { ...object, version: String(object.lengthBytes) };
    },
  };
}

function lose(): never {
  throw new StoreError('retry', 'The answer was lost.');
}

async function attachmentOf(publication: Awaited<ReturnType<typeof createTestPublication>>): Promise<unknown> {
  const documents = await publication.documents();
  return JSON.parse(documents.get('feed.json') ?? '').items[0].attachments[0];
}

function spread(file: Uint8Array, freeBytes: number): Uint8Array {
  const head = new DataView(file.buffer, file.byteOffset).getUint32(0);
  const free = new Uint8Array(freeBytes);
  new DataView(free.buffer).setUint32(0, freeBytes);
  free.set(new TextEncoder().encode('free'), 4);
  return Buffer.concat([file.subarray(0, head), free, file.subarray(head)]);
}
