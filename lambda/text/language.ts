/** Languages: their tags (BCP 47), the names by which people call them, and which way they are written. */

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

/** ISO 15924 codes of the scripts in living use that are written from right to left. */
const RIGHT_TO_LEFT_SCRIPTS = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa']);

/** By language tag; looking one up costs more than all else that is done with an article. */
const known = new Map<string, 'ltr' | 'rtl'>();

/** @param language a tag of BCP 47 */
export function directionOf(language: string): 'ltr' | 'rtl' {
  const before = known.get(language);
  if (before !== undefined) return before;
  const script = new Intl.Locale(language).maximize().script ?? '';
  const direction = RIGHT_TO_LEFT_SCRIPTS.has(script) ? 'rtl' : 'ltr';
  known.set(language, direction);
  return direction;
}
