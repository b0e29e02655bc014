/**
 * Plans what becomes of a feed when articles change: new pages, a new root, and the documents to write. Pure: takes
 * what was read and returns what to write.
 */

import { comparePositions, type PlacedEntry, type Position, positionOf } from '../model/entry.ts';
import { holdsPage, type PageSpan, subtractSpans, uniteSpans } from '../model/page-spans.ts';
import { type FeedRoot, isUnfinished, type PendingDocuments, type SupersededPage } from '../state/root.ts';
import { laterOf, type Moment } from '../time/moment.ts';
import { countEntries, type DirectoryItem, firstNameOf, isPart } from './directory.ts';
import { labelIn } from './membership.ts';
import { openingAfter } from './opening.ts';
import { type Changes, changesByPage, changesWithin, type PageRun, recutRun } from './placement.ts';

/** How long documents list removals, and how long former archive addresses go on answering. */
export const REMEMBERED_MS = 30 * 24 * 60 * 60 * 1000;
/** Beyond this number, the oldest are no longer listed. */
const REMOVAL_COUNT_MAX = 100;

/** An item of the new directory: one that stays as it is, or a page that has to be written. */
export type NewPage =
  | { readonly kind: 'kept'; readonly reference: DirectoryItem }
  | { readonly kind: 'made'; readonly name: string; readonly entries: readonly PlacedEntry[] };

export interface RecutFeed {
  /** The whole archive, oldest page first. */
  readonly pages: readonly NewPage[];
  /** Oldest first. */
  readonly newest: readonly PlacedEntry[];
  /** The oldest entry, where the first page was among what was cut; null elsewhere, and for an empty feed. */
  readonly oldest: PlacedEntry | null;
  /** What stood in the runs before. */
  readonly standing: readonly PlacedEntry[];
  /** Ids that stood in the feed before and do not now. */
  readonly gone: readonly string[];
}

/**
 * Cuts the given runs into pages again.
 *
 * @param directory the archive; what is in a run, and beside one, has to be single pages
 * @param loaded the entries of the pages of all runs, by index into the directory
 */
export function recutFeed(
  root: FeedRoot,
  directory: readonly DirectoryItem[],
  runs: readonly PageRun[],
  loaded: ReadonlyMap<number, readonly PlacedEntry[]>,
  changes: Changes,
  halfPage: number,
): RecutFeed {
  const byPage = changesByPage(directory, changes);
  const kept = (from: number, to: number): NewPage[] =>
    directory.slice(from, to).map((reference) => ({ kind: 'kept', reference }));
  const pages: NewPage[] = [];
  const before: PlacedEntry[] = [];
  const after: PlacedEntry[] = [];
  let newest = root.newest;
  let index = 0;
  for (const run of runs) {
    pages.push(...kept(index, run.from));
    const old = directory.slice(run.from, run.to).map((_, offset) => loaded.get(run.from + offset) ?? []);
    const entries = run.withNewest ? [...old.flat(), ...root.newest] : old.flat();
    const within = changesWithin(directory.length, run, byPage);
    const recut = recutRun(entries, keepSame(entries, within), halfPage, run.withNewest);
    pages.push(...recut.pages.map((page) => keepPage(page, directory.slice(run.from, run.to), old)));
    if (run.withNewest) newest = recut.newest;
    before.push(...entries);
    after.push(...recut.pages.flatMap((page) => page.entries), ...recut.newest);
    index = run.to;
  }
  pages.push(...kept(index, directory.length));
  const present = new Set(after.map(({ entry }) => entry.id));
  const gone = before.map(({ entry }) => entry.id).filter((id) => !present.has(id));
  const oldest = runs[0]?.from === 0 ? (after[0] ?? null) : null;
  const settled = sameEntries(newest, root.newest) ? root.newest : newest;
  return { pages, newest: settled, oldest, standing: before, gone };
}

/** What one run made of a feed: the cuts, and the archive before and after; null when the archive was not needed. */
export interface FeedUpdate {
  readonly recut: RecutFeed;
  /** Both opened where anything changed, and beside it. */
  readonly archive: { readonly before: readonly DirectoryItem[]; readonly after: readonly DirectoryItem[] } | null;
  readonly coming: readonly PlacedEntry[];
}

export interface RootContext {
  /** Version of the directory object; null for a feed without archive. */
  readonly directory: string | null;
  readonly siteRevision: number;
  readonly formats: FeedRoot['formats'];
  readonly halfPage: number;
  readonly recutting: FeedRoot['recutting'];
  /** How many entries the feed needs before it has documents. */
  readonly minimum: number;
  /** Whether it has documents although its root is new. */
  readonly wasPublic: boolean;
  /** State keys that the new root does not refer to any more. */
  readonly replaced: readonly string[];
  readonly now: Moment;
  readonly nonce: string;
}

/** The next root, with every document pending that may have to be written; null if there is nothing to do. */
export function nextRoot(root: FeedRoot, update: FeedUpdate, context: RootContext): FeedRoot | null {
  const { recut, archive, coming } = update;
  const label = labelAfter(root, update);
  const entryCount =
    (archive === null ? root.entryCount - root.newest.length : countEntries(archive.after)) + recut.newest.length;
  const opening = openingAfter(root, entryCount, context.minimum, context.wasPublic);
  const isRestyled = context.siteRevision !== root.siteRevision || label !== root.label;
  const isSame =
    recut.newest === root.newest &&
    context.directory === root.directory &&
    context.halfPage === root.w &&
    context.recutting === root.recutting &&
    opening === root.opening &&
    !isRestyled;
  const forgetsAt = forgetsNextAt(root);
  const isForgetting = forgetsAt !== null && forgetsAt <= context.now.at;
  if (isSame && !isUnfinished(root) && !isForgetting) return null;
  const summary = archive === null ? root.archive : summarise(archive.after);
  const names = pageNames(archive?.after ?? []);
  const next: FeedRoot = {
    ...root,
    nonce: context.nonce,
    revision: root.revision + 1,
    w: context.halfPage,
    recutting: context.recutting,
    siteRevision: context.siteRevision,
    formats: context.formats,
    entryCount,
    newest: recut.newest,
    directory: context.directory,
    archive: summary,
    label,
    removals: removalsAfter(root, recut, coming, context.now),
    pending: {
      ...pendingAfter(root, archive, isRestyled ? summary : null, context.formats),
      head: root.pending.head || !isSame || isForgetting,
    },
    superseded: supersededAfter(
      { ...root, superseded: root.superseded.filter(({ name }) => !names.has(name)) },
      lostPages(archive),
      context.now.at,
    ),
    ...(opening !== undefined && { opening }),
    garbage: [...root.garbage, ...context.replaced.map((key) => ({ key, at: context.now.at }))],
  };
  return { ...next, removed: removedAfter(root, next, recut.gone.length > 0, context.now) };
}

/**
 * When something last left the feed: an entry, or a version of one that was newer than all there is now, as when an id
 * passes to another file.
 */
function removedAfter(root: FeedRoot, next: FeedRoot, isGone: boolean, now: Moment): Moment | null {
  const before = updatedOf(root);
  const isBack = before !== null && (updatedOf(next)?.at ?? 0) < before.at;
  return isGone || isBack ? laterOf(before ?? now, now) : root.removed;
}

/** When the root has to be looked at next, to forget what is remembered for a while only; null if nothing is. */
export function forgetsNextAt({ superseded, supersededLists, removals }: FeedRoot): number | null {
  const instants = [...superseded, ...supersededLists, ...removals.map(({ at }) => at)].map(
    ({ at }) => at + REMEMBERED_MS,
  );
  return instants.length === 0 ? null : Math.min(...instants);
}

/** When the feed last changed, as its documents say: it never goes back. Null for a feed that never had an entry. */
export function updatedOf(root: FeedRoot): Moment | null {
  const moments = [latestUpdate(root.newest), root.archive?.updated ?? null, root.removed].filter(
    (each) => each !== null,
  );
  return moments.length === 0 ? null : moments.reduce(laterOf);
}

/**
 * Archive pages whose documents may be out of date: those that were pending, and those with other entries, neighbours
 * or looks. Changed looks can wait, unless there is a new format to which newer pages would link.
 *
 * @param restyled the archive, if its looks changed
 */
function pendingAfter(
  { pending, formats }: FeedRoot,
  archive: FeedUpdate['archive'],
  restyled: FeedRoot['archive'],
  newFormats: FeedRoot['formats'],
): Omit<PendingDocuments, 'head'> {
  const { added, changed } = changedSpans(archive);
  const all: readonly PageSpan[] = restyled === null ? [] : [{ after: null, to: restyled.lastCut }];
  const isMissing = newFormats.some((format) => !formats.includes(format));
  // A document that is written for one reason is right for all.
  const newer = uniteSpans(pending.added, added);
  const other = uniteSpans(pending.changed, isMissing ? [...changed, ...all] : changed);
  const restyle = restyled === null || isMissing ? pending.restyled : all;
  return {
    added: newer,
    changed: subtractSpans(other, newer),
    restyled: subtractSpans(restyle, [...newer, ...other]),
  };
}

/** New pages, and pages with other entries or neighbours. */
function changedSpans(archive: FeedUpdate['archive']): Pick<PendingDocuments, 'added' | 'changed'> {
  const added: PageSpan[] = [];
  const changed: PageSpan[] = [];
  if (archive === null) return { added, changed };
  const { before, after } = archive;
  const known = new Map(before.map((item, index) => [item.name, surroundings(before, item, index)]));
  for (const [index, item] of after.entries()) {
    const surrounding = known.get(item.name);
    if (isPart(item) || surrounding === surroundings(after, item, index)) continue;
    const span: PageSpan = { after: after[index - 1]?.last ?? null, to: item.last };
    if (surrounding === undefined) added.push(span);
    else changed.push(span);
  }
  return { added, changed };
}

function surroundings(items: readonly DirectoryItem[], { version }: DirectoryItem, index: number): string {
  const next = items[index + 1];
  return [version, items[index - 1]?.name, next && firstNameOf(next)].join();
}

/** Former pages, newest first: each links to the one before it. */
function lostPages(archive: FeedUpdate['archive']): readonly DirectoryItem[] {
  if (archive === null) return [];
  const names = pageNames(archive.after);
  return archive.before.filter((item) => !isPart(item) && !names.has(item.name)).toReversed();
}

/**
 * The former pages, with those that went now at the end. A page that goes before its new documents were written still
 * links to pages that went earlier. So these are remembered as if they had gone only now.
 */
function supersededAfter(
  { superseded, pending }: FeedRoot,
  lost: readonly DirectoryItem[],
  at: number,
): FeedRoot['superseded'] {
  const unwritten = lost.find(({ last }) => holdsPage([...pending.added, ...pending.changed], last));
  const isLinked = ({ last }: SupersededPage): boolean =>
    unwritten !== undefined && comparePositions(last, unwritten.last) < 0;
  const now = [...lost, ...superseded.filter(isLinked)].map(({ name, last }) => ({ name, last, at }));
  return [
    ...superseded.filter((page) => !isLinked(page)),
    ...now.sort((one, other) => comparePositions(other.last, one.last)),
  ];
}

function pageNames(items: readonly DirectoryItem[]): ReadonlySet<string> {
  return new Set(items.filter((item) => !isPart(item)).map(({ name }) => name));
}

/** What the feed is called by its oldest entry, where that was looked at; otherwise as before. */
function labelAfter(root: FeedRoot, { recut, archive }: FeedUpdate): string | null {
  const isFromStart = archive !== null || root.archive === null;
  return (isFromStart && recut.oldest !== null ? labelIn(root.feed, recut.oldest.entry) : null) ?? root.label;
}

/** The removals to remember: those of now, and those of the last 30 days that did not come back. */
function removalsAfter(
  root: FeedRoot,
  recut: RecutFeed,
  coming: readonly PlacedEntry[],
  now: Moment,
): FeedRoot['removals'] {
  const superseded = new Set([...recut.gone, ...coming.map(({ entry }) => entry.id)]);
  const earlier = root.removals.filter(({ id, at }) => !superseded.has(id) && at.at > now.at - REMEMBERED_MS);
  return [...recut.gone.map((id) => ({ id, at: now })), ...earlier].slice(0, REMOVAL_COUNT_MAX);
}

function summarise(items: readonly DirectoryItem[]): FeedRoot['archive'] {
  const last = items.at(-1);
  if (last === undefined) return null;
  return { lastName: last.name, lastCut: last.last, updated: items.map(({ updated }) => updated).reduce(laterOf) };
}

/** The greatest `updated` of some entries, or null when there are none. */
export function latestUpdate(entries: readonly PlacedEntry[]): Moment | null {
  return entries.reduce<Moment | null>(
    (latest, { entry }) => (latest === null ? entry.updated : laterOf(latest, entry.updated)),
    null,
  );
}

/** The position of the last of some entries. */
export function lastPosition(entries: readonly PlacedEntry[]): Position {
  const last = entries.at(-1);
  if (last === undefined) throw new Error('A page is never empty.');
  return positionOf(last.entry);
}

/** Entries that equal what already stands there keep their identity, so that an unchanged page is recognised. */
function keepSame(entries: readonly PlacedEntry[], changes: Changes): Changes {
  const standing = new Map(entries.map((placed) => [placed.entry.id, placed]));
  return {
    leaving: changes.leaving,
    coming: changes.coming.map((placed) => {
      const old = standing.get(placed.entry.id);
      return old !== undefined && JSON.stringify(old) === JSON.stringify(placed) ? old : placed;
    }),
  };
}

function keepPage(
  page: { readonly name: string; readonly entries: readonly PlacedEntry[] },
  references: readonly DirectoryItem[],
  old: readonly (readonly PlacedEntry[])[],
): NewPage {
  const index = references.findIndex(({ name }) => name === page.name);
  const reference = references[index];
  const entries = old[index];
  return reference !== undefined && entries !== undefined && sameEntries(entries, page.entries)
    ? { kind: 'kept', reference }
    : { kind: 'made', ...page };
}

function sameEntries(a: readonly PlacedEntry[], b: readonly PlacedEntry[]): boolean {
  return a.length === b.length && a.every((placed, index) => placed === b[index]);
}
