/** Plain text, with header lines or without. */

import { soupOf } from '../../seeds.ts';
import { FIELD_NAMES, TEXT_WORDS, YAML_WORDS } from '../../words.ts';
import { createArticleTarget } from './article-target.ts';

export const target = createArticleTarget({
  name: 'text',
  endings: ['.txt'],
  dictionary: [...FIELD_NAMES, ...TEXT_WORDS],
  inputs: soupOf([...TEXT_WORDS, ...TEXT_WORDS, ...YAML_WORDS], ['', 'Title: A\n', '---\n']),
});
