/** YAML front matter: the tree of it as fields, and what people write that YAML does not allow. */

import { FRONT_MATTER_DEPTH_MAX, FRONT_MATTER_VALUES_MAX } from '../../../model/article-limits.ts';
import { type Field, type FieldNote, type FieldsReading, type FieldValue, plainName } from '../../../model/fields.ts';
import {
  readYamlTree,
  type YamlNode,
  type YamlOddity,
  type YamlPair,
  type YamlReading,
} from '../../../text/yaml-tree.ts';
import { isVisibilityName } from '../../fields/visibility/visibility.ts';

const LIMITS = { depthMax: FRONT_MATTER_DEPTH_MAX, valuesMax: FRONT_MATTER_VALUES_MAX };

/** Reads a block of YAML whose first line is line `firstLine` of the file. */
export function readYamlFields(source: string, firstLine: number): FieldsReading {
  const reading = readYamlTree(source, LIMITS);
  if (reading.kind === 'tree') return buildFields(reading.root, reading.oddities, firstLine);
  if (reading.kind === 'unreadable') return recover(reading, source, firstLine);
  const message = `The front matter holds more than ${FRONT_MATTER_VALUES_MAX} values.`;
  return { kind: 'too-large', line: firstLine, message };
}

type Unreadable = Extract<YamlReading, { readonly kind: 'unreadable' }>;

/** What the parser says of a quotation whose later lines begin at the margin. */
const SHALLOW = 'deficient indentation';

/** Most parsers let a quotation go on at the margin, though YAML doesn't, and people write it so. */
function recover(error: Unreadable, source: string, firstLine: number): FieldsReading {
  if (error.reason !== SHALLOW && !error.reason.includes('quoted')) return explain(error, source, firstLine);
  const { indented, openLine } = indentQuotations(source);
  if (openLine !== null) {
    return {
      kind: 'unreadable',
      line: firstLine + openLine,
      message: 'The quotation that begins here has no end.',
      fix: 'Close the quotation mark, or put one at both ends if the text holds a quotation mark itself.',
    };
  }
  return indented === source ? explain(error, source, firstLine) : readYamlFields(indented, firstLine);
}

/** Lines keep their numbers. `openLine` is that of a quotation without end, from 0. */
function indentQuotations(source: string): { readonly indented: string; readonly openLine: number | null } {
  let open: { readonly quote: string; readonly column: number; readonly line: number } | null = null;
  const lines: string[] = [];
  for (const [index, line] of source.split('\n').entries()) {
    if (open !== null) {
      lines.push(' '.repeat(open.column) + line.trimStart());
      if (closesQuotation(line, open.quote)) open = null;
      continue;
    }
    lines.push(line);
    const start = /^(\s*(?:- +)*(?:[\w-]+:\s+)?)(["'])(.*)$/.exec(line);
    const [, before = '', quote = '', rest = ''] = start ?? [];
    if (start !== null && before !== '' && !closesQuotation(rest, quote)) {
      open = { quote, column: before.length, line: index };
    }
  }
  return { indented: lines.join('\n'), openLine: open?.line ?? null };
}

function closesQuotation(text: string, quote: string): boolean {
  return quote === '"' ? /^(?:[^"\\]|\\.)*"/.test(text) : /^(?:[^']|'')*'(?!')/.test(text);
}

function buildFields(root: YamlNode, oddities: readonly YamlOddity[], firstLine: number): FieldsReading {
  const notes: FieldNote[] = [];
  if (root.kind === 'empty' || (root.kind === 'text' && root.text.trim() === '')) {
    return { kind: 'fields', fields: [], notes };
  }
  if (root.kind !== 'map') return { kind: 'no-map' };
  const fields = readPairs(root.pairs, firstLine - 1, notes);
  notes.push(...oddities.flatMap((oddity) => noteOf(oddity, firstLine - 1)));
  return { kind: 'fields', fields: [...fields.values()], notes: notes.sort((one, other) => one.line - other.line) };
}

function noteOf({ kind, line, written }: YamlOddity, linesAbove: number): readonly FieldNote[] {
  if (kind !== 'tag') return [];
  return [
    {
      line: linesAbove + line,
      message: `The tag “${written}” is unknown, so its value was left out.`,
      fix: 'Write the value as plain text, without the tag.',
    },
  ];
}

/** The pairs of a map by plain name. A name that is there twice counts as its last value. */
function readPairs(written: readonly YamlPair[], linesAbove: number, notes: FieldNote[]): Map<string, Field> {
  const pairs = new Map<string, Field>();
  const merged: Field[] = [];
  for (const { name: key, line: lineHere, value: node } of written) {
    const line = linesAbove + lineHere;
    const value = readValue(node, linesAbove, notes);
    if (key === '') continue;
    if (key === '<<') {
      for (const map of Array.isArray(value) ? value : [value]) merged.push(...fieldsOf(map, line));
      continue;
    }
    const name = plainName(key);
    if (pairs.has(name)) {
      notes.push({
        line,
        message: `The field “${key}” is there twice; the last one counts.`,
        fix: 'Keep one of the two lines and delete the other.',
      });
    }
    // Two answers to the question whether to publish are none.
    const other = isVisibilityName(name) ? pairs.get(name)?.value : undefined;
    pairs.set(name, {
      name: key,
      value: other === undefined || other === value ? value : [other, value],
      line,
      ...(node.kind === 'text' && node.isQuoted && { isQuoted: true }),
    });
  }
  for (const field of merged) if (!pairs.has(field.name)) pairs.set(field.name, field);
  return pairs;
}

function fieldsOf(value: FieldValue, line: number): readonly Field[] {
  return value instanceof Map
    ? [...value].map(([name, inner]: [string, FieldValue]) => ({ name, value: inner, line }))
    : [];
}

function readValue(node: YamlNode, linesAbove: number, notes: FieldNote[]): FieldValue {
  switch (node.kind) {
    case 'empty':
      return null;
    case 'text':
      return node.text;
    case 'list':
      return node.items.map((item) => readValue(item, linesAbove, notes));
    case 'map':
      return new Map([...readPairs(node.pairs, linesAbove, notes)].map(([name, field]) => [name, field.value]));
  }
}

function explain(error: Unreadable, source: string, firstLine: number): FieldsReading {
  const at = error.line - 1;
  const line = firstLine + at;
  if (error.reason.includes('nesting')) {
    return { kind: 'too-large', line, message: `The front matter nests more than ${FRONT_MATTER_DEPTH_MAX} levels.` };
  }
  const text = source.split('\n')[at] ?? '';
  return {
    kind: 'unreadable',
    line,
    message: `The front matter can't be read here: ${error.reason}.`,
    fix: fixFor(error.reason, text),
  };
}

/** The brackets that a list or a map on one line opens and doesn't close, as they should stand at its end. */
function missingBrackets(value: string): string {
  if (!/^[[{]/.test(value)) return '';
  const open: string[] = [];
  for (const sign of value.replace(/"[^"]*"|'[^']*'|(?:^|\s)#.*$/g, '')) {
    if (sign === '[' || sign === '{') open.unshift(sign === '[' ? ']' : '}');
    else if (sign === open[0]) open.shift();
  }
  return open.join('');
}

function fixFor(reason: string, line: string): string {
  if (reason.includes('tab')) return 'Indent with spaces instead of tabs.';
  const name = /^\s*(?:-\s*)?([\w-]+):\s+(?!["'])(.*)$/.exec(line);
  const missing = name === null ? '' : missingBrackets(name[2] ?? '');
  if (name !== null && missing !== '') {
    return `Close the bracket: put “${missing}” at the end of “${name[1]}”; or put the whole value in quotes, if it is text.`;
  }
  if (name !== null && /:\s|^[@`%&*!|>[{]/.test(name[2] ?? '')) {
    return `Put the whole value of “${name[1]}” in quotes: ${name[1]}: "…".`;
  }
  if (/quoted|flow/.test(reason)) return 'Close the quotation mark or bracket that is opened there or just before.';
  return 'Write one field per line, as “name: value”, lists and maps indented with spaces; put values with “: ” or “#” in quotes.';
}
