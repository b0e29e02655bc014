/**
 * Stands for `xml-js` in the bundle. The `feed` package writes its XML with it; the publisher's feeds have writers of
 * their own in place of those.
 */

export function js2xml(): never {
  throw new Error('The writers of the feed package are not in the bundle.');
}
