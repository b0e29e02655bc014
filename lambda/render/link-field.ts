/** The header field `Link` of a feed document (RFC 8288), as WebSub wants it: its own address, and the hubs. */

import { toUri } from '../address/outward-address.ts';
import { publicAddress } from '../model/addresses.ts';
import type { Site } from '../model/site.ts';

/** S3 keeps 2,048 bytes of metadata with an object, names included. */
const LINK_BYTES_MAX = 1_900;

/** In ASCII; without hubs that there is no room for. Archive documents have no hubs, since nobody subscribes to them. */
export function renderLinkField(site: Pick<Site, 'url' | 'hubs'>, path: string): string | null {
  const self = `<${toUri(publicAddress(site.url, path))}>; rel="self"`;
  if (self.length > LINK_BYTES_MAX) return null;
  const hubs = /(?:^|\/)archive\//.test(path) ? [] : site.hubs;
  return hubs.reduce((field, hub) => {
    const longer = `${field}, <${toUri(hub)}>; rel="hub"`;
    return longer.length > LINK_BYTES_MAX ? field : longer;
  }, self);
}
