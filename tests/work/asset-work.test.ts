/** What is known of an asset, whichever part of it tells. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ASSET_HEAD_BYTES } from '../../lambda/article/media/media.ts';
import type { Store } from '../../lambda/store/store.ts';
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
