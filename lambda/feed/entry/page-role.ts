/**
 * Whether an article is a page (About, Contact) or a post. A page has its address, and is in no feed. The settings go before
 * what the article says, and that before its name and place. What an older publisher, which knew fewer pages or none, has in
 * feeds stays there until somebody says otherwise: subscribers would see it go. Pure.
 */

import { isPlacedAsPage } from '../../article/fields/page-sign.ts';
import type { Article } from '../../model/article.ts';
import { createProblem, type Problem } from '../../model/problem.ts';
import type { Site } from '../../model/site.ts';
import type { FrozenFacts, ShownEntry } from '../../state/record.ts';
import { matchesList } from '../../text/path-pattern.ts';

interface RoleInput {
  readonly key: string;
  readonly site: Site;
  /** What is shown of the file so far. */
  readonly shown: readonly ShownEntry[];
}

export interface PageRole {
  readonly isPage: boolean;
  /** See `FrozenFacts`. */
  readonly stayedPost?: NonNullable<FrozenFacts['stayedPost']>;
}

/** @param seen the frozen facts before the article is looked at */
export function decidePageRole(article: Article, seen: FrozenFacts, input: RoleInput): PageRole {
  const { files = [], posts = [] } = input.site.pages;
  if (matchesList(files, input.key)) return { isPage: true };
  const sign = article.pageSign ?? 'post';
  if (sign === 'post' || matchesList(posts, input.key)) return { isPage: false };
  const stayedPost = seen.stayedPost ?? (isOlderPost(seen, sign, input) ? sign : undefined);
  if (stayedPost === undefined) return { isPage: true };
  // The author has written it since.
  if (stayedPost === 'likely' && sign === 'stated') return { isPage: true };
  return { isPage: false, stayedPost };
}

/**
 * Whether an older publisher has the article in a feed: one that knew no pages, or that took fewer names and places for those
 * of pages. An article that had a date when it was last shown has lost it by its author's hand.
 */
function isOlderPost(
  { id, wording, stated }: FrozenFacts,
  sign: NonNullable<FrozenFacts['stayedPost']>,
  { key, shown }: RoleInput,
): boolean {
  const isOlder = wording === undefined || (sign === 'likely' && stated === null && isPlacedAsPage(key));
  return isOlder && id !== null && shown.some(({ entry, feeds }) => entry.id === id && feeds.length > 0);
}

export function pageInFeeds(key: string): Problem {
  return createProblem('page-in-feeds', {
    path: key,
    line: null,
    message: 'The article looks like a page. It is in the feeds already, so it stays there as a post.',
    fix: `Write “pages: { files: [${key}] }” in site.yaml to take it out of the feeds, or “pages: { posts: [${key}] }” to keep it as a post.`,
  });
}
