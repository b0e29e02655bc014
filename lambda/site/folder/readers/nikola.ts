/**
 * Nikola's header in a file of its own: `note.meta` beside `note.md`. It is written as front matter is (`.. title:`, YAML,
 * TOML); the old form, lines without names, has no place for what holds an article back but its tags. And what translations
 * take over from the header of their original (translation.ts).
 */

import { splitAtCommasOnly } from '../../../article/fields/tags.ts';
import { readVisibility } from '../../../article/fields/visibility/visibility.ts';
import { readNikolaHeader, withTagsHeeded } from '../../../article/source/front-matter/header-fields.ts';
import { createFields, type Field, type Fields } from '../../../model/fields.ts';
import { createReport } from '../../../model/report.ts';
import { decodeSource } from '../../../text/source-text.ts';
import { toRuleValue } from '../folder-fields.ts';
import { besideOf } from '../folder-file.ts';
import type { FolderRule } from '../folder-rules.ts';
import { type FolderSource, frontMatterOf, type Said, withFields } from '../folder-source.ts';

/** In this order, one a line. */
const OLD_NAMES = ['title', 'slug', 'date', 'tags'];
const OLD_LINES_MIN = 3;

/** What makes an article one of its own: a translation has another address and id, and its language in its name. */
const OWN_NAMES: ReadonlySet<string> = new Set([
  ...['slug', 'url', 'permalink', 'path', 'id', 'guid', 'uuid', 'aliases', 'lang', 'language', 'locale'],
]);

export function readNikolaHeaderFile(source: FolderSource): Said {
  return withFields(source, frontMatterOf(source), (fields) => say(source, fields));
}

function say({ key, text }: FolderSource, fields: Fields): Said {
  const written = fields.size > 0 ? [...fields.values()] : readOldForm(text);
  const heeded = withTagsHeeded(written.map(splitAtCommasOnly));
  if (heeded.length === 0) return { rules: [], doubt: null };
  const under = besideOf(key);
  const rules: readonly FolderRule[] = [
    { under, fields: ruleFields(heeded) },
    { under, ofTranslations: true, fields: ruleFields(fieldsOfTranslations(key, heeded)) },
  ];
  return { rules, doubt: null };
}

function ruleFields(fields: readonly Field[]): NonNullable<FolderRule['fields']> {
  return Object.fromEntries([...createFields(fields)].map(([name, { value }]) => [name, toRuleValue(value)]));
}

function readOldForm(text: string): readonly Field[] {
  const lines = text.trimEnd().split('\n');
  if (lines.length < OLD_LINES_MIN) return [];
  return OLD_NAMES.flatMap((name, index) => {
    const value = lines[index]?.trim() ?? '';
    return value === '' ? [] : [{ name, value, line: index + 1 }];
  });
}

/** What the translations of an article take over that begins with Nikola's own header; nothing of any other. */
export function readOriginal(key: string, body: Uint8Array): readonly Field[] {
  const source = decodeSource(body);
  // An original in another encoding has a header all the same, whose names and words are ASCII.
  const text = source.kind === 'text' ? source.text : new TextDecoder().decode(body);
  const header = readNikolaHeader(text.trimStart().split(/\r?\n/), 1);
  return header === null ? [] : fieldsOfTranslations(key, header.fields);
}

/** Nikola holds back all languages of a post when it holds back one: the word of a translation does not publish it. */
function fieldsOfTranslations(key: string, fields: readonly Field[]): readonly Field[] {
  const around = { key, published: null, statuses: {} };
  const isHeld = readVisibility(createFields(fields), around, createReport(key)).visibility === 'draft';
  const shared = [...createFields(fields)]
    .filter(([name]) => !OWN_NAMES.has(name))
    .map(([name, { value }]) => ({ name, value, line: null }));
  return isHeld ? [...shared, { name: 'private', value: 'true', line: null }] : shared;
}
