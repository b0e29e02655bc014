/** The row of each article in `.adopted`, once its old entries are known. Pure. */

import { entryIdOf, findIdFault } from '../../lambda/model/entry-id.ts';
import { type AdoptedRow, adoptedId } from '../../lambda/site/adopted/adopted.ts';
import type { Match, ShownArticle } from './match-entries.ts';
import type { OldEntry } from './old-entries.ts';

export interface AdoptedArticle {
  readonly article: ShownArticle;
  readonly row: AdoptedRow;
}

export interface Refusal {
  /** Content key. */
  readonly key: string;
  /** Why its old id is not kept, as a sentence. */
  readonly why: string;
}

export interface Decision {
  /** Articles whose ids or dates would be others without a row. */
  readonly adopted: readonly AdoptedArticle[];
  /** How many have the ids of the old feeds already. */
  readonly sameCount: number;
  readonly refused: readonly Refusal[];
  /** Articles whose own date is another than that of the old feed: theirs counts. */
  readonly otherDates: readonly string[];
}

/** Of dates that differ by less, one has no time or another zone. */
const SAME_DAY_MS = 36 * 60 * 60 * 1000;

/** @param siteId of which ids of words are made for Atom */
export function decideRows(matches: readonly Match[], siteId: string): Decision {
  const decided = {
    adopted: [] as AdoptedArticle[],
    sameCount: 0,
    refused: [] as Refusal[],
    otherDates: [] as string[],
  };
  const byArticle = Map.groupBy(matches, ({ article }) => article);
  const owners = new Map<string, string>();
  for (const article of [...byArticle.keys()].sort((a, b) => (a.key < b.key ? -1 : 1))) {
    const entries = (byArticle.get(article) ?? []).map(({ entry }) => entry);
    const ids = decideIds(entries);
    const refuse = (why: string) => decided.refused.push({ key: article.key, why });
    if (typeof ids === 'string') {
      refuse(ids);
      continue;
    }
    const entryId = adoptedId({ ...ids, published: null }, siteId);
    if (entryId === null) continue;
    const texts = [entryId.id, ...(entryId.guid === undefined ? [] : [entryId.guid])];
    const owner = texts.flatMap((text) => owners.get(text) ?? [])[0];
    if (owner !== undefined) {
      refuse(`It had the same id as ${owner} (${texts.join(', ')}), which keeps it.`);
      continue;
    }
    for (const text of texts) owners.set(text, article.key);
    const isSame = article.id === entryId.id && article.guid === entryId.guid;
    const published = decideDate(entries, article, decided.otherDates);
    if (isSame) decided.sameCount += 1;
    if (isSame && published === null) continue;
    if (!article.isAlone) refuse('Its file holds several articles: write the id into it there.');
    else decided.adopted.push({ article, row: { ...ids, published } });
  }
  return decided;
}

type Ids = Pick<AdoptedRow, 'id' | 'atomId'>;

/** The ids of an article; or why they can't be told. */
function decideIds(entries: readonly OldEntry[]): (Ids & { readonly id: string }) | string {
  const distinct = (pick: (entry: OldEntry) => string | null) => [
    ...new Set(entries.flatMap((each) => pick(each) ?? [])),
  ];
  const rss = distinct(({ format, id }) => (format === 'RSS' ? id : null));
  const json = distinct(({ format, id }) => (format === 'JSON Feed' ? id : null));
  const words = distinct(({ format, id }) => (format === 'Atom' ? id : null));
  const atom = distinct(({ atomId }) => atomId);
  const guids = [rss, json, words].find((each) => each.length > 0) ?? [];
  const several = [guids, atom].find((each) => each.length > 1);
  if (several !== undefined) return `Several old entries are this article: ${several.join(', ')}.`;
  const [atomId] = atom;
  const id = guids[0] ?? atomId;
  if (id === undefined) return 'Its old entry has no id.';
  const other = json.find((each) => each !== id);
  if (other !== undefined) return `RSS knew it as ${id}, and JSON Feed as ${other}: one of them can’t be kept.`;
  const fault = findIdFault(id) ?? (atomId === undefined ? null : findIdFault(atomId));
  if (fault !== null) return `Its old id ${fault}.`;
  // A text that is an IRI is the same in all formats by itself.
  const isPlain = atomId === undefined || (atomId === id && entryIdOf(id, '').guid === undefined);
  return { id, atomId: isPlain ? null : atomId };
}

/** The date that subscribers know, where the article has none or one of that very day; null where its own is as good. */
function decideDate(entries: readonly OldEntry[], article: ShownArticle, others: string[]): AdoptedRow['published'] {
  const known = entries.find(({ date, isPublished }) => date !== null && isPublished)?.date ?? null;
  if (known === null) return null;
  const difference = Math.abs(known.at - article.published.at);
  if (!article.isDated) return difference < 1000 ? null : known;
  if (difference <= SAME_DAY_MS) return difference < 1000 ? null : known;
  others.push(article.key);
  return null;
}
