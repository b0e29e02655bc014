/** Where the feeds of a publication are: what a build prints, and the preview lists. */

import { publicAddress, subscriptionPath } from '../../lambda/model/addresses.ts';
import type { FeedFormat } from '../../lambda/model/document.ts';
import type { Overview } from '../../lambda/publish.ts';
import type { FeedAddresses } from '../publication/build-result.ts';

export function listFeeds({ site, feeds }: Overview): FeedAddresses[] {
  if (site === null) return [];
  return feeds.map(({ name, title, entries }) => {
    const addressIn = (format: FeedFormat): string => publicAddress(site.url, subscriptionPath(name, format));
    return { name, title, entries, rss: addressIn('rss'), atom: addressIn('atom'), json: addressIn('json') };
  });
}
