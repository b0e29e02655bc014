/** The plan from which the rules of a web server are made, and its result: the same for every host. */

import { CONTENT_TYPES, FEED_FORMATS, OPML_PATH, subscriptionPath } from '../../lambda/model/addresses.ts';
import type { Site } from '../../lambda/model/site.ts';
import { CACHE_CONTROL } from '../../lambda/work/protocol/documents.ts';
import type { FormerAddress, FormerFeed } from './former-addresses.ts';

export interface HostInput {
  readonly site: Pick<Site, 'url'>;
  /** Feeds first. */
  readonly addresses: readonly FormerAddress[];
  /** Every subscription document, and each copy of one at an old address. */
  readonly documents: readonly FeedDocument[];
}

export interface FeedDocument {
  /** Path in the output, decoded. */
  readonly path: string;
  readonly contentType: string;
  readonly isCopy: boolean;
}

export interface HostPlan {
  readonly files: readonly HostFile[];
  /** Addresses that the host can't redirect, or of which the rules can't speak. */
  readonly lost: readonly FormerAddress[];
  /** Those that are more than the host takes, and what its limit is. */
  readonly excess: readonly FormerAddress[];
  readonly limit: string;
}

export interface HostFile {
  /** In the output folder; or beside it, where its name begins with that of the folder. */
  readonly place: 'inside' | 'beside';
  readonly name: string;
  readonly text: string;
}

/** How a host is called in messages, and what it makes of the former addresses of a publication. */
export interface Host {
  readonly title: string;
  plan(input: HostInput): HostPlan;
}

/** By this a file is known to be ours to write again. */
export const HOST_MARK = '# Written by feedwright build --for';

/** Files by their names whose content type no server knows, or not rightly. */
export const NAMED_TYPES: readonly (readonly [name: string, contentType: string])[] = [
  ...FEED_FORMATS.map((format) => [subscriptionPath('all', format), CONTENT_TYPES[format]] as const),
  [OPML_PATH, 'text/x-opml; charset=utf-8'],
];

/** For how long a reader may keep a document without asking, where no shared cache is told when it changes. */
export const CACHING = CACHE_CONTROL.subscription.replace(/, s-maxage.*/, '');

/** Characters of a path or an address that mean something else in the file of some server. */
const UNSAYABLE = /["'`{}\\$\s;<>|^]/;

function isSayable({ path, target }: FormerAddress): boolean {
  return !UNSAYABLE.test(path) && !UNSAYABLE.test(target) && !UNSAYABLE.test(decodeURIComponent(path));
}

/**
 * The feed that a server gives at a former address with its own bytes, so that readers go on which follow no redirect: sfeed.
 * Null where it has to redirect, to a page or to what its rules can't say.
 */
export function servedFeed({ feed }: FormerAddress): FormerFeed | null {
  return feed === null || UNSAYABLE.test(feed.path) || /[?#%]/.test(feed.path) ? null : feed;
}

/** The sets of names that queries have, those of most names first: of two that fit, it counts. */
export function queryNames(addresses: readonly FormerAddress[]): readonly (readonly string[])[] {
  const sets = new Set(addresses.flatMap(({ query }) => (query === null ? [] : [namesOf(query).join(' ')])));
  return [...sets]
    .map((set) => set.split(' '))
    .toSorted((a, b) => b.length - a.length || (a.join() < b.join() ? -1 : 1));
}

function namesOf({ pairs }: NonNullable<FormerAddress['query']>): readonly string[] {
  return pairs.map(([name]) => name);
}

/** Splits addresses by whether the rules of a host can speak of them. */
export function bySayable(
  addresses: readonly FormerAddress[],
  isPossible: (address: FormerAddress) => boolean = () => true,
): { readonly said: readonly FormerAddress[]; readonly lost: readonly FormerAddress[] } {
  const fits = (address: FormerAddress): boolean => isSayable(address) && isPossible(address);
  return { said: addresses.filter(fits), lost: addresses.filter((each) => !fits(each)) };
}

export function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
