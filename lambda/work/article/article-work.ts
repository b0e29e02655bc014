/**
 * Article work: find out what a source file now is, and tell the feeds. Right under any concurrency and repetition:
 *
 * - an event is a hint: only its key matters, and the present state is read;
 * - the record is compared and swapped. After the write the article, the settings and the assets are inspected again: a
 *   run that finds nothing to do writes nothing, so the run that wrote an older truth must notice;
 * - the record comes before the claims it lists, the claims before the decision, the decision before the messages to
 *   the lanes, the messages before anything is released. The same event, delivered again, makes good a crash anywhere,
 *   because an event that changes nothing still sends the messages and releases claims.
 */

import { isArticleKey } from '../../address/article-key.ts';
import { isError } from '../../model/problem.ts';
import { isAdoptedKey } from '../../site/adopted/adopted-key.ts';
import { isFolderFile, isNeverPublic } from '../../site/folder/folder-file.ts';
import { isBundlePage } from '../../site/folder/page-bundle.ts';
import type { Stored } from '../../state/json-object.ts';
import type { ArticleRecord, ShownEntry } from '../../state/record.ts';
import { both, mapBounded } from '../../store/bounded.ts';
import type { ArticleMessage, LaneMessage } from '../../store/queue.ts';
import { StoreError } from '../../store/store.ts';
import { tellArticles } from '../asset/asset-note.ts';
import { areAsSeen } from '../asset/asset-places.ts';
import { publishAsset } from '../asset/asset-work.ts';
import { isExportKey, noteExport } from '../asset/export-work.ts';
import { workOnAdopted } from '../ids/adopted-work.ts';
import { assetLane, feedLane } from '../protocol/lanes.ts';
import { isNamedSettled, settleNamed, withNamed } from '../protocol/named-files.ts';
import { addressMessages, pageMessages } from '../protocol/page-messages.ts';
import type { Ports } from '../protocol/ports.ts';
import { readRecord, writeRecord } from '../protocol/record-write.ts';
import { doubtsRemovals } from '../protocol/removal-work.ts';
import { readSite, SITE_KEY, type SiteState, workOnSite } from '../protocol/site-work.ts';
import { settleFile } from '../protocol/vault-files.ts';
import { claim } from './article-claims.ts';
import { release } from './article-release.ts';
import { decideRecord, hasLostId } from './decided-record.ts';
import { besideBundle, findBundle, findUnknownSettings, lookAround, unseenIn } from './folder-look.ts';
import { countErrors, isSettingsKey, type SettingsWork, tellBeside, workOnSettings } from './folder-work.ts';
import { isIncluded, tellIncluding, tellParts } from './include-work.ts';
import { forgetLinks } from './link-work.ts';
import { holdBack, type ProposedRecord, proposeRecord, proposeShown } from './proposed-record.ts';
import { areRelativesAsSeen, familyPages, tellRelatives, tellTranslations } from './translation-work.ts';

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
  const told = new Set(messages.flatMap((message) => (message.told === true ? message.key : [])));
  const settingsKeys = keys.filter(isSettingsKey);
  // First, since articles are read with them.
  const settings = settingsKeys.length === 0 ? null : await workOnSettings(ports, settingsKeys, told);
  const present = await withAssets(ports, await settleInTurn(ports, keys, { told, settings }));
  const settled = await withNames(ports, present);
  await tellLanes(ports, settled);
  return mapBounded(settled, ARTICLES_AT_ONCE_MAX, (each) => finish(ports, each));
}

/** The result for a key whose record is right: what to tell the lanes, and what to release after that. */
type Settled =
  | {
      readonly kind: 'record';
      readonly before: ArticleRecord;
      readonly stored: Stored<ArticleRecord>;
      /** Whether the index of names was seen to agree with the record. */
      readonly isNamed: boolean;
      /** The messages that wake the articles that link to it. */
      readonly linking?: readonly LaneMessage[];
    }
  | {
      readonly kind: 'other';
      readonly key: string;
      readonly feeds: readonly LaneMessage[];
      /** Errors in the settings. */
      readonly errorCount?: number;
    }
  | { readonly kind: 'failed'; readonly key: string; readonly error: unknown };

/**
 * Settles several articles at once. Articles that may have the same claims settle one after another, in order of their
 * keys, so that one batch gives one result. Which ones is known only inside, so claims wait for all earlier keys.
 */
async function settleInTurn(
  ports: Ports,
  keys: readonly string[],
  { told, settings }: { readonly told: ReadonlySet<string>; readonly settings: SettingsWork | null },
): Promise<readonly Settled[]> {
  const turns: Promise<unknown>[] = [];
  const settling = keys.map((_, index) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    turns[index] = promise;
    return resolve;
  });
  const indexes = keys.map((key, index) => ({ key, index }));
  return mapBounded(indexes, ARTICLES_AT_ONCE_MAX, async ({ key, index }): Promise<Settled> => {
    try {
      const turn = async () => {
        await turns[index - 1];
      };
      return await settle(ports, { key, isTold: told.has(key) }, turn, isSettingsKey(key) ? settings : null);
    } catch (error) {
      return { kind: 'failed', key, error };
    } finally {
      await turns[index - 1];
      settling[index]?.();
    }
  });
}

interface Task {
  readonly key: string;
  /** Whether something was seen to happen to the file itself. */
  readonly isTold: boolean;
}

/** @param settings what came of reading the file as one of the settings; null if it is none */
async function settle(
  ports: Ports,
  { key, isTold }: Task,
  turn: () => Promise<void>,
  settings: SettingsWork | null,
): Promise<Settled> {
  if (settings !== null) {
    if ('error' in settings) throw settings.error;
    await tellBeside(ports, key);
    const errorCount = countErrors(key, settings.state);
    // The others may be files that articles refer to, or articles, all the same.
    if (key === SITE_KEY || isNeverPublic(key)) return { kind: 'other', key, feeds: [], errorCount };
  }
  if (isAdoptedKey(key)) return { kind: 'other', key, feeds: [], errorCount: await workOnAdopted(ports, key) };
  if (!isArticleKey(key)) {
    await tellArticles(ports, key);
    const named = await settleFile(ports, key);
    if (isExportKey(key)) await noteExport(ports, key);
    return { kind: 'other', key, feeds: [{ lane: assetLane(key), key: null }, ...named] };
  }
  let first: ArticleRecord | null = null;
  // A file that disappears between two attempts was seen to go.
  let wasThere = isTold;
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const settled = await settleArticle(ports, { key, isTold: wasThere }, turn, first);
    if (settled.kind !== 'again') {
      if (isBundlePage(key) && isGone(settled)) await ports.queue.sendArticleWork(await besideBundle(ports, key));
      return settled;
    }
    first = settled.before;
    wasThere ||= settled.isThere;
  }
  throw new StoreError('retry', `${key} kept changing while it was read.`);
}

function isGone(settled: Settled): boolean {
  return settled.kind === 'record' && settled.stored.value.sourceVersion === null;
}

/** Something changed meanwhile, and all has to be read again. */
interface Again {
  readonly kind: 'again';
  readonly before: ArticleRecord;
  /** Whether the file was there. */
  readonly isThere: boolean;
}

/**
 * One attempt.
 *
 * @param first the record before the first attempt, which may have written: what changed is told from there
 */
async function settleArticle(
  ports: Ports,
  { key, isTold }: Task,
  turn: () => Promise<void>,
  first: ArticleRecord | null,
): Promise<Settled | Again> {
  // The record is read before the file: what is written over it is never older than what it says.
  const [site, stored] = await both(readSite(ports), readRecord(ports, key));
  const source = await ports.content.read(key);
  const before = first ?? stored.value;
  if (first === null) await tellIncluding(ports, stored.value, source !== null);
  const again: Again = { kind: 'again', before, isThere: source !== null };
  const isUnknown = source === null && stored.version === null;
  // The file may have come and gone between two events, and its translations may have seen it.
  if (isUnknown) await tellTranslations(ports, key);
  if (site.value.site === null || isUnknown) return { kind: 'other', key, feeds: [] };
  const isHeld = source === null && !isTold && stored.value.shown.length > 0 && (await doubtsRemovals(ports));
  const read = isHeld
    ? proposeShown(ports, stored.value, site.value)
    : await proposeRecord(ports, stored.value, source, site.value, site.value.site);
  // Translations read the file. Told before the record is written, they are told again after a crash.
  await tellRelatives(ports, stored.value, read);
  const proposed = await lookBeforeFirstPublication(ports, stored.value, read, site.value);
  if (proposed === null) return again;
  const claimed = await claim(ports, stored, proposed, turn);
  if (claimed === null) return again;
  const isNamed = await isNamedSettled(ports, stored.value);
  const decided = decideRecord(claimed.stored.value, proposed, claimed);
  const next = withNamed(stored.value, decided, ports.nonce(), isNamed);
  // The first run to see an asset woke all articles but this one, so any other write of this record must lose.
  const isFirst = [...proposed.looks.values()].some((look) => look.isFirst);
  const settled = await writeRecord(ports, claimed.stored, isFirst ? { ...next, nonce: ports.nonce() } : next);
  if (settled === null || hasLostId(claimed.stored.value, settled.value)) return again;
  const [present, presentSite] = await both(ports.content.inspect(key), readSite(ports));
  if ((present?.version ?? null) !== (source?.version ?? null) || presentSite.version !== site.version) return again;
  if (!(await areRelativesAsSeen(ports, key, proposed))) return again;
  const { part } = proposed;
  if (part !== undefined && (await isIncluded(ports, key, part.takesIn)) !== part.isTakenIn) return again;
  if (settled.version !== stored.version && !(await areAsSeen(ports, proposed.looks))) return again;
  const isSame = settled.value.named?.id === stored.value.named?.id;
  return { kind: 'record', before, stored: settled, isNamed: isNamed && isSame };
}

/** The proposed record as far as it may come true; null to start again, because the settings have changed. */
async function lookBeforeFirstPublication(
  ports: Ports,
  record: ArticleRecord,
  proposed: ProposedRecord,
  site: SiteState,
): Promise<ProposedRecord | null> {
  const unseen = unseenIn(proposed, record.shown);
  if (unseen.length === 0) return proposed;
  const around = await lookAround(ports, record.key);
  const unknown = await findUnknownSettings(around, site);
  if (unknown.length > 0) {
    const present = (await workOnSite(ports, unknown.filter(isFolderFile))).value;
    // A folder file that is gone stays in force while removals are held, and holds this article back as before.
    if (present.nonce !== site.nonce) {
      for (const key of unknown) await tellBeside(ports, key);
      return null;
    }
  }
  const file = { key: record.key, saysPublic: proposed.saysPublic ?? false };
  const by = proposed.doubtedBy ?? (await findBundle(ports, around, file, site));
  return by === null ? proposed : holdBack(proposed, unseen, by);
}

/** Puts used assets in place. Articles that show one for which that fails, fail too: no lane is told of them yet. */
async function withAssets(ports: Ports, settled: readonly Settled[]): Promise<readonly Settled[]> {
  const wanted = new Set(settled.flatMap(assetsOf));
  const failures = new Map<string, unknown>();
  await mapBounded([...wanted], ARTICLES_AT_ONCE_MAX, async (asset) => {
    await publishAsset(ports, asset).catch((error: unknown) => failures.set(asset, error));
  });
  return settled.map((each) => {
    const lacking = assetsOf(each).find((asset) => failures.has(asset));
    if (each.kind !== 'record' || lacking === undefined) return each;
    return { kind: 'failed', key: each.stored.value.key, error: failures.get(lacking) };
  });
}

/** Writes into the index of names where the articles are. If that fails for an article, no lane is told of it yet. */
async function withNames(ports: Ports, settled: readonly Settled[]): Promise<readonly Settled[]> {
  return mapBounded(settled, ARTICLES_AT_ONCE_MAX, async (each): Promise<Settled> => {
    if (each.kind !== 'record' || each.isNamed) return each;
    try {
      const { before, stored } = each;
      return { ...each, linking: await settleNamed(ports, stored.value, before.named === undefined) };
    } catch (error) {
      return { kind: 'failed', key: each.stored.value.key, error };
    }
  });
}

function assetsOf(settled: Settled): readonly string[] {
  return settled.kind === 'record' ? settled.stored.value.shown.flatMap(({ assets }) => assets) : [];
}

/** Tells the page at every address that the articles have or had, every feed where they may stand, and every asset. */
async function tellLanes(ports: Ports, settled: readonly Settled[]): Promise<void> {
  const records = settled.filter((each) => each.kind === 'record').map(({ stored }) => stored.value);
  // When a file stops using an asset, the message names the file so the asset can drop it.
  const assets = records.flatMap(({ key, uses, refers }) =>
    uses.map((asset) => ({ lane: assetLane(asset), key: refers.includes(asset) ? null : key })),
  );
  const present = new Set(assets.flatMap(({ lane, key }) => (key === null ? lane : [])));
  const messages = [
    // Pages first, so that they are likely to be there when a feed links to them.
    ...addressMessages(records.flatMap(({ aliases }) => aliases)),
    ...records.flatMap(pageMessages),
    ...(await familyPages(ports, records)),
    ...records.flatMap(({ key, places }) =>
      [...new Set(places.map(({ feed }) => feed))].map((feed) => ({ lane: feedLane(feed), key })),
    ),
    ...[...present].map((lane) => ({ lane, key: null })),
    ...assets.filter(({ key }) => key !== null),
    ...settled.flatMap((each) => (each.kind === 'other' ? each.feeds : [])),
    ...settled.flatMap((each) => (each.kind === 'record' ? (each.linking ?? []) : [])),
  ];
  if (messages.length > 0) await ports.queue.sendLaneWork(messages);
}

/** Releases claims that the file neither wants nor shows, after the messages; only then the record drops them. */
async function finish(ports: Ports, settled: Settled): Promise<ArticleOutcome> {
  if (settled.kind === 'failed') return { key: settled.key, change: 'failed', error: settled.error };
  if (settled.kind === 'other')
    return { key: settled.key, ...countChanges([], []), errorCount: settled.errorCount ?? 0 };
  const { before, stored } = settled;
  const { key, shown, problems } = stored.value;
  try {
    await release(ports, stored);
    await forgetLinks(ports, stored);
    await tellParts(ports, stored.value);
    return { key, ...countChanges(before.shown, shown), errorCount: problems.filter(isError).length };
  } catch (error) {
    return { key, change: 'failed', error };
  }
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
