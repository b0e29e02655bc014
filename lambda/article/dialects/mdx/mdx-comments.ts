/** Comments of MDX in files that are called `.md`: Docusaurus reads all its files as MDX. They have lines of their own. */

import { createPatternFinder } from '../../markdown/pattern-finder.ts';
import type { Edit } from '../shape/body-text.ts';
import type { Dialect } from '../shape/dialect.ts';

const COMMENT_START = /^[ \t]*\{\/\*/gm;
const COMMENT_END = /\*\/\}[ \t]*(?=\n|$)/g;
/** Docusaurus: where the part for lists ends. */
const EXCERPT_END = /^\s*\{\/\*\s*truncate\s*\*\/\}/;

export const mdxComments: Dialect<unknown> = {
  name: 'comments of MDX in Markdown',
  applies: (text, { kind, mdx }) => kind === 'markdown' && !mdx && text.includes('{/*'),
  expand: (body) => {
    const { text } = body;
    const findEnd = createPatternFinder(text, COMMENT_END);
    const edits: Edit[] = [];
    for (const { index: start } of body.matches(COMMENT_START)) {
      const end = findEnd(start)?.end;
      if (end === undefined || start < (edits.at(-1)?.end ?? 0)) continue;
      const comment = text.slice(start, end);
      // The end is that of another comment.
      if (comment.lastIndexOf('{/*') > comment.indexOf('{/*')) continue;
      const shown = EXCERPT_END.test(comment) ? '<!--more-->' : comment.replace(/[^\n]+/g, '');
      edits.push({ start, end, text: shown });
    }
    body.edit(edits);
  },
};
