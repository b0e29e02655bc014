/**
 * Archive pages that are no more keep their last documents for a month, for those who are on their way through the
 * history. Nobody ever writes them again, so a takedown removes those that have what it takes down. A page that is in
 * the feed's directory is never touched: feed work makes it anew.
 *
 * A page can come back while its documents are removed. Feed work writes the root before it looks at documents, so what
 * is not in the root's directory after the removal is found to be gone by whoever brings it back later; and what is in
 * it by then may lack the documents that were removed. That is looked at, and told.
 */

import type { Site } from '../../../lambda/model/site.ts';
import type { Ports } from '../../../lambda/publish.ts';
import { DamageError, readJson } from '../../../lambda/state/json-object.ts';
import { rootKey } from '../../../lambda/state/keys.ts';
import { type FeedRoot, isWaiting } from '../../../lambda/state/root.ts';
import { removeArchiveDocuments } from '../../../lambda/work/feed/feed-documents.ts';
import { readDirectory } from '../../../lambda/work/feed/feed-store.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { createOperatorPorts } from '../deployment/operator-ports.ts';
import type { ArchivePage, Holder } from './takedown-search.ts';

const ATTEMPTS_MAX = 5;

export interface ArchiveRemoval {
  /** The pages of those asked for that are no more. */
  readonly former: readonly ArchivePage[];
  /** How many of them were removed. */
  readonly count: number;
  /** Feeds whose live documents may still link to such a page, as they have documents to write. */
  readonly unfinished: readonly string[];
  /** Feeds of which nothing is known. */
  readonly lost: readonly string[];
  /** Pages that came back while their documents were removed. */
  readonly revived: readonly ArchivePage[];
}

export async function removeFormerPages(
  deployment: Pick<Deployment, 'content' | 'state' | 'public' | 'queue'>,
  site: Site,
  holders: readonly Holder[],
): Promise<ArchiveRemoval> {
  const ports = { ...createOperatorPorts(deployment), public: deployment.public };
  const unfinished: string[] = [];
  const lost: string[] = [];
  const revived: ArchivePage[] = [];
  const gone: ArchivePage[] = [];
  let count = 0;
  const pages = holders.flatMap(({ page }) => page ?? []);
  for (const [feed, ofFeed] of Map.groupBy(pages, (page) => page.feed)) {
    const archive = await readArchive(ports, feed);
    if (archive === null) lost.push(feed);
    if (archive === null) continue;
    const former = [...new Set(ofFeed.map(({ name }) => name))].filter((name) => !archive.names.has(name));
    gone.push(...former.map((name) => ({ feed, name })));
    if (former.length > 0 && !archive.isWritten) unfinished.push(feed);
    if (former.length === 0 || !archive.isWritten) continue;
    for (const name of former) await removeArchiveDocuments(ports, site, feed, name);
    count += former.length;
    const after = await readArchive(ports, feed);
    revived.push(...former.filter((name) => after?.names.has(name)).map((name) => ({ feed, name })));
  }
  return { former: gone, count, unfinished, lost, revived };
}

interface Archive {
  /** Of the pages that there are. */
  readonly names: ReadonlySet<string>;
  /** Whether its documents are written, so that none links to a page that is no more. */
  readonly isWritten: boolean;
}

/** Null for a feed that has no root. */
async function readArchive(ports: Ports, feed: string): Promise<Archive | null> {
  for (let attempt = 1; ; attempt += 1) {
    const root = (await readJson<FeedRoot>(ports.state, rootKey(feed)))?.value;
    if (root === undefined) return null;
    try {
      const names = new Set((await readDirectory(ports, root)).map(({ name }) => name));
      return { names, isWritten: !isWaiting(root.pending) && !root.pending.head };
    } catch (error) {
      // A feed that is busy may have replaced its directory since the root was read.
      if (!(error instanceof DamageError) || error.kind !== 'retry' || attempt === ATTEMPTS_MAX) throw error;
    }
  }
}
