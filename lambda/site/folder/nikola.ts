/**
 * Nikola's header in a file of its own: `note.meta` beside `note.md`. It is written as front matter is (`.. title:`, YAML,
 * TOML); the old form, lines without names, has no place for what holds an article back but its tags.
 */

import { splitAtCommasOnly } from '../../article/fields/tags.ts';
import { isVisibilityName } from '../../article/fields/visibility.ts';
import { withTagsHeeded } from '../../article/source/front-matter/header-fields.ts';
import { createFields, type Field, type Fields } from '../../model/fields.ts';
import { toRuleValue } from './folder-fields.ts';
import { besideOf, placeOf } from './folder-file.ts';
import { type FolderSource, frontMatterOf, type Said, withFields } from './folder-source.ts';

/** In this order, one a line. */
const OLD_NAMES = ['title', 'slug', 'date', 'tags'];
const OLD_LINES_MIN = 3;

export function readNikolaHeaderFile(source: FolderSource): Said {
  return withFields(source, frontMatterOf(source), (fields) => say(source, fields));
}

function say({ key, text }: FolderSource, fields: Fields): Said {
  const written = fields.size > 0 ? [...fields.values()] : readOldForm(text);
  const heeded = [...createFields(withTagsHeeded(written.map(splitAtCommasOnly)))];
  const said = Object.fromEntries(heeded.map(([name, { value }]) => [name, toRuleValue(value)]));
  if (heeded.length === 0) return { rules: [], doubt: null };
  const held = Object.fromEntries(Object.entries(said).filter(([name]) => isVisibilityName(name)));
  const { folder } = placeOf(key);
  const name = besideOf(key).slice(folder.length);
  const translations =
    Object.keys(held).length === 0 ? [] : [{ under: folder, only: translationsOf(name), fields: held }];
  return { rules: [...translations, { under: besideOf(key), fields: said }], doubt: null };
}

/** `note.de.md` and `note.pt_br.md` have the header of `note.md` where they have none of their own. */
function translationsOf(name: string): readonly string[] {
  const plain = name.replace(/[*?[\]{}!\\]/g, '\\$&');
  return ['[a-z][a-z]', '[a-z][a-z]_[a-zA-Z][a-zA-Z]'].map((language) => `${plain}.${language}.*`);
}

function readOldForm(text: string): readonly Field[] {
  const lines = text.trimEnd().split('\n');
  if (lines.length < OLD_LINES_MIN) return [];
  return OLD_NAMES.flatMap((name, index) => {
    const value = lines[index]?.trim() ?? '';
    return value === '' ? [] : [{ name, value, line: index + 1 }];
  });
}
