/** The language of an article: stated, or told by the name of its file (`post.fr.md`). */

import type { Site } from '../../site/site.ts';
import type { Report } from '../report.ts';
import { type Fields, findField } from './fields.ts';
import { stem } from './file-name.ts';

/** A BCP 47 tag in its canonical spelling, or null for the site's language. */
export function readLanguage(fields: Fields, key: string, site: Site, report: Report): string | null {
  const field = findField(fields, ['lang', 'language', 'locale']);
  if (field === null) return languageOfKey(key, site);
  const tag = typeof field.value === 'string' ? canonicalTag(field.value) : null;
  if (tag === null) {
    const message = `The field “${field.name}” holds no language tag.`;
    report.add('field-unreadable', field.line, message, 'Write a tag such as “en”, “pt-BR” or “zh-Hant”.');
  }
  return tag;
}

/** Blanks around it included. */
const TAG_CHARACTERS_MAX = 200;

/** `en_US.UTF-8` is the way of Unix to say `en-US`. */
export function canonicalTag(text: string): string | null {
  if (text.length > TAG_CHARACTERS_MAX) return null;
  const tag = text
    .trim()
    .replace(/[.@].*$/, '')
    .replaceAll('_', '-');
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}

/** Only the site's own languages count here: `socket.io.md` is not written in Ido. */
function languageOfKey(key: string, site: Site): string | null {
  const ending = /\.([a-z]{2,3}(?:[-_][a-z\d]{2,8})*)$/i.exec(stem(key))?.[1];
  const tag = ending === undefined ? null : canonicalTag(ending);
  return tag !== null && [site.language, ...site.languages].includes(tag) ? tag : null;
}
