/**
 * Stands for `bowser` in the bundle. In browsers the SDK has it read what the browser says of itself; the bundler keeps
 * it, since it is loaded late.
 */

export function parse(): never {
  throw new Error('The publisher runs in no browser.');
}
