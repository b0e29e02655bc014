/** Markdown with front matter of every kind. */

import { soupOf } from '../../seeds.ts';
import { FIELD_NAMES, MARKDOWN_WORDS, YAML_WORDS } from '../../words.ts';
import { createArticleTarget } from './article-target.ts';

const FIELDS = FIELD_NAMES.map((name) => `\n${name}: `);

export const target = createArticleTarget({
  name: 'markdown',
  endings: ['.md', '.markdown'],
  dictionary: [...FIELD_NAMES, ...YAML_WORDS, ...MARKDOWN_WORDS],
  inputs: soupOf([...FIELDS, ...YAML_WORDS, ...MARKDOWN_WORDS], ['', '---\n', '---\ntitle: A\n---\n', '+++\n', '{\n']),
});
