/**
 * A publication with one feed of any length, and what it costs to publish, edit and remove one article in it: by the
 * real article work and feed work, on stores that count what is asked of them.
 */

import { createPublisher, type Ports } from '../../lambda/publish.ts';
import { readJson } from '../../lambda/state/json-object.ts';
import { SITE_STATE_KEY } from '../../lambda/state/keys.ts';
import type { Store } from '../../lambda/store/store.ts';
import { momentAt } from '../../lambda/time/moment.ts';
import { formatsOf } from '../../lambda/work/feed/feed-documents.ts';
import type { SiteState } from '../../lambda/work/protocol/site-work.ts';
import { createMemoryStore } from '../../local/store/memory-store.ts';
import { countRequests, countStore, createCounts, type StoreCounts } from './counted-store.ts';
import { createTestEntry } from './entries.ts';
import { writeLongArchive } from './long-archive.ts';
import { createTestQueue } from './publication.ts';

/** What one article cost. */
export interface Cost {
  readonly requests: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly cpuMs: number;
}

export interface ScalePublication {
  readonly entryCount: number;
  readonly ports: Ports;
  /** Milliseconds since the epoch; set it to let time pass. */
  now: number;
  /** Writes a file, or removes it, and works until everything is published. */
  put(key: string, text: string | null): Promise<Cost>;
  /** Does what has become due. */
  tick(): Promise<void>;
}

export interface ScaleOptions {
  readonly entryCount: number;
  readonly pageSize: number;
  /** Length of every article's text. */
  readonly textBytes: number;
  readonly state: Store;
}

const START = Date.UTC(2020, 0, 1);
const STEP_MS = 60_000;
const SITEMAP_DELAY_MS = 600_000;

export async function createScalePublication(options: ScaleOptions): Promise<ScalePublication> {
  const { pageSize, textBytes } = options;
  const counts = createCounts();
  const content = createMemoryStore();
  const queue = createTestQueue();
  let nonces = 0;
  const ports: Ports = {
    content: countStore(content, counts),
    state: countStore(options.state, counts),
    public: countStore(createMemoryStore(), counts),
    queue,
    hub: null,
    sitemapDelayMs: SITEMAP_DELAY_MS,
    url: 'https://example.org/',
    fallbackUrl: null,
    now: () => publication.now,
    nonce: () => `nonce-${String(++nonces).padStart(30, '0')}`,
  };
  const publisher = createPublisher(ports);
  const publication = {
    ports,
    entryCount: 0,
    now: START + 2 * STEP_MS * options.entryCount + SITEMAP_DELAY_MS,
    async put(key: string, text: string | null): Promise<Cost> {
      if (text === null) await content.remove(key);
      else await content.write(key, new TextEncoder().encode(text));
      Object.assign(counts, createCounts());
      const before = process.cpuUsage();
      await queue.sendArticleWork([{ key }]);
      await queue.work(publisher, 1);
      const { user, system } = process.cpuUsage(before);
      return { ...sum(counts), cpuMs: (user + system) / 1000 };
    },
    async tick(): Promise<void> {
      await publisher.tick();
      await queue.work(publisher, 1);
    },
  };
  await publication.put('site.yaml', siteOf(pageSize));
  const settings = (await readJson<SiteState>(options.state, SITE_STATE_KEY))?.value;
  if (settings?.site == null) throw new Error('The settings are not as they should be.');
  publication.entryCount = await writeLongArchive(ports, {
    feed: 'all',
    halfPage: pageSize / 2,
    entryCount: options.entryCount,
    // A root's length depends on its newest page most: archives are compared that begin with equal ones.
    newestCount: pageSize,
    place: (index) => ({ key: keyOf(index), entry: entryOf(index, textBytes) }),
    root: { siteRevision: settings.revision, formats: formatsOf('all', settings.site) },
  });
  return publication;
}

/** The settings: one feed, of pages of this size. */
export function siteOf(pageSize: number): string {
  return `title: Scale\nid: scale\npageSize: ${pageSize}\nautomatic: false\n`;
}

/** The file of the article with this number, in this version. */
export function textOf(index: number, textBytes: number, version = 1): string {
  const published = new Date(START + index * STEP_MS).toISOString();
  const head = `title: Article ${index}, version ${version}\nid: ${idOf(index)}\ndate: ${published}`;
  return `---\n${head}\n---\n${paragraph(index, textBytes)}\n`;
}

export function keyOf(index: number): string {
  return `posts/${String(index).padStart(9, '0')}.md`;
}

function idOf(index: number): string {
  return `urn:scale:${String(index).padStart(9, '0')}`;
}

function entryOf(index: number, textBytes: number) {
  return createTestEntry({
    id: idOf(index),
    url: `https://example.org/posts/${String(index).padStart(9, '0')}/`,
    title: `Article ${index}, version 0`,
    published: momentAt(START + index * STEP_MS),
    contentHtml: `<p>${paragraph(index, textBytes)}</p>`,
  });
}

function paragraph(index: number, textBytes: number): string {
  const sentence = `Article ${index} is as long as articles are, and says nothing. `;
  return sentence
    .repeat(Math.ceil(textBytes / sentence.length))
    .slice(0, textBytes)
    .trim();
}

function sum(counts: StoreCounts): Omit<Cost, 'cpuMs'> {
  const { bytesRead, bytesWritten } = counts;
  return { requests: countRequests(counts), bytesRead, bytesWritten };
}
