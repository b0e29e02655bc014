/** What code that shows nothing leaves of the line that it began. */

import type { Edit } from '../shape/body-text.ts';

/**
 * The edits, of which those that leave nothing at the beginning of a line also take the blanks behind them: four blanks in
 * front would make Markdown's code of the line, and show its comments.
 *
 * @param edits in order of their places
 */
export function withoutLeftBlanks(text: string, edits: readonly Edit[]): readonly Edit[] {
  let passed = 0;
  /** Whether nothing but blanks is left of the line so far. */
  let isBlank = true;
  return edits.map((edit, index) => {
    const gap = text.slice(passed, edit.start);
    const line = gap.lastIndexOf('\n') + 1;
    isBlank = (isBlank || line > 0) && gap.slice(line).trim() === '';
    passed = edit.end;
    if (edit.text !== '') isBlank = edit.text.endsWith('\n');
    else if (isBlank) {
      const next = edits[index + 1]?.start ?? text.length;
      while (passed < next && (text[passed] === ' ' || text[passed] === '\t')) passed += 1;
    }
    return passed === edit.end ? edit : { ...edit, end: passed };
  });
}
