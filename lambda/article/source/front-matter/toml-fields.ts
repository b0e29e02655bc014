/** TOML front matter. Dates and numbers are taken as they stand in the file: the parser rolls 29 February over. */

import { parse, TomlError } from 'smol-toml';
import { FRONT_MATTER_DEPTH_MAX, FRONT_MATTER_VALUES_MAX } from '../../../model/article-limits.ts';
import { type Field, type FieldsReading, toFieldValue } from '../../../model/fields.ts';
import { splitAtCommasOnly } from '../../fields/tags.ts';
import { isWithinLimits } from './json-fields.ts';

/** Reads a block of TOML whose first line is line `firstLine` of the file. */
export function readTomlFields(written: string, firstLine: number): FieldsReading {
  const source = written.replace(
    JULIA_DATE,
    (_, name, year, month, day) => `${name}${year}-${twoDigits(month)}-${twoDigits(day)}`,
  );
  try {
    const lines = source.split('\n');
    const table = parse(source, { maxDepth: FRONT_MATTER_DEPTH_MAX });
    if (!isWithinLimits(table)) {
      const message = `The front matter holds more than ${FRONT_MATTER_VALUES_MAX} values.`;
      return { kind: 'too-large', line: firstLine, message };
    }
    const places = findKeys(lines);
    const fields = Object.entries(table).map(([name, value]): Field => {
      const at = places.get(name) ?? 0;
      const bare = typeof value === 'object' && !(value instanceof Date) ? null : bareValue(lines[at] ?? '');
      return splitAtCommasOnly({ name, value: bare ?? toFieldValue(value), line: firstLine + at });
    });
    return { kind: 'fields', fields, notes: [] };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return {
      kind: 'unreadable',
      line: firstLine + error.line - 1,
      message: `The front matter can't be read here: ${error.message.split('\n')[0]}.`,
      fix: 'Write one field per line, as name = "value". Put quotes around texts, not around dates and numbers.',
    };
  }
}

/** Franklin's fields are Julia, which is TOML but for its dates: `date = Date(2024, 3, 5)`. */
const JULIA_DATE = /^(\s*[\w-]+\s*=\s*)(?:Dates\.)?Date\(\s*(\d{4})\s*,\s*(\d{1,2})\s*,\s*(\d{1,2})\s*\)/gm;

function twoDigits(number: string): string {
  return number.padStart(2, '0');
}

/** On which line, from 0, each key first stands: `key =`, `"key" =`, `key.part =` or `[key]`. */
function findKeys(lines: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    const match = /^\s*(?:\[{1,2}\s*)?(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*[=.\]]/.exec(line);
    const name = match?.[1] ?? match?.[2] ?? match?.[3];
    if (name !== undefined && !places.has(name)) places.set(name, index);
  }
  return places;
}

/** A date, number or boolean as written on its line; null for everything else. */
function bareValue(line: string): string | null {
  return /=\s*([\d+-][\w.:+ -]{0,100}?)\s*(?:#.*)?$/.exec(line)?.[1] ?? null;
}
