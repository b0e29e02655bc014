/** Slugs: what makes two spellings one tag, and words into a part of an address. */

export const SLUG_CHARACTERS_MAX = 100;

/**
 * Lower case in Unicode's composed form (NFC), with letters, marks and digits of every script kept and everything else
 * a hyphen; `c++` is `c-plus-plus`, `c#` is `c-sharp`. Never empty: what has no letter gets a short word made from its
 * characters, the same each time.
 */
export function slugify(text: string): string {
  const words = text
    .normalize('NFC')
    .toLowerCase()
    .normalize('NFC')
    .replace(/(?<=[\p{L}\p{N}])\+\+/gu, ' plus plus ')
    .replace(/(?<=[\p{L}\p{N}])\+(?![\p{L}\p{N}])/gu, ' plus ')
    .replace(/(?<=[\p{L}\p{N}])#/gu, ' sharp ')
    .replace(/['’]/gu, '')
    // A joiner stays only inside words, where Persian and Indic scripts need it.
    .replace(/(?<![\p{L}\p{M}])[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{M}])/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}\u200c\u200d]+/gu, '-')
    .replace(/^[-\p{M}]+|-+$/gu, '');
  if (words === '') return `x${hashWord(text)}`;
  const characters = [...words];
  if (characters.length <= SLUG_CHARACTERS_MAX) return words;
  // What is cut off stays in the hash, so that two long texts with one beginning don't become one.
  const hash = hashWord(words);
  return `${characters
    .slice(0, SLUG_CHARACTERS_MAX - hash.length - 1)
    .join('')
    .replace(/-+$/, '')}-${hash}`;
}

/** FNV-1a over code units: short and stable; nothing depends on it being hard to forge. */
function hashWord(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
