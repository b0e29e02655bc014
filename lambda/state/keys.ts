/**
 * The layout of the state store. Time-ordered and prefix-listable keys let one LIST answer "what is due now?" and "who
 * needs this file?".
 *
 * ```
 * site.json                            the settings in force, and their revision
 * catalog.json                         the feeds there are
 * articles/<content key>.json          what became of one source file
 * feeds/<feed>/root.json               one feed: its newest page, and where the rest is
 * feeds/<feed>/directory/<version>.json
 * feeds/<feed>/parts/<name>/<version>.json
 * feeds/<feed>/pages/<name>/<version>.json
 * feeds/<feed>/superseded/<version>.json
 * feeds/<feed>/opened.json             that its documents are there, where feeds need a number of entries for that
 * unlinked/<feed>/<address>            a page that doesn't link to the feed, since that is not there yet
 * claims/<hash>.json                   the owner of an id or an address, and its waiters
 * due/<instant>/<what>                 work for later: a publication, an expiry, an unfinished feed
 * assets/<content key>.json            what an asset is, and which version of it is public
 * uses/<asset>/<content key>           an article that needs this file
 * aliases/<path>/<content key>         which article once had this address
 * translations/<original>/<content key>  which files are translations of one, as far as their names tell
 * names/<name>.json                    which files are called so, and where their articles are
 * links/<name>/<content key>           who links to this name
 * hubs/<feed>.json                     what hubs were told of a feed
 * sweeps/<lane>.json                   how far reconcile, reconcile all or repair has come
 * sweeps/<lane>/<version>.json         files that reconcile has found to be gone
 * sitemap.json                         which sitemaps there are, and what they were made of
 * robots.json                          what robots.txt was made of
 * server.json                          what the server of the buckets keeps, where it is not Amazon's
 * trials/<nonce>/<key>                 what that was tried on, while it is tried
 * ```
 */

import { hash } from 'node:crypto';

/** S3's limit for a key is 1,024 bytes; what we put around an encoded key needs less than 100 of them. */
const ENCODED_BYTES_MAX = 440;

export const SITE_STATE_KEY = 'site.json';
export const CATALOG_KEY = 'catalog.json';
export const SITEMAP_KEY = 'sitemap.json';
export const ROBOTS_STATE_KEY = 'robots.json';
export const SERVER_KEY = 'server.json';
export const TRIAL_PREFIX = 'trials/';
export const RECORDS_PREFIX = 'articles/';
export const DUE_PREFIX = 'due/';

export function recordKey(contentKey: string): string {
  return `${RECORDS_PREFIX}${encodeKey(contentKey)}.json`;
}

/** All objects of all feeds. */
export const FEEDS_PREFIX = 'feeds/';
export const CLAIMS_PREFIX = 'claims/';

/** A text greater than every key that begins with the prefix, which ends with a slash. */
export function afterPrefix(prefix: string): string {
  return `${prefix.slice(0, -1)}0`;
}

/** The folder of a feed's objects, from the key of one of them. */
export function feedFolderOf(key: string): string {
  return key.slice(0, key.indexOf('/', FEEDS_PREFIX.length) + 1);
}

/** The feed of a folder; null if its name was too long to be kept whole. */
export function feedOfFolder(folder: string): string | null {
  const encoded = folder.slice(FEEDS_PREFIX.length, -1);
  return encoded.length > ENCODED_BYTES_MAX - 2 ? null : decodeURIComponent(encoded);
}

export function rootKey(feed: string): string {
  return `feeds/${encodeKey(feed)}/root.json`;
}

export function directoryKey(feed: string, version: string): string {
  return `feeds/${encodeKey(feed)}/directory/${version}.json`;
}

/** @param name the name of the part's last page */
export function partKey(feed: string, name: string, version: string): string {
  return `feeds/${encodeKey(feed)}/parts/${name}/${version}.json`;
}

export function pageKey(feed: string, name: string, version: string): string {
  return `feeds/${encodeKey(feed)}/pages/${name}/${version}.json`;
}

export function supersededKey(feed: string, version: string): string {
  return `feeds/${encodeKey(feed)}/superseded/${version}.json`;
}

export function openedKey(feed: string): string {
  return `feeds/${encodeKey(feed)}/opened.json`;
}

export function unlinkedPrefix(feed: string): string {
  return `unlinked/${encodeKey(feed)}/`;
}

/** @param address of the page */
export function unlinkedKey(feed: string, address: string): string {
  return unlinkedPrefix(feed) + encodeKey(address);
}

/** Prefix of claims to ids. */
export const ID_CLAIM = 'id ';
/** Prefix of claims to addresses. */
export const ADDRESS_CLAIM = 'address ';

/** The addresses among some claims. */
export function addressesIn(claims: readonly string[]): readonly string[] {
  return claims.filter((each) => each.startsWith(ADDRESS_CLAIM)).map((each) => each.slice(ADDRESS_CLAIM.length));
}

/** @param claim what is claimed: `id <id>` or `address <path>` */
export function claimKey(claim: string): string {
  return `claims/${hash('sha256', claim)}.json`;
}

/** @param at milliseconds since the epoch */
export function dueKey(at: number, kind: 'article' | 'feed' | 'site', name: string): string {
  return `${DUE_PREFIX}${formatInstant(at)}/${kind}/${encodeKey(name)}`;
}

/** Keys under `due/` that are not later than an instant compare below this. */
export function dueUntil(at: number): string {
  return `${DUE_PREFIX}${formatInstant(at)}/~`;
}

export function assetKey(contentKey: string): string {
  return `assets/${encodeKey(contentKey)}.json`;
}

/** Of the notes of all assets whose content keys begin so. */
export function assetsPrefix(beginning: string): string {
  return `assets/${encodeKey(beginning)}`;
}

/** The content key of an asset, from the key of its note; null where that was cut. */
export function assetOf(note: string): string | null {
  const encoded = note.slice('assets/'.length, -'.json'.length);
  return /~[\da-f]{64}$/.test(encoded) ? null : decodeURIComponent(encoded);
}

export function usesPrefix(assetKey: string): string {
  return `uses/${encodeKey(assetKey)}/`;
}

export function useKey(assetKey: string, contentKey: string): string {
  return usesPrefix(assetKey) + encodeKey(contentKey);
}

/** @param original what translations have in common by their names (`familyName`), whether such a file is there or not */
export function translationsPrefix(original: string): string {
  return `translations/${encodeKey(original)}/`;
}

export function translationKey(original: string, contentKey: string): string {
  return translationsPrefix(original) + encodeKey(contentKey);
}

/** @param path begins with a slash */
export function aliasesPrefix(path: string): string {
  return `aliases/${encodeKey(path)}/`;
}

export function aliasKey(path: string, contentKey: string): string {
  return aliasesPrefix(path) + encodeKey(contentKey);
}

/** All objects of the index of names. */
export const NAMES_PREFIX = 'names/';

/** @param name as `normalName` has it */
export function nameKey(name: string): string {
  return `${NAMES_PREFIX}${encodeKey(name)}.json`;
}

export function linksPrefix(name: string): string {
  return `links/${encodeKey(name)}/`;
}

/** @param contentKey of the article that links to the name */
export function linkKey(name: string, contentKey: string): string {
  return linksPrefix(name) + encodeKey(contentKey);
}

/** The key encoded in the last part of a marker's key; null if it was too long to be kept whole. */
export function decodedKey(part: string): string | null {
  return part.length === ENCODED_BYTES_MAX - 1 && part.at(-65) === '~' ? null : decodeURIComponent(part);
}

export function hubKey(feed: string): string {
  return `hubs/${encodeKey(feed)}.json`;
}

/** @param lane the name of the lane of reconcile, reconcile all or repair */
export function upkeepKey(lane: string): string {
  return `sweeps/${encodeKey(lane)}.json`;
}

export function goneListKey(lane: string, version: string): string {
  return `sweeps/${encodeKey(lane)}/${version}.json`;
}

/** Percent-encodes a key into one part of a path; a long one is cut and made unique by its hash. */
function encodeKey(key: string): string {
  const encoded = encodeURIComponent(key);
  if (encoded.length <= ENCODED_BYTES_MAX) return encoded;
  return `${encoded.slice(0, ENCODED_BYTES_MAX - 66)}~${hash('sha256', key)}`;
}

function formatInstant(at: number): string {
  return String(Math.max(0, Math.floor(at))).padStart(15, '0');
}
