/**
 * YAML as a tree in which every value knows its line. Built on the parser's events, because its values have no
 * lines, and because a setting is judged by the text that was written: `title: 2024` is a title.
 */

import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';
import { SITE_DEPTH_MAX, SITE_VALUES_MAX } from '../model/site-limits.ts';

export type YamlNode =
  | { readonly kind: 'empty'; readonly line: number }
  | { readonly kind: 'text'; readonly text: string; readonly line: number }
  | { readonly kind: 'list'; readonly items: readonly YamlNode[]; readonly line: number }
  | { readonly kind: 'map'; readonly pairs: readonly YamlPair[]; readonly line: number };

export interface YamlPair {
  readonly name: string;
  /** Line of the name, from 1. */
  readonly line: number;
  readonly value: YamlNode;
}

export type YamlReading =
  | { readonly kind: 'tree'; readonly root: YamlNode }
  | { readonly kind: 'unreadable'; readonly line: number; readonly reason: string };

/** Reads one YAML document; an empty one is an empty node. */
export function readYamlTree(source: string): YamlReading {
  try {
    const events = parseEvents(source, { maxDepth: SITE_DEPTH_MAX });
    return { kind: 'tree', root: buildTree(source, events) };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'unreadable', line: error.line, reason: error.message };
    if (!(error instanceof YAMLException)) throw error;
    return { kind: 'unreadable', line: (error.mark?.line ?? 0) + 1, reason: error.reason };
  }
}

interface Builder {
  readonly source: string;
  readonly events: readonly Event[];
  /** Where each line begins. */
  readonly lineStarts: readonly number[];
  readonly anchors: Map<string, { readonly node: YamlNode; readonly valueCount: number }>;
  next: number;
  valueCount: number;
}

/** Well-formed YAML that a settings file has no use for. */
class Refusal extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

function buildTree(source: string, events: readonly Event[]): YamlNode {
  const builder: Builder = {
    source,
    events,
    lineStarts: findLineStarts(source),
    anchors: new Map(),
    next: 1,
    valueCount: 0,
  };
  if (currentEvent(builder).type === EVENT_ID.POP) return { kind: 'empty', line: 1 };
  const root = readNode(builder);
  // After the document's own end there must be nothing.
  if (builder.next + 1 < events.length) {
    throw new Refusal(root.line, 'it holds more than one document, parted by ---');
  }
  return root;
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
    if (anchor === undefined) throw new Refusal(line, `the alias “${name}” stands for nothing`);
    countValues(builder, anchor.valueCount, line);
    return anchor.node;
  }
  if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) return { kind: 'empty', line };
  assertPlainTag(builder, event, line);
  const node = readContent(builder, event, line);
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
    const isNull = event.style === SCALAR_STYLE.PLAIN && /^(?:~|null)?$/i.test(text);
    return isNull ? { kind: 'empty', line } : { kind: 'text', text, line };
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
    const key = readNode(builder);
    if (key.kind === 'list' || key.kind === 'map')
      throw new Refusal(key.line, 'the name of a setting is a list or a map');
    pairs.push({ name: key.kind === 'text' ? key.text : '', line: key.line, value: readNode(builder) });
  }
  builder.next += 1;
  return pairs;
}

/** YAML's own tags say nothing new where text is judged as it is written; others want something made or run. */
function assertPlainTag(builder: Builder, event: ContentEvent, line: number): void {
  if (event.tagStart === -1) return;
  const tag = builder.source.slice(event.tagStart, event.tagEnd);
  if (!/^!!(?:str|int|float|bool|null|seq|map)$/.test(tag))
    throw new Refusal(line, `the tag “${tag}” is not understood`);
}

function countValues(builder: Builder, count: number, line: number): void {
  builder.valueCount += count;
  if (builder.valueCount > SITE_VALUES_MAX) throw new Refusal(line, `it holds more than ${SITE_VALUES_MAX} values`);
}

function currentEvent(builder: Builder): Event {
  return builder.events[builder.next] ?? { type: EVENT_ID.POP };
}

function findLineStarts(source: string): readonly number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineOf(builder: Builder, event: Event): number {
  const offset = offsetOf(event);
  let low = 0;
  let high = builder.lineStarts.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((builder.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

function offsetOf(event: Event): number {
  if (event.type === EVENT_ID.SCALAR) return event.valueStart;
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart;
  return 'start' in event ? event.start : 0;
}
