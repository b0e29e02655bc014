/** TOML front matter. Dates and numbers are taken as they stand in the file: the parser rolls 29 February over. */

import { parse, TomlError } from 'smol-toml';
import { type Field, type FieldsReading, toFieldValue } from './fields.ts';
import { FRONT_MATTER_DEPTH_MAX } from './limits.ts';

/** Reads a block of TOML whose first line is line `firstLine` of the file. */
export function readTomlFields(source: string, firstLine: number): FieldsReading {
  try {
    const lines = source.split('\n');
    const table = parse(source, { maxDepth: FRONT_MATTER_DEPTH_MAX });
    const fields = Object.entries(table).map(([name, value]): Field => {
      const at = lineOfKey(lines, name);
      const bare = typeof value === 'object' && !(value instanceof Date) ? null : bareValue(lines[at] ?? '');
      return { name, value: bare ?? toFieldValue(value), line: firstLine + at };
    });
    return { kind: 'fields', fields, notes: [] };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return {
      kind: 'unreadable',
      line: firstLine + error.line - 1,
      message: `The front matter can't be read here: ${error.message.split('\n')[0]}.`,
      fix: 'Write one field per line, as name = "value"; texts in quotes, dates and numbers without.',
    };
  }
}

function lineOfKey(lines: readonly string[], name: string): number {
  const key = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const at = lines.findIndex((line) => new RegExp(`^\\s*(?:\\[+\\s*)?["']?${key}["']?\\s*(?:[=.]|\\])`).test(line));
  return Math.max(at, 0);
}

/** A date, number or boolean as written on its line; null for everything else. */
function bareValue(line: string): string | null {
  return /=\s*([\d+-][\w.:+ -]*?)\s*(?:#.*)?$/.exec(line)?.[1] ?? null;
}
