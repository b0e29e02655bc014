/**
 * From bytes to text: UTF-8 with or without byte order marks, UTF-16 with one; every line break becomes `\n`.
 * Bytes that are no text in that encoding are a problem with their line, never replaced in silence.
 */

export type SourceText =
  | { readonly kind: 'text'; readonly text: string }
  /** `line` is the first that can't be read, from 1. */
  | { readonly kind: 'unreadable'; readonly encoding: string; readonly line: number };

const LINE_FEED = 0x0a;

const utf8 = new TextDecoder('utf-8', { fatal: true });

export function decodeSource(bytes: Uint8Array): SourceText {
  const encoding = encodingOf(bytes);
  try {
    const decoder = encoding === 'utf-8' ? utf8 : new TextDecoder(encoding, { fatal: true });
    // Tools that put one in front without a look leave two.
    const text = decoder.decode(bytes).replace(/^\uFEFF+/, '');
    return { kind: 'text', text: text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text };
  } catch {
    return { kind: 'unreadable', encoding: encoding.toUpperCase(), line: firstUnreadableLine(bytes, encoding) };
  }
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

function firstUnreadableLine(bytes: Uint8Array, encoding: string): number {
  if (encoding !== 'utf-8') return 1;
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed === -1 ? bytes.length : feed + 1;
    try {
      utf8.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end;
  }
  return line;
}
