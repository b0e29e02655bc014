/** The articles of a publication as its records have them, to be compared with old entries. */

import type { Site } from '../../lambda/model/site.ts';
import { readJson } from '../../lambda/state/json-object.ts';
import { addressesIn, RECORDS_PREFIX } from '../../lambda/state/keys.ts';
import type { ArticleRecord } from '../../lambda/state/record.ts';
import { listAll, type Store } from '../../lambda/store/store.ts';
import { addressKeys, pathKeys } from './addresses.ts';
import type { ShownArticle } from './match-entries.ts';

/** In order of their keys. Pages that are in no feed are left out: no old entry is one. */
export async function readShownArticles(state: Store, site: Site): Promise<readonly ShownArticle[]> {
  const articles: ShownArticle[] = [];
  const leading = redirectsByTarget(site);
  for await (const { key } of listAll(state, RECORDS_PREFIX)) {
    const record = (await readJson<ArticleRecord>(state, key))?.value;
    if (record !== undefined) articles.push(...articlesOf(record, site, leading));
  }
  return articles.sort((a, b) => (a.key < b.key ? -1 : 1));
}

function articlesOf(
  { key, shown, facts }: ArticleRecord,
  site: Site,
  leading: ReadonlyMap<string, readonly string[]>,
): readonly ShownArticle[] {
  const dated = new Map(Object.values(facts).map(({ id, stated }) => [id, (stated ?? null) !== null]));
  return shown.flatMap(({ entry, claims, aliases }): readonly ShownArticle[] => {
    if (entry.page !== undefined) return [];
    const own = addressesIn(claims);
    const former = [...aliases, ...own.flatMap((path) => leading.get(path) ?? [])];
    const places = [
      ...addressKeys(entry.url, [site.url, new URL('/', site.url).href]),
      ...[...own, ...former].flatMap((path) => pathKeys(path)),
    ];
    return [
      {
        key,
        id: entry.id,
        guid: entry.guid,
        title: entry.title,
        published: entry.published,
        isDated: dated.get(entry.id) ?? true,
        isAlone: shown.length === 1,
        places: new Set(places),
      },
    ];
  });
}

/** Paths by the path on this site that they lead to. */
function redirectsByTarget({ redirects }: Site): ReadonlyMap<string, readonly string[]> {
  const leading = new Map<string, string[]>();
  for (const [from, to] of Object.entries(redirects)) leading.set(to, [...(leading.get(to) ?? []), from]);
  return leading;
}
