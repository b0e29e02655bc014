/** A rehearsal of a move: what those who subscribe to old feeds would see if this publication stood in their place. */

import { publicAddress, subscriptionPath } from '../../lambda/model/addresses.ts';
import type { FeedFormat } from '../../lambda/model/document.ts';
import { basesOf } from '../adopt/addresses.ts';
import type { FeedPage } from '../old-feed/feed-entry.ts';
import { fetchPages } from '../old-feed/feed-pages.ts';
import { isAddress, type OldFeed } from '../old-feed/read-old-feed.ts';
import { feedAt } from '../publication/feed-copies.ts';
import { type ComparedFeed, compareFeeds } from './compare.ts';
import { type Difference, isFailure } from './differences.ts';
import { READER_RULES } from './reader-rules.ts';
import type { TrialBuild } from './trial-build.ts';

const FORMATS: Readonly<Record<FeedPage['format'], FeedFormat>> = { RSS: 'rss', Atom: 'atom', 'JSON Feed': 'json' };

export interface Rehearsal {
  readonly feeds: readonly RehearsedFeed[];
  /** Entries that every reader of the table would show once more. */
  readonly againInAll: number;
  /** Those that some would. */
  readonly againInSome: number;
  /** Whether an id is lost or changed, or a feed would not be found. */
  readonly isFailed: boolean;
}

export interface RehearsedFeed {
  /** As it was named. */
  readonly place: string;
  readonly format: FeedPage['format'];
  readonly oldCount: number;
  readonly matchedCount: number;
  /** The path of the feed that it is compared with. */
  readonly comparedWith: string;
  /** Older pages that were not there. */
  readonly missing: readonly string[];
  readonly differences: readonly Difference[];
}

/** @throws TypeError when the trial has no settings */
export async function rehearse(old: readonly OldFeed[], trial: TrialBuild): Promise<Rehearsal> {
  const feeds: RehearsedFeed[] = [];
  for (const feed of old) feeds.push(await rehearseFeed(feed, trial));
  const differences = feeds.flatMap((feed) => feed.differences);
  const again = new Map<string, number>();
  for (const { entry, readers } of differences) {
    // An entry that stands in several feeds counts once, by what the most readers notice.
    if (entry !== null && readers.length > 0) again.set(entry, Math.max(again.get(entry) ?? 0, readers.length));
  }
  const counts = [...again.values()];
  const againInAll = counts.filter((count) => count === READER_RULES.length).length;
  return { feeds, againInAll, againInSome: counts.length - againInAll, isFailed: differences.some(isFailure) };
}

async function rehearseFeed(old: OldFeed, trial: TrialBuild): Promise<RehearsedFeed> {
  const { site } = trial.overview;
  const [page] = old.pages;
  if (site === null || page === undefined) throw new TypeError('There is nothing to compare.');
  const address = isAddress(old.place) ? old.place : page.self;
  const served = address === null ? null : servedAt(address, trial, site.url);
  const path = served ?? subscriptionPath('all', FORMATS[page.format]);
  const after = await readOurs(path, trial, site.url, address);
  const before: ComparedFeed = {
    ...{ format: page.format, address, entries: old.entries },
    shownCount: page.entries.length,
  };
  const { differences, matchedCount } = compareFeeds(before, after, {
    // Where pages stand elsewhere, another program answers for old links.
    leadTo: (link) => (site.pages.articles ? trial.leadTo(link) : link),
    bases: basesOf(page, site.url),
  });
  return {
    ...{ place: old.place, format: page.format, oldCount: old.entries.length, matchedCount, comparedWith: path },
    missing: old.missing,
    differences: [...answerDifferences(address, served, site.url, page.title ?? ''), ...differences],
  };
}

/** The answer that the old address itself would give. */
function answerDifferences(
  address: string | null,
  served: string | null,
  siteUrl: string,
  title: string,
): readonly Difference[] {
  if (address === null) return [];
  if (served === null) return [{ kind: 'address-lost', entry: null, readers: [], before: address, after: null, title }];
  const { pathname, search } = new URL(address);
  const after = publicAddress(siteUrl, served);
  const isMoved = pathname + search !== new URL(after).pathname;
  return isMoved ? [{ kind: 'address-moved', entry: null, readers: [], before: address, after, title }] : [];
}

/** The path of the feed that would be given to who asks at an old address; null where there would be none. */
function servedAt(address: string, trial: TrialBuild, siteUrl: string): string | null {
  const target = trial.leadTo(address);
  const feed = target === null ? null : feedAt(target, siteUrl);
  return feed !== null && trial.feeds.has(feed.feed) ? feed.feed : null;
}

/** A feed of the trial with its archive, as readers are given it. */
async function readOurs(
  path: string,
  { feeds }: TrialBuild,
  siteUrl: string,
  oldAddress: string | null,
): Promise<ComparedFeed> {
  const byAddress = new Map([...feeds].map(([key, body]) => [publicAddress(siteUrl, key), body]));
  const pages: FeedPage[] = [];
  const fetch = async (address: string) => {
    const body = byAddress.get(address);
    return body === undefined ? null : { body: Buffer.from(body), address };
  };
  if (feeds.has(path)) {
    for await (const page of fetchPages(publicAddress(siteUrl, path), fetch, () => {})) pages.push(page);
  }
  return {
    format: pages[0]?.format ?? 'RSS',
    address: addressAfter(oldAddress, siteUrl),
    entries: pages.flatMap(({ entries }) => entries),
    shownCount: pages[0]?.entries.length ?? 0,
  };
}

/** Subscribers of an address stay with it; on another host the address is another. */
function addressAfter(oldAddress: string | null, siteUrl: string): string | null {
  if (oldAddress === null || URL.parse(oldAddress) === null) return oldAddress;
  const url = new URL(oldAddress);
  const { protocol, host } = new URL(siteUrl);
  return url.protocol === protocol && url.host === host
    ? oldAddress
    : `${protocol}//${host}${url.pathname}${url.search}`;
}
