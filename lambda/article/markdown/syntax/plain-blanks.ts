/**
 * Keeps markdown-it from taking time without end. For its pattern of a tag an odd blank in a value without quotes ends the
 * value, or is a part of it: it tries all combinations, 2^n of n.
 */

import type { MarkdownIt } from 'markdown-it';

export function addPlainBlanks(parser: MarkdownIt): void {
  parser.core.ruler.after('normalize', 'plain_blanks', (state) => {
    state.src = withPlainBlanks(state.src);
  });
}

/** Blanks that HTML does not know as such. */
const ODD_BLANK = /[^\S \t\n\v\f\r]/g;
const ODD_BLANKS_MAX = 8;
const BARE_VALUE = /=\s*(?:[^\s"'=<>`]|[^\S \t\n\v\f\r])*/g;

/** Where values hold more than a few odd blanks, these become blanks that end them. */
export function withPlainBlanks(text: string): string {
  if (text.search(ODD_BLANK) === -1 || !/<[a-z]/i.test(text)) return text;
  let count = 0;
  for (const [value] of text.matchAll(BARE_VALUE)) count += value.match(ODD_BLANK)?.length ?? 0;
  return count <= ODD_BLANKS_MAX ? text : text.replace(BARE_VALUE, (value) => value.replace(ODD_BLANK, ' '));
}
