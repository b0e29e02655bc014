/** Texts of other files that an article takes in. */

import { isFileKey } from '../../../../lambda/address/article-key.ts';
import { findInclusions, type Inclusion, putInclusions } from '../../../../lambda/article/source/includes.ts';
import type { FuzzTarget } from '../../engine/target.ts';
import { bytesOf, soupOf } from '../../seeds.ts';

interface Outcome {
  readonly length: number;
  readonly places: readonly Pick<Inclusion, 'start' | 'end' | 'keys'>[];
  readonly text: string;
}

const KEY = 'docs/posts/a.mdx';
/** The contents of every file. */
const TAKEN_IN =
  '---\ntitle: Part\n---\n// #region b\nWithin `it`.\n// #endregion b\n--8<-- [start:c]\n```\n--8<-- [end:c]\n';
const WORDS = [
  ...['<!--@include: ./b.md-->', '<!-- @include: ../b.md#b{1,2} -->', '<<< ./b.js', '<<< @/b.js#b{2} [x]', '\n', '  '],
  ...[
    '--8<-- "b.txt"',
    '--8<-- "b.txt:c"',
    '-8<- "b.txt:1:3"',
    '{% include_relative b.md %}',
    '{% include b.md x="y" %}',
  ],
  ...[
    '{% include_code A lang:js from:2 to:9 b.js %}',
    '{%- include c/b.markdown -%}',
    "import P from './_b.md'\n",
    '<P />',
  ],
  ...[
    '<P a="b"></P>',
    'import Q from "@site/b.mdx";\n',
    '```',
    '../',
    './',
    '#',
    '{',
    '}',
    ':',
    '"',
    '%}',
    '-->',
    '/',
    '~/',
  ],
];

export const target: FuzzTarget<Outcome> = {
  name: 'inclusions',
  seeds: () => WORDS.map((word) => bytesOf(`One.\n\n${word}\n\nTwo.\n`)),
  dictionary: WORDS,
  inputs: soupOf(WORDS),
  run(input) {
    const text = new TextDecoder().decode(input).replaceAll('\r', '');
    const found = findInclusions(text, KEY);
    const put = putInclusions(text, found, ({ keys: [key = ''] }) => ({ key, text: TAKEN_IN }));
    return { length: text.length, places: found.map(({ start, end, keys }) => ({ start, end, keys })), text: put };
  },
  judge: ({ length, places, text }) => [
    ...places.flatMap(({ start, end, keys }, index) => [
      ...(start < end && end <= length ? [] : [`an inclusion from ${start} to ${end} of ${length}`]),
      ...(start >= (places[index - 1]?.end ?? 0) ? [] : ['an inclusion within another']),
      ...keys.flatMap((key) => (isFileKey(key) ? [] : [`an inclusion of ${JSON.stringify(key)}`])),
    ]),
    ...(text.length <= length + places.length * 2 * TAKEN_IN.length * 10 ? [] : ['the text grows without end']),
  ],
};
