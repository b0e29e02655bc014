/**
 * Which public paths are stored compressed as well, beside their plain bytes, and under which names. The publisher
 * writes by this rule and the edge function asks by it, so that neither ever asks for what the other didn't write.
 */

/** An encoding with the ending of the paths that hold it, the one that gains most first. */
export const VARIANTS = [
  { encoding: 'br', ending: '.br' },
  { encoding: 'gzip', ending: '.gz' },
] as const;

/** Even if each character takes three bytes there is room for the ending within the 1,024 of a key. */
const PATH_CHARACTERS_MAX = 340;

/** The path of which this would be a compressed copy; null where none has such copies. */
export function plainPathOf(path: string): string | null {
  const variant = VARIANTS.find((each) => path.endsWith(each.ending));
  const plain = variant === undefined ? path : path.slice(0, -variant.ending.length);
  return plain !== path && hasVariants(plain) ? plain : null;
}

/** Whether the path holds text: what else there is (images, audio) is compressed as it is. Takes the path decoded. */
export function hasVariants(path: string): boolean {
  return path.length <= PATH_CHARACTERS_MAX && /\.(xml|json|opml|html|txt|css|js|svg|vtt|srt)$/.test(path);
}
