/**
 * YAML front matter. Built on the parser's events instead of its values, because fields want what values lose: the
 * text of a scalar as it was written, and the line it stands on. No tag constructs anything, and what aliases repeat is
 * counted, so that a few lines can't unfold into millions.
 */

import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';
import { FRONT_MATTER_DEPTH_MAX, FRONT_MATTER_VALUES_MAX } from '../../../model/article-limits.ts';
import { type Field, type FieldNote, type FieldsReading, type FieldValue, plainName } from '../../../model/fields.ts';
import { isVisibilityName } from '../../fields/visibility.ts';

/** Reads a block of YAML whose first line is line `firstLine` of the file. */
export function readYamlFields(source: string, firstLine: number): FieldsReading {
  try {
    const events = parseEvents(source, { maxDepth: FRONT_MATTER_DEPTH_MAX });
    return buildFields(source, events, firstLine);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return recover(error, source, firstLine);
  }
}

/** What the parser says of a quotation whose later lines begin at the margin. */
const SHALLOW = 'deficient indentation';

/** Most parsers let a quotation go on at the margin, though YAML doesn't, and people write it so. */
function recover(error: YAMLException, source: string, firstLine: number): FieldsReading {
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

interface Builder {
  readonly source: string;
  readonly events: readonly Event[];
  readonly firstLine: number;
  readonly anchors: Map<string, { readonly value: FieldValue; readonly count: number }>;
  readonly notes: FieldNote[];
  /** The event that is read next. */
  next: number;
  /** How far lines are counted: events come in the order of the text. */
  readonly counted: { offset: number; line: number };
  valueCount: number;
}

class TooManyValues extends Error {}

function buildFields(source: string, events: readonly Event[], firstLine: number): FieldsReading {
  const builder: Builder = {
    source,
    events,
    firstLine,
    anchors: new Map(),
    notes: [],
    next: 1,
    counted: { offset: 0, line: firstLine },
    valueCount: 0,
  };
  const root = events[1];
  if (root === undefined || root.type === EVENT_ID.POP) return { kind: 'fields', fields: [], notes: [] };
  if (root.type === EVENT_ID.SCALAR && getScalarValue(source, root).trim() === '') {
    return { kind: 'fields', fields: [], notes: [] };
  }
  if (root.type !== EVENT_ID.MAPPING) return { kind: 'no-map' };
  try {
    builder.next += 1;
    const fields = readPairs(builder);
    return { kind: 'fields', fields: [...fields.values()], notes: builder.notes };
  } catch (error) {
    if (!(error instanceof TooManyValues)) throw error;
    const message = `The front matter holds more than ${FRONT_MATTER_VALUES_MAX} values.`;
    return { kind: 'too-large', line: firstLine, message };
  }
}

/** The pairs of a mapping up to its end, by plain name. A name that is there twice counts as its last value. */
function readPairs(builder: Builder): Map<string, Field> {
  const pairs = new Map<string, Field>();
  const merged: Field[] = [];
  for (let event = current(builder); event.type !== EVENT_ID.POP; event = current(builder)) {
    const line = lineOf(builder, event);
    const key = readValue(builder);
    const isQuoted = isInQuotes(current(builder));
    const value = readValue(builder);
    if (typeof key !== 'string') continue;
    if (key === '<<') {
      for (const map of Array.isArray(value) ? value : [value]) merged.push(...fieldsOf(map, line));
      continue;
    }
    const name = plainName(key);
    if (pairs.has(name)) {
      builder.notes.push({
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
      ...(isQuoted && { isQuoted }),
    });
  }
  builder.next += 1;
  for (const field of merged) if (!pairs.has(field.name)) pairs.set(field.name, field);
  return pairs;
}

function isInQuotes(event: Event): boolean {
  return event.type === EVENT_ID.SCALAR && event.style !== SCALAR_STYLE.PLAIN;
}

function fieldsOf(value: FieldValue, line: number): readonly Field[] {
  return value instanceof Map
    ? [...value].map(([name, inner]: [string, FieldValue]) => ({ name, value: inner, line }))
    : [];
}

function readValue(builder: Builder): FieldValue {
  const event = current(builder);
  const countBefore = builder.valueCount;
  count(builder, 1);
  builder.next += 1;
  if (event.type === EVENT_ID.ALIAS) {
    const target = builder.anchors.get(builder.source.slice(event.anchorStart, event.anchorEnd));
    count(builder, target?.count ?? 0);
    return target?.value ?? null;
  }
  if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) return null;

  const value = readNode(builder, event);
  if (event.anchorStart !== -1) {
    const anchor = builder.source.slice(event.anchorStart, event.anchorEnd);
    builder.anchors.set(anchor, { value, count: builder.valueCount - countBefore });
  }
  return hasForeignTag(builder, event) ? null : value;
}

type NodeEvent = Extract<Event, { readonly tagStart: number }>;

function readNode(builder: Builder, event: NodeEvent): FieldValue {
  if (event.type === EVENT_ID.SCALAR) {
    const text = getScalarValue(builder.source, event);
    const isNull = event.style === SCALAR_STYLE.PLAIN && /^(?:~|null)?$/i.test(text);
    return isNull ? null : text;
  }
  if (event.type === EVENT_ID.MAPPING) {
    return new Map([...readPairs(builder)].map(([name, field]) => [name, field.value]));
  }
  const items: FieldValue[] = [];
  while (current(builder).type !== EVENT_ID.POP) items.push(readValue(builder));
  builder.next += 1;
  return items;
}

const KNOWN_TAG =
  /^(?:!|!!(?:str|int|float|bool|null|timestamp|binary|seq|map|set|omap|pairs)|<tag:yaml\.org,2002:\w+>)$/;

/** Tags of YAML itself say nothing new here; others ask for something to be made or run, and nothing is. */
function hasForeignTag(builder: Builder, event: NodeEvent): boolean {
  if (event.tagStart === -1) return false;
  const tag = builder.source.slice(event.tagStart, event.tagEnd);
  if (KNOWN_TAG.test(tag)) return false;
  builder.notes.push({
    line: lineOf(builder, event),
    message: `The tag “${tag}” is not understood, so its value is left out.`,
    fix: 'Write the value as plain text, without the tag.',
  });
  return true;
}

function count(builder: Builder, values: number): void {
  builder.valueCount += values;
  if (builder.valueCount > FRONT_MATTER_VALUES_MAX) throw new TooManyValues();
}

function current(builder: Builder): Event {
  return builder.events[builder.next] ?? { type: EVENT_ID.POP };
}

function lineOf({ source, counted }: Builder, event: Event): number {
  const at = event.type === EVENT_ID.SCALAR ? event.valueStart : 'start' in event ? event.start : -1;
  for (let feed = source.indexOf('\n', counted.offset); feed !== -1 && feed < at; ) {
    counted.offset = feed + 1;
    counted.line += 1;
    feed = source.indexOf('\n', counted.offset);
  }
  return counted.line;
}

function explain(error: YAMLException, source: string, firstLine: number): FieldsReading {
  const at = error.mark?.line ?? 0;
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

function fixFor(reason: string, line: string): string {
  if (reason.includes('tab')) return 'Indent with spaces instead of tabs.';
  const name = /^\s*(?:-\s*)?([\w-]+):\s+(?!["'])(.*)$/.exec(line);
  if (name !== null && /:\s|^[@`%&*!|>[{]/.test(name[2] ?? '')) {
    return `Put the whole value of “${name[1]}” in quotes: ${name[1]}: "…".`;
  }
  if (/quoted|flow/.test(reason)) return 'Close the quotation mark or bracket that is opened there or just before.';
  return 'Write one field per line, as “name: value”, lists and maps indented with spaces; put values with “: ” or “#” in quotes.';
}
