/** The lane of what spans feeds: the list of all feeds, and what every page needs. */

import { createRow } from '../../feed/membership.ts';
import { CONTENT_TYPES, FEEDS_PAGE_PATH, NOT_FOUND_PATH, OPML_PATH, STYLESHEET_PATH } from '../../model/addresses.ts';
import type { Site } from '../../model/site.ts';
import { renderFeedsPage } from '../../render/html/feeds-page.ts';
import { renderNotFoundPage } from '../../render/html/not-found-page.ts';
import { renderStylesheet } from '../../render/html/style/stylesheet.ts';
import { renderOpml } from '../../render/opml.ts';
import { type Catalog, type CatalogRow, readCatalog } from '../../state/catalog.ts';
import { readJson, STATE_SCHEMA, swapJson } from '../../state/json-object.ts';
import { CATALOG_KEY, rootKey } from '../../state/keys.ts';
import type { FeedRoot } from '../../state/root.ts';
import { mapBounded } from '../../store/bounded.ts';
import type { LaneMessage } from '../../store/queue.ts';
import { StoreError } from '../../store/store.ts';
import { addCounts, type DocumentCounts, writeDocument } from '../protocol/documents.ts';
import { feedLane } from '../protocol/lanes.ts';
import type { Ports } from '../protocol/ports.ts';
import type { GoodSite } from '../protocol/site-work.ts';

const READS_AT_ONCE_MAX = 16;

export async function workOnCatalog(
  ports: Ports,
  { site, revision }: GoodSite,
  messages: readonly LaneMessage[],
): Promise<DocumentCounts> {
  const stored = await readCatalog(ports.state);
  // A message without a key says that the settings changed: titles come from them, so every row is made again.
  const everything = messages.some(({ key }) => key === null);
  const names = new Set([
    ...messages.flatMap(({ key }) => key ?? []),
    ...(everything ? stored.value.feeds.map(({ name }) => name) : []),
  ]);
  const found = await mapBounded([...names], READS_AT_ONCE_MAX, (name) =>
    readJson<FeedRoot>(ports.state, rootKey(name)),
  );
  const roots = found.flatMap((root) => root?.value ?? []);
  const feeds = [
    ...stored.value.feeds.filter(({ name }) => !names.has(name)),
    ...roots.map((root) => createRow(root, site)),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (JSON.stringify(feeds) !== JSON.stringify(stored.value.feeds)) {
    const next: Catalog = { schema: STATE_SCHEMA, nonce: ports.nonce(), feeds };
    const version = await swapJson(ports.state, CATALOG_KEY, next, stored.version);
    if (version === null) throw new StoreError('retry', 'The catalog was changed by somebody else meanwhile.');
  }
  // Reconcile all tells the feeds in the catalog. A feed that was not in it at that time is told here.
  const outdated = roots.filter(({ siteRevision }) => siteRevision !== revision);
  if (outdated.length > 0)
    await ports.queue.sendLaneWork(outdated.map(({ feed }) => ({ lane: feedLane(feed), key: null })));
  return writeCatalog(ports, site, feeds);
}

/** The list of feeds for readers and for people; and what every page needs, since nobody else writes it. */
async function writeCatalog(ports: Ports, site: Site, feeds: readonly CatalogRow[]): Promise<DocumentCounts> {
  const offered = feeds.filter((feed) => feed.offered);
  const html = CONTENT_TYPES.html;
  const counts = [
    await writeDocument(ports, STYLESHEET_PATH, renderStylesheet(site), 'text/css; charset=utf-8', 'page'),
    await writeDocument(ports, NOT_FOUND_PATH, renderNotFoundPage(site), html, 'notFound'),
    await writeDocument(ports, FEEDS_PAGE_PATH, renderFeedsPage({ site, feeds: offered }), html, 'page'),
    await writeDocument(
      ports,
      OPML_PATH,
      renderOpml({ site, feeds: offered }),
      'text/x-opml; charset=utf-8',
      'subscription',
    ),
  ];
  return counts.reduce(addCounts);
}
