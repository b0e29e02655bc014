/**
 * Redirects: what is at a former address where nothing else is. They are part of the work on the page of an address
 * (page-work.ts), so that the same writer decides between an article and a redirect. A redirect is a small page for
 * whoever sees it as it is; its metadata names the new address, and the edge answers with that.
 */

import { isArticleKey } from '../../address/article-key.ts';
import { pagePath } from '../../model/addresses.ts';
import type { Site } from '../../model/site.ts';
import { renderRedirectPage } from '../../render/redirect-page.ts';
import { readJson, STATE_SCHEMA, type StateObject, swapJson } from '../../state/json-object.ts';
import { aliasesPrefix, aliasKey, recordKey } from '../../state/keys.ts';
import type { ArticleRecord } from '../../state/record.ts';
import { listAll } from '../../store/store.ts';
import { type DocumentCounts, NO_DOCUMENTS, writeDocument } from '../protocol/documents.ts';
import { assetLane } from '../protocol/lanes.ts';
import type { Ports } from '../protocol/ports.ts';

/** What a marker under `aliases/` says. */
interface AliasMarker extends StateObject {
  /** Content key of the article that has, or once had, the address among its former ones. */
  readonly key: string;
}

/** Makes right what is at an address where there is no page. A file of that name, and what an own document is, stays. */
export async function workOnRedirect(ports: Ports, site: Site, address: string): Promise<DocumentCounts> {
  const path = pagePath(address);
  if (!isArticleKey(path) && (await ports.content.inspect(path)) !== null) return NO_DOCUMENTS;
  const target = await findTarget(ports, site, address);
  let counts = NO_DOCUMENTS;
  // Also where nothing is: a variant may be, alone.
  if (target === null) await ports.public.remove(path);
  else {
    const page = renderRedirectPage(target);
    counts = await writeDocument(ports, path, page, 'text/html; charset=utf-8', 'redirect', { redirect: target });
  }
  // A file that came meanwhile may have been put in place before this: it is put there again.
  const isFile = !isArticleKey(path) && (await ports.content.inspect(path)) !== null;
  if (isFile) await ports.queue.sendLaneWork([{ lane: assetLane(path), key: null }]);
  return counts;
}

/** Where an address leads, absolute; null when it leads nowhere. The settings go before articles. */
async function findTarget(ports: Pick<Ports, 'state'>, site: Site, address: string): Promise<string | null> {
  const stated = site.redirects[address];
  if (stated !== undefined) return stated.startsWith('/') ? new URL(stated.slice(1), site.url).href : stated;
  for await (const { key } of listAll(ports.state, aliasesPrefix(address))) {
    const marker = await readJson<AliasMarker>(ports.state, key);
    const record = marker && (await readJson<ArticleRecord>(ports.state, recordKey(marker.value.key)));
    const shown = record?.value.shown.find(({ aliases }) => aliases.includes(address));
    if (shown !== undefined) return shown.entry.url;
  }
  return null;
}

/** Whether an address is, or once was, a former one of the settings or of an article. */
export async function isRedirected(ports: Pick<Ports, 'state'>, site: Site, address: string): Promise<boolean> {
  if (Object.hasOwn(site.redirects, address)) return true;
  const { objects } = await ports.state.list({ prefix: aliasesPrefix(address), limitCount: 1 });
  return objects.length > 0;
}

/** Has an article be found at its former addresses: markers come before the record that shows them. */
export async function noteAliases(ports: Ports, key: string, aliases: readonly string[]): Promise<void> {
  for (const alias of aliases) {
    const marker: AliasMarker = { schema: STATE_SCHEMA, nonce: ports.nonce(), key };
    await swapJson(ports.state, aliasKey(alias, key), marker, null);
  }
}
