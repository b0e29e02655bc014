/**
 * A feed with very many entries, written straight into a state store: as the publisher would have left it, had it
 * published them one by one. Made portion by portion, so that a million entries need no more memory than a thousand.
 */

import { countEntries, type DirectoryItem } from '../../lambda/feed/directory.ts';
import { cutPages, namePage } from '../../lambda/feed/pages.ts';
import type { PlacedEntry } from '../../lambda/model/entry.ts';
import type { Ports } from '../../lambda/publish.ts';
import { encodeJson } from '../../lambda/state/json-object.ts';
import { rootKey } from '../../lambda/state/keys.ts';
import { createRoot, type FeedRoot } from '../../lambda/state/root.ts';
import { writeDirectory, writePages } from '../../lambda/work/feed/feed-store.ts';

const PORTION_ENTRIES = 2_000;

export interface LongArchive {
  readonly feed: string;
  readonly halfPage: number;
  /** Entries at least; as many more as the newest page needs to have its length. */
  readonly entryCount: number;
  /** How long the newest page is, so that archives of different lengths can be compared. */
  readonly newestCount: number;
  /** The entry with this number; each is newer than the one before. */
  readonly place: (index: number) => PlacedEntry;
  readonly root: Pick<FeedRoot, 'siteRevision' | 'formats'>;
}

/** @returns how many entries there are */
export async function writeLongArchive(ports: Ports, archive: LongArchive): Promise<number> {
  const { feed, halfPage, entryCount, newestCount, place } = archive;
  const items: DirectoryItem[] = [];
  let open: readonly PlacedEntry[] = [];
  let count = 0;
  while (count < entryCount || open.length !== newestCount) {
    const portion = count < entryCount ? Math.min(PORTION_ENTRIES, entryCount - count) : 1;
    const entries = Array.from({ length: portion }, (_, offset) => place(count + offset));
    const { pages, rest } = cutPages([...open, ...entries], halfPage, false);
    const made = pages.map((page) => ({ kind: 'made', name: namePage(page), entries: page }) as const);
    items.push(...(await writePages(ports, feed, made)));
    open = rest;
    count += portion;
  }
  const empty = createRoot(feed, halfPage);
  const directory = await writeDirectory(ports, empty, { feed, items: [], opened: [] }, items);
  const last = items.at(-1);
  const root: FeedRoot = {
    ...empty,
    ...archive.root,
    revision: 1,
    entryCount: countEntries(items) + open.length,
    newest: open,
    directory: directory.version,
    archive: last === undefined ? null : { lastName: last.name, lastCut: last.last, updated: last.updated },
  };
  await ports.state.write(rootKey(feed), encodeJson(root));
  return count;
}
