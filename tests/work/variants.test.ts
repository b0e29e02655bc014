/** What is left of compressed variants when runs fail, or meet. */

import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Store, StoreError } from '../../lambda/store/store.ts';
import { createVariantStore } from '../../lambda/store/variant-store.ts';
import { assetLane } from '../../lambda/work/protocol/lanes.ts';
import { createTestPublication, type TestPublication } from '../support/publication.ts';

const SITE = 'title: Test\nid: test\n';
const ARTICLE = '---\ntitle: Fog\ndate: 2026-01-01\n---\nFog.';
const WITH_PICTURE = `${ARTICLE} ![](/pic.svg)`;
const DRAWN = '<svg xmlns="http://www.w3.org/2000/svg"><title>as drawn</title></svg>';
const REDRAWN = '<svg xmlns="http://www.w3.org/2000/svg"><title>drawn anew</title></svg>';

/** A publication whose variants are stored by way of what a test makes of the bucket. */
function publish(files: Readonly<Record<string, string>>, wrap: (bucket: Store) => Store): Promise<TestPublication> {
  return createTestPublication({
    files: { 'site.yaml': SITE, ...files },
    wrap: (store, name) => (name === 'public' ? createVariantStore(wrap(store)) : store),
  });
}

/** What each client sees at a path; null where nothing is. */
async function seen({ public: documents }: TestPublication, path: string): Promise<readonly (string | null)[]> {
  const objects = await Promise.all(['', '.br', '.gz'].map((ending) => documents.read(path + ending)));
  const [plain, br, gz] = objects.map((object) => (object === null ? null : object.body));
  const texts = [plain, br && brotliDecompressSync(br), gz && gunzipSync(gz)];
  return texts.map((text) => (text ? new TextDecoder().decode(text) : null));
}

const GONE = [null, null, null];

describe('a page that is taken away', () => {
  it.each(['', '.br', '.gz'])(
    'is gone in every encoding when removing fog/index.html%s failed at first',
    async (ending) => {
      let isDue = true;
      const publication = await publish({ 'fog.md': ARTICLE }, (bucket) => ({
        ...bucket,
        async remove(path, options) {
          if (path === `fog/index.html${ending}` && isDue) {
            isDue = false;
            throw new StoreError('retry', 'Not now.');
          }
          return bucket.remove(path, options);
        },
      }));
      await publication.settle();
      await publication.put('fog.md', null);
      await expect(publication.settle()).rejects.toThrow('Not now.');
      await publication.settle();
      expect(await seen(publication, 'fog/index.html')).toEqual(GONE);
    },
  );
});

describe('a picture that is text', () => {
  it('is in every encoding as it is now when a slow run wrote a variant of what it was', async () => {
    let meanwhile: (() => Promise<unknown>) | null = null;
    const publication = await publish({ 'pic.svg': DRAWN, 'fog.md': WITH_PICTURE }, (bucket) => ({
      ...bucket,
      async write(path, body, options) {
        if (path === 'pic.svg.br') await meanwhile?.();
        return bucket.write(path, body, options);
      },
    }));
    meanwhile = async () => {
      meanwhile = null;
      await publication.put('pic.svg', REDRAWN);
      await publication.publisher.articleWork([{ key: 'pic.svg' }, { key: 'fog.md' }]);
      await publication.publisher.laneWork(assetLane('pic.svg'), [{ lane: assetLane('pic.svg'), key: null }]);
    };
    await publication.settle();
    expect(await seen(publication, 'pic.svg')).toEqual([REDRAWN, REDRAWN, REDRAWN]);
  });

  it.each(['', '.br', '.gz'])('is there when an article shows it while pic.svg%s is being removed', async (ending) => {
    let meanwhile: (() => Promise<unknown>) | null = null;
    const publication = await publish({ 'pic.svg': DRAWN, 'fog.md': WITH_PICTURE }, (bucket) => ({
      ...bucket,
      async remove(path, options) {
        if (path === `pic.svg${ending}`) await meanwhile?.();
        return bucket.remove(path, options);
      },
    }));
    await publication.settle();
    meanwhile = async () => {
      meanwhile = null;
      await publication.put('mist.md', WITH_PICTURE);
      await publication.publisher.articleWork([{ key: 'mist.md' }]);
    };
    await publication.put('fog.md', null);
    await publication.settle();
    expect(meanwhile).toBeNull();
    expect(await seen(publication, 'pic.svg')).toEqual([DRAWN, DRAWN, DRAWN]);
  });

  it('is gone with a variant that was left alone', async () => {
    const publication = await publish({ 'pic.svg': DRAWN, 'fog.md': WITH_PICTURE }, (bucket) => bucket);
    await publication.settle();
    await publication.put('fog.md', null);
    await publication.settle();
    expect(await seen(publication, 'pic.svg')).toEqual(GONE);
    await publication.public.write('pic.svg.br', new TextEncoder().encode('late'));
    await publication.put('pic.svg', null);
    await publication.settle();
    expect(await seen(publication, 'pic.svg')).toEqual(GONE);
  });
});
