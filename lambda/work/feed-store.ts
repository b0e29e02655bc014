/** Reading and writing the objects of one feed: root, directory, pages. Pages and directories are never changed. */

import type { PlacedEntry } from '../feed/pages.ts';
import { lastPosition, latestUpdate, type NewPage } from '../feed/update.ts';
import { momentAt } from '../moment.ts';
import { encodeJson, readJson, STATE_SCHEMA } from '../state/json-object.ts';
import { directoryKey, pageKey, rootKey } from '../state/keys.ts';
import { createRoot, type FeedRoot, type PageDirectory, type PageObject, type PageReference } from '../state/root.ts';
import { mapBounded } from '../store/bounded.ts';
import { StoreError } from '../store/store.ts';
import type { Ports } from './ports.ts';

const OBJECTS_AT_ONCE_MAX = 16;

/** A feed as it was read, and what of its archive has been read since. */
export interface OpenFeed {
  readonly root: FeedRoot;
  /** The root's version in the store; null when there is none yet. */
  readonly version: string | null;
}

export async function openFeed(ports: Ports, feed: string, w: number): Promise<OpenFeed> {
  const stored = await readJson<FeedRoot>(ports.state, rootKey(feed));
  return stored === null
    ? { root: createRoot(feed, w), version: null }
    : { root: stored.value, version: stored.version };
}

/** The archive pages of a feed, oldest first. */
export async function readDirectory(ports: Ports, root: FeedRoot): Promise<readonly PageReference[]> {
  if (root.directory === null) return [];
  const stored = await readJson<PageDirectory>(ports.state, directoryKey(root.feed, root.directory));
  return stored?.value.pages ?? missing(root.feed, 'directory');
}

/** The entries of one archive page, oldest first. */
export async function readPage(ports: Ports, feed: string, page: PageReference): Promise<readonly PlacedEntry[]> {
  const stored = await readJson<PageObject>(ports.state, pageKey(feed, page.name, page.version));
  return stored?.value.entries ?? missing(feed, `page ${page.name}`);
}

/** Writes the pages that were made anew. */
export async function writePages(
  ports: Ports,
  feed: string,
  pages: readonly NewPage[],
): Promise<readonly PageReference[]> {
  return mapBounded(pages, OBJECTS_AT_ONCE_MAX, async (page) => {
    if (page.kind === 'kept') return page.reference;
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

/** Writes a directory and returns its version; null for an empty one. */
export async function writeDirectory(
  ports: Ports,
  feed: string,
  pages: readonly PageReference[],
): Promise<string | null> {
  if (pages.length === 0) return null;
  const version = ports.nonce();
  const object: PageDirectory = { schema: STATE_SCHEMA, nonce: version, pages };
  await ports.state.write(directoryKey(feed, version), encodeJson(object));
  return version;
}

/** State keys of what the old root and its directory refer to, and the new ones do not. */
export function replacedObjects(
  root: FeedRoot,
  directory: string | null,
  { before, after }: { readonly before: readonly PageReference[]; readonly after: readonly PageReference[] },
): readonly string[] {
  const kept = new Set(after.map(({ version }) => version));
  return [
    ...(root.directory === null || root.directory === directory ? [] : [directoryKey(root.feed, root.directory)]),
    ...before.filter(({ version }) => !kept.has(version)).map(({ name, version }) => pageKey(root.feed, name, version)),
  ];
}

function missing(feed: string, what: string): never {
  throw new StoreError('fatal', `The ${what} of the feed ${feed} is missing from the state store: rebuild the state.`);
}
