/**
 * Reading and writing the objects of one feed: root, directory, pages. Only the root is ever changed: the others are
 * written under new keys, and the root says which of them are in force.
 */

import { type DirectoryItem, divideDirectory, isPart, summarisePart } from '../../feed/directory.ts';
import { assertArchive, assertPage, assertRoot } from '../../feed/invariants.ts';
import { lastPosition, latestUpdate, type NewPage } from '../../feed/update.ts';
import type { PlacedEntry } from '../../model/entry.ts';
import {
  DamageError,
  encodeJson,
  readJson,
  STATE_SCHEMA,
  type StateObject,
  type Stored,
  swapJson,
} from '../../state/json-object.ts';
import { directoryKey, pageKey, partKey, rootKey, supersededKey } from '../../state/keys.ts';
import {
  createRoot,
  type DirectoryPart,
  type FeedRoot,
  type PageDirectory,
  type PageObject,
  type PageReference,
  type PartReference,
  type SupersededList,
  type SupersededPage,
} from '../../state/root.ts';
import { mapBounded } from '../../store/bounded.ts';
import { StoreError } from '../../store/store.ts';
import { momentAt } from '../../time/moment.ts';
import type { Ports } from '../protocol/ports.ts';

const OBJECTS_AT_ONCE_MAX = 16;

/** A feed as it was read. */
export interface OpenFeed {
  readonly root: FeedRoot;
  /** The root's version in the store; null if there is none yet. */
  readonly version: string | null;
}

export async function openFeed(ports: Ports, feed: string, halfPage: number): Promise<OpenFeed> {
  return openRoot(feed, await readJson<FeedRoot>(ports.state, rootKey(feed)), halfPage);
}

/** @param stored the root as it was read; null if there is none yet */
export function openRoot(feed: string, stored: Stored<FeedRoot> | null, halfPage: number): OpenFeed {
  return stored === null
    ? { root: createRoot(feed, halfPage), version: null }
    : { root: stored.value, version: stored.version };
}

/** Writes the root. A conflict means that a run outlived its time and broke the mutual exclusion: this run stops. */
export async function swapRoot(ports: Ports, root: FeedRoot, version: string | null): Promise<string> {
  assertRoot(root);
  const swapped = await swapJson(ports.state, rootKey(root.feed), root, version);
  if (swapped !== null) return swapped;
  throw new StoreError('retry', `The feed ${root.feed} was changed by somebody else meanwhile; this run stops.`);
}

/** The directory as it was read, as far as it was opened. */
export interface OpenDirectory {
  readonly feed: string;
  /** The archive, oldest first. */
  readonly items: readonly DirectoryItem[];
  /** The parts that were opened, and their pages. */
  readonly opened: readonly { readonly part: PartReference; readonly pages: readonly PageReference[] }[];
}

export async function openDirectory(ports: Ports, { feed, directory }: FeedRoot): Promise<OpenDirectory> {
  if (directory === null) return { feed, items: [], opened: [] };
  const { parts, pages } = await readWritten<PageDirectory>(ports, directoryKey(feed, directory));
  return { feed, items: [...parts, ...pages], opened: [] };
}

/** Opens the parts at these indexes. Other items stay closed. */
export async function openParts(
  ports: Ports,
  { feed, items, opened }: OpenDirectory,
  indexes: readonly number[],
): Promise<OpenDirectory> {
  const found = await mapBounded(indexes, OBJECTS_AT_ONCE_MAX, async (index) => {
    const part = items[index];
    if (part === undefined || !isPart(part)) return [];
    const { pages } = await readWritten<DirectoryPart>(ports, partKey(feed, part.name, part.version));
    return [{ index, part, pages }];
  });
  const pagesByIndex = new Map(found.flat().map(({ index, pages }) => [index, pages]));
  return {
    feed,
    items: items.flatMap((item, index) => pagesByIndex.get(index) ?? [item]),
    opened: [...opened, ...found.flat().map(({ part, pages }) => ({ part, pages }))],
  };
}

/** All archive pages of a feed, oldest first: for work on the whole archive only. */
export async function readDirectory(ports: Ports, root: FeedRoot): Promise<readonly PageReference[]> {
  const directory = await openDirectory(ports, root);
  const { items } = await openParts(ports, directory, [...directory.items.keys()]);
  return items;
}

/** The entries of one archive page, oldest first. */
export async function readPage(ports: Ports, feed: string, page: PageReference): Promise<readonly PlacedEntry[]> {
  return (await readWritten<PageObject>(ports, pageKey(feed, page.name, page.version))).entries;
}

/** Writes the new pages. */
export async function writePages(
  ports: Ports,
  feed: string,
  pages: readonly NewPage[],
): Promise<readonly DirectoryItem[]> {
  return mapBounded(pages, OBJECTS_AT_ONCE_MAX, async (page) => {
    if (page.kind === 'kept') return page.reference;
    assertPage(feed, page.name, page.entries);
    const version = ports.nonce();
    const object: PageObject = { schema: STATE_SCHEMA, nonce: version, entries: page.entries };
    await ports.state.write(pageKey(feed, page.name, version), encodeJson(object));
    return {
      name: page.name,
      version,
      entryCount: page.entries.length,
      last: lastPosition(page.entries),
      updated: latestUpdate(page.entries) ?? momentAt(0),
    };
  });
}

export interface WrittenDirectory {
  /** Null for an empty one. */
  readonly version: string | null;
  /** State keys of the directory's objects that are no longer in force. */
  readonly replaced: readonly string[];
}

/** Writes the changed objects of the directory: parts whose pages changed, and the list of all parts. */
export async function writeDirectory(
  ports: Ports,
  root: FeedRoot,
  before: OpenDirectory,
  items: readonly DirectoryItem[],
): Promise<WrittenDirectory> {
  const { feed } = root;
  if (sameVersions(before.items, items)) return { version: root.directory, replaced: [] };
  assertArchive(feed, items);
  const division = divideDirectory(items);
  const parts = await mapBounded(division.parts, OBJECTS_AT_ONCE_MAX, async (part) =>
    'version' in part ? part : (findOpened(before, part) ?? (await writePart(ports, feed, part))),
  );
  const kept = new Set(parts.map(({ version }) => version));
  const lost = before.opened.filter(({ part }) => !kept.has(part.version));
  const replaced = [
    ...(root.directory === null ? [] : [directoryKey(feed, root.directory)]),
    ...lost.map(({ part }) => partKey(feed, part.name, part.version)),
  ];
  if (items.length === 0) return { version: null, replaced };
  const version = ports.nonce();
  const object: PageDirectory = { schema: STATE_SCHEMA, nonce: version, parts, pages: division.pages };
  await ports.state.write(directoryKey(feed, version), encodeJson(object));
  return { version, replaced };
}

/** State keys of the pages that are no longer in force. */
export function replacedPages(
  feed: string,
  before: readonly DirectoryItem[],
  after: readonly DirectoryItem[],
): readonly string[] {
  const kept = new Set(after.map(({ version }) => version));
  return before
    .filter((item) => !isPart(item) && !kept.has(item.version))
    .map(({ name, version }) => pageKey(feed, name, version));
}

/** A list of former pages to which a root refers; empty if it no longer exists. */
export async function readSuperseded(ports: Ports, feed: string, version: string): Promise<readonly SupersededPage[]> {
  const stored = await readJson<SupersededList>(ports.state, supersededKey(feed, version));
  return stored?.value.pages ?? [];
}

/** Writes a list of former pages and returns its version. */
export async function writeSuperseded(ports: Ports, feed: string, pages: readonly SupersededPage[]): Promise<string> {
  const version = ports.nonce();
  const object: SupersededList = { schema: STATE_SCHEMA, nonce: version, pages };
  await ports.state.write(supersededKey(feed, version), encodeJson(object));
  return version;
}

async function writePart(ports: Ports, feed: string, pages: readonly PageReference[]): Promise<PartReference> {
  const version = ports.nonce();
  const reference = summarisePart(pages, version);
  const object: DirectoryPart = { schema: STATE_SCHEMA, nonce: version, pages };
  await ports.state.write(partKey(feed, reference.name, version), encodeJson(object));
  return reference;
}

function findOpened({ opened }: OpenDirectory, pages: readonly PageReference[]): PartReference | undefined {
  return opened.find((each) => sameVersions(each.pages, pages))?.part;
}

function sameVersions(a: readonly DirectoryItem[], b: readonly DirectoryItem[]): boolean {
  return a.length === b.length && a.every(({ version }, index) => version === b[index]?.version);
}

/** An object that a root refers to is never missing, unless somebody removed it by hand. */
async function readWritten<T extends StateObject>(ports: Ports, key: string): Promise<T> {
  const stored = await readJson<T>(ports.state, key);
  if (stored !== null) return stored.value;
  throw new DamageError('retry', `${key} is missing from the state store. If it stays missing: \`feedwright repair\`.`);
}
