/**
 * Builds a publication anew from its present content and the facts that are frozen, and says where the public documents
 * of the old one differ: "when nothing is under way, every document equals what a fresh build gives".
 *
 * Frozen are, of a record, the facts, the claims and the assets it ever named, and what is shown of a file that has an error now; of a feed, that
 * it exists and whether it was public, what left it and when, and the label it had; who owns a claim; and the settings that are in force.
 */

import { isError } from '../../../lambda/model/problem.ts';
import { createPublisher, type Ports } from '../../../lambda/publish.ts';
import { encodeJson, readJson } from '../../../lambda/state/json-object.ts';
import { RECORDS_PREFIX, SITE_STATE_KEY } from '../../../lambda/state/keys.ts';
import { type ArticleRecord, createRecord, presentPlaces } from '../../../lambda/state/record.ts';
import { createRoot, type FeedRoot, NOTHING_PENDING } from '../../../lambda/state/root.ts';
import type { ArticleMessage, LaneMessage } from '../../../lambda/store/queue.ts';
import { listAll, type Store } from '../../../lambda/store/store.ts';
import { ROBOTS_KEY } from '../../../lambda/work/page/robots-work.ts';
import { assetLane, CATALOG_LANE, feedLane } from '../../../lambda/work/protocol/lanes.ts';
import { addressMessages } from '../../../lambda/work/protocol/page-messages.ts';
import { readSite } from '../../../lambda/work/protocol/site-work.ts';
import { createSimulatedStore, type SimulatedStore } from '../simulated-store.ts';

/** What the site store should hold. */
export async function buildAnew(ports: Ports): Promise<SimulatedStore> {
  const state = createSimulatedStore();
  const documents = createSimulatedStore();
  const feeds = await copyFacts(ports.state, state);
  const queue = createPlainQueue();
  const fresh: Ports = { ...ports, state, public: documents, queue };
  const keys: string[] = [];
  for await (const { key } of listAll(ports.content, '')) keys.push(key);
  await queue.sendArticleWork(keys.filter((key) => key !== 'site.yaml').map((key) => ({ key })));
  await queue.sendLaneWork([
    ...feeds.flatMap((feed) => [
      { lane: feedLane(feed), key: null },
      { lane: CATALOG_LANE, key: feed },
    ]),
    ...[...keys, ROBOTS_KEY].map((key) => ({ lane: assetLane(key), key: null })),
    ...addressMessages((await readSite(fresh)).value.redirects),
  ]);
  await queue.workOff(fresh);
  return documents;
}

/** The names of the feeds there are. */
async function copyFacts(from: Store, to: Store): Promise<readonly string[]> {
  const feeds: string[] = [];
  for await (const { key } of listAll(from, '')) {
    const isWhole = key === SITE_STATE_KEY || /^(?:aliases|claims|uses)\//.test(key);
    if (isWhole) await to.write(key, (await from.read(key))?.body ?? new Uint8Array());
    if (key.startsWith(RECORDS_PREFIX)) await copyRecord(from, to, key);
    if (key.endsWith('/root.json')) feeds.push(await copyRoot(from, to, key));
  }
  return feeds;
}

async function copyRecord(from: Store, to: Store, key: string): Promise<void> {
  const stored = await readJson<ArticleRecord>(from, key);
  if (stored === null) return;
  const { facts, claims, uses, refers, aliases, problems, shown, key: contentKey } = stored.value;
  const kept = problems.some(isError) ? shown : [];
  const record = {
    ...createRecord(contentKey),
    facts,
    claims,
    uses,
    refers,
    aliases,
    shown: kept,
    places: presentPlaces(kept),
  };
  await to.write(key, encodeJson(record satisfies ArticleRecord));
}

async function copyRoot(from: Store, to: Store, key: string): Promise<string> {
  const stored = await readJson<FeedRoot>(from, key);
  if (stored === null) throw new Error(`${key} is gone.`);
  const { feed, w, label, removed, removals, opening } = stored.value;
  const root: FeedRoot = {
    ...createRoot(feed, w),
    revision: 1,
    ...(opening === 'withheld' && { opening }),
    label,
    removed,
    removals,
    pending: { ...NOTHING_PENDING, head: true },
  };
  await to.write(key, encodeJson(root));
  return feed;
}

/** A queue that is worked off at once, in the best order, without faults. */
export function createPlainQueue(): Ports['queue'] & { readonly workOff: (ports: Ports) => Promise<void> } {
  let articles: readonly ArticleMessage[] = [];
  let waiting: readonly LaneMessage[] = [];
  return {
    sendArticleWork: async (messages) => {
      articles = [...articles, ...messages];
    },
    sendHubWork: async () => undefined,
    sendLaneWork: async (messages) => {
      waiting = [...waiting, ...messages];
    },
    async workOff(ports) {
      const publisher = createPublisher(ports);
      while (articles.length + waiting.length > 0) {
        const batch = articles;
        articles = [];
        for (const outcome of await publisher.articleWork(batch)) if (outcome.change === 'failed') throw outcome.error;
        if (articles.length > 0) continue;
        const groups = Map.groupBy(waiting, ({ lane }) => lane);
        waiting = [];
        for (const [lane, group] of groups) await publisher.laneWork(lane, group);
      }
    },
  };
}
