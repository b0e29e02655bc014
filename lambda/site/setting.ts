/**
 * Readers of single settings: each takes a value of the tree and gives what it means, or reports what is wrong with it
 * and gives null. Readers are put together to readers of lists and maps.
 */

import { createProblem, type Problem, type ProblemCode } from '../model/problem.ts';
import { dropForbidden } from '../text/characters.ts';
import { nearestName } from '../text/nearest-name.ts';
import type { YamlNode } from '../text/yaml-tree.ts';

export const SITE_KEY = 'site.yaml';

/** Where a setting stands, and where to say what is wrong with it. */
export interface SettingPlace {
  /** `feeds.climate.tags`; empty for the whole file. */
  readonly name: string;
  readonly line: number;
  readonly problems: Problem[];
}

export type Reader<Value> = (node: YamlNode, place: SettingPlace) => Value | null;

/** Readers by the name of their setting. */
export type Readers<Values> = { readonly [Name in keyof Values]: Reader<Values[Name]> };

export function report(
  place: SettingPlace,
  message: string,
  fix: string,
  code: ProblemCode = 'site-field-invalid',
): null {
  place.problems.push(createProblem(code, { path: SITE_KEY, line: place.line, message, fix }));
  return null;
}

function placeWithin(place: SettingPlace, name: string, line: number): SettingPlace {
  return { ...place, name: place.name === '' ? name : `${place.name}.${name}`, line };
}

/**
 * What a map says, by the readers of its settings. A setting without a value counts as not given; one that is not
 * known, or that is there twice, is a mistake.
 */
export function readSettings<Values extends object>(
  node: YamlNode,
  place: SettingPlace,
  readers: Readers<Values>,
): Partial<Values> {
  const values: Partial<Values> = {};
  if (node.kind === 'empty') return values;
  if (node.kind !== 'map') {
    report(place, `${subject(place)} is not a map of settings.`, 'Write one setting per line, as “name: value”.');
    return values;
  }
  const seen = new Set<string>();
  for (const pair of node.pairs) {
    const here = placeWithin(place, pair.name, pair.line);
    if (seen.has(pair.name)) {
      report(here, `“${here.name}” is there twice.`, 'Keep one of the two and delete the other.');
    } else if (!isKnown(readers, pair.name)) {
      reportUnknown(here, pair.name, Object.keys(readers));
    } else if (pair.value.kind !== 'empty') {
      const value = readers[pair.name](pair.value, here);
      if (value !== null) values[pair.name] = value;
    }
    seen.add(pair.name);
  }
  return values;
}

/** A row of a table of settings. docs/site-yaml.md and docs/podcasts.md have a line for each (a test holds that). */
interface Setting<Value, Basis> {
  /** The first that is there counts. @default the name of the row */
  readonly names?: readonly string[];
  /** @param basis what the meaning of the setting depends on */
  readonly read: (basis: Basis) => Reader<Value>;
  /** How the reference says what counts without the setting. @default the value itself */
  readonly said?: string;
}

/** What counts where a setting is not stated: undefined where nothing is to be said then. */
interface Initial<Value, Basis> {
  readonly initial: Value | ((basis: Basis) => Value);
}

/** The settings of a map, one row each, in the order in which they are told. */
export type SettingsTable<Values, Basis> = {
  readonly [Name in keyof Values]-?: Setting<Required<Values>[Name], Basis> &
    Initial<Partial<Pick<Values, Name>> extends Pick<Values, Name> ? undefined : Values[Name], Basis>;
};

/** What a map says, by the table of its settings, and what counts of all that it does not say. */
export function readTable<Values extends object, Basis>(
  node: YamlNode,
  place: SettingPlace,
  table: SettingsTable<Values, Basis>,
  basis: Basis,
): Values {
  const rows = rowsOf(table);
  const readers = rows.flatMap(({ names, read }) => names.map((name) => [name, read(basis)] as const));
  const stated = readSettings<Record<string, unknown>>(node, place, Object.fromEntries(readers));
  const values = rows.map(({ row, names, initial }) => {
    const name = names.find((each) => stated[each] !== undefined);
    if (name !== undefined) return [row, stated[name]] as const;
    return [row, typeof initial === 'function' ? initial(basis) : initial] as const;
  });
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Values;
}

/** What counts where nothing is stated. */
export function defaultsOf<Values extends object, Basis>(table: SettingsTable<Values, Basis>, basis: Basis): Values {
  return readTable({ kind: 'empty', line: 1 }, { name: '', line: 1, problems: [] }, table, basis);
}

/** The rows of a table, whatever their values are. */
export function rowsOf<Values extends object, Basis>(
  table: SettingsTable<Values, Basis>,
): readonly (Setting<unknown, Basis> &
  Initial<unknown, Basis> & { readonly row: string; readonly names: readonly string[] })[] {
  const rows: [string, Setting<unknown, Basis> & Initial<unknown, Basis>][] = Object.entries(table);
  return rows.map(([row, setting]) => ({ row, names: [row], ...setting }));
}

function isKnown<Values extends object>(readers: Readers<Values>, name: string): name is Extract<keyof Values, string> {
  return Object.hasOwn(readers, name);
}

function reportUnknown(place: SettingPlace, name: string, known: readonly string[]): void {
  const nearest = nearestName(name, known);
  report(
    place,
    `“${place.name}” is not a setting.`,
    nearest === null ? `Delete it. Settings here are: ${known.join(', ')}.` : `Did you mean “${nearest}”?`,
    'site-field-unknown',
  );
}

/** Text on one line: white space of all kinds becomes single spaces. Whatever YAML makes of `2024` or `true`. */
export function text(charactersMax: number): Reader<string> {
  return (node, place) => {
    if (node.kind !== 'text')
      return report(place, `“${place.name}” is not text.`, `Write “${place.name}: …” on one line.`);
    const value = dropForbidden(node.text).replace(/\s+/g, ' ').trim();
    if (value === '') return report(place, `“${place.name}” is empty.`, 'Give it a value, or delete the line.');
    if ([...value].length > charactersMax) {
      return report(place, `“${place.name}” has more than ${charactersMax} characters.`, 'Make it shorter.');
    }
    return value;
  };
}

/** Yes or no, in the words that people use in YAML. */
export const yesOrNo: Reader<boolean> = (node, place) => {
  const word = node.kind === 'text' ? node.text.toLowerCase() : '';
  if (['true', 'yes', 'on'].includes(word)) return true;
  if (['false', 'no', 'off'].includes(word)) return false;
  return report(
    place,
    `“${place.name}” is neither true nor false.`,
    `Write “${place.name}: true” or “${place.name}: false”.`,
  );
};

/** One of some words; capitals don't count: Apple writes “Serial”, for one. */
export function oneOf<Value extends string>(choices: readonly Value[]): Reader<Value> {
  return (node, place) => {
    const word = node.kind === 'text' ? node.text.trim().toLowerCase() : '';
    const choice = choices.find((value) => value.toLowerCase() === word);
    if (choice !== undefined) return choice;
    const list = choices.map((value) => `“${value}”`).join(' or ');
    const nearest = nearestName(word, choices);
    const fix = nearest === null ? `Write ${list}.` : `Did you mean “${nearest}”?`;
    return report(place, `“${place.name}” is not ${list}.`, fix);
  };
}

/** A list, or one value without the list around it. With a mistake in any item there is no list. */
export function listOf<Value>(item: Reader<Value>, countMax: number): Reader<readonly Value[]> {
  return (node, place) => {
    const items = node.kind === 'list' ? node.items : [node];
    if (items.length > countMax) {
      return report(place, `“${place.name}” holds more than ${countMax} values.`, `Keep at most ${countMax}.`);
    }
    const values = items.map((value) => item(value, { ...place, line: value.line }));
    return values.every((value) => value !== null) ? values : null;
  };
}

/** A map whose names are the author's own. With a mistake in any value there is no map. */
export function mapOf<Value>(
  value: (name: string, node: YamlNode, place: SettingPlace) => Value | null,
  countMax: number,
): Reader<readonly Value[]> {
  return (node, place) => {
    if (node.kind !== 'map') {
      return report(
        place,
        `“${place.name}” is not a map.`,
        `Write one per line under “${place.name}:”, indented, as “name: value”.`,
      );
    }
    if (node.pairs.length > countMax) {
      return report(place, `“${place.name}” holds more than ${countMax} values.`, `Keep at most ${countMax}.`);
    }
    const names = new Set<string>();
    const values = node.pairs.map((pair) => {
      const here = placeWithin(place, pair.name, pair.line);
      if (names.has(pair.name))
        return report(here, `“${here.name}” is there twice.`, 'Keep one of the two and delete the other.');
      names.add(pair.name);
      return value(pair.name, pair.value, here);
    });
    return values.every((made) => made !== null) ? values : null;
  };
}

function subject(place: SettingPlace): string {
  return place.name === '' ? 'The file' : `“${place.name}”`;
}
