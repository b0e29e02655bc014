/** Percent-encoding, undone wherever an address or a key may be encoded in any way, or not at all. */

/** Null for what is not percent-encoded UTF-8. */
export function decodePercent(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
