/**
 * Properties that stand in the text itself, at its top: `status:: draft`, also as an item of a list or in brackets, as
 * Dataview for Obsidian and outliners have them. Only those that say whether to publish are read, and the text keeps them.
 */

import { type Field, plainName } from '../../model/fields.ts';
import { isVisibilityName } from '../fields/visibility.ts';

const LINES_COUNT_MAX = 100;
const LINE_CHARACTERS_MAX = 1_000;
const PROPERTY = /^\s*(?:[-*+]\s+)?(?:\*\*|__)?([\p{L}][\p{L}\p{N} _?-]{0,40}?)(?:\*\*|__)?::(?:\s+(.*))?$/u;
const BRACKETED = /[[(]([\p{L}][\p{L}\p{N} _-]{0,40})::\s+([^\])]*)[\])]/gu;

/**
 * The properties above the first line that is none; headings and blank lines may stand between them.
 *
 * @param firstLine line in the file of the body's first line, from 1
 */
export function readInlineProperties(body: string, firstLine: number): readonly Field[] {
  const fields: Field[] = [];
  for (const [index, text] of body.split('\n', LINES_COUNT_MAX).entries()) {
    if (/^\s*(?:#{1,6}\s.*)?$/.test(text)) continue;
    const found = text.length > LINE_CHARACTERS_MAX ? [] : propertiesOf(text);
    if (found.length === 0) break;
    for (const [name, value] of found) {
      if (isVisibilityName(plainName(name))) fields.push({ name, value, line: firstLine + index });
    }
  }
  return fields;
}

function propertiesOf(text: string): readonly (readonly [name: string, value: string])[] {
  const [, name, value = ''] = PROPERTY.exec(text) ?? [];
  if (name !== undefined) return [[name, value.trim()]];
  return [...text.matchAll(BRACKETED)].map(([, inner = '', said = '']) => [inner, said.trim()] as const);
}
