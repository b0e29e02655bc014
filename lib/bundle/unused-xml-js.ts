/**
 * Stands in bundles for `xml-js`, with which the package `feed` writes XML. `SiteFeed` overrides all of its writers
 * (lambda/render/feed/site-feed.ts), so it is never called there: 35 kB with the XML reader that it brings.
 *
 * @throws when it is called after all
 */
export function js2xml(): never {
  throw new Error('A writer of the package feed was called that SiteFeed does not override.');
}
