/**
 * The language of an article: stated, or told by the name of its file (`post.fr.md`), or by a folder (`es/post.md`) that the
 * settings name as one of the publication's languages.
 */

import { type NamedLanguage, nameLanguage } from '../../address/name-language.ts';
import { type Fields, findField } from '../../model/fields.ts';
import type { Report } from '../../model/report.ts';
import type { Site } from '../../model/site.ts';
import { canonicalTag, tagOfName } from '../../text/language.ts';
import { LANGUAGES_FIELD, TRANSLATION_FIELD } from './folder-fields.ts';

/** A BCP 47 tag in its canonical spelling, or null for the site's language. */
export function readLanguage(fields: Fields, key: string, site: Site, report: Report): string | null {
  const field = findField(fields, ['lang', 'language', 'locale']);
  if (field === null) return readTranslation(fields, key, site)?.tag ?? languageOfFolder(fields, key, site);
  const text = typeof field.value === 'string' ? field.value : '';
  const tag = canonicalTag(text) ?? tagOfName(text);
  if (tag === null) {
    const message = `The field “${field.name}” holds no language tag.`;
    report.add('field-unreadable', field.line, message, 'Write a tag such as “en”, “pt-BR” or “zh-Hant”.');
  }
  return tag;
}

/**
 * What the article is a translation of, by its name; null where the ending of the name is no language: `socket.io.md`. It is
 * one in `index.de.md`, where the publication has that language, and where there is a file of the name without it, or in
 * another language.
 */
export function readTranslation(fields: Fields, key: string, site: Site): NamedLanguage | null {
  const named = nameLanguage(key);
  if (named === null) return null;
  const isOne = named.isCertain || fields.has(TRANSLATION_FIELD) || languagesOf(fields, site).includes(named.tag);
  return isOne ? named : null;
}

/** Those of site.yaml, and those of another program's settings. */
function languagesOf(fields: Fields, site: Site): readonly string[] {
  const stated = fields.get(LANGUAGES_FIELD)?.value;
  const others = typeof stated === 'string' ? stated.split(' ') : [];
  return [site.language, ...site.languages, ...others].flatMap((tag) => canonicalTag(tag) ?? []);
}

/** Folders in which programs keep translations, each in a folder of its language. */
const TRANSLATIONS_FOLDER = /^(?:i18n|locales?|lang|languages|translations)$/i;

/** `es/post.md`, `i18n/pt-br/post.md`. A folder `it` is written in Italian only where the publication has that language. */
function languageOfFolder(fields: Fields, key: string, site: Site): string | null {
  const folders = key.split('/').slice(0, -1);
  for (const [index, folder] of folders.entries()) {
    const tag = /^[a-z]{2,3}(?:[-_][a-z\d]{2,8})*$/i.test(folder) ? canonicalTag(folder) : null;
    if (tag === null) continue;
    if (TRANSLATIONS_FOLDER.test(folders[index - 1] ?? '') || languagesOf(fields, site).includes(tag)) return tag;
  }
  return null;
}
