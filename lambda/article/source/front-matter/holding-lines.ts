/**
 * Looks for a line such as `draft: true` at the top of a text whose fields can't be read: a fence is mistyped, a colon is
 * followed by no space, the file is too large. Whoever wrote that line doesn't want the text to be public.
 */

import { plainName } from '../../../model/fields.ts';
import { statesHold } from '../../fields/visibility/visibility.ts';

const LINES_COUNT_MAX = 200;
const LINE_CHARACTERS_MAX = 200;
/** What may be meant for the fence of front matter: also the dashes that word processors make, and a comment behind it. */
const FENCE = /^(?:[-–—]{1,5}|\+{2,4}|;{2,4})\s*(?:#.*|[a-z]*)$/i;
/** Code speaks of fields, and what stands in a table of TOML is about another thing. */
const OTHER = /^(?:```|~~~|\[)/;
const COMMENT_START = /^<!--/;
/** The colon may be the wide one of Chinese and Japanese keyboards. */
const FIELD = /^["']?([\p{L}_][\p{L}\p{N}_-]*)["']?\s*[:：=](?!:)\s*(.*?)\s*(?:\s#.*|,)?$/u;

/** The line that holds the text back, counted from 1; null if there is none up to the fence, or in the first paragraph. */
export function findHoldingLine(text: string): number | null {
  const lines = text.split('\n', LINES_COUNT_MAX).map((line) => line.trimEnd());
  const start = topOf(lines);
  const isFenced = FENCE.test(lines[start] ?? '');
  for (let index = isFenced ? start + 1 : start; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (FENCE.test(line) || (!isFenced && line === '') || OTHER.test(line)) return null;
    if (line.length > LINE_CHARACTERS_MAX) continue;
    const [, name = '', value = ''] = FIELD.exec(line) ?? [];
    if (statesHold(plainName(name), value.replace(/^(["'])(.*)\1$/, '$2'))) return index + 1;
  }
  return null;
}

/** The first line that is neither blank nor in a comment. */
function topOf(lines: readonly string[]): number {
  const start = lines.findIndex((line) => line !== '');
  if (!COMMENT_START.test(lines[start] ?? '')) return start;
  const end = lines.findIndex((line, at) => at >= start && line.endsWith('-->'));
  const next = lines.findIndex((line, at) => at > end && line !== '');
  return end === -1 ? start : next;
}
