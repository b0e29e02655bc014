/**
 * The note of an asset: what it is, which version of it is public, and whether the articles that use it were told of it. Article work
 * looks at it before a document names the asset.
 */

import { mayBeExport } from '../../article/media/export-file.ts';
import type { AssetFacts } from '../../article/media/media.ts';
import { readJson, STATE_SCHEMA, type StateObject, type Stored, swapJson } from '../../state/json-object.ts';
import { assetKey, usesPrefix } from '../../state/keys.ts';
import type { UseMarker } from '../../state/record.ts';
import { listAll, StoreError } from '../../store/store.ts';
import type { Ports } from '../protocol/ports.ts';

export const LOOKS_MAX = 10;

export interface AssetState extends StateObject {
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

export function isKnown(key: string, stored: Stored<AssetState> | null, version: string): stored is Stored<AssetState> {
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
export async function forgetAsset(ports: Ports, key: string): Promise<void> {
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
export async function noteAsset(
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

/** Content keys of the articles that refer to the asset, or once did. */
export async function articlesUsing(ports: Ports, key: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key: marker } of listAll(ports.state, usesPrefix(key))) {
    const object = await readJson<UseMarker>(ports.state, marker);
    if (object !== null) keys.push(object.value.key);
  }
  return keys;
}
