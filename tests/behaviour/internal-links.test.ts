/** Wherever a link of a built publication leads by the name of a file, something is there. */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderAddress } from '../../lambda/address/folder-address.ts';
import { pagePath } from '../../lambda/model/addresses.ts';
import { readJson } from '../../lambda/state/json-object.ts';
import { NAMES_PREFIX } from '../../lambda/state/keys.ts';
import type { NameState } from '../../lambda/state/name-state.ts';
import { listAll } from '../../lambda/store/store.ts';
import { createTestPublication, type TestPublication } from '../support/publication.ts';

const SAMPLE = new URL('../../content', import.meta.url).pathname;
const CORPUS = new URL('../../../shared/corpus', import.meta.url).pathname;
const BLOGS = ['hexo-site', 'jekyll-docs', 'nikola', 'overreacted', 'pelican-vdp', 'babel'];
const URL_BASE = 'https://example.org/';

async function publish(folder: string): Promise<TestPublication> {
  const publication = await createTestPublication({ batchCount: 500 });
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!statSync(join(folder, path)).isDirectory()) await publication.put(path, readFileSync(join(folder, path)));
  }
  await publication.settle();
  return publication;
}

/** Addresses that the index gives to links, and at which there is no document. */
async function deadAddresses({ state, documents }: TestPublication): Promise<readonly string[]> {
  const paths = await documents();
  const dead: string[] = [];
  for await (const { key } of listAll(state, NAMES_PREFIX)) {
    for (const { url } of (await readJson<NameState>(state, key))?.value.holders ?? []) {
      if (url?.startsWith(URL_BASE) && !paths.has(pagePath(folderAddress(`/${url.slice(URL_BASE.length)}`))))
        dead.push(url);
    }
  }
  return dead;
}

/** Places that stand for links as long as nobody knows where they lead. */
async function unsettled({ documents }: TestPublication): Promise<readonly string[]> {
  return [...(await documents())].flatMap(([path, text]) =>
    /article-link:|\/\.article\/|\/\.note\//.test(text) ? [path] : [],
  );
}

describe('what links lead to', () => {
  it('is there in the sample publication, and no place is left open', async () => {
    const publication = await publish(SAMPLE);
    expect([await deadAddresses(publication), await unsettled(publication)]).toEqual([[], []]);
  });

  it.runIf(existsSync(CORPUS)).each(BLOGS)('is there in %s', async (blog) => {
    const publication = await publish(join(CORPUS, blog));
    expect([await deadAddresses(publication), await unsettled(publication)]).toEqual([[], []]);
  });
});
