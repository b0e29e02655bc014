/**
 * Bytes become text, chunk by chunk, in the encoding that the file names: a byte order mark, else `encoding="…"` of the
 * XML declaration, else UTF-8. Bytes that are no text of that encoding are refused with their line.
 */

import type { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { ImportFailure } from '../model/import-failure.ts';

const DECLARATION_BYTES = 200;

/** Texts in the order of the file. `where` is what messages call it. */
export async function* decodeChunks(stream: Readable, where: string): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  let head = Buffer.alloc(0);
  let line = 1;
  for await (const chunk of stream) {
    let bytes = chunk as Buffer;
    if (decoder === null) {
      head = Buffer.concat([head, bytes]);
      if (head.length < DECLARATION_BYTES) continue;
      [decoder, bytes] = [createDecoder(head, where), head];
    }
    const text = decode(decoder, bytes, true, where, line);
    line += countLines(text);
    yield text;
  }
  if (decoder === null) yield decode(createDecoder(head, where), head, false, where, line);
  else yield decode(decoder, Buffer.alloc(0), false, where, line);
}

function createDecoder(head: Buffer, where: string): TextDecoder {
  const encoding = nameEncoding(head);
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    const fix = 'Save the file as UTF-8, and correct its first line.';
    throw new ImportFailure(`${where}:1:`, `is in an encoding that is not known here: ${encoding}.`, fix);
  }
}

function nameEncoding(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head[0] === 0xef && head[1] === 0xbb) return 'utf-8';
  const start = head.subarray(0, DECLARATION_BYTES).toString('latin1');
  return /^\s*<\?xml\b[^>]*?\sencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(start)?.[1] ?? 'utf-8';
}

function decode(decoder: TextDecoder, bytes: Buffer, stream: boolean, where: string, line: number): string {
  try {
    return decoder.decode(bytes, { stream });
  } catch {
    const lenient = new TextDecoder(decoder.encoding).decode(bytes);
    const fault = line + countLines(lenient.slice(0, Math.max(0, lenient.indexOf('\uFFFD'))));
    throw new ImportFailure(
      `${where}:${fault}:`,
      `is not valid ${decoder.encoding.toUpperCase()} from here on.`,
      'Export again and do not edit the file: a text editor may have changed its encoding.',
    );
  }
}

export function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
