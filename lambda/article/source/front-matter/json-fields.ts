/** JSON front matter, and where in a JSON text a field or a mistake is. */

import { FRONT_MATTER_DEPTH_MAX, FRONT_MATTER_VALUES_MAX } from '../../../model/article-limits.ts';
import { type Field, type FieldsReading, toFieldValue } from '../../../model/fields.ts';

/** Reads a JSON object whose text begins on line `firstLine` of the file; Hexo leaves its braces out. */
export function readJsonFields(source: string, firstLine: number): FieldsReading {
  const text = source.trimStart().startsWith('{') ? source : `{${source}}`;
  const json = parseJson(text);
  if (json.kind === 'unreadable') {
    return {
      kind: 'unreadable',
      line: firstLine + json.line - 1,
      message: `The front matter is not valid JSON: ${json.message}.`,
      fix: 'Check quotation marks, commas and braces there and just before.',
    };
  }
  if (typeof json.value !== 'object' || json.value === null || Array.isArray(json.value)) return { kind: 'no-map' };
  if (!isWithinLimits(json.value)) {
    const message = `The front matter holds more than ${FRONT_MATTER_VALUES_MAX} values, or nests more than ${FRONT_MATTER_DEPTH_MAX} levels.`;
    return { kind: 'too-large', line: firstLine, message };
  }
  const lines = linesOfKeys(text);
  const fields = Object.entries(json.value).map(
    ([name, value]): Field => ({ name, value: toFieldValue(value), line: firstLine + (lines.get(name) ?? 1) - 1 }),
  );
  return { kind: 'fields', fields, notes: [] };
}

export type JsonReading =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'unreadable'; readonly line: number; readonly message: string };

export function parseJson(text: string): JsonReading {
  try {
    return { kind: 'value', value: JSON.parse(text) as unknown };
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const position = Number(/at position (\d+)/.exec(message)?.[1] ?? text.length);
    const line = text.slice(0, position).split('\n').length;
    return {
      kind: 'unreadable',
      line,
      message: message.replace(/ in JSON at position.*| at position.*|, ?\.{3}.*| \(line.*/s, ''),
    };
  }
}

/** Whether a JSON value is small and flat enough to be the fields of one article. */
export function isWithinLimits(value: unknown): boolean {
  return countValues(value, 0) <= FRONT_MATTER_VALUES_MAX;
}

function countValues(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 1;
  if (depth > FRONT_MATTER_DEPTH_MAX) return Number.POSITIVE_INFINITY;
  return Object.values(value).reduce<number>((sum, inner) => sum + countValues(inner, depth + 1), 1);
}

/** The line of a JSON text, from 1, on which each key first stands. */
export function linesOfKeys(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  let line = 1;
  // Each string is passed in one go, a key or not: one that began within it would end far behind it.
  for (const [found, key, colon] of text.matchAll(/\n|"([^"\\\n]*(?:\\.[^"\\\n]*)*)(?:"(?=(\s*:)?))?/g)) {
    if (found === '\n') line += 1;
    else if (key !== undefined && colon !== undefined && !lines.has(key)) lines.set(key, line);
  }
  return lines;
}
