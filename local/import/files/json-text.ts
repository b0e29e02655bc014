/** JSON that a program has exported: what is wrong with it is told with its line and column. */

import { decodeSource } from '../../../lambda/text/source-text.ts';
import { ImportFailure } from '../model/import-failure.ts';

/** `where` is what messages call the file. Throws an `ImportFailure` for what can't be read. */
export function readJson(bytes: Buffer, where: string): unknown {
  const source = decodeSource(bytes);
  if (source.kind === 'unreadable') {
    throw new ImportFailure(`${where}:${source.line}:`, `is not valid ${source.encoding} from here on.`, AGAIN);
  }
  try {
    return JSON.parse(source.text) as unknown;
  } catch (error) {
    throw explain(source.text, error instanceof Error ? error.message : '', where);
  }
}

const AGAIN = 'Download it again, and compare its size. Nothing was written.';

function explain(text: string, message: string, where: string): ImportFailure {
  const place = placeIn(text, message);
  const line = text.slice(0, place).split('\n').length;
  const column = place - text.lastIndexOf('\n', place - 1);
  const isCut = place >= text.trimEnd().length || /^Unterminated|end of JSON/.test(message);
  const what = isCut ? 'ends here, in the middle: the file was cut off.' : 'is no JSON from here on.';
  return new ImportFailure(`${where}:${line}:${column}:`, what, AGAIN);
}

/** The parser tells a position, or quotes what stands around it, or means the end. */
function placeIn(text: string, message: string): number {
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return Number(position);
  const [, token = '', quoted = ''] =
    /^Unexpected token '(.+?)', (?:\.\.\.)?"(.*?)"(?:\.\.\.)? is not valid JSON$/s.exec(message) ?? [];
  const start = quoted === '' ? -1 : text.indexOf(quoted);
  if (start === -1) return text.length;
  // The fault is in the middle of the quotation, or anywhere in a short text.
  const found = text.indexOf(token, start + (quoted.length < text.length ? Math.floor(quoted.length / 2) - 1 : 0));
  return found === -1 ? start : found;
}
