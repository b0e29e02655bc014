/**
 * The files that an article names: where they are said to be, and where they may lie instead (address/asset-places.ts). Every
 * place at which was looked has a marker and is a use of the article, so that a file that comes there later, or goes, wakes it.
 */

import { filesMeant, nameOfFile, placesOf } from '../../address/asset-places.ts';
import type { Article } from '../../model/article.ts';
import { findFilesDown, type Takedowns } from '../../site/takedowns.ts';
import { encodeJson, STATE_SCHEMA } from '../../state/json-object.ts';
import { useKey } from '../../state/keys.ts';
import type { ArticleRecord, UseMarker } from '../../state/record.ts';
import { mapBounded } from '../../store/bounded.ts';
import type { NameLook } from '../protocol/name-index.ts';
import type { Ports } from '../protocol/ports.ts';
import { type AssetLook, isAsSeen, lookAtAsset } from './asset-note.ts';

/** Places beside the named ones, of one article: an old archive names many files that are nowhere. */
const PLACES_MAX = 100;
/** Files of one name that are looked at. */
const MEANT_MAX = 10;
const LOOKS_AT_ONCE_MAX = 16;

export interface FoundAssets {
  /** By content key, in the order of the looks. */
  readonly looks: ReadonlyMap<string, AssetLook>;
  /** Where a file lies that is not where it is named. */
  readonly moved: ReadonlyMap<string, string>;
  /** Where a file lies that a note names alone, by the key that it would have beside the note. */
  readonly found: ReadonlyMap<string, string>;
  /** Content keys of the files that a note may mean, where it names several. */
  readonly unclear: ReadonlyMap<string, readonly string[]>;
}

/**
 * @param wanted content keys as the article names them
 * @param meant files of the vault that notes may mean, the nearest first, by what they would be called beside the note
 */
export async function findAssets(
  ports: Ports,
  record: ArticleRecord,
  wanted: readonly string[],
  {
    takedowns,
    meant,
  }: { readonly takedowns: Takedowns | null; readonly meant: ReadonlyMap<string, readonly string[]> },
): Promise<FoundAssets> {
  const looks = new Map<string, AssetLook>();
  const moved = new Map<string, string>();
  const look = async (asset: string): Promise<AssetLook> => {
    const seen = looks.get(asset) ?? (await markAndLook(ports, record, asset));
    looks.set(asset, seen);
    return seen;
  };
  let count = 0;
  const findPlace = async (asset: string, files: readonly string[]): Promise<string | null> => {
    const places = [...new Set([...files, ...placesOf(asset, record.key)])].filter((place) => place !== asset);
    const down = findFilesDown(takedowns, places);
    for (const place of places) {
      if (down.has(place) || count >= PLACES_MAX) continue;
      if (!looks.has(place)) count += 1;
      if ((await look(place)).facts !== null) return place;
    }
    return null;
  };
  for (const asset of wanted) await look(asset);
  for (const asset of wanted) {
    const place = looks.get(asset)?.facts ? null : await findPlace(asset, []);
    if (place !== null) moved.set(asset, place);
  }
  const found = new Map<string, string>();
  for (const [asset, files] of meant) {
    const isDown = findFilesDown(takedowns, [asset]).has(asset);
    const place = !isDown && (await look(asset)).facts !== null ? asset : await findPlace(asset, files);
    if (place !== null) found.set(asset, place);
  }
  const unclear = new Map([...meant].filter(([, files]) => files.length > 1));
  return { looks, moved, found, unclear };
}

/** The files of the vault that articles may mean by what they name alone, by what it would be called beside the note. */
export function findMeant(
  articles: readonly Article[],
  key: string,
  looks: ReadonlyMap<string, NameLook>,
): ReadonlyMap<string, readonly string[]> {
  const named = articles.flatMap(({ vaultFiles = {} }) => Object.entries(vaultFiles));
  return new Map(
    named.map(([asset, written]) => {
      const holders = looks.get(nameOfFile(asset) ?? '')?.holders ?? [];
      const present = holders.flatMap((holder) =>
        holder.url !== null && nameOfFile(holder.key) !== null ? [holder.key] : [],
      );
      return [asset, filesMeant(written, present, key).slice(0, MEANT_MAX)] as const;
    }),
  );
}

/** The marker comes first, then the look: an asset that arrives in between finds the marker and wakes the article. */
export async function markAndLook(ports: Ports, record: ArticleRecord, asset: string): Promise<AssetLook> {
  if (!record.uses.includes(asset)) {
    const marker: UseMarker = { schema: STATE_SCHEMA, nonce: ports.nonce(), key: record.key };
    // Written also over one that is there: who is about to take that one away (asset-work.ts) then leaves it.
    await ports.state.write(useKey(asset, record.key), encodeJson(marker));
  }
  return lookAtAsset(ports, asset, record.key);
}

/** Whether all of them, and their notes, are still as they were seen. */
export async function areAsSeen(ports: Ports, looks: ReadonlyMap<string, AssetLook>): Promise<boolean> {
  const seen = await mapBounded([...looks], LOOKS_AT_ONCE_MAX, ([asset, look]) => isAsSeen(ports, asset, look));
  return seen.every((isSame) => isSame);
}
