/** Assets of which an event was lost: reconciling compares their notes with the content and with what is public. */

import { isStaticFile, STATIC_BEGINNINGS } from '../../address/static/static-file.ts';
import { isError } from '../../model/problem.ts';
import { readJson } from '../../state/json-object.ts';
import { assetKey, assetOf, assetsPrefix } from '../../state/keys.ts';
import type { ArticleRecord } from '../../state/record.ts';
import { mapBounded } from '../../store/bounded.ts';
import { listAll, type ObjectFacts } from '../../store/store.ts';
import type { Ports } from '../protocol/ports.ts';
import type { AssetState } from './asset-note.ts';
import { isOthers, isShown } from './asset-work.ts';

const ASSETS_AT_ONCE_MAX = 32;

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
