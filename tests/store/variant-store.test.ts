import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Store, StoreError } from '../../lambda/store/store.ts';
import { compressVariant, createVariantStore } from '../../lambda/store/variant-store.ts';
import { createMemoryStore } from '../../local/store/memory-store.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const condition = { kind: 'different' } as const;

function scene() {
  const site = createMemoryStore();
  return { site, store: createVariantStore(site) };
}

describe('createVariantStore', () => {
  it('stores a text plain and in every encoding', async () => {
    const { site, store } = scene();
    expect(await store.write('tags/a/atom.xml', bytes('<feed/>'), { condition })).toMatchObject({ kind: 'written' });
    const body = async (path: string) => (await site.read(path))?.body ?? bytes('');
    expect(Buffer.from(await body('tags/a/atom.xml')).toString()).toBe('<feed/>');
    expect(brotliDecompressSync(await body('tags/a/atom.xml.br')).toString()).toBe('<feed/>');
    expect(gunzipSync(await body('tags/a/atom.xml.gz')).toString()).toBe('<feed/>');
  });

  it('names the encoding in the headers of a variant, and keeps the others', async () => {
    const { site } = scene();
    const written = new Map<string, unknown>();
    const store = createVariantStore({
      ...site,
      write: (path, body, options) => {
        written.set(path, options?.headers);
        return site.write(path, body, options);
      },
    });
    await store.write('feed.json', bytes('{}'), { condition, headers: { contentType: 'application/feed+json' } });
    expect(Object.fromEntries(written)).toEqual({
      'feed.json': { contentType: 'application/feed+json' },
      'feed.json.br': { contentType: 'application/feed+json', contentEncoding: 'br' },
      'feed.json.gz': { contentType: 'application/feed+json', contentEncoding: 'gzip' },
    });
  });

  it('leaves alone what is compressed as it is', async () => {
    const { site, store } = scene();
    await store.write('images/sun.jpg', bytes('jpeg'), { condition });
    expect((await site.list({ prefix: '' })).objects.map(({ key }) => key)).toEqual(['images/sun.jpg']);
  });

  it('writes nothing when nothing changed, and mends a variant that is missing', async () => {
    const { site, store } = scene();
    await store.write('rss.xml', bytes('<rss/>'), { condition });
    expect(await store.write('rss.xml', bytes('<rss/>'), { condition })).toMatchObject({ kind: 'unchanged' });
    await site.remove('rss.xml.gz');
    expect(await store.write('rss.xml', bytes('<rss/>'), { condition })).toMatchObject({ kind: 'written' });
    expect(await site.inspect('rss.xml.gz')).not.toBeNull();
  });

  it('touches no variant when the condition on the document does not hold', async () => {
    const { site, store } = scene();
    await store.write('rss.xml', bytes('one'), { condition });
    const before = await site.inspect('rss.xml.br');
    expect(await store.write('rss.xml', bytes('two'), { condition: { kind: 'absent' } })).toEqual({ kind: 'conflict' });
    expect(await site.inspect('rss.xml.br')).toEqual(before);
  });

  it('removes the variants with the document, and lists the document alone', async () => {
    const { site, store } = scene();
    await store.write('rss.xml', bytes('<rss/>'), { condition });
    expect((await store.list({ prefix: '' })).objects.map(({ key }) => key)).toEqual(['rss.xml']);
    await store.remove('rss.xml');
    expect((await site.list({ prefix: '' })).objects).toEqual([]);
  });

  it('removes the document last, so that a removal that failed in the middle is seen', async () => {
    for (const ending of ['.br', '.gz', '']) {
      const { site, store, removed } = failing(ending);
      await store.write('a/index.html', bytes('<p>'), { condition });
      await expect(store.remove('a/index.html')).rejects.toThrow('on purpose');
      expect(await site.read('a/index.html')).not.toBeNull();
      await store.remove('a/index.html');
      expect(removed.at(-1)).toBe('a/index.html');
      expect((await site.list({ prefix: '' })).objects).toEqual([]);
    }
  });

  it('removes a variant that was left alone', async () => {
    const { site, store } = scene();
    await site.write('rss.xml.br', bytes('late'));
    await store.remove('rss.xml');
    expect((await site.list({ prefix: '' })).objects).toEqual([]);
  });

  it('removes no text by its version, which its variants do not have', async () => {
    const { site, store } = scene();
    await store.write('rss.xml', bytes('<rss/>'), { condition });
    await expect(store.remove('rss.xml', { ifVersion: 'another' })).rejects.toMatchObject({ kind: 'fatal' });
    expect((await site.list({ prefix: '' })).objects).toHaveLength(3);
  });

  it('finds a document with all its variants, and none that lacks one', async () => {
    const { site, store } = scene();
    await store.write('rss.xml', bytes('<rss/>'), { condition });
    const plain = await site.inspect('rss.xml');
    expect(await store.inspect('rss.xml')).toMatchObject({ key: 'rss.xml', version: plain?.version, lengthBytes: 6 });
    await site.remove('rss.xml.gz');
    expect(await store.inspect('rss.xml')).toBeNull();
    expect(await store.read('rss.xml')).not.toBeNull();
    await site.write('sun.jpg', bytes('jpeg'));
    expect(await store.inspect('sun.jpg')).not.toBeNull();
  });

  it('has others copied by the store below, and no text, whose bytes it needs', async () => {
    const { site } = scene();
    const copied = { kind: 'written', version: '"1"' } as const;
    const store = createVariantStore({ ...site, copyFrom: async () => copied });
    const facts = { version: '1', lengthBytes: 1, modifiedAt: 0 };
    expect(await store.copyFrom?.(site, { ...facts, key: 'sun.jpg' }, {})).toEqual(copied);
    expect(await store.copyFrom?.(site, { ...facts, key: 'sun.svg' }, {})).toBeNull();
    expect(createVariantStore(site).copyFrom).toBeUndefined();
  });
});

/** A store in which the first removal of a document, or of one of its variants, fails. */
function failing(ending: string) {
  const site = createMemoryStore();
  const removed: string[] = [];
  let isDue = true;
  const remove: Store['remove'] = async (path, options) => {
    if (isDue && path === `a/index.html${ending}`) {
      isDue = false;
      throw new StoreError('retry', 'on purpose');
    }
    removed.push(path);
    return site.remove(path, options);
  };
  return { site, removed, store: createVariantStore({ ...site, remove }) };
}

describe('compressVariant', () => {
  const text = (sentences: number) =>
    bytes(
      Array.from(
        { length: sentences },
        (_, index) => `The tide of day ${index} rose to ${(index * 7) % 41} feet. `,
      ).join(''),
    );
  const lengthAt = async (path: string, sentences: number) =>
    (await compressVariant('br', path, text(sentences))).byteLength;

  it('compresses sealed pages harder than those that change, as far as it costs little', async () => {
    for (const sentences of [400, 1_200]) {
      expect(await lengthAt('archive/a1/atom.xml', sentences)).toBeLessThan(await lengthAt('atom.xml', sentences));
      expect(await lengthAt('tags/a/archive/a1/feed.json', sentences)).toBe(
        await lengthAt('archive/a1/feed.json', sentences),
      );
    }
    expect(await lengthAt('archive/a1/atom.xml', 4_000)).toBe(await lengthAt('atom.xml', 4_000));
  });

  it('takes nothing else for an archive', async () => {
    expect(await lengthAt('tags/archive-fever/atom.xml', 400)).toBe(await lengthAt('atom.xml', 400));
  });
});
