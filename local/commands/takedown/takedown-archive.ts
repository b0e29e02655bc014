/**
 * Archive pages that are no more keep their last documents for a month. Nobody writes them again, so those that have what a
 * takedown takes down are removed by their feed's own lane (lambda/work/feed/takedown-work.ts). Here is looked which they are.
 */

import type { Ports } from '../../../lambda/publish.ts';
import { DamageError, readJson } from '../../../lambda/state/json-object.ts';
import { rootKey } from '../../../lambda/state/keys.ts';
import type { FeedRoot } from '../../../lambda/state/root.ts';
import { readDirectory } from '../../../lambda/work/feed/feed-store.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { createOperatorPorts } from '../deployment/operator-ports.ts';
import type { ArchivePage, Holder } from './takedown-search.ts';

const ATTEMPTS_MAX = 5;

export interface FormerPages {
  /** The pages of the holders that are no more. */
  readonly pages: readonly ArchivePage[];
  /** Feeds of which nothing is known. */
  readonly lost: readonly string[];
}

export async function findFormerPages(
  deployment: Pick<Deployment, 'content' | 'state' | 'public' | 'queue'>,
  holders: readonly Holder[],
): Promise<FormerPages> {
  const ports = createOperatorPorts(deployment);
  const lost: string[] = [];
  const former: ArchivePage[] = [];
  const pages = holders.flatMap(({ page }) => page ?? []);
  for (const [feed, ofFeed] of Map.groupBy(pages, (page) => page.feed)) {
    const present = await readNames(ports, feed);
    if (present === null) lost.push(feed);
    const names = new Set(ofFeed.map(({ name }) => name));
    former.push(...[...names].filter((name) => present?.has(name) === false).map((name) => ({ feed, name })));
  }
  return { pages: former, lost };
}

/** The names of the pages that there are; null for a feed that has no root. */
async function readNames(ports: Ports, feed: string): Promise<ReadonlySet<string> | null> {
  for (let attempt = 1; ; attempt += 1) {
    const root = (await readJson<FeedRoot>(ports.state, rootKey(feed)))?.value;
    if (root === undefined) return null;
    try {
      return new Set((await readDirectory(ports, root)).map(({ name }) => name));
    } catch (error) {
      // A feed that is busy may have replaced its directory since the root was read.
      if (!(error instanceof DamageError) || error.kind !== 'retry' || attempt === ATTEMPTS_MAX) throw error;
    }
  }
}
