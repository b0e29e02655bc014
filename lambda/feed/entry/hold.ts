/** Whether an article is held although it says that it is published: it was taken down. Pure. */

import type { Article } from '../../model/article.ts';
import type { Problem } from '../../model/problem.ts';
import {
  articleDown,
  findFilesDown,
  findTakedown,
  hashBytes,
  hashText,
  newHeld,
  type Takedowns,
} from '../../site/takedowns.ts';
import { ADDRESS_CLAIM, ID_CLAIM } from '../../state/keys.ts';
import type { FrozenFacts, ShownEntry } from '../../state/record.ts';

export interface HoldInput {
  readonly key: string;
  readonly body: Uint8Array;
  /** What is shown of the file so far. */
  readonly shown: readonly ShownEntry[];
  readonly takedowns?: Takedowns | null;
}

/**
 * Why an article is held, like a draft; null when it is not.
 *
 * @param claims what it would stand on if it were shown
 * @param seen what was known of it before
 */
export function findHold(
  article: Article,
  claims: readonly string[],
  seen: FrozenFacts,
  { key, body, shown, takedowns = null }: HoldInput,
): Problem | null {
  if (takedowns === null) return null;
  const found = findTakedown(takedowns.list, {
    key,
    // An id that was frozen goes before the one that the file states now, and both tell.
    ids: [...without(ID_CLAIM, claims), ...statedIds(article), ...(seen.id === null ? [] : [seen.id])],
    addresses: article.canonicalUrl === null ? without(ADDRESS_CLAIM, claims) : [article.canonicalUrl],
    hashes: () => [
      hashBytes(body),
      ...(article.item === null ? [] : [hashBytes(article.item.text)]),
      ...hashText(article.contentHtml),
    ],
  });
  if (found !== null) return articleDown(key, found);
  const isPublic = shown.some((each) =>
    each.claims.some((claim) => claim.startsWith(ID_CLAIM) && claims.includes(claim)),
  );
  return takedowns.isPartial && !isPublic ? newHeld(key) : null;
}

/**
 * What of a file may stay public although the file has an error now, or has to wait for a claim: what was taken down may
 * not, nor may a picture of what stays.
 *
 * @param shown of the file so far
 */
export function withoutTakenDown(
  key: string,
  shown: readonly ShownEntry[],
  takedowns: Takedowns | null,
): readonly ShownEntry[] {
  if (takedowns === null) return shown;
  const isDown = ({ entry, claims }: ShownEntry): boolean => {
    const addresses = [...without(ADDRESS_CLAIM, claims), entry.url];
    const suspect = { key, ids: without(ID_CLAIM, claims), addresses, hashes: () => hashText(entry.contentHtml) };
    return findTakedown(takedowns.list, suspect) !== null;
  };
  const files = findFilesDown(takedowns, [...new Set(shown.flatMap(({ assets }) => assets))]);
  return shown
    .filter((each) => !isDown(each))
    .map((each) => (files.size === 0 ? each : { ...each, assets: each.assets.filter((asset) => !files.has(asset)) }));
}

/** The claims that begin with a prefix, without it. */
function without(prefix: string, claims: readonly string[]): readonly string[] {
  return claims.filter((each) => each.startsWith(prefix)).map((each) => each.slice(prefix.length));
}

/** The id that an article states, in every form in which it may be public. */
export function statedIds({ id, word }: Pick<Article, 'id' | 'word'>): readonly string[] {
  return [id, word].filter((each) => typeof each === 'string');
}
