/** A whole publication in memory, with a clock that stands still and a queue that forgets nothing until it is done. */

import { createPublisher, type Publisher } from '../../lambda/publish.ts';
import type { ArticleMessage, FeedMessage, WorkQueue } from '../../lambda/store/queue.ts';
import { listAll, type Store } from '../../lambda/store/store.ts';
import { createMemoryStore } from '../../local/store/memory-store.ts';

export interface TestPublication {
  readonly content: Store;
  readonly state: Store;
  readonly site: Store;
  readonly publisher: Publisher;
  /** Milliseconds since the epoch; set it to let time pass. */
  now: number;
  /** Writes a file (null removes it) and queues its event, as an upload does. */
  put(key: string, text: string | Uint8Array | null): Promise<void>;
  /** Works until nothing is queued. A worker that throws leaves its messages in the queue. */
  settle(): Promise<void>;
  /** The public documents by path. */
  documents(): Promise<ReadonlyMap<string, string>>;
}

export interface TestPublicationOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly now?: number;
  readonly url?: string | null;
  /** Wraps the stores, to make them fail. */
  readonly wrap?: (store: Store, name: 'content' | 'state' | 'site') => Store;
  /** Article messages a worker takes at once. */
  readonly batchCount?: number;
}

export const TEST_NOW = Date.UTC(2026, 5, 1, 12);

export async function createTestPublication(options: TestPublicationOptions = {}): Promise<TestPublication> {
  const wrap = options.wrap ?? ((store) => store);
  const stores = { content: createMemoryStore(), state: createMemoryStore(), site: createMemoryStore() };
  const queue = createTestQueue();
  let nonces = 0;
  const publication: TestPublication = {
    ...stores,
    now: options.now ?? TEST_NOW,
    publisher: createPublisher({
      content: wrap(stores.content, 'content'),
      state: wrap(stores.state, 'state'),
      site: wrap(stores.site, 'site'),
      queue,
      url: options.url === undefined ? 'https://example.org/' : options.url,
      fallbackUrl: null,
      now: () => publication.now,
      nonce: () => `nonce-${++nonces}`,
    }),
    async put(key, text) {
      if (text === null) await stores.content.remove(key);
      else await stores.content.write(key, typeof text === 'string' ? new TextEncoder().encode(text) : text);
      await queue.sendArticleWork([{ key }]);
    },
    settle: () => queue.work(publication.publisher, options.batchCount ?? 10),
    documents: () => readTexts(stores.site),
  };
  for (const [key, text] of Object.entries(options.files ?? {})) await publication.put(key, text);
  return publication;
}

export async function readTexts(store: Store): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for await (const { key } of listAll(store, '')) {
    texts.set(key, new TextDecoder().decode((await store.read(key))?.body));
  }
  return texts;
}

function createTestQueue(): WorkQueue & { work(publisher: Publisher, batchCount: number): Promise<void> } {
  let articles: readonly ArticleMessage[] = [];
  let feeds: readonly FeedMessage[] = [];
  return {
    async sendArticleWork(messages) {
      articles = [...articles, ...messages];
    },
    async sendFeedWork(messages) {
      feeds = [...feeds, ...messages];
    },
    async work(publisher, batchCount) {
      while (articles.length + feeds.length > 0) {
        const batch = articles.slice(0, batchCount);
        for (const outcome of await publisher.articleWork(batch)) {
          if (outcome.change === 'failed') throw outcome.error;
        }
        articles = articles.slice(batch.length);
        const feed = feeds[0]?.feed;
        if (feed === undefined || articles.length > 0) continue;
        const group = feeds.filter((message) => message.feed === feed);
        await publisher.feedWork(feed, group);
        feeds = feeds.filter((message) => !group.includes(message));
      }
    },
  };
}
