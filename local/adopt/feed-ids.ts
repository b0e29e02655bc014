/** Ids of old Atom feeds, for the feeds of ours that stand at their addresses. Pure. */

import { subscriptionPath } from '../../lambda/model/addresses.ts';
import { isAtomId } from '../../lambda/model/entry-id.ts';
import type { Site } from '../../lambda/model/site.ts';
import { feedIdOf } from '../../lambda/render/feed/feed-options.ts';
import type { OldFeed } from '../old-feed/read-old-feed.ts';
import { addressKeys, pathKeys } from './addresses.ts';

export interface OldFeedId {
  /** Of our feed. */
  readonly name: string;
  readonly id: string;
}

/** Each with the feed that has, or is redirected to from, the old one's address; only those that ours has not already. */
export function findFeedIds(feeds: readonly OldFeed[], names: readonly string[], site: Site): readonly OldFeedId[] {
  const byPlace = new Map<string, string>();
  const note = (place: string, name: string) => {
    for (const key of pathKeys(place)) byPlace.set(key, name);
  };
  for (const name of names) {
    for (const format of ['rss', 'atom', 'json', 'html'] as const) {
      const path = `/${subscriptionPath(name, format)}`;
      note(path, name);
      for (const [from, to] of Object.entries(site.redirects)) if (to === path) note(from, name);
    }
  }
  return feeds.flatMap(({ pages: [first] }): readonly OldFeedId[] => {
    const address = first?.self ?? null;
    if (first === undefined || first.id === null || address === null || !isAtomId(first.id)) return [];
    const place = addressKeys(address, [site.url, new URL('/', site.url).href]).find((key) => byPlace.has(key));
    const name = place === undefined ? undefined : byPlace.get(place);
    return name === undefined || feedIdOf(site, name) === first.id ? [] : [{ name, id: first.id }];
  });
}
