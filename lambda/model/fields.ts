/**
 * Fields: what an article says about itself, in one shape for every source format. Scalars are kept as they are
 * written (`1.10`, `yes`, `2021-04-07`), because a title means its text and a date its author's offset; what a field
 * needs to be is decided where it is used.
 *
 * Names are compared without case, hyphens, underscores and spaces: `canonical_url` is `canonicalUrl`.
 */

import { dropForbidden } from '../text/characters.ts';

export type FieldValue = string | null | readonly FieldValue[] | FieldMap;
/** By plain name. */
export type FieldMap = ReadonlyMap<string, FieldValue>;

export interface Field {
  /** As the author wrote it. */
  readonly name: string;
  readonly value: FieldValue;
  /** Line in the file, from 1; null where the format doesn't tell. */
  readonly line: number | null;
  /** The text stood in quotation marks, where the language has plain texts as well. */
  readonly isQuoted?: true;
}

/** By plain name; in the author's order. */
export type Fields = ReadonlyMap<string, Field>;

export const NO_FIELDS: Fields = new Map();

/** Maps in which some systems keep an article's fields one level down. */
const NESTING_NAMES = ['params', 'extra', 'taxonomies', 'metadata', 'meta'] as const;

export function plainName(name: string): string {
  return name.toLowerCase().replace(/[-_\s]/g, '');
}

/** Puts fields together, without characters that no document may hold; where two have one name the last counts. */
export function createFields(fields: Iterable<Field>): Fields {
  const result = new Map<string, Field>();
  for (const field of fields) result.set(plainName(field.name), { ...field, value: cleanValue(field.value) });
  for (const name of NESTING_NAMES) {
    const nest = result.get(name);
    if (nest === undefined || !isMap(nest.value)) continue;
    for (const [inner, value] of nest.value) {
      if (!result.has(inner)) result.set(inner, { name: inner, value, line: nest.line });
    }
  }
  return result;
}

/** Front matter can name by a number, or escape, what no text that was read could hold. */
function cleanValue(value: FieldValue): FieldValue {
  if (value === null) return null;
  if (typeof value === 'string') return dropForbidden(value);
  if (isMap(value)) return new Map([...value].map(([name, inner]) => [dropForbidden(name), cleanValue(inner)]));
  return value.map(cleanValue);
}

/** The fields of `first`, and those of `second` that `first` leaves out or empty. */
export function joinFields(first: Fields, second: Fields): Fields {
  const result = new Map(second);
  for (const [name, field] of first) {
    if (!isBlank(field.value) || !result.has(name)) result.set(name, field);
  }
  return result;
}

/** The first field of these plain names that says something. */
export function findField(fields: Fields, names: readonly string[]): Field | null {
  for (const name of names) {
    const field = fields.get(name);
    if (field !== undefined && !isBlank(field.value)) return field;
  }
  return null;
}

/** Every field of these plain names that says something, in the order of the names. */
export function findFields(fields: Fields, names: readonly string[]): readonly Field[] {
  return names.flatMap((name) => findField(fields, [name]) ?? []);
}

/** Turns parsed JSON, TOML or the like into a field value; numbers and booleans become their text. */
export function toFieldValue(value: unknown): FieldValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(toFieldValue);
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object') {
    return new Map(Object.entries(value).map(([name, inner]) => [plainName(name), toFieldValue(inner)]));
  }
  return String(value);
}

export function isMap(value: FieldValue): value is FieldMap {
  return value instanceof Map;
}

function isBlank(value: FieldValue): boolean {
  if (value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return isMap(value) ? value.size === 0 : value.every(isBlank);
}

/** The first text among these names of a map; null if there is none. */
export function textIn(map: FieldMap, names: readonly string[]): string | null {
  for (const name of names) {
    const value = map.get(name);
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return null;
}

/** What a yes-or-no field says; null when it says neither. */
export function toBoolean(value: FieldValue): boolean | null {
  if (typeof value !== 'string') return null;
  const word = value.trim().toLowerCase();
  if (['true', 'yes', 'on', '1', 'y'].includes(word)) return true;
  if (['false', 'no', 'off', '0', 'n'].includes(word)) return false;
  return null;
}

/** The result of reading front matter in one language. Lines are those of the file. */
export type FieldsReading =
  | {
      readonly kind: 'fields';
      readonly fields: readonly Field[];
      /** Fields that had to be left out, or are there twice. */
      readonly notes: readonly FieldNote[];
    }
  /** It is well-formed, but no map of fields (a sentence between two rulers, say). */
  | { readonly kind: 'no-map' }
  | { readonly kind: 'too-large'; readonly line: number; readonly message: string }
  | { readonly kind: 'unreadable'; readonly line: number; readonly message: string; readonly fix: string };

export interface FieldNote {
  readonly line: number;
  readonly message: string;
  readonly fix: string;
}
