/**
 * Pages of Notion's Markdown export. Each file is named by its title and the page's id, 32 hex digits. Under the title
 * stand the page's properties, one a line (`Status: Draft`), and then a blank line. They say what the page is, and are
 * no text.
 */

import { type Field, plainName, toBoolean } from '../../../model/fields.ts';
import { splitAtCommasOnly } from '../../fields/tags.ts';
import { stateWord, visibilityOfWord } from '../../fields/visibility/state-words.ts';
import { answerOf } from '../../fields/visibility/visibility.ts';

export interface Properties {
  readonly fields: readonly Field[];
  /** The text without them; its lines keep their numbers. */
  readonly body: string;
}

const PROPERTY = /^(?! |\t|[-*+>|#]|\d+[.)]\s)([^:`*_[\]<>]{1,60}):(?:\s+(.*)|)$/u;
const PROPERTIES_MAX = 200;

/** Names by which a single line is known to be a property, and no sentence with a colon. */
const KNOWN: ReadonlySet<string> = new Set(
  [
    'status state stage visibility public published publish private draft hidden archived audience access',
    'date created createdtime createdat createdby edited lasteditedtime lasteditedby updated publishdate datepublished',
    'publishedon publicationdate tags tag category categories topic topics keywords type author authors slug url link',
    'summary description excerpt subtitle language lang cover',
  ].flatMap((names) => names.split(' ')),
);

/** Names of Notion's own properties, and what they are as fields. An id counts the rows of one table. */
const RENAMED: Readonly<Record<string, string | null>> = {
  createdtime: 'created',
  lasteditedtime: 'updated',
  edited: 'updated',
  createdby: 'author',
  url: 'link',
  id: null,
  publicationdate: 'publishdate',
  subtitle: 'summary',
};

/** Takes the properties from under the title of a page; the body begins with that title. */
export function takeNotionProperties(body: string, firstLine: number): Properties {
  const lines = body.split('\n');
  const title = lines.findIndex((line) => line.trim() !== '');
  const start = lines.findIndex((line, at) => at > title && line.trim() !== '');
  if (title === -1 || start === -1 || !/^# /.test(lines[title] ?? '')) return { fields: [], body };
  const blank = lines.findIndex((line, at) => at > start && line.trim() === '');
  const block = lines.slice(start, blank === -1 ? undefined : blank);
  const properties = readBlock(block, firstLine + start);
  if (properties === null) return { fields: [], body };
  const rest = lines.map((line, at) => (at >= start && at < start + block.length ? '' : line));
  return { fields: nameFields(properties), body: rest.join('\n') };
}

/** Null for a paragraph. A value of several lines goes on without a name. */
function readBlock(block: readonly string[], firstLine: number): readonly Field[] | null {
  if (block.length > PROPERTIES_MAX || !PROPERTY.test(block[0] ?? '')) return null;
  const fields: Field[] = [];
  let isWhole = block.length > 1;
  for (const [index, line] of block.entries()) {
    const [, name = '', value = ''] = PROPERTY.exec(line) ?? [];
    const last = fields.at(-1);
    if (name !== '') fields.push({ name: name.trim(), value: value.trim(), line: firstLine + index });
    else if (last !== undefined) {
      isWhole = false;
      fields[fields.length - 1] = { ...last, value: `${last.value}\n${line}` };
    }
  }
  return isWhole || fields.some(isKnown) ? fields : null;
}

/** By its name, or by that and its value: “Ready: No” is a property, and “Ready: three, two, one” a sentence. */
function isKnown({ name: written, value }: Field): boolean {
  const name = plainName(written);
  if (KNOWN.has(name)) return true;
  return answerOf(name) !== null && (toBoolean(value) !== null || visibilityOfWord(stateWord(String(value))) !== null);
}

/** What a page says with Notion's name goes behind what it says with the field's own. */
export function nameFields(properties: readonly Field[]): readonly Field[] {
  const own = new Set(properties.map(({ name }) => plainName(name)));
  return properties.flatMap((property) => {
    const plain = plainName(property.name);
    const renamed = Object.hasOwn(RENAMED, plain) ? RENAMED[plain] : property.name;
    if (renamed === null || renamed === undefined) return [];
    if (renamed !== property.name && own.has(renamed)) return [];
    return [splitAtCommasOnly(withoutEnd({ ...property, name: renamed }))];
  });
}

/** A date may have an end: `May 1, 2022 → May 3, 2022`. */
function withoutEnd(field: Field): Field {
  if (typeof field.value !== 'string' || !/\d\s+→\s/.test(field.value)) return field;
  return { ...field, value: field.value.replace(/\s+→\s.*$/s, '').replace(/^@/, '') };
}
