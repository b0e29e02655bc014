/**
 * Which article an old entry is: the one at its address or at one that leads there, else the only one of its title and day.
 * What can't be told so is listed with those that are nearest. Pure.
 */

import type { Moment } from '../../lambda/time/moment.ts';
import type { OldEntry } from './old-entries.ts';

/** The outcome of the search for an old entry's article. */
export interface Candidate {
  /** No other candidate has it. */
  readonly key: string;
  /** Null for none. */
  readonly id: string | null;
  /** That of RSS and JSON Feed where `id` is Atom's alone. */
  readonly guid?: string | undefined;
  readonly title: string;
  /** Null where it is not known. */
  readonly published: Moment | null;
  /** The keys of its addresses, by which they are compared: its own and those that lead to it. */
  readonly places: ReadonlySet<string>;
}

/** An article as it would be published now. */
export interface ShownArticle extends Candidate {
  /** Content key. */
  readonly key: string;
  readonly id: string;
  readonly published: Moment;
  /** Whether the article says itself when it was published. */
  readonly isDated: boolean;
  /** Whether its file is this one article. */
  readonly isAlone: boolean;
}

export interface Match<Article extends Candidate = ShownArticle> {
  readonly entry: OldEntry;
  readonly article: Article;
  readonly by: 'id' | 'address' | 'title';
}

export interface Unmatched<Article extends Candidate = ShownArticle> {
  readonly entry: OldEntry;
  /** The likeliest first; none where nothing is near. */
  readonly nearest: readonly Article[];
}

export interface Matching<Article extends Candidate = ShownArticle> {
  readonly matches: readonly Match<Article>[];
  readonly unmatched: readonly Unmatched<Article>[];
}

/** Zones and days without a time. */
const NEAR_MS = 36 * 60 * 60 * 1000;
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const NEAREST_COUNT_MAX = 3;
/** Of the words of two titles, how many have to be the same. */
const LIKE_SHARE = 0.4;

/** @param placesOf what the link of an entry is compared by, the surest first */
export function matchEntries<Article extends Candidate>(
  entries: readonly OldEntry[],
  articles: readonly Article[],
  placesOf: (entry: OldEntry) => readonly string[],
): Matching<Article> {
  const byId = indexBy(articles, ({ id, guid }) => [id, guid].filter((each) => each != null));
  const byPlace = indexBy(articles, ({ places }) => [...places]);
  const byTitle = indexBy(articles, ({ title }) => titleKeys(title));
  const sure = entries.map((entry): Match<Article> | null => {
    const known = only(byId.get(entry.atomId ?? '') ?? byId.get(entry.id ?? ''));
    if (known !== null) return { entry, article: known, by: 'id' };
    const place = placesOf(entry).find((each) => byPlace.has(each));
    const there = place === undefined ? null : only(byPlace.get(place));
    return there === null ? null : { entry, article: there, by: 'address' };
  });
  const taken = new Set(sure.flatMap((match) => (match === null ? [] : [slot(match.entry, match.article)])));
  const entriesByTitle = indexBy(entries, (entry) => titleKeys(entry.title).map((title) => `${entry.feed} ${title}`));
  const matches = sure.map((match, index): Match<Article> | null => {
    const entry = entries[index];
    if (match !== null || entry === undefined) return match;
    const [title] = titleKeys(entry.title);
    if (title === undefined || entry.date === null) return null;
    const { date } = entry;
    const same = (byTitle.get(title) ?? []).filter((article) => isNear(article.published, date));
    const twins = (entriesByTitle.get(`${entry.feed} ${title}`) ?? []).filter(
      (other) => other.date !== null && isNear(other.date, date),
    );
    const article = only(same);
    if (article === null || twins.length > 1 || taken.has(slot(entry, article))) return null;
    return { entry, article, by: 'title' };
  });
  const found = new Set(matches.flatMap((match) => match?.article ?? []));
  const free = articles.filter((article) => !found.has(article));
  return {
    matches: matches.filter((match) => match !== null),
    unmatched: entries.flatMap((entry, index) =>
      matches[index] === null ? [{ entry, nearest: findNearest(entry, free) }] : [],
    ),
  };
}

/** An article is one entry of a feed. */
function slot({ feed }: OldEntry, { key, id }: Candidate): string {
  return `${feed} ${id ?? key}`;
}

function isNear(a: Moment | null, b: Moment): boolean {
  return a !== null && Math.abs(a.at - b.at) <= NEAR_MS;
}

function findNearest<Article extends Candidate>(entry: OldEntry, articles: readonly Article[]): readonly Article[] {
  const words = wordsOf(entry.title);
  const name = lastPart(entry.link);
  return articles
    .map((article) => ({ article, score: scoreOf(article, entry, words, name) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.article.key < b.article.key ? -1 : 1))
    .slice(0, NEAREST_COUNT_MAX)
    .map(({ article }) => article);
}

/** Above 1 for a title or a name that is alike, below for a day that is near. */
function scoreOf(article: Candidate, { date }: OldEntry, words: ReadonlySet<string>, name: string): number {
  const others = wordsOf(article.title);
  const shared = [...words].filter((word) => others.has(word)).length;
  const likeness = words.size === 0 ? 0 : shared / Math.max(words.size, others.size);
  const isNamed = name !== '' && [...article.places].some((place) => lastPart(place) === name);
  const days = date === null || article.published === null ? Infinity : Math.abs(article.published.at - date.at);
  const nearness = days <= WEEK_MS ? 1 - days / (2 * WEEK_MS) : 0;
  return (likeness >= LIKE_SHARE ? 1 + likeness : 0) + (isNamed ? 1 : 0) + (days <= NEAR_MS ? nearness : 0);
}

function lastPart(address: string | null): string {
  const path = (address ?? '').replace(/[?#].*$/s, '').replace(/\/+$/, '');
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.html?$/i, '');
}

/** The key by which a title is compared; none for an empty title. */
function titleKeys(title: string): readonly string[] {
  const key = [...wordsOf(title)].join(' ');
  return key === '' ? [] : [key];
}

function wordsOf(title: string): ReadonlySet<string> {
  return new Set(
    title
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [],
  );
}

function indexBy<Item>(items: readonly Item[], keysOf: (item: Item) => readonly string[]): Map<string, Item[]> {
  const index = new Map<string, Item[]>();
  for (const item of items) {
    for (const key of new Set(keysOf(item))) {
      const known = index.get(key);
      if (known === undefined) index.set(key, [item]);
      else known.push(item);
    }
  }
  return index;
}

/** The only one of several; null where there are more, or none. */
function only<Item>(items: readonly Item[] | undefined): Item | null {
  return items?.length === 1 ? (items[0] ?? null) : null;
}
