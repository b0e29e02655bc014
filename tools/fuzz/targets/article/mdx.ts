/** Markdown with components, and fields that are JavaScript. */

import { soupOf } from '../../seeds.ts';
import { FIELD_NAMES, MARKDOWN_WORDS, MDX_WORDS, YAML_WORDS } from '../../words.ts';
import { createArticleTarget } from './article-target.ts';

export const target = createArticleTarget({
  name: 'mdx',
  endings: ['.mdx', '.md'],
  dictionary: [...FIELD_NAMES, ...MDX_WORDS, ...MARKDOWN_WORDS, ...YAML_WORDS],
  inputs: soupOf(
    [...MDX_WORDS, ...MDX_WORDS, ...MARKDOWN_WORDS],
    ['', 'export const meta = {', 'import A from "./a.png"\n\n'],
  ),
});
