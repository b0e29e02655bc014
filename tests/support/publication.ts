/** A whole publication in memory, with a clock that stands still and a queue that forgets nothing until it is done. */

import { createPublisher, type Ports, type Publisher } from '../../lambda/publish.ts';
import { encodeJson, STATE_SCHEMA } from '../../lambda/state/json-object.ts';
import { SITE_STATE_KEY } from '../../lambda/state/keys.ts';
import type { Hub } from '../../lambda/store/hub.ts';
import type { ArticleMessage, HubMessage, LaneMessage, WorkQueue } from '../../lambda/store/queue.ts';
import { listAll, type Store } from '../../lambda/store/store.ts';
import type { SiteState } from '../../lambda/work/protocol/site-work.ts';
import { createMemoryStore } from '../../local/store/memory-store.ts';

export interface TestPublication {
  readonly content: Store;
  readonly state: Store;
  readonly public: Store;
  readonly publisher: Publisher;
  readonly ports: Ports;
  /** Milliseconds since the epoch; set it to let time pass. */
  now: number;
  /** Writes a file (null removes it) and queues its event, as an upload does. */
  put(key: string, text: string | Uint8Array | null): Promise<void>;
  /** Works until nothing is queued. A worker that throws leaves its messages in the queue. */
  settle(): Promise<void>;
  /** Messages to hubs, and after how many seconds each may come; nobody delivers them but the test. */
  readonly hubMessages: { readonly message: HubMessage; readonly delaySeconds: number }[];
  /** The public documents by path. */
  documents(): Promise<ReadonlyMap<string, string>>;
}

export interface TestPublicationOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly now?: number;
  readonly url?: string | null;
  /** Wraps the stores, to make them fail. */
  readonly wrap?: (store: Store, name: 'content' | 'state' | 'public') => Store;
  /** @default nobody is told */
  readonly hub?: Hub;
  /** Whether feeds need entries to be public, as in a new publication. @default one that an older publisher began */
  readonly isNew?: boolean;
  /** @default 0 */
  readonly sitemapDelayMs?: number;
  /** Article messages a worker takes at once. */
  readonly batchCount?: number;
}

export const TEST_NOW = Date.UTC(2026, 5, 1, 12);

/** The settings of a publisher that has read nothing yet, and knew no `feedMinimum`. */
const BEGUN: SiteState = {
  schema: STATE_SCHEMA,
  nonce: '',
  revision: 0,
  fingerprint: '',
  site: null,
  problems: [],
  uses: [],
  redirects: [],
  announced: false,
};

export async function createTestPublication(options: TestPublicationOptions = {}): Promise<TestPublication> {
  const wrap = options.wrap ?? ((store) => store);
  const stores = { content: createMemoryStore(), state: createMemoryStore(), public: createMemoryStore() };
  if (options.isNew !== true) await stores.state.write(SITE_STATE_KEY, encodeJson(BEGUN));
  const queue = createTestQueue();
  let nonces = 0;
  const ports: Ports = {
    content: wrap(stores.content, 'content'),
    state: wrap(stores.state, 'state'),
    public: wrap(stores.public, 'public'),
    queue,
    hub: options.hub ?? null,
    sitemapDelayMs: options.sitemapDelayMs ?? 0,
    url: options.url === undefined ? 'https://example.org/' : options.url,
    fallbackUrl: null,
    now: () => publication.now,
    nonce: () => `nonce-${++nonces}`,
  };
  const publication: TestPublication = {
    ...stores,
    hubMessages: queue.hubMessages,
    now: options.now ?? TEST_NOW,
    ports,
    publisher: createPublisher(ports),
    async put(key, text) {
      if (text === null) await stores.content.remove(key);
      else await stores.content.write(key, typeof text === 'string' ? new TextEncoder().encode(text) : text);
      await queue.sendArticleWork([{ key }]);
    },
    settle: () => queue.work(publication.publisher, options.batchCount ?? 10),
    documents: () => readTexts(stores.public),
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

interface TestQueue extends WorkQueue, Pick<TestPublication, 'hubMessages'> {
  work(publisher: Publisher, batchCount: number): Promise<void>;
}

/** A queue that forgets nothing until it is done. */
export function createTestQueue(): TestQueue {
  let articles: readonly ArticleMessage[] = [];
  let waiting: readonly LaneMessage[] = [];
  const hubMessages: TestPublication['hubMessages'] = [];
  return {
    hubMessages,
    async sendHubWork(messages, delaySeconds) {
      hubMessages.push(...messages.map((message) => ({ message, delaySeconds })));
    },
    async sendArticleWork(messages) {
      articles = [...articles, ...messages];
    },
    async sendLaneWork(messages) {
      waiting = [...waiting, ...messages];
    },
    async work(publisher, batchCount) {
      while (articles.length + waiting.length > 0) {
        const batch = articles.slice(0, batchCount);
        for (const outcome of await publisher.articleWork(batch)) {
          if (outcome.change === 'failed') throw outcome.error;
        }
        articles = articles.slice(batch.length);
        const lane = waiting[0]?.lane;
        if (lane === undefined || articles.length > 0) continue;
        const group = waiting.filter((message) => message.lane === lane);
        await publisher.laneWork(lane, group);
        waiting = waiting.filter((message) => !group.includes(message));
      }
    },
  };
}
