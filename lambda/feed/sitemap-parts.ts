/**
 * How the pages of `all` are gathered into sitemaps: by content, like the pages themselves, so that a change touches
 * one part and any history ends in the same parts. A part ends at a page whose name says so, one in sixteen, and where a
 * part of the directory ends; it is named by its first page, so that its address stays while pages come behind.
 */

import { createHash } from 'node:crypto';
import type { PageReference } from '../state/root.ts';

/** Some hundred entries, and no more reads than one run can do at once. */
const PAGES_PER_PART = 16;

export interface PagePart {
  readonly name: string;
  /** Other ones with every change of its pages. */
  readonly fingerprint: string;
  /** Version of the part of the directory that its pages are in; null for those that are newer than the last. */
  readonly group: string | null;
  /** Oldest first; none where nobody looked, because nothing changed. */
  readonly pages: readonly PageReference[];
}

/**
 * @param pages those of one part of the directory of `all`, or those after its last part; oldest first
 * @param group version of that part
 * @param form what else the sitemaps depend on
 */
export function gatherParts(pages: readonly PageReference[], group: string | null, form: string): readonly PagePart[] {
  const runs: PageReference[][] = [];
  let isOpen = false;
  for (const page of pages) {
    if (isOpen) runs.at(-1)?.push(page);
    else runs.push([page]);
    isOpen = !endsPart(page.name);
  }
  return runs.map((run) => ({
    name: run[0]?.name ?? '',
    fingerprint: hash(JSON.stringify([form, ...run.map(({ name, version }) => [name, version])])),
    group,
    pages: run,
  }));
}

function endsPart(pageName: string): boolean {
  return Number.parseInt(hash(pageName).slice(0, 4), 16) % PAGES_PER_PART === 0;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
