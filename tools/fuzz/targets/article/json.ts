/** JSON: one article, a list of them, a JSON Feed. */

import fc from 'fast-check';
import { bytesOf, objectOf } from '../../seeds.ts';
import { FIELD_NAMES } from '../../words.ts';
import { createArticleTarget } from './article-target.ts';

const article = objectOf(FIELD_NAMES);
const list = fc.array(article, { maxLength: 4 }).map((parts) => {
  const texts = parts.map((part) => new TextDecoder().decode(part));
  return bytesOf(`{"version": "https://jsonfeed.org/version/1.1", "items": [${texts.join(',')}]}`);
});

export const target = createArticleTarget({
  name: 'json',
  endings: ['.json'],
  dictionary: [
    ...FIELD_NAMES.map((name) => `"${name}": `),
    '{',
    '}',
    '[',
    ']',
    ', ',
    '"',
    '\\ud800',
    '\\u0000',
    '1e400',
    'null',
  ],
  inputs: fc.oneof({ weight: 3, arbitrary: article }, { weight: 1, arbitrary: list }),
});
