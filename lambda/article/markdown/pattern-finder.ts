/** Finds a pattern again and again in one text, which is searched once as long as the places asked for grow. */

export interface Found {
  readonly start: number;
  readonly end: number;
}

export type Finder = (from: number) => Found | null;

/** Gives the first match from a place on. */
export function createPatternFinder(text: string, pattern: RegExp): Finder {
  const search = new RegExp(pattern);
  let searchedFrom = Number.POSITIVE_INFINITY;
  let last: Found | null = null;
  return (from) => {
    if (from >= searchedFrom && (last === null || last.start >= from)) return last;
    search.lastIndex = from;
    const match = search.exec(text);
    last = match === null ? null : { start: match.index, end: match.index + match[0].length };
    searchedFrom = from;
    return last;
  };
}
