/**
 * robots.txt: that of the content where there is one, else one that names the sitemaps. Its lane has the name that the
 * file has as an asset, so that one writer decides.
 */

import { publicAddress } from '../../model/addresses.ts';
import type { Site } from '../../model/site.ts';
import { renderRobots } from '../../render/sitemap.ts';
import { readJson, STATE_SCHEMA, type StateObject, swapJson } from '../../state/json-object.ts';
import { ROBOTS_STATE_KEY } from '../../state/keys.ts';
import { type DocumentCounts, writeDocument } from '../protocol/documents.ts';
import type { Ports } from '../protocol/ports.ts';
import { NEWS_SITEMAP_PATH, SITEMAP_PATH } from './sitemap-pages.ts';

/** Its content key, and its path on the site. */
export const ROBOTS_KEY = 'robots.txt';

interface RobotsState extends StateObject {
  /** Version of the content object that is public; null when there was none. */
  readonly sourceVersion: string | null;
}

export async function workOnRobots(ports: Ports, site: Site): Promise<DocumentCounts> {
  const stored = await readJson<RobotsState>(ports.state, ROBOTS_STATE_KEY);
  const own = await ports.content.read(ROBOTS_KEY);
  const sitemaps = site.newsSitemap ? [SITEMAP_PATH, NEWS_SITEMAP_PATH] : [SITEMAP_PATH];
  const body = own?.body ?? renderRobots(sitemaps.map((path) => publicAddress(site.url, path)));
  const counts = await writeDocument(ports, ROBOTS_KEY, body, 'text/plain; charset=utf-8', 'sitemap');
  const sourceVersion = own?.version ?? null;
  if (stored?.value.sourceVersion !== sourceVersion) {
    const state: RobotsState = { schema: STATE_SCHEMA, nonce: ports.nonce(), sourceVersion };
    await swapJson(ports.state, ROBOTS_STATE_KEY, state, stored?.version ?? null);
  }
  return counts;
}

/** Whether an event of the file must have been lost. */
export async function isRobotsLost(ports: Ports): Promise<boolean> {
  const stored = await readJson<RobotsState>(ports.state, ROBOTS_STATE_KEY);
  const present = await ports.content.inspect(ROBOTS_KEY);
  return (stored?.value.sourceVersion ?? null) !== (present?.version ?? null);
}
