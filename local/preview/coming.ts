/** Articles that are there and not to be read yet: drafts, and those whose time has not come. */

import { parseArticles } from '../../lambda/article/parse.ts';
import type { Article } from '../../lambda/model/article.ts';
import type { Site } from '../../lambda/model/site.ts';
import { mapBounded } from '../../lambda/store/bounded.ts';
import type { Store } from '../../lambda/store/store.ts';
import { formatRfc3339 } from '../../lambda/time/moment.ts';

const FILES_COUNT_MAX = 100;
const READS_AT_ONCE_MAX = 16;

export interface ComingArticle {
  /** The file in the content folder. */
  readonly key: string;
  /** May be empty. */
  readonly title: string;
  readonly language: string;
  readonly state: 'draft' | 'scheduled';
  /** RFC 3339, in the author's offset; null for a draft without a date. */
  readonly date: string | null;
  /** How long until then, in milliseconds; null for a draft. */
  readonly waitMs: number | null;
}

/**
 * The articles of some files that are drafts or wait: those that come first at first, drafts last.
 *
 * @param keys of files that are known to hold such ones
 * @param now milliseconds since the epoch
 */
export async function readComing(
  content: Store,
  keys: readonly string[],
  site: Site,
  now: number,
): Promise<readonly ComingArticle[]> {
  const files = await mapBounded(keys.slice(0, FILES_COUNT_MAX), READS_AT_ONCE_MAX, async (key) => {
    const object = await content.read(key);
    if (object === null) return [];
    const { articles } = parseArticles({ key, body: object.body, site });
    return articles.flatMap((article) => describe(key, article, site, now));
  });
  const order = ({ waitMs }: ComingArticle): number => waitMs ?? Number.POSITIVE_INFINITY;
  return files.flat().sort((a, b) => (order(a) === order(b) ? (a.key < b.key ? -1 : 1) : order(a) - order(b)));
}

function describe(key: string, article: Article, site: Site, now: number): readonly ComingArticle[] {
  const { title, published, visibility } = article;
  const common = { key, title, language: article.language ?? site.language };
  const date = published === null ? null : formatRfc3339(published);
  if (visibility === 'draft') return [{ ...common, state: 'draft', date, waitMs: null }];
  if (published === null || published.at <= now) return [];
  return [{ ...common, state: 'scheduled', date, waitMs: published.at - now }];
}
