/** What is known of an asset, whichever part of it tells. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ASSET_HEAD_BYTES } from '../../../lambda/article/media/media.ts';
import { type Store, StoreError, type WriteResult } from '../../../lambda/store/store.ts';
import { createVariantStore } from '../../../lambda/store/variant-store.ts';
import { createTestPublication } from '../../support/publication.ts';

const SOUND = readFileSync(new URL('../../article/media/files/silence.m4a', import.meta.url));
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

describe('a sound that its store can copy', () => {
  /** A site that copies, what it copied, and what was read whole of the content; others act before and after a copy. */
  async function scene(others: { before?: (content: Store) => Promise<unknown>; after?: () => void } = {}) {
    const read: string[] = [];
    const copied: string[] = [];
    const copyTo =
      (site: Store): NonNullable<Store['copyFrom']> =>
      async (source, { key, version }) => {
        await others.before?.(publication.content);
        const object = await source.read(key, { fromByte: 0 });
        if (object?.version !== version) return { kind: 'conflict' };
        const result = await site.write(key, object.body);
        copied.push(key);
        others.after?.();
        return result;
      };
    const publication = await createTestPublication({
      files: { 'fog.md': `${ARTICLE} ![](fog.svg)` },
      wrap(store, name) {
        if (name === 'public') return createVariantStore({ ...store, copyFrom: copyTo(store) });
        return {
          ...store,
          async read(key, options) {
            if (options === undefined) read.push(key);
            return store.read(key, options);
          },
        };
      },
    });
    await publication.put('fog.m4a', SOUND);
    await publication.put('fog.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
    return { publication, read, copied };
  }

  it('is copied, once, and never read as a whole; a text is read', async () => {
    const { publication, read, copied } = await scene();
    await publication.settle();
    expect(Buffer.compare((await publication.public.read('fog.m4a'))?.body ?? Buffer.of(), SOUND)).toBe(0);
    expect(copied).toEqual(['fog.m4a']);
    expect(read).not.toContain('fog.m4a');
    expect(read).toContain('fog.svg');
    expect((await publication.documents()).has('fog.svg.br')).toBe(true);
    await publication.publisher.reconcile();
    await publication.settle();
    expect(copied).toEqual(['fog.m4a']);
  });

  it('is looked at again when it changes meanwhile', async () => {
    let isDue = true;
    const { publication, copied } = await scene({
      async before(content) {
        if (isDue) await content.write('fog.m4a', LARGE);
        isDue = false;
      },
    });
    await publication.settle();
    expect(copied).toEqual(['fog.m4a']);
    expect((await publication.public.read('fog.m4a'))?.lengthBytes).toBe(LARGE.byteLength);
    expect(await attachmentOf(publication)).toMatchObject({ size_in_bytes: LARGE.byteLength });
  });

  it('is not public when it goes meanwhile', async () => {
    const { publication, copied } = await scene({ before: (content) => content.remove('fog.m4a') });
    await publication.settle();
    expect(copied).toEqual([]);
    expect(await publication.public.inspect('fog.m4a')).toBeNull();
  });

  it('is put in place once more when the answer of its copy was lost', async () => {
    const { publication, copied } = await scene({
      after: () => {
        if (copied.length === 1) lose();
      },
    });
    await expect(publication.settle()).rejects.toThrow('lost');
    await publication.settle();
    expect(copied).toEqual(['fog.m4a', 'fog.m4a']);
    expect(await attachmentOf(publication)).toMatchObject({ duration_in_seconds: 12 });
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
        name === 'public' ? interceptWrites(store, 'fog.m4a', async () => meanwhile?.(), lose) : store,
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
