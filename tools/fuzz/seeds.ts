/** The seeds of fuzzing: the sample publication, the hostile inputs, and real posts where a collection lies near. */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { ALL_ARTICLES } from '../hostile/inputs.ts';

const SAMPLE = fileURLToPath(new URL('../../content', import.meta.url));
const CORPUS = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));

const SEED_BYTES_MAX = 6 * 1024;
/** Of the real posts: more would only take longer. */
const POSTS_MAX = 100;
const encoder = new TextEncoder();

export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Articles of these endings: the sample's, the hostile ones, and some of the real posts. */
export function articleSeeds(endings: readonly string[]): readonly Uint8Array[] {
  const hostile = ALL_ARTICLES.filter(({ key }) => endings.some((ending) => key.endsWith(ending)));
  return [
    ...filesWith(SAMPLE, endings, Number.POSITIVE_INFINITY),
    ...filesWith(CORPUS, endings, POSTS_MAX),
    ...hostile.map(({ body }) => (typeof body === 'string' ? bytesOf(body) : body)),
  ].filter(({ length }) => length <= SEED_BYTES_MAX);
}

/** Files of the sample publication that have one of these endings. */
export function sampleFiles(endings: readonly string[]): readonly Uint8Array[] {
  return filesWith(SAMPLE, endings, Number.POSITIVE_INFINITY);
}

function filesWith(folder: string, endings: readonly string[], countMax: number): readonly Uint8Array[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .sort();
  const every = Math.max(1, Math.ceil(names.length / countMax));
  return names
    .filter((_, index) => index % every === 0)
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && statSync(path).size <= SEED_BYTES_MAX)
    .map((path) => new Uint8Array(readFileSync(path)));
}

/** Texts that trouble whoever takes them for harmless. */
export const ODD_TEXTS: readonly string[] = [
  ...[
    '',
    ' ',
    '\n',
    '\r\n',
    '\t',
    '\0',
    '\u001b[31m',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\u202e',
    '\ufeff',
    '\ufffe',
    '🌊',
    'é',
    'е',
  ],
  ...[
    '&',
    '&amp;',
    '&#0;',
    '&#x1F30A;',
    '&lt;b&gt;',
    '<',
    '</',
    '<b>',
    '</b>',
    '<!--',
    '-->',
    ']]>',
    '<![CDATA[',
    '<?xml',
    '"',
    "'",
  ],
  ...[
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example/',
    '/\\evil.example',
    '../',
    '%2e%2e',
    '%00',
    '%',
    'a b',
    'C++',
    '#',
  ],
  ...[
    'https://a.example/',
    'HTTPS://A.example',
    'http://[::1]/',
    'mailto:a@b.example',
    'https://ü.example/ü?ü#ü',
    'https://',
    'a@b',
  ],
  ...[
    '0',
    '-1',
    '1e999',
    'NaN',
    'null',
    'true',
    '2024-02-30',
    '2024-01-01T25:00',
    '10000-01-01',
    '9998-12-31T23:59-23:59',
    '1000-01-01T00:00+23:59',
  ],
  ...['__proto__', 'constructor', 'toString', 'x'.repeat(1_001)],
];

/** Texts of ordinary characters, of odd ones, and of both. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...ODD_TEXTS),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc
    .array(fc.oneof(fc.constantFrom(...ODD_TEXTS), fc.string({ maxLength: 6 })), { maxLength: 6 })
    .map((parts) => parts.join('')),
);

/** Texts made of words of a format, in any order, with something between. */
export function soupOf(words: readonly string[], beginnings: readonly string[] = ['']): fc.Arbitrary<Uint8Array> {
  const word = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: anyText });
  return fc
    .tuple(fc.constantFrom(...beginnings), fc.array(word, { maxLength: 40 }))
    .map(([beginning, parts]) => bytesOf(beginning + parts.join('')));
}

/** JSON of these names with texts, lists and maps for values. */
export function objectOf(names: readonly string[]): fc.Arbitrary<Uint8Array> {
  return fc
    .dictionary(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, anyText), anyValue(names), {
      maxKeys: 12,
    })
    .map((object) => bytesOf(JSON.stringify(object)));
}

/** Any value of JSON whose maps have these names. */
export function anyValue(names: readonly string[]): fc.Arbitrary<unknown> {
  const { value } = fc.letrec<{ readonly value: unknown }>((tie) => ({
    value: fc.oneof(
      { weight: 6, arbitrary: anyText },
      { weight: 1, arbitrary: fc.oneof(fc.double(), fc.integer(), fc.boolean(), fc.constant(null)) },
      { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 4 }) },
      { weight: 1, arbitrary: fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 4 }) },
    ),
  }));
  return value;
}
