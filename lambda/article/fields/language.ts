/** The language of an article: stated, or told by the name of its file (`post.fr.md`). */

import { stem } from '../../address/file-name.ts';
import { type Fields, findField } from '../../model/fields.ts';
import type { Report } from '../../model/report.ts';
import type { Site } from '../../model/site.ts';

/** A BCP 47 tag in its canonical spelling, or null for the site's language. */
export function readLanguage(fields: Fields, key: string, site: Site, report: Report): string | null {
  const field = findField(fields, ['lang', 'language', 'locale']);
  if (field === null) return languageOfKey(key, site);
  const text = typeof field.value === 'string' ? field.value : '';
  const tag = canonicalTag(text) ?? tagOfName(text);
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
    return Intl.getCanonicalLocales(tag).find(isKnownLanguage) ?? null;
  } catch {
    return null;
  }
}

/** The grammar of tags allows for languages of up to eight letters; those of BCP 47's registry have two or three. */
export function isKnownLanguage(tag: string): boolean {
  return /^[a-z]{2,3}(?:-|$)/i.test(tag);
}

/** The tag of a language that is called so in English or in the language itself: `French`, `français`. */
export function tagOfName(text: string): string | null {
  const name = text.trim().toLowerCase();
  if (name.length > TAG_CHARACTERS_MAX || !/^\p{L}/u.test(name)) return null;
  languageNames ??= collectNames();
  return languageNames.get(name) ?? null;
}

let languageNames: ReadonlyMap<string, string> | undefined;

/** Of the languages with a tag of two letters, as the runtime's data calls them. */
function collectNames(): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const english = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  const tags = letters.flatMap((first) => letters.map((second) => first + second));
  for (const tag of tags) {
    const name = english.of(tag);
    const current = canonicalTag(tag);
    if (name === undefined || current === null) continue;
    const own = new Intl.DisplayNames(tag, { type: 'language', fallback: 'none' }).of(tag);
    for (const said of [name, own ?? name]) {
      if (!names.has(said.toLowerCase())) names.set(said.toLowerCase(), current);
    }
  }
  return names;
}

/** Only the site's own languages count here: `socket.io.md` is not written in Ido. */
function languageOfKey(key: string, site: Site): string | null {
  const ending = /\.([a-z]{2,3}(?:[-_][a-z\d]{2,8})*)$/i.exec(stem(key))?.[1];
  const tag = ending === undefined ? null : canonicalTag(ending);
  return tag !== null && [site.language, ...site.languages].includes(tag) ? tag : null;
}
