import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
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
});

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
