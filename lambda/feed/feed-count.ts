/** Whether a publication has more feeds than anybody means it to have. */

import { createProblem, type Problem } from '../model/problem.ts';
import { SITE_KEY } from '../site/setting.ts';

/** A feed is four documents with two compressed copies each, and a page of a feed is written for every one of its entries. */
const FEEDS_MAX = 1_000;

/** A warning, if there are very many; null else. Most tags of a large archive are used once. */
export function tooManyFeeds(feeds: readonly { readonly name: string; readonly entries: number }[]): Problem | null {
  if (feeds.length <= FEEDS_MAX) return null;
  const kinds = ['tags', 'authors', 'sections', 'languages'] as const;
  const counts = kinds.map((kind) => ({ kind, count: feeds.filter(({ name }) => name.startsWith(`${kind}/`)).length }));
  const [most] = counts.toSorted((a, b) => b.count - a.count);
  const single = feeds.filter(({ entries }) => entries === 1).length;
  return createProblem('feeds-too-many', {
    path: SITE_KEY,
    line: null,
    message: `There are ${feeds.length} feeds, ${single} of them with one entry. Each is twelve files that are written and kept.`,
    fix: `Write “automatic: { ${most?.kind ?? 'tags'}: false }” in site.yaml, and name under “feeds” those that people subscribe to.`,
  });
}
