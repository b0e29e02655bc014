/**
 * Retention: state objects that no root refers to any more, and former archive pages. Both are kept for a while, and
 * the root remembers them as long as there is room.
 */

import { findPage } from '../../feed/placement.ts';
import { forgetsNextAt, REMEMBERED_MS } from '../../feed/update.ts';
import type { Site } from '../../model/site.ts';
import { supersededKey } from '../../state/keys.ts';
import { type FeedRoot, isWaiting, type SupersededPage } from '../../state/root.ts';
import { mapBounded } from '../../store/bounded.ts';
import { markDue } from '../protocol/due-work.ts';
import { feedLane } from '../protocol/lanes.ts';
import type { Ports } from '../protocol/ports.ts';
import { removeArchiveDocuments } from './feed-documents.ts';
import { openDirectory, openParts, readSuperseded, writeSuperseded } from './feed-store.ts';

const OBJECTS_AT_ONCE_MAX = 16;
/** Every run has ended by then, so nobody can still be reading a replaced page. */
const GARBAGE_MS = 60 * 60 * 1000;
/**
 * Beyond this number, the run that replaced the last removes the oldest. Only a run that has failed already can miss
 * them.
 */
const GARBAGE_COUNT_MAX = 200;
/** Beyond this number, all go into a list of their own. */
const SUPERSEDED_COUNT_MAX = 200;
/** Beyond this number, the two oldest lists become one. */
const SUPERSEDED_LIST_COUNT_MAX = 16;
/** Pages of a list whose documents one run removes; the next run continues. */
const FORGOTTEN_PAGES_PER_RUN_MAX = 400;

/** The root within its bounds, and the state keys that are to be removed at once. */
export async function boundRoot(
  ports: Ports,
  root: FeedRoot,
): Promise<{ readonly root: FeedRoot; readonly surplus: readonly string[] }> {
  const surplusCount = Math.max(0, root.garbage.length - GARBAGE_COUNT_MAX);
  const surplus = root.garbage.slice(0, surplusCount).map(({ key }) => key);
  const bounded = { ...root, garbage: root.garbage.slice(surplusCount) };
  if (root.superseded.length <= SUPERSEDED_COUNT_MAX) return { root: bounded, surplus };
  const list = await createList(ports, root.feed, root.superseded);
  const [first, second, ...others] = [...root.supersededLists, list];
  if (others.length < SUPERSEDED_LIST_COUNT_MAX - 1 || first === undefined || second === undefined) {
    return { root: { ...bounded, superseded: [], supersededLists: [...root.supersededLists, list] }, surplus };
  }
  const pages = await mapBounded([first, second], 2, ({ version }) => readSuperseded(ports, root.feed, version));
  const joined = await createList(ports, root.feed, pages.flat());
  return {
    root: { ...bounded, superseded: [], supersededLists: [joined, ...others] },
    surplus: [...surplus, supersededKey(root.feed, first.version), supersededKey(root.feed, second.version)],
  };
}

/**
 * Removes what nobody reads any more, and gives the root without it. Former pages stay while pending documents may
 * still link to them.
 */
export async function forgetWhatIsOld(
  ports: Ports,
  site: Site,
  root: FeedRoot,
  surplus: readonly string[],
): Promise<FeedRoot> {
  const isOld = ({ at }: { readonly at: number }): boolean => at <= ports.now() - GARBAGE_MS;
  const keys = [...surplus, ...root.garbage.filter(isOld).map(({ key }) => key)];
  await mapBounded(keys, OBJECTS_AT_ONCE_MAX, (key) => ports.state.remove(key));
  const clean = { ...root, garbage: root.garbage.filter((each) => !isOld(each)) };
  const next = isWaiting(root.pending) ? clean : await forgetPages(ports, site, clean);
  const forgetsAt = forgetsNextAt(next);
  if (forgetsAt !== null) await markDue(ports, 'feed', feedLane(root.feed), forgetsAt);
  return next;
}

/** Removes the documents of pages that were replaced long ago. No page goes before one that links to it. */
async function forgetPages(ports: Ports, site: Site, root: FeedRoot): Promise<FeedRoot> {
  const isForgotten = ({ at }: { readonly at: number }): boolean => at <= ports.now() - REMEMBERED_MS;
  const [list, ...lists] = root.supersededLists;
  if (list !== undefined && isForgotten(list))
    return forgetList(ports, site, { ...root, supersededLists: lists }, list);
  for (const { name } of root.superseded.filter(isForgotten))
    await removeArchiveDocuments(ports, site, root.feed, name);
  return { ...root, superseded: root.superseded.filter((page) => !isForgotten(page)) };
}

async function forgetList(
  ports: Ports,
  site: Site,
  root: FeedRoot,
  { version, at }: FeedRoot['supersededLists'][number],
): Promise<FeedRoot> {
  const pages = await readSuperseded(ports, root.feed, version);
  const later = await mapBounded(root.supersededLists, OBJECTS_AT_ONCE_MAX, (list) =>
    readSuperseded(ports, root.feed, list.version),
  );
  const candidates = pages.slice(0, FORGOTTEN_PAGES_PER_RUN_MAX);
  const names = await findGone(ports, root, candidates, [...root.superseded, ...later.flat()]);
  for (const name of names) await removeArchiveDocuments(ports, site, root.feed, name);
  const rest = pages.slice(FORGOTTEN_PAGES_PER_RUN_MAX);
  const left = rest.length === 0 ? [] : [{ version: await writeSuperseded(ports, root.feed, rest), at }];
  return {
    ...root,
    supersededLists: [...left, ...root.supersededLists],
    garbage: [...root.garbage, { key: supersededKey(root.feed, version), at: ports.now() }],
  };
}

/** The listed pages that have neither come back since, nor been replaced once more. */
async function findGone(
  ports: Ports,
  root: FeedRoot,
  pages: readonly SupersededPage[],
  goneLater: readonly SupersededPage[],
): Promise<readonly string[]> {
  const names = new Set(goneLater.map(({ name }) => name));
  let directory = await openDirectory(ports, root);
  const indexes = new Set(pages.map(({ last }) => findPage(directory.items, last)));
  directory = await openParts(ports, directory, [...indexes]);
  const isBack = ({ name, last }: SupersededPage): boolean =>
    directory.items[findPage(directory.items, last)]?.name === name;
  return pages.filter((page) => !names.has(page.name) && !isBack(page)).map(({ name }) => name);
}

async function createList(
  ports: Ports,
  feed: string,
  pages: readonly SupersededPage[],
): Promise<FeedRoot['supersededLists'][number]> {
  return { version: await writeSuperseded(ports, feed, pages), at: Math.max(...pages.map(({ at }) => at)) };
}
