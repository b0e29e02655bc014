/** No archive document ever links to one that is not there, also not for the moment between two writes. */

import { expect, it } from 'vitest';
import { createTestPublication } from '../support/publication.ts';

const ARTICLE_COUNT = 80;
const LINK = /rel="(?:prev|next)-archive"[^>]* href="https:\/\/example\.org\/([^"]+)"/g;

it('archive documents link to older and newer ones that are there, at every moment', async () => {
  const present = new Set<string>();
  const dead: string[] = [];
  const publication = await createTestPublication({
    files: { 'site.yaml': 'title: Links\npageSize: 10\nautomatic: false\npages: { articles: false }\n' },
    wrap: (store, name) => ({
      ...store,
      async write(path, body, options) {
        const result = await store.write(path, body, options);
        if (name === 'public') present.add(path);
        const links = [...new TextDecoder().decode(body).matchAll(LINK)].map(([, link = '']) => link);
        if (name === 'public')
          dead.push(...links.filter((link) => !present.has(link)).map((link) => `${path} → ${link}`));
        return result;
      },
    }),
  });
  // One by one and in an order of their own, so that pages come to stand between others.
  for (let count = 0; count < ARTICLE_COUNT; count += 1) {
    const index = (count * 37) % ARTICLE_COUNT;
    const date = new Date(Date.UTC(2026, 0, 1) + index * 3_600_000).toISOString();
    await publication.put(`article-${index}.md`, `---\ntitle: ${index}\ndate: ${date}\n---\nText`);
    await publication.settle();
  }
  expect([...present].filter((path) => path.includes('archive/')).length).toBeGreaterThan(20);
  expect(dead).toEqual([]);
});
