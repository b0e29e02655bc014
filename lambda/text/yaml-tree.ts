/**
 * YAML as a tree in which every value knows its line. Built on the parser's events, because its values have no lines, and
 * because fields and settings are judged by the text that was written: `title: 2024` is a title, and `1.10` is not 1.1. So
 * the words in which YAML 1.1 and 1.2 differ (`yes`, `on`, `0o7`) are text too. No tag constructs anything, and what
 * aliases repeat is counted, so that a few lines can't unfold into millions.
 */

import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';

export type YamlNode =
  | { readonly kind: 'empty'; readonly line: number }
  | { readonly kind: 'text'; readonly text: string; readonly isQuoted: boolean; readonly line: number }
  | { readonly kind: 'list'; readonly items: readonly YamlNode[]; readonly line: number }
  | { readonly kind: 'map'; readonly pairs: readonly YamlPair[]; readonly line: number };

/** In the author's order; a name may be there twice. */
export interface YamlPair {
  /** '' where the name is empty, a list or a map. */
  readonly name: string;
  /** Line of the name. */
  readonly line: number;
  readonly value: YamlNode;
}

/** Well-formed YAML that says nothing here; its value is an empty node, or the pair has no name. */
export interface YamlOddity {
  readonly kind: 'tag' | 'alias' | 'name' | 'document';
  readonly line: number;
  /** The tag, or the name of the alias. */
  readonly written: string;
}

export type YamlReading =
  | { readonly kind: 'tree'; readonly root: YamlNode; readonly oddities: readonly YamlOddity[] }
  | { readonly kind: 'too-many-values'; readonly line: number }
  | { readonly kind: 'unreadable'; readonly line: number; readonly reason: string };

export interface YamlLimits {
  readonly depthMax: number;
  /** Names, lists and maps count too, and what an alias stands for each time. */
  readonly valuesMax: number;
}

/** Reads one YAML document; an empty one is an empty node. Lines are counted from 1. */
export function readYamlTree(source: string, { depthMax, valuesMax }: YamlLimits): YamlReading {
  try {
    const events = parseEvents(source, { maxDepth: depthMax });
    return buildTree(source, events, valuesMax);
  } catch (error) {
    if (error instanceof TooManyValues) return { kind: 'too-many-values', line: error.line };
    if (!(error instanceof YAMLException)) throw error;
    return { kind: 'unreadable', line: (error.mark?.line ?? 0) + 1, reason: error.reason };
  }
}

interface Builder {
  readonly source: string;
  readonly events: readonly Event[];
  readonly valuesMax: number;
  readonly anchors: Map<string, { readonly node: YamlNode; readonly valueCount: number }>;
  readonly oddities: YamlOddity[];
  /** How far lines are counted: events come in the order of the text. */
  readonly counted: { offset: number; line: number };
  /** The event that is read next. */
  next: number;
  valueCount: number;
}

class TooManyValues extends Error {
  readonly line: number;

  constructor(line: number) {
    super('too many values');
    this.line = line;
  }
}

function buildTree(source: string, events: readonly Event[], valuesMax: number): YamlReading {
  const builder: Builder = {
    source,
    events,
    valuesMax,
    anchors: new Map(),
    oddities: [],
    counted: { offset: 0, line: 1 },
    next: 1,
    valueCount: 0,
  };
  const { oddities } = builder;
  if (currentEvent(builder).type === EVENT_ID.POP) return { kind: 'tree', root: { kind: 'empty', line: 1 }, oddities };
  const root = readNode(builder);
  // After the document's own end there is another.
  if (builder.next + 1 < events.length) oddities.push({ kind: 'document', line: root.line, written: '---' });
  return { kind: 'tree', root, oddities };
}

function readNode(builder: Builder): YamlNode {
  const event = currentEvent(builder);
  const line = lineOf(builder, event);
  const valueCountBefore = builder.valueCount;
  builder.next += 1;
  countValues(builder, 1, line);
  if (event.type === EVENT_ID.ALIAS) {
    const name = builder.source.slice(event.anchorStart, event.anchorEnd);
    const anchor = builder.anchors.get(name);
    if (anchor === undefined) builder.oddities.push({ kind: 'alias', line, written: name });
    else countValues(builder, anchor.valueCount, line);
    return anchor?.node ?? { kind: 'empty', line };
  }
  if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) return { kind: 'empty', line };
  const isForeign = hasForeignTag(builder, event, line);
  const content = readContent(builder, event, line);
  const node: YamlNode = isForeign ? { kind: 'empty', line } : content;
  if (event.anchorStart !== -1) {
    const name = builder.source.slice(event.anchorStart, event.anchorEnd);
    builder.anchors.set(name, { node, valueCount: builder.valueCount - valueCountBefore });
  }
  return node;
}

type ContentEvent = Extract<Event, { readonly tagStart: number }>;

function readContent(builder: Builder, event: ContentEvent, line: number): YamlNode {
  if (event.type === EVENT_ID.SCALAR) {
    const text = getScalarValue(builder.source, event);
    const isQuoted = event.style !== SCALAR_STYLE.PLAIN;
    return !isQuoted && /^(?:~|null)?$/i.test(text) ? { kind: 'empty', line } : { kind: 'text', text, isQuoted, line };
  }
  if (event.type === EVENT_ID.MAPPING) return { kind: 'map', pairs: readPairs(builder), line };
  const items: YamlNode[] = [];
  while (currentEvent(builder).type !== EVENT_ID.POP) items.push(readNode(builder));
  builder.next += 1;
  return { kind: 'list', items, line };
}

function readPairs(builder: Builder): readonly YamlPair[] {
  const pairs: YamlPair[] = [];
  while (currentEvent(builder).type !== EVENT_ID.POP) {
    const name = readNode(builder);
    if (name.kind === 'list' || name.kind === 'map') {
      builder.oddities.push({ kind: 'name', line: name.line, written: '' });
    }
    pairs.push({ name: name.kind === 'text' ? name.text : '', line: name.line, value: readNode(builder) });
  }
  builder.next += 1;
  return pairs;
}

const KNOWN_TAG =
  /^(?:!|!!(?:str|int|float|bool|null|timestamp|binary|seq|map|set|omap|pairs)|<tag:yaml\.org,2002:\w+>)$/;

/** Tags of YAML itself say nothing new where text is judged as it is written; others want something made or run. */
function hasForeignTag({ source, oddities }: Builder, event: ContentEvent, line: number): boolean {
  if (event.tagStart === -1) return false;
  const written = source.slice(event.tagStart, event.tagEnd);
  if (KNOWN_TAG.test(written)) return false;
  oddities.push({ kind: 'tag', line, written });
  return true;
}

function countValues(builder: Builder, count: number, line: number): void {
  builder.valueCount += count;
  if (builder.valueCount > builder.valuesMax) throw new TooManyValues(line);
}

function currentEvent(builder: Builder): Event {
  return builder.events[builder.next] ?? { type: EVENT_ID.POP };
}

function lineOf({ source, counted }: Builder, event: Event): number {
  const at = offsetOf(event);
  for (let feed = source.indexOf('\n', counted.offset); feed !== -1 && feed < at; ) {
    counted.offset = feed + 1;
    counted.line += 1;
    feed = source.indexOf('\n', counted.offset);
  }
  return counted.line;
}

function offsetOf(event: Event): number {
  if (event.type === EVENT_ID.SCALAR) return event.valueStart;
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart;
  return 'start' in event ? event.start : 0;
}
