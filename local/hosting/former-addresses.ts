/** The redirects of a publication as its output has them: what the rules of a web server are made from. */

import { parseQueryAddress, shownAddress } from '../../lambda/address/former/written-query.ts';
import { decodePercent } from '../../lambda/address/percent-encoding.ts';
import { CONTENT_TYPES, pagePath } from '../../lambda/model/addresses.ts';
import type { Site } from '../../lambda/model/site.ts';
import { readRedirectPage } from '../../lambda/render/redirect-page.ts';
import { mapBounded } from '../../lambda/store/bounded.ts';
import type { Store } from '../../lambda/store/store.ts';
import { feedAt, feedCopiesOf } from '../publication/feed-copies.ts';

const READS_AT_ONCE_MAX = 16;
/** A redirect names its target twice or thrice, and addresses are short. */
const REDIRECT_BYTES_MAX = 16 * 1024;

export interface FormerAddress {
  /** As people know it, below the site's address: `/feed/`, `/?feed=rss2`. */
  readonly shown: string;
  /** Where the page lies that leads on: below the site's address, percent-encoded. */
  readonly path: string;
  /** Null for one without. */
  readonly query: ReturnType<typeof parseQueryAddress>;
  /** Absolute. */
  readonly target: string;
  /** The feed that it leads to, for which readers ask there; null for a page. They follow no page of HTML. */
  readonly feed: FormerFeed | null;
}

export interface FormerFeed {
  /** Of the subscription document, in the output, decoded. */
  readonly path: string;
  readonly contentType: string;
}

/**
 * Those that lead on by a page of their own, feeds first: not what an article or a file covers, nor feeds that lie at their
 * old addresses themselves.
 *
 * @param aliases former addresses of articles
 */
export async function readFormerAddresses(
  documents: Pick<Store, 'read'>,
  site: Site,
  aliases: readonly string[],
): Promise<readonly FormerAddress[]> {
  const copies = new Set(feedCopiesOf(site).map(({ path }) => path));
  const addresses = [...new Set([...Object.keys(site.redirects), ...aliases])].filter(
    (each) => !copies.has(pagePath(each)),
  );
  const found = await mapBounded(addresses, READS_AT_ONCE_MAX, async (path): Promise<readonly FormerAddress[]> => {
    const document = await documents.read(pagePath(path), { firstBytes: REDIRECT_BYTES_MAX });
    const target = document === null ? null : readRedirectPage(document.body);
    if (target === null) return [];
    const query = parseQueryAddress(path);
    return [{ shown: shownAddress(path), path, query, target, feed: readFeed(target, site) }];
  });
  const all = found.flat();
  return [...all.filter(({ feed }) => feed !== null), ...all.filter(({ feed }) => feed === null)];
}

function readFeed(target: string, { url }: Site): FormerFeed | null {
  const found = feedAt(target, url);
  return found === null ? null : { path: found.feed, contentType: CONTENT_TYPES[found.format] };
}

/** The paths at which a server is asked for it, decoded, the site's own path in front; a folder also without its slash. */
export function pathsOf({ path }: Pick<FormerAddress, 'path'>, site: Pick<Site, 'url'>): readonly string[] {
  const whole = basePath(site) + (decodePercent(path) ?? path).slice(1);
  return whole.endsWith('/') && whole !== '/' ? [whole, whole.slice(0, -1)] : [whole];
}

/** The path of the site's own address: begins and ends with a slash. */
export function basePath({ url }: Pick<Site, 'url'>): string {
  return new URL(url).pathname;
}
