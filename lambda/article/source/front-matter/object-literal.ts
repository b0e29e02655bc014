/**
 * Reads a JavaScript object literal as data, as MDX articles write their fields: `export const meta = {…}`. Nothing is
 * evaluated. Strings, template strings without holes, numbers, booleans, null, arrays, objects and bare names are data;
 * a call, a function, an operator is not, and makes the literal unreadable.
 */

import { FRONT_MATTER_DEPTH_MAX } from '../../../model/article-limits.ts';
import { type FieldValue, plainName } from '../../../model/fields.ts';

interface LiteralField {
  readonly name: string;
  readonly value: FieldValue;
  /** Where its name begins in the source. */
  readonly start: number;
}

export type LiteralReading =
  | { readonly kind: 'object'; readonly fields: readonly LiteralField[]; readonly end: number }
  | { readonly kind: 'unreadable'; readonly at: number };

/** Reads the object whose `{` is at `start`; bare names mean what `names` says, else their own text. */
export function readObjectLiteral(source: string, start: number, names: ReadonlyMap<string, string>): LiteralReading {
  const reader: Reader = { source, names, at: start };
  try {
    const fields = readObject(reader, 0);
    return { kind: 'object', fields, end: reader.at };
  } catch (error) {
    if (!(error instanceof NotData)) throw error;
    return { kind: 'unreadable', at: reader.at };
  }
}

interface Reader {
  readonly source: string;
  readonly names: ReadonlyMap<string, string>;
  at: number;
}

class NotData extends Error {}

function readObject(reader: Reader, depth: number): readonly LiteralField[] {
  if (depth > FRONT_MATTER_DEPTH_MAX) throw new NotData();
  const fields: LiteralField[] = [];
  expect(reader, '{');
  while (!accept(reader, '}')) {
    skipSpace(reader);
    const start = reader.at;
    const quoted = /["'`]/.test(peek(reader));
    const name = quoted ? readString(reader) : readName(reader);
    const value = accept(reader, ':') ? readValue(reader, depth) : shorthand(reader, name, quoted);
    fields.push({ name, value, start });
    if (!accept(reader, ',') && peek(reader) !== '}') throw new NotData();
  }
  return fields;
}

/** `{ image }` is `{ image: image }`. */
function shorthand(reader: Reader, name: string, quoted: boolean): FieldValue {
  if (quoted || !/[,}]/.test(peek(reader))) throw new NotData();
  return reader.names.get(name) ?? name;
}

function readValue(reader: Reader, depth: number): FieldValue {
  const next = peek(reader);
  if (/["'`]/.test(next)) return readJoinedStrings(reader);
  if (next === '{') {
    return new Map(readObject(reader, depth + 1).map((field) => [plainName(field.name), field.value]));
  }
  if (next === '[') return readArray(reader, depth + 1);
  const number = /[-+]?(?:\d[\d_]*(?:\.\d*)?e[-+]?\d+|\d[\w.]*)/iy;
  number.lastIndex = reader.at;
  const digits = number.exec(reader.source)?.[0];
  if (digits !== undefined) {
    reader.at += digits.length;
    return digits;
  }
  const name = readName(reader);
  if (/[.([=?+]/.test(peek(reader))) throw new NotData();
  if (name === 'null' || name === 'undefined') return null;
  return reader.names.get(name) ?? name;
}

function readArray(reader: Reader, depth: number): readonly FieldValue[] {
  if (depth > FRONT_MATTER_DEPTH_MAX) throw new NotData();
  const items: FieldValue[] = [];
  expect(reader, '[');
  while (!accept(reader, ']')) {
    items.push(readValue(reader, depth));
    if (!accept(reader, ',') && peek(reader) !== ']') throw new NotData();
  }
  return items;
}

/** Long texts are often cut into pieces joined by `+`. */
function readJoinedStrings(reader: Reader): string {
  let text = readString(reader);
  while (accept(reader, '+')) {
    if (!/["'`]/.test(peek(reader))) throw new NotData();
    text += readString(reader);
  }
  return text;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
  '\n': '',
};

function readString(reader: Reader): string {
  const quote = peek(reader);
  reader.at += 1;
  let text = '';
  for (;;) {
    const character = reader.source[reader.at];
    if (character === undefined || (character === '\n' && quote !== '`')) throw new NotData();
    if (character === '$' && quote === '`' && reader.source[reader.at + 1] === '{') throw new NotData();
    reader.at += 1;
    if (character === quote) return text;
    text += character === '\\' ? readEscape(reader) : character;
  }
}

function readEscape(reader: Reader): string {
  const code = /u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})/iy;
  code.lastIndex = reader.at;
  const match = code.exec(reader.source);
  if (match !== null) {
    const point = Number.parseInt(match[1] ?? match[2] ?? match[3] ?? '', 16);
    if (point > 0x10ffff) throw new NotData();
    reader.at += match[0].length;
    return String.fromCodePoint(point);
  }
  const character = reader.source[reader.at];
  if (character === undefined) throw new NotData();
  reader.at += 1;
  return ESCAPES[character] ?? character;
}

function readName(reader: Reader): string {
  skipSpace(reader);
  const name = /[\p{L}_$][\p{L}\p{N}_$]*|\d+/uy;
  name.lastIndex = reader.at;
  const match = name.exec(reader.source);
  if (match === null) throw new NotData();
  reader.at += match[0].length;
  return match[0];
}

function peek(reader: Reader): string {
  skipSpace(reader);
  return reader.source[reader.at] ?? '';
}

function accept(reader: Reader, character: string): boolean {
  if (peek(reader) !== character) return false;
  reader.at += 1;
  return true;
}

function expect(reader: Reader, character: string): void {
  if (!accept(reader, character)) throw new NotData();
}

function skipSpace(reader: Reader): void {
  const space = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
  space.lastIndex = reader.at;
  space.exec(reader.source);
  reader.at = Math.max(reader.at, space.lastIndex);
}
