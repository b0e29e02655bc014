/**
 * Assets: images, audio, video, documents. Only what a shown entry uses is public, at its own path, with its true type.
 * Before a document can name an asset, article work has put it there. Whether it stays is decided in the asset's own lane,
 * by one writer at a time.
 */

import { isOwnFile } from '../../address/own-documents.ts';
import { isStaticFile, STATIC_BEGINNINGS, staticType } from '../../address/static/static-file.ts';
import { hasVariants, plainPathOf } from '../../address/variants.ts';
import { mayBeExport } from '../../article/media/export-file.ts';
import type { AssetFacts } from '../../article/media/media.ts';
import { isError } from '../../model/problem.ts';
import { readJson, STATE_SCHEMA, type StateObject, type Stored, swapJson } from '../../state/json-object.ts';
import { assetKey, assetOf, assetsPrefix, recordKey, useKey, usesPrefix } from '../../state/keys.ts';
import type { ArticleRecord, UseMarker } from '../../state/record.ts';
import { mapBounded } from '../../store/bounded.ts';
import { listAll, type ObjectFacts, StoreError } from '../../store/store.ts';
import { type DocumentCounts, NO_DOCUMENTS, putCopy } from '../protocol/documents.ts';
import { markDue } from '../protocol/due-work.ts';
import { assetLane } from '../protocol/lanes.ts';
import type { Ports } from '../protocol/ports.ts';
import { readHeldRemovals } from '../protocol/removal-work.ts';

const ASSETS_AT_ONCE_MAX = 32;
const LOOKS_MAX = 10;
/** After which a run that had read an older record has long been ended, and what it puts in place is there. */
const SETTLED_MS = 15 * 60 * 1000;

interface AssetState extends StateObject {
  /** Version of the content object that the facts are about. */
  readonly sourceVersion: string;
  readonly facts: AssetFacts;
  /** Version of the content object that is public; null when none is. */
  readonly publicVersion: string | null;
  /** Version of the public object as it was put there; null when none was. */
  readonly siteVersion: string | null;
  /** Whether articles that use it may not have been woken since this version was noted. An older publisher woke them before. */
  readonly untold?: boolean;
}

/** What an article saw of an asset. */
export interface AssetLook {
  /** Null when it is not there. */
  readonly sourceVersion: string | null;
  readonly facts: AssetFacts | null;
  /** Whether others were told of it by this look, and the article that looked was not. */
  readonly isFirst: boolean;
}

/**
 * Has everybody look who refers to the asset, or once did, unless all know it as it is: then it was seen, and they were
 * woken, before its event came. What is gone is never known.
 */
export async function tellArticles(ports: Ports, key: string): Promise<void> {
  const source = await ports.content.inspect(key);
  if (source === null) {
    await wakeArticles(ports, key);
    return forgetAsset(ports, key);
  }
  const known = await readJson<AssetState>(ports.state, assetKey(key));
  if (isKnown(key, known, source.version)) return;
  if ((await articlesUsing(ports, key)).length > 0) await lookAtAsset(ports, key, null);
}

/**
 * Facts from the asset's own bytes, or null when it is not there. What is given agrees with the note, and with a look
 * that came after the note: so an asset that changes in between, even to what it was before, finds another note than
 * its own, and wakes everybody.
 *
 * A version is noted before the articles that use it are woken, and noted as told after it. An article that was written meanwhile from
 * an older look finds the note when it looks again (`isAsSeen`), or was written before it and is woken.
 *
 * @param by the article that looks, and need not be woken if it writes its record; null when nobody does
 */
export async function lookAtAsset(ports: Ports, key: string, by: string | null): Promise<AssetLook> {
  let isFirst = false;
  for (let attempt = 0; attempt < LOOKS_MAX; attempt += 1) {
    const stored = await readJson<AssetState>(ports.state, assetKey(key));
    const source = await ports.content.inspect(key);
    if (source === null && stored === null) return { sourceVersion: null, facts: null, isFirst };
    if (stored !== null && stored.value.sourceVersion === source?.version && isComplete(key, stored.value)) {
      const { sourceVersion, facts, untold = false } = stored.value;
      isFirst ||= untold;
      if (!untold || (await tellOfNote(ports, key, stored, by))) return { sourceVersion, facts, isFirst };
      continue;
    }
    isFirst = true;
    const seen = source === null ? null : await readFacts(ports, key);
    if (seen !== null) await noteAsset(ports, key, stored, { ...publicOf(stored), ...seen, untold: true });
    else {
      await wakeArticles(ports, key, by);
      await forgetAsset(ports, key);
    }
  }
  throw new StoreError('retry', `${key} kept changing while it was looked at.`);
}

/** Wakes everybody, and notes that; false when the note was changed meanwhile. */
async function tellOfNote(ports: Ports, key: string, stored: Stored<AssetState>, by: string | null): Promise<boolean> {
  await wakeArticles(ports, key, by);
  return noteAsset(ports, key, stored, { ...stored.value, untold: false });
}

/** Whether the asset, and its note, are still as they were seen. */
export async function isAsSeen(ports: Ports, key: string, { sourceVersion }: AssetLook): Promise<boolean> {
  const noted = await readJson<AssetState>(ports.state, assetKey(key));
  const source = await ports.content.inspect(key);
  return (noted?.value.sourceVersion ?? null) === sourceVersion && (source?.version ?? null) === sourceVersion;
}

function isKnown(key: string, stored: Stored<AssetState> | null, version: string): stored is Stored<AssetState> {
  return stored?.value.sourceVersion === version && stored.value.untold !== true && isComplete(key, stored.value);
}

/** An older publisher noted nothing of whose export a file may be. */
function isComplete(key: string, { facts }: AssetState): boolean {
  return facts.exportOf !== undefined || !mayBeExport(key);
}

/** Whether a file is never public because of what it holds. */
export function isExport({ exportOf = null }: AssetFacts): boolean {
  return exportOf !== null;
}

/** Removes the note of an asset that is gone, unless it is there again. */
async function forgetAsset(ports: Ports, key: string): Promise<void> {
  const note = await ports.state.inspect(assetKey(key));
  if (note === null || (await ports.content.inspect(key)) !== null) return;
  await ports.state.remove(assetKey(key), { ifVersion: note.version });
}

/**
 * Reads the asset's beginning, and those parts of it that tell more, a bounded number and all of one version.
 *
 * @returns null when it is not there
 */
async function readFacts(ports: Ports, key: string): Promise<Pick<AssetState, 'sourceVersion' | 'facts'> | null> {
  const { ASSET_HEAD_BYTES, readAsset } = await import('../../article/media/media.ts');
  const head = await ports.content.read(key, { firstBytes: ASSET_HEAD_BYTES });
  if (head === null) return null;
  const reading = readAsset(key, { head: head.body, lengthBytes: head.lengthBytes });
  let step = reading.next(new Uint8Array());
  while (step.done !== true) {
    const { from, bytes } = step.value;
    const part = await ports.content.read(key, { fromByte: from, firstBytes: bytes });
    if (part?.version !== head.version) throw new StoreError('retry', `${key} changed while it was read.`);
    step = reading.next(part.body);
  }
  return { sourceVersion: head.version, facts: step.value };
}

/** Notes what an asset is now; false when somebody else has noted something meanwhile. */
async function noteAsset(
  ports: Ports,
  key: string,
  stored: Stored<AssetState> | null,
  next: Omit<AssetState, keyof StateObject>,
): Promise<boolean> {
  const value: AssetState = { ...next, schema: STATE_SCHEMA, nonce: ports.nonce() };
  return (await swapJson(ports.state, assetKey(key), value, stored?.version ?? null)) !== null;
}

function publicOf(stored: Stored<AssetState> | null): Pick<AssetState, 'publicVersion' | 'siteVersion'> {
  const { publicVersion, siteVersion } = stored?.value ?? { publicVersion: null, siteVersion: null };
  return { publicVersion, siteVersion };
}

async function wakeArticles(ports: Ports, key: string, except: string | null = null): Promise<void> {
  const articles = (await articlesUsing(ports, key)).filter((article) => article !== except);
  await ports.queue.sendArticleWork(articles.map((article) => ({ key: article })));
}

/**
 * Puts the asset as it is now to its public place, unless it is there already. Several may do so at once, and a slow one
 * may put an older version over a newer one. Then what lies there is not what the note says was put there, and either
 * the slow one itself, whose note conflicts, or whoever comes next sees it. The note doesn't tell of compressed variants,
 * which a slow one may leave older or none. The work of the asset's own lane compares those: every article that put
 * something asks for that work afterwards.
 *
 * @param comparesVariants whether what the note says is not enough for a text
 */
export async function publishAsset(ports: Ports, key: string, comparesVariants = false): Promise<DocumentCounts> {
  if (await isOthers(ports, key)) return NO_DOCUMENTS;
  for (let attempt = 0; attempt < LOOKS_MAX; attempt += 1) {
    const stored = await readJson<AssetState>(ports.state, assetKey(key));
    const source = await ports.content.inspect(key);
    if (source === null) return NO_DOCUMENTS;
    if (!isKnown(key, stored, source.version)) {
      await lookAtAsset(ports, key, null);
      continue;
    }
    const { publicVersion, siteVersion, facts } = stored.value;
    if (isExport(facts)) return NO_DOCUMENTS;
    const present = await ports.public.inspect(key);
    const isPublic = publicVersion === source.version && present !== null && present.version === siteVersion;
    if (isPublic && !(comparesVariants && hasVariants(key))) return { written: 0, unchanged: 1 };
    const put = await putCopy(ports, source, staticType(key) ?? facts.mimeType, 'asset');
    if (put === null) continue;
    if (isPublic && put.kind === 'unchanged') return { written: 0, unchanged: 1 };
    const next = { ...stored.value, publicVersion: source.version, siteVersion: put.version };
    const isNoted = await noteAsset(ports, key, stored, next);
    if (isNoted) return put.kind === 'unchanged' ? { written: 0, unchanged: 1 } : { written: 1, unchanged: 0 };
  }
  throw new StoreError('retry', `${key} kept changing while it was published.`);
}

/**
 * Decides whether the asset is public, and makes it so.
 *
 * @param isSites whether the settings of the site name it, or its name alone makes it public
 * @param formerArticles content keys of files that do not refer to it any more; they are forgotten
 */
export async function workOnAsset(
  ports: Ports,
  key: string,
  isSites: boolean,
  formerArticles: readonly string[],
): Promise<DocumentCounts> {
  const source = await ports.content.inspect(key);
  const isWanted = isSites || (await isShown(ports, key));
  const isPublic = source !== null && isWanted && !(mayBeExport(key) && (await isExportThere(ports, key)));
  // What is gone stays with those who show it, while it takes a person to say that it is meant.
  const isKept = source === null && isWanted && (await readHeldRemovals(ports)) !== null;
  const counts = isPublic ? await publishAsset(ports, key, true) : NO_DOCUMENTS;
  // Also where nothing is: a variant may be, alone.
  if (!isPublic && !isKept && !(await isOthers(ports, key))) await ports.public.remove(key);
  // Without its note it is new when it comes again, also with the same bytes.
  if (source === null) await forgetAsset(ports, key);
  for (const article of new Set(formerArticles)) await forgetUse(ports, key, article);
  return counts;
}

async function isExportThere(ports: Ports, key: string): Promise<boolean> {
  const { facts } = await lookAtAsset(ports, key, null);
  return facts !== null && isExport(facts);
}

/**
 * Whether what is public under a file's name is none of its business: a document of the publisher's own, or the
 * compressed copy of another file (`chart.svg.gz` beside `chart.svg`).
 */
async function isOthers(ports: Ports, key: string): Promise<boolean> {
  if (isOwnFile(key)) return true;
  const plain = plainPathOf(key);
  return plain !== null && (await ports.content.inspect(plain)) !== null;
}

/**
 * The record first, then the marker that was there before it. A file that refers to the asset again meanwhile has either
 * changed its record, or read the new one and written its marker anew: both show here, and then all stays.
 *
 * A slow run of the file, which has read an older record, may still put the asset in place, die, and find nothing about
 * it when it comes again. So it is looked at once more when all such runs have ended.
 */
async function forgetUse(ports: Ports, asset: string, article: string): Promise<void> {
  const marker = await ports.state.inspect(useKey(asset, article));
  const record = await readJson<ArticleRecord>(ports.state, recordKey(article));
  if (marker === null || record === null) return;
  const { uses, refers, shown } = record.value;
  const isNeeded = refers.includes(asset) || shown.some(({ assets }) => assets.includes(asset));
  if (isNeeded || !uses.includes(asset)) return;
  await markDue(ports, 'feed', assetLane(asset), ports.now() + SETTLED_MS);
  const next = { ...record.value, nonce: ports.nonce(), uses: uses.filter((use) => use !== asset) };
  if ((await swapJson(ports.state, recordKey(article), next, record.version)) === null) return;
  await ports.state.remove(useKey(asset, article), { ifVersion: marker.version });
}

/** What a record says of assets. */
export interface AssetUse {
  readonly uses: readonly string[];
  readonly missing: readonly string[];
  readonly shown: readonly string[];
  /** Whether what is shown is what the file says now. */
  readonly isSettled: boolean;
}

export function assetUseOf({ uses, missing, shown, problems }: ArticleRecord): AssetUse {
  return { uses, missing, shown: shown.flatMap(({ assets }) => assets), isSettled: !problems.some(isError) };
}

/** An asset of which an event must have been lost. */
export interface LostAsset {
  readonly key: string;
  /** Whether the content has it no more. */
  readonly isGone: boolean;
}

/**
 * Assets of which an event must have been lost.
 *
 * @param records what some of the records use; others may show the same assets
 * @param siteKeys assets that are public because the settings name them
 */
export async function findLostAssets(
  ports: Ports,
  records: readonly AssetUse[],
  siteKeys: readonly string[],
): Promise<readonly LostAsset[]> {
  const shown = new Set([...records.flatMap((record) => record.shown), ...siteKeys]);
  // What an article with an error still shows is not looked at again, whatever becomes of its assets.
  const settled = new Set(records.flatMap((record) => (record.isSettled ? record.shown : [])));
  // What was away for a moment and came back as it was looks as if nothing had happened, but for who missed it.
  const missed = new Set(records.flatMap(({ missing }) => missing));
  const used = [...new Set(records.flatMap(({ uses }) => uses))];
  const lost = await mapBounded(used, ASSETS_AT_ONCE_MAX, async (key): Promise<readonly LostAsset[]> => {
    const version = (await ports.content.inspect(key))?.version ?? null;
    // What is left of a removal is the document without its variants.
    const isLeft = async () => (await ports.public.read(key, { firstBytes: 0 })) !== null;
    if (version === null) return settled.has(key) || (await isLeft()) ? [{ key, isGone: true }] : [];
    const other = [{ key, isGone: false }];
    if (missed.has(key)) return other;
    const state = (await readJson<AssetState>(ports.state, assetKey(key)))?.value;
    const isOwn = !(await isOthers(ports, key));
    const isPublic = shown.has(key) && isOwn;
    const known = isPublic ? state?.publicVersion : state?.sourceVersion;
    if (known !== version || state?.untold === true) return other;
    // It is public though nobody shows it: the message that should have removed it was lost.
    return isOwn && !isPublic && (await isLeft()) && !(await isShown(ports, key)) ? other : [];
  });
  return lost.flat();
}

/** Whether a file that is public by its name alone is so in this version. */
export async function isStaticSettled(ports: Ports, { key, version }: ObjectFacts): Promise<boolean> {
  const state = (await readJson<AssetState>(ports.state, assetKey(key)))?.value;
  return state?.publicVersion === version || (await isOthers(ports, key));
}

/** Files that were public by their names alone and are gone, of which no record tells: content keys. */
export async function findGoneStatics({ state, content }: Ports): Promise<readonly string[]> {
  const found = await mapBounded(STATIC_BEGINNINGS, ASSETS_AT_ONCE_MAX, async (beginning) => {
    const gone: string[] = [];
    for await (const { key: note } of listAll(state, assetsPrefix(beginning))) {
      const key = assetOf(note);
      if (key !== null && isStaticFile(key) && (await content.inspect(key)) === null) gone.push(key);
    }
    return gone;
  });
  return found.flat();
}

/** Content keys of the articles that refer to the asset, or once did. */
export async function articlesUsing(ports: Ports, key: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key: marker } of listAll(ports.state, usesPrefix(key))) {
    const object = await readJson<UseMarker>(ports.state, marker);
    if (object !== null) keys.push(object.value.key);
  }
  return keys;
}

async function isShown(ports: Ports, key: string): Promise<boolean> {
  for (const article of await articlesUsing(ports, key)) {
    const record = await readJson<ArticleRecord>(ports.state, recordKey(article));
    if (record?.value.shown.some(({ assets }) => assets.includes(key)) === true) return true;
  }
  return false;
}
