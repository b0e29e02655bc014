/**
 * Properties that stand in the text itself: `status:: draft`, also as an item of a list or in brackets, as Dataview for
 * Obsidian and outliners have them. At the top those are read that say whether to publish, and dates; further down dates
 * alone, on lines of their own. The text keeps them.
 */

import { type Field, plainName } from '../../model/fields.ts';
import { readDate } from '../../time/dates.ts';
import { rankOfDateName } from '../fields/dates/date-names.ts';
import { isVisibilityName } from '../fields/visibility/visibility.ts';

const LINES_COUNT_MAX = 100;
/** So far down dates are looked for. */
const DATED_LINES_COUNT_MAX = 2_000;
const LINE_CHARACTERS_MAX = 1_000;
const PROPERTY = /^\s*(?:[-*+]\s+)?(?:\*\*|__)?([\p{L}][\p{L}\p{N} _?-]{0,40}?)(?:\*\*|__)?::(?:\s+(.*))?$/u;
const BRACKETED = /[[(]([\p{L}][\p{L}\p{N} _-]{0,40})::\s+([^\])]*)[\])]/gu;

/** @param firstLine line in the file of the body's first line, from 1 */
export function readInlineProperties(body: string, firstLine: number): readonly Field[] {
  if (!body.includes('::')) return [];
  // Where two have one name, the one at the top counts.
  return [...readDatedLines(body, firstLine), ...readTop(body, firstLine)];
}

/** Dates on lines of their own, outside of blocks of code. */
function readDatedLines(body: string, firstLine: number): readonly Field[] {
  const fields: Field[] = [];
  let fence: string | null = null;
  for (const [index, text] of body.split('\n', DATED_LINES_COUNT_MAX).entries()) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(text)?.[1]?.[0] ?? null;
    if (mark !== null) fence = fence === null ? mark : fence === mark ? null : fence;
    if (fence !== null || text.length > LINE_CHARACTERS_MAX) continue;
    const [, name, value = ''] = PROPERTY.exec(text) ?? [];
    if (name !== undefined && isDate(name, value)) fields.push({ name, value: value.trim(), line: firstLine + index });
  }
  return fields.reverse();
}

function isDate(name: string, value: string): boolean {
  const plain = plainName(name);
  const isNamedSo = rankOfDateName(plain, 'published') !== null || rankOfDateName(plain, 'updated') !== null;
  return isNamedSo && readDate(value.replace(/^\s*\[\[|\]\]\s*$/g, ''), 'UTC').kind === 'moment';
}

/** The properties above the first line that is none; headings and blank lines may stand between them. */
function readTop(body: string, firstLine: number): readonly Field[] {
  const fields: Field[] = [];
  for (const [index, text] of body.split('\n', LINES_COUNT_MAX).entries()) {
    if (/^\s*(?:#{1,6}\s.*)?$/.test(text)) continue;
    const found = text.length > LINE_CHARACTERS_MAX ? [] : propertiesOf(text);
    if (found.length === 0) break;
    for (const [name, value] of found) {
      if (isVisibilityName(plainName(name)) || isDate(name, value))
        fields.push({ name, value, line: firstLine + index });
    }
  }
  return fields;
}

function propertiesOf(text: string): readonly (readonly [name: string, value: string])[] {
  const [, name, value = ''] = PROPERTY.exec(text) ?? [];
  if (name !== undefined) return [[name, value.trim()]];
  return [...text.matchAll(BRACKETED)].map(([, inner = '', said = '']) => [inner, said.trim()] as const);
}
