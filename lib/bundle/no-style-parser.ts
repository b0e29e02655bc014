/**
 * Stands for `postcss` in the bundle. sanitize-html asks for it to look into `style` attributes, which the publisher
 * drops whole; should it ever ask, it takes the failure for a style that can't be read, and drops it as well.
 */

export function parse(): never {
  throw new Error('Styles are not parsed.');
}
