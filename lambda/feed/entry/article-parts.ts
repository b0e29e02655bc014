/**
 * Which of a file's frozen facts belong to which of its articles. A file that is one article has one part, ''. The
 * articles of a JSON file go by their id as it is written, else by their path. An article whose id or path was changed
 * is still the same one where that can be told, and keeps its facts. Pure.
 */

import { articlesBase } from '../../model/addresses.ts';
import type { Article } from '../../model/article.ts';
import { isIriOfWord } from '../../model/entry-id.ts';
import type { Site } from '../../model/site.ts';
import type { FrozenFacts, ShownEntry } from '../../state/record.ts';

interface PartsInput {
  readonly articles: readonly Article[];
  readonly site: Site;
  /** The frozen facts so far. */
  readonly facts: Readonly<Record<string, FrozenFacts>>;
  /** What is shown of the file so far. */
  readonly shown: readonly ShownEntry[];
}

interface Part {
  readonly name: string;
  /** Null for an article that was never seen. */
  readonly known: FrozenFacts | null;
}

interface Parts {
  /** One for each article, in their order. */
  readonly parts: readonly Part[];
  /** The facts that no article of the file has now. */
  readonly rest: Readonly<Record<string, FrozenFacts>>;
}

export function findParts(input: PartsInput): Parts {
  const known = new Map(Object.entries(input.facts));
  const names = namesOfParts(input.articles);
  const places: (string | null)[] = names.map((name) => (known.has(name) ? name : null));
  const present = new Set(names);
  const free = new Set([...known.keys()].filter((name) => !present.has(name)));
  for (const find of FINDERS) {
    input.articles.forEach((article, index) => {
      if (free.size === 0 || article.item === null || places[index] !== null) return;
      const others = input.articles.filter((_, other) => places[other] === null);
      const place = find(article, { ...input, known, free, others });
      if (place === undefined) return;
      free.delete(place);
      places[index] = place;
    });
  }
  const taken = new Set(places);
  const factsAt = (place: string | null): FrozenFacts | null => (place === null ? null : (known.get(place) ?? null));
  return {
    parts: names.map((name, index) => ({ name, known: factsAt(places[index] ?? null) })),
    rest: Object.fromEntries([...known].filter(([name]) => !taken.has(name))),
  };
}

/** Articles that share a name, of which but one can be shown, are told apart by their order: each has its own facts. */
function namesOfParts(articles: readonly Article[]): readonly string[] {
  const times = new Map<string, number>();
  return articles.map(({ item }) => {
    const name = item?.name ?? '';
    const before = times.get(name) ?? 0;
    times.set(name, before + 1);
    return before === 0 ? name : `${name} ${before + 1}`;
  });
}

interface Search extends PartsInput {
  readonly known: ReadonlyMap<string, FrozenFacts>;
  /** Names of facts that no article has yet. */
  readonly free: ReadonlySet<string>;
  /** The articles that have no facts yet. */
  readonly others: readonly Article[];
}

/** Tells the part that an article was before; undefined where that can't be told. */
type Finder = (article: Article, search: Search) => string | undefined;

/** The surest first. */
const FINDERS: readonly Finder[] = [byFormerName, byAddress, byTitle, byBeingAlone];

/** It had no id before; or it was named by the IRI of its word, under whatever id of the site. */
function byFormerName({ id, word, path }: Article, { free }: Search): string | undefined {
  return [...free].find((name) => name === path || name === id || (word !== undefined && isIriOfWord(name, word)));
}

function byAddress({ canonicalUrl, path }: Article, search: Search): string | undefined {
  const url = canonicalUrl ?? new URL(path.slice(1), articlesBase(search.site)).href;
  const claim = `address ${path}`;
  return freeShown(search).find(({ shown }) => shown.claims.includes(claim) || shown.entry.url === url)?.part;
}

/** A title tells only where nothing else in the file has it. */
function byTitle({ title }: Article, search: Search): string | undefined {
  if (title === '' || search.others.filter((other) => other.title === title).length > 1) return undefined;
  const found = freeShown(search).filter(({ shown }) => shown.entry.title === title);
  return found.length === 1 ? found[0]?.part : undefined;
}

/** The file has always held this one article. */
function byBeingAlone({ item }: Article, { articles, known, free }: Search): string | undefined {
  const [only] = free;
  return item?.isAlone === true && articles.length === 1 && known.size === 1 ? only : undefined;
}

/** The entries that are shown of articles which no article of the file is found to be yet. */
function freeShown({ shown, known, free }: Search): readonly { readonly part: string; readonly shown: ShownEntry }[] {
  const parts = new Map([...free].map((name) => [known.get(name)?.id, name]));
  return shown.flatMap((each) => {
    const part = parts.get(each.entry.id);
    return part === undefined ? [] : [{ part, shown: each }];
  });
}
