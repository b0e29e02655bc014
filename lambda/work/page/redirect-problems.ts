/** Redirects that never happen, because something else is at their address: problems for those who wrote them. */

import { shownAddress } from '../../address/former/written-query.ts';
import { pagePath } from '../../model/addresses.ts';
import { createProblem, type Problem } from '../../model/problem.ts';
import type { Site } from '../../model/site.ts';
import { addressesIn } from '../../state/keys.ts';
import type { RecordOutline } from '../../state/outline.ts';
import { SITE_KEY } from '../protocol/site-work.ts';

/** A list that nobody would read to its end. */
const PROBLEMS_MAX = 1_000;

export function findCovered(site: Site | null, records: readonly RecordOutline[]): readonly Problem[] {
  if (site === null || !hasFormerAddresses(site, records)) return [];
  const articles = new Map<string, string>();
  const assets = new Set<string>();
  for (const { key, shown } of records) {
    for (const { claims, assets: used } of shown) {
      for (const address of addressesIn(claims)) articles.set(address, key);
      for (const asset of used) assets.add(asset);
    }
  }
  const coverOf = (address: string): string | null => {
    const article = site.pages.articles ? articles.get(address) : undefined;
    return article ?? (assets.has(pagePath(address)) ? pagePath(address) : null);
  };
  const stated = Object.keys(site.redirects).flatMap((address) => covered(SITE_KEY, address, coverOf(address)));
  const aliases = records.flatMap(({ key, shown }) =>
    shown.flatMap((entry) =>
      entry.aliases.flatMap((address) => {
        const settings = Object.hasOwn(site.redirects, address) ? SITE_KEY : null;
        return covered(key, address, coverOf(address) ?? settings);
      }),
    ),
  );
  return [...stated, ...aliases].slice(0, PROBLEMS_MAX);
}

/** Most sites have none, and nothing has to be put together to find what covers them. */
function hasFormerAddresses(site: Site, records: readonly RecordOutline[]): boolean {
  const isFormer = ({ shown }: RecordOutline): boolean => shown.some(({ aliases }) => aliases.length > 0);
  return Object.keys(site.redirects).length > 0 || records.some(isFormer);
}

function covered(path: string, address: string, by: string | null): readonly Problem[] {
  if (by === null) return [];
  const message = `The former address ${shownAddress(address)} leads nowhere, because ${by} is at it.`;
  const fix = `Remove the former address, or give ${by} another one.`;
  return [createProblem('redirect-covered', { path, line: null, message, fix })];
}
