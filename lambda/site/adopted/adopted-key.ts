/** Where adopted ids and dates lie (adopted.ts says what they are). */

import { createHash } from 'node:crypto';

/** Its files are never public, and no articles. */
export const ADOPTED_FOLDER = '.adopted/';

const ADOPTED_KEY = /^\.adopted\/[\da-f]{2}\.yaml$/;

export function isAdoptedKey(key: string): boolean {
  return ADOPTED_KEY.test(key);
}

/** The file that says what is known of an article: all files together have any number of articles, and one is read. */
export function adoptedKeyFor(articleKey: string): string {
  const hash = createHash('sha256').update(articleKey).digest('hex');
  return `${ADOPTED_FOLDER}${hash.slice(0, 2)}.yaml`;
}
