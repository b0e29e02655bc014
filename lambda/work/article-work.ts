/**
 * Article work: find out what a source file now is, and tell the feeds. Right under any concurrency and repetition:
 *
 * - an event is a hint; only its key matters, and the present truth is read;
 * - the record is compared and swapped, and after the write the article and the settings are looked at again: "nothing
 *   to do" fences nobody, so it is the writer of what was true before who must notice;
 * - the record comes before the claims it lists, the claims before the verdict, the verdict before the announcement,
 *   the announcement before anything is let go. A crash anywhere is mended when the event comes again, because an
 *   event that changes nothing still announces and lets go.
 */

import type { AssetFacts } from '../article/media/media.ts';
import { isArticleKey, parseArticles } from '../article/parse.ts';
import { type Completion, completeArticles } from '../feed/completion.ts';
import { isError } from '../problem.ts';
import type { Site } from '../site/site.ts';
import { readJson, STATE_SCHEMA, type Stored, swapJson } from '../state/json-object.ts';
import { recordKey, useKey } from '../state/keys.ts';
import { type ArticleRecord, createRecord, presentPlaces, type ShownEntry, unitePlaces } from '../state/record.ts';
import { mapBounded } from '../store/bounded.ts';
import type { ArticleMessage, FeedMessage } from '../store/queue.ts';
import { type StoredObject, StoreError } from '../store/store.ts';
import { assetsMissing, claimRefused } from './article-problems.ts';
import { ASSET_FEED_PREFIX, lookAtAsset, publishAsset, tellUsers, type UseMarker } from './asset-work.ts';
import { releaseClaim, takeClaim } from './claim-work.ts';
import { markDue } from './due-work.ts';
import { pageMessages } from './page-work.ts';
import type { Ports } from './ports.ts';
import { addressMessages, noteAliases } from './redirect-work.ts';
import { readSite, SITE_KEY, type SiteState, workOnSite } from './site-work.ts';

/** What became of one key. */
export type ArticleOutcome =
  | {
      readonly key: string;
      readonly change: 'published' | 'unchanged' | 'removed' | 'none';
      /** Entries that are new or changed, as before, and gone. */
      readonly counts: { readonly published: number; readonly unchanged: number; readonly removed: number };
      /** Problems that keep the file, or a part of it, from being published as it stands. */
      readonly errorCount: number;
    }
  | { readonly key: string; readonly change: 'failed'; readonly error: unknown };

const ARTICLES_AT_ONCE_MAX = 16;
const ATTEMPTS_MAX = 10;

/**
 * Works on a batch. A key that fails (the platform's fault, or ours) is reported as failed and holds up no other; an
 * article that can't be published is no failure.
 */
export async function workOnArticles(
  ports: Ports,
  messages: readonly ArticleMessage[],
): Promise<readonly ArticleOutcome[]> {
  const keys = [...new Set(messages.map(({ key }) => key))].sort();
  const settled = await settleInTurn(ports, keys);
  await announce(ports, settled);
  return mapBounded(settled, ARTICLES_AT_ONCE_MAX, (each) => finish(ports, each));
}

/** What is known of a key once its record is right: what to tell the feeds, and what to let go after that. */
type Settled =
  | { readonly kind: 'record'; readonly before: ArticleRecord; readonly stored: Stored<ArticleRecord> }
  | { readonly kind: 'other'; readonly key: string; readonly feeds: readonly FeedMessage[] }
  | { readonly kind: 'failed'; readonly key: string; readonly error: unknown };

/**
 * Several at once, except that articles whose claims might be the same settle one after another, in order of their keys,
 * so that one batch gives one result. Which those are is known only inside, so the claims wait for the keys before.
 */
async function settleInTurn(ports: Ports, keys: readonly string[]): Promise<readonly Settled[]> {
  const turns: Promise<unknown>[] = [];
  const settling = keys.map((_, index) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    turns[index] = promise;
    return resolve;
  });
  const indexes = keys.map((key, index) => ({ key, index }));
  return mapBounded(indexes, ARTICLES_AT_ONCE_MAX, async ({ key, index }): Promise<Settled> => {
    try {
      return await settle(ports, key, async () => {
        await turns[index - 1];
      });
    } catch (error) {
      return { kind: 'failed', key, error };
    } finally {
      await turns[index - 1];
      settling[index]?.();
    }
  });
}

async function settle(ports: Ports, key: string, turn: () => Promise<void>): Promise<Settled> {
  if (key === SITE_KEY) {
    await workOnSite(ports);
    return { kind: 'other', key, feeds: [] };
  }
  if (!isArticleKey(key)) {
    await tellUsers(ports, key);
    return { kind: 'other', key, feeds: [{ feed: ASSET_FEED_PREFIX + key, key: null }] };
  }
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const settled = await settleArticle(ports, key, turn);
    if (settled !== null) return settled;
  }
  throw new StoreError('retry', `${key} kept changing while it was read.`);
}

/** One attempt; null when something changed meanwhile and all has to be read again. */
async function settleArticle(ports: Ports, key: string, turn: () => Promise<void>): Promise<Settled | null> {
  const site = await readSite(ports);
  const stored = await readRecord(ports, key);
  const source = await ports.content.read(key);
  const before = stored.value;
  if (site.value.site === null || (source === null && stored.version === null))
    return { kind: 'other', key, feeds: [] };
  const wish = await readWish(ports, before, source, site.value, site.value.site);
  const claimed = await claim(ports, stored, wish, turn);
  if (claimed === null) return null;
  const settled = await write(ports, claimed.stored, verdict(claimed.stored.value, wish, claimed.refused));
  if (settled === null) return null;
  const present = await ports.content.inspect(key);
  const presentSite = await readSite(ports);
  if ((present?.version ?? null) !== (source?.version ?? null) || presentSite.version !== site.version) return null;
  return { kind: 'record', before, stored: settled };
}

/** What the file wants to be, before anybody else was asked. */
interface Wish extends Completion {
  readonly sourceVersion: string | null;
  readonly siteRevision: number;
  readonly uses: readonly string[];
  readonly missing: readonly string[];
  readonly aliases: readonly string[];
  /** The file is there, but has an error: what it showed before stays. */
  readonly broken: boolean;
}

async function readWish(
  ports: Ports,
  record: ArticleRecord,
  source: StoredObject | null,
  state: SiteState,
  site: Site,
): Promise<Wish> {
  const common = {
    sourceVersion: source?.version ?? null,
    siteRevision: state.revision,
    uses: record.uses,
    aliases: record.aliases,
  };
  const nothing = { shown: [], missing: [], facts: record.facts, dueAt: null, counts: { drafts: 0, scheduled: 0 } };
  if (source === null) return { ...common, ...nothing, problems: [], broken: false };
  const { articles, problems } = parseArticles({ key: record.key, body: source.body, site });
  if (problems.some(isError)) return { ...common, ...nothing, problems, broken: true };
  const wanted = [...new Set(articles.flatMap(({ assetKeys }) => assetKeys))];
  const assets = await lookAtAssets(ports, record, wanted);
  const completion = completeArticles({
    key: record.key,
    body: source.body,
    articles,
    site,
    facts: record.facts,
    assets,
    now: ports.now(),
  });
  const aliases = new Set(completion.shown.flatMap((shown) => shown.aliases));
  await noteAliases(
    ports,
    record.key,
    [...aliases].filter((alias) => !record.aliases.includes(alias)),
  );
  const missing = wanted.filter((asset) => !assets.has(asset));
  return {
    ...common,
    ...completion,
    uses: [...new Set([...record.uses, ...wanted])],
    missing,
    aliases: [...new Set([...record.aliases, ...aliases])],
    problems: [...problems, ...completion.problems, ...assetsMissing(record.key, missing)],
    broken: false,
  };
}

/** The marker comes first, then the look: an asset that arrives in between finds the marker and wakes the article. */
async function lookAtAssets(
  ports: Ports,
  record: ArticleRecord,
  wanted: readonly string[],
): Promise<ReadonlyMap<string, AssetFacts>> {
  const facts = new Map<string, AssetFacts>();
  for (const asset of wanted) {
    if (!record.uses.includes(asset)) {
      const marker: UseMarker = { schema: STATE_SCHEMA, nonce: ports.nonce(), key: record.key };
      await swapJson(ports.state, useKey(asset, record.key), marker, null);
    }
    const known = await lookAtAsset(ports, asset, record.key);
    if (known !== null) facts.set(asset, known);
  }
  return facts;
}

/**
 * Takes the claims that are not held yet: first the record lists them, then they are taken one by one. All take them in
 * one order and stop at the first that is refused, so no two articles wait for one another. The record is written even
 * when it lists them already: a slower run of this file, about to let one go, then notices.
 *
 * @returns the record as it is then, and who holds what was refused; null to start again
 */
async function claim(
  ports: Ports,
  stored: Stored<ArticleRecord>,
  wish: Wish,
  turn: () => Promise<void>,
): Promise<{ readonly stored: Stored<ArticleRecord>; readonly refused: ReadonlyMap<string, string> } | null> {
  const held = stored.value.shown.flatMap(({ claims }) => claims);
  const wanted = wish.shown.flatMap(({ claims }) => claims);
  const missing = wanted.filter((each) => !held.includes(each)).sort();
  const refused = new Map<string, string>();
  const twice = wanted.find((each, index) => wanted.indexOf(each) !== index);
  if (twice !== undefined) return { stored, refused: new Map([[twice, stored.value.key]]) };
  if (missing.length === 0) return { stored, refused };
  const claims = [...new Set([...stored.value.claims, ...wanted])];
  const listed = await write(ports, stored, { ...stored.value, claims, facts: wish.facts, nonce: ports.nonce() });
  if (listed === null) return null;
  await turn();
  for (const each of missing) {
    const owner = await takeClaim(ports, listed, each);
    if (owner === null) return null;
    if (owner === stored.value.key) continue;
    refused.set(each, owner);
    break;
  }
  return { stored: listed, refused };
}

/** The record as it shall be. A file with an error, or a refused claim, keeps what it showed before. */
function verdict(record: ArticleRecord, wish: Wish, refused: ReadonlyMap<string, string>): ArticleRecord {
  const { broken, shown: wanted, problems, ...settled } = wish;
  const shown = broken || refused.size > 0 ? record.shown : wanted;
  return {
    ...record,
    ...settled,
    shown,
    places: unitePlaces(record.places, presentPlaces(shown)),
    claims: [...new Set([...record.claims, ...wanted.flatMap(({ claims }) => claims)])],
    problems: [...problems, ...[...refused].map(([each, owner]) => claimRefused(record.key, each, owner))],
  };
}

/** Writes the record if it says something new; null on conflict. The marker for what falls due is there before. */
async function write(
  ports: Ports,
  stored: Stored<ArticleRecord>,
  next: ArticleRecord,
): Promise<Stored<ArticleRecord> | null> {
  if (next.dueAt !== null) await markDue(ports, 'article', next.key, next.dueAt);
  if (JSON.stringify(next) === JSON.stringify(stored.value)) return stored;
  const value = { ...next, nonce: ports.nonce(), revision: stored.value.revision + 1 };
  const version = await swapJson(ports.state, recordKey(next.key), value, stored.version);
  return version === null ? null : { value, version };
}

/**
 * Puts used assets in place, then tells the page at every address that the articles have or had, every feed where they
 * may stand, and every asset that they use.
 */
async function announce(ports: Ports, settled: readonly Settled[]): Promise<void> {
  const records = settled.filter((each) => each.kind === 'record').map(({ stored }) => stored.value);
  const shownAssets = new Set(records.flatMap(({ shown }) => shown.flatMap(({ assets }) => assets)));
  await mapBounded([...shownAssets], ARTICLES_AT_ONCE_MAX, (asset) => publishAsset(ports, asset));
  const assets = new Set(records.flatMap(({ uses }) => uses));
  const messages = [
    // Pages first, so that they are likely to be there when a feed links to them.
    ...addressMessages(records.flatMap(({ aliases }) => aliases)),
    ...records.flatMap(pageMessages),
    ...records.flatMap(({ key, places }) =>
      [...new Set(places.map(({ feed }) => feed))].map((feed) => ({ feed, key })),
    ),
    ...[...assets].map((asset) => ({ feed: ASSET_FEED_PREFIX + asset, key: null })),
    ...settled.flatMap((each) => (each.kind === 'other' ? each.feeds : [])),
  ];
  if (messages.length > 0) await ports.queue.sendFeedWork(messages);
}

/** After the announcement: claims that the file neither wants nor shows are let go, and only then forgotten. */
async function finish(ports: Ports, settled: Settled): Promise<ArticleOutcome> {
  if (settled.kind === 'failed') return { key: settled.key, change: 'failed', error: settled.error };
  if (settled.kind === 'other') return { key: settled.key, ...countChanges([], []), errorCount: 0 };
  const { before, stored } = settled;
  const { key, shown, problems } = stored.value;
  try {
    await release(ports, stored);
    return { key, ...countChanges(before.shown, shown), errorCount: problems.filter(isError).length };
  } catch (error) {
    return { key, change: 'failed', error };
  }
}

/**
 * A feed may take its places from the record at any moment, and then it is read again. Where somebody else has settled
 * the file since, that one lets go: its record is not announced yet.
 */
async function release(ports: Ports, settled: Stored<ArticleRecord>): Promise<void> {
  let stored = settled;
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    if (stored.value.revision !== settled.value.revision) return;
    if (await releaseUnwanted(ports, stored)) return;
    stored = await readRecord(ports, settled.value.key);
  }
  throw new StoreError('retry', `The record of ${settled.value.key} kept changing.`);
}

/** False when the record was changed meanwhile. */
async function releaseUnwanted(ports: Ports, stored: Stored<ArticleRecord>): Promise<boolean> {
  const { value } = stored;
  const waits = value.problems.some(({ code }) => code === 'address-taken' || code === 'id-taken');
  const shown = value.shown.flatMap(({ claims }) => claims);
  const unwanted = value.claims.filter((each) => !shown.includes(each));
  if (unwanted.length === 0) return true;
  for (const each of unwanted) if (!(await releaseClaim(ports, stored, each, waits))) return false;
  // Who waits holds nothing that it doesn't show, but is to be found where it waits.
  if (waits) return true;
  const next = { ...value, nonce: ports.nonce(), claims: value.claims.filter((each) => !unwanted.includes(each)) };
  return (await swapJson(ports.state, recordKey(value.key), next, stored.version)) !== null;
}

async function readRecord(ports: Ports, key: string): Promise<Stored<ArticleRecord>> {
  return (await readJson<ArticleRecord>(ports.state, recordKey(key))) ?? { value: createRecord(key), version: null };
}

function countChanges(
  before: readonly ShownEntry[],
  after: readonly ShownEntry[],
): Pick<Extract<ArticleOutcome, { counts: unknown }>, 'change' | 'counts'> {
  const known = new Map(before.map(({ entry }) => [entry.id, JSON.stringify(entry)]));
  const unchanged = after.filter(({ entry }) => known.get(entry.id) === JSON.stringify(entry)).length;
  const removed = before.filter(({ entry }) => !after.some((other) => other.entry.id === entry.id)).length;
  const published = after.length - unchanged;
  const change = published > 0 ? 'published' : removed > 0 ? 'removed' : unchanged > 0 ? 'unchanged' : 'none';
  return { change, counts: { published, unchanged, removed } };
}
