/** Where an old system had the lists of its tags, categories and authors, as redirects to where they are now. */

import { REDIRECTS_MAX } from '../../../lambda/model/site-limits.ts';

/** Left for what the importer and the publication have beside these. */
const OTHERS_COUNT = 100;

export interface OldList {
  /** Of the list, without slashes around it: `tag/birds`. */
  readonly from: string;
  readonly to: string;
  /** Whether the list has a page at its old address, since that is its new one. @default it has not */
  readonly isThere?: boolean;
}

/** From what is added to the old address to what is added to the new one: `['feed/', 'rss.xml']`. */
export type ListForm = readonly [old: string, now: string];

/** What most subscribers need first: where there are more than settings may hold, the last forms go. */
export function redirectsOfLists(
  lists: readonly OldList[],
  forms: readonly ListForm[],
): Readonly<Record<string, string>> {
  const all = forms.flatMap(([old, now]) =>
    lists
      .filter(({ isThere }) => old !== '' || isThere !== true)
      .map(({ from, to }) => [`/${from}/${old}`, `/${to}/${now}`] as const),
  );
  return Object.fromEntries(all.slice(0, REDIRECTS_MAX - OTHERS_COUNT));
}
