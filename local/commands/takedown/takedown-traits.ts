/** By what the articles of a file can be told when they come back: what a takedown writes down, and a push looks for. */

import { createHash } from 'node:crypto';
import { isArticleKey, parseArticles } from '../../../lambda/article/parse.ts';
import { statedIds } from '../../../lambda/feed/entry/hold.ts';
import type { Site } from '../../../lambda/model/site.ts';
import {
  findTakedown,
  hashBytes,
  hashText,
  type Suspect,
  type Takedown,
  type TakedownMatch,
} from '../../../lambda/site/takedowns.ts';
import { type Store, StoreError } from '../../../lambda/store/store.ts';

export type Traits = Pick<Takedown, 'ids' | 'addresses' | 'hashes'>;

const PART_BYTES = 8 * 1024 * 1024;

export const NO_TRAITS: Traits = { ids: [], addresses: [], hashes: [] };

/**
 * What a file says of itself; of one that is no article, its hash alone.
 *
 * @param site null when no settings are known: then its bytes tell, and nothing else
 */
export async function readTraits(content: Store, key: string, site: Site | null): Promise<Traits> {
  if (!isArticleKey(key)) {
    const hash = await hashObject(content, key);
    return { ...NO_TRAITS, hashes: hash === null ? [] : [hash] };
  }
  const source = await content.read(key);
  if (source === null) return NO_TRAITS;
  const { body } = source;
  const articles = suspectsIn(key, body, site);
  const all = (traits: (suspect: Suspect) => readonly string[] | undefined): readonly string[] => [
    ...new Set(articles.flatMap((suspect) => traits(suspect) ?? [])),
  ];
  return {
    ids: all(({ ids }) => ids),
    addresses: all(({ addresses }) => addresses),
    hashes: [...new Set([hashBytes(body), ...all(({ hashes }) => hashes?.())])],
  };
}

/** The takedown that a whole file is held by; null where none of it, or only some of its articles are held. */
export function findFileTakedown(
  list: readonly Takedown[],
  { key, body, site }: { readonly key: string; readonly body: Uint8Array; readonly site: Site | null },
): TakedownMatch | null {
  if (list.length === 0) return null;
  const whole = findTakedown(list, { key, hashes: () => [hashBytes(body)] });
  if (whole !== null || !isArticleKey(key)) return whole;
  const [first = null, ...others] = suspectsIn(key, body, site).map((suspect) => findTakedown(list, suspect));
  return others.includes(null) ? null : first;
}

/** Read in parts: a film need not fit into memory. Null when it is not there. */
async function hashObject(content: Store, key: string): Promise<string | null> {
  const hash = createHash('sha256');
  let from = 0;
  let lengthBytes = 1;
  let version: string | null = null;
  while (from < lengthBytes) {
    const part = await content.read(key, { fromByte: from, firstBytes: PART_BYTES });
    if (part === null) return null;
    version ??= part.version;
    if (part.version !== version) throw new StoreError('retry', `${key} changed while it was read. Run it again.`);
    hash.update(part.body);
    from += part.body.byteLength;
    lengthBytes = part.lengthBytes;
    if (part.body.byteLength === 0) break;
  }
  return hash.digest('hex');
}

function suspectsIn(key: string, body: Uint8Array, site: Site | null): readonly Suspect[] {
  if (site === null) return [];
  return parseArticles({ key, body, site }).articles.map(({ canonicalUrl, path, item, contentHtml, ...stated }) => ({
    key,
    ids: statedIds(stated),
    addresses: [canonicalUrl ?? path],
    hashes: () => [...(item === null ? [] : [hashBytes(item.text)]), ...hashText(contentHtml)],
  }));
}
