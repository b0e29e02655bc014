/** Counts the calls of S3 and SQS for one upload, for one of many, and for reconciling. */

import type { Store } from '../../../lambda/store/store.ts';
import { createTestPublication } from '../../../tests/support/publication.ts';
import { keyOf } from '../../../tests/support/scale-publication.ts';

const ARTICLE_COUNT = 120;
const BURST_COUNT = 25;
const TEXT_BYTES = 5_000;

/** Calls of S3 and SQS, and bytes before compression. */
export interface Calls {
  readonly reads: number;
  readonly writes: number;
  readonly lists: number;
  readonly messages: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
}

export interface CountedCalls {
  readonly upload: Calls;
  /** Of one of 25 uploads that come together. */
  readonly uploadInBurst: Calls;
  readonly edit: Calls;
  /** For each article that there is. */
  readonly reconcile: Calls;
  readonly reconcileAll: Calls;
  readonly status: Calls;
}

/** Each article is in five feeds: all, its author's, its section's and those of two tags. */
export async function countCalls(): Promise<CountedCalls> {
  let counts = emptyCalls();
  const publication = await createTestPublication({
    files: { 'site.yaml': 'title: Scale\nid: scale\nurl: https://example.org/\nauthor: Ann Reed\n' },
    sitemapDelayMs: 300_000,
    wrap: (store, name) => counting(store, name === 'public', (calls) => (counts = add(counts, calls))),
  });
  const { queue } = publication.ports;
  const { sendLaneWork } = queue;
  Object.assign(queue, {
    sendLaneWork: (messages: Parameters<typeof sendLaneWork>[0]) => {
      counts = add(counts, { messages: new Set(messages.map(({ lane }) => lane)).size });
      return sendLaneWork(messages);
    },
  });
  const put = (index: number, version = 1) => publication.put(keyOf(index), articleOf(index, version));
  for (let index = 0; index < ARTICLE_COUNT; index += 1) await put(index);
  await publication.settle();

  async function count(work: () => Promise<unknown>, share = 1): Promise<Calls> {
    counts = emptyCalls();
    await work();
    await publication.settle();
    return divide(counts, share);
  }
  const many = Array.from({ length: BURST_COUNT }, (_, index) => ARTICLE_COUNT + 1 + index);
  const upload = await count(() => put(ARTICLE_COUNT));
  const uploadInBurst = await count(async () => {
    for (const index of many) await put(index);
  }, BURST_COUNT);
  const edit = await count(() => put(ARTICLE_COUNT / 3, 2));
  const all = ARTICLE_COUNT + 1 + BURST_COUNT;
  const { publisher } = publication;
  return {
    upload,
    uploadInBurst,
    edit,
    reconcile: await count(() => publisher.reconcile(), all),
    reconcileAll: await count(() => publisher.reconcileAll(), all),
    status: await count(() => publisher.overview(), all),
  };
}

function articleOf(index: number, version: number): string {
  const date = new Date(Date.UTC(2025, 0, 1) + index * 3_600_000).toISOString();
  const tags = `[tag ${index % 10}, other ${index % 7}]`;
  const sentence = `Article ${index} in version ${version} is as long as articles are, and says nothing. `;
  const text = sentence.repeat(Math.ceil(TEXT_BYTES / sentence.length)).slice(0, TEXT_BYTES);
  return `---\ntitle: Article ${index}\ndate: ${date}\ntags: ${tags}\n---\n${text}\n`;
}

/** A public document is looked at first. One that is written has two compressed copies; of one that is right both are looked at. */
function counting(store: Store, isPublic: boolean, count: (calls: Partial<Calls>) => void): Store {
  return {
    async read(key, options) {
      const object = await store.read(key, options);
      count({ reads: 1, bytesRead: object?.body.length ?? 0 });
      return object;
    },
    inspect: (key) => {
      count({ reads: 1 });
      return store.inspect(key);
    },
    async write(key, body, options) {
      const result = await store.write(key, body, options);
      if (!isPublic) count({ writes: 1, bytesWritten: body.length });
      else if (result.kind === 'unchanged') count({ reads: 3 });
      else count({ reads: 1, writes: 3, bytesWritten: body.length });
      return result;
    },
    remove: (key, options) => {
      count({ writes: isPublic ? 3 : 1 });
      return store.remove(key, options);
    },
    list: (options) => {
      count({ lists: 1 });
      return store.list(options);
    },
  };
}

function emptyCalls(): Calls {
  return { reads: 0, writes: 0, lists: 0, messages: 0, bytesRead: 0, bytesWritten: 0 };
}

function add(calls: Calls, more: Partial<Calls>): Calls {
  return mapCalls(calls, (value, name) => value + (more[name] ?? 0));
}

function divide(calls: Calls, by: number): Calls {
  return mapCalls(calls, (value) => value / by);
}

function mapCalls(calls: Calls, change: (value: number, name: keyof Calls) => number): Calls {
  return {
    reads: change(calls.reads, 'reads'),
    writes: change(calls.writes, 'writes'),
    lists: change(calls.lists, 'lists'),
    messages: change(calls.messages, 'messages'),
    bytesRead: change(calls.bytesRead, 'bytesRead'),
    bytesWritten: change(calls.bytesWritten, 'bytesWritten'),
  };
}
