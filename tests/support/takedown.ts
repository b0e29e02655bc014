/** Takedowns on stores in memory that keep compressed copies, with what the command said and what is left. */

import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { listAll, type Store } from '../../lambda/store/store.ts';
import { createVariantStore } from '../../lambda/store/variant-store.ts';
import { type TakedownContext, takeDown } from '../../local/commands/takedown/takedown.ts';
import { createTestPublication, type TestPublication, type TestPublicationOptions } from './publication.ts';

/** A publication with compressed copies; `wrap` is put around the bucket that holds them. */
export function publish(
  files: Readonly<Record<string, string>>,
  wrap: (bucket: Store) => Store = (bucket) => bucket,
  options: TestPublicationOptions = {},
): Promise<TestPublication> {
  return createTestPublication({
    ...options,
    files,
    wrap: (store, name) => (name === 'public' ? createVariantStore(wrap(store)) : store),
  });
}

interface TakedownRun {
  readonly code: number;
  readonly said: string;
  readonly tookMs: number;
}

/** Runs the command; unless told otherwise, the publisher works while it waits. */
export async function run(
  publication: TestPublication,
  key: string,
  {
    work = () => publication.settle(),
    ...given
  }: Partial<TakedownContext> & { readonly work?: () => Promise<void> } = {},
  faulty: { readonly public?: Store; readonly publicObjects?: Store } = {},
): Promise<TakedownRun> {
  const lines: string[] = [];
  const began = publication.now;
  const { content, state, ports } = publication;
  const stores = {
    content,
    state,
    public: ports.public,
    publicObjects: publication.public,
    queue: ports.queue,
    cdn: null,
  };
  const code = await takeDown({ ...stores, ...faulty }, key, {
    terminal: {
      print: (line) => void lines.push(line),
      note: (line) => void lines.push(line),
      style: (_, text) => text,
      startProgress: () => ({ update() {}, stop() {} }),
    },
    now: () => publication.now,
    wait: async (ms) => {
      publication.now += ms;
      await work();
    },
    readQueues: async () => [{ waitingCount: 2, delayedCount: 0, workingCount: 0, deadCount: 1 }],
    ...given,
  });
  return { code, said: lines.join('\n'), tookMs: publication.now - began };
}

/** Paths of all objects of the public bucket that hold the text, as clients decode them. */
export async function findText({ public: documents }: TestPublication, pattern: RegExp): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { key } of listAll(documents, '')) {
    const body = (await documents.read(key))?.body ?? new Uint8Array();
    const plain = key.endsWith('.br') ? brotliDecompressSync(body) : key.endsWith('.gz') ? gunzipSync(body) : body;
    if (pattern.test(new TextDecoder().decode(plain))) found.push(key);
  }
  return found;
}
