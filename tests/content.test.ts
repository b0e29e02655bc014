/**
 * The sample publication, published whole. Its documents are compared byte for byte with those in tests/golden/content/;
 * `UPDATE_GOLDEN=1` writes them anew when they are meant to change, and the difference is then read like any other.
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { isArticleKey } from '../lambda/address/article-key.ts';
import {
  FEED_FORMATS,
  FEEDS_PAGE_PATH,
  NOT_FOUND_PATH,
  OPML_PATH,
  subscriptionPath,
} from '../lambda/model/addresses.ts';
import { createTestPublication, type TestPublication } from './support/publication.ts';
import { readSample, SAMPLE_NOW } from './support/sample-content.ts';

const SAMPLE = readSample();
const GOLDEN = fileURLToPath(new URL('./golden/content/', import.meta.url));
const NEW_YEAR_2035 = Date.UTC(2035, 0, 1);

/** Everything, the feed of the news brief, and those that site.yaml defines, a podcast among them. */
const FEEDS = ['all', 'sections/briefs', 'long-reads', 'by-the-water', 'listening-post'];
const GOLDEN_PATHS = [
  ...FEEDS.flatMap((feed) => FEED_FORMATS.map((format) => subscriptionPath(feed, format))),
  OPML_PATH,
  ...['index.html', 'by-the-water/index.html', FEEDS_PAGE_PATH, NOT_FOUND_PATH],
  ...['essays/the-strip-that-belongs-to-nobody/index.html', 'letters/الليل-في-ميناء-صور/index.html'],
];

describe('the sample publication', () => {
  let publication: TestPublication;
  let documents: ReadonlyMap<string, string>;

  beforeAll(async () => {
    publication = await publishContent();
    documents = await publication.documents();
  });

  it('has nothing to complain of', async () => {
    const { problems, counts } = await publication.publisher.overview();
    expect(problems).toEqual([]);
    expect(counts).toEqual({ published: 17, drafts: 1, scheduled: 1, broken: 0 });
  });

  it.each(GOLDEN_PATHS)('publishes %s as it is kept', (path) => {
    const golden = join(GOLDEN, path);
    const document = documents.get(path) ?? '';
    if (process.env.UPDATE_GOLDEN === '1') writeGolden(golden, document);
    expect(document).toBe(readFileSync(golden, 'utf8'));
  });

  it('makes the same documents whatever the order in which its files arrive', async () => {
    const reversed = await publishContent((keys) => keys.toReversed());
    expect(await reversed.documents()).toEqual(documents);
  });

  it('makes public the media of its entries and the images of its settings', () => {
    const media = [...SAMPLE.keys()].filter((key) => /\.(?:png|jpg|mp3|vtt|chapters\.json)$/.test(key));
    expect([...documents.keys()].filter((path) => media.includes(path))).toEqual(media);
  });

  it('makes public no source, no draft and none of its settings', () => {
    const sources = [...SAMPLE.keys()].filter((key) => isArticleKey(key) || key.endsWith('.yaml'));
    expect(sources.filter((key) => documents.has(key))).toEqual([]);
    expect([...documents.values()].filter((text) => text.includes('On the smell of rope'))).toEqual([]);
  });

  it('opens the letter to the reader of 2035 in 2035', async () => {
    const title = 'To the reader of 2035';
    expect(documents.get('feed.json')).not.toContain(title);
    const patient = await publishContent();
    patient.now = NEW_YEAR_2035;
    await patient.publisher.tick();
    await patient.settle();
    expect((await patient.documents()).get('feed.json')).toContain(title);
  });
});

async function publishContent(
  order: (keys: readonly string[]) => readonly string[] = (keys) => keys,
): Promise<TestPublication> {
  const publication = await createTestPublication({ now: SAMPLE_NOW, url: 'https://example.org/' });
  for (const key of order([...SAMPLE.keys()])) await publication.put(key, SAMPLE.get(key) ?? null);
  await publication.settle();
  return publication;
}

function writeGolden(golden: string, document: string): void {
  mkdirSync(dirname(golden), { recursive: true });
  writeFileSync(golden, document);
}
