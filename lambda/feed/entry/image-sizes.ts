/** Images of a text with the sizes that their files have, so that nothing moves when they arrive. */

import type { AssetFacts } from '../../article/media/media.ts';
import { publicAddress } from '../../model/addresses.ts';
import { escapeAttribute } from '../../text/characters.ts';

/** A whole tag: what looks like one within the value of an attribute is none. */
const TAG = /<(\/?[a-z][a-z\d]*)((?:"[^"]*"|[^">])*)>/g;

/**
 * Writes width and height into each image of the site's own that states neither.
 *
 * @param contentHtml safe HTML with absolute addresses
 * @param assets what is known of the files, by content key
 */
export function sizeImages(contentHtml: string, siteUrl: string, assets: ReadonlyMap<string, AssetFacts>): string {
  if (!contentHtml.includes('<img')) return contentHtml;
  const sizes = new Map<string, string>();
  for (const [key, { width, height }] of assets) {
    if (width === null || height === null) continue;
    sizes.set(escapeAttribute(publicAddress(siteUrl, key)), ` width="${width}" height="${height}"`);
  }
  return contentHtml.replace(TAG, (tag, name: string, attributes: string) => {
    if (name !== 'img' || /\s(?:width|height|srcset)=/.test(attributes)) return tag;
    const size = sizes.get(/\ssrc="([^"]*)"/.exec(attributes)?.[1] ?? '');
    return size === undefined ? tag : `<img${attributes}${size}>`;
  });
}
