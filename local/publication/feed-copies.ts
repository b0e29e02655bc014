/**
 * Old addresses of feeds on plain web servers. A reader follows a redirect of HTTP and no page of HTML: where a redirect
 * leads from a path with an ending (`/index.xml`, `/feed.xml`) to a feed, the feed's own bytes lie there, so its
 * subscribers go on, and `self` in them names the new address. The copies are made once a build, after all feeds; the
 * page that leads on by itself is never put there. Behind a CDN, and in the preview, such a path answers with 301.
 */

import { isArticleKey } from '../../lambda/address/article-key.ts';
import { decodePercent } from '../../lambda/address/percent-encoding.ts';
import { CONTENT_TYPES, FEED_FORMATS, pagePath, subscriptionPath } from '../../lambda/model/addresses.ts';
import type { FeedFormat } from '../../lambda/model/document.ts';
import type { Site } from '../../lambda/model/site.ts';
import { renderRedirectPage } from '../../lambda/render/redirect-page.ts';
import type { Store } from '../../lambda/store/store.ts';
import { addCounts, type DocumentCounts, NO_DOCUMENTS, writeDocument } from '../../lambda/work/protocol/documents.ts';
import { readStoredSite } from '../../lambda/work/protocol/site-work.ts';

/** Endings that web servers give a type of XML or JSON; some would run `.php`. */
const FEED_ENDING = /\.(?:xml|rss|atom|rdf|json)$/i;

export interface FeedCopies {
  /** The store of public documents as the publisher is to have it. */
  readonly public: Store;
  /** Whether the settings ask for any. */
  areAsked(): Promise<boolean>;
  /** Brings all copies up to date with their feeds. */
  update(): Promise<DocumentCounts>;
}

export interface FeedCopy {
  /** Where the copy lies. */
  readonly path: string;
  /** The subscription document. */
  readonly feed: string;
  readonly format: FeedFormat;
}

/** The copies that the redirects of the settings ask for. */
export function feedCopiesOf(site: Pick<Site, 'redirects' | 'url'>): readonly FeedCopy[] {
  return Object.entries(site.redirects).flatMap(([from, to]) => {
    const path = pagePath(from);
    const feed = feedAt(to, site.url);
    return feed !== null && FEED_ENDING.test(path) ? [{ path, ...feed }] : [];
  });
}

/** The subscription document that a target of a redirect is; null for anything else. */
export function feedAt(target: string, siteUrl: string): Pick<FeedCopy, 'feed' | 'format'> | null {
  const address = target.startsWith('/') ? target : target.startsWith(siteUrl) ? target.slice(siteUrl.length - 1) : '';
  const path = decodePercent(address.slice(1)) ?? '';
  const name = path.slice(path.lastIndexOf('/') + 1);
  const format = FEED_FORMATS.find((each) => subscriptionPath('all', each) === name);
  return format === undefined || /(?:^|\/)archive\//.test(path) ? null : { feed: path, format };
}

/**
 * @param documents what is public
 * @param stores where the articles and the settings are
 */
export function createFeedCopies(
  documents: Store,
  stores: { readonly content: Store; readonly state: Store },
): FeedCopies {
  async function readCopies(): Promise<{ readonly url: string; readonly copies: readonly FeedCopy[] }> {
    const site = (await readStoredSite(stores))?.site ?? null;
    return site === null ? { url: '', copies: [] } : { url: site.url, copies: feedCopiesOf(site) };
  }

  async function put({ path, feed, format }: FeedCopy, url: string): Promise<DocumentCounts> {
    if (!isArticleKey(path) && (await stores.content.inspect(path)) !== null) return NO_DOCUMENTS;
    const document = await documents.read(feed);
    if (document !== null)
      return writeDocument({ public: documents }, path, document.body, CONTENT_TYPES[format], 'subscription');
    // The feed is not there, or no more: what then is at its address is told by the address.
    const target = new URL(feed, url).href;
    return writeDocument({ public: documents }, path, renderRedirectPage(target), CONTENT_TYPES.html, 'redirect');
  }

  return {
    public: {
      ...documents,
      async write(path, body, options) {
        const isLeadingOn = options?.headers?.metadata?.redirect !== undefined;
        if (isLeadingOn && FEED_ENDING.test(path) && (await readCopies()).copies.some((copy) => copy.path === path))
          return { kind: 'unchanged', version: '' };
        return documents.write(path, body, options);
      },
    },
    areAsked: async () => (await readCopies()).copies.length > 0,
    async update() {
      const { url, copies } = await readCopies();
      let counts = NO_DOCUMENTS;
      for (const copy of copies) counts = addCounts(counts, await put(copy, url));
      return counts;
    },
  };
}
