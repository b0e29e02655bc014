/**
 * The pages of articles. Each address has a lane of its own, so that one writer at a time reads who owns the address now,
 * and puts that entry's page there or takes away what is there.
 */

import { folderAddress } from '../../address/folder-address.ts';
import { isOwnDocument } from '../../address/own-documents.ts';
import { isReservedPath } from '../../address/reserved-path.ts';
import { plainPathOf } from '../../address/variants.ts';
import { CONTENT_TYPES, pagePath, publicAddress, subscriptionPath } from '../../model/addresses.ts';
import type { Entry } from '../../model/entry.ts';
import type { Site } from '../../model/site.ts';
import { renderArticlePage } from '../../render/html/article-page.ts';
import { readJson } from '../../state/json-object.ts';
import { ADDRESS_CLAIM, recordKey } from '../../state/keys.ts';
import type { ArticleRecord, ShownEntry } from '../../state/record.ts';
import { mapBounded } from '../../store/bounded.ts';
import type { LaneMessage } from '../../store/queue.ts';
import { readOwner } from '../protocol/claim-work.ts';
import { type DocumentCounts, NO_DOCUMENTS, writeDocument } from '../protocol/documents.ts';
import { feedLane } from '../protocol/lanes.ts';
import { findOpened } from '../protocol/opened-feeds.ts';
import { addressMessages } from '../protocol/page-messages.ts';
import type { Ports } from '../protocol/ports.ts';
import { isRedirected, workOnRedirect } from './redirect-work.ts';

const READS_AT_ONCE_MAX = 16;

/** Makes right what is at an article's address. Where the publisher has a document of its own, that one stays. */
export async function workOnPage(ports: Ports, site: Site, address: string): Promise<DocumentCounts> {
  if (isReservedPath(address, site)) {
    if (!isOwnDocument(address, site)) return workOnRedirect(ports, site, address);
    // The settings may have given a feed what was an article's before: then the feed makes sure of its page.
    const feed = site.feeds.find(({ name }) => subscriptionPath(name, 'html') === pagePath(address));
    if (feed !== undefined) await ports.queue.sendLaneWork([{ lane: feedLane(feed.name), key: null }]);
    return NO_DOCUMENTS;
  }
  const path = pagePath(address);
  const found = site.pages.articles ? await readShown(ports, ADDRESS_CLAIM + address) : null;
  if (found !== null) {
    const { entry } = found.shown;
    const feeds = await findOpened(ports, site, found.shown.feeds, address);
    const page = renderArticlePage({ site, entry, feeds, translations: await readTranslations(ports, found.record) });
    return writeDocument(ports, path, page, CONTENT_TYPES.html, 'page');
  }
  return workOnRedirect(ports, site, address);
}

/** What the owner of a claim shows by it; null where nobody does. */
async function readShown(
  ports: Ports,
  claim: string,
): Promise<{ readonly record: ArticleRecord; readonly shown: ShownEntry } | null> {
  const owner = await readOwner(ports, claim);
  const record = owner === null ? null : await readJson<ArticleRecord>(ports.state, recordKey(owner));
  const shown = record?.value.shown.find(({ claims }) => claims.includes(claim)) ?? null;
  return record === null || shown === null ? null : { record: record.value, shown };
}

/** What is shown of the original and the other translations of an article. They tell its page when that changes. */
async function readTranslations(ports: Ports, { family = [] }: ArticleRecord): Promise<readonly Entry[]> {
  const records = await mapBounded(family, READS_AT_ONCE_MAX, (key) =>
    readJson<ArticleRecord>(ports.state, recordKey(key)),
  );
  return records
    .flatMap((record) => (record?.value.shown.length === 1 ? record.value.shown : []))
    .map(({ entry }) => entry);
}

/**
 * What tells the page or the redirect at a file's address, if there may be one, that the file has come or gone: whoever
 * made sure that the file is not public has taken away what was at its path, or a compressed copy of it.
 */
export async function fileMessages(
  ports: Pick<Ports, 'state'>,
  site: Site,
  contentKey: string,
): Promise<readonly LaneMessage[]> {
  const address = folderAddress(publicAddress('/', plainPathOf(contentKey) ?? contentKey));
  const isPage =
    (await isRedirected(ports, site, address)) || (await readOwner(ports, ADDRESS_CLAIM + address)) !== null;
  return isPage ? addressMessages([address]) : [];
}
