/** Tags and the section of an article. Two spellings with one slug are one tag, shown as first written. */

import { withoutPageId } from '../../address/file-name.ts';
import type { Tag } from '../../model/article.ts';
import { NAME_CHARACTERS_MAX, TAGS_MAX } from '../../model/article-limits.ts';
import { type Field, type Fields, type FieldValue, findField, findFields, isMap, textIn } from '../../model/fields.ts';
import type { Report } from '../../model/report.ts';
import { slugify } from '../../text/slug.ts';
import { isTemplateName } from '../dialects/template/template-names.ts';
import { inlineText } from '../markdown/inline-text.ts';

const CATEGORY_NAMES = ['categories', 'category'];
const TAG_NAMES = ['tags', 'tag', ...CATEGORY_NAMES, 'topics', 'topic', 'keywords'];
/** Fields whose text is a list of words where it has no commas: `tags: food cooking`. */
const SPACED_NAMES = new Set(['tags', 'categories', 'topics']);

/** @param names how tags are called by what articles write */
export function readTags(fields: Fields, names: Readonly<Record<string, string>>, report: Report): readonly Tag[] {
  const called = new Map(Object.entries(names));
  const tags = new Map<string, Tag>();
  for (const field of findFields(fields, TAG_NAMES)) {
    for (const label of labelsOf(field)) {
      if (isTemplateName(label, field, report)) continue;
      if (label.length > NAME_CHARACTERS_MAX) {
        const message = `A tag in “${field.name}” has more than ${NAME_CHARACTERS_MAX} characters.`;
        report.add('limit-exceeded', field.line, message, 'Separate tags with commas, or write them as a list.');
        return [];
      }
      const slug = slugify(label);
      if (!tags.has(slug)) tags.set(slug, { slug, label: called.get(label) ?? label });
    }
    if (tags.size > TAGS_MAX) {
      const message = `The article has more than ${TAGS_MAX} tags.`;
      report.add('limit-exceeded', field.line, message, 'Keep the tags that readers would follow.');
      return [];
    }
  }
  return [...tags.values()];
}

/** Slugs of the categories, for address patterns. */
export function readCategorySlugs(fields: Fields): readonly string[] {
  return findFields(fields, CATEGORY_NAMES)
    .flatMap((field) => labelsOf(field).filter((label) => !isTemplateName(label, field)))
    .map(slugify);
}

/**
 * The categories as they are written, for addresses of other systems.
 *
 * @param isSpaced whether a text under `categories` is a list of words
 */
export function readCategoryTexts(fields: Fields, isSpaced: boolean): readonly string[] {
  return findFields(fields, CATEGORY_NAMES).flatMap(({ name, value }) => {
    if (typeof value !== 'string') return labelsIn(value, false).map((text) => text.trim());
    const isList = isSpaced && SPACED_NAMES.has(name.toLowerCase());
    return (isList ? value.trim().split(/\s+/) : [value.trim()]).filter((text) => text !== '');
  });
}

/** The section that the author names, else the first folder of the key; `_posts` and the like are no section. */
export function readSection(fields: Fields, key: string): Tag | null {
  const value = findField(fields, ['section'])?.value ?? null;
  const stated = typeof value === 'string' ? inlineText(value) : '';
  const folder = key
    .split('/')
    .slice(0, -1)
    .find((part) => !part.startsWith('_'));
  const label = stated === '' ? folder && withoutPageId(folder) : stated;
  return label === undefined ? null : { slug: slugify(label), label };
}

/** The field as formats have it in which, unlike in YAML, one tag may have blanks in it: `Tags: machine learning`. */
export function splitAtCommasOnly(field: Field): Field {
  const { name, value } = field;
  const isSpaced = SPACED_NAMES.has(name.toLowerCase()) && typeof value === 'string' && value.trim() !== '';
  return isSpaced ? { ...field, value: labelsIn(value, false) } : field;
}

function labelsOf(field: Field): readonly string[] {
  const name = field.name.toLowerCase();
  return labelsIn(field.value, SPACED_NAMES.has(name)).flatMap((text) => {
    const label = inlineText(
      text
        .trim()
        .replace(/^#(?=\S)/, '')
        .replace(/^(["'])(.*)\1$/, '$2'),
    );
    return /^[\s\p{P}]*$|^(?:null|~)$/iu.test(label) ? [] : [label];
  });
}

function labelsIn(value: FieldValue, spaced: boolean): readonly string[] {
  if (value === null) return [];
  if (typeof value === 'string') {
    const pieces = value.replace(/^\[(.*)\]$/s, '$1').split(/[,，、；]|(?<!&#?\w{1,10});/);
    if (pieces.length > 1) return pieces;
    return spaced ? value.trim().split(/\s+/) : [value];
  }
  if (isMap(value)) return [textIn(value, ['label', 'name', 'title', 'slug']) ?? ''];
  return value.flatMap((item) => (typeof item === 'string' ? [item] : labelsIn(item, false)));
}
