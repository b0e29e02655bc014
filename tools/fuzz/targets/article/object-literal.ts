/** Fields that are written as JavaScript. What is JSON must be read as what it says. */

import fc from 'fast-check';
import {
  type LiteralReading,
  readObjectLiteral,
} from '../../../../lambda/article/source/front-matter/object-literal.ts';
import type { FieldValue } from '../../../../lambda/model/fields.ts';
import type { FuzzTarget } from '../../engine/target.ts';
import { bytesOf, objectOf, soupOf } from '../../seeds.ts';
import { FIELD_NAMES } from '../../words.ts';

const WORDS = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '"',
  "'",
  '`',
  '\\',
  '\\u{1F30A}',
  '\\x41',
  '\\\n',
  '+',
  '//',
  '/*',
  '*/',
  '${',
  '(',
  ')',
  '=>',
  '.',
  '1',
  '-1',
  'a',
  'hero',
  'null',
  'undefined',
  '\n',
  ' ',
];
const NAMES = new Map([['hero', 'https://coast.example/hero.png']]);
const DEPTH_READ = 8;

export const target: FuzzTarget<LiteralReading> = {
  name: 'object-literal',
  seeds: () =>
    ['{title: "a", b: [1, \'x\', {c: `d`}], hero, // y\n}', '{"a": "b" + \'c\', /* x */ d: null}'].map(bytesOf),
  dictionary: [...WORDS, ...FIELD_NAMES],
  inputs: fc.oneof(soupOf([...WORDS, ...FIELD_NAMES], ['{']), objectOf(FIELD_NAMES)),
  run: (input) => readObjectLiteral(new TextDecoder().decode(input), 0, NAMES),
  judge(reading, input) {
    const source = new TextDecoder().decode(input);
    const place = reading.kind === 'object' ? reading.end : reading.at;
    return [
      ...(place >= 0 && place <= source.length ? [] : [`it ends at ${place} of ${source.length}`]),
      ...compareWithJson(reading, source),
    ];
  },
};

function compareWithJson(reading: LiteralReading, source: string): readonly string[] {
  const value = parseJson(source);
  if (value === null || depthOf(value) > DEPTH_READ) return [];
  if (reading.kind !== 'object') return [`JSON can't be read at ${reading.at}`];
  const texts = Object.entries(value).filter(([name, text]) => typeof text === 'string' && name !== '');
  return texts.flatMap(([name, text]) => {
    const read: FieldValue | undefined = reading.fields.findLast((field) => field.name === name)?.value;
    return read === text ? [] : [`${JSON.stringify(name)} is ${JSON.stringify(read)}`];
  });
}

function parseJson(source: string): object | null {
  try {
    const value: unknown = JSON.parse(source);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
