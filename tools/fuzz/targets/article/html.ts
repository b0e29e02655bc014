/** Whole pages and parts of pages. */

import { soupOf } from '../../seeds.ts';
import { FIELD_NAMES, HTML_WORDS } from '../../words.ts';
import { createArticleTarget } from './article-target.ts';

export const target = createArticleTarget({
  name: 'html',
  endings: ['.html', '.htm'],
  dictionary: [...FIELD_NAMES, ...HTML_WORDS],
  inputs: soupOf(HTML_WORDS, ['', '<!doctype html><html><head>', '---\ntitle: A\n---\n']),
});
