/** Looks for a pattern from places that never go back, so that a text is searched once however often it is asked for. */

export interface Found {
  readonly start: number;
  readonly end: number;
}

/** Finds the next match from a place on; the places that are asked for must grow, so nothing is searched twice. */
export function createPatternFinder(text: string, pattern: RegExp): (from: number) => Found | null {
  const search = new RegExp(pattern);
  let last: Found | null = { start: -1, end: -1 };
  return (from) => {
    if (last === null || last.start >= from) return last;
    search.lastIndex = from;
    const match = search.exec(text);
    last = match === null ? null : { start: match.index, end: match.index + match[0].length };
    return last;
  };
}
