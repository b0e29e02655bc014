/** The publication that pollers are tried on: feeds with an archive, pages, pictures, sound, redirects and hubs. */

import { VARIANTS } from '../../lambda/address/variants.ts';
import { createVariantStore } from '../../lambda/store/variant-store.ts';
import { createTestPublication, TEST_NOW } from '../support/publication.ts';
import { createSiteBucket, type SiteBucket } from './cdn-server.ts';

export const HUB = 'https://hub.example/';
export const SOUND = Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7) % 256));

const SITE = `title: Polled
id: polled
pageSize: 10
hubs: [${HUB}]
redirects:
  /feed/: /rss.xml
  /index.xml: /atom.xml
  /?feed=rss2: /rss.xml
  /old/page.html: https://elsewhere.example/page?a=1&b=2
`;
const DAY_MS = 86_400_000;
const ARTICLE_COUNT = 40;

/** Everything that the publisher stores, variants and metadata too. */
export async function publishPolled(): Promise<SiteBucket> {
  const bucket = createSiteBucket(() => TEST_NOW + 678);
  const publication = await createTestPublication({
    wrap: (store, name) => (name === 'public' ? createVariantStore(bucket.store) : store),
    batchCount: 100,
    files: {
      'site.yaml': SITE,
      'robots.txt': 'User-agent: *\nDisallow: /private/\n',
      ...Object.fromEntries(Array.from({ length: ARTICLE_COUNT }, (_, index) => [`n${index}.md`, article(index)])),
    },
  });
  await publication.put('sound.mp3', SOUND);
  await publication.put('a b.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>');
  await publication.settle();
  return bucket;
}

function article(index: number): string {
  const date = new Date(TEST_NOW - index * DAY_MS).toISOString();
  const more = index === 3 ? '\n[Sound](sound.mp3) ![Drawing](<a b.svg>)\n' : '';
  return `---\ndate: ${date}\ntags: [sea, c++]\naliases: /was/${index}/\n---\n# Number ${index}\n\n${'Words and waves. '.repeat(30)}\n${more}`;
}

/** The plain documents, as a folder has them. */
export function plainDocuments({ objects }: SiteBucket): ReadonlyMap<string, Uint8Array> {
  const plain = [...objects].filter(([path]) => !VARIANTS.some(({ ending }) => path.endsWith(ending)));
  return new Map(plain.map(([path, { body }]) => [path, body]));
}
