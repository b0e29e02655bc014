/** Many articles at once through the worker that Lambda's handler hands its batches to, with all stores in memory. */

import { createQueueWorker } from '../../lambda/aws/queue-worker.ts';
import type { LaneBody } from '../../lambda/aws/sqs-queue.ts';
import { createPublisher } from '../../lambda/publish.ts';
import { type LaneParcel, packLaneWork } from '../../lambda/store/lane-parcels.ts';
import type { Store } from '../../lambda/store/store.ts';
import { createPost } from './posts.ts';

export interface ImportReport {
  readonly cpuMs: number;
  readonly wallMs: number;
}

const ARTICLE_BATCH = 1_000;
/** As many as SQS hands over of one group when many wait: one batch after another. */
const FEED_BATCH = 10;
const TIME_LEFT_MS = 900_000;

/** Fills the content store, outside the time, then publishes everything. */
export async function importArticles(
  stores: Readonly<Record<'content' | 'state' | 'public', Store>>,
  count: number,
  bodyBytes: number,
): Promise<ImportReport> {
  const settings = 'title: Bench\nurl: https://example.org/\npages:\n  articles: false\n';
  await stores.content.write('site.yaml', new TextEncoder().encode(settings));
  const keys: string[] = ['site.yaml'];
  for (let index = 0; index < count; index += 1) {
    const { path, text } = createPost(index, bodyBytes);
    await stores.content.write(path, new TextEncoder().encode(text));
    keys.push(path);
  }
  const waiting = new Map<string, LaneParcel[]>();
  let nonces = 0;
  const publisher = createPublisher({
    ...stores,
    queue: {
      async sendArticleWork(messages) {
        keys.push(...messages.map(({ key }) => key));
      },
      async sendLaneWork(messages) {
        for (const parcel of packLaneWork(messages)) {
          const group = waiting.get(parcel.lane) ?? [];
          group.push(parcel);
          waiting.set(parcel.lane, group);
        }
      },
      async sendHubWork() {},
    },
    hub: null,
    sitemapDelayMs: 300_000,
    url: null,
    fallbackUrl: null,
    now: Date.now,
    nonce: () => `nonce-${++nonces}`,
  });
  const worker = createQueueWorker({ publisher, contentBucket: 'content', observer: SILENT });
  const timeLeft = () => TIME_LEFT_MS;

  const startedAt = performance.now();
  const before = process.cpuUsage();
  while (keys.length > 0 || waiting.size > 0) {
    const records = keys.splice(0, ARTICLE_BATCH).map((key) => record(JSON.stringify({ kind: 'article', key }), null));
    if (records.length > 0) await succeed(worker.articleBatch(records, timeLeft));
    for (const [feed, parcels] of waiting) {
      waiting.delete(feed);
      for (let start = 0; start < parcels.length; start += FEED_BATCH) {
        const batch = parcels.slice(start, start + FEED_BATCH);
        const bodies = batch.map(({ lane, keys }): LaneBody => ({ kind: 'feed', feed: lane, keys }));
        await succeed(
          worker.laneBatch(
            bodies.map((body) => record(JSON.stringify(body), feed)),
            timeLeft,
          ),
        );
      }
    }
  }
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1_000, wallMs: performance.now() - startedAt };
}

let records = 0;

function record(body: string, group: string | null) {
  records += 1;
  return { messageId: String(records), body, group };
}

async function succeed(returned: Promise<ReadonlySet<string>>): Promise<void> {
  const { size } = await returned;
  if (size > 0) throw new Error(`${size} messages failed.`);
}

const SILENT = {
  articles() {},
  lane() {},
  hubs() {},
  errand() {},
  unknown(_: string, reason: string) {
    throw new Error(reason);
  },
  failed(what: string, error: unknown) {
    throw new Error(`${what} failed.`, { cause: error });
  },
  beginsWith() {},
};
