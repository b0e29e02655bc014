/** Headers without a fence: `Key: value` lines as Pelican has them, Nikola's `.. key: value`, and Franklin's `@def key = value`. */

import { type Field, plainName } from '../../../model/fields.ts';
import { splitAtCommasOnly } from '../../fields/tags.ts';
import { readTomlFields } from './toml-fields.ts';

export interface HeaderBlock {
  readonly fields: readonly Field[];
  /** How many lines of the text the header takes, the blank line after it included. */
  readonly lineCount: number;
}

/** A longer block is text that happens to begin like a header. */
const HEADER_LINES_MAX = 200;

const PELICAN_LINE = /^([A-Za-z][\w -]{0,30}):(?:\s+(.*)|)$/;
const NIKOLA_LINE = /^\.\. ([A-Za-z][\w-]{0,30}):(?:\s+(.*)|)$/;

/**
 * `Key: value` lines from the first line to a blank one; a line that begins with four spaces goes on with the field
 * before it. Null unless `starts` says that the first line begins a header, so that a sentence such as “Note: …” stays one.
 */
export function readPelicanHeader(
  lines: readonly string[],
  firstLine: number,
  starts: (name: string, value: string) => boolean,
): HeaderBlock | null {
  const first = PELICAN_LINE.exec(lines[0] ?? '');
  if (first === null || !starts(first[1] ?? '', first[2] ?? '')) return null;
  const end = lines.findIndex((line) => line.trim() === '');
  const header = lines.slice(0, end === -1 ? lines.length : end);
  if (header.length > HEADER_LINES_MAX) return null;

  const fields: Field[] = [];
  for (const [index, line] of header.entries()) {
    const more = /^(?: {4}|\t)\s*(.*)$/.exec(line);
    const last = fields.at(-1);
    if (more !== null && last !== undefined) {
      fields[fields.length - 1] = { ...last, value: `${last.value ?? ''}\n${more[1] ?? ''}`.trim() };
      continue;
    }
    const match = PELICAN_LINE.exec(line);
    if (match === null) return null;
    fields.push({ name: match[1] ?? '', value: (match[2] ?? '').trim(), line: firstLine + index });
  }
  if (MAIL_NAMES.has(plainName(first[1] ?? '')) && !fields.some(({ name }) => /^subject$/i.test(name))) return null;
  return {
    fields: fields.map(ofMail).map(withOneAuthor).map(splitAtCommasOnly),
    lineCount: Math.min(header.length + 1, lines.length),
  };
}

/** With these a header begins only where it has a subject: it is a mail. */
const MAIL_NAMES: ReadonlySet<string> = new Set(['from', 'to', 'subject']);

/** The sender of a mail is its author. */
function ofMail(field: Field): Field {
  return /^from$/i.test(field.name) ? { ...field, name: 'author' } : field;
}

/** In Pelican's `Author` a comma stands within the name of one person; several have `Authors`. */
function withOneAuthor(field: Field): Field {
  const { name, value } = field;
  const parts = typeof value === 'string' && !/[;<>@&]|\sand\s/i.test(value) ? value.split(',') : [];
  // Two whole names are two people all the same.
  const isName = parts.length === 2 && parts.some((part) => !/\S\s+\S/.test(part));
  return isName && plainName(name) === 'author' ? { ...field, value: new Map([['name', value]]) } : field;
}

/** Nikola's header, bare or in an HTML comment; null if the text doesn't begin with one. */
export function readNikolaHeader(lines: readonly string[], firstLine: number): HeaderBlock | null {
  const commented = /^<!--\s*$/.test(lines[0] ?? '');
  const start = commented ? 1 : 0;
  if (!NIKOLA_LINE.test(lines[start] ?? '')) return null;
  const fields: Field[] = [];
  let index = start;
  for (; index < lines.length && fields.length < HEADER_LINES_MAX; index += 1) {
    const match = NIKOLA_LINE.exec(lines[index] ?? '');
    if (match === null) break;
    fields.push({ name: match[1] ?? '', value: (match[2] ?? '').trim(), line: firstLine + index });
  }
  const header = withTagsHeeded(fields.map(splitAtCommasOnly));
  if (!commented) return { fields: header, lineCount: index };
  const close = lines.findIndex((line, at) => at >= index && /^\s*-->\s*$/.test(line));
  return close === -1 ? null : { fields: header, lineCount: close + 1 };
}

const FRANKLIN_LINE = /^@def\s+(\w+\s*=\s*\S.*)$/;

/** Franklin's header; null if the text doesn't begin with one. Values that only Julia understands are left out. */
export function readFranklinHeader(lines: readonly string[], firstLine: number): HeaderBlock | null {
  const end = lines.slice(0, HEADER_LINES_MAX).findIndex((line) => !FRANKLIN_LINE.test(line));
  const lineCount = end === -1 ? Math.min(lines.length, HEADER_LINES_MAX) : end;
  if (lineCount === 0) return null;
  const fields = lines.slice(0, lineCount).flatMap((line, index) => {
    const reading = readTomlFields(FRANKLIN_LINE.exec(line)?.[1] ?? '', firstLine + index);
    return reading.kind === 'fields' ? reading.fields : [];
  });
  return { fields, lineCount };
}

/** The tags with which Nikola holds a post back, unless its conf.py sets USE_TAG_METADATA to False. */
const HOLDING_TAGS: ReadonlySet<string> = new Set(['draft', 'private']);

/** The fields, and what their tags say of being private. */
export function withTagsHeeded(fields: readonly Field[]): readonly Field[] {
  const tags = fields.find(({ name }) => /^tags$/i.test(name));
  const labels = [tags?.value ?? []].flat();
  const isHeld = labels.some((label) => typeof label === 'string' && HOLDING_TAGS.has(label.trim().toLowerCase()));
  return isHeld ? [...fields, { name: 'private', value: 'true', line: tags?.line ?? null }] : fields;
}
