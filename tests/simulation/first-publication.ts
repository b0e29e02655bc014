/** What was published before a history begins: made once for each size, since most histories begin with an archive. */

import { createPlainQueue } from './judges/fresh-build.ts';
import { writeFirstContent } from './people/content.ts';
import { createSimulatedStore, type SimulatedStore } from './simulated-store.ts';
import { withVariants } from './variants.ts';

export interface Publication {
  readonly content: SimulatedStore;
  readonly state: SimulatedStore;
  readonly public: SimulatedStore;
}

const HOUR_MS = 3_600_000;

const publications = new Map<number, Promise<Publication>>();

/**
 * @param count of articles; of none, the settings are there and nothing was ever published
 * @param start of the history, in milliseconds since the epoch
 */
export function firstPublication(count: number, start: number): Promise<Publication> {
  const made = publications.get(count) ?? makePublication(count, start);
  publications.set(count, made);
  return made;
}

async function makePublication(count: number, start: number): Promise<Publication> {
  const publication = {
    content: createSimulatedStore(),
    state: createSimulatedStore(),
    public: createSimulatedStore(),
  };
  await writeFirstContent(publication.content, count, start);
  if (count === 0) return publication;
  const queue = createPlainQueue();
  let nonces = 0;
  await queue.sendArticleWork(publication.content.keys.map((key) => ({ key })));
  await queue.workOff({
    ...publication,
    public: withVariants(publication.public),
    queue,
    hub: null,
    sitemapDelayMs: 0,
    fallbackUrl: null,
    url: 'https://example.org/',
    now: () => start - HOUR_MS,
    nonce: () => `first-${++nonces}`,
  });
  return publication;
}
