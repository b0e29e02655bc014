/**
 * Decides which files `push --delete` may remove. A folder that is mounted by half lacks most of the bucket's files. A folder that
 * was tidied up has the same articles elsewhere. So a file that came back under another name is told from a lost one by its
 * bytes, or by the id or the address of its articles.
 */

import { createHash } from 'node:crypto';
import { isArticleKey } from '../../../lambda/address/article-key.ts';
import { isMassRemoval } from '../../../lambda/model/mass-removal.ts';
import { mapBounded } from '../../../lambda/store/bounded.ts';
import type { ObjectFacts, Store } from '../../../lambda/store/store.ts';
import { SITE_KEY } from '../../../lambda/work/protocol/site-work.ts';

const READS_AT_ONCE_MAX = 8;

export interface Removals {
  /** Keys in the bucket that may go by themselves. */
  readonly free: readonly string[];
  /** Those that it takes a person to remove. */
  readonly held: readonly string[];
}

/**
 * @param extra keys that are in the bucket only
 * @param present what is in the bucket
 * @param uploaded keys that are new in the bucket, or would be
 * @param consent how many a person has named
 */
export async function findRemovals(
  { folder, bucket }: { readonly folder: Store; readonly bucket: Store },
  extra: readonly string[],
  present: ReadonlyMap<string, ObjectFacts>,
  uploaded: readonly string[],
  consent: number | null,
): Promise<Removals> {
  if (!isTooMuch(extra, present)) return { free: extra, held: [] };
  const others = new Set((await readMarks(folder, uploaded)).flat());
  const marks = await readMarks(bucket, extra);
  const isBack = marks.map((own) => own.some((mark) => others.has(mark)));
  const lost = extra.filter((_, index) => isBack[index] !== true);
  if (consent === lost.length || !isTooMuch(lost, present)) return { free: extra, held: [] };
  return { free: extra.filter((_, index) => isBack[index] === true), held: lost };
}

/** Articles, or files of any kind: a folder of pictures may be what is not mounted. */
function isTooMuch(gone: readonly string[], present: ReadonlyMap<string, ObjectFacts>): boolean {
  const articles = [...present.keys()].filter(isArticleKey);
  return isMassRemoval(gone.length, present.size) || isMassRemoval(gone.filter(isArticleKey).length, articles.length);
}

/** The marks by which a file is recognised at another place: its bytes, and for an article its ids and addresses. */
async function readMarks(store: Store, keys: readonly string[]): Promise<readonly (readonly string[])[]> {
  const { parseArticles } = await import('../../../lambda/article/parse.ts');
  const { parseSite } = await import('../../../lambda/site/parse-site.ts');
  const { site } = parseSite((await store.read(SITE_KEY))?.body ?? null, { url: null });
  return mapBounded(keys, READS_AT_ONCE_MAX, async (key) => {
    const file = await store.read(key);
    if (file === null) return [];
    const bytes = `bytes ${createHash('sha256').update(file.body).digest('hex')}`;
    if (!isArticleKey(key) || site === null) return [bytes];
    const { articles } = parseArticles({ key, body: file.body, site });
    return [bytes, ...articles.flatMap(({ id, path }) => [...(id === null ? [] : [`id ${id}`]), `address ${path}`])];
  });
}
