/**
 * Links from pages to feeds that are not public yet. A page leaves a marker before it looks whether the feed is there. The
 * feed says first that it is, then looks for markers. So either the page sees the feed, or the feed sees the marker and has the
 * page written again.
 */

import { minimumOf } from '../../feed/opening.ts';
import type { Site } from '../../model/site.ts';
import { encodeJson, readJson, STATE_SCHEMA, type StateObject } from '../../state/json-object.ts';
import { openedKey, unlinkedKey, unlinkedPrefix } from '../../state/keys.ts';
import { mapBounded } from '../../store/bounded.ts';
import { addressMessages } from './page-messages.ts';
import type { Ports } from './ports.ts';

const OBJECTS_AT_ONCE_MAX = 16;
const PORTION_COUNT = 500;

interface UnlinkedMarker extends StateObject {
  /** Of the page. */
  readonly address: string;
}

/**
 * Those of the feeds to which the page at an address may link. The others have it written again when they come. Costs one
 * look a feed that is there, and none where every feed has documents from its first entry on.
 */
export async function findOpened(
  ports: Ports,
  site: Site,
  feeds: readonly string[],
  address: string,
): Promise<readonly string[]> {
  const looked = await mapBounded(feeds, OBJECTS_AT_ONCE_MAX, (feed) => isOpened(ports, site, feed, address));
  return feeds.filter((_, index) => looked[index]);
}

async function isOpened(ports: Ports, site: Site, feed: string, address: string): Promise<boolean> {
  const isThere = async (): Promise<boolean> => (await ports.state.inspect(openedKey(feed))) !== null;
  if (minimumOf(feed, site) === 1 || (await isThere())) return true;
  const key = unlinkedKey(feed, address);
  const marker: UnlinkedMarker = { schema: STATE_SCHEMA, nonce: ports.nonce(), address };
  await ports.state.write(key, encodeJson(marker));
  if (!(await isThere())) return false;
  await ports.state.remove(key);
  return true;
}

/** Says that the feed's documents are there, and has the pages written again that wait to link to it. */
export async function tellOpened(ports: Ports, feed: string): Promise<void> {
  await ports.state.write(openedKey(feed), encodeJson({ schema: STATE_SCHEMA, nonce: ports.nonce() }));
  let after: string | null = '';
  while (after !== null) {
    const { objects, next } = await ports.state.list({
      prefix: unlinkedPrefix(feed),
      after,
      limitCount: PORTION_COUNT,
    });
    const markers = await mapBounded(objects, OBJECTS_AT_ONCE_MAX, ({ key }) =>
      readJson<UnlinkedMarker>(ports.state, key),
    );
    await ports.queue.sendLaneWork(addressMessages(markers.flatMap((marker) => marker?.value.address ?? [])));
    await mapBounded(objects, OBJECTS_AT_ONCE_MAX, ({ key }) => ports.state.remove(key));
    after = next;
  }
}
