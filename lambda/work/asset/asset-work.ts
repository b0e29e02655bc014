/**
 * Assets: images, audio, video, documents. Only what a shown entry uses is public, at its own path, with its true type.
 * Before a document can name an asset, article work has put it there. Whether it stays is decided in the asset's own lane,
 * by one writer at a time.
 */

import { isOwnFile } from '../../address/own-documents.ts';
import { staticType } from '../../address/static/static-file.ts';
import { hasVariants, plainPathOf } from '../../address/variants.ts';
import { mayBeExport } from '../../article/media/export-file.ts';
import { readJson, swapJson } from '../../state/json-object.ts';
import { assetKey, recordKey, useKey } from '../../state/keys.ts';
import type { ArticleRecord } from '../../state/record.ts';
import { StoreError } from '../../store/store.ts';
import { type DocumentCounts, NO_DOCUMENTS, putCopy } from '../protocol/documents.ts';
import { markDue } from '../protocol/due-work.ts';
import { assetLane } from '../protocol/lanes.ts';
import type { Ports } from '../protocol/ports.ts';
import { readHeldRemovals } from '../protocol/removal-work.ts';
import {
  type AssetState,
  articlesUsing,
  forgetAsset,
  isExport,
  isKnown,
  LOOKS_MAX,
  lookAtAsset,
  noteAsset,
} from './asset-note.ts';

/** After which a run that had read an older record has long been ended, and what it puts in place is there. */
const SETTLED_MS = 15 * 60 * 1000;

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
export async function isOthers(ports: Ports, key: string): Promise<boolean> {
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

/** Whether an entry shows the asset. */
export async function isShown(ports: Ports, key: string): Promise<boolean> {
  for (const article of await articlesUsing(ports, key)) {
    const record = await readJson<ArticleRecord>(ports.state, recordKey(article));
    if (record?.value.shown.some(({ assets }) => assets.includes(key)) === true) return true;
  }
  return false;
}
