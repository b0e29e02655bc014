/**
 * Reads what a run needs of a feed's archive: as few parts of the directory and as few pages as the change can move.
 */

import { firstNameOf, isPart } from '../../feed/directory.ts';
import {
  type Changes,
  changesByPage,
  findPage,
  keepsPositions,
  type PageRun,
  planRuns,
  touchesNewestOnly,
} from '../../feed/placement.ts';
import { lastPosition, type NewPage, type RecutFeed, recutFeed } from '../../feed/update.ts';
import { comparePositions, type PlacedEntry, type Position } from '../../model/entry.ts';
import type { PageSpan } from '../../model/page-spans.ts';
import type { FeedRoot, PageReference } from '../../state/root.ts';
import { mapBounded } from '../../store/bounded.ts';
import type { Ports } from '../protocol/ports.ts';
import { type OpenDirectory, openDirectory, openParts, readPage } from './feed-store.ts';

const OBJECTS_AT_ONCE_MAX = 16;
/** Pages of a long archive that one run cuts with another page size. */
const RECUT_PAGES_PER_RUN = 400;

const NEWEST: PageRun = { from: 0, to: 0, withNewest: true };
const NO_CHANGES: Changes = { leaving: [], coming: [] };

/** A feed cut again, and its directory as it was before, opened where that was needed; null when it was not. */
export interface Recut {
  readonly recut: RecutFeed;
  readonly directory: OpenDirectory | null;
}

/** Applies the changes where they belong. */
export async function recutChanged(ports: Ports, root: FeedRoot, changes: Changes): Promise<Recut> {
  const { w: halfPage, newest } = root;
  if (touchesNewestOnly(root.archive?.lastCut ?? null, newest, changes, halfPage)) {
    const front = recutFeed(root, [], [NEWEST], new Map(), changes, halfPage);
    if (front.pages.length === 0) return { recut: front, directory: null };
  }
  let directory = await openDirectory(ports, root);
  const entries = new Map<string, readonly PlacedEntry[]>();
  for (;;) {
    const { items } = directory;
    const byPage = changesByPage(items, changes);
    // A page that was not read yet is assumed to keep its entries. If it does not, the next turn reads its neighbours.
    const isStill = (page: number): boolean => {
      const standing = entries.get(items[page]?.version ?? '');
      return standing === undefined || keepsPositions(standing, byPage.get(page) ?? NO_CHANGES);
    };
    const runs = planRuns(items.length, newest, byPage, halfPage, isStill);
    const closed = runs.flatMap((run) => {
      const moves = run.withNewest || indexesOf(run).some((index) => byPage.has(index) && !isStill(index));
      return closedParts(directory, run, moves);
    });
    if (closed.length > 0) {
      directory = await openParts(ports, directory, [...new Set(closed)]);
    } else if (!(await loadPages(ports, directory, runs, entries))) {
      return { recut: recutFeed(root, items, runs, byIndex(directory, entries), changes, halfPage), directory };
    }
  }
}

export interface Portion extends Recut {
  readonly directory: OpenDirectory;
  /** Where the next portion begins; null when this was the last. */
  readonly after: Position | null;
}

/**
 * Cuts the next portion of the archive with another page size. The entries after the portion's last cut are kept as a
 * page of their own until the next portion takes them up. So the archive is whole at all times.
 */
export async function recutPortion(
  ports: Ports,
  root: FeedRoot,
  { w: halfPage, after }: NonNullable<FeedRoot['recutting']>,
): Promise<Portion> {
  let directory = await openDirectory(ports, root);
  const entries = new Map<string, readonly PlacedEntry[]>();
  let count = RECUT_PAGES_PER_RUN;
  for (;;) {
    const { items } = directory;
    const from = findAfter(items, after);
    const run: PageRun = { from, to: Math.min(from + count, items.length), withNewest: from + count >= items.length };
    const closed = closedParts(directory, run, true);
    if (closed.length > 0) {
      // One by one: as long as parts are closed, the run reaches further than it will in the end.
      directory = await openParts(ports, directory, closed.slice(0, 1));
    } else if (!(await loadPages(ports, directory, [run], entries))) {
      const recut = recutFeed(root, items, [run], byIndex(directory, entries), NO_CHANGES, halfPage);
      const made = recut.pages.slice(from, recut.pages.length - (items.length - run.to));
      const lastCut = made.at(-2);
      if (run.withNewest) return { recut, directory, after: null };
      // Without a cut, the next portion would have no place to begin.
      if (lastCut !== undefined) return { recut, directory, after: endOf(lastCut) };
      count *= 2;
    }
  }
}

/** A page of the archive as its documents show it. */
export interface ListedPage {
  readonly page: PageReference;
  /** Where the page before it ends; null of the oldest. */
  readonly after: Position | null;
  readonly previous: string | null;
  readonly next: string | null;
}

/** The pages of the spans, oldest first. */
export async function* listPages(
  ports: Ports,
  opened: OpenDirectory,
  spans: readonly PageSpan[],
): AsyncGenerator<ListedPage> {
  let directory = opened;
  for (const { after, to } of spans) {
    let index = findAfter(directory.items, after);
    for (let item = directory.items[index]; item !== undefined; item = directory.items[index]) {
      if (isPart(item)) {
        directory = await openParts(ports, directory, [index]);
        index = Math.max(index, findAfter(directory.items, after));
        continue;
      }
      if (comparePositions(item.last, to) > 0) break;
      const before = directory.items[index - 1];
      const next = directory.items[index + 1];
      yield {
        page: item,
        after: before?.last ?? null,
        previous: before?.name ?? null,
        next: next === undefined ? null : firstNameOf(next),
      };
      index += 1;
    }
  }
}

/** Indexes of the unopened parts in a run, and of the part before it, whose link to it may change. */
function closedParts({ items }: OpenDirectory, run: PageRun, withPrevious: boolean): readonly number[] {
  return [...(withPrevious ? [run.from - 1] : []), ...indexesOf(run)].filter((index) => {
    const item = items[index];
    return item !== undefined && isPart(item);
  });
}

/** Reads those pages of the runs that were not read yet; false if there were none. */
async function loadPages(
  ports: Ports,
  { feed, items }: OpenDirectory,
  runs: readonly PageRun[],
  entries: Map<string, readonly PlacedEntry[]>,
): Promise<boolean> {
  const pages = runs.flatMap((run) => items.slice(run.from, run.to)).filter(({ version }) => !entries.has(version));
  await mapBounded(pages, OBJECTS_AT_ONCE_MAX, async (page) => {
    entries.set(page.version, await readPage(ports, feed, page));
  });
  return pages.length > 0;
}

function byIndex(
  { items }: OpenDirectory,
  entries: ReadonlyMap<string, readonly PlacedEntry[]>,
): ReadonlyMap<number, readonly PlacedEntry[]> {
  return new Map(
    items.flatMap(({ version }, index) => {
      const standing = entries.get(version);
      return standing === undefined ? [] : [[index, standing] as const];
    }),
  );
}

function indexesOf({ from, to }: PageRun): readonly number[] {
  return Array.from({ length: to - from }, (_, offset) => from + offset);
}

/** Index of the first item that ends after the position. */
function findAfter(items: OpenDirectory['items'], position: Position | null): number {
  if (position === null) return 0;
  const index = findPage(items, position);
  const item = items[index];
  return item !== undefined && comparePositions(item.last, position) === 0 ? index + 1 : index;
}

function endOf(page: NewPage): Position {
  return page.kind === 'kept' ? page.reference.last : lastPosition(page.entries);
}
