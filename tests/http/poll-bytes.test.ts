/**
 * What a poll costs in bytes, against what CloudFront would send had it compressed the same document itself. AWS does
 * not say how hard it compresses; taken for it are zlib's own level 6 and the brotli quality 5 that CDNs commonly use on
 * the way. It compresses neither Atom nor JSON Feed by their types at all, so for these the comparison flatters it.
 */

import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NOT_FOUND_PATH } from '../../lambda/model/addresses.ts';
import { listAll } from '../../lambda/store/store.ts';
import { createVariantStore } from '../../lambda/store/variant-store.ts';
import { createFolderStore } from '../../local/store/folder-store.ts';
import { createTestPublication } from '../support/publication.ts';
import { type CdnServer, createSiteBucket, startCdnServer } from './cdn-server.ts';
import { ask } from './client.ts';

const CDN_GZIP_LEVEL = 6;
const CDN_BROTLI_QUALITY = 5;

const bucket = createSiteBucket(() => 0);
let server: CdnServer;

beforeAll(async () => {
  const publication = await createTestPublication({
    wrap: (store, name) => (name === 'public' ? createVariantStore(bucket.store) : store),
    batchCount: 100,
  });
  const content = createFolderStore({ root: new URL('../../content', import.meta.url).pathname, readOnly: true });
  for await (const { key } of listAll(content, '')) {
    const object = await content.read(key);
    if (object !== null) await publication.put(key, object.body);
  }
  await publication.settle();
  server = await startCdnServer(bucket.objects, {}, NOT_FOUND_PATH);
});

afterAll(() => server.close());

it.each(['rss.xml', 'atom.xml', 'feed.json'])(
  'a poll of %s takes fewer bytes, and none when nothing changed',
  async (path) => {
    const poll = (accepted: string, more: Readonly<Record<string, string>> = {}) =>
      ask(server.port, { path: `/${path}`, headers: { 'accept-encoding': accepted, ...more } });
    const [plain, br, gzip] = [await poll('identity'), await poll('br'), await poll('gzip')];
    const params = { [constants.BROTLI_PARAM_QUALITY]: CDN_BROTLI_QUALITY };
    const theirs = {
      br: brotliCompressSync(plain.body, { params }).length,
      gzip: gzipSync(plain.body, { level: CDN_GZIP_LEVEL }).length,
    };
    const again = await poll('br', { 'if-none-match': br.headers.etag ?? '' });
    console.info(
      `${path}: ${plain.body.length} bytes; br ${br.body.length} (CDN ${theirs.br}), ` +
        `gzip ${gzip.body.length} (CDN ${theirs.gzip}), unchanged ${again.body.length}`,
    );
    expect(br.text).toBe(plain.text);
    expect(br.body.length).toBeLessThan(theirs.br);
    expect(gzip.body.length).toBeLessThanOrEqual(theirs.gzip);
    expect(again).toMatchObject({ status: 304 });
    expect(again.body.length).toBe(0);
  },
);
