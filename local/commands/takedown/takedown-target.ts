/**
 * What a takedown takes down: under which ids and addresses the entries of a file are public, at which paths their pages
 * are, and which other files only they show. The record of the file tells, and goes on telling some of it after the
 * removal; so a second run knows the ids as well, and addresses as far as they follow from the key or are still claimed.
 */

import { isArticleKey } from '../../../lambda/address/article-key.ts';
import { defaultPath } from '../../../lambda/address/default-path.ts';
import { folderAddress } from '../../../lambda/address/folder-address.ts';
import { isOwnFile } from '../../../lambda/address/own-documents.ts';
import { hasVariants, plainPathOf, VARIANTS } from '../../../lambda/address/variants.ts';
import { pagePath, publicAddress } from '../../../lambda/model/addresses.ts';
import { idsOf } from '../../../lambda/model/entry.ts';
import type { Site } from '../../../lambda/model/site.ts';
import { renderArticlePage } from '../../../lambda/render/html/article-page.ts';
import { readJson } from '../../../lambda/state/json-object.ts';
import {
  ADDRESS_CLAIM,
  addressesIn,
  ID_CLAIM,
  recordKey,
  SITE_STATE_KEY,
  usesPrefix,
} from '../../../lambda/state/keys.ts';
import { type ArticleRecord, createRecord, type UseMarker } from '../../../lambda/state/record.ts';
import { mapBounded } from '../../../lambda/store/bounded.ts';
import { listAll } from '../../../lambda/store/store.ts';
import { isRedirected } from '../../../lambda/work/page/redirect-work.ts';
import { ROBOTS_KEY } from '../../../lambda/work/page/robots-work.ts';
import { readOwner } from '../../../lambda/work/protocol/claim-work.ts';
import { type SiteState, siteAssets } from '../../../lambda/work/protocol/site-work.ts';
import { UsageError } from '../../cli/usage.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { bucketList, readList } from './takedown-list.ts';

const READS_AT_ONCE_MAX = 32;

export type Buckets = Pick<Deployment, 'content' | 'state' | 'publicObjects'>;

/** It grows while the publisher works: a file that was uploaded just before may be recorded only now. */
export interface Target {
  /** Content key of the file. */
  readonly key: string;
  /** The settings in force; null when nothing can be public for want of them. */
  readonly site: Site | null;
  readonly ids: Set<string>;
  /** Addresses of the entries, absolute. */
  readonly urls: Set<string>;
  /** Paths that pages of the entries, or redirects to them, may be at; with the versions of those that surely are. */
  readonly pages: Map<string, string | null>;
  /** The file itself if it is no article, else those that the article shows: by content key, the versions of its objects. */
  readonly files: Map<string, ReadonlyMap<string, string>>;
}

/** The facts that are read before the file is removed. */
export async function readTarget(buckets: Buckets, key: string): Promise<Target> {
  const site = (await readJson<SiteState>(buckets.state, SITE_STATE_KEY))?.value.site ?? null;
  const target = { key, site, ids: new Set<string>(), urls: new Set<string>(), pages: new Map(), files: new Map() };
  const record = await readRecord(buckets, key);
  const isKnown =
    record !== null ||
    (await buckets.content.inspect(key)) !== null ||
    (await wasFile(buckets, target)) ||
    (await readList(bucketList(buckets))).list.some((takedown) => takedown.key === key);
  if (!isKnown) throw new UsageError('key-unknown', key);
  if (!isArticleKey(key)) await learnFiles(buckets, target, [key]);
  if (record !== null) await learnRecord(buckets, target, record);
  return target;
}

export async function readRecord({ state }: Pick<Buckets, 'state'>, key: string): Promise<ArticleRecord | null> {
  const stored = await readJson<ArticleRecord>(state, recordKey(key));
  return stored && { ...createRecord(key), ...stored.value };
}

/** Adds what the record says; whether that was anything new. */
export async function learnRecord(buckets: Buckets, target: Target, record: ArticleRecord): Promise<boolean> {
  const { ids, urls, pages, files, site } = target;
  const before = ids.size + urls.size + pages.size + files.size;
  for (const { id, guid } of Object.values(record.facts)) {
    for (const form of id === null ? [] : idsOf({ id, guid })) ids.add(form);
  }
  for (const { entry } of record.shown) {
    for (const form of idsOf(entry)) ids.add(form);
    urls.add(entry.url);
  }
  if (site !== null) await learnAddresses(buckets, target, record, site);
  await learnFiles(buckets, target, [...record.shown.flatMap(({ assets }) => assets), ...record.uses]);
  return ids.size + urls.size + pages.size + files.size > before;
}

/** Where pages of the article, and redirects to them, may be. What is at the address of a shown entry surely is its page. */
async function learnAddresses(
  { state, publicObjects: siteObjects }: Buckets,
  { key, urls, pages }: Target,
  { claims, facts, aliases, shown }: ArticleRecord,
  site: Site,
): Promise<void> {
  const claimed = addressesIn(claims);
  const owners = await mapBounded(claimed, READS_AT_ONCE_MAX, (each) => readOwner({ state }, ADDRESS_CLAIM + each));
  const urlOf = (address: string): string => new URL(address.slice(1), site.url).href;
  for (const address of claimed.filter((_, index) => owners[index] === key)) urls.add(urlOf(address));
  if (urls.size === 0) {
    // Nothing tells any more but the key, and the names of the articles in a file of many.
    const named = Object.keys(facts).filter((part) => part.startsWith('/'));
    for (const address of [defaultPath(key), ...named]) urls.add(urlOf(address));
  }
  const present = addressesIn(shown.flatMap((each) => each.claims));
  const former = aliases.filter((alias) => !Object.hasOwn(site.redirects, alias));
  const stated = [...urls].flatMap((url) => (url.startsWith(site.url) ? [`/${url.slice(site.url.length)}`] : []));
  const isNew = (path: string): boolean => !pages.has(path);
  const versions = await readVersions(
    { publicObjects: siteObjects },
    present.map(pagePath).flatMap(objectsAt).filter(isNew),
  );
  for (const [path, version] of versions) pages.set(path, version);
  for (const path of [...former, ...stated].map(pagePath).flatMap(objectsAt).filter(isNew)) pages.set(path, null);
}

async function learnFiles(buckets: Buckets, { files }: Target, keys: readonly string[]): Promise<void> {
  for (const key of new Set(keys)) {
    if (files.has(key) || (await isOthers(buckets, key))) continue;
    // Where the file is gone already, what is at its path may be what came after it.
    const isThere = (await buckets.content.inspect(key)) !== null;
    files.set(key, isThere ? await readVersions(buckets, objectsAt(key)) : new Map());
  }
}

/** A path, and those of its compressed copies. */
export function objectsAt(path: string): readonly string[] {
  return hasVariants(path) ? [path, ...VARIANTS.map(({ ending }) => path + ending)] : [path];
}

async function readVersions(
  { publicObjects: siteObjects }: Pick<Buckets, 'publicObjects'>,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const facts = await mapBounded(paths, READS_AT_ONCE_MAX, (path) => siteObjects.inspect(path));
  return new Map(facts.flatMap((each) => (each === null ? [] : [[each.key, each.version] as const])));
}

/** Whether what is public under a file's name is a document of the publisher's own, or a copy of another file. */
async function isOthers({ content }: Pick<Buckets, 'content'>, key: string): Promise<boolean> {
  const plain = plainPathOf(key);
  return isOwnFile(key) || (plain !== null && (await content.inspect(plain)) !== null);
}

/** Whether a file that is in the content bucket no more, and has no record, is public or was referred to. */
async function wasFile(buckets: Buckets, { key, site }: Target): Promise<boolean> {
  if (isArticleKey(key) || isOwnFile(key) || (await isReplaced(buckets, site, key))) return false;
  const { objects } = await buckets.state.list({ prefix: usesPrefix(key), limitCount: 1 });
  return objects.length > 0 || (await readVersions(buckets, objectsAt(key))).size > 0;
}

/** Whether something else comes to a file's path when the file goes: a page, a redirect, the publisher's own robots.txt. */
async function isReplaced({ state }: Buckets, site: Site | null, key: string): Promise<boolean> {
  const address = folderAddress(publicAddress('/', key));
  return (
    key === ROBOTS_KEY ||
    (site !== null && (await isRedirected({ state }, site, address))) ||
    (await readOwner({ state }, ADDRESS_CLAIM + address)) !== null
  );
}

/** Paths of the public objects of files that have to go: those that nobody else shows. */
export async function findFiles(buckets: Buckets, { key, site, files }: Target): Promise<readonly string[]> {
  const found = await mapBounded([...files], READS_AT_ONCE_MAX, async ([file, known]) => {
    const present = await readVersions(buckets, objectsAt(file));
    if (present.size === 0 || (file !== key && (await isShownByOthers(buckets, site, file, key)))) return [];
    const replaced = await isReplaced(buckets, site, file);
    return [...present].flatMap(([path, version]) => (replaced && known.get(path) !== version ? [] : [path]));
  });
  return found.flat();
}

async function isShownByOthers(buckets: Buckets, site: Site | null, file: string, except: string): Promise<boolean> {
  if (site !== null && siteAssets(site).includes(file)) return true;
  for await (const { key: marker } of listAll(buckets.state, usesPrefix(file))) {
    const user = (await readJson<UseMarker>(buckets.state, marker))?.value.key ?? except;
    const record = user === except ? null : await readRecord(buckets, user);
    if (record?.shown.some(({ assets }) => assets.includes(file)) === true) return true;
  }
  return false;
}

/** The ids and addresses of the target that another file has taken over, and shows: they say nothing of this one any more. */
export interface TakenOver {
  readonly ids: ReadonlySet<string>;
  readonly urls: ReadonlySet<string>;
  /** The pages of those who have, which may say the very same. */
  readonly pages: ReadonlySet<string>;
  /** Content keys of those who have. */
  readonly owners: ReadonlySet<string>;
}

export async function findTakenOver(buckets: Buckets, { key, site, ids, urls }: Target): Promise<TakenOver> {
  const owners = new Set<string>();
  const pages = new Set<string>();
  const isTaken = async (claim: string): Promise<boolean> => {
    const owner = await readOwner(buckets, claim);
    const record = owner === null || owner === key ? null : await readRecord(buckets, owner);
    const shown = record?.shown.find(({ claims }) => claims.includes(claim));
    if (record === null || shown === undefined || site === null) return false;
    owners.add(record.key);
    pages.add(new TextDecoder().decode(renderArticlePage({ site, entry: shown.entry, feeds: shown.feeds })));
    return true;
  };
  const addressOf = (url: string): string | null =>
    site !== null && url.startsWith(site.url) ? `/${url.slice(site.url.length)}` : null;
  const takenIds = await mapBounded([...ids], READS_AT_ONCE_MAX, (id) => isTaken(ID_CLAIM + id));
  const takenUrls = await mapBounded([...urls], READS_AT_ONCE_MAX, async (url) => {
    const address = addressOf(url);
    return address !== null && isTaken(ADDRESS_CLAIM + address);
  });
  return {
    ids: new Set([...ids].filter((_, index) => takenIds[index])),
    urls: new Set([...urls].filter((_, index) => takenUrls[index])),
    pages,
    owners,
  };
}
