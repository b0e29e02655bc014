/**
 * A page of a feed as the `feed` package models it: whoever knows `feed` knows this. Every RSS, Atom and JSON document
 * comes out of this model, as the package's `rss2()`, `atom1()` and `json1()` give it. They are overridden here because of what
 * was measured about its own writers (docs/decisions/007, and tests/render/feed-package.test.ts, which shows when the
 * package mends a defect).
 *
 * What the publication has no use for (a feed's own categories, contributors and extensions) is not written.
 */

import { Feed } from 'feed';
import type { FeedDocument, FeedFormat } from '../../model/document.ts';
import { renderAtom } from './atom.ts';
import { feedOptionsOf, type SiteFeedOptions } from './feed-options.ts';
import { renderJsonFeed } from './json-feed.ts';
import type { Texts } from './pieces.ts';
import { renderRss } from './rss.ts';
import { itemsOf, type SiteItem } from './site-item.ts';

const RENDERERS = { rss: renderRss, atom: renderAtom, json: renderJsonFeed } as const;

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
    return this.texts('rss').join('');
  }

  override atom1(): string {
    return this.texts('atom').join('');
  }

  override json1(): string {
    return this.texts('json').join('');
  }

  /** The document in a format, for whoever needs no single text of it. */
  texts(format: FeedFormat): Texts {
    return RENDERERS[format](this);
  }
}

/** The model of a document. */
export function createSiteFeed(document: FeedDocument): SiteFeed {
  return new SiteFeed(feedOptionsOf(document), itemsOf(document.entries, document.feed, document.site));
}
