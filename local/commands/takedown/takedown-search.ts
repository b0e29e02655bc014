/**
 * Looks for what a takedown takes down in the public documents, each of them as every client gets it: the plain bytes
 * and each compressed copy. Looked through are the documents of all feeds, with archive pages that are no more and such
 * as no feed knows of; sitemaps; and the pages at the entries' addresses.
 */

import { plainPathOf } from '../../../lambda/address/variants.ts';
import { archiveFolder, archivePath, DOCUMENT_FORMATS, subscriptionPath } from '../../../lambda/model/addresses.ts';
import { readCatalog } from '../../../lambda/state/catalog.ts';
import { mapBounded } from '../../../lambda/store/bounded.ts';
import { listAll } from '../../../lambda/store/store.ts';
import { createEvidence } from '../../../lambda/work/feed/takedown-evidence.ts';
import { readDocument } from '../../../lambda/work/feed/takedown-work.ts';
import { NEWS_SITEMAP_PATH, SITEMAP_PATH } from '../../../lambda/work/page/sitemap-pages.ts';
import { type Buckets, findTakenOver, objectsAt, type TakenOver, type Target } from './takedown-target.ts';

const READS_AT_ONCE_MAX = 32;
const SITEMAPS_FOLDER = 'sitemaps/';

/** A public object that has the target. */
export interface Holder {
  readonly path: string;
  /** The archive page that it is a document of; null for what is none. */
  readonly page: ArchivePage | null;
  /** Whether all that it has is another file's by now. */
  readonly isTakenOver: boolean;
  /** Whether it is damaged, so that nobody can tell what it has. */
  readonly isUnreadable: boolean;
}

export interface ArchivePage {
  readonly feed: string;
  readonly name: string;
}

type Place = Pick<Holder, 'path' | 'page'>;

/** Paths at which an object was found to have nothing of the target, with its version. */
export type Free = Map<string, string>;

/** Looks at everything there is, but for what is as it was when it was found free. */
export async function findHolders(
  buckets: Buckets,
  target: Target,
  feeds: Iterable<string>,
  free: Free = new Map(),
): Promise<readonly Holder[]> {
  const places: Place[] = [...target.pages.keys()].map(placeAt);
  for (const feed of feeds) {
    places.push(
      ...DOCUMENT_FORMATS.flatMap((format) => objectsAt(subscriptionPath(feed, format)).map(placeAt)),
      ...(await listArchive(buckets, feed, free)),
    );
  }
  places.push(...[SITEMAP_PATH, NEWS_SITEMAP_PATH].flatMap(objectsAt).map(placeAt));
  for await (const { key, version } of listAll(buckets.publicObjects, SITEMAPS_FOLDER)) {
    if (free.get(key) !== version) places.push(placeAt(key));
  }
  return findAmong(buckets, target, places, free);
}

/** The feeds there are, and those that are told of only here. */
export async function listFeeds({ state }: Pick<Buckets, 'state'>, others: Iterable<string>): Promise<Set<string>> {
  const { feeds } = (await readCatalog(state)).value;
  return new Set([...feeds.map(({ name }) => name), ...others]);
}

/** The places whose objects still have the target. */
export async function findAmong(
  buckets: Buckets,
  target: Target,
  places: readonly Place[],
  free: Free = new Map(),
): Promise<readonly Holder[]> {
  const siteUrl = target.site?.url ?? null;
  const taken = await findTakenOver(buckets, target);
  const evidence = { all: createEvidence(target, siteUrl), own: createEvidence(ownOf(target, taken), siteUrl) };
  const told = new Set<string>();
  const found = await mapBounded(places, READS_AT_ONCE_MAX, async ({ path, page }): Promise<readonly Holder[]> => {
    const object = await buckets.publicObjects.read(path);
    if (object === null) return [];
    const holder = { path, page, isTakenOver: false, isUnreadable: false };
    try {
      const text = await readDocument(object);
      const isAsBefore = target.pages.get(path) === object.version && !taken.pages.has(text);
      if (isAsBefore || evidence.own.has(text)) {
        for (const url of evidence.own.urlsIn(text)) told.add(url);
        return [holder];
      }
      if (evidence.all.has(text)) return [{ ...holder, isTakenOver: true }];
    } catch {
      return [{ ...holder, isUnreadable: true }];
    }
    free.set(path, object.version);
    return [];
  });
  const news = [...told].filter((url) => !target.urls.has(url));
  for (const url of news) target.urls.add(url);
  // An address that nobody knew of: what says no more of an entry than that has to be looked at again.
  if (news.length > 0) free.clear();
  return found.flat();
}

function ownOf({ ids, urls }: Target, taken: TakenOver) {
  return {
    ids: [...ids].filter((id) => !taken.ids.has(id)),
    urls: [...urls].filter((url) => !taken.urls.has(url)),
  };
}

/** The documents of all archive pages that are public, whether or not the feed knows of them. */
async function listArchive(
  { publicObjects: siteObjects }: Buckets,
  feed: string,
  free: Free,
): Promise<readonly Place[]> {
  const folder = archiveFolder(feed);
  const places: Place[] = [];
  for await (const { key, version } of listAll(siteObjects, folder)) {
    const name = key.slice(folder.length).split('/')[0] ?? '';
    const isDocument = DOCUMENT_FORMATS.some((format) => archivePath(feed, name, format) === (plainPathOf(key) ?? key));
    if (isDocument && free.get(key) !== version) places.push({ path: key, page: { feed, name } });
  }
  return places;
}

function placeAt(path: string): Place {
  return { path, page: null };
}

export function isSitemap(path: string): boolean {
  const plain = plainPathOf(path) ?? path;
  return plain === SITEMAP_PATH || plain === NEWS_SITEMAP_PATH || plain.startsWith(SITEMAPS_FOLDER);
}
