/**
 * A page of a feed as the `feed` package models it: whoever knows `feed` knows this. Every RSS, Atom and JSON document
 * comes out of the package's `rss2()`, `atom1()` and `json1()`, overridden here because of what was measured about its own
 * writers (docs/decisions/007, and tests/render/feed-package.test.ts, which shows when the package mends a defect).
 *
 * What the publication has no use for (a feed's own categories, contributors and extensions) is not written.
 */

import { Feed } from 'feed';
import type { FeedDocument } from '../../model/document.ts';
import { renderAtom } from './atom.ts';
import { feedOptionsOf, type SiteFeedOptions } from './feed-options.ts';
import { renderJsonFeed } from './json-feed.ts';
import { renderRss } from './rss.ts';
import { itemsOf, type SiteItem } from './site-item.ts';

export class SiteFeed extends Feed {
  declare options: SiteFeedOptions;
  declare items: SiteItem[];

  constructor(options: SiteFeedOptions, items: readonly SiteItem[] = []) {
    super(options);
    this.items = [...items];
  }

  override addItem(item: SiteItem): void {
    super.addItem(item);
  }

  override rss2(): string {
    return renderRss(this);
  }

  override atom1(): string {
    return renderAtom(this);
  }

  override json1(): string {
    return renderJsonFeed(this);
  }
}

/** The model of a document. */
export function createSiteFeed(document: FeedDocument): SiteFeed {
  return new SiteFeed(feedOptionsOf(document), itemsOf(document.entries, document.feed, document.site));
}
