/**
 * Very many articles at once: what each costs, by the sizes of the batches in which article work and feed work are
 * done, whether the end is right (what another order and other batches end in), and whether a subscriber finds all.
 */

import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FEED_FORMATS } from '../../../lambda/model/addresses.ts';
import { createPublisher, type Ports, type Publisher } from '../../../lambda/publish.ts';
import type { ArticleMessage, LaneMessage, LaneName, WorkQueue } from '../../../lambda/store/queue.ts';
import { listAll, type Store } from '../../../lambda/store/store.ts';
import { createMemoryStore } from '../../../local/store/memory-store.ts';
import { walkHistory } from '../../../tests/support/history-walk.ts';
import { keyOf, siteOf, textOf } from '../../../tests/support/scale-publication.ts';

const SITE_URL = 'https://example.org/';
const TEXT_BYTES = 2_000;
const PAGE_SIZE = 30;
const NOW = Date.UTC(2026, 0, 1);
/** Of what is written to a folder for other validators: one in so many archive pages. */
const SAMPLE_PAGES = 20;

interface Batches {
  readonly articles: number;
  readonly feed: number;
}

interface Import extends Batches {
  readonly order: 'shuffled' | 'oldest first';
}

/** Batches of several sizes, the last ones as on one machine; and what is usual, an archive in its own order. */
const IMPORTS: readonly Import[] = [
  { order: 'shuffled', articles: 10, feed: 10 },
  { order: 'shuffled', articles: 100, feed: 100 },
  { order: 'shuffled', articles: 200, feed: 5_000 },
  { order: 'oldest first', articles: 10, feed: 10 },
  { order: 'oldest first', articles: 200, feed: 5_000 },
];

/** @param folder where a sample of the documents is written, for validators; null for nowhere */
export async function measureBulk(count: number, folder: string | null): Promise<void> {
  const digests = new Set<string>();
  for (const [turn, { order, ...batches }] of IMPORTS.entries()) {
    const run = await publishAll(order === 'shuffled' ? shuffle(count) : [...Array(count).keys()], batches);
    digests.add(await digestOf(run.public));
    const per = (value: number): string => (value / count).toFixed(2);
    console.log(
      `${count} articles, ${order}, ${batches.articles} at once, ${batches.feed} of a feed: per article ${per(run.rootWrites)} root writes, ${per(run.pageWrites)} page writes, ${per(run.documentWrites)} documents; ${(run.cpuMs / count).toFixed(1)} ms CPU`,
    );
    if (turn === IMPORTS.length - 1) await walk(run.public, count, folder);
  }
  console.log(
    digests.size === 1 ? 'Every order ends in the same documents.' : 'THE ORDERS END IN DIFFERENT DOCUMENTS.',
  );
  if (digests.size !== 1) process.exitCode = 1;
}

interface Run {
  readonly public: Store;
  readonly rootWrites: number;
  readonly pageWrites: number;
  readonly documentWrites: number;
  readonly cpuMs: number;
}

async function publishAll(order: readonly number[], batches: Batches): Promise<Run> {
  const [content, state, documents] = [createMemoryStore(), createMemoryStore(), createMemoryStore()];
  const counts = { rootWrites: 0, pageWrites: 0, documentWrites: 0 };
  const queue = createBatchQueue();
  let nonces = 0;
  const publisher = createPublisher({
    content,
    state: tap(state, (key) => {
      if (key.endsWith('/root.json')) counts.rootWrites += 1;
      if (key.includes('/pages/')) counts.pageWrites += 1;
    }),
    public: tap(documents, () => {
      counts.documentWrites += 1;
    }),
    queue,
    hub: null,
    sitemapDelayMs: 600_000,
    url: SITE_URL,
    fallbackUrl: null,
    now: () => NOW,
    nonce: () => String(++nonces),
  } satisfies Ports);
  const settings = `${siteOf(PAGE_SIZE)}pages: { articles: false }\n`;
  await content.write('site.yaml', new TextEncoder().encode(settings));
  for (const index of order) await content.write(keyOf(index), new TextEncoder().encode(textOf(index, TEXT_BYTES)));
  await publisher.articleWork([{ key: 'site.yaml' }]);
  await queue.sendArticleWork(order.map((index) => ({ key: keyOf(index) })));
  const before = process.cpuUsage();
  await queue.work(publisher, batches);
  const { user, system } = process.cpuUsage(before);
  return { ...counts, public: documents, cpuMs: (user + system) / 1000 };
}

/** Tells of every write that the store did not find to be there already. */
function tap(store: Store, onWrite: (key: string) => void): Store {
  return {
    ...store,
    async write(key, body, options) {
      const result = await store.write(key, body, options);
      if (result.kind === 'written') onWrite(key);
      return result;
    },
  };
}

/** Article work comes first where a feed takes very many messages at once, and in turns with lane work otherwise. */
function createBatchQueue(): WorkQueue & { work(publisher: Publisher, batches: Batches): Promise<void> } {
  const articles: ArticleMessage[] = [];
  const lanes = new Map<LaneName, LaneMessage[]>();
  return {
    sendArticleWork: async (messages) => void articles.push(...messages),
    sendHubWork: async () => undefined,
    async sendLaneWork(messages) {
      for (const message of messages) {
        const group = lanes.get(message.lane) ?? [];
        lanes.set(message.lane, group);
        group.push(message);
      }
    },
    async work(publisher, batches) {
      while (articles.length > 0 || lanes.size > 0) {
        const batch = articles.splice(0, batches.articles);
        for (const outcome of await publisher.articleWork(batch)) {
          if (outcome.change === 'failed') throw outcome.error;
        }
        if (articles.length > 0 && batches.feed > batches.articles) continue;
        for (const [lane, group] of [...lanes]) {
          await publisher.laneWork(lane, group.splice(0, batches.feed));
          if (group.length === 0) lanes.delete(lane);
        }
      }
    },
  };
}

async function walk(site: Store, count: number, folder: string | null): Promise<void> {
  const read = async (path: string): Promise<string | null> => {
    const document = await site.read(path);
    return document === null ? null : new TextDecoder().decode(document.body);
  };
  for (const format of FEED_FORMATS) {
    const { ids, documentCount } = await walkHistory(read, SITE_URL, 'all', format);
    const isRight = ids.length === count && new Set(ids).size === count;
    console.log(
      `${format}: ${documentCount} documents from the subscription document back, ${ids.length} entries, ${isRight ? 'each once' : 'NOT EACH ONCE'}`,
    );
    if (!isRight) process.exitCode = 1;
  }
  if (folder !== null) await writeSample(site, folder);
}

/** Everything that is no archive page, and one in so many of those. */
async function writeSample(site: Store, folder: string): Promise<void> {
  const pages = new Set<string>();
  for await (const { key } of listAll(site, '')) {
    const page = /archive\/([^/]+)\//.exec(key)?.[1];
    if (page !== undefined) pages.add(page);
    if (page !== undefined && pages.size % SAMPLE_PAGES !== 1) continue;
    mkdirSync(dirname(join(folder, key)), { recursive: true });
    writeFileSync(join(folder, key), (await site.read(key))?.body ?? new Uint8Array());
  }
}

/** Of all documents that can be come to: pages that are no more stay for a while, and depend on the order. */
async function digestOf(site: Store): Promise<string> {
  const hash = createHash('sha256');
  for (const format of FEED_FORMATS) {
    await walkHistory(
      async (path) => {
        const document = await site.read(path);
        if (document !== null) hash.update(path).update(document.body);
        return document === null ? null : new TextDecoder().decode(document.body);
      },
      SITE_URL,
      'all',
      format,
    );
  }
  return hash.digest('hex');
}

/** All numbers below `count` in an order of their own: multiples of a number that has no divisor in common with it. */
function shuffle(count: number): readonly number[] {
  let step = Math.floor(count * 0.618);
  while (divisorOf(step, count) !== 1) step += 1;
  return Array.from({ length: count }, (_, index) => (index * step) % count);
}

function divisorOf(a: number, b: number): number {
  return b === 0 ? a : divisorOf(b, a % b);
}
