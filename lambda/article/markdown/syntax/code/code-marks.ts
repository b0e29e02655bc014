/** Remarks in code by which highlighters are told what to mark: `// [!code ++]` (Shiki, VitePress), `// highlight-next-line`. */

import type { MarkdownIt, StateCore } from 'markdown-it';

export function addCodeMarks(parser: MarkdownIt): void {
  parser.core.ruler.after('block', 'code_marks', dropMarks);
}

const OPENER = '(?://|#|--|;|%|<!--|/\\*|\\{/\\*)';
const MARK =
  '(?:\\[!code (?:\\+\\+|--|focus|hl|highlight|warning|error|info|word:[^\\]\\n]{1,100})(?::\\d{1,4})?\\]|highlight-(?:next-line|start|end))';
const CLOSER = '(?:-->|\\*/\\}?)?';
/** A line that holds nothing else goes as a whole. */
const LINE = new RegExp(`^[ \\t]*${OPENER}[ \\t]*${MARK}[ \\t]*${CLOSER}[ \\t]*(?:\\n|$)`, 'gm');
const REMARK = new RegExp(`(?<![ \\t])[ \\t]*${OPENER}[ \\t]*${MARK}[ \\t]*${CLOSER}[ \\t]*$`, 'gm');

function dropMarks({ tokens }: StateCore): void {
  for (const token of tokens) {
    if (token.type !== 'fence' || !/\[!code |highlight-/.test(token.content)) continue;
    token.content = token.content.replace(LINE, '').replace(REMARK, '');
  }
}
